/** A way in which a function may be wrong, and whether it is what the learner's function does. */
import type { AnyFunction, Argument, Exercise, Size } from "../../../exercises/exercise.js";
import {
  type Comparison,
  compareAnswers,
  compareOutcomes,
  comparisonOf,
} from "../../compare/compare.js";
import { isMat } from "../../../src/index.js";
import { isPlainRecord } from "../../values/describe.js";
import type { Outcome } from "../../values/outcome.js";
import { type Call, callHere, type Observation, observationOf } from "../observe.js";

/** One case, run to its end. */
export interface ObservedCase {
  readonly args: readonly Argument[];
  readonly size: Size;
  readonly expected: Outcome;
  /** What the learner's function did. */
  readonly seen: Observation;
}

/** What may be said of a wrong function. */
export interface Cause {
  /** The names of the mistakes that are made: one, or two at once. */
  readonly names: readonly string[];
  readonly mistake: string;
  readonly hint: string;
}

/** The part of an answer that is an error where bad input must be refused. */
export const REFUSAL = Symbol("refusal");

/** A key of the answer; "" for a bare answer; or whether bad input is refused. */
export type Part = string | typeof REFUSAL;

/** A cause as a function, whose answers are remembered: it is asked about part after part. */
export class Explanation {
  readonly cause: Cause;
  private readonly exercise: Exercise;
  private readonly run: AnyFunction;
  private readonly isSpared: (size: Size) => boolean;
  private readonly known = new Map<ObservedCase, Call>();

  /**
   * @param exercise - whose answers it gives
   * @param cause - what is said of it
   * @param run - the function
   * @param isSpared - sizes at which it is right: some learners treat one step by itself
   */
  constructor(
    exercise: Exercise,
    cause: Cause,
    run: AnyFunction,
    isSpared: (size: Size) => boolean = () => false,
  ) {
    this.exercise = exercise;
    this.cause = cause;
    this.run = run;
    this.isSpared = isSpared;
  }

  /**
   * Whether this function did in every case what the learner's did, and gave a wrong answer
   * somewhere. Errors alone prove nothing: a slip of the pen throws as well as a mistake does.
   */
  isWhole(cases: readonly ObservedCase[]): boolean {
    let isWrong = false;
    for (const one of cases) {
      const comparison = { ...comparisonOf(this.exercise, one.size), isWordless: true };
      // Most explanations are none: only one whose first answer fits is called a second time.
      if (!hasSameOutcome(this.first(one).outcome, one, comparison)) return false;
      const mine = this.observed(one);
      if (!changesAlike(mine, one.seen)) return false;
      isWrong ||=
        mine.outcome.kind === "answer" &&
        (mine.changedInput !== undefined ||
          mine.changedAnswer !== undefined ||
          compareOutcomes(one.expected, mine.outcome, comparison) !== undefined);
    }
    return isWrong;
  }

  /** Whether this function's part is the learner's in every case. */
  has(part: Part, cases: readonly ObservedCase[]): boolean {
    return cases.every((one) => {
      const seen = partOf(one.seen.outcome, part);
      const mine = partOf(this.first(one).outcome, part);
      if (seen === undefined || mine === undefined) return false;
      const right = partOf(one.expected, part);
      if (!hasSameKeys(mine.value, seen.value, right?.value)) return false;
      const comparison = {
        ...insideParts(this.exercise, one.size),
        isNonFiniteSame: true,
        isWordless: true,
      };
      return (
        compareAnswers(mine.value, seen.value, comparison) === undefined &&
        isZero(mine.value) === isZero(seen.value)
      );
    });
  }

  /** Whether this function's part is the expected one in every case. */
  isRight(part: Part, cases: readonly ObservedCase[]): boolean {
    return cases.every((one) => {
      const right = partOf(one.expected, part);
      const mine = partOf(this.first(one).outcome, part);
      if (right === undefined || mine === undefined) return false;
      const comparison = { ...insideParts(this.exercise, one.size), isWordless: true };
      return compareAnswers(right.value, mine.value, comparison) === undefined;
    });
  }

  /** What this function does in a case. */
  outcomeIn(one: ObservedCase): Outcome {
    return this.first(one).outcome;
  }

  private first(one: ObservedCase): Call {
    const known = this.known.get(one) ?? this.call(one);
    this.known.set(one, known);
    return known;
  }

  private observed(one: ObservedCase): Observation {
    return observationOf(one.args, this.first(one), this.call(one), this.exercise.ignore);
  }

  private call(one: ObservedCase): Call {
    return callHere(this.isSpared(one.size) ? this.exercise.reference : this.run, one.args);
  }
}

/** The value of a part, wrapped, for undefined is a value too; nothing where it can't be had. */
export function partOf(outcome: Outcome, part: Part): { readonly value: unknown } | undefined {
  if (part === REFUSAL) {
    return { value: outcome.kind === "answer" ? outcome.value : "refused" };
  }
  if (outcome.kind !== "answer") return undefined;
  if (part === "") return { value: outcome.value };
  return isPlainRecord(outcome.value) ? { value: outcome.value[part] } : undefined;
}

/** How one part is compared: inside of it, every key counts. */
export function insideParts(exercise: Exercise, size: Size): Comparison {
  return comparisonOf({ ...exercise, ignore: [] }, size);
}

function hasSameOutcome(
  mine: Outcome,
  { seen: { outcome }, expected }: ObservedCase,
  comparison: Comparison,
): boolean {
  return (
    mine.kind === outcome.kind &&
    hasSameParts(mine, outcome, expected, comparison.ignore ?? []) &&
    compareOutcomes(mine, outcome, { ...comparison, isNonFiniteSame: true }) === undefined &&
    (mine.kind !== "answer" ||
      outcome.kind !== "answer" ||
      isZero(mine.value) === isZero(outcome.value))
  );
}

/** Whether a matrix is of zeros, exactly: what is only near zero is another mistake's answer. */
function isZero(value: unknown): boolean {
  return isMat(value) && value.data.every((one) => one === 0);
}

/** Whether both leave their input, and their answer at a second call, as they were, or neither does. */
function changesAlike(mine: Observation, seen: Observation): boolean {
  return (
    (mine.changedInput === undefined) === (seen.changedInput === undefined) &&
    (mine.changedAnswer === undefined) === (seen.changedAnswer === undefined)
  );
}

/** Whether both leave out the same parts of the answer, if any; those that don't count, don't. */
function hasSameParts(
  one: Outcome,
  other: Outcome,
  expected: Outcome,
  ignore: readonly string[],
): boolean {
  if (expected.kind !== "answer") return true;
  const [mine, seen] = [one, other].map((o) => (o.kind === "answer" ? o.value : undefined));
  return hasSameKeys(mine, seen, expected.value, ignore);
}

/** Whether both lack the same keys of what is expected, in the records within it too. */
function hasSameKeys(
  one: unknown,
  other: unknown,
  expected: unknown,
  ignore: readonly string[] = [],
): boolean {
  if (!isPlainRecord(expected)) return true;
  return Object.keys(expected)
    .filter((key) => !ignore.includes(key))
    .every((key) => {
      const [mine, seen] = [valueOf(one, key), valueOf(other, key)];
      if ((mine === undefined) !== (seen === undefined)) return false;
      return mine === undefined || hasSameKeys(mine, seen, expected[key]);
    });
}

function valueOf(record: unknown, key: string): unknown {
  return isPlainRecord(record) && Object.hasOwn(record, key) ? record[key] : undefined;
}
