/** What a temperature does to a distribution, and to what is drawn from it: a slider that needs no kernel. */
import { OutOfRangeError, ShapeError } from "../core/errors.js";
import { type Mat, requireMat, shapeText } from "../core/matrix.js";
import { requireProbabilities } from "../core/probabilities.js";
import { palette, textColour } from "../display/palette.js";
import { tokenAxis } from "./heatMap.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
  requireNumbers,
  requireRows,
} from "./spec.js";

/** One place of the slider. */
export interface TemperaturePlace {
  readonly temperature: number;
  /** The distribution at this temperature, (n_y, 1). */
  readonly yhat_t: Mat<"n_y", "1">;
  /** What was drawn at this temperature, a line each. */
  readonly lines: readonly string[];
}

/**
 * Bars of the probabilities, and beneath them what was drawn; the slider goes through the temperatures.
 *
 * @param places - at least two, by rising temperature in equal steps
 * @param tokens - the tokens' names, n_y of them
 * @param options - the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there are fewer than two temperatures, their steps differ, or a distribution holds no
 *   probabilities; ShapeError when one has not one row a token and one column
 */
export function temperatureSlider(
  places: readonly TemperaturePlace[],
  tokens: readonly string[],
  options: ChartOptions = {},
): VegaLiteSpec {
  requireChartOptions("temperatureSlider", options);
  requireRows("temperatureSlider", places);
  requireNumbers(
    "temperatureSlider",
    "temperature",
    places.map(({ temperature }) => temperature),
  );
  const [first, second] = places;
  const last = places.at(-1);
  if (first === undefined || second === undefined || last === undefined) {
    throw new OutOfRangeError(
      `temperatureSlider: expected at least two temperatures, got ${places.length}`,
    );
  }
  const step = second.temperature - first.temperature;
  const uneven = places.findIndex(
    ({ temperature }, n) => Math.abs(first.temperature + n * step - temperature) > 1e-9,
  );
  if (uneven >= 0 || !(step > 0)) {
    throw new OutOfRangeError(
      `temperatureSlider: expected temperatures that rise in equal steps, got ${places.map((place) => short(place.temperature)).join(", ")}`,
    );
  }
  for (const { yhat_t } of places) {
    requireMat("temperatureSlider", "yhat_t", yhat_t);
    if (yhat_t.cols !== 1 || yhat_t.rows !== tokens.length) {
      throw new ShapeError(
        `temperatureSlider: yhat_t is ${shapeText(yhat_t)} but there are ${tokens.length} tokens; expected one row a token and one column`,
      );
    }
    requireProbabilities("temperatureSlider", yhat_t);
  }
  const values = places.flatMap(({ temperature, yhat_t }) =>
    tokens.map((token, k) => ({ temperature, place: k + 1, token, probability: yhat_t.get(k, 0) })),
  );
  const lines = places.flatMap(({ temperature, lines: drawn }) =>
    drawn.map((line, n) => ({ temperature, line: n + 1, text: line })),
  );
  const rows = Math.max(1, ...places.map((place) => place.lines.length));
  const claim = `From τ = ${short(first.temperature)} to ${short(last.temperature)} the entropy goes from ${entropy(first.yhat_t).toFixed(2)} to ${entropy(last.yhat_t).toFixed(2)} nats`;
  const width = options.width ?? defaultWidth - 60;
  const chosen = { filter: `abs(datum.temperature - temperature) < ${step / 2}` };
  const initial = places.reduce((near, place) =>
    Math.abs(place.temperature - 1) < Math.abs(near.temperature - 1) ? place : near,
  );
  return chart(
    claim,
    `Bar chart of the probabilities of ${tokens.length} tokens at a temperature that a slider picks, and beneath it what was drawn at that temperature. ${claim}. At τ = ${short(initial.temperature)}: ${initial.lines.slice(0, 3).join(" ")}.`,
    {
      params: [
        {
          name: "temperature",
          value: initial.temperature,
          bind: {
            input: "range",
            min: first.temperature,
            max: last.temperature,
            step: Number(step.toPrecision(6)),
            name: "temperature τ: ",
          },
        },
      ],
      vconcat: [
        {
          width,
          height: 180,
          data: { values },
          transform: [chosen],
          mark: { type: "bar", color: palette.output },
          encoding: {
            x: tokenAxis(tokens),
            y: {
              field: "probability",
              type: "quantitative",
              title: "probability",
              scale: { domain: [0, 1] },
              axis: { tickCount: 5 },
            },
            tooltip: [
              { field: "token", type: "nominal" },
              { field: "probability", type: "quantitative", format: ".4f" },
            ],
          },
        },
        {
          width,
          height: 22 * rows,
          data: { values: lines },
          transform: [chosen],
          mark: {
            type: "text",
            align: "left",
            fontSize: 13,
            font: "monospace",
            color: textColour,
          },
          encoding: {
            x: { value: 0 },
            y: { field: "line", type: "ordinal", axis: null },
            text: { field: "text", type: "nominal" },
          },
        },
      ],
    },
    options,
  );
}

/** −Σ p log p. */
function entropy(yhat_t: Mat): number {
  return yhat_t.data.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
}
