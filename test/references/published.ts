/** The forward references beside what others have published: every number, to half of its last digit. */
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
import forward from "../published/rnnForward.json" with { type: "json" };
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

/** Compares each forward reference with Coursera's published numbers. */
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
  ];
}

function compared(reference: string, results: object, expected: Published): Compared {
  const distances = expected
    .filter(({ path }) => !path.endsWith(".shape") && !path.startsWith("caches"))
    .flatMap(({ path, value }) => {
      const wanted = [value].flat() as number[];
      return at(results as Results, path).map((got, n) => ({
        off: Math.abs(got - wanted[n]!),
        allowed: halfLastDigit(wanted[n]!),
      }));
    });
  return {
    reference,
    numbers: distances.length,
    agree: distances.filter(({ off, allowed }) => off <= allowed).length,
    largest: Math.max(...distances.map(({ off }) => off)),
  };
}
