/** Matrices, sequences and symbols as LaTeX, in the course's notation. */
import type { MatrixView, SequenceView } from "./views.js";

/** More rows or columns than this are elided with dots, unless said. */
const largest = 8;
/** Several matrices in a line: each is elided sooner, so that the line fits a notebook. */
const largestInLine = 4;

/**
 * A symbol of the code as the formula's symbol: "Wax" is W_{ax}, "a_prev" is a^{⟨t−1⟩},
 * "dWaa" is \partial L/\partial W_{aa}, "yhat_t" is ŷ^{⟨t⟩}; any other name stands in text type.
 *
 * @param symbol - a name of the code
 * @returns LaTeX without dollar signs
 */
export function symbolLatex(symbol: string): string {
  const known = fixed[symbol];
  if (known !== undefined) return known;
  const parts = /^(d?)([A-Za-z]+?)(_t|_prev|_next|_0)?$/.exec(symbol);
  if (parts !== null) {
    const [, gradient, name = "", step = ""] = parts;
    const base = fixed[name] ?? parameterLatex(name);
    if (base !== undefined) {
      const full = `${base}${steps[step] ?? ""}`;
      return gradient === "d" ? `\\frac{\\partial L}{\\partial ${full}}` : full;
    }
  }
  return `\\mathrm{${symbol.replaceAll("_", "\\_")}}`;
}

const fixed: Readonly<Record<string, string>> = {
  x: "x",
  a: "a",
  y: "y",
  z: "z",
  s: "s",
  W: "W",
  b: "b",
  Wa: "W_a",
  yhat: "\\hat{y}",
};

const steps: Readonly<Record<string, string>> = {
  _t: "^{\\langle t \\rangle}",
  _prev: "^{\\langle t-1 \\rangle}",
  _next: "^{\\langle t \\rangle}",
  _0: "^{\\langle 0 \\rangle}",
};

/** W and two letters, or b and one: W_{ax}, b_a. */
function parameterLatex(name: string): string | undefined {
  const weights = /^W([a-z]{2})$/.exec(name);
  if (weights !== null) return `W_{${weights[1]}}`;
  const bias = /^b([a-z])$/.exec(name);
  return bias === null ? undefined : `b_${bias[1]}`;
}

/**
 * A number to three significant digits; whole numbers below 100,000 as they are.
 *
 * @param value - any number
 * @returns LaTeX without dollar signs
 */
export function numberLatex(value: number): string {
  if (Number.isNaN(value)) return "\\mathrm{NaN}";
  if (!Number.isFinite(value)) return value > 0 ? "\\infty" : "-\\infty";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e5 || size < 1e-3)) {
    const [mantissa, exponent] = value.toExponential(2).split("e") as [string, string];
    return `${Number(mantissa)} \\cdot 10^{${Number(exponent)}}`;
  }
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(size < 1000 ? 3 : 5)));
}

/**
 * A matrix as a bmatrix; the middle of more than `mostRows` rows or `mostColumns` columns is
 * elided with dots.
 *
 * @param matrix - the entries, (rows, columns)
 * @param mostRows - rows that are written out; 8 unless said
 * @param mostColumns - columns that are written out; 8 unless said
 * @returns LaTeX without dollar signs
 */
export function matrixLatex(
  matrix: MatrixView,
  mostRows: number = largest,
  mostColumns: number = largest,
): string {
  const rows = shown(matrix.rows, mostRows);
  const columns = shown(matrix.cols, mostColumns);
  const lines = rows.map((i) =>
    columns
      .map((j) => {
        if (i === null) return j === null ? "\\ddots" : "\\vdots";
        return j === null ? "\\cdots" : numberLatex(matrix.get(i, j));
      })
      .join(" & "),
  );
  return `\\begin{bmatrix} ${lines.join(" \\\\ ")} \\end{bmatrix}`;
}

/**
 * A sequence as its steps, x^{⟨1⟩} = …, x^{⟨2⟩} = …, …, x^{⟨T_x⟩} = …; wide ones without the second.
 *
 * @param sequence - the steps, each (rows, columns)
 * @param symbol - the name of the sequence in LaTeX, "x" unless said
 * @param example - the example's number when the sequence is one example: x^{(i)⟨t⟩}
 * @returns LaTeX without dollar signs
 */
export function sequenceLatex(sequence: SequenceView, symbol = "x", example?: number): string {
  const who = example === undefined ? "" : `(${example})`;
  const all = Array.from(sequence);
  const first = sequence.cols === 1 ? [0, 1] : [0];
  const picked =
    all.length <= first.length + 1 ? all.map((_, k) => k) : [...first, null, all.length - 1];
  return picked
    .map((k) =>
      k === null
        ? "\\ldots"
        : `${symbol}^{${who}\\langle ${k + 1} \\rangle} = ${matrixLatex(all[k]!, largest, largestInLine)}`,
    )
    .join(",\\; ");
}

/** Indices from 0 to size − 1, or the first and last of them around a null. */
function shown(size: number, largest: number): (number | null)[] {
  const all = Array.from({ length: size }, (_, k) => k);
  return size <= largest ? all : [...all.slice(0, largest - 2), null, size - 1];
}
