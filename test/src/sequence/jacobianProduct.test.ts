import assert from "node:assert/strict";
import {
  initializeRnn,
  jacobianProduct,
  Mat,
  OutOfRangeError,
  randomNormal,
  rnnBackward,
  rnnForward,
  seededRandom,
  Sequence,
  ShapeError,
} from "unrolled";

describe("jacobianProduct", () => {
  const random = seededRandom(1);
  const parameters = initializeRnn({ n_x: 2, n_a: 3, n_y: 2 }, random);
  const x = Sequence.build<"n_x", "m">(5, () => randomNormal(2, 1, random));
  const { a, caches } = rnnForward(x, randomNormal(3, 1, random), parameters);
  const states = a as Sequence as Sequence<"n_a", "1">;
  const { Waa } = parameters;

  it("is what backpropagation through time multiplies a gradient by, transposed", () => {
    for (let t = 1; t <= 5; t++) {
      const da_t: Mat<"n_a", "m"> = randomNormal(3, 1, random);
      const da = Sequence.build<"n_a", "m">(t, (s) => (s === t ? da_t : da_t.times(0)));
      const { da_0 } = rnnBackward(da, caches.slice(0, t));
      const ours = jacobianProduct(states, Waa, 0, t).Tdot(da_t);
      assert.ok(ours.sub(da_0).norm() < 1e-14 * (1 + da_0.norm()), `t = ${t}`);
    }
  });

  it("from k to t is that from s to t times that from k to s, and the identity where nothing lies between", () => {
    const whole = jacobianProduct(states, Waa, 1, 5);
    const parts = jacobianProduct(states, Waa, 3, 5).dot(jacobianProduct(states, Waa, 1, 3));
    assert.ok(whole.sub(parts).norm() < 1e-14);
    const still = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    assert.deepEqual(jacobianProduct(states, Waa, 2, 2).toArray(), still);
  });

  it("refuses steps that there are not, several examples and other shapes", () => {
    assert.throws(() => jacobianProduct(states, Waa, -1, 2), OutOfRangeError);
    assert.throws(() => jacobianProduct(states, Waa, 3, 2), OutOfRangeError);
    assert.throws(() => jacobianProduct(states, Waa, 0, 6), /at most T_x = 5, got 6/);
    assert.throws(() => jacobianProduct(states, Mat.zeros(3, 2) as never, 0, 1), ShapeError);
    const two = Sequence.zeros<"n_a", "1">(5, 3, 2);
    assert.throws(() => jacobianProduct(two, Waa, 0, 1), /expected one example/);
  });
});
