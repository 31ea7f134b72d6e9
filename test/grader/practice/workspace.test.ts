import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manifest } from "../../../exercises/manifest.js";
import { addMissingExercises, exerciseFile } from "../../../grader/practice/workspace.js";

describe("the learner's exercises", () => {
  let workspace: string;
  const exercise = manifest.at(-1)!;
  const earlier = (number: string): string =>
    join(workspace, "exercises", `${exercise.lesson}-${number}-${exercise.id}.ts`);

  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), "unrolled-workspace-"));
    addMissingExercises(workspace);
  });
  afterEach(() => {
    rmSync(workspace, { recursive: true });
  });

  it("keep what was written when a new exercise changes the numbers in their names", () => {
    writeFileSync(exerciseFile(workspace, exercise), "mine");
    renameSync(exerciseFile(workspace, exercise), earlier("07"));
    assert.deepEqual(addMissingExercises(workspace), []);
    assert.equal(readFileSync(exerciseFile(workspace, exercise), "utf8"), "mine");
    assert.equal(readdirSync(join(workspace, "exercises")).length, manifest.length);
  });

  it("are not chosen between where two files of other numbers may be the learner's", () => {
    rmSync(exerciseFile(workspace, exercise));
    writeFileSync(earlier("07"), "one");
    writeFileSync(earlier("08"), "two");
    addMissingExercises(workspace);
    assert.equal(readFileSync(earlier("07"), "utf8"), "one");
    assert.equal(readFileSync(earlier("08"), "utf8"), "two");
  });
});
