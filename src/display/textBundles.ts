/** Bundles of simple things: a formula, a piece of HTML, a table, a text in Markdown. */
import type { MimeBundle } from "./mimeBundle.js";
import { escapeHtml } from "./escapeHtml.js";

/**
 * A displayed formula.
 *
 * @param formula - LaTeX without dollar signs
 * @returns LaTeX and plain text
 */
export function latex(formula: string): MimeBundle {
  return { "text/latex": `$$${formula}$$`, "text/plain": formula };
}

/**
 * A piece of HTML.
 *
 * @param markup - the HTML; the caller escapes what comes from outside
 * @param plain - the same as text, for front ends without HTML; the markup without its tags unless said
 * @returns HTML and plain text
 */
export function html(markup: string, plain: string = withoutTags(markup)): MimeBundle {
  return { "text/html": markup, "text/plain": plain };
}

/**
 * A text in Markdown.
 *
 * @param text - the Markdown, which is also its plain text
 * @returns Markdown and plain text
 */
export function markdown(text: string): MimeBundle {
  return { "text/markdown": text, "text/plain": text };
}

/** What a cell of {@link table} holds; numbers are set to the right, to four significant digits. */
export type TableCell = string | number | boolean | null | undefined;

/**
 * A table of rows with equal keys; the keys are its head.
 *
 * @param rows - one record a row; a key that a row lacks is an empty cell
 * @returns HTML and plain text
 */
export function table(rows: readonly Readonly<Record<string, TableCell>>[]): MimeBundle {
  const heads = Array.from(new Set(rows.flatMap((row) => Object.keys(row))));
  const text = rows.map((row) => heads.map((head) => cellText(row[head])));
  const align = (k: number): string =>
    rows.some((row) => typeof row[heads[k]!] === "number") ? "right" : "left";
  const line = (tag: "th" | "td", cells: readonly string[]): string =>
    `<tr>${cells.map((cell, k) => `<${tag} style="text-align:${align(k)}">${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const widths = heads.map((head, k) =>
    Math.max(head.length, ...text.map((row) => row[k]!.length)),
  );
  const plainLine = (cells: readonly string[]): string =>
    cells
      .map((cell, k) =>
        align(k) === "right" ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!),
      )
      .join("  ")
      .trimEnd();
  return {
    "text/html": `<table><thead>${line("th", heads)}</thead><tbody>${text.map((row) => line("td", row)).join("")}</tbody></table>`,
    "text/plain": [heads, ...text].map(plainLine).join("\n"),
  };
}

function cellText(cell: TableCell): string {
  if (cell === null || cell === undefined) return "";
  return typeof cell === "number" ? String(Number(cell.toPrecision(4))) : String(cell);
}

function withoutTags(markup: string): string {
  return markup.replaceAll(/<[^>]*>/g, "");
}
