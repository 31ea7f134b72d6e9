/**
 * A part that holds another value than it should, whatever the exercise is: what another part should hold, or what the
 * function was given; that added to it or taken from it, or multiplied in once too often or left out; the right
 * entries in another order, or each of them inside of something else.
 */
import { isMat, isSequence, Mat, Sequence } from "../../../src/index.js";
import { type Comparison, compareAnswers } from "../../compare/compare.js";
import { isPlainRecord } from "../../values/describe.js";
import { type Cause, insideParts, type ObservedCase, partOf, REFUSAL } from "./explanation.js";
import { givenMatrices, givenSequences } from "./givenValues.js";
import type { AnswerPart } from "./parts.js";

/** One wrong case is a coincidence sooner than two. */
const LEAST_CASES = 2;

/** What a part holds in place of its own; nothing where that is not all that is wrong with it. */
export function otherValue(part: AnswerPart): Cause | undefined {
  if (part.part === REFUSAL || part.wrong.length < LEAST_CASES) return undefined;
  return rearranged(part) ?? byOther(part) ?? otherInside(part);
}

/** The right entries in another order, or each of them inside of something else. */
export function rearranged(part: AnswerPart): Cause | undefined {
  return otherOrder(part) ?? wrapped(part);
}

/** Whether `got` is what `made` makes of the expected part, in every case. */
function isEverywhere(
  part: AnswerPart,
  made: (right: unknown, n: number) => unknown,
  taken: (got: unknown) => unknown = (got) => got,
): boolean {
  return part.cases.every((one, n) => {
    const right = made(partOf(one.expected, part.part)?.value, n);
    const got = taken(partOf(one.seen.outcome, part.part)?.value);
    return right !== undefined && isSame(right, got, insideParts(part.exercise, one.size));
  });
}

function isSame(right: unknown, got: unknown, comparison: Comparison): boolean {
  return compareAnswers(right, got, { ...comparison, isWordless: true }) === undefined;
}

/** The order in which a list's or a sequence's entries may stand. */
const ORDERS: readonly {
  readonly name: string;
  readonly mistake: string;
  readonly of: (entries: readonly unknown[]) => readonly unknown[];
}[] = [
  {
    name: "entries-reversed",
    mistake: "The entries are in reverse: the last step's comes first.",
    of: (entries) => entries.toReversed(),
  },
  {
    name: "entries-all-the-last",
    mistake: "Every entry is the last one.",
    of: (entries) => entries.map(() => entries.at(-1)),
  },
  {
    name: "entries-all-the-first",
    mistake: "Every entry is the first one.",
    of: (entries) => entries.map(() => entries[0]),
  },
];

/** The right entries in another order. */
function otherOrder(part: AnswerPart): Cause | undefined {
  const found = ORDERS.find(({ of }) =>
    isEverywhere(part, (right) => {
      if (Array.isArray(right)) return of(right);
      return isSequence(right) ? Sequence.of(of(Array.from(right)) as Mat[]) : undefined;
    }),
  );
  if (found === undefined) return undefined;
  const { name, mistake } = found;
  return { names: [name], mistake, hint: "In which order does the loop put them there?" };
}

/** What a cell or a layer gives back has no more keys; each is looked for in every entry of a list. */
const MOST_KEYS = 16;

/** The right value, or each of a list's, under a key of something else. */
function wrapped(part: AnswerPart): Cause | undefined {
  const first = partOf(part.cases[0]!.seen.outcome, part.part)?.value;
  const isList = Array.isArray(first);
  const one: unknown = isList ? first[0] : first;
  if (!isPlainRecord(one)) return undefined;
  const key = Object.keys(one)
    .slice(0, MOST_KEYS)
    .find((name) => {
      const inside = (value: unknown): unknown => (isPlainRecord(value) ? value[name] : undefined);
      return isEverywhere(
        part,
        (right) => right,
        (got) => (Array.isArray(got) ? got.map(inside) : inside(got)),
      );
    });
  if (key === undefined) return undefined;
  return {
    names: ["one-level-too-deep"],
    mistake: `What belongs there stands one level deeper, under ${key}${isList ? ", in every entry" : ""}.`,
    hint: `Hand on its .${key} in place of the whole.`,
  };
}

/** A matrix by its name, in each of a part's cases. */
interface Named {
  readonly name: string;
  readonly values: readonly Mat[];
}

