/**
 * All seven applications: a small recurrent network beside a simple baseline, many seeds each. Both are measured on the
 * same examples that neither has seen, by the share of right answers. The sizes are those of the lessons.
 */
import {
  encodeDecode,
  EOS,
  initializeBidirectional,
  initializeGru,
  initializeRnn,
  largestRows,
  Mat,
  oneHot,
  oneToOne,
  oneToOneLossAndGradients,
  padBatch,
  type Random,
  type RnnCell,
  rnnCellForward,
  seededRandom,
  Sequence,
  train,
  type TrainOptions,
  Vocabulary,
} from "unrolled";
import {
  dna,
  motion,
  music,
  nameTags,
  padFrames,
  sentiment,
  speech,
  translation,
} from "unrolled/data";
import {
  bidirectionalLossAndGradients,
  encodeDecodeLossAndGradients,
  gruLossAndGradients,
  manyToOneLossAndGradients,
  oneToManyLossAndGradients,
} from "unrolled/engine";
import type { MatricesOf } from "../../src/core/parameterSet.js";
import { byModel, type Experiment, overSeeds } from "./experiment.js";

/** The share of right answers of both, on examples that were not trained on. */
export interface Shares {
  readonly baseline: number;
  readonly network: number;
}

const zeros = (n_a: number, m: number): Mat<"n_a", "m"> => Mat.zeros(n_a, m);
const draw = <E>(examples: readonly E[], m: number, random: Random): E[] =>
  Array.from({ length: m }, () => examples[random.integer(examples.length)]!);
const falling =
  (from: number, steps: number) =>
  (step: number): number =>
    from * (1 - (step - 1) / steps);
/** Trains on batches of m examples, the step size falling to 0. */
function trained<P extends MatricesOf<P>, E>(
  start: P,
  examples: readonly E[],
  {
    steps,
    rate,
    m = 16,
    seed,
  }: Readonly<Record<"steps" | "rate" | "seed", number>> & { m?: number },
  run: (batch: E[], parameters: P) => ReturnType<TrainOptions<P>["lossAndGradients"]>,
): P {
  return train({
    parameters: start,
    ...{ steps, seed, learningRate: falling(rate, steps) },
    lossAndGradients: (current, random) => run(draw(examples, m, random), current),
  }).parameters;
}
const shareOf = (right: readonly boolean[]): number => right.filter(Boolean).length / right.length;
const shareEqual = (said: readonly number[], truth: readonly number[]): number =>
  shareOf(truth.map((k, i) => said[i] === k));

/** A softmax regression from numbers to a class: what it says of `asked`. */
function regression(
  examples: readonly { readonly features: readonly number[]; readonly label: number }[],
  asked: readonly (readonly number[])[],
  n_y: number,
  seed: number,
): number[] {
  const n_x = asked[0]!.length;
  const columns = (all: readonly (readonly number[])[]): Mat<"n_x", "m"> =>
    Mat.build(n_x, all.length, (k, i) => all[i]![k]!);
  const { parameters } = train({
    parameters: { W: Mat.zeros<"n_y", "n_x">(n_y, n_x), b: Mat.zeros<"n_y", "1">(n_y, 1) },
    steps: 400,
    seed,
    learningRate: falling(0.03, 400),
    lossAndGradients: (current, random) => {
      const batch = draw(examples, 32, random);
      const y = oneHot<"n_y">(
        batch.map(({ label }) => label),
        n_y,
      );
      return oneToOneLossAndGradients(columns(batch.map(({ features }) => features)), y, current);
    },
  });
  return largestRows(oneToOne(columns(asked), parameters));
}

const meanFrame = (frames: readonly (readonly number[])[]): number[] =>
  frames[0]!.map((_, k) => frames.reduce((sum, frame) => sum + frame[k]!, 0) / frames.length);

/** Columns of 0 and 1, one below the other. */
const ones = (indices: readonly number[], size: number): number[] =>
  indices.flatMap((index) => Array.from({ length: size }, (_, k) => (k === index ? 1 : 0)));

