import type { Bundle } from "./threadMessages.js";

interface Entry {
  readonly line: number;
  readonly input: string;
  output: string | null;
}

/** One line of a history reply; the input comes with its output when the request asks for it. */
export type HistoryTuple = readonly [
  session: number,
  line: number,
  input: string | readonly [string, string | null],
];

/** The cells that this kernel has run. */
export class History {
  readonly #entries: Entry[] = [];

  /** Adds a cell; what it gives back takes the text of the cell's value. */
  add(line: number, input: string): (output: string) => void {
    const entry: Entry = { line, input, output: null };
    this.#entries.push(entry);
    return (output) => {
      entry.output = output;
    };
  }

  /**
   * Answers a history request: its last `n` cells, a range of numbers, or what matches a pattern.
   *
   * @param request - a `history_request`'s content
   * @returns the entries, oldest first
   */
  answer(request: Bundle): HistoryTuple[] {
    const withOutput = request["output"] === true;
    return this.#select(request).map(({ line, input, output }) => [
      1,
      line,
      withOutput ? [input, output] : input,
    ]);
  }

  #select(request: Bundle): readonly Entry[] {
    const count = typeof request["n"] === "number" ? request["n"] : this.#entries.length;
    switch (request["hist_access_type"]) {
      case "range": {
        const start = Number(request["start"] ?? 1);
        const stop = Number(request["stop"] ?? Infinity);
        return this.#entries.filter(({ line }) => line >= start && line < stop);
      }
      case "search": {
        const pattern = globPattern(String(request["pattern"] ?? "*"));
        const found = this.#entries.filter(({ input }) => pattern.test(input));
        return tail(request["unique"] === true ? lastOfEach(found) : found, count);
      }
      default:
        return tail(this.#entries, count);
    }
  }
}

function tail<T>(entries: readonly T[], count: number): T[] {
  return count <= 0 ? [] : entries.slice(-count);
}

function lastOfEach(entries: readonly Entry[]): Entry[] {
  const last = new Map(entries.map((entry) => [entry.input, entry]));
  return entries.filter((entry) => last.get(entry.input) === entry);
}

/** `*` and `?` as a shell reads them. */
function globPattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`);
}
