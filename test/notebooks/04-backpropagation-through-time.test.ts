import {
  gradientCheck,
  initializeRnn,
  lossShares,
  Mat,
  oneHot,
  outputBackward,
  type Random,
  randomNormal,
  rnnBackward,
  rnnBackwardTruncated,
  type RnnCellBackward,
  rnnCellBackward,
  rnnCellScores,
  rnnForward,
  rnnLossAndGradients,
  type RnnParameters,
  seededRandom,
  Sequence,
  softmaxCrossEntropy,
  train,
} from "unrolled";
import { testLesson } from "./lesson.js";

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value) / values.length;

/** The lesson's streams: two random bits and their exclusive or; y is the bit that follows. */
function bitStreams(random: Random, T: number, m: number): { x: Sequence; y: Sequence } {
  const streams = Array.from({ length: m }, () => {
    const bits: number[] = [];
    while (bits.length <= T) {
      const [first, second] = [random.integer(2), random.integer(2)];
      bits.push(first, second, first ^ second);
    }
    return bits;
  });
  const bitsAt = (t: number): Mat =>
    oneHot(
      streams.map((bits) => bits[t - 1]!),
      2,
    );
  return { x: Sequence.build(T, bitsAt), y: Sequence.build(T, (t) => bitsAt(t + 1)) };
}

const n_a = 8;
const untrained = initializeRnn({ n_x: 2, n_a, n_y: 2 }, seededRandom(1));
const stateOf = (m: number): Mat => Mat.zeros(n_a, m);

/** Loss and gradients over a stream, with any step back. */
function xorPass(
  parameters: RnnParameters,
  { x, y }: { readonly x: Sequence; readonly y: Sequence },
  cellBackward: RnnCellBackward = rnnCellBackward,
) {
  const { a, yhat, caches } = rnnForward(x, stateOf(x.at(1).cols), parameters, rnnCellScores);
  const { total, perStep, dz } = softmaxCrossEntropy(yhat, y);
  const { da, dWya, dby } = outputBackward(dz, a, parameters);
  const { dWax, dWaa, dba } = rnnBackward(da, caches, cellBackward);
  return { total, perStep, gradients: { dWax, dWaa, dWya, dba, dby }, a, dz, caches };
}

/** The lesson's network after its 500 updates. */
const trainedWith = (cellBackward?: RnnCellBackward): RnnParameters =>
  train({
    parameters: untrained,
    steps: 500,
    learningRate: 0.02,
    lossAndGradients: (current, random) =>
      xorPass(current, bitStreams(random, 30, 32), cellBackward),
  }).parameters;

let known: RnnParameters | undefined;
const trained = (): RnnParameters => (known ??= trainedWith());

/** What an xor bit costs, or a coin flip, in bits over 200 streams. */
function bitsOf(kind: "xor" | "coin", parameters: RnnParameters): number {
  const { perStep } = xorPass(parameters, bitStreams(seededRandom(7), 30, 200));
  const chosen = [...perStep.data].filter((_, index) => (index % 3 === 1) === (kind === "xor"));
  return mean(chosen) / Math.LN2;
}

/** How long the gradient over 200 examples is, as a share of one example's on average. */
function leftOfGradient(): number {
  const { x, y } = bitStreams(seededRandom(7), 30, 200);
  const lengthOver = (...examples: readonly number[]): number => {
    const some = (all: Sequence): Sequence =>
      all.map((all_t): Mat => Mat.build(2, examples.length, (k, i) => all_t.get(k, examples[i]!)));
    const { gradients } = xorPass(trained(), { x: some(x), y: some(y) });
    return Math.hypot(...Object.values(gradients).map((gradient) => gradient.norm()));
  };
  const all = Array.from({ length: 200 }, (_, i) => i);
  return lengthOver(...all) / mean(all.map((i) => lengthOver(i)));
}

