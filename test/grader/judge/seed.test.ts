import assert from "node:assert/strict";
import { caseRandom, freshSeed } from "../../../grader/judge/seed.js";

/** The first two numbers of a case's stream. */
function firstTwo(seed: number, exercise: string, name: string): readonly number[] {
  const random = caseRandom(seed, exercise, name);
  return [random.uniform(), random.uniform()];
}

describe("a case's random numbers", () => {
  it("are these, always: a seed that someone wrote down draws the same inputs next year", () => {
    assert.deepEqual(
      firstTwo(7, "rnnForward", "one step"),
      [0.2209494019375936, 0.3771973541126423],
    );
  });

  it("are others for another seed, exercise or case, and for letters in another order", () => {
    const all = [
      firstTwo(7, "rnnForward", "one step"),
      firstTwo(8, "rnnForward", "one step"),
      firstTwo(7, "rnnBackward", "one step"),
      firstTwo(7, "rnnForward", "two steps"),
      firstTwo(7, "rnnForward", "eno step"),
    ];
    assert.equal(new Set(all.map(String)).size, all.length);
  });

  it("begin where chance says, with a number of at most six digits from 1 on", () => {
    const { random } = Math;
    try {
      const seeds = [0, 0.5, 1 - 2 ** -53].map((value) => {
        Math.random = () => value;
        return freshSeed();
      });
      assert.deepEqual(seeds, [1, 500_000, 999_999]);
    } finally {
      Math.random = random;
    }
  });
});
