/** Models compared by one number between 0 and 1, and by what each of them knows. */
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

/** One model. */
export interface AccuracyRow {
  readonly model: string;
  /** The share of right answers on data that the model was not trained on, 0 to 1. */
  readonly accuracy: number;
  /** What the model can know, in a few words. */
  readonly knows: string;
}

/** Options of {@link accuracyBars}. */
export interface AccuracyBarsOptions extends ChartOptions {
  /** The accuracy of always giving the most frequent answer: a rule across the bars. */
  readonly baseline?: number;
}

/** A shorter bar has no room for its number, which then stands behind the bar's end. */
const roomInside = 0.15;

const number = { type: "text", fontWeight: "bold", fontSize: 12 } as const;

/**
 * One bar a model, its accuracy at the bar's end and what it knows beneath.
 *
 * @param rows - at least one model; drawn in their order
 * @param options - the title, the width in pixels, and the baseline
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no model, or an accuracy is not from 0 to 1
 */
export function accuracyBars(
  rows: readonly AccuracyRow[],
  options: AccuracyBarsOptions = {},
): VegaLiteSpec {
  requireChartOptions("accuracyBars", options, "baseline");
  requireRows("accuracyBars", rows);
  const shares = rows.map(({ accuracy }) => accuracy);
  requireNumbers("accuracyBars", "accuracy", shares, { from: 0, to: 1 });
  if (options.baseline !== undefined) {
    requireNumbers("accuracyBars", "baseline", [options.baseline], { from: 0, to: 1 });
  }
  const ranked = Array.from(rows).sort((a, b) => b.accuracy - a.accuracy);
  const best = ranked[0];
  const worst = ranked.at(-1);
  if (best === undefined || worst === undefined) {
    throw new OutOfRangeError("accuracyBars: expected at least one model, got none");
  }
  const width = options.width ?? defaultWidth - 160;
  const values = rows.map((row) => ({ ...row, text: short(row.accuracy) }));
  const y = {
    ...namedRows("model"),
    scale: { paddingInner: 0.55, paddingOuter: 0.3 },
  };
  const baseline = options.baseline;
  return chart(
    `${best.model}: ${short(best.accuracy)}, ${worst.model}: ${short(worst.accuracy)} of the answers are right`,
    `Bar chart of accuracies. ${rows.map((row) => `${row.model}: ${short(row.accuracy)}, knows ${row.knows}`).join("; ")}.${baseline === undefined ? "" : ` Always giving the most frequent answer gets ${short(baseline)}.`}`,
    {
      width,
      height: { step: 52 },
      data: { values },
      encoding: {
        y,
        tooltip: [
          { field: "model", type: "nominal" },
          { field: "accuracy", type: "quantitative", format: ".4f" },
          { field: "knows", type: "nominal" },
        ],
      },
      layer: [
        {
          mark: { type: "bar", color: palette.output, cornerRadiusEnd: 2 },
          encoding: {
            x: {
              field: "accuracy",
              type: "quantitative",
              title: "accuracy",
              scale: { domain: [0, 1] },
              axis: { values: [0, 0.25, 0.5, 0.75, 1], format: ".2f" },
            },
          },
        },
        {
          transform: [{ filter: `datum.accuracy >= ${roomInside}` }],
          mark: { ...number, align: "right", dx: -6, color: "white" },
          encoding: {
            x: { field: "accuracy", type: "quantitative" },
            text: { field: "text", type: "nominal" },
          },
        },
        {
          transform: [{ filter: `datum.accuracy < ${roomInside}` }],
          mark: { ...number, align: "left", dx: 6, color: textColour },
          encoding: {
            x: { field: "accuracy", type: "quantitative" },
            text: { field: "text", type: "nominal" },
          },
        },
        {
          mark: {
            type: "text",
            align: "left",
            baseline: "top",
            dy: 15,
            fontSize: 11,
            color: textColour,
          },
          encoding: { x: { value: 2 }, text: { field: "knows", type: "nominal" } },
        },
        ...(baseline === undefined
          ? []
          : [
              {
                data: { values: [{ baseline }] },
                mark: { type: "rule", color: palette.neutral, strokeDash: [4, 4] },
                encoding: {
                  x: { field: "baseline", type: "quantitative" },
                  y: { value: 0 },
                  y2: { value: "height" },
                  tooltip: {
                    field: "baseline",
                    type: "quantitative",
                    title: "most frequent answer",
                  },
                },
              },
            ]),
      ],
    },
    options,
  );
}
