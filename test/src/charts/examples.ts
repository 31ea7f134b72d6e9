/** Every chart once, drawn from small data; the tests and the gallery read this list. */
import * as charts from "../../../src/charts/index.js";
import { Mat } from "../../../src/core/matrix.js";
import { Sequence } from "../../../src/notation/sequence.js";
import { randomNormal, seededRandom } from "../../../src/core/random.js";
import { temperatureSoftmax } from "../../../src/sampling.js";

/** A chart and the function that draws it from fresh data each time. */
export interface ChartExample {
  readonly name: string;
  readonly draw: () => charts.VegaLiteSpec;
  /** What its data and options are, to see whether drawing leaves them as they were. */
  readonly inputs: readonly unknown[];
}

/** A chart of `inputs`. */
function example<A extends readonly unknown[]>(
  name: string,
  chart: (...inputs: A) => charts.VegaLiteSpec,
  ...inputs: A
): ChartExample {
  return { name, draw: () => chart(...inputs), inputs };
}

const random = seededRandom(3);
const letters = Array.from("hello world");

/** x⟨t⟩ that spells `word` over the `tokens`. */
function spelled(word: readonly string[], tokens: readonly string[]): Sequence {
  return Sequence.of(
    word.map((letter) => Mat.column(tokens.map((token) => (token === letter ? 1 : 0)))),
  );
}

const states = Sequence.build(letters.length, () => randomNormal(8, 2, random, 0.9).map(Math.tanh));

/** A figure of five joints that waves its hand, and one that jumps. */
const wave: charts.Motion = {
  name: "wave",
  frames: Array.from({ length: 24 }, (_, f) => [
    ...[0, 0, 0, 1, 0, 1.4, 0.4, 0.9],
    ...[0.7 + 0.15 * Math.sin(f / 2), 1.3 + 0.1 * Math.cos(f / 2)],
  ]),
};
const jump: charts.Motion = {
  name: "jump",
  frames: Array.from({ length: 20 }, (_, f) => {
    const up = Math.max(0, Math.sin(f / 3)) * 0.5;
    return [0, up, 0, 1 + up, 0, 1.4 + up, 0.4, 0.9 + up, 0.5, 0.5 + up];
  }),
};
const figure: charts.Figure = {
  joints: ["hip", "neck", "head", "elbow", "hand"],
  bones: [
    ["hip", "neck"],
    ["neck", "head"],
    ["neck", "elbow"],
    ["elbow", "hand"],
  ],
};

/** Words as a track. */
function words(text: string): charts.TimelineTrack {
  const rows = text.split(" ").map((label, k) => ({ t: k + 1, label, value: k }));
  return { kind: "tokens", rows };
}

/** What an LSTM could have done over 40 steps: three units, one of which keeps what step 9 wrote. */
const memory: readonly charts.GateStep[] = (() => {
  let c_prev = Mat.zeros<"n_a", "m">(3, 1);
  return Array.from({ length: 40 }, (_, k) => {
    const open = k === 8 || k === 29 ? 0.9 : 0.05;
    const column = (...values: number[]): Mat<"n_a", "m"> => Mat.column(values);
    const c_next = c_prev.add(column(open, 0.01, -0.02 * open));
    const step = {
      gamma_f: column(0.98, 0.9, 0.5),
      gamma_u: column(open, 0.1, 0.2),
      gamma_o: column(0.3, 0.6, k / 40),
      c_prev,
      c_next,
    };
    c_prev = c_next;
    return step;
  });
})();

