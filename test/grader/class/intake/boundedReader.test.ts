import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  boundedReader,
  type ReaderLimits,
  sharedReader,
} from "../../../../grader/class/intake/boundedReader.js";
import type { HandInPlace } from "../../../../grader/class/intake/place.js";

const RIGHT = "export function oneHot() {}\n";

describe("the process that reads hand-ins", () => {
  let root: string;

  before(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "unrolled-reader-")));
    await writeFile(join(root, "ada.ts"), RIGHT);
    await writeFile(join(root, "eve.ipynb"), `{"cells": [${"{},".repeat(4_000_000)}{}]}`);
  });
  after(() => rm(root, { recursive: true, force: true }));

  const place = (student: string, file: string): HandInPlace => ({
    ...{ student, assignment: "ps1", folder: root },
    only: [file],
  });

  async function readBoth(limits: ReaderLimits): Promise<readonly string[]> {
    const reader = boundedReader(["oneHot"], limits);
    try {
      const eve = await reader.read(place("eve", "eve.ipynb"));
      const ada = await reader.read(place("ada", "ada.ts"));
      assert.ok(ada.solutions.has("oneHot"), "who comes next is read");
      assert.equal(eve.solutions.size, 0);
      assert.equal(eve.hash, undefined, "it is not kept, and read again with the next run");
      return eve.remarks.map(({ kind, text }) => `${kind}: ${text}`);
    } finally {
      reader.close();
    }
  }

  it("ends at a hand-in that fills its memory, and goes on with the next", async function () {
    this.timeout(60_000);
    assert.deepEqual(await readBoth({ milliseconds: 60_000, megabytes: 40 }), [
      "problem: its files can't be read: reading them takes more than 40 MB; hand in less",
    ]);
  });

  it("ends at a hand-in that keeps it busy, and goes on with the next", async function () {
    this.timeout(60_000);
    assert.deepEqual(await readBoth({ milliseconds: 400, megabytes: 2000 }), [
      "problem: its files can't be read: reading them takes longer than 0.4 s; hand in less",
    ]);
  });

  /** How many there are. */
  const processes = (): number => {
    const args = ["--count", "--parent", String(process.pid), "--full", "readerProcess"];
    return Number(spawnSync("pgrep", args, { encoding: "utf8" }).stdout);
  };

  it("is one for all that are read at a time, and another where a hand-in keeps it busy", async function () {
    this.timeout(60_000);
    const reader = sharedReader(["oneHot"], 2);
    try {
      const quick = ["ada", "ben", "cem"].map((student) => reader.read(place(student, "ada.ts")));
      const found = await Promise.all(quick);
      assert.deepEqual(
        found.map(({ student, solutions }) => [student, solutions.size]),
        [
          ["ada", 1],
          ["ben", 1],
          ["cem", 1],
        ],
      );
      assert.equal(processes(), 1);
      const ended: string[] = [];
      const reads = [place("eve", "eve.ipynb"), place("ada", "ada.ts")].map(async (one) => {
        await reader.read(one);
        ended.push(one.student);
      });
      await Promise.all(reads);
      assert.deepEqual(ended, ["ada", "eve"]);
    } finally {
      reader.close();
    }
    assert.equal(processes(), 0);
  });
});
