/** A matrix as coloured cells: zero is the page, the two signs are two hues. */
import { ShapeError } from "../core/errors.js";
import { type Mat, shapeText } from "../core/matrix.js";
import { diverging, palette } from "../display/palette.js";
import {
  chart,
  type ChartOptions,
  defaultWidth,
  requireDrawable,
  short,
  type VegaLiteSpec,
  requireChartOptions,
} from "./spec.js";

/** How a matrix is labelled. */
export interface HeatMapOptions extends ChartOptions {
  /** What a row is, "row" unless said. */
  readonly rowTitle?: string;
  /** What a column is, "column" unless said. */
  readonly columnTitle?: string;
  /** The rows' names; counted from 1 when left out. */
  readonly rows?: readonly string[];
  /** The columns' names; counted from 1 when left out. */
  readonly columns?: readonly string[];
}

/**
 * One cell of {@link heatMap}; hovering shows row, column and value.
 *
 * @param mat - the numbers, (rows, columns) as they are drawn
 * @param options - the title, the width in pixels, and what rows and columns are called
 * @returns the chart, with its alt text
 * @throws ShapeError when there are no entries; OutOfRangeError when there are too many to draw
 */
export function heatMap(mat: Mat, options: HeatMapOptions = {}): VegaLiteSpec {
  requireChartOptions("heatMap", options, "rowTitle", "columnTitle", "rows", "columns");
  if (mat.rows * mat.cols === 0) {
    throw new ShapeError(`heatMap: a ${shapeText(mat)} matrix has no entries to draw`);
  }
  requireDrawable("heatMap", mat.rows, mat.cols);
  const { rowTitle = "row", columnTitle = "column" } = options;
  const rowNames = options.rows ?? count(mat.rows);
  const columnNames = options.columns ?? count(mat.cols);
  const values = mat.toArray().flatMap((row, i) =>
    row.map((value, j) => ({
      i: i + 1,
      j: j + 1,
      row: rowNames[i] ?? "",
      column: columnNames[j] ?? "",
      value,
    })),
  );
  const bound = largestSize(values.map((cell) => cell.value));
  const largest = values.find((cell) => Math.abs(cell.value) === bound);
  const broken = values.filter((cell) => !Number.isFinite(cell.value)).length;
  const claim =
    largest === undefined || broken > 0
      ? `${broken} of the ${mat.rows} × ${mat.cols} entries are no finite numbers`
      : `The largest${largest.value < 0 ? " in size" : ""} of the ${mat.rows} × ${mat.cols} entries is ${short(largest.value)} (${rowTitle} ${quoted(largest.row)}, ${columnTitle} ${quoted(largest.column)})`;
  const cell = cellSize(mat.rows);
  return chart(
    claim,
    `Heat map of a ${mat.rows} by ${mat.cols} matrix: rows are ${plural(rowTitle)}, columns are ${plural(columnTitle)}. ${claim}.`,
    {
      width: options.width ?? Math.min(defaultWidth - 64, Math.max(120, 36 * mat.cols)),
      height: cell * mat.rows,
      data: { values },
      mark: { type: "rect", stroke: palette.faint, strokeWidth: 0.5 },
      encoding: {
        x: { ...ordinal("j", columnTitle, columnNames) },
        y: { ...ordinal("i", rowTitle, rowNames) },
        color: signedColour(bound, { signed: values.some((one) => one.value < 0) }),
        tooltip: [
          { field: "row", type: "nominal", title: rowTitle },
          { field: "column", type: "nominal", title: columnTitle },
          { field: "value", type: "quantitative", format: ".4~g" },
        ],
      },
    },
    options,
  );
}

/**
 * The largest absolute value among the finite ones; 0 when there is none.
 *
 * @param values - numbers, NaN and infinities among them
 * @returns a number ≥ 0
 */
export function largestSize(values: readonly number[]): number {
  return values.reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v)) : most), 0);
}

/**
 * The colour of a signed value: nothing at zero, full at ±`largest`.
 *
 * @param largest - the largest size of a value, where the colour is full
 * @param options - `signed: false` leaves the negative half out of a scale that has no use for it; `small: true`
 *   makes small values visible beside large ones: the colour goes with the square root
 * @returns a colour channel over the field "value", with its scale and legend
 */
export function signedColour(
  largest: number,
  options: { readonly signed?: boolean; readonly small?: boolean } = {},
): Readonly<Record<string, unknown>> {
  const bound = largest > 0 ? largest : 1;
  const { negative, zero, positive } = diverging;
  const { signed = true, small = false } = options;
  const domain = signed ? [-bound, 0, bound] : [0, bound];
  const range = signed ? [negative, zero, positive] : [zero, positive];
  return {
    field: "value",
    type: "quantitative",
    scale: { ...(small ? { type: "sqrt" } : {}), domain, range, interpolate: "rgb" },
    legend: { title: null, gradientLength: 90, format: ".2~g", values: domain },
  };
}

/**
 * An ordinal axis over 1, 2, … whose labels are `names`; every label stands, so keep them short.
 *
 * @param field - the data's field that holds 1, 2, …
 * @param title - what the axis says; null for none
 * @param names - the labels, that of 1 first
 * @returns a position channel with its axis
 */
export function ordinal(
  field: string,
  title: string | null,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  const every = Math.max(1, Math.ceil(names.length / 40));
  return {
    field,
    type: "ordinal",
    title,
    axis: {
      labelExpr: `${JSON.stringify(names)}[datum.value - 1]`,
      labelAngle: 0,
      labelOverlap: "greedy",
      labelSeparation: 3,
      domain: false,
      ticks: false,
      ...(every > 1 ? { values: names.map((_, k) => k + 1).filter((k) => k % every === 1) } : {}),
    },
  };
}

/**
 * The horizontal axis of a vocabulary. A last token of several letters, such as "end", begins at its place's middle:
 * it would touch the letter before it.
 *
 * @param tokens - the labels; the data's field "place" holds 1, 2, …
 * @returns a position channel with its axis
 */
export function tokenAxis(tokens: readonly string[]): Readonly<Record<string, unknown>> {
  const channel = ordinal("place", "token", tokens);
  const last = { test: `datum.value === ${tokens.length}`, value: "left" };
  const labelAlign =
    (tokens.at(-1) ?? "").length > 1 ? { condition: last, value: "center" } : "center";
  return { ...channel, axis: { ...(channel["axis"] as object), labelAlign } };
}

/**
 * The height of a cell in pixels, so that few rows do not look lost and many still fit.
 *
 * @param rows - how many rows the heat map has
 * @returns 6 to 24 pixels
 */
export function cellSize(rows: number): number {
  return Math.max(6, Math.min(24, Math.floor(320 / Math.max(1, rows))));
}

/** A name of several words in quotation marks. */
function quoted(name: string): string {
  return name.includes(" ") ? `“${name}”` : name;
}

function count(n: number): string[] {
  return Array.from({ length: n }, (_, k) => String(k + 1));
}

/** Such as "units of a⟨2⟩". */
function plural(title: string): string {
  const [head, of = ""] = title.split(/(?= of )/, 2) as [string, string?];
  return `${head}s${of}`;
}
