/** The project's rubric: what of it a program can see. Each row is computed from what the learner hands over. */
import { type Mat, type RnnGradients, type RnnParameters, seededRandom } from "../../src/index.js";
import type { OwnWorkRow } from "./ownWork.js";

/** A project: a trained model, and the learner's functions around it. */
export interface Project {
  /** Whose the functions are, as `ownWork` said. */
  readonly own: readonly OwnWorkRow[];
  /** Whether the text is the learner's own. */
  readonly ownText: boolean;
  /** The trained model. */
  readonly parameters: RnnParameters;
  /** The mean loss of some pieces of the text, and its gradients, the same pieces at each call. */
  readonly lossAndGradients: (parameters: RnnParameters) => {
    readonly total: number;
    readonly gradients: RnnGradients;
  };
  /** What a token costs on text held back, in nats: the model, and the baseline. */
  readonly nats: { readonly model: number; readonly baseline: number };
  /** What the learner says where the baseline wins. */
  readonly honestWord?: string;
  /** A model as a file's text, and back. */
  readonly save: (parameters: RnnParameters) => string;
  readonly load: (text: string) => RnnParameters;
  /** Samples one piece, token by token, the end included where it came. */
  readonly write: (parameters: RnnParameters, seed: number) => readonly string[];
  /** The most tokens that `write` gives. */
  readonly longest: number;
}

/** One row of the rubric. */
export interface RubricRow {
  readonly what: string;
  readonly state: "done" | "not yet" | "yours to judge";
  readonly why: string;
}

/** Shorter words are no account of what was measured. */
const fewestWords = 8;

/** Central differences of a right gradient in float64 come nearer by far. */
const largestError = 1e-5;

/** Pieces to sample for a row. */
const samples = 20;

/**
 * The rubric of a project. What throws is not done yet, and its message says why.
 *
 * @param project - the model, and the functions around it
 * @returns seven rows, the last one for the learner alone
 */
export function rubricOf(project: Project): readonly RubricRow[] {
  return [
    row("every function is your own", () => ownFunctions(project)),
    row("the text is your own", () => ({
      isDone: project.ownText,
      why: project.ownText ? "not the one that came with the lesson" : "still the lesson's names",
    })),
    row("the gradients are right", () => gradients(project)),
    row("it learned more than the baseline, or you say why not", () => learned(project)),
    row("saved and loaded it writes the same", () => roundTrip(project)),
    row("sampling ends", () => ends(project)),
    {
      what: "you would show one of its texts to somebody",
      state: "yours to judge",
      why: "no program can see that",
    },
  ];
}

interface Found {
  readonly isDone: boolean;
  readonly why: string;
}

function row(what: string, look: () => Found): RubricRow {
  try {
    const { isDone, why } = look();
    return { what, state: isDone ? "done" : "not yet", why };
  } catch (error) {
    return { what, state: "not yet", why: error instanceof Error ? error.message : String(error) };
  }
}

function ownFunctions({ own }: Project): Found {
  const missing = own.filter(({ whose }) => whose !== "yours").map((one) => one.function);
  const count = `${own.length - missing.length} of ${own.length} are yours`;
  return {
    isDone: own.length > 0 && missing.length === 0,
    why: missing.length === 0 ? count : `${count}; the library's: ${missing.join(", ")}`,
  };
}

/** For each matrix the slope along random directions, by its gradient and by central differences of the loss. */
function gradients({ parameters, lossAndGradients }: Project): Found {
  const random = seededRandom(12);
  const told = lossAndGradients(parameters).gradients;
  const errors = (["Wax", "Waa", "Wya", "ba", "by"] as const).map((name) => {
    const gradient: Mat = told[`d${name}`];
    const slopes = Array.from({ length: 3 }, () => {
      const direction: Mat = gradient.map(() => random.normal());
      const lossAt = (h: number): number => {
        const moved = (parameters[name] as Mat).add(direction.times(h));
        return lossAndGradients({ ...parameters, [name]: moved }).total;
      };
      const byHand = gradient.data.reduce((sum, g, k) => sum + g * direction.data[k]!, 0);
      return [byHand, (lossAt(1e-5) - lossAt(-1e-5)) / 2e-5] as const;
    });
    const apart = Math.hypot(...slopes.map(([one, other]) => one - other));
    const sizes = Math.hypot(...slopes.flat());
    return { name, error: sizes === 0 ? 0 : apart / sizes };
  });
  const worst = errors.reduce((most, one) => (one.error <= most.error ? most : one));
  return {
    isDone: worst.error < largestError,
    why: `the worst of five relative errors is ${worst.error.toExponential(0)}, of d${worst.name}`,
  };
}

function learned({ nats, honestWord = "" }: Project): Found {
  const { model, baseline } = nats;
  const figures = `${model.toFixed(2)} nats a token on text held back, the baseline ${baseline.toFixed(2)}`;
  if (model < baseline) return { isDone: true, why: figures };
  const said = honestWord.split(/\s+/).filter((word) => word !== "").length;
  const isSaid = Number.isFinite(model) && said >= fewestWords;
  const word = isSaid
    ? `you say: ${honestWord}`
    : `train longer, or say in ${fewestWords} words or more why the baseline wins`;
  return { isDone: isSaid, why: `${figures}; ${word}` };
}

function roundTrip({ parameters, save, load, write }: Project): Found {
  const loaded = load(save(parameters));
  const seeds = Array.from({ length: samples }, (_, n) => n + 1);
  const same = seeds.filter(
    (seed) => write(parameters, seed).join("") === write(loaded, seed).join(""),
  ).length;
  return { isDone: same === samples, why: `${same} of ${samples} samples are the same` };
}

function ends({ parameters, write, longest }: Project): Found {
  const lengths = Array.from({ length: samples }, (_, n) => write(parameters, n + 1).length);
  const most = Math.max(...lengths);
  const within = most <= longest;
  return {
    isDone: within,
    why: `the longest of ${samples} samples has ${most} tokens, at most ${longest} are allowed`,
  };
}
