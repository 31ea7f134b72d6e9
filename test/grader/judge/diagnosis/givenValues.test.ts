import assert from "node:assert/strict";
import type { Argument } from "../../../../exercises/exercise.js";
import type { ObservedCase } from "../../../../grader/judge/diagnosis/explanation.js";
import { givenMatrices, givenSequences } from "../../../../grader/judge/diagnosis/givenValues.js";
import { anExercise, mat, observed, steps } from "./observed.js";

function given(...args: readonly Argument[]): ObservedCase {
  return { ...observed(0, 0), args };
}

const exercise = { ...anExercise, argumentNames: ["x", "parameters", ""] };

describe("the values that a function is given", () => {
  it("are told with their name, where they stand, and what they are in each case", () => {
    const [x, Wax, b] = [mat([1]), mat([2]), mat([3])];
    const [x2, Wax2, b2] = [mat([4]), mat([5]), mat([6])];
    const cases = [given(x, { Wax, deep: { b } }), given(x2, { Wax: Wax2, deep: { b: b2 } })];
    assert.deepEqual(givenMatrices(exercise, cases), [
      { name: "x", path: [0], values: [x, x2] },
      { name: "Wax", within: "parameters", path: [1, "Wax"], values: [Wax, Wax2] },
      { name: "b", within: "deep", path: [1, "deep", "b"], values: [b, b2] },
    ]);
  });

  it("are matrices or sequences, never both, and nothing else", () => {
    const [x, W] = [steps(1, 2), mat([1])];
    const cases = [given(x, { W, n: 3, none: null, list: [W], cell: { standIn: "waveCell" } })];
    const names = (all: readonly { readonly name: string }[]): readonly string[] =>
      all.map(({ name }) => name);
    assert.deepEqual(names(givenMatrices(exercise, cases)), ["W"]);
    assert.deepEqual(names(givenSequences(exercise, cases)), ["x"]);
  });

  it("are there in every case, or are not told", () => {
    const whole = given(mat([1]), { W: mat([2]) });
    for (const other of [given(mat([1]), {}), given(mat([1]), { W: 2 }), given(mat([1]), null)]) {
      const names = givenMatrices(exercise, [whole, other]).map(({ name }) => name);
      assert.deepEqual(names, ["x"]);
    }
  });

  it("have a name, or are not told: an argument that is taken apart, or one too many", () => {
    const cases = [given(mat([1]), {}, mat([2]), mat([3]))];
    assert.deepEqual(
      givenMatrices(exercise, cases).map(({ name }) => name),
      ["x"],
    );
    const apart = [given(1, {}, { W: mat([2]) })];
    assert.deepEqual(
      givenMatrices(exercise, apart).map(({ name, within }) => [name, within]),
      [["W", ""]],
    );
  });

  it("are none where there is no case", () => {
    assert.deepEqual(givenMatrices(exercise, []), []);
  });
});
