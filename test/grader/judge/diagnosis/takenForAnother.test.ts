import assert from "node:assert/strict";
import type { AnyFunction, Argument, Exercise } from "../../../../exercises/exercise.js";
import type { ObservedCase } from "../../../../grader/judge/diagnosis/explanation.js";
import type { Mistake } from "../../../../grader/judge/diagnosis/mistakes.js";
import {
  matricesForOthers,
  misplacedMatrices,
  turnedValues,
} from "../../../../grader/judge/diagnosis/takenForAnother.js";
import { type Mat, Sequence } from "../../../../src/index.js";
import { anExercise, mat, observed, steps } from "./observed.js";

function given(...args: readonly Argument[]): ObservedCase {
  return { ...observed(0, 0), args };
}

function namesOf(mistakes: readonly Mistake[]): readonly string[] {
  return mistakes.flatMap(({ cause }) => cause.names);
}

/** What a mistake makes of a function of these arguments. */
function made(
  mistakes: readonly Mistake[],
  name: string,
  right: unknown,
  args: readonly Argument[],
): unknown {
  const { wrong } = mistakes.find(({ cause }) => cause.names[0] === name)!;
  return (wrong(right as AnyFunction) as (...rest: readonly unknown[]) => unknown)(...args);
}

describe("a matrix that is taken for another", () => {
  const exercise: Exercise = { ...anExercise, argumentNames: ["a", "parameters"] };
  const [a, Wu, Wr, b] = [mat([1, 2]), mat([3, 4]), mat([5, 6]), mat([7])];
  const args = [a, { Wu, Wr, b }];
  const cases = [given(...args), given(mat([0, 1]), { Wu: b, Wr: b, b: mat([2]) })];

  it("has the other's shape in every case", () => {
    assert.deepEqual(namesOf(matricesForOthers(exercise, cases, () => true)), [
      "Wr-for-Wu",
      "Wu-for-Wr",
    ]);
    assert.deepEqual(
      namesOf(matricesForOthers(exercise, [given(mat([1, 2], [3, 4]), { Wu })], () => true)),
      [],
    );
    assert.deepEqual(
      namesOf(matricesForOthers(exercise, [given(mat([1, 2, 3]), { Wu })], () => true)),
      [],
    );
  });

  it("is one of those that are asked about", () => {
    const first = [given(...args)];
    const isTried = ({ name }: { readonly name: string }): boolean => name !== "Wu";
    assert.deepEqual(namesOf(matricesForOthers(exercise, first, isTried)), [
      "Wr-for-a",
      "a-for-Wr",
    ]);
  });

  it("is told by both names", () => {
    const [{ cause }] = matricesForOthers(exercise, cases, () => true) as [Mistake];
    assert.equal(cause.mistake, "Wr was used where Wu belongs.");
    assert.equal(cause.hint, "Read the line that uses it letter by letter.");
  });

  it("may be exchanged with it, which is told once for two", () => {
    const all = misplacedMatrices(exercise, cases);
    assert.deepEqual(namesOf(all), ["Wr-for-Wu", "Wu-for-Wr", "Wu-and-Wr-exchanged"]);
    assert.equal(all[2]!.cause.mistake, "Wu and Wr were taken for each other.");
  });

  type Parameters = { readonly Wu: Mat; readonly Wr: Mat; readonly b: Mat };
  const reads = (_a: Mat, { Wu: u, Wr: r, b: own }: Parameters): unknown =>
    [u, r, own].map((W) => String(W.toArray()));

  it("is what the function reads, and the others are as they were given", () => {
    const all = misplacedMatrices(exercise, cases);
    assert.deepEqual(made(all, "Wr-for-Wu", reads, args), ["5,6", "5,6", "7"]);
    assert.deepEqual(made(all, "Wu-for-Wr", reads, args), ["3,4", "3,4", "7"]);
    assert.deepEqual(made(all, "Wu-and-Wr-exchanged", reads, args), ["5,6", "3,4", "7"]);
    assert.deepEqual([Wu.toArray(), Wr.toArray()], [[[3, 4]], [[5, 6]]]);
  });

  it("is again what was given in what the function hands through, at any depth", () => {
    const own = new Map();
    const hands = (first: Mat, parameters: Parameters): unknown => ({
      caches: [{ parameters, first, Wu: parameters.Wu }],
      dWu: parameters.Wu.times(2),
      x: Sequence.of([parameters.Wu]),
      others: [null, 3, own],
    });
    for (const [name, doubled] of [
      ["Wr-for-Wu", [[10, 12]]],
      ["Wu-and-Wr-exchanged", [[10, 12]]],
    ] as const) {
      const answer = made(misplacedMatrices(exercise, cases), name, hands, args) as {
        caches: [{ parameters: unknown; first: unknown; Wu: unknown }];
        dWu: Mat;
        x: Sequence;
        others: readonly unknown[];
      };
      const [cache] = answer.caches;
      assert.equal(cache.parameters, args[1]);
      assert.equal(cache.first, a);
      assert.equal(cache.Wu, Wu);
      assert.deepEqual(answer.dWu.toArray(), doubled);
      assert.deepEqual(answer.x.at(1).toArray(), [[5, 6]]);
      assert.deepEqual(answer.others, [null, 3, own]);
      assert.equal(answer.others[2], own);
    }
  });

  it("may be what the function hands through itself", () => {
    const through = (_a: Mat, { Wu: u }: Parameters): unknown => u;
    assert.equal(made(misplacedMatrices(exercise, cases), "Wr-for-Wu", through, args), Wu);
  });
});