async function speechShares(seed: number): Promise<Shares> {
  const { labels, split } = await speech();
  const digits = Vocabulary.of(labels);
  const truth = split.test.map(({ label }) => digits.indexOf(label));
  const said = regression(
    split.train.map(({ x, label }) => ({ features: meanFrame(x), label: digits.indexOf(label) })),
    split.test.map(({ x }) => meanFrame(x)),
    digits.size,
    seed,
  );
  const run = (batch: typeof split.train, parameters: ReturnType<typeof initializeGru>) => {
    const { x, mask, T_x } = padFrames(batch.map((one) => one.x));
    const y = oneHot<"n_y">(digits.encode(batch.map(({ label }) => label)), digits.size);
    const labelled = x.map(() => y) as unknown as Sequence<"n_y", "m">; // the digit at every frame
    return { ...gruLossAndGradients(x, labelled, zeros(24, batch.length), parameters, mask), T_x };
  };
  const parameters = trained(
    initializeGru({ n_x: 13, n_a: 24, n_y: digits.size }, seededRandom(seed)),
    split.train,
    { steps: 150, rate: 0.02, seed },
    run,
  );
  const { yhat, T_x } = run(split.test, parameters);
  const largest = Array.from(yhat, (yhat_t) => largestRows(yhat_t));
  return {
    baseline: shareEqual(said, truth),
    network: shareOf(truth.map((k, i) => largest[T_x[i]! - 1]![i] === k)),
  };
}

async function musicShares(seed: number): Promise<Shares> {
  const { tokens, split } = await music();
  const notes = Vocabulary.of(tokens, { end: true });
  const written = (tune: (typeof split.train)[number]): number[] => notes.encode([...tune.y, EOS]);
  const follows = Array.from({ length: notes.size }, () => new Array<number>(notes.size).fill(0));
  const pairs = (tune: (typeof split.train)[number]): (readonly [number, number])[] => {
    const y = written(tune);
    return y.map((k, t) => [t === 0 ? notes.indexOf(tune.x[0]!) : y[t - 1]!, k] as const);
  };
  for (const [before, k] of split.train.flatMap(pairs)) follows[before]![k]! += 1;
  const mostly = follows.map((counts) => counts.indexOf(Math.max(...counts)));
  const run = (batch: typeof split.train, parameters: ReturnType<typeof initializeRnn>) => {
    const x_1 = oneHot<"n_x">(notes.encode(batch.map(({ x }) => x[0]!)), notes.size);
    const { x: y, mask } = padBatch<"n_y">(batch.map(written), notes.size);
    return oneToManyLossAndGradients(x_1, y, zeros(32, batch.length), parameters, mask);
  };
  const parameters = trained(
    initializeRnn({ n_x: notes.size, n_a: 32, n_y: notes.size }, seededRandom(seed)),
    split.train,
    { steps: 200, rate: 0.03, seed },
    run,
  );
  const largest = Array.from(run(split.test, parameters).yhat, (yhat_t) => largestRows(yhat_t));
  return {
    baseline: shareOf(split.test.flatMap(pairs).map(([before, k]) => mostly[before] === k)),
    network: shareOf(
      split.test.flatMap((tune, i) => written(tune).map((k, t) => largest[t]![i] === k)),
    ),
  };
}

async function sentimentShares(seed: number): Promise<Shares> {
  const { tokens, labels, split } = await sentiment();
  const [words, feelings] = [Vocabulary.of(tokens), Vocabulary.of(labels)];
  const bag = (x: readonly string[]): number[] => {
    const counts = new Array<number>(words.size).fill(0);
    for (const k of words.encode(x)) counts[k]! += 1;
    return counts;
  };
  const truth = split.test.map(({ y }) => feelings.indexOf(y));
  const said = regression(
    split.train.map(({ x, y }) => ({ features: bag(x), label: feelings.indexOf(y) })),
    split.test.map(({ x }) => bag(x)),
    feelings.size,
    seed,
  );
  const run = (batch: typeof split.train, parameters: ReturnType<typeof initializeRnn>) => {
    const { x, mask } = padBatch<"n_x">(
      batch.map((one) => words.encode(one.x)),
      words.size,
    );
    const y = oneHot<"n_y">(feelings.encode(batch.map((one) => one.y)), feelings.size);
    return manyToOneLossAndGradients(x, y, zeros(16, batch.length), parameters, { mask });
  };
  const parameters = trained(
    initializeRnn({ n_x: words.size, n_a: 16, n_y: feelings.size }, seededRandom(seed)),
    split.train,
    { steps: 450, rate: 0.02, seed },
    run,
  );
  const largest = largestRows(run(split.test, parameters).yhat);
  return {
    baseline: shareEqual(said, truth),
    network: shareEqual(largest, truth),
  };
}

