/** What one-hot vectors cost: numbers to store against one index a step. */
import { OutOfRangeError } from "../core/errors.js";
import { palette, textColour } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** A data set's size. */
export interface StorageRow {
  readonly name: string;
  /** The vocabulary's size n_x. */
  readonly n_x: number;
  /** Steps in all: T_x summed over the examples. */
  readonly steps: number;
}

/**
 * Two bars a data set on a logarithmic axis: n_x numbers a step against one.
 *
 * @param rows - at least one data set, with its n_x
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no data set
 */
export function storageBars(rows: readonly StorageRow[], options: ChartOptions = {}): VegaLiteSpec {
  requireChartOptions("storageBars", options);
  const worst = rows.reduce<StorageRow | undefined>(
    (most, row) => (most === undefined || row.n_x > most.n_x ? row : most),
    undefined,
  );
  if (worst === undefined) {
    throw new OutOfRangeError("storageBars: expected at least one data set, got none");
  }
  const values = rows.flatMap((row) => [
    { name: row.name, kind: "one-hot", numbers: row.n_x * row.steps, one: 1 },
    { name: row.name, kind: "index", numbers: row.steps, one: 1 },
  ]);
  const largest = Math.max(...values.map((value) => value.numbers));
  return chart(
    `${worst.name}: one-hot takes ${short(worst.n_x, 6)} times as many numbers as an index`,
    `Bar chart with a logarithmic axis: numbers to store. ${rows.map((row) => `${row.name}: ${short(row.n_x * row.steps)} as one-hot vectors, ${short(row.steps)} as indices`).join("; ")}.`,
    {
      width: options.width ?? defaultWidth - 120,
      height: { step: 18 },
      data: { values },
      encoding: {
        y: {
          field: "name",
          type: "nominal",
          sort: null,
          title: null,
          axis: { labelLimit: 200, domain: false, ticks: false },
        },
        yOffset: { field: "kind", type: "nominal", sort: ["one-hot", "index"] },
      },
      layer: [
        {
          mark: { type: "bar" },
          encoding: {
            x: {
              field: "numbers",
              type: "quantitative",
              stack: null,
              title: "numbers to store (logarithmic axis)",
              scale: { type: "log", domain: [1, largest * 8] },
              axis: { format: "~s", tickCount: 6 },
            },
            x2: { field: "one" },
            color: {
              field: "kind",
              type: "nominal",
              title: null,
              scale: { domain: ["one-hot", "index"], range: [palette.state, palette.input] },
              legend: { orient: "top" },
            },
            tooltip: [
              { field: "name", type: "nominal" },
              { field: "kind", type: "nominal" },
              { field: "numbers", type: "quantitative", format: "," },
            ],
          },
        },
        {
          mark: { type: "text", align: "left", dx: 4, fontSize: 11, color: textColour },
          encoding: {
            x: { field: "numbers", type: "quantitative" },
            text: { field: "numbers", type: "quantitative", format: "," },
          },
        },
      ],
    },
    options,
  );
}
