import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  deepForward,
  deepLossAndGradients,
  encodeDecode,
  gruCellBackward,
  gruForward,
  gruLossAndGradients,
  initializeGru,
  initializeLstm,
  initializeRnn,
  lossShares,
  lstmCellBackward,
  lstmForward,
  lstmLossAndGradients,
  manyToManySynced,
  manyToOne,
  Mat,
  padBatch,
  randomNormal,
  rnnBackward,
  rnnBackwardTruncated,
  type RnnCache,
  type RnnCell,
  rnnCellBackward,
  rnnCellForward,
  rnnForward,
  rnnLossAndGradients,
  type RnnParameters,
  seededRandom,
  Sequence,
} from "unrolled";
import { assertClose, assertGradient } from "../numeric.js";

const [n_x, n_a, n_y] = [3, 4, 2];
const sizes = { n_x, n_a, n_y };
const random = seededRandom(17);
const batch = [[0, 1, 2, 1], [2], [1, 0]];
const { x, mask } = padBatch(batch, n_x);
const { T_x } = x;
const m = batch.length;
const a_0 = randomNormal<"n_a", "m">(n_a, m, random);
const parameters = initializeRnn({ n_x, n_a, n_y }, random, 0.8);
const decoder = initializeRnn({ n_x: n_y, n_a, n_y }, random, 0.8);
/** Σ w ∗ a over all steps has ∂/∂a⟨t⟩ = w⟨t⟩: it reads the padded steps' states too. */
const w = Sequence.build<"n_a", "m">(T_x, () => randomNormal(n_a, m, random));
const wLast = w.at(T_x);

const weighed = (a: Sequence<"n_a", "m">): number =>
  Array.from(a, (a_t, index) => a_t.times(w.at(index + 1)).sum()).reduce((sum, one) => sum + one);

/** Every gradient of rnnBackward by central differences of f. */
function assertBackward(
  f: (x: Sequence<"n_x", "m">, a_0: Mat<"n_a", "m">, parameters: RnnParameters) => number,
  da: Sequence<"n_a", "m">,
  caches: readonly RnnCache[],
): void {
  const got = rnnBackward(da, caches);
  assertGradient("da_0", (moved) => f(x, moved, parameters), a_0, got.da_0);
  for (const name of ["Wax", "Waa", "ba"] as const) {
    const gradient = got[`d${name}`] as Mat;
    const theta = parameters[name] as Mat;
    assertGradient(name, (moved) => f(x, a_0, { ...parameters, [name]: moved }), theta, gradient);
  }
  for (let t = 1; t <= T_x; t++) {
    const at = (moved: Mat<"n_x", "m">): Sequence<"n_x", "m"> =>
      x.map((x_t, s) => (s === t ? moved : x_t));
    assertGradient(`dx⟨${t}⟩`, (moved) => f(at(moved), a_0, parameters), x.at(t), got.dx.at(t));
  }
}

