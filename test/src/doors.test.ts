/**
 * Every function of "unrolled", and of the same name of "unrolled/engine", and what draws in "unrolled/data", refuses a
 * wrong argument in words, at its own door, or one with a wrong part, and what it refuses changes nothing: no error of
 * the language's comes out, such as "undefined is not iterable".
 */
import assert from "node:assert/strict";
import * as unrolled from "unrolled";
import * as data from "unrolled/data";
import * as engine from "unrolled/engine";
import {
  adamStart,
  gruForward,
  initializeBidirectional,
  initializeDeep,
  initializeGru,
  initializeLayer,
  initializeLstm,
  initializeRnn,
  lstmForward,
  Mat,
  oneHot,
  randomNormal,
  rnnForward,
  seededRandom,
  Sequence,
  softmaxCrossEntropy,
  UnrolledError,
} from "unrolled";

const random = seededRandom(3);
const [n_x, n_a, n_y, m, T] = [2, 3, 2, 2, 3];
const sizes = { n_x, n_a, n_y };
const x = Sequence.build(T, () => randomNormal<"n_x", "m">(n_x, m, random));
const da = Sequence.build(T, () => randomNormal<"n_a", "m">(n_a, m, random));
const y = Sequence.build(T, () => oneHot<"n_y">([0, 1], n_y));
const z = Sequence.build(T, () => randomNormal<"n_y", "m">(n_y, m, random));
const mask = Sequence.build(T, (t) => Mat.from<"1", "m">([[1, t < 3 ? 1 : 0]]));
const a_0 = Mat.zeros<"n_a", "m">(n_a, m);
const rnn = initializeRnn(sizes, random);
const gru = initializeGru(sizes, random);
const lstm = initializeLstm(sizes, random);
const layer = initializeLayer("gru", { n_x, n_a }, random);
const both = initializeBidirectional("rnn", sizes, random);
const deep = initializeDeep("lstm", { ...sizes, L: 2 }, random);
const [rnnRun, gruRun, lstmRun] = [
  rnnForward(x, a_0, rnn),
  gruForward(x, a_0, gru),
  lstmForward(x, a_0, lstm),
];
const W = Mat.from([[1, 2]]);
const dW = Mat.from([[3, 4]]);
const one = { W: Mat.zeros(n_y, n_x), b: Mat.zeros(n_y, 1) };
const translator = { encoder: rnn, decoder: rnn };
const vocabulary = unrolled.Vocabulary.of("a", { end: true });
const languageModel = { vocabulary, parameters: rnn };
const bowl = (w: Mat): number => w.norm() ** 2;
const trainOptions = {
  parameters: { W },
  lossAndGradients: () => ({ total: 1, gradients: { dW } }),
  steps: 2,
};

