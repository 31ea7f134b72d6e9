/** Published bugs under a gradient check: how large their error is depends on the weights. */
import { OutOfRangeError } from "../core/errors.js";
import { categorical, palette } from "../display/palette.js";
import { logAxis } from "./logAxis.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
  requireNumbers,
  requireRows,
} from "./spec.js";

/** One bug, checked at one scale of the initial weights. */
export interface BugRow {
  readonly bug: string;
  /** Standard deviation of the initial weights. */
  readonly scale: number;
  readonly relativeError: number;
}

/** Options of {@link bugMuseum}. */
export interface BugMuseumOptions extends ChartOptions {
  /** Errors above this are a bug, 1e-7 unless said. */
  readonly threshold?: number;
}

/**
 * A row for each bug, a point for each scale of the weights, and the line that a check draws.
 *
 * @param rows - at least one: a bug, the weights' scale, and the relative error that a gradient
 *   check finds there
 * @param options - the title, the width in pixels, and the error above which a check draws its line
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no bug, or a number that is negative or not finite
 */
export function bugMuseum(rows: readonly BugRow[], options: BugMuseumOptions = {}): VegaLiteSpec {
  requireChartOptions("bugMuseum", options, "threshold");
  requireRows("bugMuseum", rows);
  for (const { scale, relativeError } of rows) {
    requireNumbers("bugMuseum", "scale", [scale]);
    requireNumbers("bugMuseum", "relativeError", [relativeError], { from: 0 });
  }
  if (options.threshold !== undefined) {
    requireNumbers("bugMuseum", "threshold", [options.threshold], { above: 0 });
  }
  const [first] = rows;
  if (first === undefined)
    throw new OutOfRangeError("bugMuseum: expected at least one bug, got none");
  const threshold = options.threshold ?? 1e-7;
  const spread = (bug: string): number => {
    const errors = rows.filter((row) => row.bug === bug).map((row) => row.relativeError);
    return Math.max(...errors) / Math.min(...errors);
  };
  const sly = rows.reduce(
    (most, row) => (spread(row.bug) > spread(most) ? row.bug : most),
    first.bug,
  );
  const points = rows.filter((row) => row.bug === sly).sort((a, b) => a.scale - b.scale);
  const claim = `${sly}: ${points.map((row) => `${short(row.relativeError, 2)} at scale ${short(row.scale)}`).join(", ")}`;
  const scales = Array.from(new Set(rows.map((row) => row.scale))).sort((a, b) => a - b);
  const domain = scales.map((scale) => `weights of scale ${short(scale)}`);
  const values = rows
    .filter((row) => row.relativeError > 0)
    .map((row) => ({ ...row, series: `weights of scale ${short(row.scale)}` }));
  const smallest = Math.min(threshold, ...values.map((row) => row.relativeError));
  const width = options.width ?? defaultWidth - 200;
  const x = {
    field: "relativeError",
    type: "quantitative",
    title: "relative error of the gradient",
    ...logAxis([smallest, 1], width, 40),
  };
  const y = {
    field: "bug",
    type: "nominal",
    sort: null,
    title: null,
    axis: { labelLimit: 240, labelPadding: 10, domain: false, ticks: false, grid: true },
  };
  return chart(
    claim,
    `Dot plot with a logarithmic axis: relative error of the gradient for ${new Set(rows.map((row) => row.bug)).size} backward passes. ${rows.map((row) => `${row.bug}, scale ${short(row.scale)}: ${short(row.relativeError, 2)}`).join("; ")}. A line marks the check's threshold ${short(threshold)}.`,
    {
      width,
      height: { step: 34 },
      layer: [
        {
          data: { values: [{ threshold }] },
          mark: { type: "rule", strokeDash: [4, 4], color: palette.neutral },
          encoding: {
            x: { ...x, field: "threshold" },
            tooltip: { field: "threshold", type: "quantitative", format: "~e" },
          },
        },
        {
          data: { values },
          mark: { type: "line", color: palette.neutral, strokeWidth: 1 },
          encoding: { x, y, detail: { field: "bug" } },
        },
        {
          data: { values },
          mark: { type: "point", filled: true, size: 80, opacity: 1 },
          encoding: {
            x,
            y,
            color: {
              field: "series",
              type: "nominal",
              title: null,
              sort: null,
              scale: { domain, range: domain.map((_, k) => categorical[k % categorical.length]) },
              legend: { orient: "top", columns: 2 },
            },
            shape: {
              field: "series",
              type: "nominal",
              scale: { domain, range: domain.map((_, k) => pointShapes[k % pointShapes.length]) },
            },
            tooltip: [
              { field: "bug", type: "nominal" },
              { field: "scale", type: "quantitative" },
              {
                field: "relativeError",
                type: "quantitative",
                title: "relative error",
                format: ".3~e",
              },
            ],
          },
        },
      ],
    },
    options,
  );
}

const pointShapes = ["circle", "square", "triangle-up", "diamond", "cross"];
