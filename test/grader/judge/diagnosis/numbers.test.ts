import assert from "node:assert/strict";
import { numbersOf } from "../../../../grader/judge/diagnosis/numbers.js";
import { aPart, mat, observed, refusing, steps } from "./observed.js";

/** The numbers of two values side by side; undefined where they are not alike. */
function sideBySide(expected: unknown, got: unknown): unknown {
  const one = observed(expected, got, { m: 2 });
  return numbersOf(aPart([one]), one);
}

describe("the numbers of a part, expected and received", () => {
  it("are taken from a number, a matrix, a sequence, a list and a record, in their order", () => {
    const size = { m: 2 };
    assert.deepEqual(sideBySide(1, 2), { size, expected: [1], got: [2] });
    assert.deepEqual(sideBySide(mat([1, 2], [3, 4]), mat([5, 6], [7, 8])), {
      size,
      expected: [1, 2, 3, 4],
      got: [5, 6, 7, 8],
    });
    assert.deepEqual(sideBySide(steps(1, 2), steps(3, 4)), { size, expected: [1, 2], got: [3, 4] });
    const record = { a: [1, mat([2])], b: { c: 3, name: "tanh" } };
    const other = { b: { c: 6, name: "tanh" }, a: [4, mat([5])] };
    assert.deepEqual(sideBySide(record, other), { size, expected: [1, 2, 3], got: [4, 5, 6] });
  });

  it("are none where both are not of one build", () => {
    for (const [expected, got] of [
      [1, "1"],
      ["1", 1],
      [1, mat([1])],
      [mat([1, 2]), mat([1], [2])],
      [mat([1, 2]), mat([1, 2], [3, 4])],
      [mat([1, 2]), mat([1, 2, 3])],
      [mat([1]), steps(1)],
      [steps(1), mat([1])],
      [steps(1, 2), steps(1)],
      [steps(1), [mat([1])]],
      [[1, 2], [1]],
      [[1], [1, 2]],
      [[1], 1],
      [[1, 2], { 0: 1, 1: 2 }],
      [{ 0: 1 }, [1]],
      [{ a: 1 }, { b: 1 }],
      [
        { a: 1, b: 2 },
        { a: 1, b: "2" },
      ],
      ["tanh", "relu"],
      [{ a: 1 }, null],
    ])
      assert.equal(sideBySide(expected, got), undefined, JSON.stringify([expected, got]));
  });

  it("are none where the function threw", () => {
    const one = refusing(mat([1]));
    assert.equal(numbersOf(aPart([one]), one), undefined);
  });

  it("are those of one part of an answer", () => {
    const one = observed({ dW: 1, db: 2 }, { dW: 3, db: 4 });
    assert.deepEqual(numbersOf(aPart([one], [], "db"), one), { size: {}, expected: [2], got: [4] });
  });
});
