const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

interface Segment {
  readonly column: number;
  readonly line: number;
  readonly originalColumn: number;
}

/** The way back from a compiled text to its source. */
export class SourceMap {
  readonly #lines: readonly (readonly Segment[])[];

  /** @param json - a source map of one source, version 3 */
  constructor(json: string) {
    this.#lines = decoded((JSON.parse(json) as { readonly mappings: string }).mappings);
  }

  /**
   * Finds where something came from; all places count from 0.
   *
   * @param line - the line in the compiled text
   * @param column - the column there
   * @returns the place in the source, or undefined
   */
  locate(
    line: number,
    column: number,
  ): { readonly line: number; readonly column: number } | undefined {
    const segments = this.#lines[line] ?? [];
    const found = segments.findLast((segment) => segment.column <= column) ?? segments[0];
    return found && { line: found.line, column: found.originalColumn };
  }
}

function decoded(mappings: string): Segment[][] {
  let [line, originalColumn] = [0, 0];
  return mappings.split(";").map((group) => {
    let column = 0;
    const segments: Segment[] = [];
    for (const text of group.split(",")) {
      const [columns, , lines, originalColumns] = numbersIn(text);
      if (columns === undefined) continue;
      column += columns;
      if (lines === undefined || originalColumns === undefined) continue;
      line += lines;
      originalColumn += originalColumns;
      segments.push({ column, line, originalColumn });
    }
    return segments;
  });
}

/** Numbers in base 64, five bits a digit, the lowest first, the sign in the lowest. */
function numbersIn(text: string): number[] {
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (const character of text) {
    const digit = digits.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    numbers.push((value & 1) === 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}
