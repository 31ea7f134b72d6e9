/**
 * `npm run bench -- --agreement`: the same weights and inputs in the readable library, the engine, TensorFlow.js and
 * PyTorch: losses, gradients and Adam's steps side by side. PyTorch computes in float64 (bench/peers/
 * torch_agreement.py), written out and by its modules; TensorFlow.js in float32, by its layers' cells.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type * as tensorflow from "@tensorflow/tfjs";
import * as readable from "../src/index.js";
import type {
  BidirectionalParameters,
  CellName,
  DeepParameters,
  GruParameters,
  LstmParameters,
  RnnParameters,
} from "../src/index.js";
import * as engine from "../src/engine/index.js";
import { loadTensorFlow } from "../src/tensorflow.js";
import { peers, python, pythonMissing } from "./contestants.js";

const { clipByNorm, mapMatrices, Mat, oneHot, randomNormal, seededRandom, Sequence, train } =
  readable;
type Mat = readable.Mat;

const [n_x, n_a, n_y, m, T] = [5, 7, 4, 6, 9];

/** A network and its batch, and what is compared of it. */
interface Case {
  readonly name: string;
  readonly cell: CellName;
  readonly kind: "plain" | "deep" | "bidirectional";
  /** Whether the examples differ in length. */
  readonly isRagged?: boolean;
  /** Whether some labels do not count. */
  readonly ignores?: boolean;
  readonly maxNorm?: number;
  /** Steps of Adam; the parameters are compared behind them. None: the gradients are. */
  readonly steps?: number;
}

const cases: readonly Case[] = [
  { name: "RNN", cell: "rnn", kind: "plain" },
  { name: "GRU", cell: "gru", kind: "plain" },
  { name: "LSTM", cell: "lstm", kind: "plain" },
  { name: "RNN, unequal lengths", cell: "rnn", kind: "plain", isRagged: true },
  ...(["rnn", "gru", "lstm"] as const).flatMap((cell): Case[] => [
    { name: `bidirectional ${cell}, unequal lengths`, cell, kind: "bidirectional", isRagged: true },
    { name: `two layers of ${cell}`, cell, kind: "deep" },
  ]),
  {
    name: "cross-entropy with ignored labels",
    cell: "lstm",
    kind: "bidirectional",
    isRagged: true,
    ignores: true,
  },
  { name: "gradients clipped to the norm 0.1", cell: "lstm", kind: "plain", maxNorm: 0.1 },
  ...(["rnn", "gru", "lstm"] as const).map((cell): Case => ({
    name: `100 steps of Adam, ${cell}`,
    cell,
    kind: "plain",
    steps: 100,
  })),
  { name: "100 steps of Adam, clipped", cell: "rnn", kind: "plain", steps: 100, maxNorm: 0.1 },
];

/** What a case is computed from. */
interface Problem extends Case {
  readonly parameters: object;
  readonly x: readable.Sequence<"n_x", "m">;
  /** The class of each example at each step; −1 where none counts. */
  readonly labels: readonly (readonly number[])[];
  readonly mask: readable.Sequence<"1", "m">;
}

/** What comes out: the loss, and matrices by the way to each. */
interface Answer {
  readonly loss: number;
  readonly matrices: Readonly<Record<string, Mat>>;
}

const initialize = {
  rnn: readable.initializeRnn,
  gru: readable.initializeGru,
  lstm: readable.initializeLstm,
} as const;

function problemOf(one: Case, seed: number): Problem {
  const random = seededRandom(seed);
  const sizes = { n_x, n_a, n_y };
  const start = {
    plain: () => initialize[one.cell](sizes, random),
    deep: () => readable.initializeDeep(one.cell, { ...sizes, L: 2 }, random),
    bidirectional: () => readable.initializeBidirectional(one.cell, sizes, random),
  }[one.kind]();
  const lengths = Array.from({ length: m }, () => (one.isRagged ? 1 + random.integer(T) : T));
  return {
    ...one,
    parameters: mapMatrices(start as RnnParameters, (W) =>
      W.add(randomNormal(W.rows, W.cols, random, 0.1)),
    ),
    x: Sequence.build(T, () => randomNormal(n_x, m, random)),
    labels: Array.from({ length: T }, (_, t) =>
      lengths.map((length) => {
        const label = random.integer(n_y);
        return t < length && !(one.ignores && random.uniform() < 0.3) ? label : -1;
      }),
    ),
    mask: Sequence.build(T, (t) => Mat.build(1, m, (_, i) => (t <= lengths[i]! ? 1 : 0))),
  };
}

