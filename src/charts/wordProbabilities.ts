/** What several models say at each word of a sentence. */
import { OutOfRangeError } from "../core/errors.js";
import { categorical } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** What one model says at one word. */
export interface WordProbability {
  /** The sentence that the list names. */
  readonly sentence: string;
  /** The word's step, from 1. */
  readonly t: number;
  readonly word: string;
  readonly model: string;
  /** The probability, 0 to 1. */
  readonly p: number;
}

/** Options of {@link wordProbabilities}. */
export interface WordProbabilitiesOptions extends ChartOptions {
  /** What has the probability p, such as "p(person)"; "probability" unless said. */
  readonly of?: string;
}

/**
 * Grouped bars, a group a word and a bar a model; a list picks the sentence.
 *
 * @param rows - at least one; the words of a sentence in their order
 * @param options - what the probability is of, the title and the width in pixels
 * @returns the chart, with its alt text
 * @throws OutOfRangeError when there is no row
 */
export function wordProbabilities(
  rows: readonly WordProbability[],
  options: WordProbabilitiesOptions = {},
): VegaLiteSpec {
  requireChartOptions("wordProbabilities", options, "of");
  const [first] = rows;
  if (first === undefined) {
    throw new OutOfRangeError("wordProbabilities: expected at least one row, got none");
  }
  const { of = "probability" } = options;
  const sentences = Array.from(new Set(rows.map(({ sentence }) => sentence)));
  const models = Array.from(new Set(rows.map(({ model }) => model)));
  const { low, high } = widestGap(rows);
  const place = `“${high.word}”${sentences.length > 1 ? ` in “${high.sentence}”` : ""}`;
  const values = rows.map((row) => ({ ...row, place: `${row.t} ${row.word}` }));
  return chart(
    low.model === high.model
      ? `${of} is ${short(high.p, 2)} at ${place}`
      : `At ${place} ${of} is ${short(high.p, 2)} for ${high.model}, ${short(low.p, 2)} for ${low.model}`,
    `Bar chart of ${of} at each word, for ${models.join(", ")}. ${sentences
      .map(
        (one) =>
          `“${one}”: ${values
            .filter(({ sentence }) => sentence === one)
            .map(({ word, model, p }) => `${word}, ${model} ${short(p, 2)}`)
            .join("; ")}`,
      )
      .join(". ")}.`,
    {
      width: options.width ?? defaultWidth - 60,
      height: 190,
      params: [
        {
          name: "sentence",
          value: first.sentence,
          bind: { input: "select", options: sentences, name: "sentence: " },
        },
      ],
      data: { values },
      transform: [{ filter: "datum.sentence === sentence" }],
      mark: { type: "bar" },
      encoding: {
        x: {
          field: "place",
          type: "nominal",
          sort: null,
          title: "word",
          axis: { labelAngle: 0, domain: false, ticks: false },
        },
        xOffset: { field: "model", type: "nominal", sort: models },
        y: {
          field: "p",
          type: "quantitative",
          title: of,
          scale: { domain: [0, 1] },
          axis: { tickCount: 4 },
        },
        color: {
          field: "model",
          type: "nominal",
          title: null,
          scale: { domain: models, range: categorical.slice(0, models.length) },
          legend: { orient: "top" },
        },
        tooltip: [
          { field: "word", type: "nominal" },
          { field: "model", type: "nominal" },
          { field: "p", type: "quantitative", title: of, format: ".3f" },
        ],
      },
    },
    options,
  );
}

/** The two models that differ most about one word. */
function widestGap(rows: readonly WordProbability[]): {
  readonly low: WordProbability;
  readonly high: WordProbability;
} {
  let widest = { low: rows[0]!, high: rows[0]! };
  for (const low of rows) {
    for (const high of rows) {
      const isSameWord = low.sentence === high.sentence && low.t === high.t;
      if (isSameWord && high.p - low.p > widest.high.p - widest.low.p) widest = { low, high };
    }
  }
  return widest;
}
