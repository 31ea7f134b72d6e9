/** A heat map as inline SVG: no script, no style sheet, legible on a white and on a dark page. */
import { palette, textColour } from "./palette.js";
import { escapeHtml } from "./escapeHtml.js";
import type { MatrixView } from "./views.js";

/** A matrix's place in a row of heat maps. */
export interface HeatMapPart {
  readonly matrix: MatrixView;
  /** What stands above it. */
  readonly label: string;
}

/**
 * Several matrices side by side on one colour scale: blue below zero, orange above, the page at
 * zero; each cell tells its value when hovered.
 *
 * @param parts - the matrices from left to right, each with its label
 * @param caption - what the picture shows, for who does not see it
 * @returns SVG text
 */
export function heatMapSvg(parts: readonly HeatMapPart[], caption: string): string {
  const bound = parts.reduce(
    (size, { matrix }) => Math.max(size, ...entries(matrix).map((e) => Math.abs(e.value))),
    0,
  );
  const tallest = Math.max(1, ...parts.map(({ matrix }) => matrix.rows));
  const widest = parts.reduce((sum, { matrix }) => sum + matrix.cols, 0);
  const cell = Math.max(3, Math.min(18, Math.floor(160 / tallest), Math.floor(560 / (widest + 1))));
  const gap = parts.length > 1 ? Math.max(6, cell) : 0;
  const top = 16;
  let left = 0;
  const groups = parts.map(({ matrix, label }) => {
    const x0 = left;
    const boxWidth = Math.max(matrix.cols * cell, label.length * 6.6);
    left += boxWidth + gap;
    const cells = entries(matrix).map(({ i, j, value }) => {
      const strength = bound === 0 || !Number.isFinite(value) ? 0 : Math.abs(value) / bound;
      const title = `${label} row ${i + 1}, column ${j + 1}: ${Number(value.toPrecision(4))}`;
      return `<rect x="${round(x0 + j * cell)}" y="${top + i * cell}" width="${cell}" height="${cell}" fill="${value < 0 ? palette.input : palette.state}" fill-opacity="${round(strength)}" stroke="${palette.neutral}" stroke-opacity="0.25" stroke-width="0.5"><title>${escapeHtml(title)}</title></rect>`;
    });
    const text = `<text x="${round(x0)}" y="11" font-size="11" fill="${textColour}">${escapeHtml(label)}</text>`;
    return `<g>${text}${cells.join("")}</g>`;
  });
  const width = Math.max(1, Math.ceil(left - gap));
  const height = top + tallest * cell + 1;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(caption)}" font-family="sans-serif">${groups.join("")}</svg>`;
}

function entries(matrix: MatrixView): { i: number; j: number; value: number }[] {
  return Array.from({ length: matrix.rows * matrix.cols }, (_, n) => {
    const i = Math.floor(n / matrix.cols);
    const j = n % matrix.cols;
    return { i, j, value: matrix.get(i, j) };
  });
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
