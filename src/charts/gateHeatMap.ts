/** What a gated cell's gates do while it reads: units by steps, one gate at a time. */
import { requireList, requireRecord } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import { requireSequences } from "../notation/requireSequence.js";
import type { Sequence } from "../notation/sequence.js";
import { palette } from "../display/palette.js";
import { cellSize, largestSize, ordinal, signedColour } from "./heatMap.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  requireDrawable,
  short,
  type VegaLiteSpec,
  requireChartOptions,
  requireNumbers,
} from "./spec.js";

/** Options of {@link gateHeatMap}. */
export interface GateHeatMapOptions extends ChartOptions {
  /** What was read at each step, one a step. */
  readonly tokens: readonly string[];
  /** For each step, whether its letter is one that matters. */
  readonly marked: readonly boolean[];
  /** What the marked letters are called, "marked letters" unless said. */
  readonly markedName?: string;
}

/**
 * Gates and states of one example as heat maps of which a menu picks one.
 *
 * The title compares the first of them at marked steps with the rest.
 *
 * @param layers - by name, the one to begin with first: T_x steps of (n_a, m), of which the first example is drawn
 * @param options - what was read, which of it matters, the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is nothing to draw or too much, not one token and one mark a step, or a value that is not
 *   finite; ShapeError when a layer is no sequence
 */
export function gateHeatMap(
  layers: Readonly<Record<string, Sequence>>,
  options: GateHeatMapOptions,
): VegaLiteSpec {
  requireChartOptions("gateHeatMap", options, "tokens", "marked", "markedName");
  const { tokens, marked, markedName = "marked letters" } = options;
  requireRecord("gateHeatMap", "layers", layers);
  const names = Object.keys(layers);
  requireSequences("gateHeatMap", layers);
  const [first] = names;
  if (first === undefined) {
    throw new OutOfRangeError("gateHeatMap: expected at least one gate, got none");
  }
  const { rows: n_a, T_x } = layers[first]!;
  requireDrawable("gateHeatMap", n_a * names.length, T_x);
  for (const [what, list] of Object.entries({ token: tokens, mark: marked })) {
    requireList("gateHeatMap", `options.${what}s`, list);
    if (list.length === T_x) continue;
    throw new OutOfRangeError(
      `gateHeatMap: expected one ${what} a step, ${T_x}, got ${list.length}`,
    );
  }
  const values = names.flatMap((layer) =>
    Array.from(layers[layer]!.example(1)).flatMap((step, k) =>
      Array.from({ length: n_a }, (_, unit) => ({
        layer,
        t: k + 1,
        unit: unit + 1,
        value: step.get(unit, 0),
      })),
    ),
  );
  requireNumbers(
    "gateHeatMap",
    "layers",
    values.map(({ value }) => value),
  );
  const mean = (isMarked: boolean): number => {
    const chosen = values.filter(({ layer, t }) => layer === first && marked[t - 1] === isMarked);
    return chosen.reduce((sum, { value }) => sum + value, 0) / Math.max(1, chosen.length);
  };
  const claim = `${first} is ${short(mean(true), 2)} at ${markedName} and ${short(mean(false), 2)} elsewhere, on average over ${n_a} units`;
  const bound = largestSize(values.map(({ value }) => value));
  const units = Array.from({ length: n_a }, (_, k) => String(k + 1));
  return chart(
    claim,
    `Heat maps of ${names.join(", ")}: ${n_a} units from top to bottom, ${T_x} steps from left to right; a menu picks one of them. ${claim}. The letters read: ${tokens.join("")}.`,
    {
      width: options.width ?? defaultWidth - 70,
      height: cellSize(n_a) * n_a,
      data: { values },
      params: [
        {
          name: "shown",
          value: first,
          bind: { input: "select", options: names, name: "shown: " },
        },
      ],
      transform: [
        { filter: "datum.layer === shown" },
        { calculate: `${JSON.stringify(tokens)}[datum.t - 1]`, as: "token" },
      ],
      mark: { type: "rect", stroke: palette.faint, strokeWidth: 0.5 },
      encoding: {
        x: everyLabel("t", "what was read at step t", tokens),
        y: ordinal("unit", "unit", units),
        color: signedColour(bound),
        tooltip: [
          { field: "layer", type: "nominal", title: "shown" },
          { field: "t", type: "quantitative", title: "step" },
          { field: "token", type: "nominal", title: "read" },
          { field: "unit", type: "quantitative" },
          { field: "value", type: "quantitative", format: ".4f" },
        ],
      },
    },
    options,
  );
}

/** An ordinal axis that leaves no letter out. */
function everyLabel(field: string, title: string, names: readonly string[]): object {
  const channel = ordinal(field, title, names);
  const { values: _, ...axis } = channel["axis"] as Readonly<Record<string, unknown>>;
  return { ...channel, axis: { ...axis, labelOverlap: false } };
}
