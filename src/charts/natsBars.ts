/** Language models compared by what a token costs them. */
import { OutOfRangeError } from "../core/errors.js";
import { palette, textColour } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** One model. */
export interface NatsRow {
  readonly model: string;
  /** The mean loss of a token that the model was not trained on, in nats. */
  readonly nats: number;
  /** What the model looks at, in a few words. */
  readonly knows: string;
}

/** Options of {@link natsBars}. */
export interface NatsBarsOptions extends ChartOptions {
  /** What a token is, "token" unless said. */
  readonly token?: string;
}

/**
 * One bar a model: nats per token, and what the model looks at beneath; hovering tells the perplexity.
 *
 * @param rows - at least one model; drawn in their order
 * @param options - the title, the width in pixels, and what a token is called
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no model, or a loss is negative or not finite
 */
export function natsBars(rows: readonly NatsRow[], options: NatsBarsOptions = {}): VegaLiteSpec {
  requireChartOptions("natsBars", options, "token");
  const ranked = Array.from(rows).sort((one, other) => one.nats - other.nats);
  const best = ranked[0];
  const worst = ranked.at(-1);
  if (best === undefined || worst === undefined) {
    throw new OutOfRangeError("natsBars: expected at least one model, got none");
  }
  const wrong = rows.find(({ nats }) => !(nats >= 0 && nats < Infinity));
  if (wrong !== undefined) {
    throw new OutOfRangeError(
      `natsBars: ${wrong.model} pays ${wrong.nats} nats: expected a finite number of at least 0`,
    );
  }
  const token = options.token ?? "token";
  const values = rows.map((row) => ({
    ...row,
    perplexity: Math.exp(row.nats),
    text: row.nats.toFixed(2),
  }));
  return chart(
    `${best.model} pays ${best.nats.toFixed(2)} nats a ${token}, ${worst.model} ${worst.nats.toFixed(2)}`,
    `Bar chart of the mean loss of a ${token} in nats. ${rows.map((row) => `${row.model}: ${row.nats.toFixed(2)}, looks at ${row.knows}`).join("; ")}.`,
    {
      width: options.width ?? defaultWidth - 160,
      height: { step: 44 },
      data: { values },
      encoding: {
        y: {
          field: "model",
          type: "nominal",
          sort: null,
          title: null,
          axis: {
            labelLimit: 160,
            labelFontSize: 12,
            domain: false,
            ticks: false,
            labelPadding: 8,
          },
          scale: { paddingInner: 0.5, paddingOuter: 0.3 },
        },
        tooltip: [
          { field: "model", type: "nominal" },
          { field: "nats", type: "quantitative", format: ".4f" },
          { field: "perplexity", type: "quantitative", format: ".2f" },
          { field: "knows", type: "nominal", title: "looks at" },
        ],
      },
      layer: [
        {
          mark: { type: "bar", color: palette.loss, cornerRadiusEnd: 2 },
          encoding: {
            x: {
              field: "nats",
              type: "quantitative",
              title: `nats per ${token}`,
              scale: { zero: true },
            },
          },
        },
        {
          mark: {
            type: "text",
            fontWeight: "bold",
            fontSize: 12,
            align: "left",
            dx: 6,
            color: textColour,
          },
          encoding: {
            x: { field: "nats", type: "quantitative" },
            text: { field: "text", type: "nominal" },
          },
        },
        {
          mark: {
            type: "text",
            align: "left",
            baseline: "top",
            dy: 12,
            fontSize: 11,
            color: textColour,
          },
          encoding: { x: { value: 2 }, text: { field: "knows", type: "nominal" } },
        },
      ],
    },
    options,
  );
}
