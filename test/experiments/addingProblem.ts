/** The adding problem of lesson 09: a tanh RNN and LSTMs, many seeds each. */
import { initializeLstm, initializeRnn, seededRandom } from "unrolled";
import { addingProblem } from "unrolled/data";
import { openEngine } from "unrolled/engine";
import { adding, meanSquaredError, shares } from "./adding.js";
import { byModel, type Experiment, overSeeds } from "./experiment.js";

interface Model {
  readonly name: string;
  readonly cell: "rnn" | "lstm";
  readonly forgetBias?: number;
}

const models: readonly Model[] = [
  { name: "tanh", cell: "rnn" },
  { name: "LSTM, bf = 1", cell: "lstm", forgetBias: 1 },
  { name: "LSTM, bf = 0", cell: "lstm", forgetBias: 0 },
];

/** What came of one training. */
export interface AddingRun {
  /** The error on fresh examples. */
  readonly testError: number;
  /** The step from which it was solved; null: it was not. */
  readonly solvedAt: number | null;
}

function trained(model: Model, seed: number): AddingRun {
  const { n_a, m, T_x, steps, learningRate, maxNorm, window, solved, testBatches } = adding;
  const random = seededRandom(seed);
  const sizes = { n_x: 2, n_a, n_y: 2 };
  const parameters =
    model.cell === "rnn"
      ? initializeRnn(sizes, random)
      : initializeLstm(sizes, random, { forgetBias: model.forgetBias! });
  const engine = openEngine();
  const form = { form: "classifier", targets: "columns", cell: model.cell } as const;
  const network = engine.network({ ...form, ...sizes, m, T_x });
  network.setParameters(parameters);
  const errorOn = (train: boolean): number => {
    const batch = addingProblem(m, T_x, random);
    network.setInputs(batch.x);
    network.setTargets(shares(batch.y));
    network.lossAndGradients();
    const error = meanSquaredError(network.predictions().at(1), batch.y);
    if (train) network.adamStep({ learningRate, maxNorm });
    return error;
  };
  const last: number[] = [];
  let solvedAt: number | null = null;
  for (let step = 1; step <= steps; step++) {
    last.push(errorOn(true));
    if (last.length > window) last.shift();
    const mean = last.reduce((sum, value) => sum + value, 0) / window;
    if (last.length === window && mean < solved) solvedAt ??= step;
  }
  const test = Array.from({ length: testBatches }, () => errorOn(false));
  engine.close();
  return { testError: test.reduce((sum, value) => sum + value, 0) / testBatches, solvedAt };
}

/** All models from all seeds; kept in src/data/addingProblemResults.ts, which lesson 09 shows. */
export const addingProblemExperiment: Experiment<AddingRun> = {
  name: "adding-problem",
  about: "lesson 09: the adding problem at T = 100, tanh RNN and LSTMs (20 minutes)",
  settings: adding,
  jobs: overSeeds(models, adding.seeds, trained),
  kept(results, { command, date, node }) {
    const engine = openEngine();
    const made = { date, node, engine: engine.path };
    engine.close();
    const rows = byModel(results, adding.seeds).map((runs, k) => ({
      model: models[k]!.name,
      testErrors: runs.map(({ testError }) => Number(testError.toPrecision(3))),
      solvedAt: runs.map(({ solvedAt }) => solvedAt),
    }));
    return {
      file: ["src", "data", "addingProblemResults.ts"],
      text: `/** The adding problem over seeds, as \`${command}\` wrote it. */

/** What came of one model, seed 1 first. */
export interface AddingResult {
  readonly model: string;
  /** The mean squared error on ${adding.m * adding.testBatches} fresh examples after training. */
  readonly testErrors: readonly number[];
  /** The first training step at which the mean over ${adding.window} batches was below ${adding.solved}; null: none was. */
  readonly solvedAt: readonly (number | null)[];
}

/** Where, when and with which settings it was measured. */
export const addingProvenance = ${JSON.stringify({ ...made, ...adding })} as const;

/** ${adding.seeds} trainings of each model. */
export const addingProblemResults: readonly AddingResult[] = ${JSON.stringify(rows)};
`,
    };
  },
};
