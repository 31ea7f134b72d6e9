import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  appendFileSync,
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
import { progressOf, recordStep, recordVerdict } from "../../../grader/practice/progress.js";
import { fileStore, progressFile } from "../../../grader/practice/progressFile.js";
import { nextExercise, progressText } from "../../../grader/practice/progressTable.js";
import { colorsFor } from "../../../grader/words/verdictText.js";
import { verdictOf } from "../../../grader/judge/judge.js";
import type { Status, Verdict } from "../../../grader/judge/verdict.js";
import { seededRandom } from "../../../src/index.js";
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

  it("is one file", () => {
    recordVerdict(fileStore(workspace), ended("oneHot", "passed"));
    assert.deepEqual(readdirSync(join(workspace, ".unrolled")), ["progress.jsonl"]);
  });

  it("keeps every step beside lines that can't be read, and leaves these as they are", () => {
    recordVerdict(fileStore(workspace), ended("oneHot", "passed"));
    const damage =
      '\n[]\n{"exercise":3,"did":"passed"}\n{"exercise":"a","did":"flown"}\n{"exercise":"padB';
    appendFileSync(progressFile(workspace), damage);
    const { progress, warning } = recordVerdict(fileStore(workspace), ended("padBatch", "passed"));
    assert.equal(warning, undefined);
    assert.deepEqual(Object.keys(progress), ["oneHot", "padBatch"]);
    assert.deepEqual(fileStore(workspace).read().progress, progress);
    assert.ok(readFileSync(progressFile(workspace), "utf8").includes(damage));
  });

  it("says so when nothing in the file can be read", () => {
    mkdirSync(join(workspace, ".unrolled"));
    writeFileSync(progressFile(workspace), "not ours");
    assert.match(fileStore(workspace).read().warning ?? "", /holds no progress that can be read/);
  });

  it("goes on from the file of version 0.2, whose odd numbers are 0 and whose hints are three at most", () => {
    mkdirSync(join(workspace, ".unrolled"));
    const earlier = join(workspace, ".unrolled", "progress.json");
    const odd = { passed: "yes", attempts: -1, hints: 7, skipped: 1 };
    const done = { passed: true, attempts: 2, hints: 1, skipped: false };
    writeFileSync(earlier, JSON.stringify({ version: 1, exercises: { odd, done } }));
    recordVerdict(fileStore(workspace), ended("done", "wrong"));
    assert.deepEqual(fileStore(workspace).read(), {
      progress: {
        odd: { passed: false, attempts: 0, hints: 3, skipped: false },
        done: { passed: true, attempts: 3, hints: 1, skipped: false },
      },
    });
    for (const broken of [
      '{"version":1,"exerc',
      "[]",
      "{}",
      '{"version":2,"exercises":{}}',
      '{"version":1,"exercises":{"a":3}}',
    ]) {
      writeFileSync(earlier, broken);
      const { progress, warning } = fileStore(workspace).read();
      assert.match(warning ?? "", /progress\.json is broken/);
      assert.deepEqual(Object.keys(progress), ["done"]);
    }
  });

  it("loses nothing when two processes write at once and are killed at any moment", async function () {
    this.timeout(60_000);
    const folder = new URL("../../../grader/practice/", import.meta.url).href;
    // Each step is said on standard output once it is kept, so what was said is the least that must be there.
    const script = `const { fileStore } = await import(${JSON.stringify(`${folder}progressFile.js`)});
const { recordStep } = await import(${JSON.stringify(`${folder}progress.js`)});
const { writeSync } = await import("node:fs");
for (;;) {
  recordStep(fileStore(${JSON.stringify(workspace)}), { exercise: process.argv[1], did: "failed" });
  writeSync(1, ".");
}`;
    const random = seededRandom(5);
    const said = { a: 0, b: 0 };
    const untilKilled = (name: "a" | "b", after: number): Promise<void> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, ["--input-type=module", "-e", script, name]);
        child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), after));
        child.stdout.on("data", (dots: Buffer) => (said[name] += dots.length));
        child.once("close", () => resolve());
      });
    for (let round = 0; round < 5; round++)
      await Promise.all([
        untilKilled("a", 60 * random.uniform()),
        untilKilled("b", 60 * random.uniform()),
      ]);
    const { progress, warning } = fileStore(workspace).read();
    assert.equal(warning, undefined);
    for (const name of ["a", "b"] as const) {
      const { attempts } = progressOf(progress, name);
      assert.ok(said[name] >= 5, `${name} kept ${said[name]}`);
      // The last step of each of the five may have been kept and not said any more.
      assert.ok(
        attempts >= said[name] && attempts <= said[name] + 5,
        `${name}: ${attempts} of ${said[name]}`,
      );
    }
  });

  it("forgets a pass when the starter is put back", () => {
    recordVerdict(fileStore(workspace), ended("oneHot", "passed"));
    recordStep(fileStore(workspace), { exercise: "oneHot", did: "reset" });
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
    recordStep(fileStore(workspace), { exercise: "a", did: "skipped" });
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
