/** The desk's own addresses. Names stand in their queries, where every character can. */
import { html, type Markup } from "../report/markup.js";

/** The desk's pages. */
export type Path = "/" | "/assignment" | "/grade" | "/exercise" | "/mistakes" | "/alike" | "/pair";

/** The address of a page, such as "/grade?assignment=ps1&student=ada". */
export function address(path: Path, about: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams(about).toString()}`;
}

/** A link to a page. */
export function link(path: Path, about: Readonly<Record<string, string>>, text: string): Markup {
  return html`<a href="${address(path, about)}">${text}</a>`;
}
