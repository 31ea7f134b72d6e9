/** Which inputs a network's values depend on: how far each moves when one input changes. */
import { requireRecord } from "../core/arguments.js";
import { OutOfRangeError, ShapeError } from "../core/errors.js";
import { type Mat, requireMat, shapeText } from "../core/matrix.js";
import { palette, textColour } from "../display/palette.js";
import { cellSize, largestSize, ordinal, signedColour } from "./heatMap.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  requireDrawable,
  type VegaLiteSpec,
  requireChartOptions,
  requireNumbers,
} from "./spec.js";

/** Options of {@link reachHeatMap}. */
export interface ReachHeatMapOptions extends ChartOptions {
  /** The inputs to write on the axis, such as letters: one a time step; numbers unless said. */
  readonly tokens?: readonly string[];
}

/**
 * One square a choice, picked in a list: row t, column s says how far the value at t moves when x⟨s⟩ changes.
 * A cell that does not move at all holds a 0.
 *
 * @param reaches - by the value's name, such as "ŷ⟨t⟩": sizes of the change, (T_x, T_x), entry (t, s)
 * @param options - the tokens, the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError without a choice, with too many cells, or a size that is not finite; ShapeError when one is not (T_x, T_x)
 */
export function reachHeatMap(
  reaches: Readonly<Record<string, Mat>>,
  options: ReachHeatMapOptions = {},
): VegaLiteSpec {
  requireChartOptions("reachHeatMap", options, "tokens");
  requireRecord("reachHeatMap", "reaches", reaches);
  for (const [name, mat] of Object.entries(reaches)) requireMat("reachHeatMap", name, mat);
  const names = Object.keys(reaches);
  const T_x = reaches[names[0] ?? ""]?.rows;
  if (T_x === undefined) {
    throw new OutOfRangeError("reachHeatMap: expected at least one matrix, got none");
  }
  for (const [name, mat] of Object.entries(reaches)) {
    if (mat.rows !== T_x || mat.cols !== T_x || T_x === 0) {
      throw new ShapeError(
        `reachHeatMap: expected (T_x, T_x) for ${name}, the same for all, got ${shapeText(mat)}`,
      );
    }
  }
  requireDrawable("reachHeatMap", T_x, T_x);
  const values = names.flatMap((name) =>
    reaches[name]!.toArray().flatMap((row, i) =>
      row.map((value, j) => ({ name, t: i + 1, s: j + 1, value, text: value === 0 ? "0" : "" })),
    ),
  );
  requireNumbers(
    "reachHeatMap",
    "reaches",
    values.map(({ value }) => value),
  );
  const moved = (name: string): number =>
    values.filter((cell) => cell.name === name && cell.value !== 0).length;
  const counts = names.map((name) => `${name} in ${moved(name)}`).join(", ");
  const claim = `A changed x⟨s⟩ moves ${counts} of the ${T_x * T_x} pairs of steps`;
  const steps = Array.from({ length: T_x }, (_, k) => String(k + 1));
  const tokens = options.tokens;
  const columns = tokens === undefined ? steps : steps.map((s, k) => `${s} ${tokens[k] ?? ""}`);
  const side = 1.5 * cellSize(T_x);
  return chart(
    claim,
    `Heat map of ${T_x} by ${T_x} steps for ${names.join(", ")}: how far the value at step t, a row, moves when the input x⟨s⟩, a column, changes. ${options.title === undefined ? claim : `Not zero: ${counts} of the ${T_x * T_x} pairs of steps`}.`,
    {
      width: options.width ?? Math.min(defaultWidth - 80, Math.max(240, 1.4 * side * T_x)),
      height: side * T_x,
      params: [
        {
          name: "shown",
          value: names[0],
          bind: { input: "select", options: names, name: "what moves: " },
        },
      ],
      data: { values },
      transform: [{ filter: "datum.name === shown" }],
      encoding: {
        x: ordinal("s", "changed input, step s", columns),
        y: ordinal("t", "step t", steps),
        tooltip: [
          { field: "name", type: "nominal", title: "moves" },
          { field: "t", type: "ordinal" },
          { field: "s", type: "ordinal", title: "changed x⟨s⟩, s" },
          { field: "value", type: "quantitative", title: "by", format: ".3~g" },
        ],
      },
      layer: [
        {
          mark: { type: "rect", stroke: palette.faint },
          encoding: {
            color: signedColour(largestSize(values.map(({ value }) => value)), {
              signed: false,
              small: true,
            }),
          },
        },
        {
          mark: { type: "text", fontSize: 11, color: textColour },
          encoding: { text: { field: "text", type: "nominal" } },
        },
      ],
    },
    options,
  );
}
