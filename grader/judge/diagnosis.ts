/**
 * Names the mistake behind a wrong function: each exercise's mutants are wrong functions that
 * learners really write. When the answers are exactly one mutant's over all cases, that is the
 * mistake. Mutants that can't be told apart by these cases are named together; where none fits,
 * the grader stays silent rather than guess.
 */
import type { Argument, Exercise, Mutant, Size } from "../../exercises/exercise.js";
import { compareOutcomes, comparisonOf } from "../compare/compare.js";
import { isPlainRecord } from "../values/describe.js";
import { callHere, type Observation, observationOf } from "./observe.js";
import type { Diagnosis } from "./verdict.js";
import type { Outcome } from "../values/outcome.js";

/** One case, run to its end. */
export interface ObservedCase {
  readonly args: readonly Argument[];
  readonly size: Size;
  readonly expected: Outcome;
  /** What the learner's function did. */
  readonly seen: Observation;
}

/**
 * The mistake that explains all these cases.
 *
 * @param exercise - whose known mistakes are tried
 * @param cases - those that were run, passed ones too
 * @returns the mistake, or all those that these cases cannot tell apart; undefined where none
 *   explains them
 * @throws CodecError, Error when an argument cannot be copied: an exercise's own mistake
 */
export function diagnose(
  exercise: Exercise,
  cases: readonly ObservedCase[],
): Diagnosis | undefined {
  const fitting = exercise.mutants.filter((mutant) => fits(exercise, mutant, cases));
  const [first, ...ties] = fitting;
  if (first === undefined) return undefined;
  return {
    mutants: fitting.map(({ name }) => name),
    mistake: [first, ...ties].map(({ mistake }) => mistake).join(" Or: "),
    hint: [first, ...ties].map(({ hint }) => hint).join(" Or: "),
  };
}

/**
 * Whether the mutant did in every case what the learner's function did, and gave a wrong answer
 * somewhere. Errors alone prove nothing: a slip of the pen throws as well as a mutant does.
 */
function fits(exercise: Exercise, mutant: Mutant, cases: readonly ObservedCase[]): boolean {
  const mistaken = mutant.wrong(exercise.reference);
  let isWrong = false;
  for (const { args, size, expected, seen } of cases) {
    const first = callHere(mistaken, args);
    const second = callHere(mistaken, args);
    const mutated = observationOf(args, first, second, exercise.ignore);
    const comparison = comparisonOf(exercise, size);
    if (!isSameObservation(mutated, seen, expected, comparison)) return false;
    isWrong ||=
      mutated.outcome.kind === "answer" &&
      (mutated.changedInput !== undefined ||
        mutated.changedAnswer !== undefined ||
        compareOutcomes(expected, mutated.outcome, comparison) !== undefined);
  }
  return isWrong;
}

function isSameObservation(
  mutant: Observation,
  learner: Observation,
  expected: Outcome,
  comparison: ReturnType<typeof comparisonOf>,
): boolean {
  return (
    (mutant.changedInput === undefined) === (learner.changedInput === undefined) &&
    (mutant.changedAnswer === undefined) === (learner.changedAnswer === undefined) &&
    mutant.outcome.kind === learner.outcome.kind &&
    hasSameParts(mutant.outcome, learner.outcome, expected) &&
    compareOutcomes(mutant.outcome, learner.outcome, { ...comparison, isNaNSame: true }) ===
      undefined
  );
}

/** Whether both leave out the same parts of the answer, if any. */
function hasSameParts(one: Outcome, other: Outcome, expected: Outcome): boolean {
  if (expected.kind !== "answer" || !isPlainRecord(expected.value)) return true;
  return Object.keys(expected.value).every((key) => has(one, key) === has(other, key));
}

function has(outcome: Outcome, key: string): boolean {
  return (
    outcome.kind === "answer" &&
    isPlainRecord(outcome.value) &&
    Object.hasOwn(outcome.value, key) &&
    outcome.value[key] !== undefined
  );
}
