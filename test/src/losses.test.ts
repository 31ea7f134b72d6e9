import assert from "node:assert/strict";
import fc from "fast-check";
import {
  binaryCrossEntropy,
  Mat,
  oneHot,
  Sequence,
  sigmoid,
  softmax,
  softmaxCrossEntropy,
  tanh,
} from "unrolled";
import { assertClose } from "./numeric.js";

const scores = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, cols]) =>
    fc
      .array(fc.double({ min: -50, max: 50, noNaN: true }), {
        minLength: rows * cols,
        maxLength: rows * cols,
      })
      .map((values) => new Mat<"n_y", "m">(rows, cols, values)),
  );

describe("softmax", () => {
  it("each column sums to 1 and no entry is negative, for scores of any size", () => {
    fc.assert(
      fc.property(scores, fc.constantFrom(1, 20, 1000), (z, factor) => {
        const yhat = softmax(z.times(factor));
        assert.ok(yhat.data.every((p) => p >= 0 && p <= 1));
        assertClose(yhat.sumRows(), Mat.filled(1, z.cols, 1));
      }),
    );
  });

  it("a number added to a column's scores changes nothing", () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: -1000, max: 1000 }), (z, shift) => {
        assertClose(softmax(z.add(shift)), softmax(z), { atol: 1e-11, rtol: 1e-9 });
      }),
    );
  });

  it("works on each column by itself", () => {
    fc.assert(
      fc.property(scores, (z) => {
        for (let i = 0; i < z.cols; i++) assertClose(softmax(z).column(i), softmax(z.column(i)));
      }),
    );
  });

  it("the scores 0 and log 3 give 1/4 and 3/4", () => {
    assertClose(softmax(Mat.from([[0], [Math.log(3)]])), Mat.from([[0.25], [0.75]]));
  });
});

describe("sigmoid and tanh", () => {
  it("σ(0) = 1/2, σ(−z) = 1 − σ(z), and nothing overflows", () => {
    assert.deepEqual(sigmoid(Mat.from([[0, 1000, -1000]])).toArray(), [[0.5, 1, 0]]);
    assert.ok(sigmoid(Mat.from([[-700]])).get(0, 0) > 0);
    fc.assert(
      fc.property(scores, (z) => {
        assertClose(
          sigmoid(z.times(-1)),
          sigmoid(z).map((s) => 1 - s),
        );
      }),
    );
  });

  it("tanh(z) = 2 σ(2z) − 1", () => {
    fc.assert(
      fc.property(scores, (z) => {
        assertClose(
          tanh(z),
          sigmoid(z.times(2)).map((s) => 2 * s - 1),
          { atol: 1e-14 },
        );
      }),
    );
  });
});

describe("binaryCrossEntropy", () => {
  it("is −log ŷ where the label is 1 and −log(1 − ŷ) where it is 0, summed over k, for each example", () => {
    const yhat = Mat.from([
      [0.8, 0.3],
      [0.4, 0.5],
    ]);
    const y = Mat.from([
      [1, 0],
      [0, 1],
    ]);
    const expected = Mat.from([[-Math.log(0.8) - Math.log(0.6), -Math.log(0.7) - Math.log(0.5)]]);
    assertClose(binaryCrossEntropy(yhat, y), expected);
  });

  it("takes a logarithm as −100 at least: a certain, wrong answer costs 100", () => {
    const loss = binaryCrossEntropy(Mat.from([[0, 1, 1]]), Mat.from([[1, 0, 1]]));
    assertClose(loss, Mat.from([[100, 100, 0]]));
  });

  it("over a softmax of K = 2 it is twice the cross-entropy, of K = 3 it is something else", () => {
    const ratio = (z: Mat<"n_y", "m">): number => {
      const y = oneHot<"n_y">([0], z.rows);
      const bce = binaryCrossEntropy(softmax(z), y).sum();
      return bce / softmaxCrossEntropy(Sequence.of([z]), Sequence.of([y])).total;
    };
    assert.ok(Math.abs(ratio(Mat.from([[0.3], [-1.2]])) - 2) < 1e-12);
    assert.ok(Math.abs(ratio(Mat.from([[0.3], [-1.2], [0.5]])) - 2) > 0.1);
  });

  it("refuses different shapes", () => {
    assert.throws(() => binaryCrossEntropy(Mat.zeros(2, 3), Mat.zeros(2, 4)), {
      name: "ShapeError",
      message:
        "binaryCrossEntropy: y_t is (2, 4) but yhat_t is (2, 3); y_t's columns must equal yhat_t's columns (m)",
    });
  });
});

