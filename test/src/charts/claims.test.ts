import assert from "node:assert/strict";
import * as charts from "../../../src/charts/index.js";
import { Mat } from "../../../src/core/matrix.js";
import { Sequence } from "../../../src/notation/sequence.js";

/** The chart's title on one line. */
function title(spec: charts.VegaLiteSpec): string {
  return (spec["title"] as { text: readonly string[] }).text.join(" ");
}

describe("a chart's title", () => {
  it("is computed from the data", () => {
    const claims: readonly (readonly [charts.VegaLiteSpec, string])[] = [
      [
        charts.accuracyBars([
          { model: "bag", accuracy: 0.5312, knows: "bases" },
          { model: "RNN", accuracy: 0.97, knows: "order" },
        ]),
        "RNN: 0.97, bag: 0.531 of the answers are right",
      ],
      [
        charts.oneHotHeatMap(Sequence.of([Mat.column([1, 0, 0]), Mat.column([0, 0, 1])]), [
          "a",
          "b",
          "c",
        ]),
        "4 of the 6 numbers are 0 (66.7%)",
      ],
      [
        charts.paddedBatch(Sequence.of([Mat.from([[1, 1]]), Mat.from([[1, 0]])])),
        "1 of the 4 steps are padding (25%): the mask keeps them out of the loss",
      ],
      [
        charts.storageBars([
          { name: "letters", n_x: 28, steps: 10 },
          { name: "words", n_x: 12345, steps: 10 },
        ]),
        "words: one-hot takes 12,345 times as many numbers as an index",
      ],
      [
        charts.gradientByLag([
          { lag: 0, norm: 1, series: "ρ = 0.5" },
          { lag: 10, norm: 0.001, series: "ρ = 0.5" },
          { lag: 10, norm: 100, series: "ρ = 2" },
        ]),
        "After 10 steps: ρ = 2 10^2, ρ = 0.5 10^−3",
      ],
      [
        charts.cliff(
          [0, 1].flatMap((w) => [0, 1].map((b) => ({ w, b, loss: w + b }))),
          [
            { step: 9, w: 0.5, b: 0.5, loss: 0.25, series: "free" },
            { step: 9, w: 0, b: 0, loss: 0.001, series: "clipped" },
          ],
        ),
        "After 9 steps: free at a loss of 0.25, clipped at a loss of 0.001",
      ],
      [
        charts.natsBars(
          [
            { model: "bigram", nats: 2.4263, knows: "one letter" },
            { model: "RNN", nats: 2.0849, knows: "all letters" },
          ],
          { token: "letter" },
        ),
        "RNN pays 2.08 nats a letter, bigram 2.43",
      ],
      [
        charts.sampledShares([0, 0, 1, 0], Mat.column([0.5, 0.5]), ["a", "b"]),
        "The shares of 4 draws are within 0.250 of the probabilities (widest gap: a)",
      ],
      [
        charts.temperatureSlider(
          [
            { temperature: 0.5, yhat_t: Mat.column([1, 0]), lines: ["a"] },
            { temperature: 1, yhat_t: Mat.column([0.5, 0.5]), lines: ["b"] },
          ],
          ["a", "b"],
        ),
        "From τ = 0.5 to 1 the entropy goes from 0.00 to 0.69 nats",
      ],
      [
        charts.neuronText(Sequence.of([Mat.column([0.1, -0.9]), Mat.column([0.2, 0.8])]), [
          "a",
          "b",
        ]),
        "Unit 2 swings the most: from -0.90 to 0.80 over 2 letters",
      ],
      [
        charts.hiddenStateHeatMap(
          Sequence.of([Mat.column([0.95, 0.1]), Mat.column([-0.2, -0.99])]),
        ),
        "2 of the 4 entries of a⟨1⟩ … a⟨2⟩ are saturated (beyond ±0.9), 50%",
      ],
      [charts.deepGrid(4, 3), "a[3]⟨4⟩ is computed from 4 inputs and 11 other states"],
      [
        charts.parameterBars([
          { name: "W", part: "layer", rows: 30, columns: 50 },
          { name: "Wya", part: "output", rows: 10, columns: 50 },
        ]),
        "2,000 parameters, 75% of them in layer",
      ],
      [
        charts.bothDirections(4),
        "Each of the 4 outputs is computed from all 4 inputs; with one layer they see 1 to 4 of them",
      ],
      [
        charts.reachHeatMap({
          "ŷ⟨t⟩": Mat.filled(2, 2, 0.5),
          "a→⟨t⟩": Mat.from([
            [1, 0],
            [-0.5, 1],
          ]),
        }),
        "A changed x⟨s⟩ moves ŷ⟨t⟩ in 4, a→⟨t⟩ in 3 of the 4 pairs of steps",
      ],
      [
        charts.wordProbabilities(
          [
            { sentence: "s", t: 1, word: "a", model: "one", p: 0.1 },
            { sentence: "s", t: 1, word: "a", model: "other", p: 0.2 },
            { sentence: "s", t: 2, word: "rose", model: "one", p: 0.25 },
            { sentence: "s", t: 2, word: "rose", model: "other", p: 0.95 },
          ],
          { of: "p(person)" },
        ),
        "At “rose” p(person) is 0.95 for other, 0.25 for one",
      ],
      [
        charts.wordProbabilities(
          ["s", "other s"].map((sentence, k) => ({
            sentence,
            t: 1,
            word: "a",
            model: `m${k}`,
            p: k,
          })),
        ),
        "probability is 0 at “a” in “s”",
      ],
      [
        charts.wordProbabilities([{ sentence: "s", t: 1, word: "a", model: "one", p: 0.1 }]),
        "probability is 0.1 at “a”",
      ],
      [
        charts.positionLoss([1, 1, 0.01, 0.98, 1.02, 0.03]),
        "Every third bit costs 0.02 bits, the others 1.00",
      ],
      [
        charts.activationCurves(),
        "The steepest slope is 1 for tanh and 0.25 for the sigmoid, both at z = 0",
      ],
      [
        charts.perStepLoss(Mat.from([[1, 0.5, 0]]), { withoutMask: Mat.from([[1, 0.5, 2]]) }),
        "The mask changes the total from 3.5 to 1.5 nats",
      ],
      [
        charts.perStepLoss(Mat.from([[1, 0.25]])),
        "The total L = 1.25 nats is the sum of 2 losses L⟨t⟩",
      ],
      [
        charts.bceAgainstCe([
          { K: 2, ce: 0.5, bce: 1 },
          { K: 2, ce: 2, bce: 4 },
          { K: 3, ce: 1, bce: 1.5 },
          { K: 3, ce: 1, bce: 1.8 },
        ]),
        "Binary cross-entropy summed over the outputs is the softmax's loss times exactly 2 for K = 2, times 1.5 to 1.8 for K = 3",
      ],
      [charts.dependencyGraph(4), "Backwards, a⟨1⟩ takes gradient from 4 losses, a⟨4⟩ from 1"],
      [
        charts.gradientShares(
          Mat.from([
            [3, 0],
            [1, 5],
          ]),
        ),
        "Of the parts of ∂L/∂a⟨t⟩, that of L⟨t⟩ itself has 88% of the summed length on average, later losses the rest",
      ],
      [
        charts.gradientShares([
          Sequence.of([Mat.column([3, 4]), Mat.column([0, 0])]), // L⟨1⟩: norms 5, 0
          Sequence.of([Mat.column([0, 15]), Mat.column([1, 0])]), // L⟨2⟩: norms 15, 1
        ]),
        "Of the parts of ∂L/∂a⟨t⟩, that of L⟨t⟩ itself has 63% of the summed length on average, later losses the rest",
      ],
      [charts.trainingCurve([2, 1.5, 0.25]), "The loss goes from 2 to 0.25 nats in 3 steps"],
      [
        charts.gradientCheckPlot([
          { h: 1e-3, relativeError: 1e-6 },
          { h: 1e-5, relativeError: 2.34e-11 },
          { h: 1e-9, relativeError: 1e-7 },
        ]),
        "The check is sharpest at h = 1e-5: relative error 2.3e-11",
      ],
      [
        charts.truncatedNorms([
          { k: 1, relativeError: 0.5 },
          { k: 10, relativeError: 0.012 },
        ]),
        "Cut every step the gradient is off by 50%, every 10 steps by 1.2%",
      ],
      [
        charts.bugMuseum([
          { bug: "no transpose", scale: 0.3, relativeError: 0.27 },
          { bug: "no transpose", scale: 0.01, relativeError: 6.5e-4 },
          { bug: "no tanh′", scale: 0.3, relativeError: 0.3 },
          { bug: "no tanh′", scale: 0.01, relativeError: 0.2 },
        ]),
        "no transpose: 6.5e-4 at scale 0.01, 0.27 at scale 0.3",
      ],
      [
        charts.trainingCurve([
          { step: 0, loss: 2.3026 },
          { step: 300, loss: 0.41 },
        ]),
        "The loss goes from 2.3 to 0.41 nats in 300 steps",
      ],
      [
        charts.trainingCurve([
          { step: 0, loss: 2, series: "A" },
          { step: 9, loss: 1, series: "A" },
          { step: 9, loss: 0.5, series: "B" },
        ]),
        "After 9 steps: A 1, B 0.5 nats",
      ],
      [
        charts.confusionHeatMap(
          Mat.from([
            [8, 2],
            [1, 9],
          ]),
          ["walk", "wave"],
        ),
        "17 of 20 are right (85%); most often walk is taken for wave (2)",
      ],
      [
        charts.gatedMemory(),
        "After 50 steps 61% of a memory is left by a gate of 0.01, 0.52% by one of 0.1",
      ],
      [
        charts.gateHeatMap(
          { Γu: Sequence.of([Mat.column([0.9, 1]), Mat.column([0, 0.1]), Mat.column([0, 0.3])]) },
          { tokens: ["A", "b", "c"], marked: [true, false, false], markedName: "capitals" },
        ),
        "Γu is 0.95 at capitals and 0.1 elsewhere, on average over 2 units",
      ],
      [
        charts.seedDots(
          [
            { model: "A", values: [1, 5, 2] },
            { model: "B", values: [4, 1, 2, 3] },
          ],
          { measure: "right (%)" },
        ),
        "Medians of 4 seeds: A 2, B 2.5",
      ],
      [
        charts.carriedGradient([
          { series: "A", norms: [4, 2, 1] },
          { series: "B", norms: [1, 0.1, 0.001] },
        ]),
        "What is left of the gradient 2 steps back: A 0.25, B 0.001",
      ],
      [
        charts.gateStrips(
          [0.5, 0.6].map((c, k) => ({
            gamma_f: Mat.column([0.9]),
            gamma_u: Mat.column([0.1]),
            gamma_o: Mat.column([0.1]),
            c_prev: Mat.column([k === 0 ? 0 : 0.5]),
            c_next: Mat.column([c]),
          })),
          { marked: [1] },
        ),
        "At the marked steps the memory of unit 1 moves by 0.5 on average, at the 1 others by 0.1",
      ],
      [
        charts.gateStrips([
          {
            gamma_f: Mat.column([0.9, 0.7]),
            gamma_u: Mat.column([0.1, 0]),
            gamma_o: Mat.column([0.1, 0]),
            c_prev: Mat.column([0, 0]),
            c_next: Mat.column([1, 1]),
          },
        ]),
        "The forget gate of 2 units is 0.8 on average over 1 steps",
      ],
      [
        charts.seedsBelow(
          [
            { model: "tanh", values: [0.16, 0.17] },
            { model: "LSTM", values: [0.001, 0.2] },
          ],
          { good: 0.01 },
        ),
        "Below 0.01 at the end: 0 of 2 (tanh), 1 of 2 (LSTM)",
      ],
      [
        charts.successRates(
          [
            { model: "A", successes: 0, trials: 4 },
            { model: "B", successes: 3, trials: 5 },
          ],
          { success: "learned" },
        ),
        "Learned: 0 of 4 (A), 3 of 5 (B)",
      ],
      [
        charts.besideBaseline(
          [
            [0.5, 0.53, 0.53],
            [0.5, 0.5, 0.53],
            [0.9, 0.4, 0.4],
          ].map(([base, ...shares], k) => ({
            task: `task ${k}`,
            baseline: { model: "counts", shares: [base!] },
            network: { model: "RNN", shares },
          })),
        ),
        "The network is ahead by 0.02 or more in 1 of 3 tasks",
      ],
      [
        charts.heatMap(Mat.from([[1, -3.14159]])),
        "The largest in size of the 1 × 2 entries is -3.14 (row 1, column 2)",
      ],
      [
        charts.heatMap(Mat.from([[1, 2]]), { rows: ["from the left"], columns: ["A", "B"] }),
        "The largest of the 1 × 2 entries is 2 (row “from the left”, column B)",
      ],
    ];
    for (const [spec, claim] of claims) assert.equal(title(spec), claim);
  });

  it("can be given", () => {
    assert.equal(title(charts.lossCurves({ title: "My claim: 3" })), "My claim: 3");
  });

  it("is wrapped, not cut", () => {
    const long = "word ".repeat(60).trim();
    const { text } = charts.lossCurves({ title: long })["title"] as { text: readonly string[] };
    assert.ok(text.length > 1);
    assert.equal(text.join(" "), long);
    assert.ok(Math.max(...text.map((line) => line.length)) < 90);
  });
});

