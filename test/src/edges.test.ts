/** What the library does at the edges of its numbers: right, or refused in words; never silently wrong. */
import assert from "node:assert/strict";
import {
  adam,
  adamStart,
  binaryCrossEntropy,
  type CellName,
  clipByNorm,
  gradientCheck,
  initializeLayer,
  Mat,
  numericalGradient,
  OutOfRangeError,
  seededRandom,
  Sequence,
  sgd,
  softmaxCrossEntropy,
  train,
} from "unrolled";

function lossOf(z: readonly number[], y: readonly number[]): number {
  const column = (values: readonly number[]): Sequence<"n_y", "m"> =>
    Sequence.of([Mat.column(values)]);
  return softmaxCrossEntropy(column(z), column(y)).total;
}

describe("softmaxCrossEntropy at the edges", () => {
  it("is exact for scores that are huge, far apart, or −∞", () => {
    assert.equal(lossOf([0, -Infinity], [1, 0]), 0);
    assert.equal(lossOf([0, -Infinity], [0, 1]), Infinity);
    assert.equal(lossOf([1e308, -1e308], [1, 0]), 0);
    assert.equal(lossOf([1e17, 1e17], [1, 0]), Math.LN2);
    assert.equal(lossOf([-1e17, -1e17], [0.5, 0.5]), Math.LN2);
    assert.equal(lossOf([800, 0], [0, 1]), 800);
  });

  it("refuses labels that are no distribution, and names where", () => {
    assert.throws(() => lossOf([0, 0], [1, 1]), {
      name: "OutOfRangeError",
      message:
        "softmaxCrossEntropy: the labels of example 1 at step ⟨1⟩ sum to 2: expected entries of at least 0 that sum to 1, such as a one-hot column; a step without a label is masked by a 0",
    });
    assert.throws(() => lossOf([0, 0], [0, 0]), /sum to 0/);
    assert.throws(() => lossOf([0, 0], [1.5, -0.5]), /have an entry below 0/);
    assert.throws(() => lossOf([0, 0], [NaN, 1]), /sum to NaN/);
  });

  it("asks nothing of labels in the padding, and an example of a batch", () => {
    const z = Sequence.of([Mat.from<"n_y", "m">([[0, 1], [0, 1]])]); // prettier-ignore
    const y = Sequence.of([Mat.from<"n_y", "m">([[1, NaN], [0, 7]])]); // prettier-ignore
    const mask = Sequence.of([Mat.from<"1", "m">([[1, 0]])]);
    assert.equal(softmaxCrossEntropy(z, y, mask).total, Math.LN2 / 2);
    const none = Sequence.of([Mat.zeros<"n_y", "m">(2, 0)]);
    assert.throws(() => softmaxCrossEntropy(none, none), /the batch is empty/);
  });
});

describe("binaryCrossEntropy at the edges", () => {
  it("refuses what is no probability", () => {
    for (const [yhat, y] of [
      [1.1, 1],
      [-0.1, 0],
      [NaN, 1],
      [0.5, 2],
    ] as const)
      // prettier-ignore
      assert.throws(
        () => binaryCrossEntropy(Mat.from([[0.5, yhat]]), Mat.from([[1, y]])),
        /row 1 of example 2: expected numbers from 0 to 1/,
      );
  });
});

describe("gradientCheck at the edges", () => {
  const square = (w: Mat): number => w.map((v) => v * v).sum();

  it("passes nothing that is NaN or infinite, and names the entry", () => {
    const theta = Mat.from([[1, 2, 3]]);
    for (const wrong of [NaN, Infinity, -Infinity]) {
      const { relativeError, column } = gradientCheck(square, theta, Mat.from([[2, wrong, 6]]));
      assert.equal(relativeError, Infinity);
      assert.equal(column, 2);
    }
    const undefinedThere = (w: Mat): number => Math.sqrt(w.get(0, 0));
    assert.equal(
      gradientCheck(undefinedThere, Mat.from([[0]]), Mat.from([[1]])).relativeError,
      Infinity,
    );
  });

  it("raises no false alarm for entries from 1e-12 to 1e12", () => {
    for (let power = -12; power <= 12; power++) {
      const theta = Mat.from([[3 * 10 ** power, -(10 ** power)]]);
      const { relativeError } = gradientCheck(square, theta, theta.times(2));
      assert.ok(relativeError < 1e-7, `10^${power}: ${relativeError}`);
    }
  });

  it("refuses an infinite step", () => {
    assert.throws(() => numericalGradient(square, Mat.from([[1]]), Infinity), OutOfRangeError);
  });
});

describe("optimisers at the edges", () => {
  const parameters = { w: Mat.from([[1]]) };
  const gradients = { dw: Mat.from([[1]]) };

  it("refuse settings that would climb, stand still or divide by 0", () => {
    const step = (options: object): unknown =>
      adam(parameters, gradients, adamStart(parameters), options);
    for (const [name, values] of Object.entries({
      learningRate: [NaN, -1, Infinity],
      beta1: [1, -0.1, NaN, 2],
      beta2: [1, -0.1, NaN],
      epsilon: [0, -1e-8, NaN, Infinity],
    })) {
      for (const value of values)
        assert.throws(
          () => step({ [name]: value }),
          new RegExp(`adam: expected a ${name} .*, got ${value}`),
        );
    }
    for (const value of [NaN, -1, Infinity])
      assert.throws(() => sgd(parameters, gradients, value), /sgd: expected a learningRate/);
  });

  it("clip by norm no gradient that has no direction", () => {
    for (const value of [NaN, Infinity, -Infinity])
      assert.throws(() => clipByNorm({ dw: Mat.from([[value, 1]]) }, 1), /NaN or infinite/);
  });

  it("train stops at a gradient that is no finite number, and says at which step", () => {
    const trained = (value: number, steps = 5): unknown =>
      train({
        parameters,
        steps,
        lossAndGradients: (_, __, step) => ({
          total: 1,
          gradients: { dw: Mat.from([[step === 3 ? value : 1]]) },
        }),
      });
    for (const value of [NaN, Infinity])
      assert.throws(() => trained(value), /the gradients' norm of step 3 is/);
    for (const steps of [NaN, 1.5, -1, Infinity])
      assert.throws(() => trained(1, steps), /train: expected a whole number of steps/);
  });
});

describe("matrices at the edges", () => {
  it("have no entries between their entries", () => {
    const matrix = Mat.from([[1, 2]]);
    for (const [i, j] of [
      [0.5, 0],
      [0, 0.5],
      [NaN, 0],
      [0, -0.5],
    ] as const)
      // prettier-ignore
      assert.throws(() => matrix.get(i, j), /no entry/);
  });

  it("of any size have a text, with the entries at the edges", () => {
    const text = String(Mat.build(400, 400, (i, j) => i + j));
    assert.equal(text.split("\n").length, 8);
    assert.match(text, /^Mat \(400, 400\)\n/);
    assert.match(text, /\[ +0, +1, +2, +…, +397, +398, +399\]/);
    assert.equal(String(Mat.zeros(1000, 1)).split("\n").length, 1001, "1,000 entries are shown");
  });

  it("are drawn for a cell that there is", () => {
    assert.throws(
      () => initializeLayer("gur" as CellName, { n_x: 1, n_a: 1 }, seededRandom(1)),
      /initializeLayer: expected a cell, one of "rnn", "gru", "lstm", got "gur"/,
    );
  });
});
