/** What a command prints for another program: one JSON document. */

/**
 * A document as text.
 *
 * @param document - what it says
 * @returns JSON with a line end; what a terminal would obey, in a student's text, is escaped
 */
export function jsonText(document: unknown): string {
  const text = JSON.stringify(document, undefined, 2);
  return `${text.replaceAll(/[^\P{C}\n]/gu, escaped)}\n`;
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
