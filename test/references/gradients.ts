/**
 * Three independent ways to each gradient that the exercises and the library's cells rest on: the
 * reference's own formula, central differences of the forward pass with h and with h/2, and the
 * automatic differentiation of tfjs over the same model in its operations.
 *
 * The error of central differences is of second order, h² f'''/6: halving h divides it by four. So h is
 * large enough that this error, and not rounding, is what is seen; a wrong gradient keeps its error.
 */
import * as tf from "@tensorflow/tfjs";
import {
  binaryCrossEntropy,
  encodeDecodeLossAndGradients,
  gradientCheck,
  gruCellBackward,
  gruCellForward,
  initializeGru,
  initializeLstm,
  initializeRnn,
  lstmBackward,
  lstmCellBackward,
  lstmCellForward,
  lstmForward,
  manyToOneLossAndGradients,
  Mat,
  numericalGradient,
  oneHot,
  oneToManyLossAndGradients,
  outputBackward,
  randomNormal,
  rnnBackward,
  rnnCellBackward,
  rnnCellForward,
  rnnForward,
  rnnLossAndGradients,
  seededRandom,
  Sequence,
  softmaxCrossEntropy,
} from "unrolled";

/** The step of the differences; the second measure takes half of it. */
export const h = 1e-3;

type Inputs = Readonly<Record<string, Mat>>;
type Tensors = Readonly<Record<string, tf.Tensor>>;

/** A scalar function of matrices, and what is said of its gradient. */
interface Reference {
  readonly name: string;
  readonly inputs: Inputs;
  readonly forward: (inputs: Inputs) => number;
  /** By the input's name. */
  readonly gradient: (inputs: Inputs) => Inputs;
  readonly inTensors: (inputs: Tensors) => tf.Tensor;
}

/** How far the three ways are from one another, relative to the gradient's norm. */
export interface Measured {
  readonly reference: string;
  /** Such as "dWaa". */
  readonly part: string;
  readonly withH: number;
  readonly withHalf: number;
  readonly tensorflow: number;
}

/** Measures every gradient. */
export async function measureGradients(): Promise<readonly Measured[]> {
  await tf.setBackend("cpu");
  await tf.ready();
  return [...references().flatMap(measured), checkedGradient()];
}

/**
 * `gradientCheck` of a gradient that is known, Σ w sin θ's w cos θ: its distance is the differences' own error,
 * and near to nothing for a small step and the gradient that TensorFlow.js gives.
 */
function checkedGradient(): Measured {
  const random = seededRandom(2026);
  const [theta, w] = [randomNormal(3, 2, random), randomNormal(3, 2, random)];
  const f = (at: Mat): number => at.map(Math.sin).times(w).sum();
  const off = (gradient: Mat, step: number): number =>
    gradientCheck(f, theta, gradient, step).relativeError;
  const right = theta.map(Math.cos).times(w);
  const [at, by] = [theta, w].map((mat) => mat.toTensor(tf) as unknown as tf.Tensor);
  const theirs = tf.grad((tensor: tf.Tensor) => tf.sum(tf.mul(tf.sin(tensor), by!)))(at!);
  return {
    reference: "gradientCheck of Σ w sin θ",
    part: "its relative error",
    withH: off(right, h),
    withHalf: off(right, h / 2),
    tensorflow: off(Mat.from(theirs as tf.Tensor2D), 1e-5),
  };
}

function measured({ name, inputs, forward, gradient, inTensors }: Reference): Measured[] {
  const names = Object.keys(inputs);
  const ours = gradient(inputs);
  const theirs = tf.grads((...tensors: tf.Tensor[]) =>
    inTensors(Object.fromEntries(names.map((key, n) => [key, tensors[n]!]))),
  )(names.map((key) => inputs[key]!.toTensor(tf) as unknown as tf.Tensor));
  return names.map((key, n) => {
    const dKey = ours[key]!;
    const off = (other: Mat): number => other.sub(dKey).norm() / dKey.norm();
    const [withH, withHalf] = [h, h / 2].map((step) =>
      off(differences(forward, inputs, key, step)),
    );
    const tensorflow = off(Mat.from(theirs[n] as tf.Tensor2D));
    return { reference: name, part: `d${key}`, withH: withH!, withHalf: withHalf!, tensorflow };
  });
}