/** Gradients under their parameters' names, by the way to each. */
function flat(set: object, prefix: "d" | "", way = ""): Record<string, Mat> {
  const entries = Object.entries(set).flatMap(
    ([name, value]: [string, unknown]): [string, Mat][] => {
      if (readable.isMat(value)) return [[`${way}${name.slice(prefix.length)}`, value]];
      return Object.entries(flat(value as object, prefix, `${way}${name}.`));
    },
  );
  return Object.fromEntries(entries);
}

/** The library's answer, by the readable functions or by the engine's. */
function libraryAnswer(of: typeof readable | typeof engine, problem: Problem): Answer {
  const { cell, kind, x, labels, mask, maxNorm = Infinity, steps } = problem;
  const y = Sequence.build(T, (t) =>
    oneHot<"n_y">(
      labels[t - 1]!.map((k) => Math.max(k, 0)),
      n_y,
    ),
  );
  const counts = Sequence.build(T, (t) =>
    Mat.build(1, m, (_, i) => (labels[t - 1]![i] === -1 ? 0 : 1)),
  );
  const a_0 = Mat.zeros<"n_a", "m">(n_a, m);
  const lossAndGradients = (set: object): { total: number; gradients: object } => {
    if (kind === "deep") return of.deepLossAndGradients(x, y, set as DeepParameters, mask);
    if (kind === "bidirectional")
      return of.bidirectionalLossAndGradients(x, y, set as BidirectionalParameters, mask, counts);
    if (cell === "rnn") return of.rnnLossAndGradients(x, y, a_0, set as RnnParameters, mask);
    if (cell === "gru") return of.gruLossAndGradients(x, y, a_0, set as GruParameters, mask);
    return of.lstmLossAndGradients(x, y, a_0, set as LstmParameters, mask);
  };
  if (steps === undefined) {
    const { total, gradients } = lossAndGradients(problem.parameters);
    const clipped = clipByNorm(gradients as Record<string, Mat>, maxNorm).gradients;
    return { loss: total, matrices: flat(clipped, "d") };
  }
  const { parameters, losses } = train({
    parameters: problem.parameters as RnnParameters,
    lossAndGradients: lossAndGradients as never,
    steps,
    maxNorm,
    learningRate: 0.01,
  });
  return { loss: losses.at(-1)!, matrices: flat(parameters, "") };
}

/**
 * Asks PyTorch once for all problems; "loop": the cell written out, "nn": nn.RNN and so on, packed, "resetAfter":
 * nn.GRU written out.
 *
 * @throws Error when it ends in the middle
 */
