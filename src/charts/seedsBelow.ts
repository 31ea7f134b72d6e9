/** One number of each of many trainings: what a seed decides, and what it does not. */
import { requireList } from "../core/arguments.js";
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

/** What came of one model, one number a seed. */
export interface SeedsRow {
  readonly model: string;
  /** All positive. */
  readonly values: readonly number[];
}

/** Options of {@link seedsBelow}. */
export interface SeedsBelowOptions extends ChartOptions {
  /** What is called good: a number below this. */
  readonly good: number;
  /** What a trivial answer gets: a rule across the rows. */
  readonly baseline?: number;
  /** What the axis says, "error" unless said. */
  readonly valueTitle?: string;
}

/**
 * A row of dots for each model, a dot for each seed, over a logarithmic axis.
 *
 * @param rows - at least one model with at least one value; drawn in their order
 * @param options - what is good, the baseline, the axis's and the chart's title, the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is nothing to draw, or a value is not positive and finite
 */
export function seedsBelow(rows: readonly SeedsRow[], options: SeedsBelowOptions): VegaLiteSpec {
  requireChartOptions("seedsBelow", options, "good", "baseline", "valueTitle");
  requireRows("seedsBelow", rows);
  for (const { values } of rows) requireList("seedsBelow", "values", values);
  requireNumbers("seedsBelow", "good", [options.good], { above: 0 });
  if (options.baseline !== undefined) {
    requireNumbers("seedsBelow", "baseline", [options.baseline], { above: 0 });
  }
  const all = rows.flatMap(({ values }) => values);
  if (all.length === 0)
    throw new OutOfRangeError("seedsBelow: expected at least one value, got none");
  const wrong = all.find((value) => !(value > 0 && value < Infinity));
  if (wrong !== undefined)
    throw new OutOfRangeError(
      `seedsBelow: expected values above 0 for a logarithmic axis, got ${wrong}`,
    );
  const { good, baseline, valueTitle = "error" } = options;
  const counts = rows.map(
    ({ model, values }) =>
      `${values.filter((value) => value < good).length} of ${values.length} (${model})`,
  );
  const width = options.width ?? defaultWidth - 140;
  const axis = logAxis([...all, good, ...(baseline === undefined ? [] : [baseline])], width, 40);
  const ranges = rows.map(
    ({ model, values }) =>
      `${model}: from ${short(Math.min(...values))} to ${short(Math.max(...values))}`,
  );
  const rule = baseline === undefined ? "" : ` A rule stands at the baseline ${short(baseline)}.`;
  const models = rows.map(({ model }) => model);
  const values = rows.flatMap(({ model, values: own }) =>
    own.map((value, k) => ({ model, value, seed: k + 1 })),
  );
  const x = { field: "value", type: "quantitative", title: valueTitle, ...axis };
  const range = models.map((_, k) => categorical[k % categorical.length]!);
  return chart(
    `Below ${short(good)} at the end: ${counts.join(", ")}`,
    `A dot for each training, one row a model, over a logarithmic axis of the ${valueTitle}. ${ranges.join("; ")}.${rule}`,
    {
      width,
      height: { step: 36 },
      layer: [
        ...(baseline === undefined
          ? []
          : [
              {
                data: { values: [{ value: baseline }] },
                mark: { type: "rule", color: palette.neutral, strokeDash: [4, 3] },
                encoding: { x },
              },
            ]),
        {
          data: { values },
          mark: { type: "point", filled: true, size: 60, opacity: 0.6 },
          encoding: {
            x,
            y: {
              field: "model",
              type: "nominal",
              sort: models,
              title: null,
              axis: { domain: false, ticks: false, labelFontSize: 12, labelPadding: 8 },
            },
            color: {
              field: "model",
              type: "nominal",
              scale: { domain: models, range },
              legend: null,
            },
            tooltip: [
              { field: "model", type: "nominal" },
              { field: "seed", type: "quantitative" },
              { field: "value", type: "quantitative", title: valueTitle, format: ".4~g" },
            ],
          },
        },
      ],
    },
    options,
  );
}
