import assert from "node:assert/strict";
import { compareAnswers } from "../../../grader/compare/compare.js";
import { Mat, randomNormal, seededRandom, Sequence } from "../../../src/index.js";

const random = seededRandom(7);
const W = randomNormal(3, 3, random);
const B = randomNormal(2, 4, random);
const a = Sequence.build(5, () => randomNormal(2, 3, random));

function patternOf(
  expected: unknown,
  got: unknown,
  size: Record<string, number> = {},
  tolerance = { atol: 1e-9, rtol: 1e-9, why: "" },
): unknown {
  return compareAnswers(expected, got, {
    tolerance,
    answer: { "": { symbol: "B", rows: "unit", columns: "example" } },
    root: "f(…)",
    size,
  })?.pattern;
}

describe("patterns", () => {
  it("a constant factor is named, with the size that it equals", () => {
    assert.equal(patternOf(B, B.times(4)), "every entry is 4 times too large");
    assert.equal(
      patternOf(B, B.times(1 / 4), { m: 4, n_x: 2 }),
      "every entry is 4 times too small (m is 4 here)",
    );
    assert.equal(
      patternOf(B, B.times(4), { m: 4, T_x: 4 }),
      "every entry is 4 times too large",
      "two sizes are 4: neither is named",
    );
    assert.equal(patternOf(B, B.times(1.5)), "every entry is 1.5 times the expected one");
    assert.equal(
      patternOf(B, B.times(-2)),
      "every entry is 2 times too large, with the sign flipped",
    );
  });

  it("a factor is as exact as its numbers: their tolerance grows with it", () => {
    const allowed = 2e-9; // at an entry of 1
    const column = (...values: number[]): Mat => Mat.column(values);
    for (const [factor, says] of [
      [4, "every entry is 4 times too large"],
      [1 / 4, "every entry is 4 times too small"],
    ] as const) {
      const within = 0.9 * Math.max(1, factor) * allowed;
      const beyond = 1.1 * Math.max(1, factor) * allowed;
      assert.equal(patternOf(column(2, 1), column(2 * factor, factor + within)), says);
      assert.equal(patternOf(column(2, 1), column(2 * factor, factor + beyond)), undefined);
    }
    const exact = { atol: 0, rtol: 0, why: "" };
    assert.equal(
      patternOf(column(1, 2), column(4, 8), {}, exact),
      "every entry is 4 times too large",
    );
  });

  it("a factor is whole to a millionth, and one near 1 shows what sets it apart", () => {
    assert.equal(patternOf(B, B.times(100.00005)), "every entry is 100 times too large");
    assert.equal(patternOf(B, B.times(2.0001)), "every entry is 2 times the expected one");
    assert.equal(
      patternOf(B, B.times(1.0000007)),
      "every entry is 1.000001 times the expected one",
    );
    assert.equal(patternOf(B, B.times(0.3)), "every entry is 0.3 times the expected one");
  });

  it("what is nearly 0 is no factor", () => {
    assert.equal(patternOf(Mat.column([2, 1]), Mat.column([0, 1e-12])), undefined);
  });

  it("flipped signs and a constant offset are named", () => {
    assert.equal(patternOf(B, B.times(-1)), "signs are flipped");
    assert.equal(patternOf(B, B.add(0.25)), "every entry is 0.25 too large");
    assert.equal(patternOf(B, B.sub(0.25)), "every entry is 0.25 too small");
    const ones = Mat.filled(2, 2, 1);
    assert.equal(patternOf(ones, ones.add(0.3)), "every entry is 1.3 times the expected one");
  });

  it("a square transpose is named", () => {
    assert.equal(patternOf(W, W.T), "transposed");
    const tall = Mat.from([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const asIfSquare = Mat.from([
      [1, 3],
      [2, 4],
      [3, 5],
    ]);
    assert.equal(patternOf(tall, asIfSquare), undefined);
  });

  it("zeros and NaN are named", () => {
    assert.equal(patternOf(B, B.times(0)), "every entry is 0");
    assert.equal(patternOf(B, B.times(NaN)), "every entry is NaN");
    assert.equal(
      patternOf(
        B,
        B.map((v, i, j) => (i + j === 0 ? NaN : v)),
      ),
      "1 of 8 entries is NaN",
    );
    assert.equal(
      patternOf(
        a,
        a.map((a_t, t) => (t < 3 ? a_t : a_t.times(NaN))),
      ),
      "NaN from ⟨3⟩ on; the steps before are finite",
    );
  });

  it("steps that are right or wrong draw a line through time", () => {
    const off = (isWrong: (t: number) => boolean): Sequence =>
      a.map((a_t, t) => (isWrong(t) ? a_t.times(a_t).add(1) : a_t));
    assert.equal(
      patternOf(
        a,
        off((t) => t > 1),
      ),
      "only ⟨1⟩ is right",
    );
    assert.equal(
      patternOf(
        a,
        off((t) => t === 4),
      ),
      "only ⟨4⟩ is wrong",
    );
    assert.equal(
      patternOf(
        a,
        off((t) => t > 2),
      ),
      "right up to ⟨2⟩, wrong from ⟨3⟩ on",
    );
    assert.equal(
      patternOf(
        a,
        off((t) => t < 3),
      ),
      "wrong up to ⟨2⟩, right from ⟨3⟩ on",
    );
  });

  it("steps in other places are named", () => {
    assert.equal(patternOf(a, a.reverse()), "only ⟨3⟩ is right", "the middle one stays in place");
    assert.equal(patternOf(a.slice(1, 4), a.slice(1, 4).reverse()), "the steps run backwards");
    const late = Sequence.build(5, (t) => (t === 1 ? Mat.filled(2, 3, 9) : a.at(t - 1)));
    const early = Sequence.build(5, (t) => (t === 5 ? Mat.filled(2, 3, 9) : a.at(t + 1)));
    assert.equal(patternOf(a, late), "every step comes one step late");
    assert.equal(patternOf(a, early), "every step comes one step early");
    const lateAfterZero = Sequence.build(5, (t) => (t === 1 ? a.at(1).times(0) : a.at(t - 1)));
    assert.equal(patternOf(a, lateAfterZero), "every step comes one step late");
  });

  it("a shift holds for every step that has one before it, or after it", () => {
    const other = Mat.filled(2, 3, 9);
    const late = (t: number): Mat => (t === 1 ? other : a.at(t - 1));
    const early = (t: number): Mat => (t === 5 ? other : a.at(t + 1));
    for (const [shifted, wrongAt] of [
      [late, 2],
      [late, 5],
      [early, 4],
      [early, 1],
    ] as const) {
      const got = Sequence.build(5, (t) => (t === wrongAt ? other.add(1) : shifted(t)));
      assert.equal(patternOf(a, got), undefined, `wrong at step ${wrongAt}`);
    }
    const three = a.slice(1, 3);
    const lateOfThree = Sequence.build(3, late);
    assert.equal(patternOf(three, lateOfThree), "every step comes one step late");
    const two = a.slice(1, 2);
    assert.equal(patternOf(two, Sequence.build(2, late)), undefined, "one step shows no shift");
  });

  it("infinite numbers are named, and how many of them", () => {
    assert.equal(
      patternOf(
        B,
        B.map((_, __, j) => (j % 2 === 0 ? Infinity : -Infinity)),
      ),
      "every entry is infinite",
    );
    assert.equal(
      patternOf(
        B,
        B.map((v, i) => (i === 0 ? -Infinity : v)),
      ),
      "4 of 8 entries are infinite",
    );
    assert.equal(patternOf(1, NaN), undefined, "one number is shown itself");
    assert.equal(
      patternOf(
        a,
        a.map((a_t, t) => (t === 1 ? a_t.times(NaN) : a_t)),
      ),
      "6 of 30 entries are NaN",
    );
  });

  it("zeros in the expected answer do not hide a factor, and one number shows none", () => {
    const some = Mat.column([0, 1, 2, 0]);
    assert.equal(patternOf(some, some.times(3)), "every entry is 3 times too large");
    assert.equal(patternOf(B, B.times(2), { m: 2 }), "every entry is 2 times too large");
    const lone = Mat.column([0, 5, 0]);
    assert.equal(patternOf(lone, lone.times(3)), "only unit 2 is wrong");
    assert.equal(patternOf(W, W.times(2)), "every entry is 2 times too large");
    assert.equal(patternOf(3, 0), undefined);
  });

  it("an offset shows from two different numbers on, and not over equal ones", () => {
    assert.equal(
      patternOf(Mat.column([1, 5]), Mat.column([1.25, 5.25])),
      "every entry is 0.25 too large",
    );
    const zeros = Mat.zeros(2, 2);
    assert.equal(patternOf(zeros, zeros.add(0.5)), undefined);
  });

  it("a line through time has its place among any number of steps", () => {
    const off = (isWrong: (t: number) => boolean): Sequence =>
      a.map((a_t, t) => (isWrong(t) ? a_t.times(a_t).add(1) : a_t));
    assert.equal(
      patternOf(
        a,
        off((t) => t > 3),
      ),
      "right up to ⟨3⟩, wrong from ⟨4⟩ on",
    );
    assert.equal(
      patternOf(
        a,
        off((t) => t < 4),
      ),
      "wrong up to ⟨3⟩, right from ⟨4⟩ on",
    );
    assert.equal(
      patternOf(
        a,
        off((t) => t === 1 || t === 3),
      ),
      undefined,
    );
    const two = a.slice(1, 2);
    assert.equal(
      patternOf(
        two,
        two.map((step, t) => (t === 2 ? step.times(step).add(1) : step)),
      ),
      "only ⟨1⟩ is right",
    );
  });

  it("what is cut off is right inside, beyond it at two places, and not everywhere", () => {
    assert.equal(
      patternOf(Mat.column([0.1, 3, 0.2, 4]), Mat.column([0.1, 2, 0.2, 2])),
      "everything beyond ±2 is cut off",
    );
    assert.equal(patternOf(Mat.column([3, 4]), Mat.column([2, 2])), undefined);
    assert.equal(
      patternOf(Mat.column([2, 3, 0.1]), Mat.column([2, 2, 0.1])),
      "only unit 2 is wrong",
      "what stands at the limit was not cut off",
    );
    assert.equal(
      patternOf(Mat.column([5, 6, 0.1]), Mat.column([1, 2, 0.1])),
      "only unit 3 is right",
    );
  });

  it("what is cut off beyond a limit is named", () => {
    const limit = (value: number): number => Math.max(-0.5, Math.min(0.5, value));
    assert.equal(patternOf(B.times(2), B.times(2).map(limit)), "everything beyond ±0.5 is cut off");
    const [small, large] = [Mat.column([0.1, 0.2, 3]), Mat.column([0.1, 0.2, 2])];
    assert.equal(patternOf(small, large), "only unit 3 is wrong", "one entry is no limit");
  });

  it("one row or column apart from the others is named", () => {
    const B3 = randomNormal(3, 4, random);
    assert.equal(
      patternOf(
        B3,
        B3.map((v, i) => (i === 1 ? v * v : v)),
      ),
      "only unit 2 is wrong",
    );
    assert.equal(
      patternOf(
        B3,
        B3.map((v, _, j) => (j > 0 ? v * v : v)),
      ),
      "only example 1 is right",
    );
  });

  it("an only row is no axis, and nameless axes are rows and columns", () => {
    assert.equal(
      patternOf(Mat.from([[1, 2, 3]]), Mat.from([[1, 9, 7]])),
      "only example 1 is right",
    );
    assert.equal(patternOf(Mat.column([1, 5]), Mat.column([1, 7])), "only unit 2 is wrong");
    const nameless = (expected: Mat, got: Mat): unknown =>
      compareAnswers(expected, got, {
        tolerance: { atol: 1e-9, rtol: 1e-9, why: "" },
        answer: { "": { symbol: "B", rows: "", columns: "" } },
        root: "f(…)",
      })?.pattern;
    assert.equal(nameless(Mat.column([1, 5]), Mat.column([1, 7])), "only row 2 is wrong");
    assert.equal(nameless(Mat.from([[1, 5]]), Mat.from([[1, 7]])), "only column 2 is wrong");
  });

  it("where nothing holds for all entries, nothing is said", () => {
    assert.equal(
      patternOf(
        B,
        B.map((v, i, j) => v + i * j + 0.1 * i + 0.01 * j * j + 1),
      ),
      undefined,
    );
    assert.equal(patternOf(3, 6), undefined, "one number shows no pattern");
  });
});
