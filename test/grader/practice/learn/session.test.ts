import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Exercise } from "../../../../exercises/exercise.js";
import type { FileCheck } from "../../../../grader/practice/learn/checkFile.js";
import { Session } from "../../../../grader/practice/learn/session.js";
import { progressOf } from "../../../../grader/practice/progress.js";
import { fileStore } from "../../../../grader/practice/progressFile.js";
import { colorsFor } from "../../../../grader/words/verdictText.js";
import { verdictOf } from "../../../../grader/judge/judge.js";
import type { Status } from "../../../../grader/judge/verdict.js";
import { exerciseFile } from "../../../../grader/practice/workspace.js";
import { leakySumExercise, squareRootExercise } from "../../fixtures.js";

const exercises: readonly Exercise[] = [leakySumExercise, squareRootExercise];

/** A session whose checks end as `ends` says, by exercise. */
function sessionIn(
  workspace: string,
  ends: Record<string, Status>,
): { session: Session; screen: () => string; checked: string[]; hasQuit: () => boolean } {
  let screen = "";
  let hasQuit = false;
  const checked: string[] = [];
  const session = new Session({
    workspace,
    exercises,
    colors: colorsFor(false),
    check: ({ id }) => {
      checked.push(id);
      const status = ends[id] ?? "not-run";
      const verdict = verdictOf(id, [{ name: "a case", shown: true, status, message: "so" }], 5);
      return Promise.resolve<FileCheck>({ kind: "verdict", verdict, printed: "" });
    },
    write: (text) => (screen = text),
    quit: () => (hasQuit = true),
  });
  return { session, screen: () => screen, checked, hasQuit: () => hasQuit };
}

