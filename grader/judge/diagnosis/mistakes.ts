/** Known mistakes as changes to a function, alone and two at once. */
import type { AnyFunction, Exercise, Mutant } from "../../../exercises/exercise.js";
import { type Cause, Explanation, type ObservedCase } from "./explanation.js";

/** A known mistake, its constant fixed if it has one. */
export interface Mistake {
  readonly cause: Cause;
  /** The mistake, made in a function that is right but for it. */
  wrong(right: AnyFunction): AnyFunction;
}

/** A mutant as a mistake. */
export function mistakeOf({ name, mistake, hint, wrong }: Mutant): Mistake {
  return { cause: { names: [name], mistake, hint }, wrong };
}

/** A mistake as an explanation of what an exercise's function does. */
export function explanationOf(exercise: Exercise, { cause, wrong }: Mistake): Explanation {
  return new Explanation(exercise, cause, wrong(exercise.reference));
}

/**
 * The mistakes that throw where an answer is expected, with the guard that learners put there: a loop
 * that is a step short does not run at all for one step, unless one step is let through.
 */
export function guardedMistakes(
  mistakes: readonly Mistake[],
  explanations: readonly Explanation[],
  cases: readonly ObservedCase[],
): readonly Mistake[] {
  return mistakes
    .filter((_, n) =>
      cases.some(
        (one) =>
          one.expected.kind === "answer" && explanations[n]!.outcomeIn(one).kind !== "answer",
      ),
    )
    .map(({ cause, wrong }) => ({ cause, wrong: (right) => guarded(wrong(right), right) }));
}

function guarded(wrong: AnyFunction, right: AnyFunction): AnyFunction {
  return (...args) => {
    try {
      return wrong(...args);
    } catch {
      return right(...args);
    }
  };
}

/**
 * The mistakes in a function that is right for one step, or for one example: learners treat it by
 * itself, so that their loop can't be empty.
 */
export function sparingOne(
  exercise: Exercise,
  mistakes: readonly Mistake[],
  cases: readonly ObservedCase[],
): readonly Explanation[] {
  const counts = ["T_x", "T_y", "m"].filter((name) => cases.some(({ size }) => size[name] === 1));
  return counts.flatMap((name) =>
    mistakes.map(
      ({ cause, wrong }) =>
        new Explanation(exercise, cause, wrong(exercise.reference), (size) => size[name] === 1),
    ),
  );
}

/** Each two mistakes in one function, in both orders: which is outside can matter. */
export function pairsOf(
  exercise: Exercise,
  ones: readonly Mistake[],
  others: readonly Mistake[],
): readonly Explanation[] {
  return [...nested(exercise, ones, others), ...nested(exercise, others, ones)];
}

/** Each of `outer` made in a function that has one of `inner`: enough where all of `outer` change what it is given. */
export function nested(
  exercise: Exercise,
  outer: readonly Mistake[],
  inner: readonly Mistake[],
): readonly Explanation[] {
  return outer.flatMap((one) =>
    inner
      .filter(({ cause }) => cause.names.join() !== one.cause.names.join())
      .map(
        (other) =>
          new Explanation(
            exercise,
            bothOf(one.cause, other.cause),
            one.wrong(other.wrong(exercise.reference)),
          ),
      ),
  );
}

/** Two mistakes told at once, in an order that does not depend on which is outside. */
export function bothOf(one: Cause, other: Cause): Cause {
  const [first, second] = one.names.join() < other.names.join() ? [one, other] : [other, one];
  return {
    names: [...first.names, ...second.names],
    mistake: `Two things at once: ${first.mistake} And: ${second.mistake}`,
    hint: `${first.hint} Then: ${second.hint}`,
  };
}
