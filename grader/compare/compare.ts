/**
 * Compares an answer with the expected one and reports the first difference, in the course's
 * terms.
 *
 * The expected answer leads: each of its parts must be there, with its type, its shape and its
 * numbers; what the answer holds beyond that is the learner's own business.
 */
import type { AnswerPart, Exercise, Size, Tolerance } from "../../exercises/exercise.js";
import { isMat, isSequence, Mat, type Sequence, shapeText } from "../../src/index.js";
import { describeValue, formatPair, isPlainRecord, quote } from "../values/describe.js";
import { excerptOf } from "./excerpt.js";
import { Foreign } from "../values/foreign.js";
import { findPattern } from "./patterns.js";
import {
  allowedError,
  codeText,
  countOf,
  isClose,
  placeOf,
  placeText,
  symbolAt,
  type Tensor,
} from "./tensor.js";
import type { Difference } from "./difference.js";
import type { Outcome } from "../values/outcome.js";

/** What a comparison needs to know of the exercise, and of the case. */
export interface Comparison {
  readonly tolerance: Tolerance;
  readonly answer: Exercise["answer"];
  /** Keys of the answer that are the learner's own business. */
  readonly ignore?: readonly string[];
  /** What a bare answer is called in code: "oneHot(…)". */
  readonly root: string;
  /** The case's sizes, so that a factor of m is recognised. */
  readonly size?: Size;
  /**
   * Whether NaN, the infinities and numbers as good as infinite are all the same: for two wrong answers, never for a right one. Which of
   * them an overflow leads to depends on the order of the operations.
   */
  readonly isNonFiniteSame?: boolean;
  /** Whether it only matters that they differ: then no pattern is looked for. */
  readonly isWordless?: boolean;
}

/**
 * How answers to `exercise` are compared, in a case of the given size.
 *
 * @param exercise - with its tolerance and the names of its answer's parts
 * @param size - the case's sizes, so that a factor of m is recognised
 * @returns what {@link compareOutcomes} needs to know
 */
export function comparisonOf(exercise: Exercise, size?: Size): Comparison {
  const { tolerance, answer, ignore = [] } = exercise;
  const root = `${exercise.id}(…)`;
  return { tolerance, answer, ignore, root, ...(size === undefined ? {} : { size }) };
}

/**
 * The difference when one function answered and the other threw, or when both answered
 * differently. Two errors count as the same: their words are the learner's own.
 *
 * @param expected - what the reference did
 * @param got - what the function in question did
 * @param comparison - how answers are compared
 * @returns undefined when both count as the same
 */
export function compareOutcomes(
  expected: Outcome,
  got: Outcome,
  comparison: Comparison,
): Difference | undefined {
  if (got.kind === "answer") {
    if (expected.kind === "answer") return compareAnswers(expected.value, got.value, comparison);
    return {
      ...whole(comparison),
      kind: "should-throw",
      got: words(comparison, () => describeValue(got.value)),
      expected: `an error (${expected.message})`,
    };
  }
  if (expected.kind === "threw") return undefined;
  return {
    ...whole(comparison),
    kind: "type",
    got: `${got.name}: ${got.message}`,
    expected: words(comparison, () => describeValue(expected.value)),
  };
}

/** A text that is made only where somebody reads it: an answer can be large, and is compared with many. */
function words({ isWordless = false }: Comparison, make: () => string): string {
  return isWordless ? "" : make();
}

/**
 * The first difference between two answers.
 *
 * @param expected - the reference's answer, which leads
 * @param got - the answer in question
 * @param comparison - how answers are compared
 * @returns undefined when they count as the same
 */
export function compareAnswers(
  expected: unknown,
  got: unknown,
  comparison: Comparison,
): Difference | undefined {
  return compareAt({ path: [], expected, got, comparison });
}

/** How one part of an answer compares: a key of a record, or "" for a bare answer. */
export interface PartComparison {
  readonly key: string;
  /** What it is called: "dWaa". */
  readonly symbol: string;
  readonly difference?: Difference;
}

/**
 * Each part of an answer that counts, right or wrong.
 *
 * @param expected - the reference's answer
 * @param got - the learner's
 * @param comparison - the exercise's tolerance, names and keys that don't count
 * @returns one result per part, in the expected answer's order; one alone where no record came
 */
