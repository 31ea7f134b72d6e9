/** The temporal order problem of lesson 07: how often a plain RNN learns it without and with clipping. */
import { clipByNorm, initializeRnn, Mat, seededRandom, sgd } from "unrolled";
import { orders, orderSymbols, temporalOrder } from "unrolled/data";
import { manyToOneLossAndGradients } from "unrolled/engine";
import { byModel, type Experiment, overSeeds } from "./experiment.js";

/** The settings of every training; the lesson's cell says them too. */
export const temporalOrderSettings = {
  L: 40,
  n_a: 32,
  m: 32,
  steps: 2500,
  learningRate: 0.1,
  maxNorm: 1,
  seeds: 20,
  /** Solved: of the last `window` batches more than this share is right. */
  window: 20,
  solved: 0.99,
} as const;

/** What came of one training. */
export interface OrderRun {
  /** The step at which it was solved; null: it was not. */
  readonly solvedAt: number | null;
  /** The largest norm of a gradient before clipping. */
  readonly largestNorm: number;
}

/** One training from a seed, until it is solved. */
export function learnOrder(maxNorm: number, seed: number): OrderRun {
  const { L, n_a, m, steps, learningRate, window, solved } = temporalOrderSettings;
  const random = seededRandom(seed);
  const sizes = { n_x: orderSymbols.length, n_a, n_y: orders.length };
  let parameters = initializeRnn(sizes, random);
  let largestNorm = 0;
  const right: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const { x, y } = temporalOrder(m, L, random);
    const run = manyToOneLossAndGradients(x, y, Mat.zeros(n_a, m), parameters);
    right.push(rightShare(run.yhat, y));
    const last = right.slice(-window);
    if (last.length === window && last.reduce((sum, one) => sum + one, 0) > solved * window)
      return { solvedAt: step, largestNorm };
    const { gradients, norm } = clipByNorm(run.gradients, maxNorm);
    largestNorm = Math.max(largestNorm, Number(norm.toPrecision(4)));
    parameters = sgd(parameters, gradients, learningRate);
  }
  return { solvedAt: null, largestNorm };
}

function rightShare(yhat: Mat, y: Mat): number {
  let right = 0;
  for (let i = 0; i < y.cols; i++) {
    const column = yhat.column(i).data;
    right += y.get(column.indexOf(Math.max(...column)), i);
  }
  return right / y.cols;
}

const models = [
  { name: "not clipped", maxNorm: Infinity },
  { name: `clipped at ${temporalOrderSettings.maxNorm}`, maxNorm: temporalOrderSettings.maxNorm },
];
const { seeds } = temporalOrderSettings;

/** Both ways from all seeds; kept in src/data/temporalOrderResults.ts, which lesson 07 shows. */
export const temporalOrderExperiment: Experiment<OrderRun> = {
  name: "temporal-order",
  about: "lesson 07: temporal order at L = 40, without and with clipping (5 minutes)",
  settings: temporalOrderSettings,
  jobs: overSeeds(models, seeds, ({ maxNorm }, seed) => learnOrder(maxNorm, seed)),
  kept(results, provenance) {
    const rows = byModel(results, seeds).map((runs, k) => ({
      model: models[k]!.name,
      solvedAt: runs.map(({ solvedAt }) => solvedAt),
      largestNorms: runs.map(({ largestNorm }) => largestNorm),
    }));
    return {
      file: ["src", "data", "temporalOrderResults.ts"],
      text: `/** The temporal order problem over seeds, as \`${provenance.command}\` wrote it. */

/** What came of one way to train, seed 1 first. */
export interface TemporalOrderResult {
  readonly model: string;
  /** The step at which it was solved; null: it was not. */
  readonly solvedAt: readonly (number | null)[];
  /** The largest norm of a gradient before clipping. */
  readonly largestNorms: readonly number[];
}

/** Where, when and with which settings it was measured. */
export const temporalOrderProvenance = ${JSON.stringify(provenance)} as const;

/** ${seeds} trainings of each way. */
export const temporalOrderResults: readonly TemporalOrderResult[] = ${JSON.stringify(rows)};
`,
    };
  },
};
