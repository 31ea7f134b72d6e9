import assert from "node:assert/strict";
import type { Family } from "../../../../exercises/exercise.js";
import { constantMistakes, scaledPart } from "../../../../grader/judge/diagnosis/constants.js";
import { anExercise, aPart, mat, observed } from "./observed.js";

const [one, other] = [mat([1, -2], [3, 4]), mat([5, 6], [-7, 0])];

/** What is told of two cases of other sizes, wrong by these factors. */
function scaledBy(factors: readonly [number, number], sizes: readonly [object, object]) {
  const cases = [one, other].map((W, n) => observed(W, W.times(factors[n]!), { ...sizes[n]! }));
  return scaledPart(aPart(cases));
}

describe("a part that is wrong by a factor", () => {
  it("is told by the size that it was divided by, or that it is too large by", () => {
    const sizes = [{ m: 2 }, { m: 5 }] as const;
    assert.deepEqual(scaledBy([1 / 2, 1 / 5], sizes), {
      names: ["divided-by-m"],
      mistake: "Every entry is divided by m.",
      hint: "Sum or mean, and over what? Compare with the formula.",
    });
    assert.deepEqual(scaledBy([2, 5], sizes)?.names, ["times-m"]);
    assert.equal(scaledBy([2, 5], sizes)?.mistake, "Every entry is m times too large.");
  });

  it("is told by the product of two sizes", () => {
    const sizes = [
      { m: 2, T_x: 3 },
      { m: 5, T_x: 2 },
    ] as const;
    assert.equal(scaledBy([1 / 6, 1 / 10], sizes)?.mistake, "Every entry is divided by m·T_x.");
    assert.deepEqual(scaledBy([6, 10], sizes)?.names, ["times-m·T_x"]);
  });

  it("is told by two sizes where they are the same in all cases, and by none of three", () => {
    const two = [
      { m: 2, T_x: 2 },
      { m: 5, T_x: 5 },
    ] as const;
    assert.equal(
      scaledBy([2, 5], two)?.mistake,
      "Every entry is m times too large, or T_x times too large.",
    );
    const three = [
      { m: 2, T_x: 2, n_a: 2 },
      { m: 5, T_x: 5, n_a: 5 },
    ] as const;
    assert.equal(scaledBy([2, 5], three), undefined);
  });

  it("is told as a number where the sizes can't be it, to four digits, with its sign", () => {
    const same = [{ m: 2 }, { m: 2 }] as const;
    assert.deepEqual(scaledBy([2, 2], same), {
      names: ["constant-factor"],
      mistake: "Every entry is 2 times the expected one, in every case.",
      hint: "Which constant of the formula, or of your code, is that number, or one by it?",
    });
    assert.match(scaledBy([1 / 3, 1 / 3], same)!.mistake, /^Every entry is 0\.3333 times/);
    assert.match(scaledBy([-2, -2], same)!.mistake, /^Every entry is [-−]2 times/);
    assert.deepEqual(scaledBy([-1, -1], same), {
      names: ["sign-flipped-throughout"],
      mistake: "Every sign is flipped.",
      hint: "Which of two terms is taken from which?",
    });
  });

  it("is not told where the factor is 1 or 0, differs, or one entry is off, or of one case", () => {
    const same = [{ m: 2 }, { m: 2 }] as const;
    assert.equal(scaledBy([1, 1], same), undefined);
    assert.equal(scaledBy([0, 0], same), undefined);
    assert.equal(scaledBy([2, 3], same), undefined);
    const off = [observed(one, one.times(2)), observed(other, mat([10, 12], [-14, 0.1]))];
    assert.equal(scaledPart(aPart(off)), undefined);
    assert.equal(scaledPart(aPart([observed(one, one.times(2))])), undefined);
    assert.equal(scaledPart(aPart([observed(one, one.times(2)), observed(other, 7)])), undefined);
    assert.equal(scaledBy([2, 5], [{}, { m: 5 }] as const), undefined);
  });

  it("is allowed the tolerance, times the factor where that is above 1", () => {
    const within = (by: number, error: number) =>
      scaledPart(aPart([observed(one, one.times(by)), observed(mat([0, 1]), mat([error, by]))]))
        ?.names;
    assert.deepEqual(within(1000, 0.9e-6), ["constant-factor"]);
    assert.equal(within(1000, 1.1e-6), undefined);
    assert.deepEqual(within(0.5, 0.9e-9), ["constant-factor"]);
    assert.equal(within(0.5, 1.1e-9), undefined);
    assert.deepEqual(within(-1000, 0.9e-6), ["constant-factor"]);
  });
});

describe("a part that is cut off at a limit", () => {
  const clipped = (limit: number, ...mats: (typeof one)[]) =>
    mats.map((W) =>
      observed(
        W,
        W.map((value) => Math.max(-limit, Math.min(limit, value))),
      ),
    );

  it("is told with the limit where three numbers lie beyond it, cases within it included", () => {
    assert.deepEqual(scaledPart(aPart(clipped(2.5, one, other, mat([1, 2])))), {
      names: ["cut-off"],
      mistake: "Everything beyond ±2.5 is cut off.",
      hint: "Nothing was to be clipped here.",
    });
    assert.match(scaledPart(aPart(clipped(2.5, one, mat([1, -9]))))!.mistake, /±2\.5 /);
  });

  it("is not told of two numbers, nor where one within it is wrong, or the limit is none", () => {
    assert.equal(scaledPart(aPart(clipped(2.5, one, mat([1, 2])))), undefined);
    const off = [...clipped(2.5, one, other), observed(mat([1, 2]), mat([1, 2.1]))];
    assert.equal(scaledPart(aPart(off)), undefined);
    assert.equal(
      scaledPart(aPart([observed(other, other.times(0)), observed(one, one.times(0))])),
      undefined,
    );
    const infinite = one.map(() => Infinity);
    assert.equal(
      scaledPart(aPart([observed(one, infinite), observed(other, infinite)])),
      undefined,
    );
    assert.equal(scaledPart(aPart([observed(one, one), observed(other, other)])), undefined);
  });
});

describe("the exercise's mistakes with a constant", () => {
  const family: Family = {
    name: "stopped",
    mistake: (k) => `Stopped after ${k} steps.`,
    hint: "How many?",
    constants: (sizes) => sizes.map(({ T_x }) => T_x! - 1),
    wrong: (right, k) => () => [k, right()],
  };

  it("are made for each constant that the cases can show", () => {
    const cases = [3, 5].map((T_x) => observed(0, 0, { T_x }));
    const mistakes = constantMistakes({ ...anExercise, families: [family] }, cases);
    assert.deepEqual(
      mistakes.map(({ cause }) => cause),
      [2, 4].map((k) => ({
        names: ["stopped"],
        mistake: `Stopped after ${k} steps.`,
        hint: "How many?",
      })),
    );
    assert.deepEqual(mistakes[1]!.wrong(() => "right")(), [4, "right"]);
  });

  it("are none where the exercise has none", () => {
    assert.deepEqual(constantMistakes(anExercise, [observed(0, 0)]), []);
  });
});
