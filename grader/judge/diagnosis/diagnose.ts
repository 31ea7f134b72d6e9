/**
 * Names the mistake behind a wrong function, from what it did in all cases.
 *
 * Each step is tried only where the ones before it found nothing: one known mistake; each wrong part
 * of the answer by a known mistake of its own; two known mistakes at once; a constant; one pattern
 * in all cases; nearly right. Explanations that these cases can't tell apart are told together. Where
 * none fits, the grader stays silent rather than guess.
 */
import type { Exercise, Mutant } from "../../../exercises/exercise.js";
import { compareOutcomes, comparisonOf } from "../../compare/compare.js";
import type { Diagnosis } from "../verdict.js";
import { constantExplanations, scaledPart } from "./constants.js";
import { type Cause, Explanation, type ObservedCase, type Part } from "./explanation.js";
import { nearlyRight, patternOf } from "./patterns.js";
import { type AnswerPart, answerParts } from "./parts.js";

/** The most explanations that are told together; more would say nothing. */
const MOST_TIES = 3;

/**
 * What is behind a wrong function.
 *
 * @param exercise - whose mistakes are tried
 * @param all - all cases of the exercise, each run to its end
 */
export function diagnose(exercise: Exercise, all: readonly ObservedCase[]): Diagnosis | undefined {
  const { mutants, reference } = exercise;
  const cases = tellingFirst(exercise, all);
  const single = mutants.map(
    (mutant) => new Explanation(exercise, causeOf(mutant), mutant.wrong(reference)),
  );
  const one = wholly("mistake", single, cases);
  if (one !== undefined) return one;
  const parts = answerParts(exercise, cases);
  const byPart = parts && covered("parts", parts, single);
  if (byPart !== undefined) return byPart;
  const pairs = pairsOf(exercise);
  const two = wholly("pair", pairs, cases);
  if (two !== undefined) return two;
  const constants = constantExplanations(exercise, cases);
  const constant = wholly("constant", constants, cases);
  if (constant !== undefined || parts === undefined) return constant;
  return (
    covered("constant", parts, [...single, ...constants], (part) => scaledPart(part)) ??
    covered("parts", parts, [...single, ...constants, ...pairs], (part) => scaledPart(part)) ??
    covered(
      "pattern",
      parts,
      [...single, ...constants],
      (part) => scaledPart(part) ?? patternOf(part),
    ) ??
    covered("nearly", parts, [], nearlyRight)
  );
}

/** The wrong cases first, small ones before large ones: most explanations end at the first. */
function tellingFirst(exercise: Exercise, cases: readonly ObservedCase[]): readonly ObservedCase[] {
  const cost = ({ size, expected, seen }: ObservedCase): number => {
    const comparison = { ...comparisonOf(exercise, size), isWordless: true };
    const isRight =
      expected.kind === seen.outcome.kind &&
      compareOutcomes(expected, seen.outcome, comparison) === undefined;
    const count = Object.values(size).reduce((product, one) => product * Math.max(1, one), 1);
    return isRight ? Infinity : count;
  };
  return cases
    .map((one) => ({ one, cost: cost(one) }))
    .sort((a, b) => (a.cost === b.cost ? 0 : a.cost - b.cost))
    .map(({ one }) => one);
}

function causeOf({ name, mistake, hint }: Mutant): Cause {
  return { names: [name], mistake, hint };
}

/** Each two known mistakes in one function, in both orders: which is outside can matter. */
function pairsOf(exercise: Exercise): readonly Explanation[] {
  const { mutants, reference } = exercise;
  return mutants.flatMap((outer) =>
    mutants
      .filter((inner) => inner !== outer)
      .map(
        (inner) =>
          new Explanation(exercise, bothOf(outer, inner), outer.wrong(inner.wrong(reference))),
      ),
  );
}

function bothOf(one: Mutant, other: Mutant): Cause {
  const [first, second] = one.name < other.name ? [one, other] : [other, one];
  return {
    names: [first.name, second.name],
    mistake: `Two things at once: ${first.mistake} And: ${second.mistake}`,
    hint: `${first.hint} Then: ${second.hint}`,
  };
}

