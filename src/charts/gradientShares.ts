/** Which losses a gradient comes from: each L⟨s⟩'s share of ∂L/∂a⟨t⟩. */
import { ShapeError } from "../core/errors.js";
import { isMat, Mat } from "../core/matrix.js";
import type { Sequence } from "../notation/sequence.js";
import { palette } from "../display/palette.js";
import {
  at,
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
  requireNumbers,
} from "./spec.js";

/**
 * Stacked bars, one a step t: the lengths (norms) of the parts that L⟨t⟩, …, L⟨T⟩
 * have in ∂L/∂a⟨t⟩, scaled to a sum of 1. The parts are vectors that may point against each other, so
 * this sum is not the length of ∂L/∂a⟨t⟩.
 * Brushing over steps shows below, for those steps, how much comes from how far ahead.
 *
 * @param shares - what lossShares gives, whose norms are compared: entry s − 1 holds ∂L⟨s⟩/∂a⟨t⟩
 * at step t; or the sizes themselves, entry (s, t) of a (T, T) matrix
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws ShapeError when there are not T sequences of T steps; OutOfRangeError when a size is negative or not finite
 */
export function gradientShares(
  shares: readonly Sequence[] | Mat,
  options: ChartOptions = {},
): VegaLiteSpec {
  requireChartOptions("gradientShares", options);
  const sizes = isMat(shares) ? shares : normsOf(shares);
  const T = sizes.rows;
  if (T === 0 || sizes.cols !== T) {
    throw new ShapeError(`gradientShares: expected a (T, T) matrix, got (${T}, ${sizes.cols})`);
  }
  requireNumbers("gradientShares", "shares", sizes.data, { from: 0 });
  const totals = Array.from(sizes.sumRows().data);
  const values = Array.from({ length: T * T }, (_, n) => {
    const s = Math.floor(n / T);
    const t = n % T;
    const total = totals[t] ?? 0;
    return {
      s: s + 1,
      t: t + 1,
      ahead: s - t,
      share: total === 0 ? 0 : sizes.get(s, t) / total,
      loss: at("L", s + 1),
      state: at("a", t + 1),
    };
  }).filter((row) => row.s >= row.t);
  const own = values.filter((row) => row.s === row.t);
  const mean = own.reduce((sum, row) => sum + row.share, 0) / Math.max(1, own.length);
  const claim = `Of the parts of ∂L/∂a⟨t⟩, that of L⟨t⟩ itself has ${short(100 * mean, 2)}% of the summed length on average, later losses the rest`;
  const width = options.width ?? defaultWidth - 180;
  const color = {
    field: "ahead",
    type: "quantitative",
    title: "s − t, steps ahead",
    scale: {
      range: [palette.input, palette.neutral, palette.state],
      domain: [0, (T - 1) / 2, T - 1],
    },
    legend: { tickMinStep: 1, gradientLength: 100, format: "d" },
  };
  const tooltip = [
    { field: "state", type: "nominal", title: "gradient of" },
    { field: "loss", type: "nominal", title: "part of" },
    { field: "share", type: "quantitative", format: ".1%" },
  ];
  return chart(
    claim,
    `Stacked bars for t = 1 to ${T}: the length of the part of each loss L⟨s⟩, s ≥ t, in the gradient of a⟨t⟩, as a share of the summed lengths. ${claim}. Brushing over steps shows below how far ahead their gradient comes from.`,
    {
      data: { values },
      vconcat: [
        {
          width,
          height: 190,
          params: [
            { name: "brush", select: { type: "interval", encodings: ["x"], mark: brushMark } },
          ],
          mark: { type: "bar", stroke: palette.faint, strokeWidth: 0.5 },
          encoding: {
            x: {
              field: "t",
              type: "ordinal",
              title: "step t of a⟨t⟩ (drag to pick some)",
              axis: { labelAngle: 0, labelOverlap: "greedy" },
            },
            y: {
              field: "share",
              type: "quantitative",
              stack: "zero",
              title: "share of the summed lengths",
              axis: { format: "%", tickCount: 4 },
              scale: { domain: [0, 1] },
            },
            order: { field: "s", type: "quantitative" },
            color,
            tooltip,
          },
        },
        {
          width,
          height: 90,
          transform: [
            { filter: { param: "brush" } },
            { joinaggregate: [{ op: "distinct", field: "t", as: "steps" }] },
            { calculate: "datum.share / datum.steps", as: "part" },
          ],
          mark: { type: "bar" },
          encoding: {
            x: {
              field: "ahead",
              type: "ordinal",
              title: "s − t: how many steps ahead the loss is",
              scale: { domain: Array.from({ length: T }, (_, k) => k) },
              axis: { labelAngle: 0, labelOverlap: "greedy" },
            },
            y: {
              aggregate: "sum",
              field: "part",
              type: "quantitative",
              title: "mean share",
              axis: { format: "%", tickCount: 3 },
            },
            color,
            tooltip: [
              { field: "ahead", type: "ordinal", title: "steps ahead" },
              {
                aggregate: "sum",
                field: "part",
                type: "quantitative",
                title: "mean share",
                format: ".1%",
              },
            ],
          },
        },
      ],
    },
    options,
  );
}

/** Visible over the bars, on both pages. */
const brushMark = { fill: "white", fillOpacity: 0.25, stroke: palette.neutral, strokeWidth: 1.5 };

/** Entry (s, t): ‖∂L⟨s⟩/∂a⟨t⟩‖. */
function normsOf(shares: readonly Sequence[]): Mat {
  return Mat.from(shares.map((share) => Array.from(share, (part) => part.norm())));
}
