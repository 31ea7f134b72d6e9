/** The state over time: all of it as a heat map, one step of it as bars. */
import { OutOfRangeError } from "../core/errors.js";
import type { Sequence } from "../notation/sequence.js";
import { cellSize, largestSize, ordinal, signedColour } from "./heatMap.js";
import { diverging, palette } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  requireDrawable,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** Options of {@link hiddenStateHeatMap}. */
export interface HiddenStateOptions extends ChartOptions {
  /** Which example, from 1; the first unless said. */
  readonly example?: number;
  /** What was read at each step, one a step. */
  readonly tokens?: readonly string[];
}

/**
 * a⟨1⟩, …, a⟨T_x⟩ of one example: units by steps, and below the step that the slider picks.
 *
 * @param a - the states, T_x steps of (n_a, m)
 * @param options - the title, the width in pixels, the example, and what was read at each step
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no such example, not one token a step, or too much to draw
 */
export function hiddenStateHeatMap(a: Sequence, options: HiddenStateOptions = {}): VegaLiteSpec {
  requireChartOptions("hiddenStateHeatMap", options, "example", "tokens");
  requireDrawable("hiddenStateHeatMap", a.rows, a.T_x);
  const one = a.example(options.example ?? 1);
  const { T_x } = one;
  if (options.tokens !== undefined && options.tokens.length !== T_x) {
    throw new OutOfRangeError(
      `hiddenStateHeatMap: expected one token a step, ${T_x}, got ${options.tokens.length}`,
    );
  }
  const tokens = options.tokens ?? Array.from({ length: T_x }, (_, k) => String(k + 1));
  const values = Array.from(one).flatMap((step, k) =>
    Array.from({ length: one.rows }, (_, unit) => ({
      t: k + 1,
      unit: unit + 1,
      value: step.get(unit, 0),
    })),
  );
  const bound = largestSize(values.map((cell) => cell.value));
  const saturated = values.filter((cell) => Math.abs(cell.value) > 0.9).length;
  const width = options.width ?? defaultWidth - 120;
  const units = Array.from({ length: one.rows }, (_, k) => String(k + 1));
  const height = cellSize(one.rows) * one.rows;
  const tooltip = [
    { field: "state", type: "nominal" },
    { field: "token", type: "nominal" },
    { field: "value", type: "quantitative", format: ".4f" },
  ];
  const broken = values.filter((cell) => !Number.isFinite(cell.value)).length;
  const entries = `of the ${values.length} entries of a⟨1⟩ … a⟨${T_x}⟩ are`;
  const claim =
    broken > 0
      ? `${broken} ${entries} no finite numbers`
      : `${saturated} ${entries} saturated (beyond ±0.9), ${short((100 * saturated) / values.length, 2)}%`;
  return chart(
    claim,
    `Heat map of the hidden state: ${one.rows} units from top to bottom, ${T_x} steps from left to right, ${broken > 0 ? "the finite " : ""}values between −${short(bound)} and ${short(bound)}. ${claim}. A slider picks a step t, whose state is drawn as bars below.`,
    {
      data: { values },
      transform: [
        { calculate: `${JSON.stringify(tokens)}[datum.t - 1]`, as: "token" },
        { calculate: "'a⟨' + datum.t + '⟩, unit ' + datum.unit", as: "state" },
      ],
      params: [
        {
          name: "t",
          value: 1,
          bind: { input: "range", min: 1, max: T_x, step: 1, name: "step t: " },
        },
      ],
      vconcat: [
        {
          width,
          height,
          layer: [
            {
              mark: { type: "rect", stroke: palette.faint, strokeWidth: 0.5 },
              encoding: {
                x: ordinal("t", options.tokens ? "what was read at step t" : "step t", tokens),
                y: ordinal("unit", "unit", units),
                color: signedColour(bound),
                tooltip,
              },
            },
            {
              transform: [{ filter: "datum.t === t" }],
              mark: { type: "rect", filled: false, stroke: palette.neutral, strokeWidth: 1.5 },
              encoding: {
                x: { field: "t", type: "ordinal" },
                y: { field: "unit", type: "ordinal" },
              },
            },
          ],
        },
        {
          width,
          height: 90,
          transform: [{ filter: "datum.t === t" }],
          mark: { type: "bar" },
          encoding: {
            x: ordinal("unit", "unit of a⟨t⟩", units),
            y: {
              field: "value",
              type: "quantitative",
              title: "a⟨t⟩",
              scale: { domain: [-Math.max(1, bound), Math.max(1, bound)] },
              axis: { tickCount: 3 },
            },
            color: {
              condition: { test: "datum.value < 0", value: diverging.negative },
              value: diverging.positive,
            },
            tooltip,
          },
        },
      ],
    },
    options,
  );
}
