/** A loss over two parameters, and the ways of several descents over it. */
import { OutOfRangeError } from "../core/errors.js";
import { palette } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  requireDrawable,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** The loss at one place. */
export interface CliffPlace {
  readonly w: number;
  readonly b: number;
  readonly loss: number;
}

/** How far a place reaches to the right and up, in steps: a little over the next one, so that no gap shows. */
const overlap = 0.55;

/** Where one descent was after some steps. */
export interface CliffStep extends CliffPlace {
  readonly step: number;
  /** Which descent. */
  readonly series: string;
}

/**
 * The loss as a heat map over w and b, with the way of one descent at a time: a list chooses it.
 *
 * @param surface - the loss on a grid of equal steps
 * @param paths - the steps of each descent, in order; what lies outside the grid is not drawn
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when the grid has fewer than two values of w or b, there is no descent, or too much to draw
 */
export function cliff(
  surface: readonly CliffPlace[],
  paths: readonly CliffStep[],
  options: ChartOptions = {},
): VegaLiteSpec {
  requireChartOptions("cliff", options);
  const sorted = (values: readonly number[]): number[] =>
    Array.from(new Set(values)).sort((one, other) => one - other);
  const [ws, bs] = [sorted(surface.map(({ w }) => w)), sorted(surface.map(({ b }) => b))];
  if (ws.length < 2 || bs.length < 2) {
    throw new OutOfRangeError(
      `cliff: expected a grid of at least 2 × 2 places, got ${ws.length} × ${bs.length}`,
    );
  }
  const names = Array.from(new Set(paths.map(({ series }) => series)));
  if (names.length === 0)
    throw new OutOfRangeError("cliff: expected at least one descent, got none");
  requireDrawable("cliff", ws.length, bs.length);
  const [stepW, stepB] = [ws[1]! - ws[0]!, bs[1]! - bs[0]!];
  const values = surface.map(({ w, b, loss }) => ({
    w: w - stepW / 2,
    w2: w + overlap * stepW,
    b: b - stepB / 2,
    b2: b + overlap * stepB,
    loss,
  }));
  const inside = ({ w, b }: CliffPlace): boolean =>
    w >= ws[0]! && w <= ws.at(-1)! && b >= bs[0]! && b <= bs.at(-1)!;
  const ends = names.map((name) => paths.filter(({ series }) => series === name).at(-1)!);
  const claim = `After ${ends[0]!.step} steps: ${ends.map((end) => `${end.series} at a loss of ${short(end.loss, 2)}`).join(", ")}`;
  const x = {
    type: "quantitative",
    title: "w",
    scale: { domain: [ws[0]! - stepW / 2, ws.at(-1)! + stepW / 2], nice: false, zero: false },
    axis: { grid: false },
  };
  const y = {
    type: "quantitative",
    title: "b",
    scale: { domain: [bs[0]! - stepB / 2, bs.at(-1)! + stepB / 2], nice: false, zero: false },
    axis: { grid: false },
  };
  const drawn = (): CliffStep[] => paths.filter(inside).map((row) => ({ ...row })); // Vega marks its rows
  const shown = [{ filter: "datum.series === way" }];
  return chart(
    claim,
    `Heat map of a loss over w from ${short(ws[0]!)} to ${short(ws.at(-1)!)} and b from ${short(bs[0]!)} to ${short(bs.at(-1)!)}, with the way of a descent over it. ${claim}. ${ends.map((end) => `${end.series} ends at w = ${short(end.w)}, b = ${short(end.b)}`).join("; ")}.`,
    {
      width: options.width ?? 420,
      height: 320,
      params: [
        {
          name: "way",
          value: names[0]!,
          bind: { input: "select", options: names, name: "descent: " },
        },
      ],
      layer: [
        {
          data: { values },
          mark: { type: "rect" },
          encoding: {
            x: { ...x, field: "w" },
            x2: { field: "w2" },
            y: { ...y, field: "b" },
            y2: { field: "b2" },
            color: {
              field: "loss",
              type: "quantitative",
              scale: { scheme: "viridis" },
              legend: { title: "loss", format: ".2f" },
            },
            tooltip: [{ field: "loss", type: "quantitative", format: ".4f" }],
          },
        },
        {
          data: { values: drawn() },
          transform: shown,
          mark: { type: "line", color: "white", strokeWidth: 1.5, opacity: 0.9 },
          encoding: {
            x: { ...x, field: "w" },
            y: { ...y, field: "b" },
            order: { field: "step", type: "quantitative" },
          },
        },
        {
          data: { values: drawn() },
          transform: shown,
          mark: {
            type: "point",
            filled: true,
            size: 26,
            color: palette.state,
            stroke: "white",
            strokeWidth: 0.6,
            opacity: 1,
          },
          encoding: {
            x: { ...x, field: "w" },
            y: { ...y, field: "b" },
            tooltip: [
              { field: "step", type: "quantitative" },
              { field: "loss", type: "quantitative", format: ".4f" },
            ],
          },
        },
      ],
    },
    options,
  );
}