async function dnaShares(seed: number): Promise<Shares> {
  const { tokens, labels, split } = await dna();
  const [bases, kinds] = [Vocabulary.of(tokens), Vocabulary.of(labels)];
  const truth = split.test.map(({ y }) => kinds.indexOf(y));
  const placed = (x: readonly string[]): number[] => ones(bases.encode(x), bases.size);
  const said = regression(
    split.train.map(({ x, y }) => ({ features: placed(x), label: kinds.indexOf(y) })),
    split.test.map(({ x }) => placed(x)),
    kinds.size,
    seed,
  );
  const [before, meeting] = [30, 31]; // a step without a base, at which both directions have read theirs
  const start = initializeBidirectional(
    "rnn",
    { n_x: bases.size, n_a: 12, n_y: kinds.size },
    seededRandom(seed),
  );
  const run = (batch: typeof split.train, parameters: typeof start) => {
    const letters = batch.map(({ x }) => bases.encode(x));
    const x = Sequence.build<"n_x", "m">(61, (t) =>
      t === meeting
        ? Mat.zeros(bases.size, batch.length)
        : oneHot(
            letters.map((list) => list[t <= before ? t - 1 : t - 2]!),
            bases.size,
          ),
    );
    const y = oneHot<"n_y">(kinds.encode(batch.map((one) => one.y)), kinds.size);
    const answered = Sequence.build<"1", "m">(61, (t) =>
      Mat.filled(1, batch.length, t === meeting ? 1 : 0),
    );
    const labelled = Sequence.build<"n_y", "m">(61, () => y);
    return bidirectionalLossAndGradients(x, labelled, parameters, undefined, answered);
  };
  const parameters = trained(start, split.train, { steps: 300, rate: 0.02, seed }, run);
  const largest = largestRows(run(split.test, parameters).yhat.at(meeting));
  return {
    baseline: shareEqual(said, truth),
    network: shareEqual(largest, truth),
  };
}

/** A cell that decides: the one-hot column of the likeliest token is what it reads next. */
const deciding: RnnCell = (x_t, a_prev, parameters) => {
  const step = rnnCellForward(x_t, a_prev, parameters);
  return { ...step, yhat_t: oneHot(largestRows(step.yhat_t), step.yhat_t.rows) };
};

