/** How long a gate keeps a memory: (1 − Γu)^k. */
import { hoverLayers } from "./hover.js";
import { categorical, palette } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** The gates whose curves are always drawn. */
const gates = [0.001, 0.01, 0.1, 0.5] as const;
const steps = 100;

/**
 * The share of a memory that is left after k steps, for gates that stand at one value; a slider adds a
 * gate of the reader's own.
 *
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError for options of another name
 */
export function gatedMemory(options: ChartOptions = {}): VegaLiteSpec {
  requireChartOptions("gatedMemory", options);
  const domain = gates.map((gate) => `Γu = ${gate}`);
  const left = (gate: number, k: number): number => (1 - gate) ** k;
  const values = gates.flatMap((gate, n) =>
    Array.from({ length: steps + 1 }, (_, k) => ({ k, left: left(gate, k), series: domain[n]! })),
  );
  const percent = (gate: number): string => `${short(100 * left(gate, 50), 2)}%`;
  const x = { field: "k", type: "quantitative", title: "steps since it was written" };
  const y = {
    field: "left",
    type: "quantitative",
    title: "share of the memory that is left",
    scale: { domain: [0, 1] },
    axis: { format: "%", tickCount: 5 },
  };
  return chart(
    `After 50 steps ${percent(0.01)} of a memory is left by a gate of 0.01, ${percent(0.1)} by one of 0.1`,
    `Line chart of (1 − Γu)^k over k from 0 to ${steps} for update gates that stand still. After 50 steps is left: ${gates.map((gate) => `${percent(gate)} at ${gate}`).join(", ")}. A slider moves one more curve, dotted, whose gate can be chosen.`,
    {
      width: options.width ?? defaultWidth - 60,
      height: 240,
      params: [
        {
          name: "gate",
          value: 0.03,
          bind: { input: "range", min: 0, max: 1, step: 0.01, name: "your gate Γu: " },
        },
      ],
      layer: [
        {
          data: { values },
          layer: hoverLayers({
            x,
            y,
            series: { domain, range: domain.map((_, n) => categorical[n]!) },
          }),
        },
        {
          data: { sequence: { start: 0, stop: steps + 1, as: "k" } },
          transform: [{ calculate: "pow(1 - gate, datum.k)", as: "left" }],
          mark: { type: "line", strokeWidth: 2, strokeDash: [2, 2], color: palette.neutral },
          encoding: { x, y },
        },
      ],
    },
    options,
  );
}
