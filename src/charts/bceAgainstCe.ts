/** Binary cross-entropy summed over a softmax's outputs, against the softmax's cross-entropy. */
import { OutOfRangeError } from "../core/errors.js";
import { categorical, palette } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** One prediction. */
export interface BceCeRow {
  /** The number of classes. */
  readonly K: number;
  /** −Σ_k y_k log ŷ_k, in nats. */
  readonly ce: number;
  /** −Σ_k [y_k log ŷ_k + (1 − y_k) log(1 − ŷ_k)], in nats. */
  readonly bce: number;
}

/**
 * A point a prediction and the line "twice as much": for K = 2 all points lie on it.
 *
 * @param rows - at least one prediction, with both losses in nats
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no prediction
 */
export function bceAgainstCe(rows: readonly BceCeRow[], options: ChartOptions = {}): VegaLiteSpec {
  requireChartOptions("bceAgainstCe", options);
  if (rows.length === 0) throw new OutOfRangeError("bceAgainstCe: expected predictions, got none");
  const classes = Array.from(new Set(rows.map((row) => row.K))).sort((a, b) => a - b);
  const ratios = classes.map((K) => {
    const all = rows.filter((row) => row.K === K).map((row) => row.bce / row.ce);
    const [low, high] = [Math.min(...all), Math.max(...all)].map((ratio) => short(ratio)) as [
      string,
      string,
    ];
    return low === high
      ? `times exactly ${low} for K = ${K}`
      : `times ${low} to ${high} for K = ${K}`;
  });
  const claim = `Binary cross-entropy summed over the outputs is the softmax's loss ${ratios.join(", ")}`;
  const most = Math.max(...rows.map((row) => row.ce));
  const values = rows.map((row) => ({ ...row, ratio: row.bce / row.ce, series: `K = ${row.K}` }));
  const domain = classes.map((K) => `K = ${K}`);
  const x = { field: "ce", type: "quantitative", title: "cross-entropy of the softmax (nats)" };
  const y = { field: "bce", type: "quantitative", title: "binary cross-entropy, summed (nats)" };
  return chart(
    claim,
    `Scatter plot of ${rows.length} predictions: cross-entropy of the softmax from left to right, binary cross-entropy summed over the outputs from bottom to top, and the line at twice as much. ${claim}.`,
    {
      width: options.width ?? defaultWidth - 120,
      height: 300,
      layer: [
        {
          data: {
            values: [
              { ce: 0, bce: 0 },
              { ce: most, bce: 2 * most },
            ],
          },
          mark: { type: "line", color: palette.neutral, strokeDash: [5, 4], strokeWidth: 1.5 },
          encoding: { x, y },
        },
        {
          data: { values },
          mark: { type: "point", filled: true, size: 32, opacity: 0.85 },
          encoding: {
            x,
            y,
            color: {
              field: "series",
              type: "nominal",
              title: null,
              scale: { domain, range: domain.map((_, k) => categorical[k % categorical.length]) },
              legend: { orient: "top" },
            },
            shape: {
              field: "series",
              type: "nominal",
              scale: { domain, range: domain.map((_, k) => pointShapes[k % pointShapes.length]) },
            },
            tooltip: [
              { field: "series", type: "nominal", title: "classes" },
              { field: "ce", type: "quantitative", title: "softmax (nats)", format: ".4f" },
              { field: "bce", type: "quantitative", title: "binary (nats)", format: ".4f" },
              { field: "ratio", type: "quantitative", format: ".4f" },
            ],
          },
        },
      ],
    },
    options,
  );
}

/** Shapes that are told apart without their colour. */
const pointShapes = ["circle", "triangle-up", "square", "diamond", "cross"];
