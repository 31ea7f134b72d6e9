/** What is given in the place of options, or under a name that there is not, is refused: it would change nothing. */
import assert from "node:assert/strict";
import {
  adam,
  adamStart,
  encodeDecodeLossAndGradients,
  initializeLstm,
  initializeRnn,
  lstmForward,
  manyToOneLossAndGradients,
  Mat,
  oneHot,
  padBatch,
  seededRandom,
  textPieces,
  train,
  Vocabulary,
} from "unrolled";
import * as charts from "unrolled/charts";
import { lastCapital } from "unrolled/data";
import * as engine from "unrolled/engine";

const random = seededRandom(4);
const sizes = { n_x: 2, n_a: 3, n_y: 2 };
const { x, mask } = padBatch<"n_x">([[0, 1], [1]], 2);
const y = padBatch<"n_y">([[0, 1], [1]], 2);
const label = oneHot<"n_y">([0, 1], 2);
const a_0 = Mat.zeros<"n_a", "m">(3, 2);
const rnn = initializeRnn(sizes, random);
const both = { encoder: rnn, decoder: rnn };
const W = { W: Mat.zeros(1, 1) };
const dW = { dW: Mat.zeros(1, 1) };
const lossAndGradients = (): { total: number; gradients: typeof dW } => ({
  total: 0,
  gradients: dW,
});

type AnyChart = (...args: readonly unknown[]) => unknown;

/** Each door, given what may be no options. */
const doors: Readonly<Record<string, (options: never) => unknown>> = {
  manyToOneLossAndGradients: (o) => manyToOneLossAndGradients(x, label, a_0, rnn, o),
  "manyToOneLossAndGradients of the engine": (o) =>
    engine.manyToOneLossAndGradients(x, label, a_0, rnn, o),
  encodeDecodeLossAndGradients: (o) => encodeDecodeLossAndGradients(x, y.x, a_0, both, label, o),
  "encodeDecodeLossAndGradients of the engine": (o) =>
    engine.encodeDecodeLossAndGradients(x, y.x, a_0, both, label, o),
  lstmForward: (o) => lstmForward(x, a_0, initializeLstm(sizes, random), o),
  initializeLstm: (o) => initializeLstm(sizes, random, o),
  adam: (o) => adam(W, dW, adamStart(W), o),
  train: (o: object) => train({ parameters: W, lossAndGradients, steps: 1, ...o }),
  textPieces: (o) => textPieces("do\nre\nmi\nfa\nsol", o),
  lastCapital: (o: object) => lastCapital(random, { T: 2, m: 1, ...o }),
  "Vocabulary.of": (o) => Vocabulary.of("ab", o),
  heatMap: (o) => charts.heatMap(a_0, o),
  perStepLoss: (o) => charts.perStepLoss(Mat.from([[1, 2]]), o),
  trainingCurve: (o) => charts.trainingCurve([1, 2], o),
  lossCurves: (o) => charts.lossCurves(o),
};

describe("options", () => {
  for (const [door, call] of Object.entries(doors)) {
    it(`of ${door} have the names that there are`, () => {
      for (const name of ["Mask", "lr"]) {
        assert.throws(() => call({ [name]: 1 } as never), {
          name: "OutOfRangeError",
          message: new RegExp(`^${door.split(" ")[0]}: expected .* in \\w+, got "${name}"`),
        });
      }
      assert.throws(() => call(mask as never), /got (the Sequence itself|"rows")/);
    });
  }

  it("are neither lists nor maps, nor numbers", () => {
    for (const wrong of [[], new Map(), new Float64Array(0)]) {
      const name = wrong.constructor.name;
      assert.throws(() => initializeLstm(sizes, random, wrong as never), {
        message: `initializeLstm: expected "scale" or "forgetBias" in options, got the ${name} itself; write { name: value }`,
      });
    }
    assert.throws(() => initializeLstm(sizes, random, 0.1 as never), /an object for options/);
  });

  it("of every chart, too, which are asked before its data", () => {
    const wrong = { lr: 1 };
    for (const [name, chart] of Object.entries(charts) as [string, unknown][]) {
      if (typeof chart !== "function") continue; // a palette
      const before = Array.from({ length: Math.max(0, chart.length - 1) });
      const message = new RegExp(`^${name}: expected "title" or "width".* in options, got "lr"`);
      assert.throws(() => (chart as AnyChart)(...before, wrong, wrong), {
        name: "OutOfRangeError",
        message,
      });
    }
  });
});