/** The parts ∂L⟨s⟩/∂a⟨t⟩ of the lesson's bars, t by t. */
function partsOf(parameters: RnnParameters): Mat[][] {
  const { dz, caches } = xorPass(parameters, bitStreams(seededRandom(7), 15, 50));
  const shares = lossShares(dz, caches);
  return shares.map((_, index) => shares.map((row) => row.at(index + 1)));
}

/** How much longer the parts are together than their sum, at the step where that is least. */
function leastExcess(parameters: RnnParameters): number {
  const severalParts = partsOf(parameters).slice(0, -1);
  return Math.min(
    ...severalParts.map(
      (parts) =>
        parts.reduce((sum, part) => sum + part.norm(), 0) /
        parts.reduce((sum, part) => sum.add(part)).norm(),
    ),
  );
}

/** How many losses reach a state across a cut when the way back of 12 steps is cut every 5. */
function reachedBeyondCut(): number {
  const [T, k] = [12, 5];
  const { a, caches } = xorPass(untrained, bitStreams(seededRandom(7), T, 1));
  let reached = 0;
  for (let s = 1; s <= T; s++) {
    const da = a.map((a_t, t): Mat => a_t.map(() => (t === s ? 1 : 0)));
    const { dx } = rnnBackwardTruncated(da, caches, k);
    for (let t = 1; t <= s; t++)
      if (Math.ceil(t / k) < Math.ceil(s / k) && dx.at(t).norm() > 0) reached++;
  }
  return reached;
}

/** How far Adam comes apart in 100 steps when all gradients are a sixteenth. */
function adamWithFactor(): number {
  const after = (factor: number): RnnParameters =>
    train({
      parameters: untrained,
      steps: 100,
      learningRate: 0.02,
      maxNorm: Infinity,
      lossAndGradients: (current, random) => {
        const { total, gradients } = xorPass(current, bitStreams(random, 30, 16));
        const times = (gradient: Mat): Mat => gradient.times(factor);
        const { dWax, dWaa, dWya, dba, dby } = gradients;
        return {
          total,
          gradients: {
            ...{ dWax: times(dWax), dWaa: times(dWaa), dWya: times(dWya) },
            ...{ dba: times(dba), dby: times(dby) },
          },
        };
      },
    }).parameters;
  const [whole, part] = [after(1), after(1 / 16)];
  return whole.Waa.sub(part.Waa).norm() / whole.Waa.sub(untrained.Waa).norm();
}

/** What the gradient check says of a network like the lesson's small one. */
interface Checks {
  /** Of the right gradient with this h. */
  readonly right: (h: number) => number;
  /** Of the transposed gradient. */
  readonly transposed: (h: number) => number;
  /** Of the right gradient where the loss is a float32 number. */
  readonly float32: (h: number) => number;
  /** Of the right gradient by differences to one side. */
  readonly oneSided: (h: number) => number;
}

/** Twenty networks as small as the lesson's under the gradient check. */
const twenty: readonly Checks[] = Array.from({ length: 20 }, (_, k) => {
  const random = seededRandom(k + 1);
  const [n_x, units, n_y, m, T] = [4, 5, 3, 2, 6];
  const parameters = {
    ...initializeRnn({ n_x, n_a: units, n_y }, random),
    ba: randomNormal<"n_a", "1">(units, 1, random, 0.3),
    by: randomNormal<"n_y", "1">(n_y, 1, random, 0.3),
  };
  const { Waa } = parameters;
  const x: Sequence = Sequence.build(T, () => randomNormal(n_x, m, random));
  const y: Sequence = Sequence.build(T, () => oneHot([random.integer(3), random.integer(3)], 3));
  const passAt = (moved: Mat) =>
    rnnLossAndGradients(x, y, Mat.zeros(units, m), { ...parameters, Waa: moved });
  const f = (moved: Mat): number => passAt(moved).total;
  const { dWaa } = passAt(Waa).gradients;
  return {
    right: (h) => gradientCheck(f, Waa, dWaa, h).relativeError,
    transposed: (h) => gradientCheck(f, Waa, dWaa.T, h).relativeError,
    float32: (h) => gradientCheck((moved) => Math.fround(f(moved)), Waa, dWaa, h).relativeError,
    oneSided: (h) => {
      const moved = (i: number, j: number): Mat =>
        Waa.map((value, row, column) => (row === i && column === j ? value + h : value));
      const n = Waa.map((_value, i, j) => (f(moved(i, j)) - f(Waa)) / h);
      return n.sub(dWaa).norm() / (n.norm() + dWaa.norm());
    },
  };
});