describe("a value that is turned round", () => {
  const exercise: Exercise = { ...anExercise, argumentNames: ["x", "W"] };

  it("is a matrix that is square in every case, and more than a number", () => {
    const transposed = (...all: readonly Mat[]): readonly string[] =>
      namesOf(
        turnedValues(
          exercise,
          all.map((W) => given(0, W)),
        ),
      );
    assert.deepEqual(transposed(mat([1, 2], [3, 4])), ["W-transposed"]);
    assert.deepEqual(transposed(mat([1, 2], [3, 4]), mat([1, 2], [3, 4], [5, 6])), []);
    assert.deepEqual(transposed(mat([1, 2], [3, 4]), mat([1])), []);
  });

  it("is transposed, or a sequence in another order", () => {
    const args = [steps(1, 2, 3), mat([1, 2], [3, 4])];
    const all = turnedValues(exercise, [given(...args)]);
    const readsW = (_x: Sequence, W: Mat): unknown => W.times(1).toArray();
    assert.deepEqual(made(all, "W-transposed", readsW, args), [
      [1, 3],
      [2, 4],
    ]);
    assert.equal(all[0]!.cause.mistake, "W was used transposed.");
    const readsX = (x: Sequence): unknown => Array.from(x, (x_t) => x_t.get(0, 0));
    const read = all
      .slice(1)
      .map(({ cause }) => [cause.mistake, made(all, cause.names[0]!, readsX, args)]);
    const late = "x is read one step late: step t gets that of t − 1, and the first one";
    const early = "x is read one step early: step t gets that of t + 1, and the last one";
    assert.deepEqual(read, [
      [`${late} zeros.`, [0, 1, 2]],
      [`${late} its own.`, [1, 1, 2]],
      [`${early} zeros.`, [2, 3, 0]],
      [`${early} its own.`, [2, 3, 3]],
      ["x is read from its end.", [3, 2, 1]],
      ["x is read at its first step only: every step gets that one.", [1, 1, 1]],
      ["x is read at its last step only: every step gets that one.", [3, 3, 3]],
      ["x counts at its first step only: the others get zeros.", [1, 0, 0]],
      ["x counts at its last step only: the others get zeros.", [0, 0, 3]],
    ]);
    const names = namesOf(all);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.every((name) => /^[xW]-[a-z-]+$/.test(name)));
  });
});
