import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { boundedReader } from "../../../../grader/class/intake/boundedReader.js";
import { findHandIns } from "../../../../grader/class/intake/handIn.js";
import { onDisk } from "../../../../grader/class/intake/nameBytes.js";
import type { BoxFile } from "../../../../grader/class/intake/solution.js";
import { damaged } from "./damaged.js";

const IDS = ["oneHot", "rnnForward"];

describe("hand-ins as students make them", () => {
  const reader = boundedReader(IDS);
  let parent: string;

  before(async () => {
    parent = await realpath(await mkdtemp(join(tmpdir(), "unrolled-damaged-")));
  });
  after(async () => {
    reader.close();
    await rm(parent, { recursive: true, force: true });
  });

  it("are at least 90, each with a name of its own", () => {
    assert.ok(damaged.length >= 90, `${damaged.length}`);
    assert.equal(new Set(damaged.map(({ name }) => name)).size, damaged.length);
  });

  for (const [n, { name, files, found, says = {}, tells = [] }] of damaged.entries()) {
    it(name, async () => {
      const root = join(parent, String(n), "ps1");
      for (const [path, text] of Object.entries(files)) {
        await mkdir(onDisk(dirname(join(root, path))), { recursive: true });
        await writeFile(onDisk(join(root, path)), text);
      }
      const handIns = [];
      const told: string[] = [];
      for (const place of await findHandIns(root, IDS, (line) => told.push(line)))
        handIns.push(await reader.read(place));
      assert.deepEqual(
        Object.fromEntries(
          handIns.map(({ student, solutions }) => [student, solutions.has("oneHot")]),
        ),
        found,
      );
      assert.equal(handIns.length, Object.keys(found).length, "a row each");
      for (const words of tells) assert.match(told.join("\n"), words);
      if (tells.length === 0) assert.deepEqual(told, [], "nothing is told for nothing");
      for (const [student, words] of Object.entries(says)) {
        const remarks = handIns.find((one) => one.student === student)!.remarks;
        assert.match(remarks.map(({ file, text }) => `${file}: ${text}`).join("\n"), words);
      }
      for (const [at, { solutions }] of handIns.entries()) {
        for (const [exercise, solution] of solutions)
          await layOut(join(parent, String(n), `box-${at}`, exercise), solution.files);
      }
      for (const { student, solutions, remarks } of handIns) {
        assert.doesNotMatch(JSON.stringify([student, remarks]), /\\ud[c-f]/, "well-formed text");
        if (solutions.size === 0) assert.ok(remarks.length > 0, `${student}: nothing is said`);
      }
    });
  }
});

/** As a box is laid out: no name that was handed in may keep the grader from it. */
async function layOut(folder: string, files: readonly BoxFile[]): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { flag: "wx" });
  }
}
