import assert from "node:assert/strict";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, it } from "mocha";
import { remove, root } from "./project.js";

interface Changes {
  readonly added: readonly string[];
  readonly refreshed: readonly string[];
  readonly kept: readonly { readonly to: string; readonly from: string }[];
}
type BringUpToDate = (
  project: string,
  work: string,
  files: readonly { readonly from: string; readonly to: string }[],
) => Changes;

const module = pathToFileURL(join(root, "bin", "setup", "my-work.mjs")).href;
const { bringUpToDate } = (await import(module)) as { bringUpToDate: BringUpToDate };

describe("my-work/", () => {
  let project: string;
  let work: string;
  const files = [{ from: "notebooks/00.ts", to: "notebooks/00.ts" }];
  const original = (text: string): void => {
    writeFileSync(join(project, "notebooks", "00.ts"), text);
  };
  const copy = (): string => readFileSync(join(work, "notebooks", "00.ts"), "utf8");
  const learnerWrites = (text: string): void => {
    writeFileSync(join(work, "notebooks", "00.ts"), text);
  };

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "unrolled-my-work-"));
    work = join(project, "my-work");
    mkdirSync(join(project, "notebooks"));
    original("first");
    assert.deepEqual(bringUpToDate(project, work, files).added, ["notebooks/00.ts"]);
  });
  afterEach(() => {
    remove(project);
  });

  it("is filled once: a second run changes nothing", () => {
    assert.deepEqual(bringUpToDate(project, work, files), { added: [], refreshed: [], kept: [] });
  });

  it("never overwrites what the learner wrote, and names the new version once", () => {
    learnerWrites("mine");
    original("second");
    assert.deepEqual(bringUpToDate(project, work, files).kept, files);
    assert.equal(copy(), "mine");
    assert.deepEqual(bringUpToDate(project, work, files).kept, []);
    original("third");
    assert.deepEqual(bringUpToDate(project, work, files).kept, files);
    assert.equal(copy(), "mine");
  });

  it("says nothing of a changed file while the pack's version is the same", () => {
    learnerWrites("mine");
    assert.deepEqual(bringUpToDate(project, work, files).kept, []);
  });

  it("follows the pack for a file that the learner never touched", () => {
    original("second");
    assert.deepEqual(bringUpToDate(project, work, files).refreshed, ["notebooks/00.ts"]);
    assert.equal(copy(), "second");
  });

  it("keeps a file of the learner's own that has the name of a new lesson", () => {
    writeFileSync(join(project, "notebooks", "01.ts"), "the pack's");
    writeFileSync(join(work, "notebooks", "01.ts"), "the learner's");
    const both = [...files, { from: "notebooks/01.ts", to: "notebooks/01.ts" }];
    bringUpToDate(project, work, both);
    assert.equal(readFileSync(join(work, "notebooks", "01.ts"), "utf8"), "the learner's");
  });

  it("gives a deleted lesson anew, and one that is gone from the pack stays the learner's", () => {
    rmSync(join(work, "notebooks", "00.ts"));
    assert.deepEqual(bringUpToDate(project, work, files).added, ["notebooks/00.ts"]);
    bringUpToDate(project, work, []);
    assert.equal(copy(), "first");
  });

  it("gets a lesson without its outputs, which it follows no more than the outputs change", () => {
    const lesson = [{ from: "notebooks/02.ipynb", to: "notebooks/02.ipynb" }];
    const text = (execution_count: number | null, outputs: readonly object[]): string => {
      const cells = [
        { cell_type: "markdown", source: ["# Title"] },
        { cell_type: "code", execution_count, outputs, source: ["1 + 1"] },
      ];
      return `${JSON.stringify({ cells, nbformat: 4 }, null, 1)}\n`;
    };
    writeFileSync(join(project, "notebooks", "02.ipynb"), text(1, [{ text: "2" }]));
    bringUpToDate(project, work, lesson);
    assert.equal(readFileSync(join(work, "notebooks", "02.ipynb"), "utf8"), text(null, []));
    writeFileSync(join(project, "notebooks", "02.ipynb"), text(1, [{ text: "two" }]));
    assert.deepEqual(bringUpToDate(project, work, lesson), { added: [], refreshed: [], kept: [] });
  });

  it("moves the learner's file along when an exercise before it changes the numbers", () => {
    learnerWrites("mine");
    const renumbered = [{ from: "notebooks/00.ts", to: "notebooks/01.ts" }];
    assert.deepEqual(bringUpToDate(project, work, renumbered), {
      added: [],
      refreshed: [],
      kept: [],
    });
    assert.deepEqual(readdirSync(join(work, "notebooks")), ["01.ts"]);
    assert.equal(readFileSync(join(work, "notebooks", "01.ts"), "utf8"), "mine");
    original("second");
    assert.deepEqual(
      bringUpToDate(project, work, renumbered).kept,
      renumbered.map(({ from, to }) => ({ to, from })),
    );
  });

  it("knows a file that has been moved along already, and lets it follow the pack", () => {
    renameSync(join(work, "notebooks", "00.ts"), join(work, "notebooks", "01.ts"));
    original("second");
    const renumbered = [{ from: "notebooks/00.ts", to: "notebooks/01.ts" }];
    assert.deepEqual(bringUpToDate(project, work, renumbered).refreshed, ["notebooks/01.ts"]);
  });

  it("loses nothing when two lessons swap their names", () => {
    writeFileSync(join(project, "notebooks", "01.ts"), "other");
    const two = [...files, { from: "notebooks/01.ts", to: "notebooks/01.ts" }];
    bringUpToDate(project, work, two);
    learnerWrites("mine");
    const swapped = [
      { from: "notebooks/00.ts", to: "notebooks/01.ts" },
      { from: "notebooks/01.ts", to: "notebooks/00.ts" },
    ];
    bringUpToDate(project, work, swapped);
    assert.equal(copy(), "mine");
  });

  it("keeps everything when its record was lost or spoilt", () => {
    learnerWrites("mine");
    writeFileSync(join(work, ".unrolled", "copied.json"), "{ not json");
    bringUpToDate(project, work, files);
    assert.equal(copy(), "mine");
  });

  it("leaves no half-written file behind", () => {
    assert.deepEqual(readdirSync(join(work, "notebooks")), ["00.ts"]);
  });
});
