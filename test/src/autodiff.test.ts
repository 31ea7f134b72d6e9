import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  encodeDecodeLossAndGradients,
  initializeRnn,
  manyToOneLossAndGradients,
  Mat,
  oneHot,
  padBatch,
  randomNormal,
  rnnLossAndGradients,
  type RnnParameters,
  seededRandom,
  Sequence,
} from "unrolled";

// tfjs computes in float32 and knows nothing of our formulas: the same models are written in its
// operations, and its automatic differentiation has to find our gradients.
const tolerance = 1e-4;
const names = ["Wax", "Waa", "Wya", "ba", "by"] as const;

interface Tensors {
  readonly Wax: tf.Tensor;
  readonly Waa: tf.Tensor;
  readonly Wya: tf.Tensor;
  readonly ba: tf.Tensor;
  readonly by: tf.Tensor;
}

function tensors(parameters: RnnParameters): tf.Tensor[] {
  return names.map((name) => parameters[name].toTensor(tf));
}

function named(values: readonly tf.Tensor[]): Tensors {
  const [Wax, Waa, Wya, ba, by] = values as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  return { Wax, Waa, Wya, ba, by };
}

/** The states of a tanh recurrence. */
function states(x: readonly tf.Tensor[], a_0: tf.Tensor, { Wax, Waa, ba }: Tensors): tf.Tensor[] {
  const result: tf.Tensor[] = [];
  let a = a_0;
  for (const x_t of x) {
    a = tf.tanh(tf.add(tf.add(tf.matMul(Wax, x_t), tf.matMul(Waa, a)), ba));
    result.push(a);
  }
  return result;
}

/** (1/m) Σ_i mask · −Σ_k y log softmax(z), with tfjs's own log-softmax (along rows, so transposed). */
function crossEntropy(
  a: tf.Tensor,
  y: tf.Tensor,
  { Wya, by }: Tensors,
  mask?: tf.Tensor,
): tf.Scalar {
  const logProbabilities = tf.transpose(tf.logSoftmax(tf.transpose(tf.add(tf.matMul(Wya, a), by))));
  const terms = tf.mul(y, logProbabilities);
  const masked = mask === undefined ? terms : tf.mul(terms, mask);
  return tf.mul(tf.sum(masked), -1 / y.shape[1]!);
}

function assertAgree(what: string, tensor: tf.Tensor, ours: Mat): void {
  const theirs = Mat.from(tensor as tf.Tensor2D);
  assert.deepEqual(theirs.shape, ours.shape, what);
  const error = theirs.sub(ours).norm() / ours.norm();
  assert.ok(error < tolerance, `${what}: relative difference ${error}`);
}

describe("gradients agree with the automatic differentiation of tfjs", function () {
  this.timeout(20_000);
  const [n_x, n_a, n_y, m] = [5, 6, 4, 3];
  const random = seededRandom(23);
  const parameters: RnnParameters = {
    ...initializeRnn({ n_x, n_a, n_y }, random, 0.6),
    ba: randomNormal(n_a, 1, random, 0.3),
    by: randomNormal(n_y, 1, random, 0.3),
  };
  const a_0 = randomNormal<"n_a", "m">(n_a, m, random);
  const { x, mask } = padBatch(
    [
      [0, 4, 2, 1, 3, 3, 0],
      [1, 2, 3],
      [4, 0, 0, 2, 1],
    ],
    n_x,
  );
  const label = (): Mat<"n_y", "m"> =>
    oneHot(
      Array.from({ length: m }, () => random.integer(n_y)),
      n_y,
    );
  const y = Sequence.build(x.T_x, label);
  const lift = (sequence: Sequence): tf.Tensor[] => Array.from(sequence, (mat) => mat.toTensor(tf));

  before(async () => {
    await tf.setBackend("cpu");
    await tf.ready();
  });

  it("many to many, synced, with a mask", () => {
    const ours = rnnLossAndGradients(x, y, a_0, parameters, mask);
    const [xs, ys, masks] = [lift(x), lift(y), lift(mask)];
    const loss = (...values: tf.Tensor[]): tf.Scalar => {
      const p = named(values);
      const a = states(xs, a_0.toTensor(tf), p);
      return tf.addN(a.map((a_t, n) => crossEntropy(a_t, ys[n]!, p, masks[n]!)));
    };
    const { value, grads } = tf.valueAndGrads(loss)(tensors(parameters));
    assert.ok(
      Math.abs((value.arraySync() as unknown as number) - ours.total) < tolerance * ours.total,
    );
    names.forEach((name, n) => {
      assertAgree(`d${name}`, grads[n]!, ours.gradients[`d${name}`]);
    });
  });

  for (const read of ["last", "mean"] as const) {
    it(`many to one, reading the ${read} state`, () => {
      const answer = y.at(1);
      const ours = manyToOneLossAndGradients(x, answer, a_0, parameters, { read });
      const loss = (...values: tf.Tensor[]): tf.Scalar => {
        const p = named(values);
        const a = states(lift(x), a_0.toTensor(tf), p);
        const h = read === "last" ? a.at(-1)! : tf.mul(tf.addN(a), 1 / a.length);
        return crossEntropy(h, answer.toTensor(tf), p);
      };
      const grads = tf.grads(loss)(tensors(parameters));
      names.forEach((name, n) => {
        assertAgree(`d${name}`, grads[n]!, ours.gradients[`d${name}`]);
      });
    });
  }

  it("encoder and decoder", () => {
    const decoder = initializeRnn({ n_x: n_y, n_a, n_y }, random, 0.6);
    const y_0 = label();
    const both = { encoder: parameters, decoder };
    const ours = encodeDecodeLossAndGradients(x, y.slice(1, 4), a_0, both, y_0);
    const loss = (...values: tf.Tensor[]): tf.Scalar => {
      const [encoderTensors, decoderTensors] = [named(values.slice(0, 5)), named(values.slice(5))];
      const s_0 = states(lift(x), a_0.toTensor(tf), encoderTensors).at(-1)!;
      const inputs = lift(Sequence.of([y_0, y.at(1), y.at(2), y.at(3)]));
      const s = states(inputs, s_0, decoderTensors);
      return tf.addN(
        s.map((s_t, n) => crossEntropy(s_t, y.at(n + 1).toTensor(tf), decoderTensors)),
      );
    };
    const used = ["Wax", "Waa", "ba"] as const; // the encoder's outputs play no part
    const all = [...tensors(parameters), ...tensors(decoder)];
    const free = [0, 1, 3, 5, 6, 7, 8, 9];
    const grads = tf.grads((...values: tf.Tensor[]) =>
      loss(...all.map((tensor, n) => (free.includes(n) ? values[free.indexOf(n)]! : tensor))),
    )(free.map((n) => all[n]!));
    used.forEach((name, n) => {
      assertAgree(`encoder d${name}`, grads[n]!, ours.gradients.encoder[`d${name}`]);
    });
    names.forEach((name, n) => {
      assertAgree(`decoder d${name}`, grads[n + 3]!, ours.gradients.decoder[`d${name}`]);
    });
  });
});
