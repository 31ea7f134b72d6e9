/** A file of a course, which people write: read with errors that name the line and what mends it. */
import { nearest } from "#common/nearest";
import { type Document, isCollection, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";
import { UnrolledError } from "../../../src/core/errors.js";

/** A course's file can't be used as it is, or what was asked of a course can't be done; the message names the mend. */
export class CourseError extends UnrolledError {
  override name = "CourseError";
}

/** Where something stands in a file. */
export type Path = readonly PropertyKey[];

/** A mistake at a line. */
interface AtLine {
  readonly line: number;
  readonly text: string;
}

/** A file's content, and what else is needed to find more mistakes in it. */
export interface Checked<T> {
  readonly data: T;
  readonly document: Document;
  /** The line of a part, or of the nearest one around it. */
  readonly lineOf: (path: Path) => number;
  /** Throws a CourseError that names them all. */
  readonly refuse: (mistakes: readonly AtLine[]) => never;
}

/** What the messages say. */
export interface YamlWords {
  /** Who speaks: "course". */
  readonly what: string;
  /** The file's name. */
  readonly file: string;
  /** What to do with a text that is no YAML. */
  readonly sample: string;
  /** All names that are known, to find the one that was meant. */
  readonly settings: readonly string[];
}

/**
 * Reads YAML of a known form.
 *
 * @param text - the file's
 * @param schema - its form
 * @param words - for the messages
 * @returns what it says
 * @throws CourseError with every mistake, each with its line and the mend
 */
export function checkedYaml<T>(
  text: string,
  schema: z.ZodType<T>,
  { what, file, sample, settings }: YamlWords,
): Checked<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (path: Path): number => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as
        { readonly range?: readonly number[] } | undefined;
      if (node?.range !== undefined) return lines.linePos(node.range[0]!).line;
    }
    return 1;
  };
  const refuse = (mistakes: readonly AtLine[]): never => {
    throw new CourseError(
      mistakes.map((one) => `${what}: ${file}, line ${one.line}: ${one.text}`).join("\n"),
    );
  };
  if (document.errors.length > 0) {
    refuse(
      document.errors.map(({ pos, message }) => ({
        line: lines.linePos(pos[0]).line,
        text: `this is not YAML: ${message}; ${sample}`,
      })),
    );
  }
  refuseTricks(document, (at, words) => refuse([{ line: lines.linePos(at).line, text: words }]));
  const parsed = schema.safeParse(document.toJS() as unknown);
  if (!parsed.success) {
    return refuse(
      parsed.error.issues.flatMap((issue) =>
        wordsOf(issue, settings).map(({ path, text: words }) => ({
          ...{ line: lineOf(path), text: words },
        })),
      ),
    );
  }
  return { data: parsed.data, document, lineOf, refuse };
}

/** Parts of YAML that stand for others, or that no name can be read from: a course needs neither. */
function refuseTricks(document: Document, refuse: (at: number, words: string) => void): void {
  visit(document, {
    Alias(_, { source, range }) {
      refuse(range?.[0] ?? 0, `*${source} stands for another part; write that part here again`);
    },
    Pair(_, { key }) {
      if (isCollection(key))
        refuse(
          key.range?.[0] ?? 0,
          "a name is expected before the colon, not a list; write a name",
        );
    },
  });
}

/**
 * What zod found, in our words.
 *
 * @param issue - one of them
 * @param settings - all names that are known, to find the one that was meant
 * @returns where each is, and what it is with its mend
 */
export function wordsOf(
  issue: z.core.$ZodIssue,
  settings: readonly string[],
): readonly { readonly path: Path; readonly text: string }[] {
  const where = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      text: `${JSON.stringify(key)} is no setting here${meant(key, settings)}; take it out`,
    }));
  }
  const missing = issue.code === "invalid_type" && issue.message.endsWith("undefined");
  const words = issue.message.replace(/^Invalid input: /, "");
  return [
    {
      path: issue.path,
      text: missing ? `${where} is missing; add it` : `${where}: ${words}`,
    },
  ];
}

/** The name that was probably meant, as a question; "" where none is near. */
export function meant(typed: string, names: readonly string[]): string {
  const found = nearest(typed, names);
  return found === undefined ? "" : `: did you mean ${JSON.stringify(found)}?`;
}
