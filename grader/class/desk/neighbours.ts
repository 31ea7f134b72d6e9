/** Going through the students, one after the other. */
import { html, type Markup } from "../report/markup.js";
import { link, type Path } from "./link.js";

/**
 * Links to the student before and the one after.
 *
 * @param path - the page that shows one of them
 * @param about - what else its address says
 * @param students - all, in order
 * @param student - the one that is shown
 */
export function neighbours(
  path: Path,
  about: Readonly<Record<string, string>>,
  students: readonly string[],
  student: string,
): Markup {
  const place = students.indexOf(student);
  const to = (other: string | undefined, text: string): Markup =>
    other === undefined
      ? html`<span class="quiet">${text}</span>`
      : link(path, { ...about, student: other }, text);
  return html`<span class="push"
    >${to(students[place - 1], "← previous")} &nbsp;${place + 1} of ${students.length}&nbsp;
    ${to(students[place + 1], "next →")}</span
  >`;
}
