/** A batch of sequences of unequal length: what is real and what is padding. */
import type { Sequence } from "../notation/sequence.js";
import { checkMask } from "../notation/padding.js";
import { cellSize, ordinal } from "./heatMap.js";
import { palette, textColour } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  requireDrawable,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** Options of {@link paddedBatch}. */
export interface PaddedBatchOptions extends ChartOptions {
  /** What stands at each real step: [example][step]. */
  readonly tokens?: readonly (readonly string[])[];
}

/**
 * One row an example, one column a step: filled where the mask is 1, crossed where it is 0.
 *
 * @param mask - T_x steps of (1, m): 1 for a real step, 0 for padding
 * @param options - the title, the width in pixels, and what stands at each real step
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there are too many cells to draw, or an entry is neither 0 nor 1; ShapeError when a step
 *   has not one row
 */
export function paddedBatch(
  mask: Sequence<"1", "m">,
  options: PaddedBatchOptions = {},
): VegaLiteSpec {
  requireChartOptions("paddedBatch", options, "tokens");
  checkMask("paddedBatch", mask, "mask", mask);
  requireDrawable("paddedBatch", mask.cols, mask.T_x);
  const values = Array.from(mask).flatMap((step, k) =>
    Array.from({ length: mask.cols }, (_, j) => {
      const real = step.get(0, j) !== 0;
      return {
        t: k + 1,
        example: j + 1,
        kind: real ? "real" : "padding",
        text: real ? (options.tokens?.[j]?.[k] ?? "") : "×",
      };
    }),
  );
  const padding = values.filter((cell) => cell.kind === "padding").length;
  const claim = `${padding} of the ${values.length} steps are padding (${short((100 * padding) / values.length)}%): the mask keeps them out of the loss`;
  const names = (count: number, name: (k: number) => string): string[] =>
    Array.from({ length: count }, (_, k) => name(k + 1));
  return chart(
    claim,
    `Grid of ${mask.cols} examples by ${mask.T_x} steps. ${claim}. Real steps per example: ${names(mask.cols, (i) => String(values.filter((cell) => cell.example === i && cell.kind === "real").length)).join(", ")}.`,
    {
      width: options.width ?? Math.min(defaultWidth, Math.max(200, 40 * mask.T_x)),
      height: Math.max(20, cellSize(mask.cols)) * mask.cols,
      data: { values },
      encoding: {
        x: ordinal("t", "step t", names(mask.T_x, String)),
        y: ordinal(
          "example",
          "example",
          names(mask.cols, (i) => `(${i})`),
        ),
        tooltip: [
          { field: "example", type: "ordinal" },
          { field: "t", type: "ordinal" },
          { field: "kind", type: "nominal" },
          { field: "text", type: "nominal", title: "token" },
        ],
      },
      layer: [
        {
          mark: { type: "rect", stroke: palette.faint },
          encoding: {
            color: {
              field: "kind",
              type: "nominal",
              title: null,
              scale: { domain: ["real", "padding"], range: [palette.input, palette.faint] },
              legend: { orient: "top", symbolType: "square" },
            },
          },
        },
        {
          mark: { type: "text", fontSize: 11 },
          encoding: {
            text: { field: "text", type: "nominal" },
            color: {
              condition: { test: "datum.kind === 'real'", value: "white" },
              value: textColour,
            },
          },
        },
      ],
    },
    options,
  );
}