/** The charts. */
export const examples: readonly ChartExample[] = [
  example("timeline", charts.timeline, [
    {
      application: "named entities",
      x: "a word",
      y: "1 if the word is part of a name",
      timeline: {
        input: words("Harry Potter and Hermione Granger invented a new spell"),
        output: words("1 1 0 1 1 0 0 0 0"),
      },
    },
    {
      application: "sentiment",
      x: "a word",
      y: "a rating",
      timeline: {
        input: words("there is nothing to like in this movie"),
        output: words("one-star"),
      },
    },
  ]),
  example("timeline, numbers", charts.timeline, [
    {
      application: "speech recognition",
      x: "13 coefficients of a frame of sound",
      y: "a letter",
      timeline: {
        input: {
          kind: "numbers" as const,
          rows: Array.from({ length: 40 * 13 }, (_, n) => ({
            t: Math.floor(n / 13) + 1,
            label: `MFCC ${(n % 13) + 1}`,
            value: Math.sin(n / 31) + random.normal() / 3,
          })),
        },
        output: words("s e v e n"),
      },
    },
    {
      application: "DNA",
      x: "a base",
      y: "the kind of junction",
      timeline: { input: words(Array.from("ACGT".repeat(15)).join(" ")), output: words("EI") },
    },
  ]),
  example(
    "accuracyBars",
    charts.accuracyBars,
    [
      { model: "bag of bases", accuracy: 0.53, knows: "how often each base occurs, no position" },
      { model: "softmax on base × position", accuracy: 0.958, knows: "each base at each position" },
      {
        model: "RNN, read at the end",
        accuracy: 0.61,
        knows: "all 60 bases, the junction 30 steps ago",
      },
      {
        model: "bidirectional RNN",
        accuracy: 0.97,
        knows: "both sides of the junction, read at the junction",
      },
    ],
    { baseline: 0.52 },
  ),
  example(
    "oneHotHeatMap",
    charts.oneHotHeatMap,
    spelled(letters, ["d", "e", "h", "l", "o", "r", "w", " ", "<UNK>", "<EOS>"]),
    ["d", "e", "h", "l", "o", "r", "w", "␣", "<UNK>", "<EOS>"],
  ),
  example(
    "paddedBatch",
    charts.paddedBatch,
    Sequence.build(9, (t) => Mat.from([[t <= 4 ? 1 : 0, t <= 9 ? 1 : 0, t <= 6 ? 1 : 0]])),
    { tokens: [Array.from("ruth"), Array.from("alexander"), Array.from("sophie")] },
  ),
  example("storageBars", charts.storageBars, [
    { name: "letters", n_x: 28, steps: 40000 },
    { name: "DNA", n_x: 4, steps: 191160 },
    { name: "words", n_x: 10000, steps: 40000 },
  ]),
  example("rolledUnrolled", charts.rolledUnrolled, { T_x: 4, tokens: ["h", "e", "l", "l"] }),
  example("rolledUnrolled, rolled", charts.rolledUnrolled, { T_x: 8, view: "rolled" as const }),
  example("rolledUnrolled, long", charts.rolledUnrolled, { T_x: 8 }),
  example("hiddenStateHeatMap", charts.hiddenStateHeatMap, states, {
    tokens: letters,
    example: 2,
  }),
  example("activationCurves", charts.activationCurves),
  example(
    "positionLoss",
    charts.positionLoss,
    Array.from({ length: 24 }, (_, k) => (k % 3 === 2 ? 0.01 : 1 - 0.01 * (k % 2))),
  ),
  example("lossCurves", charts.lossCurves),
  example("perStepLoss", charts.perStepLoss, Mat.from([[2.3, 1.2, 0.4, 0.9, 0, 0]]), {
    withoutMask: Mat.from([[2.3, 1.2, 0.4, 0.9, 2.1, 2.2]]),
  }),
  example("perStepLoss, no mask", charts.perStepLoss, Mat.from([[2.3, 1.2, 0.4]])),
  example(
    "bceAgainstCe",
    charts.bceAgainstCe,
    Array.from({ length: 120 }, (_, n) => {
      const K = 2 + (n % 2);
      const scores = Array.from({ length: K }, () => Math.exp(1.3 * random.normal()));
      const total = scores.reduce((sum, score) => sum + score, 0);
      const yhat = scores.map((score) => score / total);
      const ce = -Math.log(yhat[0]!);
      return { K, ce, bce: yhat.slice(1).reduce((sum, p) => sum - Math.log(1 - p), ce) };
    }),
  ),
  example("dependencyGraph", charts.dependencyGraph, 5, { t: 3 }),
  example(
    "gradientShares",
    charts.gradientShares,
    Mat.build(12, 12, (s, t) => (s < t ? 0 : 0.75 ** (s - t))),
  ),
  example(
    "gradientCheckPlot",
    charts.gradientCheckPlot,
    Array.from({ length: 13 }, (_, k) => ({
      h: 10 ** -k,
      relativeError: 0.1 * 10 ** (-2 * k) + 1e-16 * 10 ** k,
    })),
  ),
  example(
    "truncatedNorms",
    charts.truncatedNorms,
    [1, 2, 5, 10, 20].map((k) => ({ k, relativeError: 0.8 ** k })),
  ),
  example("bugMuseum", charts.bugMuseum, [
    { bug: "Whh for Whhᵀ", scale: 0.01, relativeError: 6.5e-4 },
    { bug: "Whh for Whhᵀ", scale: 0.3, relativeError: 0.27 },
    { bug: "1 − a² left out", scale: 0.01, relativeError: 2e-4 },
    { bug: "1 − a² left out", scale: 0.3, relativeError: 0.31 },
    { bug: "none", scale: 0.01, relativeError: 2e-10 },
    { bug: "none", scale: 0.3, relativeError: 1e-9 },
  ]),
  ...charts.fiveTypeNames.map((first) =>
    example(`fiveTypes, ${first}`, charts.fiveTypes, { first }),
  ),
  example(
    "trainingCurve",
    charts.trainingCurve,
    Array.from({ length: 200 }, (_, k) => [
      { step: k * 5, loss: 2.3 * Math.exp(-k / 60) + 0.2, series: "last state" },
      { step: k * 5, loss: 2.3 * Math.exp(-k / 30) + 0.3, series: "mean of the states" },
    ]).flat(),
  ),
  example(
    "trainingCurve, one",
    charts.trainingCurve,
    Array.from({ length: 50 }, (_, k) => ({ step: k, loss: 2.3 * Math.exp(-k / 12) })),
    { log: true },
  ),
  example(
    "confusionHeatMap",
    charts.confusionHeatMap,
    Mat.from([
      [30, 1, 0, 2],
      [0, 28, 5, 0],
      [0, 3, 33, 0],
      [1, 0, 0, 20],
    ]),
    ["walk", "wave", "jump", "sit"],
  ),
  example("gatedMemory", charts.gatedMemory),
  example(
    "gateHeatMap",
    charts.gateHeatMap,
    { Γu: states.map((a_t) => a_t.map((v) => (1 + v) / 2)), c: states },
    { tokens: letters, marked: letters.map((letter) => letter === "o"), markedName: "an o" },
  ),
  example(
    "seedDots",
    charts.seedDots,
    [
      { model: "both gates", values: [99, 100, 98, 100, 100], live: 100 },
      { model: "no gate", values: [20, 35, 31, 18, 44], live: 35 },
    ],
    { measure: "right answers (%)", chance: 12.5 },
  ),
  example("carriedGradient", charts.carriedGradient, [
    { series: "GRU", norms: Array.from({ length: 50 }, (_, k) => 3 * 0.99 ** k) },
    { series: "tanh", norms: Array.from({ length: 50 }, (_, k) => 2 * 0.5 ** k) },
  ]),
  example("gateStrips", charts.gateStrips, memory, { marked: [9, 30] }),
  example("gateStrips, no marks", charts.gateStrips, memory.slice(0, 12), { units: [2] }),
  example(
    "seedsBelow",
    charts.seedsBelow,
    [
      { model: "tanh", values: [0.16, 0.17, 0.19] },
      { model: "LSTM", values: [0.0012, 0.0009, 0.004] },
    ],
    { good: 0.01, baseline: 1 / 6, valueTitle: "mean squared error" },
  ),
  example("successRates", charts.successRates, [
    { model: "not clipped", successes: 0, trials: 20 },
    { model: "clipped at 1", successes: 14, trials: 20 },
  ]),
  example("besideBaseline", charts.besideBaseline, [
    {
      task: "speech recognition",
      baseline: { model: "mean of the frames", shares: [0.77, 0.78] },
      network: { model: "GRU", shares: [0.84, 0.88] },
    },
    {
      task: "machine translation",
      baseline: { model: "digits by position", shares: [1, 1] },
      network: { model: "encoder-decoder", shares: [0.99, 0.96] },
    },
  ]),
  example("motionTrace", charts.motionTrace, [wave, jump], figure),
  example("bothDirections", charts.bothDirections, 5, {
    tokens: ["he", "said", "rose", "petals", "fell"],
  }),
  example("bothDirections, long", charts.bothDirections, 6),
  example("deepGrid", charts.deepGrid, 5, 3),
  example("deepGrid, one layer", charts.deepGrid, 2, 1),
  example("parameterBars", charts.parameterBars, [
    { name: "Wf", part: "LSTM", rows: 64, columns: 154 },
    { name: "bf", part: "LSTM", rows: 64, columns: 1 },
    { name: "Wya", part: "output", rows: 90, columns: 64 },
  ]),
  example(
    "reachHeatMap",
    charts.reachHeatMap,
    {
      "ŷ⟨t⟩": Mat.build(6, 6, (t, s) => 0.9 ** Math.abs(t - s)),
      "a→⟨t⟩": Mat.build(6, 6, (t, s) => (s > t ? 0 : 0.8 ** (t - s))),
    },
    { tokens: Array.from("silent") },
  ),
  example(
    "wordProbabilities",
    charts.wordProbabilities,
    ["he said rose was late", "he said rose petals fell"].flatMap((sentence, n) =>
      sentence.split(" ").flatMap((word, k) =>
        ["forward", "both"].map((model) => ({
          sentence,
          t: k + 1,
          word,
          model,
          p: k !== 2 ? 0.01 : model === "forward" ? 0.4 : n === 0 ? 0.98 : 0.02,
        })),
      ),
    ),
    { of: "p(person)" },
  ),
  example("heatMap", charts.heatMap, randomNormal(5, 7, random), {
    rowTitle: "unit",
    columnTitle: "example",
  }),
  example("natsBars", charts.natsBars, [
    { model: "uniform", nats: 3.296, knows: "nothing" },
    { model: "bigram", nats: 2.426, knows: "the letter before" },
    { model: "RNN", nats: 2.08, knows: "all letters before" },
  ]),
  example("sampledShares", charts.sampledShares, [0, 1, 1, 2, 1, 0], Mat.column([0.3, 0.5, 0.2]), [
    "a",
    "b",
    "<EOS>",
  ]),
  example(
    "temperatureSlider",
    charts.temperatureSlider,
    [0.5, 1, 1.5].map((temperature) => ({
      temperature,
      yhat_t: temperatureSoftmax<"n_y", "1">(Mat.column([2, 1, 0.5]), temperature),
      lines: [`anna ${temperature}`, "bab"],
    })),
    ["a", "b", "n"],
  ),
  example(
    "neuronText",
    charts.neuronText,
    Sequence.build(61, () => randomNormal(4, 1, random, 0.9).map(Math.tanh)),
    Array.from("anna bella carla dora emma fiona greta hanna ida julia karin "),
  ),
  example(
    "gradientByLag",
    charts.gradientByLag,
    ["linear", "tanh"].flatMap((view) =>
      [0.5, 1.5].flatMap((rho) =>
        [0, 10, 20].map((lag) => ({
          lag,
          norm: view === "tanh" && rho > 1 ? 1 + lag / 20 : rho ** lag,
          series: `ρ = ${rho}`,
          view,
        })),
      ),
    ),
  ),
  example(
    "cliff",
    charts.cliff,
    [4, 5, 6].flatMap((w) => [-3, -2].map((b) => ({ w, b, loss: (w + b) ** 2 / 10 }))),
    ["free", "clipped"].flatMap((series) =>
      [0, 1, 2].map((step) => ({
        step,
        w: 5 - step / (series === "free" ? 0.1 : 4),
        b: -2.5,
        loss: 0.5 - step / 10,
        series,
      })),
    ),
  ),
];