export function compareParts(
  expected: unknown,
  got: unknown,
  comparison: Comparison,
): readonly PartComparison[] {
  const pair: Pair = { path: [], expected, got, comparison };
  if (!isPlainRecord(expected) || !isPlainRecord(got))
    return [partResult("", pair, compareAt(pair))];
  return keysThatCount(expected, comparison).map((key) => {
    const inner = { ...pair, path: [key], expected: expected[key], got: got[key] };
    return partResult(key, inner, compareField(got, key, inner));
  });
}

function partResult(key: string, pair: Pair, difference: Difference | undefined): PartComparison {
  const { symbol } = at(pair);
  return { key, symbol, ...(difference === undefined ? {} : { difference }) };
}

/** The keys of an answer that are not the learner's own business. */
function keysThatCount(
  expected: Readonly<Record<string, unknown>>,
  { ignore = [] }: Comparison,
): readonly string[] {
  return Object.keys(expected).filter((key) => !ignore.includes(key));
}

/** Two values at the same place of the two answers. */
interface Pair {
  readonly path: readonly string[];
  readonly expected: unknown;
  readonly got: unknown;
  readonly comparison: Comparison;
}

function compareAt(pair: Pair): Difference | undefined {
  const { expected, got } = pair;
  if (isMat(expected)) return compareMats(pair, expected);
  if (isSequence(expected)) return compareSequences(pair, expected);
  if (Array.isArray(expected)) return compareArrays(pair, expected);
  if (isPlainRecord(expected)) return compareRecords(pair, expected);
  if (typeof expected === "number") {
    if (typeof got !== "number") return wrongType(pair);
    return compareNumbers(tensorOf(pair, "number", 1, 1, 1, [expected], [got]), pair.comparison);
  }
  if (typeof got !== typeof expected) return wrongType(pair);
  if (Object.is(got, expected)) return undefined;
  if (got instanceof Foreign || typeof got === "object") return wrongType(pair);
  return {
    ...at(pair),
    kind: "value",
    got: scalarText(got),
    expected: scalarText(expected),
    wrong: 1,
    total: 1,
  };
}

function compareMats(pair: Pair, expected: Mat): Difference | undefined {
  const { got } = pair;
  if (!isMat(got)) return wrongType(pair);
  const { rows, cols } = expected;
  if (got.rows !== rows || got.cols !== cols || got.data.length !== rows * cols) {
    const isTurned = got.rows === cols && got.cols === rows && got.data.length === rows * cols;
    const isTransposed =
      isTurned &&
      new Mat(cols, rows, got.data).T.data.every((value, n) =>
        isClose(value, expected.data[n]!, pair.comparison.tolerance),
      );
    return wrongShape(pair, shapeText(expected), shapeText(got), {
      total: rows * cols,
      ...(isTransposed ? { pattern: "transposed" } : {}),
    });
  }
  return compareNumbers(
    tensorOf(pair, "matrix", 1, rows, cols, expected.data, got.data),
    pair.comparison,
  );
}

function compareSequences(pair: Pair, expected: Sequence): Difference | undefined {
  const { got } = pair;
  if (!isSequence(got)) return wrongType(pair);
  const { T_x: T, rows, cols } = expected;
  const total = T * rows * cols;
  if (got.T_x !== T) {
    const off = got.T_x - T;
    const pattern = Math.abs(off) === 1 ? `one step too ${off > 0 ? "many" : "few"}` : undefined;
    return wrongShape(pair, steps(T), steps(got.T_x), {
      total,
      ...(pattern === undefined ? {} : { pattern }),
    });
  }
  if (got.rows !== rows || got.cols !== cols) {
    const swapped = got.rows === cols && got.cols === rows;
    return wrongShape(pair, `${shapeText(expected)} at each step`, shapeText(got), {
      total,
      ...(swapped ? { pattern: "rows and columns are swapped" } : {}),
    });
  }
  const flat = (sequence: Sequence): number[] =>
    Array.from(sequence, (step) => Array.from(step.data)).flat();
  return compareNumbers(
    tensorOf(pair, "sequence", T, rows, cols, flat(expected), flat(got)),
    pair.comparison,
  );
}

