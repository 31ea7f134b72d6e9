/** How much of a gradient is left after it was carried back over many steps. */
import { OutOfRangeError } from "../core/errors.js";
import { categorical } from "../display/palette.js";
import { hoverLayers } from "./hover.js";
import { logAxis } from "./logAxis.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** One network's gradient. */
export interface CarriedRow {
  readonly series: string;
  /** ‖∂L⟨T⟩/∂a⟨T−k⟩‖ for k = 0, 1, … */
  readonly norms: readonly number[];
}

/**
 * A line for each network: the norm after k steps back as a share of the norm at the start.
 *
 * @param rows - at least one network, each with two norms or more, the first not zero
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text; a norm of zero ends its line
 * @throws OutOfRangeError when there is no network, or one whose gradient cannot be compared with its start
 */
export function carriedGradient(
  rows: readonly CarriedRow[],
  options: ChartOptions = {},
): VegaLiteSpec {
  requireChartOptions("carriedGradient", options);
  if (rows.length === 0 || rows.some(({ norms }) => norms.length < 2 || !(norms[0]! > 0))) {
    throw new OutOfRangeError(
      "carriedGradient: expected at least one network, each with two norms or more of which the first is positive",
    );
  }
  const values = rows.flatMap(({ series, norms }) =>
    norms
      .map((norm, k) => ({ series, k, share: norm / norms[0]! }))
      .filter(({ share }) => share > 0 && Number.isFinite(share)),
  );
  const ends = rows.map(({ series, norms }) => ({
    series,
    k: norms.length - 1,
    share: norms.at(-1)! / norms[0]!,
  }));
  const steps = Math.max(...ends.map(({ k }) => k));
  const claim = `What is left of the gradient ${steps} steps back: ${ends.map(({ series, share }) => `${series} ${short(share, 2)}`).join(", ")}`;
  const domain = rows.map(({ series }) => series);
  const height = 240;
  return chart(
    claim,
    `Line chart on a logarithmic axis: the norm of the gradient that is carried back, as a share of what it was at its own step. ${claim}.`,
    {
      width: options.width ?? defaultWidth - 60,
      height,
      data: { values },
      layer: hoverLayers({
        x: { field: "k", type: "quantitative", title: "k: steps back", scale: { nice: false } },
        y: {
          field: "share",
          type: "quantitative",
          title: "share of the gradient's norm",
          ...logAxis(
            values.map(({ share }) => share),
            height,
            16,
          ),
        },
        series: { domain, range: domain.map((_, n) => categorical[n % categorical.length]!) },
        format: ".2~e",
      }),
    },
    options,
  );
}