/** The slope by each entry of one input. */
function differences(
  f: (inputs: Inputs) => number,
  inputs: Inputs,
  key: string,
  step: number,
): Mat {
  const theta = inputs[key]!;
  return theta.map((_, i, j) => {
    const at = (by: number): number =>
      f({ ...inputs, [key]: theta.map((v, k, l) => (k === i && l === j ? v + by : v)) });
    return (at(step) - at(-step)) / (2 * step);
  });
}

const [n_x, n_a, n_y, m, T] = [3, 4, 3, 2, 4];

/** All of them, with inputs of one seed. */
function references(): readonly Reference[] {
  const random = seededRandom(2026);
  const normal = (rows: number, cols: number, scale = 1): Mat =>
    randomNormal(rows, cols, random, scale);
  const rnn = {
    ...initializeRnn({ n_x, n_a, n_y }, random, 0.6),
    ba: normal(n_a, 1, 0.3),
    by: normal(n_y, 1, 0.3),
  };
  const { Wax, Waa, ba, Wya, by } = rnn;
  const gru = initializeGru({ n_x, n_a, n_y }, random);
  const lstm = initializeLstm({ n_x, n_a, n_y }, random);
  const a_0 = normal(n_a, m);
  const up = Array.from({ length: T }, () => normal(n_a, m));
  const x = steps("x", () => normal(n_x, m));
  const z = steps("z", () => normal(n_y, m));
  const y = Sequence.build(T, () =>
    oneHot(
      Array.from({ length: m }, () => random.integer(n_y)),
      n_y,
    ),
  );
  const answers = Array.from(y);
  const mask = Sequence.build<"1", "m">(T, (t) => Mat.build(1, m, (_, i) => (t <= T - i ? 1 : 0)));
  const constant = (mat: Mat): tf.Tensor => mat.toTensor(tf) as unknown as tf.Tensor;
  const weighed = (tensor: tf.Tensor, by_: Mat): tf.Tensor => tf.sum(tf.mul(tensor, constant(by_)));
  const rnnOf = (i: Inputs): typeof rnn => ({ ...rnn, ...i });
  const states = (i: Tensors, inputs: readonly tf.Tensor[]): tf.Tensor[] => {
    let a = i["a_0"] ?? constant(a_0);
    return inputs.map((x_t) => (a = tensorStep(i, x_t, a)));
  };
  const crossEntropy = (scores: tf.Tensor, label: Mat, weight?: Mat): tf.Tensor => {
    const log = tf.transpose(tf.logSoftmax(tf.transpose(scores)));
    const terms = tf.mul(constant(label), log);
    const kept = weight === undefined ? terms : tf.mul(terms, constant(weight));
    return tf.mul(tf.sum(kept), -1 / m);
  };
  const scores = (i: Tensors, a_t: tf.Tensor): tf.Tensor =>
    tf.add(tf.matMul(i["Wya"]!, a_t), i["by"]!);
  const total = (tensors: readonly tf.Tensor[]): tf.Tensor => tf.addN([...tensors]);
  const model = { Wax, Waa, ba, Wya, by };
  const list = (i: Inputs, symbol: string): Sequence =>
    Sequence.of(Array.from({ length: T }, (_, n) => i[`${symbol}⟨${n + 1}⟩`]!));
  const tensorsOf = (i: Tensors, symbol: string): tf.Tensor[] =>
    Array.from({ length: T }, (_, n) => i[`${symbol}⟨${n + 1}⟩`]!);
  const byStep = (symbol: string, values: Sequence): Inputs => steps(symbol, (t) => values.at(t));
  const undashed = (gradients: object): Inputs =>
    Object.fromEntries(
      Object.entries(gradients).map(([key, value]) => [key.slice(1), value as Mat]),
    );
  const [x_1, c_prev, up_c] = [normal(n_x, m), normal(n_a, m), normal(n_a, m)];

  const y_0 = normal(n_y, m);
  const both = {
    ...of("encoder", { Wax, Waa, ba }),
    ...of("decoder", { ...initializeRnn({ n_x: n_y, n_a, n_y }, random, 0.6) }),
  };
  const pair = (i: Inputs): Readonly<Record<"encoder" | "decoder", typeof rnn>> => ({
    encoder: rnnOf(partOf(i, "encoder")),
    decoder: rnnOf(partOf(i, "decoder")),
  });

  return [
    {
      name: "rnnCellBackward",
      inputs: { x_t: x["x⟨1⟩"]!, a_prev: a_0, Wax, Waa, ba },
      forward: (i) => rnnCellForward(i["x_t"]!, i["a_prev"]!, rnnOf(i)).a_next.times(up[0]!).sum(),
      gradient: (i) =>
        undashed(rnnCellBackward(up[0]!, rnnCellForward(i["x_t"]!, i["a_prev"]!, rnnOf(i)).cache)),
      inTensors: (i) => weighed(tensorStep(i, i["x_t"]!, i["a_prev"]!), up[0]!),
    },
    {
      name: "rnnBackward",
      inputs: { ...x, a_0, Wax, Waa, ba },
      forward: (i) => {
        const { a } = rnnForward(list(i, "x"), i["a_0"]!, rnnOf(i));
        return Array.from(a, (a_t, n) => a_t.times(up[n]!).sum()).reduce((s, v) => s + v);
      },
      gradient: (i) => {
        const { caches } = rnnForward(list(i, "x"), i["a_0"]!, rnnOf(i));
        const { dx, da_0, ...others } = rnnBackward(Sequence.of(up), caches);
        return { ...byStep("x", dx), a_0: da_0, ...undashed(others) };
      },
      inTensors: (i) => total(states(i, tensorsOf(i, "x")).map((a_t, n) => weighed(a_t, up[n]!))),
    },
    {
      name: "binaryCrossEntropy's slope (ŷ − y) / ŷ(1 − ŷ)",
      inputs: { yhat_t: normal(n_y, m).map((v) => 1 / (1 + Math.exp(-v))) },
      forward: (i) => binaryCrossEntropy(i["yhat_t"]!, y.at(1)).sum(),
      gradient: (i) => ({
        yhat_t: i["yhat_t"]!.map((p, k, l) => (p - y.at(1).get(k, l)) / (p * (1 - p))),
      }),
      inTensors: (i) => {
        const [p, label] = [i["yhat_t"]!, constant(y.at(1))];
        const no = tf.mul(tf.sub(1, label), tf.log(tf.sub(1, p)));
        return tf.neg(tf.sum(tf.add(tf.mul(label, tf.log(p)), no)));
      },
    },
    {
      name: "numericalGradient of Σ w sin θ, with 10^-5",
      inputs: { θ: a_0 },
      forward: (i) => i["θ"]!.map(Math.sin).times(up[0]!).sum(),
      gradient: (i) => ({
        θ: numericalGradient((theta) => theta.map(Math.sin).times(up[0]!).sum(), i["θ"]!, 1e-5),
      }),
      inTensors: (i) => weighed(tf.sin(i["θ"]!), up[0]!),
    },
    {
      name: "softmaxCrossEntropy, with a mask",
      inputs: z,
      forward: (i) => softmaxCrossEntropy(list(i, "z"), y, mask).total,
      gradient: (i) => byStep("z", softmaxCrossEntropy(list(i, "z"), y, mask).dz),
      inTensors: (i) =>
        total(tensorsOf(i, "z").map((z_t, n) => crossEntropy(z_t, answers[n]!, mask.at(n + 1)))),
    },
    {
      name: "outputBackward with softmaxCrossEntropy",
      inputs: { ...steps("a", (t) => up[t - 1]!), Wya, by },
      forward: (i) =>
        softmaxCrossEntropy(
          list(i, "a").map((a_t) => i["Wya"]!.dot(a_t).add(i["by"]!)),
          y,
        ).total,
      gradient: (i) => {
        const a = list(i, "a");
        const { dz } = softmaxCrossEntropy(
          a.map((a_t) => i["Wya"]!.dot(a_t).add(i["by"]!)),
          y,
        );
        const { da, dWya, dby } = outputBackward(dz, a, rnnOf(i));
        return { ...byStep("a", da), Wya: dWya, by: dby };
      },
      inTensors: (i) =>
        total(tensorsOf(i, "a").map((a_t, n) => crossEntropy(scores(i, a_t), answers[n]!))),
    },
    {
      name: "manyToManySynced: rnnLossAndGradients, with a mask",
      inputs: model,
      forward: (i) => rnnLossAndGradients(list(x, "x"), y, a_0, rnnOf(i), mask).total,
      gradient: (i) =>
        undashed(rnnLossAndGradients(list(x, "x"), y, a_0, rnnOf(i), mask).gradients),
      inTensors: (i) =>
        total(
          states(i, Object.values(x).map(constant)).map((a_t, n) =>
            crossEntropy(scores(i, a_t), answers[n]!, mask.at(n + 1)),
          ),
        ),
    },
    ...(["last", "mean"] as const).map((read): Reference => ({
      name: `manyToOne: manyToOneLossAndGradients, reading the ${read} state`,
      inputs: model,
      forward: (i) =>
        manyToOneLossAndGradients(list(x, "x"), y.at(1), a_0, rnnOf(i), { read }).total,
      gradient: (i) =>
        undashed(
          manyToOneLossAndGradients(list(x, "x"), y.at(1), a_0, rnnOf(i), { read }).gradients,
        ),
      inTensors: (i) => {
        const a = states(i, Object.values(x).map(constant));
        return crossEntropy(
          scores(i, read === "last" ? a.at(-1)! : tf.mul(total(a), 1 / T)),
          answers[0]!,
        );
      },
    })),
    {
      name: "oneToMany: oneToManyLossAndGradients",
      inputs: model,
      forward: (i) => oneToManyLossAndGradients(x_1, y, a_0, rnnOf(i)).total,
      gradient: (i) => undashed(oneToManyLossAndGradients(x_1, y, a_0, rnnOf(i)).gradients),
      inTensors: (i) =>
        total(
          states(i, [x_1, ...answers.slice(0, -1)].map(constant)).map((a_t, n) =>
            crossEntropy(scores(i, a_t), answers[n]!),
          ),
        ),
    },
    {
      name: "encodeDecode: encodeDecodeLossAndGradients",
      inputs: both,
      forward: (i) => encodeDecodeLossAndGradients(list(x, "x"), y, a_0, pair(i), y_0).total,
      gradient: (i) => {
        const { gradients } = encodeDecodeLossAndGradients(list(x, "x"), y, a_0, pair(i), y_0);
        const { dWax, dWaa, dba } = gradients.encoder; // its outputs play no part
        return {
          ...of("encoder", undashed({ dWax, dWaa, dba })),
          ...of("decoder", undashed(gradients.decoder)),
        };
      },
      inTensors: (i) => {
        const [encoder, decoder] = [partOf(i, "encoder"), partOf(i, "decoder")];
        const s_0 = states(encoder, Object.values(x).map(constant)).at(-1)!;
        const s = states({ ...decoder, a_0: s_0 }, [y_0, ...answers.slice(0, -1)].map(constant));
        return total(s.map((s_t, n) => crossEntropy(scores(decoder, s_t), answers[n]!)));
      },
    },
    {
      name: "gruCellBackward",
      inputs: gates({ x_t: x_1, a_prev: a_0 }, gru),
      forward: (i) =>
        gruCellForward(i["x_t"]!, i["a_prev"]!, { ...gru, ...i })
          .a_next.times(up[0]!)
          .sum(),
      gradient: (i) =>
        undashed(
          gruCellBackward(up[0]!, gruCellForward(i["x_t"]!, i["a_prev"]!, { ...gru, ...i }).cache),
        ),
      inTensors: (i) => {
        const gate = (name: string, a: tf.Tensor): tf.Tensor =>
          tf.add(tf.matMul(i[`W${name}`]!, tf.concat([a, i["x_t"]!], 0)), i[`b${name}`]!);
        const [c, u] = [i["a_prev"]!, tf.sigmoid(gate("u", i["a_prev"]!))];
        const candidate = tf.tanh(gate("c", tf.mul(tf.sigmoid(gate("r", c)), c)));
        return weighed(tf.add(tf.mul(u, candidate), tf.mul(tf.sub(1, u), c)), up[0]!);
      },
    },
    {
      name: "lstmCellBackward",
      inputs: gates({ x_t: x_1, a_prev: a_0, c_prev }, lstm),
      forward: (i) => {
        const step = lstmCellForward(i["x_t"]!, i["a_prev"]!, i["c_prev"]!, { ...lstm, ...i });
        return step.a_next.times(up[0]!).sum() + step.c_next.times(up_c).sum();
      },
      gradient: (i) =>
        undashed(
          lstmCellBackward(
            up[0]!,
            up_c,
            lstmCellForward(i["x_t"]!, i["a_prev"]!, i["c_prev"]!, { ...lstm, ...i }).cache,
          ),
        ),
      inTensors: (i) => {
        const gate = (name: string): tf.Tensor =>
          tf.add(
            tf.matMul(i[`W${name}`]!, tf.concat([i["a_prev"]!, i["x_t"]!], 0)),
            i[`b${name}`]!,
          );
        const [f, u, o] = ["f", "u", "o"].map((name) => tf.sigmoid(gate(name)));
        const c = tf.add(tf.mul(f!, i["c_prev"]!), tf.mul(u!, tf.tanh(gate("c"))));
        return tf.add(weighed(tf.mul(o!, tf.tanh(c)), up[0]!), weighed(c, up_c));
      },
    },
    {
      name: "lstmBackward",
      inputs: gates({ ...x, a_0, c_0: c_prev }, lstm),
      forward: (i) => {
        const { a } = lstmForward(list(i, "x"), i["a_0"]!, { ...lstm, ...i }, { c_0: i["c_0"]! });
        return Array.from(a, (a_t, n) => a_t.times(up[n]!).sum()).reduce((s, v) => s + v);
      },
      gradient: (i) => {
        const options = { c_0: i["c_0"]! };
        const { caches } = lstmForward(list(i, "x"), i["a_0"]!, { ...lstm, ...i }, options);
        const { dx, da_0, dc_0, ...others } = lstmBackward(Sequence.of(up), caches);
        return { ...byStep("x", dx), a_0: da_0, c_0: dc_0, ...undashed(others) };
      },
      inTensors: (i) => {
        let [a, c] = [i["a_0"]!, i["c_0"]!];
        return total(
          tensorsOf(i, "x").map((x_t, n) => {
            const stack = tf.concat([a, x_t], 0);
            const gate = (name: string): tf.Tensor =>
              tf.add(tf.matMul(i[`W${name}`]!, stack), i[`b${name}`]!);
            const [f, u, o] = ["f", "u", "o"].map((name) => tf.sigmoid(gate(name)));
            c = tf.add(tf.mul(f!, c), tf.mul(u!, tf.tanh(gate("c"))));
            a = tf.mul(o!, tf.tanh(c));
            return weighed(a, up[n]!);
          }),
        );
      },
    },
  ];
}