describe("softmaxCrossEntropy", () => {
  const z = Sequence.of([
    Mat.from([
      [1, 2],
      [0, -1],
      [0.5, 3],
    ]),
    Mat.from([
      [0, 1],
      [2, 1],
      [-1, 0],
    ]),
  ]);
  const y = Sequence.of([oneHot<"n_y">([0, 2], 3), oneHot<"n_y">([1, 0], 3)]);

  it("L⟨t⟩ is the mean over the examples of −log ŷ at the label; the total is the sum over the steps", () => {
    const { total, perStep } = softmaxCrossEntropy(z, y);
    const p = (t: number, k: number, i: number): number => softmax(z.at(t)).get(k, i);
    const expected = [
      -(Math.log(p(1, 0, 0)) + Math.log(p(1, 2, 1))) / 2,
      -(Math.log(p(2, 1, 0)) + Math.log(p(2, 0, 1))) / 2,
    ];
    assertClose(perStep, Mat.from([expected]));
    assertClose(total, expected[0]! + expected[1]!);
  });

  it("a masked step costs nothing and has no gradient; the mean stays one over all m", () => {
    const mask = Sequence.of([Mat.from([[1, 1]]), Mat.from([[1, 0]])]);
    const { perStep, dz } = softmaxCrossEntropy(z, y, mask);
    assertClose(perStep.get(0, 1), -Math.log(softmax(z.at(2)).get(1, 0)) / 2);
    assert.equal(dz.at(2).column(1).norm(), 0);
    assert.ok(dz.at(2).column(0).norm() > 0);
  });

  it("stays exact where the probability rounds to 0, for scores of ±1000 and times 1000", () => {
    const wild = Sequence.of([Mat.from<"n_y", "m">([[1000], [-1000]])]);
    assert.equal(softmaxCrossEntropy(wild, Sequence.of([oneHot([1], 2)])).total, 2000);
    assert.equal(softmaxCrossEntropy(wild, Sequence.of([oneHot([0], 2)])).total, 0);
    fc.assert(
      fc.property(scores, (scores_t) => {
        const labels = Sequence.of([
          oneHot<"n_y">(
            Array.from({ length: scores_t.cols }, () => 0),
            scores_t.rows,
          ),
        ]);
        const { total, dz } = softmaxCrossEntropy(Sequence.of([scores_t.times(1000)]), labels);
        assert.ok(Number.isFinite(total) && total >= 0);
        assert.ok(dz.at(1).data.every((value) => Number.isFinite(value)));
      }),
    );
  });

  it("equal scores over K classes cost log K nats", () => {
    const flat = Sequence.of([Mat.zeros<"n_y", "m">(7, 3)]);
    assertClose(softmaxCrossEntropy(flat, Sequence.of([oneHot([0, 3, 6], 7)])).total, Math.log(7));
  });

  it("refuses labels or a mask of other sizes", () => {
    assert.throws(() => softmaxCrossEntropy(z, y.slice(1, 1)), {
      name: "OutOfRangeError",
      message: "softmaxCrossEntropy: y has 1 steps but z has 2; both need the same number",
    });
    assert.throws(() => softmaxCrossEntropy(z, y, Sequence.zeros(2, 3, 2)), {
      name: "ShapeError",
      message: "softmaxCrossEntropy: mask is (3, 2): expected (1, m), one row",
    });
  });
});
