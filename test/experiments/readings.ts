/** The experiment of lesson 05: the answer read from the last state, or from the mean of all states. */
import { readFileSync } from "node:fs";
import { inPack } from "#common/pack-root";
import {
  initializeRnn,
  largestRows,
  Mat,
  oneHot,
  padBatch,
  seededRandom,
  type Sequence,
  train,
  Vocabulary,
} from "unrolled";
import { coordinates, motion, padFrames, sentiment } from "unrolled/data";
import { manyToOneLossAndGradients } from "unrolled/engine";
import { byModel, type Experiment, overSeeds } from "./experiment.js";

/** The sizes and steps of each task; the lesson's cells say them too. */
const settings = {
  clips: { n_a: 12, steps: 60, learningRate: 0.02, m: 16 },
  reviews: { n_a: 16, steps: 450, learningRate: 0.02, m: 16 },
} as const;

/** What is read and answered once. */
export type ReadTask = keyof typeof settings;
/** Where the answer is read. */
export type Read = "last" | "mean";

/** Examples as the network reads them. */
interface Examples {
  readonly count: number;
  readonly batch: (chosen: readonly number[]) => {
    readonly x: Sequence<"n_x", "m">;
    readonly mask: Sequence<"1", "m">;
    readonly y: Mat<"n_y", "m">;
  };
}

/** The reviews, each word one-hot. */
async function reviews(): Promise<readonly Examples[]> {
  const { tokens, labels, split } = await sentiment();
  const [words, feelings] = [Vocabulary.of(tokens), Vocabulary.of(labels)];
  return [split.train, split.test].map((part) => ({
    count: part.length,
    batch: (chosen) => ({
      ...padBatch<"n_x">(
        chosen.map((i) => words.encode(part[i]!.x)),
        words.size,
      ),
      y: oneHot<"n_y">(feelings.encode(chosen.map((i) => part[i]!.y)), feelings.size),
    }),
  }));
}

/**
 * How the clips' frames are read: each coordinate minus its mean, divided by its standard deviation.
 *
 * @param seen - the training clips, whose frames give both
 * @returns the function that does so
 */
export function standardiser(
  seen: readonly { readonly x: readonly (readonly number[])[] }[],
): (frame: readonly number[]) => number[] {
  const frames = seen.flatMap(({ x }) => x);
  const moments = coordinates.map((_, k) => {
    const mu = frames.reduce((sum, frame) => sum + frame[k]!, 0) / frames.length;
    const squares = frames.reduce((sum, frame) => sum + (frame[k]! - mu) ** 2, 0);
    return { mu, deviation: Math.sqrt(squares / frames.length) };
  });
  return (frame) => moments.map(({ mu, deviation }, k) => (frame[k]! - mu) / deviation);
}

/** The clips, standardised. */
async function clips(): Promise<readonly Examples[]> {
  const { labels, split } = await motion();
  const activities = Vocabulary.of(labels);
  const standardised = standardiser(split.train);
  return [split.train, split.test].map((part) => ({
    count: part.length,
    batch: (chosen) => ({
      ...padFrames(chosen.map((i) => part[i]!.x.map(standardised))),
      y: oneHot<"n_y">(activities.encode(chosen.map((i) => part[i]!.y)), activities.size),
    }),
  }));
}

/**
 * Trains one network.
 *
 * @param task - what it reads
 * @param read - where its answer is read
 * @param seed - of its weights and batches
 * @returns the share of unseen examples that it is right about
 */
export async function readingAccuracy(task: ReadTask, read: Read, seed: number): Promise<number> {
  const [seen, unseen] = await { clips, reviews }[task]();
  const { n_a, steps, learningRate, m } = settings[task];
  const { x, y } = seen!.batch([0]);
  const { parameters } = train({
    parameters: initializeRnn({ n_x: x.at(1).rows, n_a, n_y: y.rows }, seededRandom(seed)),
    steps,
    seed,
    learningRate: (step) => learningRate * (1 - (step - 1) / steps),
    lossAndGradients: (current, random) => {
      const drawn = Array.from({ length: m }, () => random.integer(seen!.count));
      const batch = seen!.batch(drawn);
      return manyToOneLossAndGradients(batch.x, batch.y, Mat.zeros(n_a, m), current, {
        ...{ read, mask: batch.mask },
      });
    },
  });
  const test = unseen!.batch(Array.from({ length: unseen!.count }, (_, i) => i));
  const a_0 = Mat.zeros<"n_a", "m">(n_a, unseen!.count);
  const options = { read, mask: test.mask };
  const { yhat } = manyToOneLossAndGradients(test.x, test.y, a_0, parameters, options);
  return largestRows(yhat).filter((k, i) => test.y.get(k, i) === 1).length / unseen!.count;
}

const models = (["clips", "reviews"] as const).flatMap((task) =>
  (["last", "mean"] as const).map((read) => ({ name: `${task}, ${read}`, task, read })),
);
const seeds = 20;
const file = ["test", "experiments", "readings.json"];

/**
 * The last run that was kept.
 *
 * @param task - what the networks read
 * @param read - where their answers are read
 * @returns the share of right answers of each seed from 1
 */
export function keptReadings(task: ReadTask, read: Read): readonly number[] {
  const kept = JSON.parse(readFileSync(inPack(...file), "utf8")) as {
    readonly shares: Readonly<Record<string, readonly number[]>>;
  };
  return kept.shares[`${task}, ${read}`]!;
}

/** Both tasks, read in both ways, from all seeds; kept in readings.json. */
export const readingsExperiment: Experiment<number> = {
  name: "readings",
  about: "lesson 05: answers read from the last state or from the mean of all (2 minutes)",
  settings,
  jobs: overSeeds(models, seeds, async ({ task, read }, seed) =>
    Number((await readingAccuracy(task, read, seed)).toFixed(4)),
  ),
  kept(results, { command, date, node }) {
    const provenance = `${command} on ${date}, Node ${node}: ${JSON.stringify(settings)}, seeds 1 to ${seeds}`;
    const shares = Object.fromEntries(
      byModel(results, seeds).map((of, k) => [models[k]!.name, of]),
    );
    return { file, text: JSON.stringify({ provenance, shares }) };
  },
};
