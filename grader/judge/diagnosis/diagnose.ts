/**
 * Names the mistake behind a wrong function, from what it did in all cases.
 *
 * Each step is tried only where the ones before it found nothing: one known mistake; each wrong part
 * of the answer by a known mistake of its own; a known mistake behind a guard; what a part lacks; two
 * known mistakes at once; a constant; a constant and a mistake; a mistake seen through another; one pattern in all
 * cases; nearly right; of several wrong parts those that a known mistake explains. Explanations that these cases can't tell apart are told together. Where
 * none fits, the grader stays silent rather than guess.
 */
import type { Exercise } from "../../../exercises/exercise.js";
import { compareOutcomes, comparisonOf } from "../../compare/compare.js";
import type { Diagnosis } from "../verdict.js";
import { constantMistakes, scaledPart } from "./constants.js";
import type { Cause, Explanation, ObservedCase, Part } from "./explanation.js";
import {
  explanationOf,
  guardedMistakes,
  mistakeOf,
  nested,
  pairsOf,
  sparingOne,
} from "./mistakes.js";
import { lackingPart } from "./lacking.js";
import { otherPartsValue, otherValue } from "./otherValue.js";
import { nearlyRight, patternOf } from "./patterns.js";
import { type AnswerPart, answerParts } from "./parts.js";
import { matricesForOthers, misplacedMatrices, turnedValues } from "./takenForAnother.js";
import { causesThrough } from "./through.js";

/** The most explanations that are told together; more would say nothing. */
const MOST_TIES = 3;

/**
 * What is behind a wrong function.
 *
 * @param exercise - whose mistakes are tried
 * @param all - all cases of the exercise, each run to its end
 */
export function diagnose(exercise: Exercise, all: readonly ObservedCase[]): Diagnosis | undefined {
  const cases = tellingFirst(exercise, all);
  const mistakes = exercise.mutants.map(mistakeOf);
  const single = mistakes.map((one) => explanationOf(exercise, one));
  const one = wholly("mistake", single, cases);
  if (one !== undefined) return one;
  const parts = answerParts(exercise, cases);
  const byPart = parts && covered("parts", parts, single, []);
  if (byPart !== undefined) return byPart;
  const guards = guardedMistakes(mistakes, single, cases);
  const guarded = [
    ...guards.map((guard) => explanationOf(exercise, guard)),
    ...sparingOne(exercise, mistakes, cases),
  ];
  const pairs = nested(exercise, mistakes, mistakes);
  const pairedConstants = constantMistakes(exercise, cases, ({ isAlone = false }) => !isAlone);
  const paired = pairedConstants.map((each) => explanationOf(exercise, each));
  const lone = constantMistakes(exercise, cases, ({ isAlone = false }) => isAlone);
  const constants = [...paired, ...lone.map((each) => explanationOf(exercise, each))];
  const known = [...single, ...guarded];
  const misplaced = misplacedMatrices(exercise, cases).map((each) => explanationOf(exercise, each));
  // With another mistake at once all would be too many to try: of those that are given, the parameters are the most alike.
  const parameters = matricesForOthers(exercise, cases, ({ within }) => within === "parameters");
  const turned = turnedValues(exercise, cases).map((each) => explanationOf(exercise, each));
  const found =
    wholly("mistake", guarded, cases) ??
    (parts && covered("parts", parts, known, [], lackingPart)) ??
    wholly("mistake", [...misplaced, ...turned], cases) ??
    wholly("constant", constants, cases) ??
    (parts && covered("parts", parts, known, [], ownOf, misplaced)) ??
    wholly("pair", pairs, cases) ??
    wholly("pair", nested(exercise, parameters, mistakes), cases) ??
    wholly("pair", pairsOf(exercise, guards, mistakes), cases) ??
    wholly("pair", pairsOf(exercise, pairedConstants, [...mistakes, ...guards]), cases);
  if (found !== undefined || parts === undefined) return found;
  return (
    covered("constant", parts, known, constants, scaledPart) ??
    covered("parts", parts, known, [...constants, ...pairs], scaledPart) ??
    toldOnce("pair", causesThrough(parts, [...single, ...paired])) ??
    covered("pattern", parts, known, constants, (part) => scaledPart(part) ?? patternOf(part)) ??
    covered("nearly", parts, [], [], nearlyRight) ??
    partly(parts, single)
  );
}