/** The exponent of the best h of some half powers of ten, on average over twenty networks. */
function bestExponent(): number {
  const exponents = [-6.5, -6, -5.5, -5, -4.5, -4, -3.5];
  return mean(
    twenty.map(({ right }) => {
      const errors = exponents.map((exponent) => right(10 ** exponent));
      return exponents[errors.indexOf(Math.min(...errors))]!;
    }),
  );
}

/** The power of h by which an error grows between two of them, on average over twenty networks. */
const powerOf = (error: keyof Checks, from: number, to: number): number =>
  mean(
    twenty.map((checks) => Math.log(checks[error](to) / checks[error](from)) / Math.log(to / from)),
  );

/** The largest state of forty networks behind weights near 0.001. */
function largestTinyState(): number {
  const largest = Array.from({ length: 40 }, (_, k) => {
    const random = seededRandom(k + 1);
    const parameters = {
      Wax: randomNormal<"n_a", "n_x">(3, 4, random, 0.001),
      Waa: randomNormal<"n_a", "n_a">(3, 3, random, 0.001),
      ...{ Wya: Mat.zeros<"n_y", "n_a">(2, 3), by: Mat.zeros<"n_y", "1">(2, 1) },
      ba: Mat.zeros<"n_a", "1">(3, 1),
    };
    const x: Sequence = Sequence.build(5, () => oneHot([random.integer(4), random.integer(4)], 4));
    const { a } = rnnForward(x, Mat.zeros(3, 2), parameters);
    return Math.max(...[...a].flatMap((a_t) => [...a_t.data].map(Math.abs)));
  });
  return Math.max(...largest);
}

/** The relative error of the gradient of w² at 3, 6, when `times` as much is claimed. */
const errorOfFactor = (times: number): number =>
  gradientCheck((w) => w.get(0, 0) ** 2, Mat.from([[3]]), Mat.from([[6 * times]])).relativeError;

/** Carries the gradient with Waa where its transpose belongs. */
const missingTranspose: RnnCellBackward = (da_next, cache) => {
  const dz = da_next.times(cache.a_next.map((a) => 1 - a * a));
  return { ...rnnCellBackward(da_next, cache), da_prev: cache.parameters.Waa.dot(dz) };
};

