/**
 * What a part of the answer lacks, whatever the exercise is: it is not there at all, a list is an entry too short or too
 * long, a row or a column was left 0. Everything else of it is right, so that this is all that is wrong with it.
 * The words stand behind one part's name or behind several: "L, dz: Missing from the answer."
 */
import { isMat, isSequence, Mat } from "../../../src/index.js";
import { type Comparison, compareAnswers } from "../../compare/compare.js";
import { isPlainRecord } from "../../values/describe.js";
import { type Cause, insideParts, type ObservedCase, partOf, REFUSAL } from "./explanation.js";
import type { AnswerPart } from "./parts.js";

/** One wrong case is a coincidence sooner than two. */
const LEAST_CASES = 2;

/** What a part lacks; nothing where that is not all that is wrong with it. */
export function lackingPart(part: AnswerPart): Cause | undefined {
  if (part.part === REFUSAL || part.wrong.length < LEAST_CASES) return undefined;
  return missing(part) ?? otherLength(part) ?? leftZero(part);
}

/** A value as it should be and as it came, in one case. */
interface Both {
  readonly right: unknown;
  readonly got: unknown;
  readonly comparison: Comparison;
}

function bothIn({ part, exercise }: AnswerPart, one: ObservedCase): Both {
  return {
    right: partOf(one.expected, part)?.value,
    got: partOf(one.seen.outcome, part)?.value,
    comparison: insideParts(exercise, one.size),
  };
}

function isSame(right: unknown, got: unknown, comparison: Comparison): boolean {
  return compareAnswers(right, got, { ...comparison, isWordless: true }) === undefined;
}

/** A key that is not in the answer, or in a record of it. */
function missing(part: AnswerPart): Cause | undefined {
  const all = part.cases.map((one) => bothIn(part, one));
  // Where nothing was returned, or one value in place of the parts, no part of it is what is missing.
  const isAnswer =
    part.part !== "" && part.cases.every(({ seen }) => partOf(seen.outcome, part.part));
  if (isAnswer && all.every(({ got }) => got === undefined)) {
    return {
      names: ["missing-part"],
      mistake: "Missing from the answer.",
      hint: "What does the statement's table say that the answer holds?",
    };
  }
  const keys = all.map(({ right, got, comparison }) => lackedKey(right, got, comparison));
  const [key] = keys;
  if (key === undefined || keys.some((other) => other !== key)) return undefined;
  return {
    names: ["missing-part"],
    mistake: `${key} is missing inside, or under another name.`,
    hint: "What does the statement's table say that it holds?",
  };
}

/** The one key that a record lacks, where all else in it is right. */
function lackedKey(right: unknown, got: unknown, comparison: Comparison): string | undefined {
  if (!isPlainRecord(right) || !isPlainRecord(got)) return undefined;
  const lacked = Object.keys(right).filter((key) => got[key] === undefined);
  const [key] = lacked;
  if (key === undefined || lacked.length > 1) return undefined;
  const isRest = Object.keys(right).every(
    (other) => other === key || isSame(right[other], got[other], comparison),
  );
  return isRest ? key : undefined;
}

/** How a list can be one entry too short or too long. */
const LENGTHS = [
  { name: "last-entry-missing", words: (what: string) => `The last ${what} is missing.` },
  { name: "first-entry-missing", words: (what: string) => `The first ${what} is missing.` },
  {
    name: "entry-too-many-at-the-end",
    words: (what: string) => `Behind the end stands one ${what} more.`,
  },
  {
    name: "entry-too-many-in-front",
    words: (what: string) => `In front stands one ${what} more.`,
  },
] as const;

type Length = (typeof LENGTHS)[number];

/** A list that is right but for an entry at one of its ends. */
function otherLength(part: AnswerPart): Cause | undefined {
  const all = part.wrong.map((one) => bothIn(part, one));
  const what = entryOf(all[0]!);
  if (what === undefined) return undefined;
  const found = LENGTHS.find((length) => all.every((both) => isOf(length, what, both)));
  if (found === undefined) return undefined;
  return {
    names: [found.name],
    mistake: found.words(what),
    hint: "Where does the loop that fills it begin, and where does it end?",
  };
}

