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

/** A mistake at a part of a file. */
export interface AtPath {
  readonly path: Path;
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
 * @param others - finds, in a file of another form, mistakes of those parts that have theirs
 * @returns what it says
 * @throws CourseError with every mistake, each with its line and the mend
 */
export function checkedYaml<T>(
  text: string,
  schema: z.ZodType<T>,
  { what, file, sample, settings }: YamlWords,
  others: (content: unknown) => readonly AtPath[] = () => [],
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
  const content = document.toJS() as unknown;
  if (content === null || content === undefined)
    return refuse([{ line: 1, text: `the file is empty; ${sample}` }]);
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    const found = [...wordsOf(parsed.error.issues, content, settings), ...others(content)];
    const mistakes = found.map(({ path, text: words }) => ({ line: lineOf(path), text: words }));
    return refuse(mistakes.toSorted((left, right) => left.line - right.line));
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
 * What zod found, in our words; a setting that is called by another name is not missing too.
 *
 * @param issues - all of it
 * @param content - what was looked at
 * @param settings - all names that are known, to find the one that was meant
 * @returns where each is, and what it is with its mend
 */
export function wordsOf(
  issues: readonly z.core.$ZodIssue[],
  content: unknown,
  settings: readonly string[],
): readonly AtPath[] {
  const renamed = new Set<string>();
  for (const { path, ...issue } of issues)
    if (issue.code === "unrecognized_keys")
      for (const key of issue.keys)
        renamed.add(JSON.stringify([...path, nearest(key, settings) ?? key]));
  return issues.flatMap((issue) => {
    const { path } = issue;
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => {
        const other = meant(key, settings);
        const mend = other === "" ? "; take it out" : " Rename it, or take it out";
        return {
          path: [...path, key],
          text: `${JSON.stringify(key)} is no setting here${other}${mend}`,
        };
      });
    }
    const where = path.map(String).join(".");
    const got = path.reduce<unknown>((part, key) => partOf(part, key), content);
    if (got === undefined && issue.code !== "custom")
      return renamed.has(JSON.stringify(path))
        ? []
        : [{ path, text: `${where} is missing; add it` }];
    const expected = expectedOf(issue);
    // Our own words say what is expected, and the line shows the rest.
    const text = expected === undefined ? issue.message : `${expected}, got ${shortText(got)}`;
    return [{ path, text: where === "" ? text : `${where}: ${text}` }];
  });
}

function partOf(whole: unknown, key: PropertyKey): unknown {
  return typeof whole === "object" && whole !== null && Object.hasOwn(whole, key)
    ? (whole as Readonly<Record<PropertyKey, unknown>>)[key]
    : undefined;
}

/** What a rule of zod's expects, in our words; undefined where the schema says it in its own. */
function expectedOf(issue: z.core.$ZodIssue): string | undefined {
  if (!/^(Invalid|Too (small|big)|Unrecognized)/.test(issue.message)) return undefined;
  switch (issue.code) {
    case "invalid_type":
      return `expected ${TYPES[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `expected one of ${issue.values.map((one) => JSON.stringify(one)).join(", ")}`;
    case "too_small":
      if (issue.origin === "string") return "expected a text that is not empty";
      if (issue.origin === "array") return "expected a list that is not empty";
      return `expected ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}`;
    case "too_big":
      return `expected at most ${issue.maximum}${issue.origin === "string" ? " characters" : ""}`;
    default:
      return "expected another value here";
  }
}

/** What zod calls types. */
const TYPES: Readonly<Record<string, string>> = {
  ...{ string: "a text", number: "a number", int: "a whole number", boolean: "true or false" },
  ...{ array: "a list", object: "settings with their names", record: "names with their values" },
};

function shortText(value: unknown): string {
  if (value === null) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** The name that was probably meant, as a question; "" where none is near. */
export function meant(typed: string, names: readonly string[]): string {
  const found = nearest(typed, names);
  return found === undefined ? "" : `: did you mean ${JSON.stringify(found)}?`;
}
