import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  gruCellForward,
  type GruParameters,
  type GruState,
  gruStatePyTorch,
  gruStateTensorFlow,
  initializeGru,
  type Mat,
  Mat as Matrix,
  randomNormal,
  seededRandom,
  type Sequence,
  Sequence as Steps,
} from "unrolled";

const [n_x, n_a, m, T] = [3, 4, 5, 12];

/** Parameters with biases that are not zero, and inputs, of one seed. */
function drawn(seed: number): { readonly p: GruParameters; readonly x: Sequence<"n_x", "m"> } {
  const random = seededRandom(seed);
  const bias = (): Mat<"n_a", "1"> => randomNormal(n_a, 1, random, 0.5);
  const p = {
    ...initializeGru({ n_x, n_a, n_y: 2 }, random, 0.8),
    ...{ bu: bias(), br: bias(), bc: bias() },
  };
  return { p, x: Steps.build(T, () => randomNormal(n_x, m, random)) };
}

/** The last state of a step used T times. */
function lastState(state: GruState, { p, x }: ReturnType<typeof drawn>): Mat {
  let a = Matrix.zeros<"n_a", "m">(n_a, m);
  for (let t = 1; t <= T; t++) a = state(x.at(t), a, p);
  return a;
}

const course: GruState = (x_t, a_prev, p) => gruCellForward(x_t, a_prev, p).a_next;

/** The last state by TensorFlow.js's own layer: −Wu, −bu, since its gate z keeps; examples in rows. */
function layerState(
  { p, x }: ReturnType<typeof drawn>,
  options: { readonly recurrentActivation?: "sigmoid" },
): Mat {
  const layer = tf.layers.gru({ units: n_a, inputShape: [T, n_x], ...options });
  layer.apply(tf.zeros([m, T, n_x])); // makes its weights
  const weights = [p.Wu.times(-1), p.Wr, p.Wc].map((W) => W.T.toArray()); // (n_a + n_x, n_a) each
  const rows = (from: number, to: number): tf.Tensor =>
    tf.tensor2d(Array.from({ length: to - from }, (_, k) => weights.flatMap((W) => W[from + k]!)));
  const biases = [p.bu.times(-1), p.br, p.bc].flatMap((b) => Array.from(b.data));
  layer.setWeights([rows(n_a, n_a + n_x), rows(0, n_a), tf.tensor1d(biases)]);
  const batch = Array.from({ length: m }, (_, i) =>
    Array.from(x, (x_t) => Array.from(x_t.column(i).data)),
  );
  const last = layer.apply(tf.tensor3d(batch)) as tf.Tensor2D;
  return Matrix.from(tf.transpose(last) as tf.Tensor2D);
}

const apart = (one: Mat, other: Mat): number =>
  Math.max(...one.sub(other).data.map((value) => Math.abs(value)));

describe("the GRU's variants", () => {
  before(async () => {
    await tf.setBackend("cpu");
  });

  it("TensorFlow.js's layer as it comes is the course's GRU with hard sigmoids", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const one = drawn(seed);
      const theirs = layerState(one, {});
      assert.ok(apart(lastState(gruStateTensorFlow, one), theirs) < 1e-5, `seed ${seed}`);
      assert.ok(apart(lastState(course, one), theirs) > 1e-3, `seed ${seed}: the course's too`);
    }
  });

  it("TensorFlow.js's layer with recurrentActivation sigmoid is the course's GRU", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const one = drawn(seed);
      const theirs = layerState(one, { recurrentActivation: "sigmoid" });
      assert.ok(apart(lastState(course, one), theirs) < 1e-5, `seed ${seed}`);
    }
  });

  it("TensorFlow.js refuses to reset behind the product, as PyTorch does", () => {
    assert.throws(() => tf.layers.gru({ units: n_a, resetAfter: true } as never), /reset_?after/i);
  });

  it("PyTorch's is another function, and the same one where Γr is the same for all units", () => {
    const one = drawn(7);
    assert.ok(apart(lastState(gruStatePyTorch, one), lastState(course, one)) > 1e-2);
    const { p } = one;
    const alike = { ...p, Wr: p.Wr.times(0), br: p.br.map(() => 0.3) };
    const same = { ...one, p: alike };
    assert.ok(apart(lastState(gruStatePyTorch, same), lastState(course, same)) < 1e-12);
  });

  it("refuses what does not fit, in the step's own name", () => {
    const { p, x } = drawn(1);
    const wrong = Matrix.zeros<"n_a", "m">(n_a, m + 1);
    for (const state of [gruStateTensorFlow, gruStatePyTorch]) {
      assert.throws(() => state(x.at(1), wrong, p), new RegExp(`^ShapeError: ${state.name}`));
    }
  });
});