/** The explanations that fit as a whole, told together. */
function wholly(
  kind: Diagnosis["kind"],
  explanations: readonly Explanation[],
  cases: readonly ObservedCase[],
): Diagnosis | undefined {
  const fitting = distinct(
    explanations.filter((one) => one.isWhole(cases)).map(({ cause }) => cause),
  );
  return fitting.length === 0 || fitting.length > MOST_TIES ? undefined : told(kind, [{ fitting }]);
}

/** Wrong parts that have the same explanations. */
interface Told {
  readonly where?: string;
  readonly fitting: readonly Cause[];
}

/**
 * An explanation for each wrong part, if there is one for all: first those that explain the most
 * parts, so that one mistake is told once.
 */
function covered(
  kind: Diagnosis["kind"],
  parts: readonly AnswerPart[],
  explanations: readonly Explanation[],
  own: (part: AnswerPart) => Cause | undefined = () => undefined,
): Diagnosis | undefined {
  const wrong = parts.filter((part) => part.wrong.length > 0);
  const causes = new Map<Part, readonly Cause[]>();
  for (const part of wrong) {
    const cause = own(part);
    const known = mostFitting(part, parts, explanations);
    const found = known.length > 0 ? known : cause === undefined ? [] : [cause];
    if (found.length === 0) return undefined;
    causes.set(part.part, found);
  }
  const groups: Told[] = [];
  let left = wrong;
  while (left.length > 0) {
    const explained = (cause: Cause): readonly AnswerPart[] =>
      left.filter(({ part }) => causes.get(part)!.some((one) => isSame(one, cause)));
    const all = distinct(left.flatMap(({ part }) => causes.get(part)!));
    const most = Math.max(...all.map((cause) => explained(cause).length));
    const best = all.find((cause) => explained(cause).length === most)!;
    const now = explained(best);
    // Those that explain the very same parts can't be told apart.
    const fitting = all.filter(
      (cause) =>
        explained(cause).length === most && explained(cause).every((part) => now.includes(part)),
    );
    if (fitting.length > MOST_TIES) return undefined;
    groups.push({ where: now.map(({ symbol }) => symbol).join(", "), fitting });
    left = left.filter((part) => !now.includes(part));
  }
  return told(kind, groups);
}

/**
 * The explanations of a wrong part; of several those that agree with the learner's function in the
 * most other parts, for a mistake is seldom made in one line and left out in the next.
 */
function mostFitting(
  part: AnswerPart,
  parts: readonly AnswerPart[],
  explanations: readonly Explanation[],
): readonly Cause[] {
  const fitting = explanations
    .filter((one) => one.has(part.part, part.cases))
    .map((one) => ({
      cause: one.cause,
      agrees: parts.filter((other) => one.has(other.part, other.cases)).length,
    }));
  const most = Math.max(...fitting.map(({ agrees }) => agrees));
  return distinct(fitting.filter(({ agrees }) => agrees === most).map(({ cause }) => cause));
}

function told(kind: Diagnosis["kind"], causes: readonly Told[]): Diagnosis {
  const line =
    (text: (cause: Cause) => string) =>
    ({ where, fitting }: Told): string =>
      `${where === undefined ? "" : `${where}: `}${fitting.map(text).join(" Or: ")}`;
  return {
    kind,
    mutants: Array.from(
      new Set(causes.flatMap(({ fitting }) => fitting.flatMap(({ names }) => names))),
    ),
    mistake: causes.map(line(({ mistake }) => mistake)).join("\n"),
    hint: causes.map(line(({ hint }) => hint)).join("\n"),
  };
}

function distinct(causes: readonly Cause[]): readonly Cause[] {
  return causes.filter((cause, n) => causes.findIndex((one) => isSame(one, cause)) === n);
}

function isSame(one: Cause, other: Cause): boolean {
  return one.mistake === other.mistake && one.names.join() === other.names.join();
}
