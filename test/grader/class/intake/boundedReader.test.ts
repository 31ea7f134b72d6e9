import assert from "node:assert/strict";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boundedReader, type ReaderLimits } from "../../../../grader/class/intake/boundedReader.js";
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
});
