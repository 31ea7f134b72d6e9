import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {
  atPath,
  bidirectionalLossAndGradients,
  type CellName,
  deepLossAndGradients,
  gruLossAndGradients,
  initializeBidirectional,
  initializeDeep,
  initializeGru,
  initializeLayer,
  initializeLstm,
  lstmLossAndGradients,
  mapMatrices,
  Mat,
  type MatricesOf,
  oneHot,
  padBatch,
  type Path,
  randomNormal,
  runLayer,
  seededRandom,
  Sequence,
} from "unrolled";

// tfjs computes in float32 and knows nothing of our formulas: the same networks are written in its
// operations, and its automatic differentiation has to find our losses and gradients.
const tolerance = 1e-4;

type Tensors = Readonly<Record<string, tf.Tensor>>;

const affine = (W: tf.Tensor, x: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.add(tf.matMul(W, x), b);

/** The states of a layer, from the definition of its cell; where the mask is 0, those before. */
function states(
  cell: CellName,
  x: readonly tf.Tensor[],
  p: Tensors,
  a_0: tf.Tensor,
  c_0: tf.Tensor,
  mask?: readonly tf.Tensor[],
): tf.Tensor[] {
  const result: tf.Tensor[] = [];
  let [a, c] = [a_0, c_0];
  for (const [index, x_t] of x.entries()) {
    const before = [a, c] as const;
    const stacked = tf.concat([a, x_t], 0);
    const gate = (name: string): tf.Tensor =>
      tf.sigmoid(affine(p[`W${name}`]!, stacked, p[`b${name}`]!));
    if (cell === "rnn") {
      a = tf.tanh(tf.add(affine(p.Waa!, a, p.ba!), tf.matMul(p.Wax!, x_t)));
    } else if (cell === "gru") {
      const candidate = tf.tanh(affine(p.Wc!, tf.concat([tf.mul(gate("r"), a), x_t], 0), p.bc!));
      const u = gate("u");
      a = tf.add(tf.mul(u, candidate), tf.mul(tf.sub(1, u), a));
    } else {
      const candidate = tf.tanh(affine(p.Wc!, stacked, p.bc!));
      c = tf.add(tf.mul(gate("u"), candidate), tf.mul(gate("f"), c));
      a = tf.mul(gate("o"), tf.tanh(c));
    }
    if (mask !== undefined) {
      const valid = tf.cast(tf.tile(mask[index]!, [a.shape[0]!, 1]), "bool");
      [a, c] = [tf.where(valid, a, before[0]), tf.where(valid, c, before[1])];
    }
    result.push(a);
  }
  return result;
}

/** (1/m) Σ_t Σ_i mask · −Σ_k y log softmax(Wya a + by), with tfjs's own log-softmax (along rows). */
function crossEntropy(
  a: readonly tf.Tensor[],
  y: readonly tf.Tensor[],
  mask: readonly tf.Tensor[],
  p: Tensors,
): tf.Scalar {
  return tf.addN(
    a.map((a_t, n) => {
      const z = affine(p.Wya!, a_t, p.by!);
      const terms = tf.mul(y[n]!, tf.transpose(tf.logSoftmax(tf.transpose(z))));
      return tf.mul(tf.sum(tf.mul(terms, mask[n]!)), -1 / y[n]!.shape[1]!);
    }),
  );
}

/** Compares the loss and every gradient with what tfjs finds for `loss`, a function of the same set. */
function assertAgree<P extends MatricesOf<P>>(
  parameters: P,
  ours: { readonly total: number; readonly gradients: object },
  loss: (tensorAt: (path: string) => Tensors) => tf.Scalar,
): void {
  const paths: Path[] = [];
  const tensors: tf.Tensor[] = [];
  mapMatrices(parameters, (matrix, path) => {
    paths.push(path);
    tensors.push(matrix.toTensor(tf));
    return matrix;
  });
  const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) =>
    loss((group) =>
      Object.fromEntries(
        paths.flatMap((path, n) =>
          path.slice(0, -1).join(".") === group ? [[path.at(-1)!, values[n]!]] : [],
        ),
      ),
    ),
  )(tensors);
  const total = value.arraySync() as unknown as number;
  assert.ok(
    Math.abs(total - ours.total) < tolerance * Math.abs(ours.total),
    `${total} ≠ ${ours.total}`,
  );
  paths.forEach((path, n) => {
    const name = [...path.slice(0, -1), `d${path.at(-1)!}`];
    const own = atPath(ours.gradients, name) as Mat;
    const theirs = Mat.from(grads[n] as tf.Tensor2D);
    assert.deepEqual(theirs.shape, own.shape, name.join("."));
    const error = theirs.sub(own).norm() / own.norm();
    assert.ok(error < tolerance, `${name.join(".")}: relative difference ${error}`);
  });
}

