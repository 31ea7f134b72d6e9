import assert from "node:assert/strict";
import { Mat, type RnnParameters, rnnCellForward, stackColumns, stackRows } from "unrolled";

// The compiler is the judge here: each @ts-expect-error must hide an error, or the build fails.
// That both calls throw as well shows the check at run time.
describe("the names of dimensions", () => {
  const Wax = Mat.zeros<"n_a", "n_x">(5, 3);
  const Waa = Mat.zeros<"n_a", "n_a">(5, 5);
  const x_t = Mat.zeros<"n_x", "m">(3, 4);
  const a_prev = Mat.zeros<"n_a", "m">(5, 4);

  it("a product joins equal names and refuses different ones", () => {
    const product: Mat<"n_a", "m"> = Wax.dot(x_t);
    assert.deepEqual(product.shape, [5, 4]);
    // @ts-expect-error n_x is not n_a
    assert.throws(() => Wax.dot(a_prev));
    // @ts-expect-error a sum needs the same names
    assert.throws(() => Wax.add(Waa));
  });

  it("a transpose swaps the names", () => {
    const WaxT: Mat<"n_x", "n_a"> = Wax.T;
    assert.deepEqual(WaxT.dot(a_prev).shape, [3, 4]);
    // @ts-expect-error the transpose is (n_x, n_a)
    const wrong: Mat<"n_a", "n_x"> = Wax.T;
    assert.equal(wrong.rows, 3);
  });

  it("stacks add the names", () => {
    const Wa: Mat<"n_a", "n_a+n_x"> = stackColumns(Waa, Wax);
    const ax_t: Mat<"n_a+n_x", "m"> = stackRows(a_prev, x_t);
    const z: Mat<"n_a", "m"> = Wa.dot(ax_t);
    assert.deepEqual(z.shape, [5, 4]);
    // @ts-expect-error stacked the other way round: [x; a]
    const swapped: Mat<"n_a", "m"> = Wa.dot(stackRows(x_t, a_prev));
    assert.deepEqual(swapped.shape, [5, 4]);
  });

  it("a plain Mat fits anywhere", () => {
    const plain: Mat = Mat.from([[1, 2, 3]]);
    const named: Mat<"n_a", "n_x"> = plain;
    const parameters: RnnParameters = {
      Wax,
      Waa,
      Wya: Mat.zeros(2, 5),
      ba: Mat.zeros(5, 1),
      by: Mat.zeros(2, 1),
    };
    assert.deepEqual(
      rnnCellForward(Mat.zeros(3, 1), Mat.zeros(5, 1), parameters).yhat_t.shape,
      [2, 1],
    );
    assert.equal(named.cols, 3);
  });

  it("a parameter in another's place is refused", () => {
    const swapped = {
      Wax: Waa,
      Waa,
      Wya: Mat.zeros(2, 5),
      ba: Mat.zeros(5, 1),
      by: Mat.zeros(2, 1),
    };
    // @ts-expect-error Waa stands where Wax belongs
    assert.throws(() => rnnCellForward(x_t, a_prev, swapped), {
      name: "ShapeError",
      message:
        "rnnCellForward: Wax is (5, 5) but x_t is (3, 4); Wax's columns must equal x_t's rows (n_x)",
    });
  });
});