function pyTorchAnswers(
  problems: readonly Problem[],
  way: "loop" | "nn" | "resetAfter",
): readonly Answer[] {
  const lines = problems.map((problem) =>
    JSON.stringify({
      ...problem,
      way,
      n_a,
      x: problem.x.toArray(),
      mask: problem.mask.toArray(),
      steps: problem.steps ?? 0,
      maxNorm: problem.maxNorm ?? null,
      parameters: Object.fromEntries(
        Object.entries(flat(problem.parameters, "")).map(([name, W]) => [name, W.toArray()]),
      ),
    }),
  );
  const script = join(peers, "torch_agreement.py");
  const { stdout, stderr } = spawnSync(python, [script], {
    input: lines.join("\n"),
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  const answers = stdout.split("\n").filter((line) => line !== "");
  if (answers.length !== problems.length) throw new Error(`PyTorch ended: ${stderr.slice(-400)}`);
  return answers.map((line) => {
    const { loss, matrices } = JSON.parse(line) as {
      loss: number;
      matrices: Record<string, number[][]>;
    };
    const entries = Object.entries(matrices).map(([name, rows]) => [name.slice(2), Mat.from(rows)]);
    return { loss, matrices: Object.fromEntries(entries) as Record<string, Mat> };
  });
}

type Tensor = tensorflow.Tensor2D;
type Named = Readonly<Record<string, Tensor>>;

/** TensorFlow.js: the cells written out in its operations, (n, m) as in the library. */
function tensorFlowAnswer(tf: typeof tensorflow, problem: Problem, resetsAfter = false): Answer {
  const { cell, kind, x, labels, mask, maxNorm, steps } = problem;
  const tensor = (W: Mat): Tensor => tf.tensor2d(W.toArray(), [W.rows, W.cols]);
  const xs = Array.from(x, tensor);
  const valid = Array.from(mask, (mask_t) =>
    tensor(Mat.build(n_a, m, (_, i) => mask_t.get(0, i))).cast("bool"),
  );
  const affine = (W: Tensor, v: Tensor, b: Tensor): Tensor => tf.add(tf.matMul(W, v), b);
  const resetBefore = (p: Named, x_t: Tensor, a: Tensor, r: Tensor): Tensor =>
    tf.tanh(affine(p["Wc"]!, tf.concat([tf.mul(r, a), x_t]), p["bc"]!));
  const resetAfter = (p: Named, x_t: Tensor, a: Tensor, r: Tensor): Tensor => {
    const [W_c, W_x] = tf.split(p["Wc"]!, [n_a, n_x], 1) as [Tensor, Tensor];
    return tf.tanh(tf.add(affine(W_x, x_t, p["bc"]!), tf.mul(r, tf.matMul(W_c, a))));
  };
  const step = (p: Named, x_t: Tensor, a: Tensor, c: Tensor): readonly [Tensor, Tensor] => {
    const stack = tf.concat([a, x_t]);
    const gate = (g: string): Tensor => tf.sigmoid(affine(p[`W${g}`]!, stack, p[`b${g}`]!));
    if (cell === "rnn")
      return [tf.tanh(tf.add(affine(p["Wax"]!, x_t, p["ba"]!), tf.matMul(p["Waa"]!, a))), c];
    if (cell === "gru") {
      const candidate = (resetsAfter ? resetAfter : resetBefore)(p, x_t, a, gate("r"));
      const u = gate("u");
      return [tf.add(tf.mul(u, candidate), tf.mul(tf.sub(1, u), a)), c];
    }
    const next = tf.add(
      tf.mul(gate("u"), tf.tanh(affine(p["Wc"]!, stack as Tensor, p["bc"]!))),
      tf.mul(gate("f"), c),
    ) as Tensor;
    return [tf.mul(gate("o"), tf.tanh(next)), next];
  };
  const run = (
    p: Named,
    inputs: readonly Tensor[],
    when: readonly tensorflow.Tensor[],
  ): Tensor[] => {
    let [a, c] = [tf.zeros([n_a, m]) as Tensor, tf.zeros([n_a, m]) as Tensor];
    return inputs.map((x_t, t) => {
      const [a_next, c_next] = step(p, x_t, a, c);
      [a, c] = [tf.where(when[t]!, a_next, a), tf.where(when[t]!, c_next, c)];
      return a;
    });
  };
  const under = (p: Named, way: string): Named =>
    Object.fromEntries(
      Object.entries(p).flatMap(([n, W]) => (n.startsWith(way) ? [[n.slice(way.length), W]] : [])),
    );
  const statesOf = (p: Named): Tensor[] => {
    if (kind === "deep")
      return run(under(p, "layers.1."), run(under(p, "layers.0."), xs, valid), valid);
    if (kind === "plain") return run(p, xs, valid);
    const forward = run(under(p, "forward."), xs, valid);
    const backward = run(under(p, "backward."), xs.toReversed(), valid.toReversed()).toReversed();
    return forward.map((a, t) => tf.concat([a, backward[t]!]) as Tensor);
  };
  const y = labels.map(
    (of) =>
      tf
        .oneHot(tf.tensor1d(of as number[], "int32"), n_y)
        .cast("float32")
        .transpose() as Tensor,
  ); // zeros for −1
  const lossOf = (p: Named): tensorflow.Scalar => {
    const costs = statesOf(p).map((a, t) => {
      const z = affine(p["Wya"]!, a, p["by"]!);
      return tf.sum(tf.mul(y[t]!, tf.logSoftmax(z.transpose()).transpose()));
    });
    return tf.div(tf.neg(tf.addN(costs)), m);
  };
  const variables = Object.fromEntries(
    Object.entries(flat(problem.parameters, "")).map(([name, W]) => [name, tf.variable(tensor(W))]),
  ) as Readonly<Record<string, tensorflow.Variable>>;
  const names = Object.keys(variables);
  const matrices = (of: Readonly<Record<string, tensorflow.Tensor>>): Record<string, Mat> =>
    Object.fromEntries(names.map((name) => [name, Mat.from(of[name]!.arraySync() as number[][])]));
  const optimiser = tf.train.adam(0.01, 0.9, 0.999, 1e-8);
  let loss = NaN;
  let last: Record<string, Mat> = {};
  for (let k = 0; k < (steps ?? 1); k++) {
    const { value, grads } = tf.variableGrads(
      () => lossOf(variables as unknown as Named),
      Object.values(variables),
    );
    loss = value.dataSync()[0]!;
    const byName = Object.fromEntries(names.map((name) => [name, grads[variables[name]!.name]!]));
    last = matrices(byName);
    if (maxNorm !== undefined) last = clipByNorm(last, maxNorm).gradients;
    if (steps !== undefined)
      optimiser.applyGradients(
        names.map((name) => ({ name: variables[name]!.name, tensor: tensor(last[name]!) })),
      );
  }
  return { loss, matrices: steps === undefined ? last : matrices(variables) };
}

/** The loss of a GRU whose states are these, and whose every label counts. */
function lossOfStates({ parameters, labels }: Problem, a: readable.Sequence<"n_a", "m">): number {
  const y = Sequence.of(labels.map((of) => oneHot<"n_y">(of, n_y)));
  return readable.softmaxCrossEntropy(readable.outputScores(a, parameters as GruParameters), y)
    .total;
}

/** The loss of one of the library's variants of the GRU. */
function variantLoss(step: readable.GruState, problem: Problem): number {
  let a_prev = Mat.zeros<"n_a", "m">(n_a, m);
  const a = problem.x.map((x_t) => {
    a_prev = step(x_t, a_prev, problem.parameters as GruParameters);
    return a_prev;
  });
  return lossOfStates(problem, a);
}

/** The loss of a GRU by TensorFlow.js's own layer, whose update gate keeps where the course's writes: σ(−z) = 1 − σ(z). */
function layerLoss(
  tf: typeof tensorflow,
  problem: Problem,
  recurrentActivation: "sigmoid" | "hardSigmoid",
): number {
  const { x } = problem;
  const p = problem.parameters as GruParameters;
  const cell = tf.layers.gruCell({ units: n_a, recurrentActivation });
  cell.build([m, n_x]);
  const weights = [p.Wu.times(-1), p.Wr, p.Wc].map((W) => W.T.toArray()); // (n_a + n_x, n_a) each
  const rows = (from: number, to: number): tensorflow.Tensor =>
    tf.tensor2d(Array.from({ length: to - from }, (_, k) => weights.flatMap((W) => W[from + k]!)));
  const biases = [p.bu.times(-1), p.br, p.bc].flatMap((b) => Array.from(b.data));
  cell.setWeights([rows(n_a, n_a + n_x), rows(0, n_a), tf.tensor1d(biases)]);
  let state: tensorflow.Tensor = tf.zeros([m, n_a]);
  const a = x.map((x_t) => {
    [state] = cell.call([tf.tensor2d(x_t.T.toArray()), state], {}) as [tensorflow.Tensor];
    return Mat.from<"n_a", "m">(state.transpose().arraySync() as number[][]);
  });
  return lossOfStates(problem, a);
}

/** The largest difference from the readable library's answer: of the loss, and of each matrix against its norm. */
function difference(got: Answer, wanted: Answer): number {
  const size = Math.max(...Object.values(wanted.matrices).map((matrix) => matrix.norm()));
  const errors = Object.entries(wanted.matrices).map(
    ([name, matrix]) =>
      got.matrices[name]!.sub(matrix).norm() / Math.max(matrix.norm(), 1e-3 * size),
  );
  return Math.max(Math.abs(got.loss - wanted.loss) / Math.abs(wanted.loss), ...errors);
}

/**
 * How far each may be from the readable library: in float64, in float32, in float32 over a hundred steps, and where
 * PyTorch clips, which divides by the norm + 1e-6.
 */
const bounds = { float64: 1e-9, float32: 1e-4, steps: 1e-2, pyTorchClips: 1e-5 } as const;

/** What {@link measureAgreement} finds. */
export interface Agreement {
  /** Differences by contestant, for each case; NaN where one takes no part. */
  readonly rows: readonly {
    readonly name: string;
    readonly differences: Readonly<Record<string, number>>;
  }[];
  readonly table: string;
  readonly wrong: readonly string[];
}

/**
 * Computes every case with everyone that is there.
 *
 * @throws Error when PyTorch ends in the middle
 */
export async function measureAgreement(say: (progress: string) => void): Promise<Agreement> {
  const problems = cases.map((one, k) => problemOf(one, 100 + k));
  const wanted = problems.map((problem) => libraryAnswer(readable, problem));
  const { tf } = await loadTensorFlow();
  const missing = pythonMissing();
  if (missing !== undefined) say(`left out: PyTorch: ${missing}`);
  const contestants: Record<string, readonly Answer[]> = {
    engine: problems.map((problem) => libraryAnswer(engine, problem)),
    "TensorFlow.js": problems.map((problem) => tensorFlowAnswer(tf, problem)),
    ...(missing === undefined
      ? {
          "PyTorch, written out": pyTorchAnswers(problems, "loop"),
          "PyTorch, its modules": pyTorchAnswers(problems, "nn"),
        }
      : {}),
  };
  const names = Object.keys(contestants);
  const rows: { name: string; differences: Record<string, number> }[] = problems.map(
    ({ name }, k) => ({
      name,
      differences: Object.fromEntries(
        names.map((who) => [who, difference(contestants[who]![k]!, wanted[k]!)]),
      ),
    }),
  );
  const [gru] = problems.filter(({ name }) => name === "GRU") as [Problem];
  const losses = {
    "GRU by TensorFlow.js's layer": {
      got: layerLoss(tf, gru, "sigmoid"),
      wanted: libraryAnswer(readable, gru).loss,
    },
    "gruStateTensorFlow: its layer by default": {
      got: layerLoss(tf, gru, "hardSigmoid"),
      wanted: variantLoss(readable.gruStateTensorFlow, gru),
    },
  };
  for (const [name, { got, wanted: loss }] of Object.entries(losses)) {
    rows.push({
      name: `${name} (loss)`,
      differences: { "TensorFlow.js": Math.abs(got / loss - 1) },
    });
  }
  if (missing === undefined) {
    const [module] = pyTorchAnswers([gru], "nn") as [Answer];
    const [writtenOut] = pyTorchAnswers([gru], "resetAfter") as [Answer];
    const loss = variantLoss(readable.gruStatePyTorch, gru);
    rows.push({
      name: "gruStatePyTorch: nn.GRU (loss)",
      differences: { "PyTorch, its modules": Math.abs(module.loss / loss - 1) },
    });
    rows.push({
      name: "nn.GRU's own formula, beside nn.GRU",
      differences: {
        "TensorFlow.js": difference(tensorFlowAnswer(tf, gru, true), module),
        "PyTorch, written out": difference(writtenOut, module),
      },
    });
  }
  const isOther = (k: number, who: string): boolean =>
    problems[k]?.cell === "gru" && who === "PyTorch, its modules"; // nn.GRU resets behind the product
  const boundOf = (k: number, who: string): number => {
    const { maxNorm, steps } = problems[k] ?? {};
    if (who.startsWith("PyTorch")) {
      return maxNorm === undefined ? bounds.float64 : bounds.pyTorchClips;
    }
    return steps === undefined ? bounds.float32 : bounds.steps;
  };
  const wrong = rows.flatMap(({ name, differences }, k) =>
    Object.entries(differences)
      .filter(([who, error]) => !isOther(k, who) && !(error <= boundOf(k, who)))
      .map(([who, error]) => `${name}: ${who} differs by ${error.toExponential(1)}`),
  );
  const line = (cells: readonly string[]): string =>
    cells.map((cell, k) => (k === 0 ? cell.padEnd(48) : cell.padStart(22))).join("");
  const table = [
    line(["largest difference from the readable library", ...names]),
    ...rows.map(({ name, differences }, k) =>
      line([
        name,
        ...names.map((who) => {
          const error = differences[who]?.toExponential(0) ?? "";
          return isOther(k, who) ? `another function ${error}` : error;
        }),
      ]),
    ),
    "The GRU is the course's, as in Cho et al. and in TensorFlow.js; nn.GRU resets behind the product with Wc.",
    "PyTorch clips by maxNorm / (norm + 1e-6). float32: the engine and TensorFlow.js.",
  ].join("\n");
  return { rows, table, wrong };
}
