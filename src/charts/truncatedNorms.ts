/** What truncated backpropagation keeps of the gradient. */
import { requireWhole } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import { palette, textColour } from "../display/palette.js";
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

/** The gradient that is cut every k steps. */
export interface TruncatedRow {
  /** Steps that the gradient goes back before it is cut. */
  readonly k: number;
  /** ‖gradient cut every k steps − full gradient‖ / ‖full gradient‖. */
  readonly relativeError: number;
}

/**
 * A bar for each k: how far the truncated gradient is from the full one.
 *
 * @param rows - at least one k, with the truncated gradient's relative error
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no k, or an error that is negative or not finite
 */
export function truncatedNorms(
  rows: readonly TruncatedRow[],
  options: ChartOptions = {},
): VegaLiteSpec {
  requireChartOptions("truncatedNorms", options);
  requireRows("truncatedNorms", rows);
  for (const { k, relativeError } of rows) {
    requireWhole("truncatedNorms", "k", k, 1);
    requireNumbers("truncatedNorms", "relativeError", [relativeError], { from: 0 });
  }
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) {
    throw new OutOfRangeError("truncatedNorms: expected at least one k, got none");
  }
  const percent = (row: TruncatedRow): string => `${short(100 * row.relativeError, 2)}%`;
  const claim = `Cut every ${first.k === 1 ? "step" : `${first.k} steps`} the gradient is off by ${percent(first)}, every ${last.k} steps by ${percent(last)}`;
  return chart(
    claim,
    `Bar chart of the truncated gradient's relative error: ${rows.map((row) => `k = ${row.k}: ${percent(row)}`).join(", ")}.`,
    {
      width: options.width ?? Math.min(defaultWidth - 60, Math.max(260, 60 * rows.length)),
      height: 190,
      data: { values: rows.map((row) => ({ ...row, text: percent(row) })) },
      encoding: {
        x: {
          field: "k",
          type: "ordinal",
          title: "k: steps between two cuts",
          axis: { labelAngle: 0, domain: false, ticks: false },
        },
        y: {
          field: "relativeError",
          type: "quantitative",
          title: "distance to the full gradient",
          axis: { format: "%", tickCount: 4 },
        },
        tooltip: [
          { field: "k", type: "ordinal" },
          { field: "relativeError", type: "quantitative", title: "relative error", format: ".3~e" },
        ],
      },
      layer: [
        { mark: { type: "bar", color: palette.gradient, cornerRadiusEnd: 2 } },
        {
          mark: { type: "text", dy: -8, fontSize: 11, color: textColour },
          encoding: { text: { field: "text", type: "nominal" } },
        },
      ],
    },
    options,
  );
}
