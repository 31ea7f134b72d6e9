/** What a whole file is that is neither code nor a notebook, and what was put around code. */

/** What was meant to be handed in. */
type Meant = "code" | "notebook";

const AGAIN = "and hand it in again";

/**
 * What a text is in place of what was meant.
 *
 * @param text - a file's
 * @param meant - by the file's name
 * @returns what it is, and the remedy; undefined where it may be what was meant
 */
export function otherTextIn(text: string, meant: Meant): string | undefined {
  const start = text.slice(0, 2000).trimStart();
  if (start === "" && text.trim() === "") {
    return `the file is empty: save it${meant === "notebook" ? " in JupyterLab (Ctrl+S)" : ""} ${AGAIN}`;
  }
  // Code may begin with the "<" of a type.
  if (/^<(!doctype|html|head|\?xml)/i.test(start) || (meant === "notebook" && isMarkup(start))) {
    return `a web page, not the ${meant}: download the file itself (on GitHub: "Download raw file") ${AGAIN}`;
  }
  if (start.startsWith("{\\rtf"))
    return `rich text (RTF), not ${meant === "code" ? "code" : "a notebook"}: save it as plain text ${AGAIN}`;
  if (start.startsWith("version https://git-lfs"))
    return `a pointer that Git LFS left in the file's place: get the file with git lfs pull ${AGAIN}`;
  return undefined;
}

function isMarkup(start: string): boolean {
  return start.startsWith("<") && !start.startsWith("<<<<<<<");
}

/**
 * Whether a text is a notebook, whatever its name.
 *
 * @param text - a file's
 * @returns true where it begins as JSON and names what a notebook has
 */
export function isNotebook(text: string): boolean {
  return (
    text.slice(0, 100).trimStart().startsWith("{") &&
    text.includes('"cells"') &&
    text.includes('"nbformat"')
  );
}

/** Markdown's mark for code. */
const FENCE = "```";

/**
 * Code without the marks that Markdown puts around it; all lines stay where they are.
 *
 * @param text - a file's
 * @returns the code, and the line of the lower mark; undefined where there are no such marks
 */
export function withoutFences(
  text: string,
): { readonly text: string; readonly last: number } | undefined {
  const lines = text.trimEnd().split("\n");
  const last = lines.length - 1;
  const isFenced = last > 0 && lines[0]!.startsWith(FENCE) && lines[last]!.trim() === FENCE;
  if (!isFenced) return undefined;
  return { text: ["", ...lines.slice(1, last), ""].join("\n"), last: last + 1 };
}
