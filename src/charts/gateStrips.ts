/** What an LSTM's memory does over time, and what its gates do meanwhile. */
import { OutOfRangeError } from "../core/errors.js";
import type { Mat } from "../core/matrix.js";
import { palette } from "../display/palette.js";
import {
  at,
  chart,
  type ChartOptions,
  defaultWidth,
  requireDrawable,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** What is drawn of a step: an LSTM's cache has it. */
export interface GateStep {
  /** Γf, (n_a, m). */
  readonly gamma_f: Mat<"n_a", "m">;
  /** Γu, (n_a, m). */
  readonly gamma_u: Mat<"n_a", "m">;
  /** Γo, (n_a, m). */
  readonly gamma_o: Mat<"n_a", "m">;
  /** c⟨t − 1⟩, (n_a, m). */
  readonly c_prev: Mat<"n_a", "m">;
  /** c⟨t⟩, (n_a, m). */
  readonly c_next: Mat<"n_a", "m">;
}

/** Options of {@link gateStrips}. */
export interface GateStripsOptions extends ChartOptions {
  /** Which units can be picked, from 1; all unless said. */
  readonly units?: readonly number[];
  /** Which example, from 1; the first unless said. */
  readonly example?: number;
  /** Steps to mark, from 1. */
  readonly marked?: readonly number[];
}

const gates = ["Γf", "Γu", "Γo"] as const;

/**
 * c⟨t⟩ of one unit as a line, and its three gates as strips below; where there are several, a menu picks the unit.
 *
 * @param steps - one a step, step 1 first: the caches of an LSTM's forward pass
 * @param options - the title, the width in pixels, the units, the example, and steps to mark
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no step, no such unit, example or marked step, or too much to draw
 */
export function gateStrips(
  steps: readonly GateStep[],
  options: GateStripsOptions = {},
): VegaLiteSpec {
  requireChartOptions("gateStrips", options, "units", "example", "marked");
  const [first] = steps;
  if (first === undefined)
    throw new OutOfRangeError("gateStrips: expected at least one step, got none");
  const [n_a, m] = first.c_next.shape;
  const T = steps.length;
  const { example = 1, marked = [] } = options;
  const units = options.units ?? Array.from({ length: n_a }, (_, k) => k + 1);
  requireWithin("a unit", units, n_a);
  requireWithin("an example", [example], m);
  if (marked.length > 0) requireWithin("a marked step", marked, T);
  requireDrawable("gateStrips", units.length * gates.length, T);
  const rows = steps.flatMap((step, index) =>
    units.map((unit) => {
      const of = (mat: Mat): number => Number(mat.get(unit - 1, example - 1).toPrecision(4));
      const { gamma_f, gamma_u, gamma_o, c_next, c_prev } = step;
      const moved = Math.abs(c_next.get(unit - 1, example - 1) - c_prev.get(unit - 1, example - 1));
      const [f, u, o] = [of(gamma_f), of(gamma_u), of(gamma_o)];
      return { t: index + 1, unit, c: of(c_next), Γf: f, Γu: u, Γo: o, moved };
    }),
  );
  const mean = (values: readonly number[]): string =>
    short(values.reduce((sum, value) => sum + value, 0) / values.length, 2);
  const moves = (isMarked: boolean): string =>
    mean(rows.filter(({ t }) => marked.includes(t) === isMarked).map(({ moved }) => moved));
  const shown = units.length === 1 ? `unit ${units[0]}` : `${units.length} units`;
  const claim =
    marked.length > 0 && marked.length < T
      ? `At the marked steps the memory of ${shown} moves by ${moves(true)} on average, at the ${T - marked.length} others by ${moves(false)}`
      : `The forget gate of ${shown} is ${mean(rows.map((row) => row.Γf))} on average over ${T} steps`;
  const menu = units.length === 1 ? `, of ${shown}` : `; a menu picks one of ${shown}`;
  const width = options.width ?? defaultWidth - 60;
  const x = {
    type: "quantitative",
    scale: { domain: [0.5, T + 0.5], nice: false },
    axis: { tickMinStep: 1, grid: false },
  };
  const marks = marked.length === 0 ? "" : ` Marked are the steps ${marked.join(", ")}.`;
  return chart(
    claim,
    `Line of the memory ${at("c", "t")} over ${T} steps, and below it the forget, update and output gate as strips, from 0 (pale) to 1 (strong)${menu}.${marks} ${claim}.`,
    {
      data: { values: rows.map(({ moved: _, ...row }) => row) },
      params: [
        {
          name: "unit",
          value: units[0],
          ...(units.length > 1
            ? { bind: { input: "select", options: units, name: "unit: " } }
            : undefined),
        },
      ],
      transform: [{ filter: "datum.unit == unit" }],
      vconcat: [
        {
          width,
          height: 130,
          layer: [
            {
              data: { values: marked.map((t) => ({ t })) },
              mark: { type: "rule", strokeWidth: 6, opacity: 0.35, color: palette.loss },
              encoding: { x: { field: "t", ...x, title: null } },
            },
            {
              mark: { type: "line", color: palette.state, strokeWidth: 2, point: T <= 30 },
              encoding: {
                x: { field: "t", ...x, title: null },
                y: {
                  field: "c",
                  type: "quantitative",
                  title: at("c", "t"),
                  axis: { tickCount: 5 },
                },
                tooltip: [
                  { field: "t", type: "quantitative", title: "step t" },
                  { field: "c", type: "quantitative", title: at("c", "t"), format: ".4f" },
                ],
              },
            },
          ],
        },
        {
          width,
          height: 3 * 24,
          transform: [
            { fold: gates, as: ["gate", "value"] },
            { calculate: "datum.t - 0.5", as: "from" },
            { calculate: "datum.t + 0.5", as: "to" },
          ],
          mark: { type: "rect" },
          encoding: {
            x: { field: "from", ...x, title: "step t" },
            x2: { field: "to" },
            y: {
              field: "gate",
              type: "nominal",
              sort: gates,
              title: null,
              axis: { domain: false, ticks: false, labelFontSize: 12 },
              scale: { paddingInner: 0.15 },
            },
            color: {
              field: "value",
              type: "quantitative",
              scale: { domain: [0, 1], range: ["#79797914", palette.input], interpolate: "rgb" },
              legend: {
                ...{ title: null, orient: "bottom", direction: "horizontal" },
                ...{ gradientLength: 64, values: [0, 1] },
              },
            },
            tooltip: [
              { field: "gate", type: "nominal" },
              { field: "t", type: "quantitative", title: "step t" },
              { field: "value", type: "quantitative", format: ".4f" },
            ],
          },
        },
      ],
    },
    options,
  );
}

function requireWithin(what: string, chosen: readonly number[], most: number): void {
  const wrong = chosen.find((one) => !(Number.isInteger(one) && one >= 1 && one <= most));
  if (wrong === undefined && chosen.length > 0) return;
  throw new OutOfRangeError(
    `gateStrips: expected ${what} from 1 to ${most}, got ${wrong ?? "none"}`,
  );
}
