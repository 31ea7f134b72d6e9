import assert from "node:assert/strict";
import { REFUSAL } from "../../../../grader/judge/diagnosis/explanation.js";
import {
  nearlyRight,
  patternOf,
  transposedPart,
} from "../../../../grader/judge/diagnosis/patterns.js";
import { aPart, mat, observed, refusing, steps } from "./observed.js";

const [one, other] = [mat([1, -2], [3, 4]), mat([5, 6], [-7, 8])];

describe("a pattern", () => {
  it("is told where every wrong case shows it", () => {
    const cause = patternOf(aPart([one, other].map((W) => observed(W, W.times(0)))));
    assert.deepEqual(cause, {
      names: ["pattern: every entry is 0"],
      mistake: "In every failing case: every entry is 0.",
      hint: "Look at the line of your code that makes this part, with that in mind.",
    });
  });

  it("is not told of one case, nor where the cases show several, or one of them none", () => {
    assert.equal(patternOf(aPart([observed(one, one.times(0))])), undefined);
    const zero = observed(one, one.times(0));
    assert.equal(patternOf(aPart([zero, observed(other, other.times(-1))])), undefined);
    const none = observed(other, mat([5.5, 1], [2, 9]));
    assert.equal(patternOf(aPart([zero, none])), undefined);
    assert.equal(patternOf(aPart([none, zero])), undefined);
    assert.equal(patternOf(aPart([none, none])), undefined);
    assert.equal(patternOf(aPart([])), undefined);
  });

  it("that is a factor is told only where no case is right", () => {
    for (const factor of [2, 0.5]) {
      const wrong = [one, other].map((W) => observed(W, W.times(factor)));
      assert.match(patternOf(aPart(wrong))!.mistake, / 2 times too (?:large|small)\.$/);
      assert.equal(patternOf(aPart(wrong, [observed(one, one)])), undefined);
    }
    const zeros = [one, other].map((W) => observed(W, W.times(0)));
    assert.ok(patternOf(aPart(zeros, [observed(one, one)])));
  });

  it("of a part that should have been refused is that it was not", () => {
    assert.deepEqual(patternOf(aPart([], [], REFUSAL)), {
      names: ["bad-input-not-refused"],
      mistake: "It must be refused with an error; an answer came.",
      hint: "Which inputs does the text call wrong? Throw a RangeError for them.",
    });
  });
});

describe("a transpose", () => {
  it("is told where the part is one in every case", () => {
    const cases = [one, mat([1, 2, 3])].map((W) => observed(W, W.T));
    assert.deepEqual(transposedPart(aPart(cases)), {
      names: ["transposed"],
      mistake: "Rows and columns of the answer are exchanged.",
      hint: "Which shape does the answer have, and in which order is it filled?",
    });
  });

  it("is not told where one case is none, holds no matrix, or threw", () => {
    const turned = observed(one, one.T);
    for (const no of [
      observed(other, other),
      observed(other, 1),
      observed(1, other),
      observed(steps(1), steps(1)),
      refusing(one),
    ])
      assert.equal(transposedPart(aPart([turned, no])), undefined);
  });
});

describe("nearly right", () => {
  const off = (by: number) => mat([100, 1 + by], [3, 4]);
  const wanted = off(0);

  it("is what agrees to five digits of the part's largest number, in every wrong case", () => {
    const near = [observed(wanted, off(9e-4)), observed(wanted, off(-9e-4))];
    assert.deepEqual(nearlyRight(aPart(near)), {
      names: ["nearly-right"],
      mistake: "Nearly right: the numbers agree to five digits and more, but not to the last ones.",
      hint: "Is something rounded (Float32Array, toFixed), or is a small ε added somewhere?",
    });
  });

  it("is not what is off by more in one entry of one case, or is of another build", () => {
    for (const no of [off(1.1e-3), off(-1.1e-3), mat([100, 1]), 100])
      assert.equal(
        nearlyRight(aPart([observed(wanted, off(1e-4)), observed(wanted, no)])),
        undefined,
      );
  });

  it("takes the size of a number without its sign, and allows the tolerance beside it", () => {
    const [minus, nearMinus] = [mat([-100, 1]), mat([-100, 1 + 9e-4])];
    assert.ok(nearlyRight(aPart([observed(minus, nearMinus)])));
    const zeros = mat([0, 0]);
    assert.ok(nearlyRight(aPart([observed(zeros, mat([0, 0.9e-9]))])));
    assert.equal(nearlyRight(aPart([observed(zeros, mat([0, 1.1e-9]))])), undefined);
  });
});