testLesson({
  name: "04-backpropagation-through-time",
  charts: 8,
  claims: [
    {
      what: "the shares of the losses are the library's",
      pattern: /to the library's lossShares: (\d\.\de[+-]\d+)/,
      atMost: 1e-12,
    },
    {
      what: "the network learns with the learner's own backward pass",
      pattern: /with (?:your|the library's) backward pass: (\d\.\d+)/,
      atLeast: 0.65,
      atMost: 0.7,
    },
    {
      what: "untrained, a third of the gradient comes from the xor bits",
      says: "in the untrained network about a third of the blame comes from there.",
      pattern: /xor bits' losses, untrained: (\d+)%/,
      atLeast: 28,
      atMost: 38,
    },
    {
      what: "trained, next to nothing of the gradient comes from the xor bits",
      says: "After training it is about a hundredth:",
      pattern: /xor bits' losses, trained: (\d+)%/,
      atLeast: 0.5,
      atMost: 2,
    },
    {
      what: "the backward pass stands the gradient check in all five parameters",
      says: [
        "Two uses, two parts that are added:",
        "a⟨t⟩ is used twice, so its gradient has two parts: its own output's, and what step t + 1 hands back.",
        "relative error below 10⁻⁷",
      ],
      pattern: /relative error of the five: (\d\.\de[+-]\d+)/,
      atMost: 1e-8,
    },
    {
      what: "the error of a central difference grows with h²",
      says: ["its right arm rises with h²", "to both sides, h²."],
      pattern: /the error grows (\d+) times/,
      atLeast: 80,
      atMost: 120,
    },
    {
      what: "a missing transpose looks small behind tiny weights",
      pattern: /missing transpose, this network: (\d\.\de[+-]\d+)/,
      atLeast: 3e-4,
      atMost: 1e-3,
    },
    {
      what: "a missing transpose is a quarter off with ordinary weights",
      pattern: /missing transpose, this network: .* (0\.\d+) at scale 0\.3/,
      atLeast: 0.2,
      atMost: 0.35,
    },
    {
      what: "it still trains, and stays behind",
      says: ["Nothing crashes, and the loss falls:"],
      pattern: /missing transpose (0\.\d+) bits per prediction/,
      atLeast: 0.85,
      atMost: 0.95,
    },
    {
      what: "ten bugs are in the museum",
      says: ["Here are ten wrong steps back."],
      pattern: /of (\d+) bugs the slowest/,
      atLeast: 10,
      atMost: 10,
    },
    {
      what: "each of them trains: its loss falls below what guessing costs",
      says: [
        "None of them fails.",
        "With every one of them the loss falls below the one bit that guessing costs",
      ],
      pattern: /bugs the slowest comes from 1\.\d+ to (\d\.\d+) bits/,
      atMost: 0.99,
    },
    {
      what: "three of them train as the right step does",
      says: "with three it ends where the right step's does (one network, of seed 1)",
      pattern: /bits; (\d+) end within 0\.05 of the right step's/,
      atLeast: 3,
      atMost: 3,
    },
    {
      what: "the museum's chart unmasks each of them",
      says: [
        "Ten bugs have an error of … or more, the right step",
        "The chart unmasks all ten: between the right step and the wrong ones lie more than seven powers of ten.",
      ],
      pattern: /the smallest error of a bug is (\d\.\d+)/,
      atLeast: 0.03,
    },
    {
      what: "and has nothing against the right step",
      says: "between the right step and the wrong ones lie more than seven powers of ten.",
      pattern: /or more, the right step (\d+e-\d+)/,
      atMost: 1e-9,
    },
    {
      what: "cut at every step, a good part of the gradient is gone",
      pattern: /k = 1: (\d+\.\d)%/,
      atLeast: 15,
    },
    {
      what: "cut nowhere, nothing is gone",
      pattern: /k = 30: (\d+\.\d)%/,
      atMost: 0,
    },
    {
      what: "the missing transpose's smallest error over 40 networks, behind tiny weights",
      says: "over 40 networks the errors go from 5·10⁻⁵ to 4·10⁻³",
      pattern: /Missing transpose, 40 networks at scale 0\.001: (\S+) …/,
      atLeast: 4.5e-5,
      atMost: 5.5e-5,
    },
    {
      what: "its middle error there",
      pattern: /Missing transpose, 40 networks at scale 0\.001: \S+ … (\S+) …/,
      atLeast: 0.0003,
      atMost: 0.002,
    },
    {
      what: "its largest error there",
      says: "over 40 networks the errors go from 5·10⁻⁵ to 4·10⁻³",
      pattern: /Missing transpose, 40 networks at scale 0\.001: \S+ … \S+ … (\S+),/,
      atLeast: 0.0035,
      atMost: 0.0045,
    },
    {
      what: "the check objects to the missing transpose in all 40",
      pattern: /Missing transpose, 40 networks at scale 0\.001: .*above 1e-7: (\d+)/,
      atLeast: 40,
      atMost: 40,
    },
    {
      what: "with ordinary weights it is a quarter off in the middle of 40",
      says: "the same code is off by a quarter in the middle one of the 40.",
      pattern: /Missing transpose, 40 networks at scale 0\.3: \S+ … (\S+) …/,
      atLeast: 0.2,
      atMost: 0.27,
    },
    {
      what: "the check objects to a forgotten tanh′ in all 40, too",
      pattern: /tanh′ forgotten, 40 networks at scale 0\.001: .*above 1e-7: (\d+)/,
      atLeast: 40,
      atMost: 40,
    },
    {
      what: "a forgotten tanh′ comes down below 3e-7 behind tiny weights",
      says: "Its errors are 2·10⁻⁷ to 3·10⁻⁶, next to the largest of a right gradient there, 10⁻⁷",
      pattern: /tanh′ forgotten, 40 networks at scale 0\.001: (\S+) …/,
      atLeast: 1.5e-7,
      atMost: 2.5e-7,
    },
    {
      what: "where a right gradient's largest error is about 1e-7",
      says: "Its errors are 2·10⁻⁷ to 3·10⁻⁶, next to the largest of a right gradient there, 10⁻⁷",
      pattern: /No bug, 40 networks at scale 0\.001: \S+ … \S+ … (\S+),/,
      atLeast: 5e-8,
      atMost: 2e-7,
    },
    {
      what: "with ordinary weights a right gradient stays far below the line",
      says: "At scale 0.3 the smallest error of a bug and the largest of a right gradient are more than seven powers of ten apart.",
      pattern: /No bug, 40 networks at scale 0\.3: \S+ … \S+ … (\S+),/,
      atMost: 1e-9,
    },
    ...["Missing transpose", "tanh′ forgotten", "Nothing carried back"].map((bug) => ({
      what: `with ordinary weights this stays far above it: ${bug}`,
      says: "At scale 0.3 the smallest error of a bug and the largest of a right gradient are more than seven powers of ten apart.",
      pattern: new RegExp(`${bug}, 40 networks at scale 0\\.3: (\\S+) …`),
      atLeast: 0.02,
    })),
    {
      what: "untrained, most of a state's gradient comes from ahead",
      says: "In the untrained network most of a state's gradient comes from losses that lie ahead.",
      pattern: /on average: (\d+)% untrained/,
      atLeast: 58,
      atMost: 68,
    },
    {
      what: "trained, about half does",
      pattern: /untrained, (\d+)% trained/,
      atLeast: 45,
      atMost: 60,
    },
    {
      what: "trained, ten of fifteen states get over half from their own loss",
      says: "the ten others get over half from their own loss.",
      pattern: /trained: (\d+) of 15 states/,
      atLeast: 10,
      atMost: 10,
    },
    {
      what: "the five others get next to nothing from it",
      says: "at t = 2, 5, 8, … a state's own loss is an xor bit's, which has fallen silent, and nearly all that arrives comes from ahead",
      pattern: /at t = 2, 5, 8, … it is at most (\d+\.\d)%/,
      atMost: 4,
    },
    {
      what: "the first chart's title is what its bars show",
      pattern: /itself has (3\d)% of the summed length/,
      atLeast: 36,
      atMost: 38,
    },
    {
      what: "one cut at 29 of 30 steps still costs something",
      says: "one cut at k = 29 of 30 steps still costs some percent.",
      pattern: /k = 29: (\d+\.\d)%/,
      atLeast: 2,
      atMost: 15,
    },
    {
      what: "15 states get 15 + 14 + … + 1 parts, of their own loss and each later one",
      says: [
        "Through the second use it has a hand in every later output.",
        "So ∂L/∂a⟨t⟩ is a sum over L⟨t⟩, L⟨t+1⟩, …, L⟨T⟩.",
      ],
      value: () =>
        partsOf(untrained)
          .flat()
          .filter((part) => part.norm() > 0).length,
      atLeast: 120,
      atMost: 120,
    },
    ...(["untrained", "trained"] as const).map((when) => ({
      what: `the parts of a state's gradient point against each other: ${when}`,
      says: "where there are several, their lengths add up to more than the length of their sum.",
      value: () => leastExcess(when === "trained" ? trained() : untrained),
      atLeast: 1.01,
    })),
    {
      says: "those losses are nearly zero",
      value: () => bitsOf("xor", trained()),
      atMost: 0.02,
    },
    {
      what: "a coin flip costs its bit",
      says: "The gradient that is left comes from the coin flips, which nobody can predict",
      value: () => bitsOf("coin", trained()),
      atLeast: 0.99,
      atMost: 1.02,
    },
    {
      what: "a ninth of an example's gradient is left in the mean over 200",
      says: "over many examples it nearly averages out.",
      value: leftOfGradient,
      atMost: 0.15,
    },
    {
      says: "Moving to one side only has an error of the size h",
      value: () => powerOf("oneSided", 1e-4, 1e-2),
      atLeast: 0.98,
      atMost: 1.02,
    },
    {
      what: "the smallest error of a right gradient in 40 networks is still above 0",
      says: "Two gradients are hardly ever equal to the last digit",
      pattern: /No bug, 40 networks at scale 0\.3: (\S+) …/,
      atLeast: 1e-13,
    },
    ...([1, -1] as const).map((times) => ({
      what: `${times} times the gradient has an error of ${times === 1 ? 0 : 1}`,
      says: "It lies between 0 and 1.",
      value: () => errorOfFactor(times),
      atLeast: times === 1 ? 0 : 1,
      atMost: times === 1 ? 1e-9 : 1,
    })),
    ...[2, 1 / 2].map((times) => ({
      what: `${times} times the gradient has an error of a third`,
      says: "A factor of 2: if g = 2n, the error is ‖n‖ / 3‖n‖ = ⅓. (g = n/2 gives the same.)",
      value: () => errorOfFactor(times),
      atLeast: 0.3333,
      atMost: 0.3334,
    })),
    {
      what: "the error grows as h shrinks",
      says: [
        "A tiny h subtracts two nearly equal numbers, and only their rounding errors are left.",
        "its left arm with 1/h.",
      ],
      value: () => powerOf("right", 1e-7, 1e-10),
      atLeast: -1.1,
      atMost: -0.9,
    },
    {
      what: "in the lesson's network the best h is 10⁻⁵",
      says: "In between is a best place",
      pattern: /The check is sharpest at h = (\S+):/,
      atLeast: 0.9e-5,
      atMost: 1.1e-5,
    },
    { says: "best near h = 10⁻⁵", value: bestExponent, atLeast: -5.5, atMost: -4.5 },
    {
      what: "between 10⁻¹⁰ and 10⁻² the transposed gradient's error hardly changes",
      says: "A wrong gradient does not care: its error stays where it is",
      value: () =>
        Math.max(
          ...twenty.flatMap(({ transposed }) =>
            [1e-10, 1e-2].map((h) => Math.abs(transposed(h) / transposed(1e-5) - 1)),
          ),
        ),
      atMost: 0.1,
    },
    ...(["float32", "right"] as const).map((kind) => ({
      what: `the check objects to each of twenty right gradients: ${kind === "right" ? "h = 10⁻¹⁰" : kind}`,
      says: "Checking with float32, or with h = 10⁻¹⁰. The left arm of the V: a right gradient fails there, by rounding alone.",
      value: () =>
        Math.min(...twenty.map((checks) => checks[kind](kind === "right" ? 1e-10 : 1e-5))),
      atLeast: 1e-6,
    })),
    {
      what: "to carry nothing back costs at most 3 thousandths there",
      says: "With weights near 0.001 hardly anything is carried, so hardly anything can be wrong:",
      pattern: /Nothing carried back, 40 networks at scale 0\.001: \S+ … \S+ … (\S+),/,
      atMost: 0.004,
    },
    {
      says: "with tiny weights and no biases every a is near 0, where tanh is a straight line of slope 1.",
      value: largestTinyState,
      atMost: 0.005,
    },
    {
      what: "a forgotten tanh′ is at most 3e-6 off there, less than the missing transpose ever is",
      says: [
        "A forgotten tanh′ shrinks even more:",
        "Its errors are 2·10⁻⁷ to 3·10⁻⁶, next to the largest of a right gradient there, 10⁻⁷",
      ],
      pattern: /tanh′ forgotten, 40 networks at scale 0\.001: \S+ … \S+ … (\S+),/,
      atLeast: 2.5e-6,
      atMost: 3.5e-6,
    },
    {
      what: "with a missing transpose an xor bit costs 0.6 bits",
      says: "an xor bit still costs 0.6 bits, where the right pass pays less than a hundredth.",
      value: () => bitsOf("xor", trainedWith(missingTranspose)),
      atLeast: 0.55,
      atMost: 0.65,
    },
    {
      what: "and with the right one",
      says: "an xor bit still costs 0.6 bits, where the right pass pays less than a hundredth.",
      value: () => bitsOf("xor", trained()),
      atMost: 0.01,
    },
    {
      says: "To Adam, lesson 06, a factor in all gradients makes hardly a difference.",
      value: adamWithFactor,
      atMost: 1e-4,
    },
    {
      says: "A dependency of k steps or more gets no gradient at all, and a shorter one gets none where it happens to cross a cut:",
      value: reachedBeyondCut,
      atMost: 0,
    },
  ],
  noClaims: {
    minutes: ["About 20 minutes to read, and 85 for the exercises."],
    supposition: [
      "The loss of step 8 is too high.",
      "Of the weights, certainly, but they were used at step 8, at step 7, … at step 1, and each use had a part in it.",
      "For a text of a million letters that is too much",
      "T_x = 10, and only the last step has an output.",
      "The relative error is 0.33 at every h.",
    ],
    history: ["The weights start at random numbers divided by 1000."],
    outline: [
      "First a network that knows nothing, then the same one after training with your backward pass.",
      "all five parameters of a small network, over 6 steps, with biases that are not zero.",
      "Here is that bug in our words, with two others that are easy to write, under the gradient check at two scales of the initial weights:",
      "Each trains the same network on the same bits for 100 steps.",
      "On the trained network, 30 steps:",
    ],
    instruction: [
      "One line is enough: below 10⁻⁷ the check has nothing to object to; above it, find out why.",
      "Check gradients with weights that are not tiny, with biases that are not zero, over more than one step.",
    ],
    interface: ["`outputBackward` is step 0 above and the first part of step 1."],
    arithmetic: [
      "∂L/∂a⟨1⟩ has one part: that one, carried back through nine steps.",
      "The other nine losses do not exist.",
    ],
    definition: [
      "Forward, a⟨t⟩ is used twice: for its own output ŷ⟨t⟩, and for the next state a⟨t+1⟩.",
      "two random bits, then their exclusive or, again and again.",
      "Every third prediction is an xor bit (s = 2, 5, 8, …)",
      "Two forward passes for each weight:",
      "The bug sits in the carried gradient, and that is multiplied by $W_{aa}$ at every step.",
      "so the way back is truncated, cut every k steps:",
      "With k = 1 no step is ever told what its state was good for later.",
      "Between the two lies a choice.",
      "Each step overwrites the gradient of the step before; what is left is step 1's.",
      "Only the own output's part of ∂L/∂a⟨t⟩: the network learns each step for itself.",
      "The check compares the two with each other.",
      "A wrong model with its right gradient passes; only known values find that.",
      "- dz = (1 − a²) ∗ da, then transposes:",
    ],
    label: [
      "largest difference to the library's lossShares: …",
      "after 500 updates with … backward pass: … bits per prediction",
      "trained: … of 15 states get over half from their own loss; at t = 2, 5, 8, … it is at most …%",
      "worst at row",
      "largest relative error of the five: …",
      "right arm: from h = 0.001 to h = 0.01 the error grows … times",
      "Nothing carried back",
      "…, 40 networks at scale …: … … … … …, above 1e-7: …",
      "right …, missing transpose … bits per prediction (two thirds is the best there is, 1 is chance)",
      "the wrong one of two names",
      "Divided by m twice",
      "of … bugs the slowest comes from … to … bits; … end within 0.05 of the right step's …; the smallest error of a bug is",
    ],
  },
});