/** A state and an input go in, with the parameters that the state depends on. */
function gates(inputs: Inputs, parameters: object): Inputs {
  const { Wya: _, by: __, ...rest } = parameters as Inputs;
  return { ...inputs, ...rest };
}

/** tanh(Wax x + Waa a + ba). */
function tensorStep({ Wax, Waa, ba }: Tensors, x_t: tf.Tensor, a_prev: tf.Tensor): tf.Tensor {
  return tf.tanh(tf.add(tf.add(tf.matMul(Wax!, x_t), tf.matMul(Waa!, a_prev)), ba!));
}

/** A matrix for each step, under "x⟨1⟩" and so on. */
function steps(symbol: string, at: (t: number) => Mat): Inputs {
  return Object.fromEntries(
    Array.from({ length: T }, (_, n) => [`${symbol}⟨${n + 1}⟩`, at(n + 1)]),
  );
}

/** Matrices under names such as "Wax of the encoder". */
function of(whose: string, parameters: Inputs): Inputs {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [`${name} of the ${whose}`, value]),
  );
}

/** What {@link of} has named, under its own names again. */
function partOf<T>(all: Readonly<Record<string, T>>, whose: string): Readonly<Record<string, T>> {
  const end = ` of the ${whose}`;
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      name.endsWith(end) ? [[name.slice(0, -end.length), value]] : [],
    ),
  );
}
