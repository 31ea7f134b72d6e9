import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manifest } from "../../../exercises/manifest.js";
import { lessonLeftOff } from "../../../grader/practice/leftOff.js";
import { recordStep } from "../../../grader/practice/progress.js";
import { fileStore } from "../../../grader/practice/progressFile.js";

describe("where a learner left off", () => {
  let workspace: string;

  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), "unrolled-left-off-"));
  });
  afterEach(() => {
    rmSync(workspace, { recursive: true });
  });

  const pass = (id: string): void => {
    recordStep(fileStore(workspace), { exercise: id, did: "passed" });
  };

  it("is the first lesson at first, then the lesson of the next open exercise, at last the last", () => {
    assert.equal(lessonLeftOff(workspace), "00");
    for (const { id } of manifest.filter(({ lesson }) => lesson < "02")) pass(id);
    assert.equal(lessonLeftOff(workspace), "02");
    for (const { id } of manifest) pass(id);
    assert.equal(lessonLeftOff(workspace), manifest.at(-1)!.lesson);
  });
});
