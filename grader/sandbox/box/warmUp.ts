/**
 * Work like that of exercises, done until the language's compiler has made fast code of the library and of what
 * reads questions and tells answers: a copy of the process has it too, where a new one would make it again.
 */
import { standIn } from "../../../exercises/standIns.js";
import {
  Mat,
  Sequence,
  sigmoid,
  softmax,
  splitRows,
  stackColumns,
  stackRows,
  tanh,
} from "../../../src/student.js";
import { encode } from "../../values/codec.js";
import { NumberBlock } from "../../values/numberBlock.js";
import { decodeBody, encodeFrame, HEADER_BYTES, readHeader } from "../frames.js";
import type { RunRequest } from "../messages.js";
import { Calls } from "./calls.js";

/** More than this changed nothing that could be measured. */
const ROUNDS = 60;
/** n_x, n_a, m and T_x of the cases. */
const SIZES: readonly (readonly [n_x: number, n_a: number, m: number, T_x: number])[] = [
  [3, 4, 2, 3],
  [5, 3, 1, 4],
  [4, 5, 3, 2],
];

/** A learner's file: what reads TypeScript and finds the lines of errors is ready then. */
const FILE =
  "export function refuse(x: unknown): never { throw new RangeError(`no ${typeof x}`); }";

/**
 * Does the work.
 *
 * @param pack - the address of the packed folder
 */
export async function warmUp(pack: string): Promise<void> {
  const { cases, numbers } = casesOf(SIZES.map((sizes) => argumentsOf(...sizes)));
  const address = `data:application/typescript,${encodeURIComponent(FILE)}`;
  const { refuse } = (await import(address)) as { refuse: Work };
  for (let round = 0; round < ROUNDS; round++) {
    for (const fn of [network, inputs, losses, refuse]) {
      const calls = new Calls(pack);
      const request: RunRequest = { name: fn.name, skip: [], from: 0, cases };
      const text = calls.cases(fn as never, request, numbers);
      const frame = encodeFrame(round, text, calls.numbers);
      decodeBody(readHeader(frame), frame.subarray(HEADER_BYTES));
    }
  }
}

function casesOf(all: readonly Parameters<Work>[]): {
  readonly cases: RunRequest["cases"];
  readonly numbers: Float64Array;
} {
  const block = new NumberBlock();
  const cases = all.map((args) => {
    const { from } = block.begin();
    return { args: encode(args, block), from };
  });
  return { cases, numbers: block.written() };
}

function argumentsOf(n_x: number, n_a: number, m: number, T_x: number): Parameters<Work> {
  const drawn = (rows: number, cols: number): Mat =>
    Mat.build(rows, cols, (i, j) => Math.sin(7 * i + 3 * j + 1));
  const parameters = {
    ...{ Wax: drawn(n_a, n_x), Waa: drawn(n_a, n_a), Wya: drawn(n_x, n_a) },
    ...{ ba: drawn(n_a, 1), by: drawn(n_x, 1) },
  };
  const x = Sequence.build(T_x, (t) => drawn(n_x, m).times(1 / t));
  const [cell, back] = ["waveCell", "waveCellBackward"].map(standIn) as unknown as [Cell, Back];
  return [x, drawn(n_a, m), parameters, cell, back];
}

type Cell = (x_t: Mat, a_prev: Mat, parameters: Parameters<Work>[2]) => Step;
type Back = (da_next: Mat, cache: unknown) => Readonly<Record<"dWax" | "dWaa" | "dba", Mat>>;
type Work = (
  x: Sequence,
  a_0: Mat,
  parameters: Readonly<Record<"Wax" | "Waa" | "Wya" | "ba" | "by", Mat>>,
  cell: Cell,
  back: Back,
) => unknown;

interface Step {
  readonly a_next: Mat;
  readonly yhat_t: Mat;
  readonly cache: unknown;
}

/** A way there and back through the stand-ins. */
const network: Work = (x, a_0, parameters, cell, back) => {
  const steps: Step[] = [];
  let a = a_0;
  for (const x_t of x) {
    const step = cell(x_t, a, parameters);
    steps.push(step);
    a = step.a_next;
  }
  const gradients = steps.toReversed().map(({ cache, a_next }) => back(a_next.times(a_0), cache));
  const sums = (["dWax", "dWaa", "dba"] as const).map((name) =>
    gradients.map((one) => one[name]).reduce((sum, one) => sum.add(one)),
  );
  return {
    a: Sequence.of(steps.map(({ a_next }) => a_next)),
    yhat: Sequence.of(steps.map(({ yhat_t }) => yhat_t)),
    caches: steps.map(({ cache }) => cache),
    sums,
  };
};

/** Numbers that become matrices. */
const inputs: Work = (x, a_0) => {
  const lengths = Array.from({ length: x.cols }, (_, i) => 1 + (i % x.T_x));
  const mask = Sequence.build(x.T_x, (t) =>
    Mat.build(1, x.cols, (_, i) => (t <= lengths[i]! ? 1 : 0)),
  );
  const marked = Mat.zeros(a_0.rows, a_0.cols);
  for (const [n, value] of a_0.data.entries()) marked.data[n] = value > 0 ? 1 : 0;
  const [upper, lower] = splitRows(stackRows(a_0, marked), a_0.rows);
  if (lengths.some((length) => length < 1)) throw new RangeError("a length of 0");
  return { mask, lengths, marked, sides: stackColumns(upper, lower.sub(1)), first: a_0.toArray() };
};

/** Activations and what is made of scores. */
const losses: Work = (x, a_0, { Wax, ba }) => {
  const z = x.map((x_t) => Wax.dot(x_t).add(ba));
  const logs = z.map((z_t) => {
    const totals = Array.from({ length: z_t.cols }, (_, i) => {
      const scores = z_t.column(i).data;
      const most = Math.max(...scores);
      return most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
    });
    return z_t.map((score, _k, i) => score - totals[i]!);
  });
  const perStep = Mat.build(1, z.T_x, (_, t) => logs.at(t + 1).sum());
  const dz = logs.map((log, t) =>
    log.map((value, k, i) => Math.exp(value) - z.at(t).get(k, i) * a_0.get(k, i)),
  );
  const gates = z.map((z_t) => sigmoid(z_t).times(tanh(z_t)).sub(softmax(z_t)));
  const norms = dz.map((one) => new Mat(1, 1, [one.sumColumns().T.dot(one.sumColumns()).norm()]));
  return { total: perStep.sum(), perStep, dz, gates, norms, rows: a_0.sumRows() };
};
