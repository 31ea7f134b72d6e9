/** HTML that can't be broken by what is put into it. */
import { escapeHtml } from "../../../src/display/escapeHtml.js";

/** A piece of HTML that is safe as it stands. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand in a template: texts are escaped, pieces and lists of pieces are not. */
export type Part = string | number | Markup | readonly Markup[] | undefined;

/** A piece of HTML; every text in it is escaped, also inside double-quoted attributes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const text = strings.map((string, n) => string + (n < parts.length ? textOf(parts[n]) : ""));
  return new Markup(text.join(""));
}

function textOf(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(({ text }) => text).join("");
  return escapeHtml(String(part));
}
