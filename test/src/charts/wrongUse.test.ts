/** A chart states nothing that its data do not say: of numbers that mean nothing it is not drawn. */
import assert from "node:assert/strict";
import { Mat, padBatch, Sequence } from "unrolled";
import * as charts from "unrolled/charts";

const nan = Sequence.of([Mat.column([NaN])]);
const half = Mat.column<"n_y">([0.5, 0.5]);
const place = (
  temperature: number,
  yhat_t = half,
): Parameters<typeof charts.temperatureSlider>[0][number] => ({
  temperature,
  yhat_t,
  lines: [],
});

/** Each with what its error says. */
const wrong: Readonly<Record<string, readonly [RegExp, () => unknown]>> = {
  "perStepLoss of two rows": [/perStep/, () => charts.perStepLoss(Mat.column([1, 2]))],
  "temperatureSlider at no temperature": [
    /temperature, got NaN/,
    () => charts.temperatureSlider([place(NaN), place(1)], ["a", "b"]),
  ],
  "temperatureSlider of no probabilities": [
    /sum to 5.5/,
    () => charts.temperatureSlider([place(1), place(2, Mat.column([5, 0.5]))], ["a", "b"]),
  ],
  "gateHeatMap of NaN": [
    /for layers, got NaN/,
    () => charts.gateHeatMap({ Γu: nan }, { tokens: ["a"], marked: [true] }),
  ],
  "reachHeatMap of NaN": [
    /for reaches, got NaN/,
    () => charts.reachHeatMap({ ŷ: Mat.column([NaN]) }),
  ],
  "oneHotHeatMap of what is not one-hot": [
    /x⟨1⟩: expected zeros and at most a single 1, got 0.5, 0.7/,
    () => charts.oneHotHeatMap(Sequence.of([Mat.column([0.5, 0.7])]), ["a", "b"]),
  ],
  "sampledShares of a token that there is not": [
    /draw 2: .*got 5/,
    () => charts.sampledShares([0, 5], half, ["a", "b"]),
  ],
  "confusionHeatMap of NaN": [
    /for counts, got NaN/,
    () => charts.confusionHeatMap(Mat.from([[NaN]]), ["a"]),
  ],
  "confusionHeatMap of nobody": [
    /got counts of 0/,
    () => charts.confusionHeatMap(Mat.zeros(1, 1), ["a"]),
  ],
  "gradientShares of NaN": [/for shares, got NaN/, () => charts.gradientShares(Mat.from([[NaN]]))],
  "seedDots of NaN": [
    /for values, got NaN/,
    () => charts.seedDots([{ model: "a", values: [1, NaN] }], { measure: "loss" }),
  ],
  "bugMuseum of NaN": [
    /for relativeError, got NaN/,
    () => charts.bugMuseum([{ bug: "a", scale: 1, relativeError: NaN }]),
  ],
  "truncatedNorms of NaN": [
    /for relativeError, got NaN/,
    () => charts.truncatedNorms([{ k: 1, relativeError: NaN }]),
  ],
  "positionLoss without a period": [
    /at least 1 for period, got 0/,
    () => charts.positionLoss([1, 2, 3], { period: 0 }),
  ],
  "seedsBelow without options": [
    /an object for options, got undefined/,
    () => charts.seedsBelow([{ model: "a", values: [1] }], undefined as never),
  ],
  "gateHeatMap without options": [
    /an object for options, got undefined/,
    () => charts.gateHeatMap({ Γu: nan }, undefined as never),
  ],
  "gateHeatMap without tokens": [
    /a list for options.tokens, got undefined/,
    () => charts.gateHeatMap({ Γu: nan }, { marked: [true] } as never),
  ],
  "rolledUnrolled without options": [
    /an object for options, got undefined/,
    () => charts.rolledUnrolled(undefined as never),
  ],
  "trainingCurve of nothing": [
    /a list for losses, got null/,
    () => charts.trainingCurve(null as never),
  ],
  "paddedBatch of half a step": [
    /got 0.5/,
    () => charts.paddedBatch(Sequence.of([Mat.from([[0.5]])])),
  ],
  "paddedBatch of two rows": [/mask/, () => charts.paddedBatch(Sequence.of([Mat.column([1, 1])]))],
};

describe("charts refuse, in words,", () => {
  for (const [title, [message, draw]] of Object.entries(wrong)) {
    it(title, () => {
      const [name] = title.split(" ");
      assert.throws(draw, (error: Error) => {
        assert.match(error.name, /^(OutOfRangeError|ShapeError)$/);
        assert.match(error.message, new RegExp(`^${name}: `));
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it("accuracyBars of what is no share", () => {
    for (const accuracy of [1.5, -1, NaN]) {
      assert.throws(() => charts.accuracyBars([{ model: "a", accuracy, knows: "all" }]), {
        name: "OutOfRangeError",
        message: `accuracyBars: expected a finite number of at least 0 and of at most 1 for accuracy, got ${accuracy}`,
      });
    }
  });
});

describe("charts say", () => {
  const text = (spec: charts.VegaLiteSpec): string =>
    JSON.stringify(spec["title"]).replaceAll('","', " ");

  it("which points gradientByLag leaves out, and after how many steps each line ends", () => {
    const rows = [
      { lag: 1, norm: 1, series: "a" },
      { lag: 2, norm: 0, series: "a" },
      { lag: 2, norm: 10, series: "b" },
    ];
    assert.match(
      text(charts.gradientByLag(rows)),
      /After 2 steps: b 10\^1, after 1 a 10\^0; not drawn: 1 whose norm is 0 or not finite/,
    );
    assert.doesNotMatch(text(charts.gradientByLag(rows.slice(0, 1))), /not drawn/);
  });

  it("which columns of oneHotHeatMap are padding", () => {
    const { x } = padBatch([[0, 1], [1]], 2);
    const said = (example: number): string =>
      charts.oneHotHeatMap(x, ["a", "b"], { example }).description;
    assert.match(said(1), /one filled cell in each column\./);
    assert.match(said(2), /one filled cell in each of 1 columns, none in those of padding\./);
  });

  it("nothing of others where positionLoss has none", () => {
    assert.doesNotMatch(text(charts.positionLoss([1, 2], { period: 1 })), /NaN|others/);
  });
});
