import assert from "node:assert/strict";
import type { AnyFunction, ExerciseDefinition, Mutant } from "../../../exercises/exercise.js";
import { calculationsOf } from "../../../grader/authoring/folder.js";
import {
  type ExerciseParts,
  hintFaults,
  loadExercise,
  mistakeFaults,
  proofFaults,
  rightFaults,
  shapeFaults,
  starterFaults,
  unmadeFaults,
} from "../../../grader/authoring/proof.js";
import type { binaryCrossEntropy, Mat } from "../../../src/index.js";

describe("the proof of an exercise says in one line", function () {
  this.timeout(30_000);
  let parts: ExerciseParts;
  const having = (change: Partial<ExerciseDefinition>): ExerciseParts => ({
    ...parts,
    exercise: { ...parts.exercise, ...change },
  });
  const throws = (): never => {
    throw new TypeError("no");
  };
  const mutant = (change: Partial<Mutant>): Mutant => ({
    ...parts.exercise.mutants[0]!,
    ...change,
  });

  before(async () => {
    parts = await loadExercise("stackWeights");
  });

  it("nothing of one that is whole", async () => {
    assert.deepEqual(await proofFaults(parts), []);
  });

  it("that a mistake has no case, naming the file and the mend", () => {
    const { mutants } = parts.exercise;
    const uncaught = [...mutants.slice(1), mutant({ caughtBy: "no such case" })];
    assert.deepEqual(shapeFaults(having({ mutants: uncaught })), [
      'exercises/stackWeights/mutants.ts: order-swapped has no case: there is none called "no such case"; add it to exercise.ts',
    ]);
  });

  it("what is too few or too little, each with its file", () => {
    const { cases, mutants, tolerance } = parts.exercise;
    const poor = having({
      points: 0,
      cases: cases.map((one, n) => ({ ...one, shown: n > 0 })),
      mutants: mutants.slice(0, 2),
      hints: ["think", parts.exercise.hints[1], parts.exercise.hints[2]],
      tolerance: { ...tolerance, why: "small" },
      reference: () => 0,
    });
    const honest = [parts.honest[0]!, parts.honest[0]!];
    const faults = shapeFaults({ ...poor, honest });
    for (const line of [
      "exercise.ts: its reference is not the library's stackWeights; export that from src/index.ts",
      "exercise.ts: it gives no points; write points: 1",
      `exercise.ts: "${cases[0]!.name}" is not run in practice; take its shown: false away`,
      "exercise.ts: hint 1 says nearly nothing; write a sentence",
      "exercise.ts: its tolerance has no reason; say where the numbers come from",
      "mutants.ts: it has 2 mistakes; at least 3 are wanted",
      "honest.ts: it has 2 right solutions; at least 3 are wanted",
    ]) {
      assert.ok(faults.includes(`exercises/stackWeights/${line}`), line);
    }
    assert.ok(faults.some((fault) => fault.includes("two solutions are called")));
    assert.equal(faults.length, 8);
  });

  it("that two cases or two mistakes have one name", () => {
    const { cases, mutants } = parts.exercise;
    const doubled = having({
      cases: [...cases, cases[0]!],
      mutants: [...mutants, mutants[0]!],
    });
    assert.deepEqual(shapeFaults(doubled), [
      `exercises/stackWeights/exercise.ts: two cases are called "${cases[0]!.name}"; rename one`,
      "exercises/stackWeights/mutants.ts: two mistakes are called order-swapped; rename one",
    ]);
  });

  it("that a hint holds the solution, however it is spaced", () => {
    const { hints } = parts.exercise;
    const told = having({ hints: [hints[0], hints[1], "Write `stackColumns( Waa, Wax )`."] });
    assert.deepEqual(hintFaults(told), [
      "exercises/stackWeights/exercise.ts: hint 3 holds the solution: stackColumns(Waa,Wax); say less",
    ]);
    const given = { ...told, starterText: "// as stackColumns(Waa, Wax) does" };
    assert.deepEqual(hintFaults(given), []);
  });

  it("that a starter is not unwritten", async () => {
    const wrong = { ...parts, starter: (() => 1) as AnyFunction };
    assert.deepEqual(await starterFaults(wrong), [
      'exercises/stackWeights/starter.ts: it is judged "wrong" in place of "not written yet"; let it throw NotImplementedError alone',
    ]);
  });

  it("that a solution, or a right one at a tenth of the tolerance, does not pass", async () => {
    const own = await loadExercise("binaryCrossEntropy");
    const { tolerance, reference } = own.exercise;
    const off = ((yhat_t: Mat, y_t: Mat) =>
      (reference as typeof binaryCrossEntropy)(yhat_t, y_t).add(tolerance.atol / 2)) as AnyFunction;
    const near = { ...own, solution: off, honest: [{ style: "half a tolerance off", write: off }] };
    const faults = await rightFaults(near);
    assert.equal(faults.length, 1, faults.join("\n"));
    assert.match(
      faults[0]!,
      /^exercises\/binaryCrossEntropy\/honest\.ts: "half a tolerance off" does not pass at a tenth of the tolerance \(case ".*", seed 1\); mend it, or the case, or the tolerance$/,
    );
    const wrong = { ...parts, solution: (() => 1) as AnyFunction, honest: [] };
    assert.match((await rightFaults(wrong))[0]!, /solution\.ts: the solution does not pass \(case/);
  });

  it("that a mistake is right, is caught elsewhere, or has another one's name", async () => {
    const same = mutant({ name: "same", wrong: (right) => right });
    const saying = async (...mutants: readonly Mutant[]): Promise<string> =>
      (await mistakeFaults(having({ mutants }).exercise, mutants[0]!.name)).join();
    assert.match(await saying(same), /same is not caught by "as many units as inputs"/);
    const twin = mutant({ name: "twin" });
    assert.match(
      await saying(twin, mutant({})),
      /mutants\.ts: twin is told as twin or order-swapped; add a case in which they differ \(seed 1\)/,
    );
    const throwing = mutant({
      name: "throwing",
      wrong: () => throws,
    });
    assert.match(
      await saying(throwing),
      /throwing is not named: in ".*" it threw TypeError: no; an error proves no mistake: let .* \(seed 1\)$/,
    );
  });

  it("what a solution or a reference throws", async () => {
    const wrong = { ...parts, solution: throws, honest: [] };
    assert.match(
      (await rightFaults(wrong))[0]!,
      /solution\.ts: the solution does not pass \(case ".*", seed 1: it threw TypeError: no\); mend/,
    );
    const failing = { ...having({ reference: throws }), solution: throws, honest: [] };
    assert.match(
      (await rightFaults(failing))[0]!,
      /the reference does not pass \(.*: the reference of stackWeights failed: no\)/,
    );
  });

  it("that a mistake makes no function", async () => {
    const unmade = having({ mutants: [mutant({ name: "unmade", wrong: throws })] });
    assert.deepEqual(unmadeFaults(unmade.exercise), [
      "exercises/stackWeights/mutants.ts: unmade throws where it makes its function (TypeError: no); let it return one",
    ]);
    assert.ok((await proofFaults(unmade)).some((fault) => fault.includes("unmade throws")));
  });
});

describe("a solution's calculations", () => {
  it("are what its statements compute, not the names that they give", () => {
    const source = `export function f(x_t: Mat): Answer {
      const { Wax, by } = parameters;
      const a_next = tanh(Wax.dot(x_t).add(ba));
      const short = 1;
      return { a_next, cache: { x_t, by } };
    }`;
    assert.deepEqual(calculationsOf(source, "f"), ["tanh(Wax.dot(x_t).add(ba))"]);
  });
});
