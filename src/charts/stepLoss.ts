/** The loss of each step and the total: L⟨t⟩ and L told apart. */
import { ShapeError } from "../core/errors.js";
import { checkShapes, type Mat } from "../core/matrix.js";
import { ordinal } from "./heatMap.js";
import { palette, textColour } from "../display/palette.js";
import {
  at,
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** Options of {@link perStepLoss}. */
export interface PerStepLossOptions extends ChartOptions {
  /** L⟨t⟩ without the mask, (1, T_y): a switch shows it instead. */
  readonly withoutMask?: Mat;
  /** What the output at each step is, one a step. */
  readonly tokens?: readonly string[];
}

/**
 * A bar for each L⟨t⟩ and their sum; with `withoutMask`, a switch that takes the mask away.
 *
 * @param perStep - L⟨1⟩, …, L⟨T_y⟩ in nats, (1, T_y)
 * @param options - the title, the width in pixels, the losses without the mask, and what each
 *   step's output is
 * @returns the chart, with its alt text
 * @throws ShapeError when the losses are not one row, or those without the mask not T_y
 */
export function perStepLoss(perStep: Mat, options: PerStepLossOptions = {}): VegaLiteSpec {
  requireChartOptions("perStepLoss", options, "withoutMask", "tokens");
  checkShapes("perStepLoss", { perStep: [perStep, "1", "T_y"] });
  if (options.withoutMask !== undefined) {
    checkShapes("perStepLoss", { withoutMask: [options.withoutMask, "1", "columns"] });
  }
  const { withoutMask } = options;
  const T_y = perStep.cols;
  if (withoutMask !== undefined && withoutMask.cols !== T_y) {
    throw new ShapeError(
      `perStepLoss: perStep has ${T_y} steps but withoutMask has ${withoutMask.cols}`,
    );
  }
  const tokens = options.tokens ?? Array.from({ length: T_y }, (_, k) => String(k + 1));
  const rowsOf = (losses: Mat, masked: boolean): Record<string, unknown>[] =>
    Array.from(losses.data, (loss, k) => ({
      t: k + 1,
      masked,
      loss,
      symbol: at("L", k + 1),
      token: tokens[k] ?? "",
    }));
  const total = perStep.sum();
  const claim =
    withoutMask === undefined
      ? `The total L = ${short(total)} nats is the sum of ${T_y} losses L⟨t⟩`
      : `The mask changes the total from ${short(withoutMask.sum())} to ${short(total)} nats`;
  const largest = Math.max(...perStep.data, ...(withoutMask?.data ?? []), 0);
  const totals = [
    { masked: true, text: `L = Σ L⟨t⟩ = ${short(total, 4)} nats` },
    ...(withoutMask === undefined
      ? []
      : [{ masked: false, text: `L = Σ L⟨t⟩ = ${short(withoutMask.sum(), 4)} nats` }]),
  ];
  const transform = [{ filter: "datum.masked === masked" }];
  return chart(
    claim,
    `Bar chart of the loss at each of ${T_y} steps, in nats: ${Array.from(perStep.data, (loss, k) => `${at("L", k + 1)} ${short(loss)}`).join(", ")}. ${claim}.`,
    {
      width: options.width ?? Math.min(defaultWidth - 50, Math.max(240, 52 * T_y)),
      height: 190,
      params: [
        {
          name: "masked",
          value: true,
          ...(withoutMask === undefined
            ? {}
            : { bind: { input: "checkbox", name: "mask the padded steps " } }),
        },
      ],
      layer: [
        {
          data: {
            values: [
              ...rowsOf(perStep, true),
              ...(withoutMask === undefined ? [] : rowsOf(withoutMask, false)),
            ],
          },
          transform,
          mark: { type: "bar", color: palette.loss, cornerRadiusEnd: 2 },
          encoding: {
            x: ordinal("t", options.tokens === undefined ? "step t" : "output at step t", tokens),
            y: {
              field: "loss",
              type: "quantitative",
              title: "L⟨t⟩ (nats)",
              scale: { domain: [0, largest * 1.15 || 1] },
            },
            tooltip: [
              { field: "symbol", type: "nominal", title: "step" },
              { field: "token", type: "nominal", title: "output" },
              { field: "loss", type: "quantitative", title: "nats", format: ".4f" },
            ],
          },
        },
        {
          data: { values: totals },
          transform,
          mark: {
            type: "text",
            align: "right",
            baseline: "top",
            fontSize: 13,
            color: textColour,
          },
          encoding: {
            text: { field: "text", type: "nominal" },
            x: { value: "width" },
            y: { value: 0 },
          },
        },
      ],
    },
    options,
  );
}