/** A right call of each function. */
const calls: Readonly<Record<string, readonly unknown[]>> = {
  sigmoid: [x.at(1)],
  tanh: [x.at(1)],
  softmax: [x.at(1)],
  rnnCellForward: [x.at(1), a_0, rnn],
  rnnCellForwardStacked: [
    x.at(1),
    a_0,
    { Wa: unrolled.stackWeights(rnn.Waa, rnn.Wax), Wya: rnn.Wya, ba: rnn.ba, by: rnn.by },
  ],
  rnnCellBackward: [a_0, rnnRun.caches[0]],
  rnnCellScores: [x.at(1), a_0, rnn],
  gruCellForward: [x.at(1), a_0, gru],
  gruCellBackward: [a_0, gruRun.caches[0]],
  gruCellScores: [x.at(1), a_0, gru],
  gruStateTensorFlow: [x.at(1), a_0, gru],
  gruStatePyTorch: [x.at(1), a_0, gru],
  hardSigmoid: [a_0],
  lstmCellForward: [x.at(1), a_0, a_0, lstm],
  lstmCellBackward: [a_0, a_0, lstmRun.caches[0]],
  lstmCellScores: [x.at(1), a_0, a_0, lstm],
  initializeRnn: [sizes, random],
  initializeGru: [sizes, random],
  initializeLstm: [sizes, random],
  initializeLayer: ["gru", sizes, random],
  initializeBidirectional: ["gru", sizes, random],
  initializeDeep: ["gru", { ...sizes, L: 2 }, random],
  stackWeights: [rnn.Waa, rnn.Wax],
  clipByValue: [{ dW }, 1],
  clipByNorm: [{ dW }, 1],
  globalNorm: [{ dW }],
  countParameters: [{ W }],
  numericalGradient: [bowl, W, 1e-5],
  gradientCheck: [bowl, W, dW, 1e-5],
  binaryCrossEntropy: [y.at(1), y.at(1)],
  softmaxCrossEntropy: [z, y, mask],
  perplexity: [1],
  wilsonInterval: [1, 2],
  sample: [y.at(1).column(0), 0.2],
  temperatureSoftmax: [z.at(1), 1],
  stackRows: [W, W],
  stackColumns: [W, W],
  splitRows: [a_0, 1],
  oneHot: [[0, 1], 2],
  mostLikely: [z.at(1)],
  largestRows: [z.at(1)],
  padBatch: [[[0, 1], [1]], 2],
  lastValidSteps: [mask],
  reverseSteps: [x, mask],
  selectValid: [mask.at(1), x.at(1), x.at(1)],
  masked: [x, mask],
  shapeOf: ["Wax", { ...sizes, m, T_x: T }],
  classifyTask: [[{ T_x: 1, T_y: 2 }]],
  sgd: [{ W }, { dW }, 0.1],
  optimizeStep: [{ W }, () => ({ total: 1, gradients: { dW } }), 0.1, 1],
  adamStart: [{ W }],
  adam: [{ W }, { dW }, adamStart({ W }), {}],
  train: [trainOptions],
  liveLoss: ["a bowl", 4, "nats"],
  seededRandom: [1],
  randomNormal: [2, 3, random, 1],
  rnnForward: [x, a_0, rnn, unrolled.rnnCellForward, mask],
  gruForward: [x, a_0, gru, unrolled.gruCellForward, mask],
  lstmForward: [x, a_0, lstm, { mask }],
  rnnBackward: [da, rnnRun.caches],
  rnnBackwardTruncated: [da, rnnRun.caches, 2],
  gruBackward: [da, gruRun.caches],
  lstmBackward: [da, lstmRun.caches],
  rnnLossAndGradients: [x, y, a_0, rnn, mask],
  gruLossAndGradients: [x, y, a_0, gru, mask],
  lstmLossAndGradients: [x, y, a_0, lstm, mask, a_0],
  bidirectionalForward: [x, both, mask, unrolled.runLayer],
  bidirectionalLossAndGradients: [x, y, both, mask, mask],
  deepForward: [x, deep, mask, unrolled.runLayer],
  deepLossAndGradients: [x, y, deep, mask],
  runLayer: [x, layer, mask],
  outputScores: [da, rnn],
  outputPredictions: [z, mask],
  outputBackward: [softmaxCrossEntropy(z, y).dz, da, rnn],
  outputLossAndGradients: [z, y, da, rnn, mask, mask],
  lossShares: [softmaxCrossEntropy(z, y).dz, rnnRun.caches],
  modelToJson: [languageModel],
  modelFromJson: [unrolled.modelToJson(languageModel), languageModel.vocabulary],
  textPieces: ["do\nre\nmi\nfa\nsol", { longest: 3 }],
  beamSearch: [
    (state: unknown) => ({ state, yhat_t: y.at(1).column(0) }),
    { state: 0, end: 0, width: 2, T_y: 2 },
  ],
  addingProblem: [m, T, random],
  temporalOrder: [m, 10, random],
  lastCapital: [random, { T, m, share: 0.5 }],
  jacobianProduct: [rnnRun.a.example(1), rnn.Waa, 0, 2],
  oneToOne: [x.at(1), one],
  oneToOneLossAndGradients: [x.at(1), y.at(1), one],
  oneToMany: [x.at(1), a_0, rnn, 2],
  oneToManyLossAndGradients: [x.at(1), y, a_0, rnn, mask],
  manyToOne: [x, a_0, rnn, unrolled.rnnCellForward, mask],
  manyToOneLossAndGradients: [x, y.at(1), a_0, rnn, { mask, read: "mean" }],
  manyToManySynced: [x, a_0, rnn, unrolled.rnnCellForward, mask],
  encodeDecode: [x, a_0, translator, y.at(1), 2, unrolled.rnnCellForward, mask],
  encodeDecodeLossAndGradients: [x, y, a_0, translator, y.at(1), { input: mask, output: mask }],
};