async function translationShares(seed: number): Promise<Shares> {
  const { tokens, outputTokens, split } = await translation("german");
  const [digits, parts] = [Vocabulary.of(tokens), Vocabulary.of(outputTokens, { end: true })];
  const three = (examples: typeof split.train) => examples.filter(({ x }) => x.length === 3);
  const [seen, unseen] = [three(split.train), three(split.test)];
  const written = (one: (typeof seen)[number]): number[] => parts.encode([...one.y, EOS]);
  const T_y = Math.max(...[...seen, ...unseen].map(({ y }) => y.length + 1));
  const end = parts.indexOf(EOS);
  const features = (one: (typeof seen)[number]): number[] => ones(digits.encode(one.x), 10);
  // One regression for each place of the answer.
  const places = Array.from({ length: T_y }, (_, t) =>
    regression(
      seen.map((one) => ({ features: features(one), label: written(one)[t] ?? end })),
      unseen.map(features),
      parts.size,
      seed,
    ),
  );
  const isRight = (one: (typeof seen)[number], said: readonly number[]): boolean => {
    const upToEnd = said.slice(0, said.includes(end) ? said.indexOf(end) + 1 : said.length);
    return upToEnd.join() === written(one).join();
  };
  const sizes = { n_a: 32, n_y: parts.size };
  const random = seededRandom(seed);
  const start = {
    encoder: initializeRnn({ n_x: digits.size, n_a: sizes.n_a, n_y: 1 }, random),
    decoder: initializeRnn({ n_x: parts.size, ...sizes }, random),
  };
  const columns = (batch: typeof seen): Sequence<"n_x", "m"> =>
    Sequence.build<"n_x", "m">(3, (t) =>
      oneHot(
        batch.map(({ x }) => digits.indexOf(x[t - 1]!)),
        digits.size,
      ),
    );
  const first = (m: number): Mat<"n_y", "m"> =>
    oneHot(
      Array.from({ length: m }, () => end),
      parts.size,
    );
  const { parameters } = train({
    parameters: start,
    steps: 700,
    seed,
    learningRate: falling(0.01, 700),
    lossAndGradients: (current, draws) => {
      const batch = draw(seen, 32, draws);
      const { x: y, mask } = padBatch<"n_y">(batch.map(written), parts.size);
      return encodeDecodeLossAndGradients(columns(batch), y, zeros(32, 32), current, first(32), {
        output: mask,
      });
    },
  });
  const { yhat } = encodeDecode(
    columns(unseen),
    zeros(32, unseen.length),
    parameters,
    first(unseen.length),
    T_y,
    deciding,
  );
  const largest = Array.from(yhat, (yhat_t) => largestRows(yhat_t));
  const exactMatch = (said: readonly (readonly number[])[]): number =>
    shareOf(
      unseen.map((one, i) =>
        isRight(
          one,
          said.map((said_t) => said_t[i]!),
        ),
      ),
    );
  return {
    baseline: exactMatch(places),
    network: exactMatch(largest),
  };
}

async function activityShares(seed: number): Promise<Shares> {
  const { labels, split } = await motion();
  const activities = Vocabulary.of(labels);
  const frames = split.train.flatMap(({ x }) => x);
  const means = meanFrame(frames);
  const deviations = means.map((mu, k) =>
    Math.sqrt(frames.reduce((sum, frame) => sum + (frame[k]! - mu) ** 2, 0) / frames.length),
  );
  const standardised = (x: readonly (readonly number[])[]): number[][] =>
    x.map((frame) => frame.map((value, k) => (value - means[k]!) / deviations[k]!));
  const truth = split.test.map(({ y }) => activities.indexOf(y));
  const said = regression(
    split.train.map(({ x, y }) => ({
      features: meanFrame(standardised(x)),
      label: activities.indexOf(y),
    })),
    split.test.map(({ x }) => meanFrame(standardised(x))),
    activities.size,
    seed,
  );
  const run = (batch: typeof split.train, parameters: ReturnType<typeof initializeRnn>) => {
    const { x, mask } = padFrames(batch.map((one) => standardised(one.x)));
    const y = oneHot<"n_y">(activities.encode(batch.map((one) => one.y)), activities.size);
    const a_0 = zeros(12, batch.length);
    return manyToOneLossAndGradients(x, y, a_0, parameters, { mask, read: "mean" });
  };
  const parameters = trained(
    initializeRnn({ n_x: means.length, n_a: 12, n_y: activities.size }, seededRandom(seed)),
    split.train,
    { steps: 60, rate: 0.02, seed },
    run,
  );
  const largest = largestRows(run(split.test, parameters).yhat);
  return {
    baseline: shareEqual(said, truth),
    network: shareEqual(largest, truth),
  };
}

