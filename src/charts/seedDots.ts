/** What many seeds gave, a dot each: how often a finding holds, and how widely it spreads. */
import { requireList } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import { palette, textColour } from "../display/palette.js";
import { namedRows } from "./namedRows.js";
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

/** One model, trained from several seeds. */
export interface SeedRow {
  readonly model: string;
  /** The measure of seed 1, 2, … */
  readonly values: readonly number[];
  /** The same measure of a run made now: a diamond among the dots. */
  readonly live?: number;
}

/** Options of {@link seedDots}. */
export interface SeedDotsOptions extends ChartOptions {
  /** What the horizontal axis says. */
  readonly measure: string;
  /** What guessing gets: a dashed line. */
  readonly chance?: number;
}

/**
 * A row of dots for each model, one a seed, with a tick at the median.
 *
 * @param rows - at least one model with at least one seed; drawn in their order
 * @param options - what is measured, what guessing gets, the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no model, one without a seed, or a number that is not finite
 */
export function seedDots(rows: readonly SeedRow[], options: SeedDotsOptions): VegaLiteSpec {
  requireChartOptions("seedDots", options, "measure", "chance");
  requireRows("seedDots", rows);
  for (const { values, live = 0 } of rows) {
    requireList("seedDots", "values", values);
    requireNumbers("seedDots", "values", [...values, live]);
  }
  if (options.chance !== undefined) requireNumbers("seedDots", "chance", [options.chance]);
  if (rows.length === 0 || rows.some(({ values }) => values.length === 0)) {
    throw new OutOfRangeError("seedDots: expected at least one model, each with a seed, got none");
  }
  const { measure, chance } = options;
  const told = rows.map(({ model, values }) => ({ model, median: medianOf(values) }));
  const seeds = Math.max(...rows.map(({ values }) => values.length));
  const claim = `Medians of ${seeds} seeds: ${told.map(({ model, median }) => `${model} ${short(median)}`).join(", ")}`;
  const range = rows
    .map(({ model, values }) => {
      const [low, high] = [Math.min(...values), Math.max(...values)];
      return `${model}: ${short(low)} to ${short(high)}, median ${short(medianOf(values))}`;
    })
    .join("; ");
  const y = namedRows("model");
  const x = { field: "value", type: "quantitative", title: measure, scale: { zero: true } };
  const seedTip = [
    { field: "model", type: "nominal" },
    { field: "seed", type: "nominal" },
    { field: "value", type: "quantitative", title: measure, format: ".4~g" },
  ];
  return chart(
    claim,
    `Dots of ${measure}, one a seed. ${range}.${chance === undefined ? "" : ` Guessing gets ${short(chance)}, a dashed line.`}`,
    {
      width: options.width ?? defaultWidth - 160,
      height: { step: 46 },
      layer: [
        {
          data: {
            values: rows.flatMap(({ model, values }) =>
              values.map((value, k) => ({
                model,
                seed: String(k + 1),
                value,
                offset: ((k % 5) - 2) / 2,
              })),
            ),
          },
          mark: { type: "circle", size: 45, opacity: 0.55, color: palette.input },
          encoding: {
            x,
            y,
            yOffset: {
              field: "offset",
              type: "quantitative",
              scale: { domain: [-2, 2] },
            },
            tooltip: seedTip,
          },
        },
        {
          data: { values: told },
          mark: { type: "tick", thickness: 2, size: 34, color: palette.neutral },
          encoding: {
            x: { ...x, field: "median" },
            y,
            tooltip: [
              { field: "model", type: "nominal" },
              { field: "median", type: "quantitative", format: ".4~g" },
            ],
          },
        },
        {
          data: {
            values: rows.flatMap(({ model, live }) =>
              live === undefined ? [] : [{ model, seed: "run now", value: live }],
            ),
          },
          mark: { type: "point", shape: "diamond", filled: true, size: 110, color: palette.state },
          encoding: { x, y, tooltip: seedTip },
        },
        ...(chance === undefined
          ? []
          : [
              {
                data: { values: [{ chance }] },
                mark: { type: "rule", color: palette.neutral, strokeDash: [4, 4] },
                encoding: {
                  x: { field: "chance", type: "quantitative" },
                  tooltip: { field: "chance", type: "quantitative", title: "guessing" },
                },
              },
              {
                data: { values: [{ chance, text: `guessing: ${short(chance)}` }] },
                mark: {
                  type: "text",
                  align: "left",
                  dx: 5,
                  fontSize: 11,
                  color: textColour,
                },
                encoding: {
                  x: { field: "chance", type: "quantitative" },
                  y: { value: 8 },
                  text: { field: "text", type: "nominal" },
                },
              },
            ]),
      ],
    },
    options,
  );
}

/** The middle value; of an even number of values the mean of the middle two. */
function medianOf(values: readonly number[]): number {
  const sorted = Array.from(values).sort((one, other) => one - other);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
