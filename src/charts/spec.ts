/** What all charts share: the Vega-Lite frame that is legible on a white and on a dark page. */
import {
  type Range,
  requireList,
  requireNumber,
  requireOptions,
  requireRecord,
} from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import { palette, textColour } from "../display/palette.js";

/** A Vega-Lite 5 specification: plain JSON with its alt text in `description`. */
export interface VegaLiteSpec {
  readonly $schema: string;
  /** The alt text: what the chart shows, for who does not see it. */
  readonly description: string;
  readonly [property: string]: unknown;
}

/** What every chart function accepts beside its data. */
export interface ChartOptions {
  /** The one claim that the chart makes; computed from the data when left out. */
  readonly title?: string;
  /** Width of the plot in pixels, 560 unless said. */
  readonly width?: number;
}

/**
 * Asks that a chart's options have the names that there are: of a misspelt one nothing would be seen.
 *
 * @param caller - the chart's function, named in the error
 * @param options - what came
 * @param own - the options that it has beside the title and the width
 * @throws OutOfRangeError for anything but an object, and for one that holds another name
 */
export function requireChartOptions(
  caller: string,
  options: object,
  ...own: readonly string[]
): void {
  requireOptions(caller, options, ["title", "width", ...own]);
}

/**
 * Asks for finite numbers: of others a chart's title and its alt text would say what is not so.
 *
 * @param caller - the chart's function, named in the error
 * @param symbol - what the numbers are, such as "accuracy"
 * @param values - what came
 * @param range - where they may lie; anywhere unless said
 * @throws OutOfRangeError for the first that is no finite number, or outside
 */
export function requireNumbers(
  caller: string,
  symbol: string,
  values: Iterable<unknown>,
  range: Range = {},
): void {
  for (const value of values) requireNumber(caller, symbol, value, range);
}

/**
 * Asks for a list of objects.
 *
 * @param caller - the chart's function, named in the error
 * @param rows - what came: rows of data
 * @throws OutOfRangeError for what is no list, and for a row that is no object
 */
export function requireRows(caller: string, rows: readonly unknown[]): void {
  requireList(caller, "rows", rows);
  rows.forEach((row, k) => requireRecord(caller, `row ${k + 1}`, row));
}

/**
 * A plot without an axis is this wide unless said. One with an axis, or with a legend beside it, leaves room for them:
 * a cell's output has 584 pixels on a page of 1024 with the side bar open.
 */
export const defaultWidth = 560;

/** The schema that JupyterLab's renderer (Vega-Lite 5.6.1) reads. */
export const vegaLiteSchema = "https://vega.github.io/schema/vega-lite/v5.json";

/** The mean width of a letter of a title, in pixels: bold, 14 pixels high. */
const titleLetter = 8.2;

const font = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";

const config = {
  font,
  view: { stroke: null },
  axis: {
    labelColor: textColour,
    titleColor: textColour,
    domainColor: palette.neutral,
    tickColor: palette.neutral,
    gridColor: palette.faint,
    titleFontWeight: "normal",
    titleFontSize: 12,
    titlePadding: 8,
    labelFontSize: 11,
    labelFlush: false,
  },
  legend: {
    labelColor: textColour,
    titleColor: textColour,
    titleFontWeight: "normal",
    titleFontSize: 12,
    labelFontSize: 11,
    labelLimit: 280,
  },
  header: { labelColor: textColour, titleColor: textColour },
  title: {
    anchor: "start",
    frame: "bounds",
    color: textColour,
    subtitleColor: textColour,
    fontSize: 14,
    subtitleFontSize: 12,
    offset: 12,
  },
} as const;

/**
 * A whole specification around the parts of one chart.
 *
 * @param title - the claim; wrapped so that it fits above the plot
 * @param description - the alt text
 * @param parts - everything else of the specification
 * @param options - the caller's options: a title in place of the claim, and the width in pixels
 * @returns the specification, legible on a white and on a dark page
 */
export function chart(
  title: string,
  description: string,
  parts: Readonly<Record<string, unknown>>,
  options: ChartOptions = {},
): VegaLiteSpec {
  const width = options.width ?? defaultWidth;
  const finding = options.title === undefined ? "" : `${options.title}. `;
  return {
    $schema: vegaLiteSchema,
    description: `${finding}${description}`,
    background: "transparent",
    usermeta: { embedOptions: { renderer: "svg" } }, // the page's own colour of text reaches no canvas
    title: { text: wrap(options.title ?? title, Math.floor(Math.max(width, 480) / titleLetter)) },
    ...parts,
    config,
  };
}

/** A heat map of more cells than this freezes the page and shows nothing. */
const mostCells = 20_000;

/**
 * Asks that a chart has so few cells that a page can draw them.
 *
 * @param caller - the chart's function, named in the error
 * @param rows - cells from top to bottom
 * @param columns - cells from left to right
 * @throws OutOfRangeError when a chart would have too many cells to draw
 */
export function requireDrawable(caller: string, rows: number, columns: number): void {
  if (rows * columns <= mostCells) return;
  throw new OutOfRangeError(
    `${caller}: ${rows} × ${columns} cells are too many to draw: expected at most ${mostCells}; draw a part`,
  );
}

/**
 * The lines of `text`, none longer than `limit` characters where words allow it.
 *
 * @param text - words with spaces between
 * @param limit - characters in a line; a longer word has a line of its own
 * @returns at least one line
 */
export function wrap(text: string, limit: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= limit) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/**
 * A number as a title shows it: `digits` significant digits, no needless zeros.
 *
 * @param value - any number
 * @param digits - significant digits; 3 unless said
 * @returns such as "0.0213", "12,000" or "1.5e-7"
 */
export function short(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (value !== 0 && Number.isFinite(value) && (size >= 1e6 || size < 1e-3)) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e") as [string, string];
    return `${Number(mantissa)}e${Number(exponent)}`;
  }
  return Number(value.toPrecision(digits)).toLocaleString("en-US", { maximumFractionDigits: 20 });
}

/**
 * The symbol's step in the course's notation: `at("a", 3)` is "a⟨3⟩".
 *
 * @param symbol - the course's symbol, such as "a"
 * @param t - the step, or what stands for it
 * @returns the symbol with its step in angle brackets
 */
export function at(symbol: string, t: number | string): string {
  return `${symbol}⟨${t}⟩`;
}
