/** How matrices, sequences and parameter sets show themselves in a notebook. */
import type { MimeBundle } from "./mimeBundle.js";
import { escapeHtml } from "./escapeHtml.js";
import { heatMapSvg } from "./heatMapSvg.js";
import { matrixLatex, sequenceLatex, symbolLatex } from "./latex.js";
import type { MatrixView, SequenceView } from "./views.js";

/** Pictures of more cells than this say nothing and cost much: the formula stands alone. */
const mostCells = 4096;

/**
 * The bundle of one matrix: the formula and the heat map in one piece of HTML.
 *
 * @param matrix - the entries, (rows, columns)
 * @returns HTML, LaTeX and plain text
 */
export function matBundle(matrix: MatrixView): MimeBundle {
  const shape = `(${matrix.rows}, ${matrix.cols})`;
  return pictured(
    matrixLatex(matrix),
    [{ matrix, label: shape }],
    `Heat map of a ${shape} matrix`,
    String(matrix),
  );
}

/**
 * The bundle of one sequence: x^{⟨1⟩}, …, x^{⟨T_x⟩} and a heat map of every step.
 *
 * @param sequence - the steps, each (rows, columns)
 * @param symbol - the sequence's name in code, such as "x", "a" or "yhat"
 * @param example - the example's number (from 1) when the sequence is one example: x^{(i)⟨t⟩}
 * @returns HTML, LaTeX and plain text
 */
export function sequenceBundle(sequence: SequenceView, symbol = "x", example?: number): MimeBundle {
  const parts = Array.from(sequence, (matrix, k) => ({
    matrix,
    label: sequence.T_x <= 12 ? `⟨${k + 1}⟩` : "",
  }));
  return pictured(
    sequenceLatex(sequence, symbolLatex(symbol), example),
    parts,
    `Heat maps of the ${sequence.T_x} steps of a sequence, each (${sequence.rows}, ${sequence.cols})`,
    String(sequence),
  );
}

/**
 * The bundle of named parameters: each one's symbol with its shape, and all heat maps on one scale.
 *
 * @param parameters - matrices by their names in code
 * @returns HTML, LaTeX and plain text
 */
export function parametersBundle(parameters: Readonly<Record<string, MatrixView>>): MimeBundle {
  const names = Object.keys(parameters);
  const shapes = names.map((name) => `(${parameters[name]!.rows}, ${parameters[name]!.cols})`);
  const formula = names
    .map(
      (name, k) =>
        `${symbolLatex(name)} \\in \\mathbb{R}^{${shapes[k]!.slice(1, -1).replace(", ", " \\times ")}}`,
    )
    .join(",\\; ");
  const count = names.reduce(
    (sum, name) => sum + parameters[name]!.rows * parameters[name]!.cols,
    0,
  );
  return pictured(
    formula,
    names.map((name) => ({ matrix: parameters[name]!, label: name })),
    `Heat maps of ${names.length} parameter matrices: ${names.map((name, k) => `${name} ${shapes[k]}`).join(", ")}`,
    `${count} parameters: ${names.map((name, k) => `${name} ${shapes[k]}`).join(", ")}`,
  );
}

function pictured(
  formula: string,
  parts: readonly { readonly matrix: MatrixView; readonly label: string }[],
  caption: string,
  plain: string,
): MimeBundle {
  const cells = parts.reduce((sum, { matrix }) => sum + matrix.rows * matrix.cols, 0);
  const picture = cells > 0 && cells <= mostCells ? heatMapSvg(parts, caption) : "";
  return {
    "text/html": `<div style="overflow-x:auto"><p style="margin:0.5em 0">$\\displaystyle ${escapeHtml(formula)}$</p>${picture}</div>`,
    "text/latex": `$$${formula}$$`,
    "text/plain": plain,
  };
}