describe("the caches of a masked batch know their mask", () => {
  it("rnnBackward over them is the gradient of the last state, where one example ended three steps before", () => {
    const small = padBatch([[0, 1, 2, 1], [2]], 3);
    const start = Mat.zeros<"n_a", "m">(n_a, 2);
    const lastState = (Wax: Mat<"n_a", "n_x">): number =>
      manyToManySynced(small.x, start, { ...parameters, Wax }, rnnCellForward, small.mask)
        .a.at(4)
        .sum();
    const { caches } = manyToManySynced(small.x, start, parameters, rnnCellForward, small.mask);
    const da = Sequence.build<"n_a", "m">(4, (t) => Mat.filled(n_a, 2, t === 4 ? 1 : 0));
    assertGradient("Wax", lastState, parameters.Wax, rnnBackward(da, caches).dWax);
  });

  it("manyToManySynced: central differences, with a gradient into every state, padded ones too", () => {
    const { caches } = manyToManySynced(x, a_0, parameters, rnnCellForward, mask);
    assertBackward(
      (...args) => weighed(manyToManySynced(...args, rnnCellForward, mask).a),
      w,
      caches,
    );
  });

  it("manyToOne: central differences, with a gradient into the last state alone", () => {
    const { caches } = manyToOne(x, a_0, parameters, rnnCellForward, mask);
    assertBackward(
      (...args) =>
        manyToOne(...args, rnnCellForward, mask)
          .a.at(T_x)
          .times(wLast)
          .sum(),
      w.map((w_t, t) => (t === T_x ? w_t : w_t.times(0))),
      caches,
    );
  });

  it("encodeDecode: central differences through the decoder into the encoder", () => {
    const T_y = 3;
    const y_0 = randomNormal<"n_y", "m">(n_y, m, random);
    const into = Sequence.build<"n_a", "m">(T_y, () => randomNormal(n_a, m, random));
    // The decoder is fed its own predictions; with Wax = 0 they carry no gradient of their own.
    const deaf = { ...decoder, Wax: Mat.zeros<"n_a", "n_x">(n_a, n_y) };
    const run = (
      moved: Sequence<"n_x", "m">,
      start: Mat<"n_a", "m">,
      encoder: RnnParameters,
    ): ReturnType<typeof encodeDecode> =>
      encodeDecode(moved, start, { encoder, decoder: deaf }, y_0, T_y, rnnCellForward, mask);
    const f = (...args: Parameters<typeof run>): number =>
      Array.from(run(...args).s, (s_t, k) => s_t.times(into.at(k + 1)).sum()).reduce(
        (sum, one) => sum + one,
      );
    const { caches } = run(x, a_0, parameters);
    const ds_0 = rnnBackward(into, caches.decoder).da_0;
    const da = w.map((w_t, t) => (t === T_x ? ds_0 : w_t.times(0)));
    assertBackward(f, da, caches.encoder);
  });

  it("truncated BPTT and lossShares go the same way", () => {
    const { caches } = manyToManySynced(x, a_0, parameters, rnnCellForward, mask);
    const whole = rnnBackward(w, caches);
    assertClose(rnnBackwardTruncated(w, caches, T_x).dWaa, whole.dWaa);
    const dz = Sequence.build<"n_y", "m">(T_x, () => randomNormal(n_y, m, random));
    const shares = lossShares(dz, caches);
    const da = dz.map((dz_t) => parameters.Wya.Tdot(dz_t)) as unknown as Sequence<"n_a", "m">;
    const { da_0 } = rnnBackward(da, caches);
    const first = shares.map((share) => share.at(1)).reduce((sum, one) => sum.add(one));
    const back = rnnBackward(
      da.map((_, t) => (t === 1 ? first : first.times(0))),
      caches,
    );
    assertClose(back.da_0, da_0, { atol: 1e-12 });
  });

  it("tfjs's automatic differentiation agrees to 1e-4", () => {
    const { caches } = manyToManySynced(x, a_0, parameters, rnnCellForward, mask);
    const ours = rnnBackward(w, caches);
    const [Wax, Waa, ba, start] = [parameters.Wax, parameters.Waa, parameters.ba, a_0].map(
      (one: Mat) => one.toTensor(tf) as tf.Tensor,
    ) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    const f = (Wax: tf.Tensor, Waa: tf.Tensor, ba: tf.Tensor, a: tf.Tensor): tf.Scalar => {
      let total = tf.scalar(0);
      let state = a;
      for (let t = 1; t <= T_x; t++) {
        const next = tf.tanh(
          tf.add(tf.add(tf.matMul(Wax, x.at(t).toTensor(tf)), tf.matMul(Waa, state)), ba),
        );
        const valid = tf.cast(tf.tile(mask.at(t).toTensor(tf), [n_a, 1]), "bool");
        state = tf.where(valid, next, state);
        total = tf.add(total, tf.sum(tf.mul(state, w.at(t).toTensor(tf))));
      }
      return total;
    };
    const gradients = tf.grads(f)([Wax, Waa, ba, start]);
    [ours.dWax, ours.dWaa, ours.dba, ours.da_0].forEach((mine: Mat, k) => {
      const theirs = Mat.from(gradients[k] as tf.Tensor2D);
      assert.ok(theirs.sub(mine).norm() <= 1e-4 * mine.norm(), `gradient ${k}`);
    });
  });
});

