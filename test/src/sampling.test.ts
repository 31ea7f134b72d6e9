import assert from "node:assert/strict";
import fc from "fast-check";
import {
  Mat,
  OutOfRangeError,
  perplexity,
  sample,
  seededRandom,
  ShapeError,
  softmax,
  temperatureSoftmax,
} from "unrolled";
import { assertClose } from "./numeric.js";

const justBelow1 = 1 - 2 ** -53;
const uniforms = fc.oneof(
  fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  fc.constantFrom(0, Number.MIN_VALUE, 0.5, justBelow1),
);
/** Columns of probabilities, with zeros among them. */
const probabilities = fc
  .array(fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 8,
  })
  .filter((weights) => weights.some((weight) => weight > 1e-3))
  .map((weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return Mat.column<"n_y">(weights.map((weight) => weight / total)) as Mat<"n_y", "1">;
  });

describe("sample", () => {
  it("draws no token of probability 0, whatever u is", () => {
    fc.assert(
      fc.property(probabilities, uniforms, (yhat_t, u) => {
        assert.ok(yhat_t.get(sample(yhat_t, u), 0) > 0);
      }),
      { numRuns: 1000 },
    );
  });

  it("gives the token in whose stretch of [0, 1) u lies", () => {
    const yhat_t = Mat.column<"n_y">([0.125, 0, 0.5, 0.375]) as Mat<"n_y", "1">;
    const drawn = [0, 0.124, 0.125, 0.624, 0.625, justBelow1].map((u) => sample(yhat_t, u));
    assert.deepEqual(drawn, [0, 0, 2, 2, 3, 3]);
  });

  it("draws each token as often as its probability says", () => {
    const random = seededRandom(5);
    const yhat_t = Mat.column<"n_y">([0.1, 0.2, 0.7]) as Mat<"n_y", "1">;
    const counts = [0, 0, 0];
    for (let n = 0; n < 30_000; n++) counts[sample(yhat_t, random.uniform())]!++;
    // Three standard deviations of a count are at most 238.
    [3000, 6000, 21_000].forEach((expected, k) => {
      assert.ok(Math.abs(counts[k]! - expected) < 240, `${counts.join(", ")}`);
    });
  });

  it("takes the one token there is, and probabilities as float32 leaves them", () => {
    assert.equal(sample(Mat.column([1]), justBelow1), 0);
    const tenth = Math.fround(0.1);
    assert.equal(sample(Mat.column(new Array<number>(10).fill(tenth)), justBelow1), 9);
  });

  it("refuses what is no distribution, and says what is wrong with it", () => {
    for (const [values, words] of [
      [[0.5, 0.2], /sum to 0\.7: expected 1; scores become probabilities by softmax/],
      [[0, 0], /sum to 0: expected 1/],
      [[1.5, -0.5], /token 1 is -0\.5: expected at least 0/],
      [[NaN, 1], /token 0 is NaN/],
      [[Infinity, 0], /sum to Infinity/],
    ] as const) {
      assert.throws(
        () => sample(Mat.column(values), 0.5),
        (error) => error instanceof OutOfRangeError && words.test(error.message),
      );
    }
    assert.throws(() => sample(Mat.from([[0.5, 0.5]]), 0.5), ShapeError);
    assert.throws(() => sample(Mat.zeros(0, 1), 0.5), ShapeError);
    for (const u of [1, -0.1, NaN, Infinity, "0.5", null, 1n] as number[])
      assert.throws(() => sample(Mat.column([1]), u), /uniform number u in \[0, 1\), got/);
  });
});

describe("temperatureSoftmax", () => {
  const z = Mat.from<"n_y", "m">([
    [1, -5],
    [3, 0],
    [2, 700],
  ]);

  it("is softmax at 1, and softmax(z / τ) elsewhere", () => {
    assertClose(temperatureSoftmax(z, 1), softmax(z));
    assertClose(temperatureSoftmax(z, 2.5), softmax(z.times(1 / 2.5)));
  });

  it("goes all to the largest score as τ nears 0, and to none more than others as it grows", () => {
    assert.deepEqual(temperatureSoftmax(z, 1e-300).toArray(), [
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
    assertClose(temperatureSoftmax(z, 1e300), Mat.filled(3, 2, 1 / 3));
    assert.deepEqual(temperatureSoftmax(Mat.from([[7], [7]]), 1e-300).toArray(), [[0.5], [0.5]]);
  });

  it("takes scores of ±1e308 at a temperature as large: their difference is none that float64 holds", () => {
    const huge = Mat.column([1e308, -1e308]);
    assertClose(temperatureSoftmax(huge, 1e308), softmax(Mat.column([1, -1])));
    assertClose(temperatureSoftmax(huge, 1), Mat.column([1, 0]));
  });

  it("refuses a temperature of 0, below 0, infinite, or none", () => {
    for (const temperature of [0, -1, Infinity, NaN, "1", 1n] as number[])
      assert.throws(
        () => temperatureSoftmax(z, temperature),
        /temperature above 0, got .*take the largest score/,
      );
  });
});

describe("perplexity", () => {
  it("of K equally probable tokens is K; of certainty 1", () => {
    assert.ok(Math.abs(perplexity(Math.log(50)) - 50) < 1e-12);
    assert.equal(perplexity(0), 1);
    assert.equal(perplexity(Infinity), Infinity);
  });

  it("refuses a negative loss and NaN", () => {
    for (const loss of [-1e-9, NaN, "1", null, 1n, []] as number[])
      assert.throws(() => perplexity(loss), OutOfRangeError);
  });
});