describe("gated cells and networks of cells agree with the automatic differentiation of tfjs", function () {
  this.timeout(20_000);
  const [n_x, n_a, n_y, m] = [5, 6, 4, 3];
  const random = seededRandom(31);
  const { x, mask } = padBatch(
    [
      [0, 4, 2, 1, 3, 3, 0],
      [1, 2, 3],
      [4, 0, 0, 2, 1],
    ],
    n_x,
  );
  const y = Sequence.build(x.T_x, () =>
    oneHot<"n_y">(
      Array.from({ length: m }, () => random.integer(n_y)),
      n_y,
    ),
  );
  const a_0 = randomNormal<"n_a", "m">(n_a, m, random);
  const c_0 = randomNormal<"n_a", "m">(n_a, m, random);
  const shaken = <P extends MatricesOf<P>>(parameters: P): P =>
    mapMatrices(parameters, ({ rows, cols }) => randomNormal(rows, cols, random, 0.5));
  const lift = (sequence: Sequence): tf.Tensor[] => Array.from(sequence, (mat) => mat.toTensor(tf));
  const zeros = (): tf.Tensor => tf.zeros([n_a, m]);

  before(async () => {
    await tf.setBackend("cpu");
    await tf.ready();
  });

  it("GRU", () => {
    const start = shaken(initializeGru({ n_x, n_a, n_y }, random));
    assertAgree(start, gruLossAndGradients(x, y, a_0, start, mask), (at) => {
      const a = states("gru", lift(x), at(""), a_0.toTensor(tf), zeros());
      return crossEntropy(a, lift(y), lift(mask), at(""));
    });
  });

  it("LSTM", () => {
    const start = shaken(initializeLstm({ n_x, n_a, n_y }, random));
    assertAgree(start, lstmLossAndGradients(x, y, a_0, start, mask, c_0), (at) => {
      const a = states("lstm", lift(x), at(""), a_0.toTensor(tf), c_0.toTensor(tf));
      return crossEntropy(a, lift(y), lift(mask), at(""));
    });
  });

  for (const cell of ["rnn", "gru", "lstm"] satisfies CellName[]) {
    it(`three layers of ${cell}`, () => {
      const start = shaken(initializeDeep(cell, { n_x, n_a, n_y, L: 3 }, random));
      assertAgree(start, deepLossAndGradients(x, y, start, mask), (at) => {
        let a = lift(x);
        for (const l of [0, 1, 2]) a = states(cell, a, at(`layers.${l}`), zeros(), zeros());
        return crossEntropy(a, lift(y), lift(mask), at(""));
      });
    });

    it(`a layer of ${cell} that passes over padding at the beginning, in between and at the end`, () => {
      const gaps = [
        [0, 0, 1, 1, 0, 1, 1],
        [1, 0, 0, 1, 1, 0, 0],
        [1, 1, 0, 1, 0, 0, 0],
      ];
      const used = Sequence.build<"1", "m">(x.T_x, (t) =>
        Mat.build(1, m, (_, i) => gaps[i]![t - 1]!),
      );
      const dense = Sequence.build(x.T_x, () => randomNormal<"n_x", "m">(n_x, m, random));
      const into = Sequence.build(x.T_x, () => randomNormal<"n_a", "m">(n_a, m, random));
      const layer = shaken(initializeLayer(cell, { n_x, n_a }, random));
      const run = runLayer(dense, layer, used);
      const { dx, gradients } = run.backward(into);
      const total = Array.from(run.a, (a_t, n) => a_t.times(into.at(n + 1)).sum()).reduce(
        (sum, one) => sum + one,
      );
      const steps = Object.fromEntries(Array.from(dense, (x_t, n) => [`x${n}`, x_t]));
      const dSteps = Object.fromEntries(Array.from(dx, (dx_t, n) => [`dx${n}`, dx_t]));
      const ours = { total, gradients: { layer: gradients, steps: dSteps } };
      assertAgree({ layer, steps } as Record<string, Record<string, Mat>>, ours, (at) => {
        const inputs = Object.values(at("steps"));
        const a = states(cell, inputs, at("layer"), zeros(), zeros(), lift(used));
        return tf.addN(a.map((a_t, n) => tf.sum(tf.mul(a_t, into.at(n + 1).toTensor(tf)))));
      });
    });

    it(`bidirectional ${cell}, each example by itself and without its padding`, () => {
      const start = shaken(initializeBidirectional(cell, { n_x, n_a, n_y }, random));
      assertAgree(start, bidirectionalLossAndGradients(x, y, start, mask), (at) => {
        const perExample = [7, 3, 5].map((T, index) => {
          const example = (sequence: Sequence): tf.Tensor[] =>
            lift(sequence.slice(1, T).example(index + 1));
          const none = (): tf.Tensor => tf.zeros([n_a, 1]);
          const forward = states(cell, example(x), at("forward"), none(), none());
          const backward = states(cell, example(x).reverse(), at("backward"), none(), none());
          const both = forward.map((a_t, n) => tf.concat([a_t, backward[T - 1 - n]!], 0));
          return crossEntropy(both, example(y), example(mask), at(""));
        });
        return tf.mul(tf.addN(perExample), 1 / m);
      });
    });
  }
});