/** Where not all wrong parts can be explained, those that can: of the others nothing is said but that they are wrong. */
function partly(
  parts: readonly AnswerPart[],
  known: readonly Explanation[],
): Diagnosis | undefined {
  const explained = parts.filter(
    (part) => part.wrong.length === 0 || mostFitting(part, parts, known, []).length > 0,
  );
  if (explained.every(({ wrong }) => wrong.length === 0)) return undefined;
  return covered("parts", explained, known, []);
}

/** What is wrong with a part by itself, whatever the exercise is. */
function ownOf(part: AnswerPart): Cause | undefined {
  return lackingPart(part) ?? otherValue(part);
}

/** The wrong cases first, small ones before large ones: most explanations end at the first. */
function tellingFirst(exercise: Exercise, cases: readonly ObservedCase[]): readonly ObservedCase[] {
  const cost = ({ size, expected, seen }: ObservedCase): number => {
    const comparison = { ...comparisonOf(exercise, size), isWordless: true };
    const isRight = compareOutcomes(expected, seen.outcome, comparison) === undefined;
    const count = Object.values(size).reduce((product, one) => product * Math.max(1, one), 1);
    return isRight ? Infinity : count;
  };
  return cases
    .map((one) => ({ one, cost: cost(one) }))
    .sort((a, b) => (a.cost === b.cost ? 0 : a.cost - b.cost))
    .map(({ one }) => one);
}

/** The explanations that fit as a whole, told together. */
function wholly(
  kind: Diagnosis["kind"],
  explanations: readonly Explanation[],
  cases: readonly ObservedCase[],
): Diagnosis | undefined {
  return toldOnce(
    kind,
    explanations.filter((one) => one.isWhole(cases)).map(({ cause }) => cause),
  );
}

/** Causes of the whole answer, told together; nothing where there is none, or too many. */
function toldOnce(kind: Diagnosis["kind"], causes: readonly Cause[]): Diagnosis | undefined {
  const fitting = distinct(causes);
  return fitting.length === 0 || fitting.length > MOST_TIES ? undefined : told(kind, [{ fitting }]);
}

/** Wrong parts that have the same explanations. */
interface Told {
  readonly where?: string;
  readonly fitting: readonly Cause[];
}

/**
 * An explanation for each wrong part, if there is one for all: first those that explain the most
 * parts, so that one mistake is told once. A local one may be made in one part and not in the next; one
 * that is made throughout must leave right what the learner has right.
 */
function covered(
  kind: Diagnosis["kind"],
  parts: readonly AnswerPart[],
  local: readonly Explanation[],
  throughout: readonly Explanation[],
  own: (part: AnswerPart) => Cause | undefined = () => undefined,
  spare: readonly Explanation[] = [],
): Diagnosis | undefined {
  const wrong = parts.filter((part) => part.wrong.length > 0);
  const causes = new Map<Part, readonly Cause[]>();
  for (const part of wrong) {
    const lacking = lackingPart(part);
    const cause = own(part);
    // Where only an entry is missing, a loop that ends early is no cause unless all that it makes lacks one.
    const known =
      lacking === undefined
        ? mostFitting(part, parts, local, throughout)
        : mostFitting(part, parts, [], [...local, ...throughout]);
    const alone = cause === undefined ? mostFitting(part, parts, spare, []) : [cause];
    // A known mistake that exchanges two parts is none where one of them is right.
    const copied = otherPartsValue(part);
    const found = copied !== undefined ? [copied] : known.length > 0 ? known : alone;
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
  local: readonly Explanation[],
  throughout: readonly Explanation[],
): readonly Cause[] {
  const spares = (one: Explanation): boolean =>
    parts.every((other) => other.wrong.length > 0 || one.has(other.part, other.cases));
  const fits = (one: Explanation): boolean => one.has(part.part, part.cases);
  const fitting = [
    ...local.filter(fits),
    ...throughout.filter((one) => fits(one) && spares(one)),
  ].map((one) => ({
    cause: one.cause,
    agrees: parts.filter((other) => one.has(other.part, other.cases)).length,
  }));
  // Two at once are none where one of them does it: the outer one may leave nothing of the inner one.
  const needed = fitting.filter(({ cause }) => !fitting.some((one) => isWithin(one.cause, cause)));
  const most = Math.max(...needed.map(({ agrees }) => agrees));
  return distinct(needed.filter(({ agrees }) => agrees === most).map(({ cause }) => cause));
}

/** Whether a cause is one of the mistakes that another one is made of. */
function isWithin({ names }: Cause, whole: Cause): boolean {
  return names.length < whole.names.length && names.every((name) => whole.names.includes(name));
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
