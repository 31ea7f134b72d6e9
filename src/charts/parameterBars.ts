/** A model's parameters, matrix by matrix. */
import { OutOfRangeError } from "../core/errors.js";
import { categorical, textColour } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** One matrix. */
export interface ParameterRow {
  /** The matrix's name, such as "Wf". */
  readonly name: string;
  /** What it belongs to, such as "LSTM": the bars' colours. */
  readonly part: string;
  readonly rows: number;
  readonly columns: number;
}

/**
 * One bar a matrix: how many numbers it holds, with its shape behind the bar's end.
 *
 * @param matrices - at least one; drawn in their order
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no matrix
 */
export function parameterBars(
  matrices: readonly ParameterRow[],
  options: ChartOptions = {},
): VegaLiteSpec {
  requireChartOptions("parameterBars", options);
  if (matrices.length === 0) {
    throw new OutOfRangeError("parameterBars: expected at least one matrix, got none");
  }
  const values = matrices.map((one) => {
    const count = one.rows * one.columns;
    const shape = `${one.rows} × ${one.columns} = ${count.toLocaleString("en-US")}`;
    return { ...one, count, shape };
  });
  const parts = Array.from(new Set(matrices.map(({ part }) => part)));
  const total = values.reduce((sum, { count }) => sum + count, 0);
  const sums = parts.map((part) => ({
    part,
    sum: values.filter((one) => one.part === part).reduce((sum, { count }) => sum + count, 0),
  }));
  const largest = sums.reduce((most, one) => (one.sum > most.sum ? one : most));
  const most = Math.max(...values.map(({ count }) => count));
  return chart(
    `${total.toLocaleString("en-US")} parameters, ${short((100 * largest.sum) / total)}% of them in ${largest.part}`,
    `Bar chart of the numbers in ${matrices.length} matrices, ${total.toLocaleString("en-US")} in all. ${values.map(({ name, part, shape }) => `${name} of ${part}: ${shape}`).join("; ")}.`,
    {
      width: options.width ?? defaultWidth - 100,
      height: { step: 24 },
      data: { values },
      encoding: {
        y: {
          field: "name",
          type: "nominal",
          sort: null,
          title: null,
          axis: { domain: false, ticks: false, labelFontSize: 12, labelPadding: 6 },
        },
        x: {
          field: "count",
          type: "quantitative",
          title: "numbers",
          scale: { domain: [0, 1.35 * most] },
          axis: { tickCount: 5 },
        },
        tooltip: [
          { field: "name", type: "nominal" },
          { field: "part", type: "nominal" },
          { field: "shape", type: "nominal" },
        ],
      },
      layer: [
        {
          mark: { type: "bar", cornerRadiusEnd: 2 },
          encoding: {
            color: {
              field: "part",
              type: "nominal",
              title: null,
              scale: { domain: parts, range: categorical.slice(0, parts.length) },
              legend: { orient: "top" },
            },
          },
        },
        {
          mark: { type: "text", align: "left", dx: 6, fontSize: 11, color: textColour },
          encoding: { text: { field: "shape", type: "nominal" } },
        },
      ],
    },
    options,
  );
}
