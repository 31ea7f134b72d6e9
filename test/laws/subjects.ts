/** Who the laws are asked of: the readable functions, and the engine on each path with one and two threads. */
import {
  bidirectionalLossAndGradients,
  type BidirectionalParameters,
  type CellName,
  deepLossAndGradients,
  type DeepParameters,
  encodeDecodeLossAndGradients,
  gruLossAndGradients,
  isMat,
  lstmLossAndGradients,
  manyToOneLossAndGradients,
  type Mat,
  oneToManyLossAndGradients,
  oneToOneLossAndGradients,
  rnnLossAndGradients,
  Sequence,
} from "unrolled";
import { type Engine, type EnginePath, openEngine } from "unrolled/engine";
import { lastStepWeights, meanWeights } from "../../src/sequence/masks.js";
import { delayed } from "../../src/sequence/teacherForcing.js";
import { type Form, forms, type Padding, type Problem } from "./problems.js";

/** What a subject makes of a problem. */
export interface Result {
  readonly total: number;
  readonly perStep: readonly number[];
  /** ŷ⟨t⟩, (n_y, m) a step. */
  readonly yhat: Sequence<"n_y", "m">;
  /** By the way to each, such as "layers.0.dWax". */
  readonly gradients: Readonly<Record<string, Mat>>;
}

/** One that computes losses and gradients. */
export interface Subject {
  readonly name: string;
  readonly forms: readonly Form[];
  /** The cells that it has this form of. */
  readonly cellsOf: (form: Form) => readonly CellName[];
  /** Where its batches may be padded. */
  readonly paddings: readonly Padding[];
  /** How far two of its answers that ought to be equal may differ, of their size. */
  readonly tolerance: number;
  readonly evaluate: (problem: Problem, checkpoints?: boolean) => Result;
  readonly close: () => void;
}

const everyCell: readonly CellName[] = ["rnn", "gru", "lstm"];

/** Nested gradients by the way to each. */
function flat(set: object, way = ""): Record<string, Mat> {
  return Object.fromEntries(
    Object.entries(set).flatMap(([name, value]: [string, unknown]) =>
      isMat(value)
        ? [[`${way}${name}`, value]]
        : Object.entries(flat(value as object, `${way}${name}.`)),
    ),
  );
}

interface Answer {
  readonly total: number;
  readonly perStep?: Mat;
  readonly yhat: Mat<"n_y", "m"> | Sequence<"n_y", "m">;
  readonly gradients: object;
}

function readableAnswer(problem: Problem): Answer {
  const { form, cell, x, y, a_0, first, mask, labelMask } = problem;
  const parameters = problem.parameters as never;
  switch (form) {
    case "one to one":
      return oneToOneLossAndGradients(x.at(1), y.at(1), parameters);
    case "one to many":
      return oneToManyLossAndGradients(first, y, a_0, parameters, labelMask);
    case "many to one, last state":
    case "many to one, mean state": {
      const read = form === "many to one, last state" ? "last" : "mean";
      return manyToOneLossAndGradients(x, y.at(1), a_0, parameters, { read, mask });
    }
    case "many to many":
      if (cell === "rnn") return rnnLossAndGradients(x, y, a_0, parameters, mask);
      if (cell === "gru") return gruLossAndGradients(x, y, a_0, parameters, mask);
      return lstmLossAndGradients(x, y, a_0, parameters, mask);
    case "encoder and decoder":
      return encodeDecodeLossAndGradients(
        x,
        y,
        a_0,
        parameters,
        first as unknown as Mat<"n_y", "m">,
        {
          input: mask,
          output: labelMask,
        },
      );
    case "deep":
      return deepLossAndGradients(x, y, parameters as DeepParameters, mask);
    case "bidirectional":
      return bidirectionalLossAndGradients(
        x,
        y,
        parameters as BidirectionalParameters,
        mask,
        labelMask,
      );
  }
}

/** The readable functions: five forms of the RNN, and what they have of the other cells. */
export const readable: Subject = {
  name: "readable",
  forms,
  cellsOf: (form) =>
    ["many to many", "deep", "bidirectional"].includes(form) ? everyCell : ["rnn"],
  paddings: ["none", "end", "anywhere"],
  tolerance: 1e-9,
  evaluate: (problem) => {
    const { total, perStep, yhat, gradients } = readableAnswer(problem);
    return {
      total,
      perStep: perStep === undefined ? [total] : Array.from(perStep.data),
      yhat: isMat(yhat) ? Sequence.of([yhat]) : yhat,
      gradients: flat(gradients),
    };
  },
  close: () => undefined,
};

function engineAnswer(engine: Engine, problem: Problem, checkpoints: boolean): Result {
  const { form, cell, x, y, a_0, first, mask, labelMask, parameters } = problem;
  const translates = form === "encoder and decoder";
  const classifies = form.startsWith("many to one");
  const inputs = form === "one to many" ? delayed(y, first, labelMask) : x;
  const inputMask = form === "one to many" ? labelMask : mask;
  const network = engine.network({
    form: translates ? "translator" : classifies ? "classifier" : "tagger",
    cell,
    n_x: inputs.rows,
    n_a: a_0.rows,
    n_y: y.rows,
    m: y.cols,
    T_x: inputs.T_x,
    ...(translates ? { T_y: y.T_y } : {}),
    ...(form === "deep" ? { layers: 2 } : {}),
    ...(form === "bidirectional" ? { bidirectional: true } : {}),
    targets: "columns",
    checkpoints,
  });
  try {
    network.setParameters(parameters);
    network.setInputs(inputs, inputMask);
    network.setTargets(y, labelMask);
    if (form !== "deep" && form !== "bidirectional") network.setInitialState(a_0);
    if (classifies) {
      network.setReading(form.endsWith("mean state") ? meanWeights(mask) : lastStepWeights(mask));
    }
    if (translates) {
      network.setReading(lastStepWeights(mask));
      network.setDecoderInputs(delayed(y, first as never, labelMask), labelMask);
    }
    const total = network.lossAndGradients();
    return {
      total,
      perStep: network.perStep(),
      yhat: checkpoints ? y : network.predictions(),
      gradients: network.gradients(),
    };
  } finally {
    network.close();
  }
}

/**
 * The engine on one path.
 *
 * @throws EngineError when the machine lacks the path
 */
export function engineSubject(path: EnginePath, threads: number): Subject {
  const engine = openEngine({ path, threads });
  return {
    name: `engine ${path}, ${threads} thread${threads === 1 ? "" : "s"}`,
    forms: forms.filter((form) => form !== "one to one"),
    cellsOf: () => everyCell,
    paddings: ["none", "end", "anywhere"],
    tolerance: 2e-4,
    evaluate: (problem, checkpoints = false) => engineAnswer(engine, problem, checkpoints),
    close: () => engine.close(),
  };
}