function compareArrays(pair: Pair, expected: readonly unknown[]): Difference | undefined {
  const { got } = pair;
  if (!Array.isArray(got)) return wrongType(pair);
  if (got.length !== expected.length) {
    return wrongShape(pair, entries(expected.length), entries(got.length), {
      total: expected.length,
    });
  }
  if (isNumberList(expected) && isNumberList(got)) {
    return compareNumbers(
      tensorOf(pair, "list", 1, expected.length, 1, expected, got),
      pair.comparison,
    );
  }
  for (const [n, entry] of expected.entries()) {
    const path = [...pair.path, String(n)];
    const difference = compareAt({ ...pair, path, expected: entry, got: got[n] });
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function compareRecords(
  pair: Pair,
  expected: Readonly<Record<string, unknown>>,
): Difference | undefined {
  const { got, comparison, path } = pair;
  if (!isPlainRecord(got)) return wrongType(pair);
  const keys = path.length === 0 ? keysThatCount(expected, comparison) : Object.keys(expected);
  for (const key of keys) {
    const inner = { ...pair, path: [...path, key], expected: expected[key], got: got[key] };
    const difference = compareField(got, key, inner);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** One key of a record: missing, or different inside. */
function compareField(
  got: Readonly<Record<string, unknown>>,
  key: string,
  inner: Pair,
): Difference | undefined {
  const isThere = Object.hasOwn(got, key);
  if (isThere && got[key] !== undefined) return compareAt(inner);
  return {
    ...at(inner),
    kind: "missing",
    got: words(inner.comparison, () =>
      isThere ? `${key} is undefined` : describeValue(counting(got, inner)),
    ),
    expected: words(inner.comparison, () => describeValue(inner.expected)),
    advice: isThere ? `give ${key} a value` : `return ${key} too: { …, ${key} }`,
  };
}

/** An answer without the keys that are the learner's own business. */
function counting(got: Readonly<Record<string, unknown>>, { path, comparison }: Pair): unknown {
  const { ignore = [] } = comparison;
  if (path.length > 1 || ignore.length === 0) return got;
  return Object.fromEntries(Object.entries(got).filter(([key]) => !ignore.includes(key)));
}

/** Beyond this a number is a division by what rounding left of a zero: its digits say nothing. */
const AS_GOOD_AS_INFINITE = 1e9;

/**
 * Whether a number has no digits that say something.
 *
 * @param value - of an answer
 * @returns true for NaN, the infinities, and what is as good as infinite
 */
export function isUnbounded(value: number): boolean {
  return !(Math.abs(value) < AS_GOOD_AS_INFINITE);
}

/** The first number that is not close enough, with what all the wrong ones have in common. */
function compareNumbers(tensor: Tensor, comparison: Comparison): Difference | undefined {
  const { tolerance, size, isNonFiniteSame = false, isWordless = false } = comparison;
  const total = countOf(tensor);
  let first = -1;
  let wrong = 0;
  for (let n = 0; n < total; n++) {
    const got = tensor.got[n]!;
    const expected = tensor.expected[n]!;
    if (isClose(got, expected, tolerance)) continue;
    if (isNonFiniteSame && isUnbounded(got) && isUnbounded(expected)) continue;
    if (first < 0) first = n;
    wrong++;
    if (isWordless) break;
  }
  if (first < 0) return undefined;
  const place = placeOf(tensor, first);
  const got = tensor.got[first]!;
  const expected = tensor.expected[first]!;
  const [gotText, expectedText] = formatPair(got + 0, expected + 0); // 0 for -0: here they are the same
  const absoluteError = Math.abs(got - expected);
  const pattern = isWordless ? undefined : findPattern(tensor, tolerance, size);
  const excerpt = isWordless ? undefined : excerptOf(tensor, place, tolerance);
  return {
    kind: "value",
    symbol: symbolAt(tensor, place.t),
    place: placeText(tensor, place),
    code: codeText(tensor, place),
    got: gotText,
    expected: expectedText,
    ...(Number.isFinite(absoluteError) ? { absoluteError } : {}),
    ...(Number.isFinite(absoluteError) && expected !== 0
      ? { relativeError: absoluteError / Math.abs(expected) }
      : {}),
    tolerance: allowedError(expected, tolerance),
    wrong,
    total,
    ...(pattern === undefined ? {} : { pattern }),
    ...(excerpt === undefined ? {} : { excerpt }),
  };
}

function tensorOf(
  pair: Pair,
  kind: Tensor["kind"],
  T: number,
  rows: number,
  cols: number,
  expected: ArrayLike<number>,
  got: ArrayLike<number>,
): Tensor {
  return { kind, T, rows, cols, expected, got, part: partOf(pair), code: codeOf(pair) };
}

/** The name and the dimensions that the exercise gives to this part of its answer. */
function partOf({ path, comparison }: Pick<Pair, "path" | "comparison">): AnswerPart {
  const { answer } = comparison;
  // An entry of a list goes by the list's name, and that of a bare list by the answer's.
  const list = path.slice(0, path.findLastIndex((key) => !isIndex(key)) + 1);
  const named = answer[list.join(".")];
  if (named !== undefined) return named;
  // A part within a part goes by its own name, with the dimensions of a part of the answer like it.
  const last = path.at(-1);
  if (last === undefined) return { symbol: "the answer", rows: "row", columns: "column" };
  const { rows, columns } = answer[last] ?? { rows: "row", columns: "column" };
  return { symbol: codeOf({ path, comparison }), rows, columns };
}

function codeOf({ path, comparison }: Pick<Pair, "path" | "comparison">): string {
  const [head, ...rest] = path;
  if (head === undefined) return comparison.root;
  const start = isIndex(head) ? `${comparison.root}[${head}]` : head;
  return start + rest.map((key) => (isIndex(key) ? `[${key}]` : `.${key}`)).join("");
}

/** Whether a key on the way to a part is an entry's number in a list, from 0. */
function isIndex(key: string | undefined): boolean {
  return key !== undefined && /^\d+$/.test(key);
}

type PlaceOfDifference = Pick<Difference, "symbol" | "place" | "code" | "wrong" | "total">;

function at(pair: Pair): PlaceOfDifference {
  const part = partOf(pair);
  const last = pair.path.at(-1);
  const symbol = part.symbol.replaceAll("⟨{t}⟩", "");
  const place = isIndex(last)
    ? `${symbol}, ${part.rows === "" ? "entry" : part.rows} ${Number(last) + 1}`
    : symbol;
  return { symbol, place, code: codeOf(pair), wrong: 1, total: 1 };
}

function whole(comparison: Comparison): PlaceOfDifference {
  return at({ path: [], expected: undefined, got: undefined, comparison });
}

function wrongShape(
  pair: Pair,
  expected: string,
  got: string,
  more: { readonly total: number; readonly pattern?: string },
): Difference {
  return { ...at(pair), kind: "shape", got, expected, ...more, wrong: more.total };
}

function wrongType(pair: Pair): Difference {
  const { comparison } = pair;
  const advice = comparison.isWordless === true ? undefined : adviceFor(pair);
  return {
    ...at(pair),
    kind: "type",
    got: words(comparison, () => describeValue(pair.got)),
    expected: words(comparison, () => describeValue(pair.expected)),
    ...(advice === undefined ? {} : { advice }),
  };
}

/** How to turn what came into what was asked for. */
function adviceFor(pair: Pair): string | undefined {
  const { expected, got, path } = pair;
  const name = path.length === 0 ? "answer" : codeOf(pair);
  const what = got instanceof Foreign ? got.what : describeValue(got);
  if (got === undefined) return "a return may be missing";
  if (what === "a promise") return "the function must not be async";
  if (what === "a generator") {
    return "it was never run: the function must not be a generator (function, not function*; return, not yield)";
  }
  if (what === "an iterator")
    return `nothing was read from it: Array.from(${name}) makes a list of it`;
  if (what === "a function") return "return what it gives: call it";
  if (isMat(expected)) {
    if (Array.isArray(got)) {
      return got.some(Array.isArray)
        ? `wrap it: Mat.from(${name})`
        : `wrap it: Mat.column(${name}) makes a column of it`;
    }
    if (/Float(32|64)Array/.test(what)) {
      return `wrap it: new Mat(${expected.rows}, ${expected.cols}, ${name})`;
    }
    if (/Matrix/.test(what)) return `wrap it: Mat.from(${name})`;
  }
  if (isSequence(expected) && Array.isArray(got)) {
    return got.every(isMat)
      ? `wrap it: Sequence.of(${name})`
      : `wrap it: Sequence.of(${name}.map((step) => Mat.from(step)))`;
  }
  if (typeof expected === "number" && isMat(got) && got.data.length === 1) {
    return "take the number out: .get(0, 0)";
  }
  if (Array.isArray(expected)) {
    if (isMat(got)) return `make an array of it: Array.from(${name}.data)`;
    if (/Array of/.test(what)) return `make an array of it: Array.from(${name})`;
  }
  return undefined;
}

function isNumberList(values: readonly unknown[]): values is readonly number[] {
  return values.every((value) => typeof value === "number");
}

function scalarText(value: unknown): string {
  return typeof value === "string" ? quote(value) : String(value);
}

function steps(T: number): string {
  return `${T} time step${T === 1 ? "" : "s"}`;
}

function entries(count: number): string {
  return `${count} ${count === 1 ? "entry" : "entries"}`;
}
