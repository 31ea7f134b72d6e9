/** What a prediction costs: the two cross-entropies over ŷ. */
import { hoverLayers } from "./hover.js";
import { palette } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

const names = {
  right: "binary, y = 1: −log ŷ",
  wrong: "binary, y = 0: −log(1 − ŷ)",
  softmax: "softmax: −log ŷ_k",
} as const;

/**
 * The loss in nats over ŷ from 0.01 to 0.99; hovering reads a curve.
 *
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError for options of another name
 */
export function lossCurves(options: ChartOptions = {}): VegaLiteSpec {
  requireChartOptions("lossCurves", options);
  const values = Array.from({ length: 99 }, (_, k) => (k + 1) / 100).flatMap((yhat) => [
    { yhat, series: names.right, loss: -Math.log(yhat) },
    { yhat, series: names.wrong, loss: -Math.log(1 - yhat) },
    { yhat, series: names.softmax, loss: -Math.log(yhat) },
  ]);
  const sure = short(-Math.log(0.01));
  const undecided = short(Math.log(2));
  return chart(
    `Being undecided (ŷ\u00a0=\u00a00.5) costs ${undecided} nats, being sure and wrong (ŷ\u00a0=\u00a00.01 for y\u00a0=\u00a01) ${sure}`,
    `Line chart of losses in nats over the prediction ŷ. −log ŷ falls from ${sure} at 0.01 to 0 at 1; −log(1 − ŷ) rises as its mirror image; they cross at ŷ = 0.5 with ${undecided}. The loss of a softmax depends on the right class's ŷ alone and lies on the first curve.`,
    {
      width: options.width ?? defaultWidth - 50,
      height: 240,
      data: { values },
      layer: hoverLayers({
        x: {
          field: "yhat",
          type: "quantitative",
          title: "ŷ (of the right class k for the softmax)",
          scale: { domain: [0, 1] },
        },
        y: { field: "loss", type: "quantitative", title: "loss (nats)" },
        series: {
          domain: [names.right, names.wrong, names.softmax],
          range: [palette.state, palette.input, palette.output],
        },
      }),
    },
    options,
  );
}
