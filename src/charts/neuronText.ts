/** A text whose letters are coloured by what one unit of the state says after reading them. */
import { OutOfRangeError } from "../core/errors.js";
import type { Sequence } from "../notation/sequence.js";
import { textColour } from "../display/palette.js";
import { signedColour } from "./heatMap.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  requireDrawable,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** Options of {@link neuronText}. */
export interface NeuronTextOptions extends ChartOptions {
  /** Which unit is shown first, from 1; the one that swings the most unless said. */
  readonly unit?: number;
  /** Which units can be chosen, from 1; all unless said. */
  readonly units?: readonly number[];
}

/** Pixels for a letter, and for a line of them. */
const letter = 15;
const line = 40;

/**
 * Under each letter a square: the unit's value after reading it. The unit can be chosen. Lines end at gaps; a gap, a
 * token " ", has no square.
 *
 * @param a - the states after each letter, T_x steps of (n_a, 1)
 * @param tokens - the letters, one a step
 * @param options - the title, the width in pixels, and the units
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is not one token a step, no such unit, or too much to draw
 */
export function neuronText(
  a: Sequence,
  tokens: readonly string[],
  options: NeuronTextOptions = {},
): VegaLiteSpec {
  requireChartOptions("neuronText", options, "unit", "units");
  if (tokens.length !== a.T_x) {
    throw new OutOfRangeError(
      `neuronText: expected one token a step, ${a.T_x}, got ${tokens.length}`,
    );
  }
  const units = options.units ?? Array.from({ length: a.rows }, (_, k) => k + 1);
  const wrong = [...units, options.unit ?? units[0] ?? 1].find(
    (unit) => !(Number.isInteger(unit) && unit >= 1 && unit <= a.rows),
  );
  if (wrong !== undefined || units.length === 0) {
    throw new OutOfRangeError(
      `neuronText: expected units from 1 to ${a.rows}, got ${wrong ?? "none"}`,
    );
  }
  requireDrawable("neuronText", units.length, a.T_x);
  const width = options.width ?? defaultWidth - 50;
  const perLine = Math.max(1, Math.floor(width / letter));
  const value = (unit: number, t: number): number => a.at(t).get(unit - 1, 0);
  const placed = placesOf(tokens, perLine).filter(({ token }) => token !== " ");
  const values = units.flatMap((unit) =>
    placed.map((place) => ({ unit, ...place, value: value(unit, place.t) })),
  );
  const swings = units.map((unit) => {
    const own = placed.map(({ t }) => value(unit, t));
    return { unit, low: Math.min(...own), high: Math.max(...own) };
  });
  const widest = swings.reduce((most, one) =>
    one.high - one.low > most.high - most.low ? one : most,
  );
  const claim = `Unit ${widest.unit} swings the most: from ${widest.low.toFixed(2)} to ${widest.high.toFixed(2)} over ${placed.length} letters`;
  const lines = 1 + Math.max(0, ...placed.map((place) => place.line));
  const place = {
    x: {
      field: "column",
      type: "quantitative",
      scale: { domain: [-0.5, perLine - 0.5], nice: false, zero: false },
      axis: null,
    },
    y: {
      field: "line",
      type: "quantitative",
      scale: { domain: [lines - 0.5, -0.5], nice: false, zero: false },
      axis: null,
    },
  };
  return chart(
    claim,
    `The text "${tokens.join("")}", with a square under each letter: the value of one unit of the state after reading it, blue where negative and orange where positive. ${claim}. The unit can be chosen.`,
    {
      width,
      height: line * lines,
      params: [
        {
          name: "shown",
          value: options.unit ?? widest.unit,
          bind:
            options.units === undefined
              ? { input: "range", min: 1, max: a.rows, step: 1, name: "unit: " }
              : { input: "select", options: units, name: "unit: " },
        },
      ],
      data: { values },
      transform: [{ filter: "datum.unit === shown" }],
      layer: [
        {
          mark: { type: "text", fontSize: 14, dy: -9, font: "monospace", color: textColour },
          encoding: { ...place, text: { field: "token", type: "nominal" } },
        },
        {
          mark: { type: "square", size: 150, yOffset: 8, opacity: 1 },
          encoding: {
            ...place,
            color: signedColour(1),
            tooltip: [
              { field: "unit", type: "quantitative" },
              { field: "token", type: "nominal", title: "letter" },
              { field: "value", type: "quantitative", format: ".3f" },
            ],
          },
        },
      ],
    },
    options,
  );
}

/** Where a letter stands. */
interface Place {
  readonly token: string;
  /** Its step, from 1. */
  readonly t: number;
  readonly column: number;
  readonly line: number;
}

/** Where each letter stands: a word that has no room on a line begins the next one, if it fits there. */
function placesOf(tokens: readonly string[], perLine: number): readonly Place[] {
  let [column, line] = [0, 0];
  return tokens.map((token, n) => {
    const end = tokens.indexOf(" ", n);
    const rest = (end < 0 ? tokens.length : end) - n;
    const isFirst = n === 0 || tokens[n - 1] === " ";
    const hasNoRoom = column + (isFirst && rest <= perLine ? Math.max(1, rest) : 1) > perLine;
    if (hasNoRoom && token !== " ") [column, line] = [0, line + 1];
    return { token, t: n + 1, column: column++, line };
  });
}
