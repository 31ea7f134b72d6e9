/** Lines that fit a terminal: broken between words, the rest under the line's own beginning. */

// eslint-disable-next-line no-control-regex -- colours are control characters
const COLOUR = /\u001b\[\d+m/g;

/**
 * A text whose lines are at most `columns` wide where their words allow it; colours take no room.
 *
 * @param text - lines, which may be indented
 * @param columns - the terminal's width, in characters
 * @returns the same words in more lines
 */
export function wrapped(text: string, columns: number): string {
  return text
    .split("\n")
    .map((line) => wrappedLine(line, columns))
    .join("\n");
}

function wrappedLine(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  const indent = /^ */.exec(line)![0];
  const lines: string[] = [];
  let current = indent;
  for (const word of line.slice(indent.length).split(" ")) {
    const longer = current === indent ? current + word : `${current} ${word}`;
    if (current !== indent && widthOf(longer) > columns) {
      lines.push(current.trimEnd());
      current = indent + word;
    } else current = longer;
  }
  return [...lines, current].join("\n");
}

function widthOf(text: string): number {
  return Array.from(text.replaceAll(COLOUR, "")).length;
}
