/** The loss at each position of a stream that repeats its structure every few steps. */
import { requireList, requireWhole } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import { palette } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  type VegaLiteSpec,
  requireChartOptions,
  requireNumbers,
} from "./spec.js";

/** Options of {@link positionLoss}. */
export interface PositionLossOptions extends ChartOptions {
  /** After how many positions the structure repeats; 3 for the temporal XOR. */
  readonly period?: number;
  /** What a position is, "position in the stream" unless said. */
  readonly positionTitle?: string;
}

/**
 * A sawtooth: bits per position, with the predictable place of each period marked.
 *
 * @param bits - the mean loss at position 1, 2, …, in bits
 * @param options - the title, the width in pixels, the period, and what a position is
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no position, a loss is not finite, or the period no whole number of at least 1
 */
export function positionLoss(
  bits: readonly number[],
  options: PositionLossOptions = {},
): VegaLiteSpec {
  requireChartOptions("positionLoss", options, "period", "positionTitle");
  requireList("positionLoss", "bits", bits);
  requireNumbers("positionLoss", "bits", bits);
  if (bits.length === 0) {
    throw new OutOfRangeError("positionLoss: expected the loss of at least one position, got none");
  }
  const period = options.period ?? 3;
  requireWhole("positionLoss", "period", period, 1);
  const mean = (list: readonly number[]): number => list.reduce((s, v) => s + v, 0) / list.length;
  const phases = Array.from({ length: Math.min(period, bits.length) }, (_, phase) =>
    mean(bits.filter((_bit, k) => k % period === phase)),
  );
  const best = phases.indexOf(Math.min(...phases));
  const others = bits.filter((_bit, k) => k % period !== best);
  const values = bits.map((loss, k) => ({
    position: k + 1,
    bits: loss,
    kind: k % period === best ? "predictable" : "random",
  }));
  const claim = `Every ${ordinalWord(period)} bit costs ${phases[best]!.toFixed(2)} bits${others.length === 0 ? "" : `, the others ${mean(others).toFixed(2)}`}`;
  const x = {
    field: "position",
    type: "quantitative",
    title: options.positionTitle ?? "position in the stream",
    scale: { domain: [0.5, bits.length + 0.5], nice: false },
    axis: { tickMinStep: 1, grid: false },
  };
  const y = {
    field: "bits",
    type: "quantitative",
    title: "loss (bits)",
    scale: { domain: [0, Math.max(1.1, ...bits)] },
  };
  return chart(
    claim,
    `Line chart of the loss in bits at ${bits.length} positions. ${claim}: a sawtooth with period ${period}.`,
    {
      width: options.width ?? defaultWidth - 40,
      height: 200,
      data: { values },
      layer: [
        {
          mark: { type: "line", color: palette.neutral, strokeWidth: 1.5 },
          encoding: { x, y },
        },
        {
          mark: { type: "point", filled: true, size: 60, opacity: 1 },
          encoding: {
            x,
            y,
            color: {
              field: "kind",
              type: "nominal",
              title: null,
              scale: { domain: ["predictable", "random"], range: [palette.output, palette.state] },
              legend: { orient: "top" },
            },
            shape: {
              field: "kind",
              type: "nominal",
              scale: { domain: ["predictable", "random"], range: ["circle", "triangle-up"] },
            },
            tooltip: [
              { field: "position", type: "quantitative" },
              { field: "bits", type: "quantitative", format: ".3f" },
              { field: "kind", type: "nominal" },
            ],
          },
        },
      ],
    },
    options,
  );
}

function ordinalWord(n: number): string {
  return ["", "", "second", "third", "fourth", "fifth"][n] ?? `${n}th`;
}
