import assert from "node:assert/strict";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  changeProgress,
  progressOf,
  recordReset,
  recordVerdict,
} from "../../../grader/practice/progress.js";
import { fileStore, progressFile } from "../../../grader/practice/progressFile.js";
import { nextExercise, progressText } from "../../../grader/practice/progressTable.js";
import { colorsFor } from "../../../grader/words/verdictText.js";
import { verdictOf } from "../../../grader/judge/judge.js";
import type { Status, Verdict } from "../../../grader/judge/verdict.js";
import { findWorkspace } from "../../../grader/practice/workspace.js";

const ended = (exercise: string, status: Status): Verdict =>
  verdictOf(exercise, [{ name: "a case", shown: true, status }], 1);

describe("progress", () => {
  let workspace: string;
  beforeEach(() => {
    workspace = join(mkdtempSync(join(tmpdir(), "unrolled-progress-")), "my-work");
    mkdirSync(join(workspace, "notebooks"), { recursive: true });
  });
  afterEach(() => {
    chmodSync(workspace, 0o755);
    rmSync(join(workspace, ".."), { recursive: true, force: true });
  });

  it("is empty at first, counts attempts, and keeps a pass", () => {
    assert.deepEqual(fileStore(workspace).read(), { progress: {} });
    recordVerdict(fileStore(workspace), ended("oneHot", "wrong"));
    recordVerdict(fileStore(workspace), ended("oneHot", "passed"));
    recordVerdict(fileStore(workspace), ended("padBatch", "crashed"));
    const { progress, warning } = fileStore(workspace).read();
    assert.equal(warning, undefined);
    assert.deepEqual(progressOf(progress, "oneHot"), {
      passed: true,
      attempts: 2,
      hints: 0,
      skipped: false,
    });
    assert.equal(progressOf(progress, "padBatch").passed, false);
  });

  it("does not count what was not written yet, nor a failure of ours", () => {
    recordVerdict(fileStore(workspace), ended("oneHot", "not-run"));
    recordVerdict(fileStore(workspace), ended("oneHot", "internal-error"));
    assert.equal(progressOf(fileStore(workspace).read().progress, "oneHot").attempts, 0);
  });

  it("is written in one go and leaves no other file behind", () => {
    recordVerdict(fileStore(workspace), ended("oneHot", "passed"));
    assert.deepEqual(readdirSync(join(workspace, ".unrolled")), ["progress.json"]);
  });

  it("sets a broken file aside, says so, and loses nothing", () => {
    recordVerdict(fileStore(workspace), ended("oneHot", "passed"));
    for (const broken of [
      '{"version":1,"exerc',
      "[]",
      "{}",
      '{"version":2,"exercises":{}}',
      '{"version":1,"exercises":[]}',
      '{"version":1,"exercises":{"a":{},"b":3}}',
    ]) {
      writeFileSync(progressFile(workspace), broken);
      const { progress, warning } = recordVerdict(
        fileStore(workspace),
        ended("padBatch", "passed"),
      );
      assert.match(warning ?? "", /was broken; it is now .*broken-/);
      assert.deepEqual(Object.keys(progress), ["padBatch"]);
      const aside = warning!.split("it is now ")[1]!.split(", and")[0]!;
      assert.equal(readFileSync(aside, "utf8"), broken);
    }
  });

  it("reads numbers that make no sense as 0, and never more than three hints", () => {
    recordVerdict(fileStore(workspace), ended("oneHot", "passed"));
    const odd = { passed: "yes", attempts: -1, hints: 7, skipped: 1 };
    writeFileSync(progressFile(workspace), JSON.stringify({ version: 1, exercises: { odd } }));
    assert.deepEqual(progressOf(fileStore(workspace).read().progress, "odd"), {
      passed: false,
      attempts: 0,
      hints: 3,
      skipped: false,
    });
  });

  it("forgets a pass when the starter is put back", () => {
    recordVerdict(fileStore(workspace), ended("oneHot", "passed"));
    recordReset(fileStore(workspace), "oneHot");
    const known = progressOf(fileStore(workspace).read().progress, "oneHot");
    assert.equal(known.passed, false);
    assert.equal(known.attempts, 1);
  });

  it("says when it can't be kept, and goes on", () => {
    writeFileSync(join(workspace, ".unrolled"), "a file where the folder should be");
    const { progress, warning } = recordVerdict(fileStore(workspace), ended("oneHot", "passed"));
    assert.equal(progressOf(progress, "oneHot").passed, true);
    assert.match(warning ?? "", /can't be (read|written) \(\w+\)/);
  });

  it("is found upwards from a folder inside my-work, and from the folder that holds it", () => {
    assert.equal(findWorkspace(join(workspace, "notebooks")), workspace);
    assert.equal(findWorkspace(join(workspace, "..")), workspace);
    const alone = mkdtempSync(join(tmpdir(), "unrolled-alone-"));
    assert.equal(findWorkspace(alone), undefined);
    rmSync(alone, { recursive: true });
  });

  it("leads to the first open exercise, and to the skipped ones last", () => {
    const exercises = ["a", "b", "c"].map((id) => ({ id, lesson: "00", title: `The ${id}` }));
    const next = (): string | undefined =>
      nextExercise(exercises, fileStore(workspace).read().progress);
    assert.equal(next(), "a");
    changeProgress(fileStore(workspace), "a", (known) => ({ ...known, skipped: true }));
    assert.equal(next(), "b");
    recordVerdict(fileStore(workspace), ended("b", "passed"));
    recordVerdict(fileStore(workspace), ended("c", "passed"));
    assert.equal(next(), "a");
    recordVerdict(fileStore(workspace), ended("a", "passed"));
    assert.equal(next(), undefined);
    const text = progressText(exercises, fileStore(workspace).read().progress, colorsFor(false));
    assert.match(text, /✓ 00 a {2}The a$/m);
    assert.match(text, /3 of 3 exercises pass\.$/);
  });
});