/** The other parts of the answer, as they should be. */
function otherParts({ exercise, cases, part }: AnswerPart): readonly Named[] {
  const { expected } = cases[0]!;
  const value = expected.kind === "answer" ? expected.value : undefined;
  const keys = isPlainRecord(value) ? Object.keys(value).filter((key) => key !== part) : [];
  return keys.flatMap((key) => {
    const values = cases.map((one) => partOf(one.expected, key)?.value);
    const name = `${exercise.answer[key]?.symbol ?? key}'s right value`;
    return values.every(isMat) ? [{ name, values }] : [];
  });
}

/** What stands beside a part: the other parts, and what the function was given. */
function besides(part: AnswerPart): readonly Named[] {
  const { exercise, cases } = part;
  const ends = givenSequences(exercise, cases).flatMap(({ name, values }) => [
    { name: `${name}⟨1⟩`, values: values.map((x) => x.at(1)) },
    { name: `the last ${name}⟨t⟩`, values: values.map((x) => x.at(x.T_x)) },
  ]);
  return [...otherParts(part), ...givenMatrices(exercise, cases), ...ends];
}

/** What may have been done with another value, to the right one. */
interface Done {
  readonly name: string;
  readonly mistake: (other: string) => string;
  readonly of: (right: Mat, other: Mat) => Mat;
}

const INSTEAD: Done = {
  name: "is",
  mistake: (other) => `There stands ${other}, unchanged.`,
  of: (_, other) => other,
};

const DONE: readonly Done[] = [
  INSTEAD,
  {
    name: "plus",
    mistake: (other) => `Right but for ${other}, which was added as well.`,
    of: (right, other) => right.add(other),
  },
  {
    name: "minus",
    mistake: (other) => `Right but for ${other}, which is missing from the sum, or was subtracted.`,
    of: (right, other) => right.sub(other),
  },
  {
    name: "times",
    mistake: (other) => `Right but for ${other}, which was multiplied in as well.`,
    of: (right, other) => right.times(other),
  },
  {
    name: "without",
    mistake: (other) => `The factor ${other} is missing.`,
    of: (right, other) => right.times(other.map((value) => 1 / value)),
  },
];

/** A matrix that is the right one with another of its shape. */
function byOther(part: AnswerPart): Cause | undefined {
  for (const other of besides(part)) {
    const done = DONE.find((one) => isDone(part, one, other));
    if (done !== undefined) return causeOf(done, other);
  }
  return undefined;
}

/** A matrix that is what another part of the answer should be. */
export function otherPartsValue(part: AnswerPart): Cause | undefined {
  if (part.wrong.length < LEAST_CASES) return undefined;
  const other = otherParts(part).find((one) => isDone(part, INSTEAD, one));
  return other && causeOf(INSTEAD, other);
}

function isDone(part: AnswerPart, { of }: Done, { values }: Named): boolean {
  return isEverywhere(part, (right, n) => {
    const other = values[n]!;
    if (!isMat(right) || right.rows !== other.rows || right.cols !== other.cols) return undefined;
    const made = of(right, other);
    return made.data.every(Number.isFinite) ? made : undefined;
  });
}

function causeOf({ name, mistake }: Done, other: Named): Cause {
  return {
    names: [`${name}-${other.name}`],
    mistake: mistake(other.name),
    hint: "Compare the line that makes it with the formula, letter by letter.",
  };
}

/** A record that is right but for one key, which holds another's value or another of those given. */
function otherInside(part: AnswerPart): Cause | undefined {
  const { exercise, cases } = part;
  const right = partOf(cases[0]!.expected, part.part)?.value;
  if (!isPlainRecord(right)) return undefined;
  const field = (one: ObservedCase, key: string, isSeen: boolean): unknown => {
    const value = partOf(isSeen ? one.seen.outcome : one.expected, part.part)?.value;
    return isPlainRecord(value) ? value[key] : undefined;
  };
  const holds = (key: string, wanted: (one: ObservedCase) => unknown): boolean =>
    cases.every((one) => {
      const value = wanted(one);
      const comparison = insideParts(exercise, one.size);
      return value !== undefined && isSame(value, field(one, key, true), comparison);
    });
  const keys = Object.keys(right);
  const wrong = keys.filter((key) => !holds(key, (one) => field(one, key, false)));
  const told = wrong.map((key) => {
    const other = keys.find((name) => holds(key, (one) => field(one, name, false)));
    return other === undefined ? undefined : `${key} holds what ${other} should hold`;
  });
  if (told.length === 0 || told.includes(undefined)) return undefined;
  return {
    names: ["another-inside"],
    mistake: `Inside, ${told.join(", and ")}.`,
    hint: "Which of your variables stands behind which key?",
  };
}