/** Values that hardly any argument may be. */
const nonsense: readonly unknown[] = [
  undefined,
  null,
  NaN,
  -1,
  1.5,
  Infinity,
  "x",
  true,
  1n,
  Symbol("x"),
  {},
  [],
  [null],
  [[1]],
  () => undefined,
  Mat.zeros(0, 0),
  Mat.filled(7, 7, NaN),
  Sequence.zeros(1, 7, 7),
  Sequence.of([Mat.filled(1, m, 0.5), Mat.filled(1, m, 1), Mat.filled(1, m, 1)]),
];

/** What is not asked here: shown or typed values, errors, and what takes anything by design. */
const elsewhere =
  /Error$|^(show|showParameters|bundleOf|html|latex|markdown|table)$|Bundle|Latex|^(isMat|isSequence|isChart|escapeHtml|inWords|shapeText|requireMat|requireIndex|checkShapes|checkMask|checkSteps|atPath|mapMatrices|matricesOf|tanhSlope|sigmoidSlope|maskedStep|maskedStepBackward|Mat|Sequence|Vocabulary|openComm|registerTarget|heatMapSvg|svgOf|chartSvg)$/;

/** The argument with one part after the other replaced, a plain record's properties or a list's entries: where, and what. */
function partsReplaced(arg: unknown, value: unknown): (readonly [part: string, wrong: unknown])[] {
  if (Array.isArray(arg)) {
    return arg.map((_, index) => [`[${index}]`, arg.with(index, value) as unknown]);
  }
  if (typeof arg !== "object" || arg === null) return [];
  if (Object.getPrototypeOf(arg) !== Object.prototype) return [];
  return Object.keys(arg).map((name) => [`.${name}`, { ...arg, [name]: value }]);
}

type Functions = Readonly<Record<string, (...values: unknown[]) => unknown>>;

/** Each function that is asked, the engine's of a readable one's name too. */
const asked = Object.keys(calls).flatMap((name) =>
  [
    { name, call: (unrolled as unknown as Functions)[name] },
    { name: `the engine's ${name}`, call: (engine as unknown as Functions)[name] },
    { name: `the data's ${name}`, call: (data as unknown as Functions)[name] },
  ].flatMap(({ name: called, call }) =>
    call === undefined ? [] : [{ name: called, call, args: calls[name]! }],
  ),
);

describe("every function refuses wrong arguments in words", () => {
  it("each function that computes is among them", () => {
    const functions = Object.entries(unrolled).filter(([, value]) => typeof value === "function");
    const missing = functions
      .map(([name]) => name)
      .filter((name) => !(name in calls) && !elsewhere.test(name));
    assert.deepEqual(missing, []);
  });

  for (const { name, call, args } of asked) {
    it(`${name}: any argument in any place, or any part of one, an error of the pack's or an answer; the arguments stay as they are`, () => {
      const before = JSON.stringify(args);
      call(...args);
      for (const [place, arg] of args.entries()) {
        for (const value of nonsense) {
          for (const [part, wrong] of [["", value] as const, ...partsReplaced(arg, value)]) {
            try {
              call(...args.with(place, wrong));
            } catch (error) {
              const where = `${name}, argument ${place + 1}${part} is ${String(value)}: ${String(error)}`;
              assert.ok(error instanceof UnrolledError, where);
            }
          }
        }
      }
      assert.equal(JSON.stringify(args), before);
    });
  }
});