async function nameShares(seed: number): Promise<Shares> {
  const { tokens, labels, split } = await nameTags();
  const [words, tags] = [Vocabulary.of(tokens), Vocabulary.of(labels)];
  const counts = Array.from({ length: words.size }, () => new Array<number>(tags.size).fill(0));
  for (const { x, tags: own } of split.train)
    x.forEach((word, k) => (counts[words.indexOf(word)]![tags.indexOf(own[k]!)]! += 1));
  const mostly = counts.map((tagged) => tagged.indexOf(Math.max(...tagged)));
  const start = initializeBidirectional(
    "rnn",
    { n_x: words.size, n_a: 16, n_y: tags.size },
    seededRandom(seed),
  );
  const run = (batch: typeof split.train, parameters: typeof start) => {
    const { x, mask } = padBatch<"n_x">(
      batch.map((one) => words.encode(one.x)),
      words.size,
    );
    const y = padBatch<"n_y">(
      batch.map((one) => tags.encode(one.tags)),
      tags.size,
    ).x;
    return bidirectionalLossAndGradients(x, y, parameters, mask);
  };
  const parameters = trained(start, split.train, { steps: 250, rate: 0.02, m: 32, seed }, run);
  const largest = Array.from(run(split.test, parameters).yhat, (yhat_t) => largestRows(yhat_t));
  const rightWords = (says: (word: string, k: number, i: number) => number): number =>
    shareOf(
      split.test.flatMap(({ x, tags: own }, i) =>
        x.map((word, k) => says(word, k, i) === tags.indexOf(own[k]!)),
      ),
    );
  return {
    baseline: rightWords((word) => mostly[words.indexOf(word)]!),
    network: rightWords((_word, k, i) => largest[k]![i]!),
  };
}

const seeds = 20;

/** The applications in the course's order: what is compared, and by which share. */
export const sevenApplications = [
  {
    application: "speech recognition",
    baseline: "mean of the frames",
    network: "GRU",
    measure: "digits of unheard voices",
    shares: speechShares,
  },
  {
    application: "music generation",
    baseline: "most frequent next note",
    network: "RNN",
    measure: "next notes",
    shares: musicShares,
  },
  {
    application: "sentiment classification",
    baseline: "bag of words",
    network: "RNN",
    measure: "reviews",
    shares: sentimentShares,
  },
  {
    application: "DNA sequence analysis",
    baseline: "base by position",
    network: "bidirectional RNN",
    measure: "junctions",
    shares: dnaShares,
  },
  {
    application: "machine translation",
    baseline: "digits by position",
    network: "encoder-decoder",
    measure: "numbers, every word right",
    shares: translationShares,
  },
  {
    application: "video activity recognition",
    baseline: "mean of the frames",
    network: "RNN, mean of states",
    measure: "clips",
    shares: activityShares,
  },
  {
    application: "named entity recognition",
    baseline: "most frequent tag",
    network: "bidirectional RNN",
    measure: "words",
    shares: nameShares,
  },
] as const;

/** All applications from all seeds; kept in src/data/applicationResults.ts, which lesson 11 shows. */
export const sevenApplicationsExperiment: Experiment<Shares> = {
  name: "seven-applications",
  about: "lesson 11: each application's network beside a simple baseline (3 minutes)",
  settings: { seeds },
  jobs: overSeeds(
    sevenApplications.map(({ application, shares }) => ({ name: application, shares })),
    seeds,
    async ({ shares }, seed) => {
      const { baseline, network } = await shares(seed);
      return { baseline: Number(baseline.toFixed(4)), network: Number(network.toFixed(4)) };
    },
  ),
  kept(results, provenance) {
    const rows = byModel(results, seeds).map((runs, k) => {
      const { application, baseline, network, measure } = sevenApplications[k]!;
      return {
        application,
        measure,
        baseline: { model: baseline, shares: runs.map((run) => run.baseline) },
        network: { model: network, shares: runs.map((run) => run.network) },
      };
    });
    return {
      file: ["src", "data", "applicationResults.ts"],
      text: `/** The seven applications over seeds, as \`${provenance.command}\` wrote it. */

/** One model's share of right answers on unseen examples, seed 1 first. */
export interface ModelShares {
  readonly model: string;
  readonly shares: readonly number[];
}

/** What came of one application. */
export interface ApplicationResult {
  readonly application: string;
  /** Of what the shares are. */
  readonly measure: string;
  readonly baseline: ModelShares;
  readonly network: ModelShares;
}

/** Where, when and with which settings it was measured. */
export const applicationProvenance = ${JSON.stringify(provenance)} as const;

/** ${seeds} trainings of each application's two models. */
export const applicationResults: readonly ApplicationResult[] = ${JSON.stringify(rows)};
`,
    };
  },
};
