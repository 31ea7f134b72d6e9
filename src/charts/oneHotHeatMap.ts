/** A one-hot sequence: one filled cell a step. */
import { requireList } from "../core/arguments.js";
import { OutOfRangeError, ShapeError } from "../core/errors.js";
import { requireSequences } from "../notation/requireSequence.js";
import type { Sequence } from "../notation/sequence.js";
import { cellSize, ordinal } from "./heatMap.js";
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

/** Options of {@link oneHotHeatMap}. */
export interface OneHotHeatMapOptions extends ChartOptions {
  /** Which example, from 1; the first unless said. */
  readonly example?: number;
}

/**
 * x⁽ⁱ⁾ as a heat map: a column for each step, a row for each token; hovering a cell shows token,
 * index and step.
 *
 * @param x - one-hot vectors, T_x steps of (n_x, m)
 * @param tokens - the vocabulary, n_x tokens in the order of their indices
 * @param options - the title, the width in pixels, and the example
 * @returns the chart, with its alt text
 * @throws ShapeError when there are not n_x tokens; OutOfRangeError when there is no such example,
 *   a step is neither one-hot nor all zeros (padding), or there is too much to draw
 */
export function oneHotHeatMap(
  x: Sequence,
  tokens: readonly string[],
  options: OneHotHeatMapOptions = {},
): VegaLiteSpec {
  requireChartOptions("oneHotHeatMap", options, "example");
  requireSequences("oneHotHeatMap", { x });
  requireList("oneHotHeatMap", "tokens", tokens);
  if (tokens.length !== x.rows) {
    throw new ShapeError(
      `oneHotHeatMap: x has n_x = ${x.rows} rows but there are ${tokens.length} tokens; give the vocabulary's tokens in order`,
    );
  }
  const example = options.example ?? 1;
  requireDrawable("oneHotHeatMap", x.rows, x.T_x);
  const one = x.example(example);
  const values = Array.from(one).flatMap((step, k) =>
    tokens.map((token, row) => ({
      t: k + 1,
      row: row + 1,
      index: row,
      token,
      value: step.get(row, 0),
      step: at("x", k + 1),
    })),
  );
  const filled = requireOneHot(one);
  const zeros = values.filter((cell) => cell.value === 0).length;
  const width = options.width ?? Math.min(defaultWidth, Math.max(160, 34 * one.T_x));
  const steps = Array.from({ length: one.T_x }, (_, k) => String(k + 1));
  const claim = `${short(zeros, 6)} of the ${short(values.length, 6)} numbers are 0 (${short((100 * zeros) / values.length)}%)`;
  return chart(
    claim,
    `Heat map of example ${example} as one-hot vectors: ${one.T_x} steps from left to right, ${tokens.length} tokens from top to bottom, one filled cell in each ${filled === one.T_x ? "column" : `of ${filled} columns, none in those of padding`}. ${claim}.`,
    {
      width,
      height: cellSize(tokens.length) * tokens.length,
      data: { values },
      params: [
        {
          name: "cell",
          select: { type: "point", on: "mouseover", clear: "mouseout", fields: ["t", "row"] },
        },
      ],
      mark: { type: "rect", strokeWidth: 1 },
      encoding: {
        x: ordinal("t", "step t", steps),
        y: ordinal("row", "token", tokens),
        color: {
          condition: { test: "datum.value !== 0", value: palette.input },
          value: palette.faint,
        },
        stroke: {
          condition: { param: "cell", empty: false, value: palette.state },
          value: palette.faint,
        },
        tooltip: [
          { field: "token", type: "nominal" },
          { field: "index", type: "quantitative" },
          { field: "step", type: "nominal" },
          { field: "value", type: "quantitative" },
        ],
      },
    },
    options,
  );
}

/** How many steps have their one; the others are padding, all zeros. */
function requireOneHot(one: Sequence): number {
  const ones = Array.from(one, ({ data }, k) => {
    const others = data.filter((value) => value !== 0);
    if (others.length === 0 || (others.length === 1 && others[0] === 1)) return others.length;
    throw new OutOfRangeError(
      `oneHotHeatMap: ${at("x", k + 1)}: expected zeros and at most a single 1, got ${Array.from(others.slice(0, 3)).join(", ")}; any numbers: heatMap`,
    );
  });
  return ones.reduce<number>((sum, count) => sum + count, 0);
}
