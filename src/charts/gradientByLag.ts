/** How the norm of a Jacobian grows or falls with the steps between two states. */
import { OutOfRangeError } from "../core/errors.js";
import { categorical } from "../display/palette.js";
import { hoverLayers } from "./hover.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
  requireRows,
} from "./spec.js";

/** One point of one line. */
export interface LagRow {
  /** Steps between the two states. */
  readonly lag: number;
  /** The norm, above 0. */
  readonly norm: number;
  /** Which line, such as "ρ = 0.9". */
  readonly series: string;
  /** Which picture, such as "linear" or "tanh"; chosen in a list when there are several. */
  readonly view?: string;
}

/** The base-10 logarithm as a power: 10^−3.2. */
function power(norm: number): string {
  return `10^${short(Math.log10(norm), 2)}`.replace("-", "−");
}

/**
 * A line for each series over the lag, with the logarithm of the norm upwards, so that every power is a straight line.
 *
 * @param rows - the points; rows whose norm is 0 or not finite are left out, and the title says how many
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no finite norm above 0
 */
export function gradientByLag(rows: readonly LagRow[], options: ChartOptions = {}): VegaLiteSpec {
  requireChartOptions("gradientByLag", options);
  requireRows("gradientByLag", rows);
  const values = rows
    .filter(({ norm }) => norm > 0 && norm < Infinity)
    .map((row) => ({ ...row, view: row.view ?? "", log: Math.log10(row.norm) }));
  if (values.length === 0) {
    throw new OutOfRangeError("gradientByLag: expected at least one finite norm above 0, got none");
  }
  const views = Array.from(new Set(values.map(({ view }) => view)));
  const domain = Array.from(new Set(values.map(({ series }) => series)));
  const ends = views.flatMap((view) =>
    domain.flatMap((series) => {
      const line = values.filter((row) => row.view === view && row.series === series);
      if (line.length === 0) return [];
      return [line.reduce((last, row) => (row.lag > last.lag ? row : last))];
    }),
  );
  const lowest = ends.reduce((least, row) => (row.norm < least.norm ? row : least));
  const highest = ends.reduce((most, row) => (row.norm > most.norm ? row : most));
  const named = ({ series, view }: (typeof ends)[number]): string =>
    views.length > 1 ? `${series} (${view})` : series;
  const omitted = rows.length - values.length;
  const others = omitted === 0 ? "" : `; not drawn: ${omitted} whose norm is 0 or not finite`;
  const later = lowest.lag === highest.lag ? "" : `after ${lowest.lag} `;
  const claim = `After ${highest.lag} steps: ${named(highest)} ${power(highest.norm)}, ${later}${named(lowest)} ${power(lowest.norm)}${others}`;
  const logs = values.map(({ log }) => log);
  return chart(
    claim,
    `Line chart of the logarithm of a norm over the steps between two states. ${ends.map((end) => `${named(end)}: ${power(end.norm)} after ${end.lag} steps`).join("; ")}${others}.`,
    {
      width: options.width ?? defaultWidth - 60,
      height: 260,
      ...(views.length > 1
        ? {
            params: [
              {
                name: "view",
                value: views[0]!,
                bind: { input: "select", options: views, name: "show: " },
              },
            ],
            transform: [{ filter: "datum.view === view" }],
          }
        : {}),
      data: { values },
      layer: hoverLayers({
        x: {
          field: "lag",
          type: "quantitative",
          title: "steps between the two states",
          scale: { nice: false },
        },
        y: {
          field: "log",
          type: "quantitative",
          title: "log10 of the norm",
          scale: { domain: [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs, 0))] },
        },
        series: { domain, range: domain.map((_, n) => categorical[n % categorical.length]!) },
        points: true,
        format: ".2f",
      }),
    },
    options,
  );
}
