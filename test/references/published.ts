/** The references beside what others have published: every number, to half of its last digit. */
import {
  lstmCellForward,
  lstmForward,
  Mat,
  rnnCellForward,
  rnnForward,
  type Sequence,
} from "unrolled";
import lstmCell from "../published/lstmCellForward.json" with { type: "json" };
import lstm from "../published/lstmForward.json" with { type: "json" };
import cellForward from "../published/rnnCellForward.json" with { type: "json" };
import optimize from "../published/optimize.json" with { type: "json" };
import forward from "../published/rnnForward.json" with { type: "json" };
import sampling from "../published/sample.json" with { type: "json" };
import { optimized, sampledIndices } from "../published/dinosaurs.js";
import { at, halfLastDigit, lstmMatrices, matrices, stepsLast } from "../published/layout.js";

/** What came of one reference. */
export interface Compared {
  readonly reference: string;
  /** How many published numbers there are. */
  readonly numbers: number;
  /** How many of them agree to half of their last digit. */
  readonly agree: number;
  /** The largest distance from a published number. */
  readonly largest: number;
}

type Results = Readonly<Record<string, Mat | Sequence>>;
type Published = readonly { readonly path: string; readonly value: unknown }[];

/** Compares the forward references, `sample` and a step of training with Coursera's published numbers. */
export function comparePublished(): readonly Compared[] {
  const step = rnnCellForward(
    Mat.from(cellForward.inputs.xt),
    Mat.from(cellForward.inputs.a_prev),
    matrices(cellForward.inputs),
  );
  const states = rnnForward(
    stepsLast(forward.inputs.x),
    Mat.from(forward.inputs.a0),
    matrices(forward.inputs),
  );
  const { xt, a_prev, c_prev } = lstmCell.inputs;
  const lstmStep = lstmCellForward(
    Mat.from(xt),
    Mat.from(a_prev),
    Mat.from(c_prev),
    lstmMatrices(lstmCell.inputs),
  );
  const lstmStates = lstmForward(
    stepsLast(lstm.inputs.x),
    Mat.from(lstm.inputs.a0),
    lstmMatrices(lstm.inputs),
  );
  const { a, yhat } = states;
  return [
    compared("rnnCellForward", { a_next: step.a_next, yt_pred: step.yhat_t }, cellForward.expected),
    compared("rnnForward", { a, y_pred: yhat }, forward.expected),
    compared("lstmCellForward", { ...lstmStep, yt: lstmStep.yhat_t }, lstmCell.expected),
    compared("lstmForward", { ...lstmStates, y: lstmStates.yhat }, lstm.expected),
    comparedNumbers(
      "sample, fed back to rnnCellForward",
      sampledIndices(),
      sampling.expected.indices,
    ),
    comparedTraining(),
  ];
}

/** A step of training a character model: its loss, its clipped gradients and its last state. */
function comparedTraining(): Compared {
  const { loss, gradients, a_last } = optimized();
  const { dba: db, ...others } = gradients;
  const results = { ...others, db, a_last };
  const alone: Readonly<Record<string, number>> = { loss, "argmax(dWax)": argmax(gradients.dWax) };
  const got = optimize.expected.flatMap(({ path }) => alone[path] ?? at(results, path));
  return comparedNumbers(
    "rnnLossAndGradients with clipByValue",
    got,
    optimize.expected.flatMap(({ value }) => value),
  );
}

/** The place of the largest entry, counted along the rows from 0. */
function argmax({ data }: Mat): number {
  return data.indexOf(data.reduce((largest, entry) => Math.max(largest, entry)));
}

function compared(reference: string, results: object, expected: Published): Compared {
  const numbers = expected.filter(
    ({ path }) => !path.endsWith(".shape") && !path.startsWith("caches"),
  );
  return comparedNumbers(
    reference,
    numbers.flatMap(({ path }) => at(results as Results, path)),
    numbers.flatMap(({ value }) => [value].flat() as number[]),
  );
}

function comparedNumbers(
  reference: string,
  got: readonly number[],
  expected: readonly number[],
): Compared {
  const distances = expected.map((wanted, n) => ({
    off: Math.abs(got[n]! - wanted),
    allowed: halfLastDigit(wanted),
  }));
  return {
    reference,
    numbers: distances.length,
    agree: distances.filter(({ off, allowed }) => off <= allowed).length,
    largest: Math.max(...distances.map(({ off }) => off)),
  };
}
