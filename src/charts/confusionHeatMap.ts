/** Which class is taken for which. */
import { OutOfRangeError, ShapeError } from "../core/errors.js";
import { type Mat, requireMat } from "../core/matrix.js";
import { palette, textColour } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  short,
  type VegaLiteSpec,
  requireChartOptions,
  requireNumbers,
} from "./spec.js";

/**
 * Counts of true class (rows) by predicted class (columns), the share within the true class as
 * the colour.
 *
 * @param counts - entry (k, l): how many of class k were taken for class l, (K, K)
 * @param classes - the K classes' names
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws ShapeError when the counts have not one row and one column a class; OutOfRangeError when one is negative or
 *   not finite, or all are 0
 */
export function confusionHeatMap(
  counts: Mat,
  classes: readonly string[],
  options: ChartOptions = {},
): VegaLiteSpec {
  requireChartOptions("confusionHeatMap", options);
  requireMat("confusionHeatMap", "counts", counts);
  requireNumbers("confusionHeatMap", "counts", counts.data, { from: 0 });
  if (counts.rows !== classes.length || counts.cols !== classes.length) {
    throw new ShapeError(
      `confusionHeatMap: counts is (${counts.rows}, ${counts.cols}) but there are ${classes.length} classes; expected one row and one column a class`,
    );
  }
  const values = counts.toArray().flatMap((row, k) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, l) => ({
      truth: classes[k],
      predicted: classes[l],
      count,
      share: total === 0 ? 0 : count / total,
    }));
  });
  const total = counts.sum();
  if (total === 0) {
    throw new OutOfRangeError(
      "confusionHeatMap: expected at least one example, got counts of 0 alone",
    );
  }
  const right = classes.reduce((sum, _, k) => sum + counts.get(k, k), 0);
  const worst = values
    .filter((cell) => cell.truth !== cell.predicted && cell.count > 0)
    .sort((a, b) => b.count - a.count)[0];
  const claim = `${right} of ${total} are right (${short((100 * right) / total)}%)${worst === undefined ? "" : `; most often ${worst.truth} is taken for ${worst.predicted} (${worst.count})`}`;
  const axis = { labelAngle: 0, domain: false, ticks: false, labelLimit: 140 };
  const side = Math.min(64, Math.max(30, Math.floor(400 / classes.length)));
  return chart(
    claim,
    `Confusion matrix of ${classes.length} classes. ${claim}.`,
    {
      width:
        options.width ?? Math.max(220, Math.max(side, longest(classes) * 7 + 10) * classes.length),
      height: side * 0.7 * classes.length,
      data: { values },
      encoding: {
        x: { field: "predicted", type: "nominal", sort: null, title: "predicted", axis },
        y: { field: "truth", type: "nominal", sort: null, title: "true class", axis },
        tooltip: [
          { field: "truth", type: "nominal", title: "true class" },
          { field: "predicted", type: "nominal" },
          { field: "count", type: "quantitative" },
          { field: "share", type: "quantitative", format: ".1%" },
        ],
      },
      layer: [
        {
          mark: { type: "rect", stroke: palette.faint },
          encoding: {
            color: {
              condition: { test: "datum.truth === datum.predicted", value: palette.output },
              value: palette.state,
            },
            fillOpacity: {
              field: "share",
              type: "quantitative",
              scale: { domain: [0, 1], range: [0, 1] },
              legend: null,
            },
          },
        },
        {
          mark: { type: "text", fontSize: 12 },
          encoding: {
            text: { field: "count", type: "quantitative" },
            color: {
              condition: { test: "datum.share > 0.45", value: "white" },
              value: textColour,
            },
          },
        },
      ],
    },
    options,
  );
}

function longest(names: readonly string[]): number {
  return Math.max(...names.map((name) => name.length));
}