describe("a mask selects", () => {
  it("what stands in the padding, a NaN too, reaches neither state, prediction nor gradient", () => {
    const spoilt = x.map((x_t, t) =>
      x_t.map((value, _k, i) => (mask.at(t).get(0, i) === 1 ? value : NaN)),
    );
    const clean = manyToManySynced(x, a_0, parameters, rnnCellForward, mask);
    const other = manyToManySynced(spoilt, a_0, parameters, rnnCellForward, mask);
    assert.deepEqual(other.a.toArray(), clean.a.toArray());
    assert.deepEqual(other.yhat.toArray(), clean.yhat.toArray());
    const [one, two] = [rnnBackward(w, clean.caches), rnnBackward(w, other.caches)];
    for (const name of ["da_0", "dWax", "dWaa", "dba"] as const) {
      assert.deepEqual(two[name].toArray(), one[name].toArray(), name);
    }
    assert.deepEqual(two.dx.toArray(), one.dx.toArray());
  });

  it("a cell that was used with a mask once can be used again", () => {
    const again = (): number[][][] =>
      manyToManySynced(x, a_0, parameters, rnnCellForward, mask).a.toArray();
    assert.deepEqual(again(), again());
  });

  it("each example's last state is what it has alone, without padding", () => {
    const { a } = manyToManySynced(x, a_0, parameters, rnnCellForward, mask);
    batch.forEach((indices, i) => {
      const alone = rnnForward(padBatch([indices], n_x).x, a_0.column(i), parameters).a;
      assertClose(a.at(T_x).column(i), alone.at(indices.length));
    });
  });

  it("a learner's own cell and step back learn nothing of the mask", () => {
    const seen: string[] = [];
    const cell: RnnCell = (...args) => {
      const step = rnnCellForward(...args);
      return { ...step, cache: { ...step.cache } };
    };
    const { caches } = manyToManySynced(x, a_0, parameters, cell, mask);
    rnnBackward(w, caches, (da_next, cache) => {
      seen.push(...Object.keys(cache));
      return rnnCellBackward(da_next, cache);
    });
    assert.ok(!seen.includes("mask_t"), seen.join());
  });

  it("whatever a learner's own step back says of a padded input, its gradient is 0", () => {
    const { caches } = manyToManySynced(x, a_0, parameters, rnnCellForward, mask);
    const { dx } = rnnBackward(w, caches, (da_next, cache) => {
      const step = rnnCellBackward(da_next, cache);
      return { ...step, dx_t: step.dx_t.map(() => 7) };
    });
    const expected = x.map((x_t, t) => x_t.map((_, __, i) => 7 * mask.at(t).get(0, i)));
    assert.deepEqual(dx.toArray(), expected.toArray());
  });

  it("a cell's step back refuses a masked cache by name rather than forget the mask", () => {
    const { caches } = manyToManySynced(x, a_0, parameters, rnnCellForward, mask);
    assert.throws(() => rnnCellBackward(w.at(1), caches[0]!), /mask.*go back with rnnBackward/);
    const gru = gruForward(x, a_0, initializeGru(sizes, random), undefined, mask).caches[0]!;
    assert.throws(() => gruCellBackward(w.at(1), gru), {
      name: "OutOfRangeError",
      message:
        "gruCellBackward: expected a whole step, got the cache of a step with a mask, at which padded examples were skipped; go back with gruBackward or with maskedStepBackward",
    });
    const lstm = lstmForward(x, a_0, initializeLstm(sizes, random), { mask }).caches[0]!;
    assert.throws(
      () => lstmCellBackward(w.at(1), w.at(1), lstm),
      /^OutOfRangeError: lstmCellBackward: .*go back with lstmBackward/,
    );
  });

  it("a mask of other sizes is refused by the function that was called", () => {
    const short = mask.slice(1, 2);
    const gru = initializeGru(sizes, random);
    const lstm = initializeLstm(sizes, random);
    const { Wya, by, ...layer } = gru;
    const y = Sequence.zeros<"n_y", "m">(T_x, n_y, m);
    const calls: Readonly<Record<string, () => unknown>> = {
      rnnForward: () => rnnForward(x, a_0, parameters, rnnCellForward, short),
      gruForward: () => gruForward(x, a_0, gru, undefined, short),
      lstmForward: () => lstmForward(x, a_0, lstm, { mask: short }),
      manyToManySynced: () => manyToManySynced(x, a_0, parameters, rnnCellForward, short),
      rnnLossAndGradients: () => rnnLossAndGradients(x, y, a_0, parameters, short),
      gruLossAndGradients: () => gruLossAndGradients(x, y, a_0, gru, short),
      lstmLossAndGradients: () => lstmLossAndGradients(x, y, a_0, lstm, short),
      deepForward: () => deepForward(x, { layers: [layer], Wya, by }, short),
      deepLossAndGradients: () => deepLossAndGradients(x, y, { layers: [layer], Wya, by }, short),
    };
    for (const [name, call] of Object.entries(calls)) {
      assert.throws(call, {
        name: "OutOfRangeError",
        message: `${name}: mask has 2 steps but x has 4; both need the same number`,
      });
    }
  });
});
