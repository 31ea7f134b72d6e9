/** How often something succeeded, with what so few trials leave open. */
import { OutOfRangeError } from "../core/errors.js";
import { wilsonInterval } from "../core/wilson.js";
import { palette, textColour } from "../display/palette.js";
import { namedRows } from "./namedRows.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** One way to do it, tried several times. */
export interface SuccessRow {
  readonly model: string;
  readonly successes: number;
  readonly trials: number;
}

/** Options of {@link successRates}. */
export interface SuccessRatesOptions extends ChartOptions {
  /** What a success is called, "solved" unless said. */
  readonly success?: string;
}

/**
 * A point for each share that succeeded, on its 95% interval (Wilson).
 *
 * @param rows - at least one way, each with at least one trial; drawn in their order
 * @param options - what a success is called, the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no way, or one with more successes than trials
 */
export function successRates(
  rows: readonly SuccessRow[],
  options: SuccessRatesOptions = {},
): VegaLiteSpec {
  requireChartOptions("successRates", options, "success");
  if (rows.length === 0)
    throw new OutOfRangeError("successRates: expected at least one row, got none");
  const { success = "solved" } = options;
  const values = Array.from(rows, ({ model, successes, trials }) => {
    const [low, high] = wilsonInterval(successes, trials);
    return { model, share: successes / trials, low, high, text: `${successes} of ${trials}` };
  });
  const y = namedRows("model");
  const x = {
    field: "share",
    type: "quantitative",
    title: `share ${success}, with its 95% interval`,
    scale: { domain: [0, 1] },
    axis: { format: ".0%", tickCount: 5 },
  };
  return chart(
    `${success[0]!.toUpperCase()}${success.slice(1)}: ${values.map(({ model, text }) => `${text} (${model})`).join(", ")}`,
    `Points on 95% intervals of the share ${success}. ${values.map(({ model, text, low, high }) => `${model}: ${text}, interval ${short(low, 2)} to ${short(high, 2)}`).join("; ")}.`,
    {
      width: options.width ?? defaultWidth - 160,
      height: { step: 46 },
      data: { values },
      encoding: {
        y,
        tooltip: [
          { field: "model", type: "nominal" },
          { field: "text", type: "nominal", title: success },
          { field: "low", type: "quantitative", title: "interval from", format: ".3f" },
          { field: "high", type: "quantitative", title: "to", format: ".3f" },
        ],
      },
      layer: [
        {
          mark: { type: "rule", strokeWidth: 3, color: palette.input },
          encoding: { x: { ...x, field: "low" }, x2: { field: "high" } },
        },
        {
          mark: { type: "point", filled: true, size: 110, opacity: 1, color: palette.state },
          encoding: { x },
        },
        {
          mark: { type: "text", dy: -13, fontSize: 12, fontWeight: "bold", color: textColour },
          encoding: { x, text: { field: "text", type: "nominal" } },
        },
      ],
    },
    options,
  );
}