describe("a heat map's colours", () => {
  const domain = (rows: number[][]): unknown =>
    (charts.heatMap(Mat.from(rows))["encoding"] as { color: { scale: { domain: unknown } } }).color
      .scale.domain;

  it("run from −largest to largest, and from 0 where no entry is negative", () => {
    assert.deepEqual(domain([[-1, 2]]), [-2, 0, 2]);
    assert.deepEqual(domain([[0, 0.5]]), [0, 0.5]);
  });
});

describe("the timeline's title", () => {
  it("counts the examples whose T_x equals T_y", () => {
    const track = (n: number): charts.TimelineTrack => ({
      kind: "tokens",
      rows: Array.from({ length: n }, (_, k) => ({ t: k + 1, label: "w", value: k })),
    });
    const example = (application: string, T_x: number, T_y: number): charts.TimelineExample => ({
      application,
      x: "a word",
      y: "a word",
      timeline: { input: track(T_x), output: track(T_y) },
    });
    const spec = charts.timeline([example("A", 3, 3), example("B", 3, 1), example("C", 0, 4)]);
    assert.equal(title(spec), "In 1 of 3 applications the example has as many outputs as inputs");
  });
});

describe("charts refuse data that they cannot draw, and say what they expect", () => {
  const T = 3;
  const one = Sequence.zeros(T, 2, 1);
  const zero = Mat.zeros<"n_a", "m">(1, 1);
  const step = { gamma_f: zero, gamma_u: zero, gamma_o: zero, c_prev: zero, c_next: zero };
  const wrong: readonly (readonly [() => unknown, RegExp])[] = [
    [() => charts.timeline([]), /timeline: expected at least one application, got none/],
    [() => charts.accuracyBars([]), /accuracyBars: .*got none/],
    [() => charts.storageBars([]), /storageBars: .*got none/],
    [() => charts.trainingCurve([]), /trainingCurve: .*got none/],
    [() => charts.trainingCurve([{ step: 0, loss: NaN }]), /none of the losses is a finite number/],
    [() => charts.gradientByLag([]), /gradientByLag: .*got none/],
    [() => charts.gradientByLag([{ lag: 1, norm: 0, series: "a" }]), /finite norm above 0/],
    [() => charts.cliff([{ w: 1, b: 1, loss: 1 }], []), /2 × 2 places, got 1 × 1/],
    [() => charts.natsBars([]), /natsBars: .*got none/],
    [() => charts.natsBars([{ model: "a", nats: NaN, knows: "b" }]), /a pays NaN nats/],
    [() => charts.sampledShares([], Mat.column([1]), ["a"]), /sampledShares: .*got none/],
    [() => charts.sampledShares([0], Mat.column([1]), []), /yhat_t is \(1, 1\) but there are 0/],
    [() => charts.temperatureSlider([], []), /at least two temperatures, got 0/],
    [
      () =>
        charts.temperatureSlider(
          [1, 2, 4].map((temperature) => ({ temperature, yhat_t: Mat.column([1]), lines: [] })),
          ["a"],
        ),
      /equal steps, got 1, 2, 4/,
    ],
    [() => charts.neuronText(one, ["a"]), /one token a step, 3, got 1/],
    [() => charts.neuronText(one, ["a", "b", "c"], { unit: 3 }), /units from 1 to 2, got 3/],
    [() => charts.truncatedNorms([]), /truncatedNorms: .*got none/],
    [() => charts.gateStrips([]), /gateStrips: .*got none/],
    [() => charts.gateStrips([step], { units: [2] }), /a unit from 1 to 1, got 2/],
    [() => charts.gateStrips([step], { marked: [0] }), /a marked step from 1 to 1, got 0/],
    [() => charts.gateStrips([step], { example: 2 }), /an? example from 1 to 1, got 2/],
    [() => charts.seedsBelow([], { good: 1 }), /seedsBelow: .*got none/],
    [() => charts.seedsBelow([{ model: "a", values: [0] }], { good: 1 }), /above 0 .*got 0/],
    [() => charts.successRates([]), /successRates: .*got none/],
    [
      () => charts.successRates([{ model: "a", successes: 3, trials: 2 }]),
      /at most as many successes as trials, 2, got 3/,
    ],
    [() => charts.besideBaseline([]), /besideBaseline: .*got none/],
    [
      () =>
        charts.besideBaseline([
          {
            task: "t",
            baseline: { model: "a", shares: [1] },
            network: { model: "b", shares: [] },
          },
        ]),
      /each of its two models with a seed, got none/,
    ],
    [() => charts.bugMuseum([]), /bugMuseum: .*got none/],
    [() => charts.bceAgainstCe([]), /bceAgainstCe: .*got none/],
    [() => charts.positionLoss([]), /positionLoss: .*got none/],
    [() => charts.heatMap(Mat.zeros(0, 2)), /heatMap: .*\(0, 2\)/],
    [() => charts.gradientCheckPlot([{ h: 1, relativeError: 0 }]), /gradientCheckPlot: expected/],
    [() => charts.motionTrace([], { joints: [], bones: [] }), /motionTrace: .*got none/],
    [
      () => charts.motionTrace([{ name: "a", frames: [[1]] }], { joints: ["hip"], bones: [] }),
      /frame 1 of a has 1 numbers; expected 2/,
    ],
    [
      () =>
        charts.motionTrace([{ name: "a", frames: [[1, 2]] }], {
          joints: ["hip"],
          bones: [["hip", "leg"]],
        }),
      /no joint "leg"/,
    ],
    [() => charts.oneHotHeatMap(one, ["a"]), /n_x = 2 rows but there are 1 tokens/],
    [() => charts.oneHotHeatMap(one, ["a", "b"], { example: 2 }), /no example \(2\)/],
    [() => charts.gateHeatMap({}, { tokens: [], marked: [] }), /gateHeatMap: .*got none/],
    [() => charts.gateHeatMap({ u: one }, { tokens: ["a"], marked: [] }), /one token a step, 3/],
    [
      () => charts.gateHeatMap({ u: one }, { tokens: ["a", "b", "c"], marked: [true] }),
      /one mark a step, 3, got 1/,
    ],
    [() => charts.seedDots([], { measure: "m" }), /seedDots: .*got none/],
    [() => charts.carriedGradient([{ series: "a", norms: [0, 0] }]), /the first is positive/],
    [() => charts.hiddenStateHeatMap(one, { tokens: ["a"] }), /one token a step, 3, got 1/],
    [() => charts.rolledUnrolled({ T_x: 0 }), /T_x from 1 to 8, got 0/],
    [() => charts.rolledUnrolled({ T_x: 2, tokens: ["a"] }), /one token a step, 2, got 1/],
    [() => charts.deepGrid(7, 1), /T_x from 2 to 6, got 7/],
    [() => charts.deepGrid(3, 5), /L from 1 to 4, got 5/],
    [() => charts.parameterBars([]), /at least one matrix, got none/],
    [() => charts.bothDirections(7), /T_x from 2 to 6, got 7/],
    [() => charts.bothDirections(3, { t: 4 }), /t from 1 to 3, got 4/],
    [() => charts.bothDirections(2, { tokens: ["a"] }), /one token a step, 2, got 1/],
    [() => charts.reachHeatMap({}), /at least one matrix, got none/],
    [() => charts.reachHeatMap({ a: Mat.zeros(2, 3) }), /\(T_x, T_x\) for a.* got \(2, 3\)/],
    [() => charts.wordProbabilities([]), /at least one row, got none/],
    [() => charts.dependencyGraph(8), /T from 1 to 7, got 8/],
    [() => charts.dependencyGraph(3, { t: 4 }), /t from 1 to 3, got 4/],
    [
      () => charts.fiveTypes({ first: "two-to-two" }),
      /no type "two-to-two"; expected one of one-to-one/,
    ],
    [() => charts.gradientShares([]), /gradientShares: expected/],
    [() => charts.gradientShares(Mat.zeros(2, 3)), /expected a \(T, T\) matrix, got \(2, 3\)/],
    [() => charts.confusionHeatMap(Mat.zeros(2, 2), ["a"]), /counts is \(2, 2\) but there are 1/],
    [
      () => charts.perStepLoss(Mat.zeros(1, 2), { withoutMask: Mat.zeros(1, 3) }),
      /2 steps but withoutMask has 3/,
    ],
  ];
  for (const [draw, message] of wrong) {
    it(String(message), () => assert.throws(draw, message));
  }
});
