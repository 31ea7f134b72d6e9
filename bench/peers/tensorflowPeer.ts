/**
 * TensorFlow.js as a contestant: `node tensorflowPeer.js native` or `wasm`.
 *
 * The cells are written as its users write them best: the gates' weights side by side, one product
 * a step with the stack [a⟨t−1⟩, x⟨t⟩], one head for all steps; gradients by tf.grads.
 */
import process from "node:process";
import type * as tensorflow from "@tensorflow/tfjs";
import { Mat, stackColumns, stackRows } from "../../src/index.js";
import { loadTensorFlow } from "../../src/tensorflow.js";
import { matricesByName, readProblem } from "../workload.js";
import { type BurstRequest, contend, type Prepared } from "../protocol.js";
import type { Configuration } from "../rows.js";

type Matrix = tensorflow.Tensor2D;
/** From the parameters and the inputs to the states, step 1 first. */
type Layer = (weights: readonly Matrix[], xs: readonly Matrix[], a_0: Matrix) => Matrix[];

const backend = process.argv[2] === "wasm" ? "wasm" : "tensorflow";
const tf = backend === "wasm" ? await loadWasm() : await loadNative();

async function loadNative(): Promise<typeof tensorflow> {
  const loaded = await loadTensorFlow();
  if (loaded.backend !== backend) throw new Error("tfjs-node's native part does not work here");
  return loaded.tf;
}

async function loadWasm(): Promise<typeof tensorflow> {
  const { default: loaded } = (await import("@tensorflow/tfjs")) as unknown as {
    default: typeof tensorflow;
  };
  await import("@tensorflow/tfjs-backend-wasm");
  await loaded.setBackend(backend);
  return loaded;
}

/** Everything is a row vector an example here: (m, n) where the library has (n, m). */
const layers: Readonly<Record<Configuration["cell"], Layer>> = {
  rnn: ([W, b], xs, a_0) => {
    let a = a_0;
    return xs.map((x_t) => (a = tf.tanh(tf.add(tf.matMul(stack(a, x_t), W!), b!))));
  },
  gru: ([W, b, Wc, bc], xs, a_0) => {
    let a = a_0;
    return xs.map((x_t) => {
      const [u, r] = tf.split(tf.sigmoid(tf.add(tf.matMul(stack(a, x_t), W!), b!)), 2, 1);
      const c_tilde = tf.tanh(tf.add(tf.matMul(stack(tf.mul(r!, a), x_t), Wc!), bc!));
      return (a = tf.add(a, tf.mul(u!, tf.sub(c_tilde, a))));
    });
  },
  lstm: ([W, b], xs, a_0) => {
    let a = a_0;
    let c = a_0;
    return xs.map((x_t) => {
      const z = tf.split(tf.add(tf.matMul(stack(a, x_t), W!), b!), 4, 1);
      const [f, u, o] = z.map((part) => tf.sigmoid(part));
      c = tf.add(tf.mul(u!, tf.tanh(z[3]!)), tf.mul(f!, c));
      return (a = tf.mul(o!, tf.tanh(c)));
    });
  },
};

function oneHot(indices: Int32Array, classes: number): Matrix {
  const ones = tf.oneHot(tf.tensor1d(indices, "int32"), classes) as Matrix;
  return tf.cast(ones, "float32"); // asked for as floats, wasm's oneHot writes integers in their place
}

function stack(a: Matrix, x_t: Matrix): Matrix {
  return tf.concat([a, x_t], 1);
}

function prepare({ configuration, file }: BurstRequest): Prepared {
  const { cell, n_x, n_a, n_y, m, T_x, indices } = configuration;
  const { parameters, inputs, labels } = readProblem(configuration, file);
  const weights = [...cellWeights(matricesByName(parameters)), parameters.Wya, parameters.by];
  const tensors = weights.map((W) => tf.tensor2d(Float32Array.from(W.T.data), [W.cols, W.rows]));
  const dense = indices ? undefined : tf.tensor2d(inputs as Float32Array, [T_x * m, n_x]);
  const oneHotInputs = (): Matrix => oneHot(inputs as Int32Array, n_x);
  const split = dense && (tf.split(dense, T_x) as Matrix[]);
  const y = oneHot(labels, n_y);
  const a_0 = tf.zeros<tensorflow.Rank.R2>([m, n_a]);

  const loss = (...all: tensorflow.Tensor[]): tensorflow.Tensor => {
    const xs = split ?? (tf.split(oneHotInputs(), T_x) as Matrix[]);
    const [Wy, by] = all.slice(-2) as [Matrix, Matrix];
    const states = layers[cell](all.slice(0, -2) as Matrix[], xs, a_0);
    const z = tf.add(tf.matMul(tf.concat(states), Wy), by);
    return tf.div(tf.neg(tf.sum(tf.mul(y, tf.logSoftmax(z)))), m);
  };
  const lossAndGradients = tf.valueAndGrads(loss);
  return {
    step: () => tf.tidy(() => lossAndGradients(tensors).value.dataSync()[0]!),
    gradientNorm: () =>
      tf.tidy(() => {
        const squares = lossAndGradients(tensors).grads.map((grad) => tf.sum(tf.square(grad)));
        return Math.sqrt(tf.addN(squares).dataSync()[0]!);
      }),
  };
}

/** A cell's weights side by side, over the stack [a⟨t−1⟩; x⟨t⟩], each with its bias. */
function cellWeights(p: Readonly<Record<string, Mat>>): Mat[] {
  const gates = (...names: string[]): Mat[] => [
    names.map((name) => p[`W${name}`]!).reduce((above, below) => stackRows(above, below)),
    names.map((name) => p[`b${name}`]!).reduce((above, below) => stackRows(above, below)),
  ];
  if (p["Wf"] !== undefined) return gates("f", "u", "o", "c");
  if (p["Wr"] !== undefined) return [...gates("u", "r"), ...gates("c")];
  return [stackColumns(p["Waa"]!, p["Wax"]!), p["ba"]!];
}

await contend({ tfjs: tf.version_core }, prepare);