type Entry = "entry" | "step" | "column" | "row";

/** What the two differ by: a list's entry, a sequence's step, a matrix' column or row. */
function entryOf({ right, got }: Both): Entry | undefined {
  if (Array.isArray(right) && Array.isArray(got)) return "entry";
  if (isSequence(right) && isSequence(got)) return "step";
  if (!isMat(right) || !isMat(got)) return undefined;
  if (right.rows === got.rows && Math.abs(right.cols - got.cols) === 1) return "column";
  return right.cols === got.cols && Math.abs(right.rows - got.rows) === 1 ? "row" : undefined;
}

function isOf({ name }: Length, what: Entry, { right, got, comparison }: Both): boolean {
  const [rights, gots] = [entriesOf(right, what), entriesOf(got, what)];
  if (rights === undefined || gots === undefined) return false;
  const isShort = name === "last-entry-missing" || name === "first-entry-missing";
  const [long, short] = isShort ? [rights, gots] : [gots, rights];
  if (long.length !== short.length + 1) return false;
  const isFront = name === "first-entry-missing" || name === "entry-too-many-in-front";
  const rest = isFront ? long.slice(1) : long.slice(0, -1);
  return rest.every((entry, n) =>
    isShort ? isSame(entry, short[n], comparison) : isSame(short[n], entry, comparison),
  );
}

function entriesOf(value: unknown, what: Entry): readonly unknown[] | undefined {
  if (what === "entry") return Array.isArray(value) ? value : undefined;
  if (what === "step") return isSequence(value) ? Array.from(value) : undefined;
  if (!isMat(value)) return undefined;
  return columnsOf(what === "column" ? value : value.T);
}

function columnsOf(mat: Mat): readonly Mat[] {
  return Array.from({ length: mat.cols }, (_, i) => mat.column(i));
}

/** Where a loop that is one short leaves zeros. */
const REGIONS = [
  ["last entry", (i: number, j: number, { rows, cols }: Mat) => i === rows - 1 && j === cols - 1],
  ["first entry", (i: number, j: number) => i === 0 && j === 0],
  ["last column", (_i: number, j: number, { cols }: Mat) => j === cols - 1],
  ["first column", (_i: number, j: number) => j === 0],
  ["last row", (i: number, _j: number, { rows }: Mat) => i === rows - 1],
  ["first row", (i: number) => i === 0],
] as const;

/** A matrix, or each of a sequence's, that is right but for a row, a column or an entry of zeros. */
function leftZero(part: AnswerPart): Cause | undefined {
  const all = part.wrong.map((one) => bothIn(part, one));
  // Where the zeros are all that there is, nothing tells that they are the last.
  if (!all.some(({ right }) => matsOf(right)?.every(({ rows, cols }) => rows > 1 && cols > 1)))
    return undefined;
  const found = REGIONS.find(([, isIn]) => all.every((both) => isZeroIn(both, isIn)));
  if (found === undefined) return undefined;
  const [where] = found;
  return {
    names: [`${where.replace(" ", "-")}-left-zero`],
    mistake: `The ${where} is left 0.`,
    hint: "Where does the loop that fills it begin, and where does it end?",
  };
}

function isZeroIn(
  { right, got, comparison }: Both,
  isIn: (i: number, j: number, mat: Mat) => boolean,
): boolean {
  const [rights, gots] = [matsOf(right), matsOf(got)];
  if (rights === undefined || rights.length !== gots?.length) return false;
  return rights.every((mat, n) => {
    const other = gots[n]!;
    if (other.rows !== mat.rows || other.cols !== mat.cols) return false;
    return isSame(
      mat.map((value, i, j) => (isIn(i, j, mat) ? 0 : value)),
      other,
      comparison,
    );
  });
}

function matsOf(value: unknown): readonly Mat[] | undefined {
  if (isMat(value)) return [value];
  return isSequence(value) ? Array.from(value) : undefined;
}
