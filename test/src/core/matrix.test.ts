import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { all, create } from "mathjs";
import { Mat, splitRows, stackColumns, stackRows } from "unrolled";
import { assertClose } from "../numeric.js";

const math = create(all!, {});
const entry = fc.double({ min: -1e3, max: 1e3, noNaN: true });

/** A random (rows, cols) matrix. */
function mats(rows: number, cols: number): fc.Arbitrary<Mat> {
  return fc
    .array(entry, { minLength: rows * cols, maxLength: rows * cols })
    .map((values) => new Mat(rows, cols, values));
}

const sizes = fc.tuple(
  fc.integer({ min: 1, max: 5 }),
  fc.integer({ min: 1, max: 5 }),
  fc.integer({ min: 1, max: 5 }),
);
const oneMat = sizes.chain(([r, c]) => mats(r, c));
const twoFactors = sizes.chain(([r, k, c]) => fc.tuple(mats(r, k), mats(k, c)));
const twoAlike = sizes.chain(([r, c]) => fc.tuple(mats(r, c), mats(r, c)));

describe("Mat", () => {
  const A = Mat.from([
    [1, 2, 3],
    [4, 5, 6],
  ]);

  it("dot is mathjs's product", () => {
    fc.assert(
      fc.property(twoFactors, ([a, b]) => {
        const expected = math.multiply(math.matrix(a.toArray()), math.matrix(b.toArray()));
        assertClose(a.dot(b), Mat.from(expected), { atol: 1e-9 });
      }),
    );
  });

  it("the transpose of the transpose is the matrix, and (A B)ᵀ = Bᵀ Aᵀ", () => {
    fc.assert(
      fc.property(twoFactors, ([a, b]) => {
        assert.deepEqual(a.T.T.toArray(), a.toArray());
        assert.deepEqual(a.T.toArray(), math.transpose(a.toArray()));
        assertClose(a.dot(b).T, b.T.dot(a.T), { atol: 1e-9 });
      }),
    );
  });

  it("A.Tdot(B) is Aᵀ B", () => {
    const sameRows = sizes.chain(([r, k, c]) => fc.tuple(mats(r, k), mats(r, c)));
    fc.assert(
      fc.property(sameRows, ([a, b]) => {
        assertClose(a.Tdot(b), a.T.dot(b), { atol: 1e-9 });
      }),
    );
  });

  it("dot agrees with the sum over the inner index for every shape, columns and long rows too", () => {
    for (const [r, k, c] of [
      [9, 6, 1],
      [1, 9, 1],
      [6, 1, 7],
      [5, 10, 3],
      [1, 7, 5],
      [0, 3, 2],
    ] as const) {
      const a = Mat.build(r, k, (i, j) => Math.sin(1 + 3 * i + j));
      const b = Mat.build(k, c, (i, j) => Math.cos(2 + i - 5 * j));
      const expected = Mat.build(r, c, (i, j) =>
        Array.from({ length: k }, (_, l) => a.get(i, l) * b.get(l, j)).reduce((s, v) => s + v),
      );
      assertClose(a.dot(b), expected);
    }
  });

  it("add, sub and times work entry by entry, and with a number", () => {
    fc.assert(
      fc.property(twoAlike, entry, ([a, b], number) => {
        assert.deepEqual(a.add(b).toArray(), a.map((v, i, j) => v + b.get(i, j)).toArray());
        assert.deepEqual(a.sub(b).toArray(), a.map((v, i, j) => v - b.get(i, j)).toArray());
        assert.deepEqual(a.times(b).toArray(), a.map((v, i, j) => v * b.get(i, j)).toArray());
        assert.deepEqual(a.add(number).toArray(), a.map((v) => v + number).toArray());
        assert.deepEqual(a.times(number).toArray(), a.map((v) => v * number).toArray());
      }),
    );
  });

  it("a column is added to every column, a row to every row", () => {
    assert.deepEqual(A.add(Mat.from([[10], [20]])).toArray(), [
      [11, 12, 13],
      [24, 25, 26],
    ]);
    assert.deepEqual(A.sub(Mat.from([[1, 2, 3]])).toArray(), [
      [0, 0, 0],
      [3, 3, 3],
    ]);
    assert.deepEqual(A.times(Mat.from([[1, 0, 2]])).toArray(), [
      [1, 0, 6],
      [4, 0, 12],
    ]);
  });

  it("sums go over the columns, over the rows, over all", () => {
    assert.deepEqual(A.sumColumns().toArray(), [[6], [15]]);
    assert.deepEqual(A.sumRows().toArray(), [[5, 7, 9]]);
    assert.equal(A.sum(), 21);
  });

  it("norm is √Σ x², without overflow or underflow, for large matrices too", () => {
    assert.equal(Mat.from([[3, 4]]).norm(), 5);
    assertClose(Mat.from([[3e200, 4e200]]).norm(), 5e200, { rtol: 1e-15 });
    assertClose(Mat.from([[3e-200, 4e-200]]).norm(), 5e-200, { atol: 0, rtol: 1e-15 });
    assert.equal(Mat.zeros(2, 2).norm(), 0);
    assert.equal(Mat.filled(1000, 1000, 1).norm(), 1000);
    assert.equal(Mat.from([[Infinity, 1]]).norm(), Infinity);
    assert.ok(Number.isNaN(Mat.from([[NaN, 1]]).norm()));
    assert.ok(Number.isNaN(Mat.from([[1, NaN]]).norm()));
  });

  it("stackRows puts one above the other, stackColumns side by side", () => {
    assert.deepEqual(stackRows(A, Mat.from([[7, 8, 9]])).toArray(), [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    assert.deepEqual(stackColumns(A, Mat.from([[7], [8]])).toArray(), [
      [1, 2, 3, 7],
      [4, 5, 6, 8],
    ]);
  });

  it("[A | B] [x; y] = A x + B y", () => {
    const quadruple = sizes.chain(([r, k, c]) =>
      fc.tuple(mats(r, k), mats(r, c), mats(k, 2), mats(c, 2)),
    );
    fc.assert(
      fc.property(quadruple, ([a, b, x, y]) => {
        assertClose(stackColumns(a, b).dot(stackRows(x, y)), a.dot(x).add(b.dot(y)), {
          atol: 1e-8,
        });
      }),
    );
  });

  it("splitRows undoes stackRows", () => {
    const pairs = sizes.chain(([r, k, c]) => fc.tuple(mats(r, c), mats(k, c)));
    fc.assert(
      fc.property(pairs, ([top, bottom]) => {
        const halves = splitRows<string, string, string>(stackRows(top, bottom), top.rows);
        assert.deepEqual(
          halves.map((half) => half.toArray()),
          [top.toArray(), bottom.toArray()],
        );
      }),
    );
    assert.throws(() => splitRows<string, string, string>(A as Mat<`${string}+${string}`>, 3), {
      name: "OutOfRangeError",
      message: "splitRows: expected a number of rows from 0 to 2 for the top, got 3",
    });
  });

  it("a row of the data is a row of the matrix; get counts from 0; column takes one out", () => {
    assert.deepEqual(Array.from(A.data), [1, 2, 3, 4, 5, 6]);
    assert.equal(A.get(1, 0), 4);
    assert.deepEqual(A.column(1).toArray(), [[2], [5]]);
    assert.deepEqual(A.shape, [2, 3]);
    assert.deepEqual(Mat.column([1, 2]).toArray(), [[1], [2]]);
    assert.deepEqual(Mat.build(2, 2, (i, j) => 10 * i + j).toArray(), [
      [0, 1],
      [10, 11],
    ]);
  });

  it("copies the data it is made of", () => {
    const data = new Float64Array([1, 2]);
    const mat = new Mat(1, 2, data);
    data[0] = 9;
    assert.deepEqual(mat.toArray(), [[1, 2]]);
  });

  it("goes to nested arrays, mathjs and back without losing a bit", () => {
    fc.assert(
      fc.property(oneMat, (a) => {
        assert.deepEqual(Mat.from(a.toArray()).toArray(), a.toArray());
        assert.deepEqual(Mat.from(a.toMathjs(math)).toArray(), a.toArray());
      }),
    );
  });

  it("goes to tfjs and back in float32; a tensor of rank 1 is a column", () => {
    const tensor = A.times(0.1).toTensor(tf);
    assert.deepEqual(tensor.shape, [2, 3]);
    assertClose(Mat.from(tensor), A.times(0.1), { atol: 0, rtol: 1e-7 });
    assert.deepEqual(Mat.from(tf.tensor1d([1, 2])).toArray(), [[1], [2]]);
  });

  it("computes in float64", () => {
    const third = Mat.from([[1 / 3]]);
    assert.equal(third.dot(third).get(0, 0), (1 / 3) * (1 / 3));
    assert.ok(third.data instanceof Float64Array);
  });

  it("no operation changes its operands", () => {
    fc.assert(
      fc.property(twoAlike, ([a, b]) => {
        const before = [a.toArray(), b.toArray()];
        void [
          a.add(b),
          a.sub(b),
          a.times(b),
          a.dot(b.T),
          a.Tdot(b),
          a.T,
          a.map((v) => v + 1),
          a.sumColumns(),
          a.sumRows(),
        ];
        void [
          a.column(0),
          stackRows(a, b),
          splitRows(stackRows(a, b), 1),
          stackColumns(a, b),
          a.norm(),
          a.toArray(),
        ];
        assert.deepEqual([a.toArray(), b.toArray()], before);
      }),
    );
  });

  it("shows its shape and its entries to four digits", () => {
    assert.equal(
      String(
        Mat.from([
          [1, 0.33333333],
          [-2, 100],
        ]),
      ),
      "Mat (2, 2)\n  [     1, 0.3333]\n  [    -2,    100]",
    );
  });

  describe("errors name both shapes and say how to mend it", () => {
    const cases: readonly (readonly [string, () => unknown, string])[] = [
      [
        "dot",
        () => A.dot(A),
        "Mat.dot: (2, 3) · (2, 3): the left factor's columns (3) must equal the right factor's rows (2); a transpose (.T) may be missing",
      ],
      [
        "Tdot",
        () => A.Tdot(A.T),
        "Mat.Tdot: (2, 3) transposed · (3, 2): both factors need the same number of rows; to multiply without transposing: dot",
      ],
      [
        "add",
        () => A.add(A.T),
        "Mat.add: (2, 3) and (3, 2) do not fit: expected the same shape, a column (2, 1) or a row (1, 3)",
      ],
      [
        "stackRows",
        () => stackRows(A, A.T),
        "stackRows: top is (2, 3) but bottom is (3, 2); both need the same number of columns",
      ],
      [
        "stackColumns",
        () => stackColumns(A, A.T),
        "stackColumns: left is (2, 3) but right is (3, 2); both need the same number of rows",
      ],
      [
        "a constructor's entries",
        () => new Mat(2, 2, [1]),
        "Mat: a (2, 2) matrix has 4 entries, got 1; give one number per entry, row after row",
      ],
      [
        "a constructor's sizes",
        () => new Mat(2, 1.5),
        "Mat: expected whole numbers of rows and columns, got (2, 1.5)",
      ],
      [
        "ragged rows",
        () => Mat.from([[1, 2], [3]]),
        "Mat.from: row 1 has 2 entries but row 2 has 1; all rows of a matrix have the same length",
      ],
      [
        "an array in place of a Mat",
        () => A.dot([[1]] as unknown as Mat),
        "Mat.dot: expected a Mat for the other factor, got an array; wrap it: Mat.from(the other factor)",
      ],
    ];
    for (const [title, run, message] of cases) {
      it(title, () => {
        assert.throws(run, { name: "ShapeError", message });
      });
    }

    it("get", () => {
      assert.throws(() => A.get(2, 0), {
        name: "OutOfRangeError",
        message: "Mat.get: no entry (2, 0) in a (2, 3) matrix; indices run from 0 to (1, 2)",
      });
    });
  });
});
