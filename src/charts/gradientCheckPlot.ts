/** The error of a central difference against its step h. */
import { OutOfRangeError } from "../core/errors.js";
import { hoverLayers } from "./hover.js";
import { logAxis } from "./logAxis.js";
import { categorical, palette } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** One gradient check. */
export interface GradientCheckRow {
  readonly h: number;
  readonly relativeError: number;
  /** Which gradient is checked, when there are several. */
  readonly series?: string;
}

/**
 * Relative error over h, both axes logarithmic: too large an h cuts the series too early, too
 * small a one leaves nothing but rounding, and a wrong gradient stays wrong for every h.
 *
 * @param rows - the step h and the relative error there; those that a logarithm cannot show are
 *   left out
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when no row has both h and the error above 0
 */
export function gradientCheckPlot(
  rows: readonly GradientCheckRow[],
  options: ChartOptions = {},
): VegaLiteSpec {
  requireChartOptions("gradientCheckPlot", options);
  const drawable = rows.filter((row) => row.relativeError > 0 && row.h > 0);
  const [first] = drawable;
  if (first === undefined) {
    throw new OutOfRangeError("gradientCheckPlot: expected rows with h > 0 and an error above 0");
  }
  const best = drawable.reduce(
    (low, row) => (row.relativeError < low.relativeError ? row : low),
    first,
  );
  const values = drawable.map((row) => ({ ...row, series: row.series ?? "gradient" }));
  const domain = Array.from(new Set(values.map((row) => row.series)));
  const claim = `The check is sharpest at h = ${short(best.h, 2)}: relative error ${short(best.relativeError, 2)}`;
  const width = options.width ?? defaultWidth - 70;
  const height = 240;
  return chart(
    claim,
    `Line chart with logarithmic axes: relative error of the numerical gradient for ${drawable.length} values of h. ${claim}; it grows for larger and for smaller h.`,
    {
      width,
      height,
      data: { values },
      layer: [
        {
          data: { values: [{ h: best.h, relativeError: best.relativeError }] },
          mark: {
            type: "point",
            shape: "circle",
            size: 240,
            color: palette.neutral,
            filled: false,
          },
          encoding: {
            x: { field: "h", type: "quantitative" },
            y: { field: "relativeError", type: "quantitative" },
          },
        },
        ...hoverLayers({
          x: {
            field: "h",
            type: "quantitative",
            title: "h",
            ...logAxis(
              drawable.map((row) => row.h),
              width,
              36,
            ),
          },
          y: {
            field: "relativeError",
            type: "quantitative",
            title: "relative error",
            ...logAxis(
              drawable.map((row) => row.relativeError),
              height,
              14,
            ),
          },
          series: { domain, range: domain.map((_, k) => categorical[k % categorical.length]!) },
          points: true,
          format: ".2~e",
        }),
      ],
    },
    options,
  );
}
