import assert from "node:assert/strict";
import { scoreOf, sumOfPoints } from "../../../../grader/class/policy/score.js";

describe("what a verdict is worth", () => {
  it("is the share of the cases that passed, to a hundredth of a point", () => {
    assert.equal(scoreOf({ status: "failed", passed: 3, total: 4 }, 2), 1.5);
    assert.equal(scoreOf({ status: "failed", passed: 2, total: 3 }, 2), 1.33);
    assert.equal(scoreOf({ status: "passed", passed: 7, total: 7 }, 3), 3);
  });

  it("is nothing where the code meddled with the grader, or where no case was run", () => {
    assert.equal(scoreOf({ status: "tampered", passed: 4, total: 4 }, 2), 0);
    assert.equal(scoreOf({ status: "missing", passed: 0, total: 0 }, 2), 0);
  });

  it("is summed without the rounding errors of a plain sum", () => {
    assert.notEqual(0.1 + 0.2, 0.3);
    assert.equal(sumOfPoints([0.1, 0.2]), 0.3);
    assert.equal(sumOfPoints([1.33, 2, 0.67]), 4);
    assert.equal(sumOfPoints([]), 0);
  });
});