describe("learn's session", () => {
  let workspace: string;
  beforeEach(() => {
    workspace = join(mkdtempSync(join(tmpdir(), "unrolled-session-")), "my-work");
    mkdirSync(join(workspace, "exercises"), { recursive: true });
  });
  afterEach(() => rmSync(join(workspace, ".."), { recursive: true, force: true }));

  it("begins with the first open exercise, checks it, and says how far one is", async () => {
    const { session, screen, checked } = sessionIn(workspace, {});
    await session.start();
    assert.deepEqual(checked, ["leakySum"]);
    assert.match(screen(), /0 of 2 pass/);
    assert.match(screen(), /00-00-leakySum\.ts/);
    assert.match(screen(), /Not written yet/);
    assert.match(screen(), /n skip {3}h hint/);
  });

  it("checks what is saved, and shows what is wrong", async () => {
    const ends: Record<string, Status> = {};
    const { session, screen, checked } = sessionIn(workspace, ends);
    await session.start();
    ends["leakySum"] = "crashed";
    await session.saved(exerciseFile(workspace, leakySumExercise));
    assert.deepEqual(checked, ["leakySum", "leakySum"]);
    assert.match(screen(), /✗ a case/);
    assert.match(screen(), /unrolled check leakySum --seed 5/);
  });

  it("turns to the exercise whose file is saved; another file may be one that the current imports", async () => {
    const { session, screen, checked } = sessionIn(workspace, { squareRoot: "wrong" });
    await session.start();
    await session.saved(join(workspace, "exercises", "helpers.ts"));
    await session.saved(exerciseFile(workspace, squareRootExercise));
    assert.deepEqual(checked, ["leakySum", "leakySum", "squareRoot"]);
    assert.match(screen(), /squareRoot\.ts/);
  });

  it("keeps a pass, and goes on with a key", async () => {
    const { session, screen } = sessionIn(workspace, { leakySum: "passed" });
    await session.start();
    assert.match(screen(), /1 of 1 shown case passes; 1 more run when graded/);
    assert.match(screen(), /n next exercise/);
    await session.pressed("\r");
    assert.match(screen(), /squareRoot\.ts/);
    assert.equal(progressOf(fileStore(workspace).read().progress, "leakySum").passed, true);
  });

  it("skips with n, never with Enter, and comes back to what was skipped", async () => {
    const { session, screen } = sessionIn(workspace, { squareRoot: "passed" });
    await session.start();
    await session.pressed("\r");
    assert.match(screen(), /leakySum\.ts/);
    await session.pressed("n");
    assert.match(screen(), /squareRoot\.ts/);
    await session.pressed("n");
    assert.match(screen(), /leakySum\.ts/);
  });

  it("says when all exercises pass", async () => {
    const { session, screen } = sessionIn(workspace, { leakySum: "passed", squareRoot: "passed" });
    await session.start();
    await session.pressed("n");
    await session.pressed("n");
    assert.match(screen(), /All exercises pass/);
  });

  it("gives one hint more with each h, and remembers it", async () => {
    const { session, screen } = sessionIn(workspace, {});
    await session.start();
    await session.pressed("h");
    assert.match(screen(), /Hint 1 of 3: What is carried on\?/);
    assert.doesNotMatch(screen(), /Hint 2/);
    for (let n = 0; n < 3; n++) await session.pressed("h");
    assert.match(screen(), /Hint 3 of 3: a loop/);
    assert.doesNotMatch(screen(), /Ask again/);
    assert.equal(progressOf(fileStore(workspace).read().progress, "leakySum").hints, 3);
  });

  it("goes on to the next hint where none can be remembered", async () => {
    writeFileSync(join(workspace, ".unrolled"), "a file where the folder should be");
    const { session, screen } = sessionIn(workspace, {});
    await session.start();
    for (let n = 0; n < 2; n++) await session.pressed("h");
    assert.match(screen(), /Hint 2 of 3/);
  });

  it("lists the exercises, checks all of them, and quits", async () => {
    const { session, screen, hasQuit } = sessionIn(workspace, { leakySum: "passed" });
    await session.start();
    await session.pressed("l");
    assert.match(screen(), /✓ 00 leakySum {4}A leaky sum/);
    await session.pressed("c");
    assert.match(screen(), /✓ leakySum {2}1 of 1/);
    assert.match(screen(), /– squareRoot {2}not written yet/);
    assert.equal(hasQuit(), false);
    await session.pressed("q");
    assert.equal(hasQuit(), true);
  });

  it("asks before it resets, and a no changes nothing", async () => {
    const { session, screen } = sessionIn(workspace, {});
    const file = exerciseFile(workspace, leakySumExercise);
    writeFileSync(file, "mine");
    await session.start();
    await session.pressed("r");
    assert.match(screen(), /Put the starter of leakySum back\?/);
    await session.pressed("x");
    assert.match(screen(), /Nothing was changed/);
    assert.equal(readFileSync(file, "utf8"), "mine");
  });

  it("leaves the learner's file as it is when the starter can't be had", async () => {
    const { session, screen } = sessionIn(workspace, {});
    const file = exerciseFile(workspace, leakySumExercise); // the pack has no such starter
    writeFileSync(file, "mine");
    await session.start();
    await session.pressed("r");
    await session.pressed("y");
    assert.match(screen(), /could not be put back/);
    assert.equal(readFileSync(file, "utf8"), "mine");
    assert.deepEqual(readdirSync(join(workspace, "exercises")), ["00-00-leakySum.ts"]);
  });

  it("shows only the newest of two checks", async () => {
    let release: ((check: FileCheck) => void) | undefined;
    let screen = "";
    const ended = (status: Status): FileCheck => ({
      kind: "verdict",
      verdict: verdictOf("leakySum", [{ name: "a case", shown: true, status }], 5),
      printed: "",
    });
    let calls = 0;
    const session = new Session({
      workspace,
      exercises,
      colors: colorsFor(false),
      check: () =>
        ++calls === 1
          ? new Promise((resolve) => (release = resolve))
          : Promise.resolve(ended("passed")),
      write: (text) => (screen = text),
      quit: () => undefined,
    });
    const first = session.start();
    assert.match(screen, /checking …/);
    await session.saved(exerciseFile(workspace, leakySumExercise));
    release?.(ended("wrong"));
    await first;
    assert.match(screen, /✓ a case/);
  });
});
