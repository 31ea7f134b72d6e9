/** Which parts of an answer are wrong, over all cases: an exercise may be wrong in one of five. */
import type { Exercise } from "../../../exercises/exercise.js";
import { compareAnswers, compareParts, comparisonOf } from "../../compare/compare.js";
import { insideParts, type ObservedCase, type Part, partOf, REFUSAL } from "./explanation.js";

/** A part of the answer. */
export interface AnswerPart {
  readonly part: Part;
  /** What it is called: "dWaa". */
  readonly symbol: string;
  /** All cases that have this part. */
  readonly cases: readonly ObservedCase[];
  /** Those in which it is wrong; none for a part that is right. */
  readonly wrong: readonly ObservedCase[];
  readonly exercise: Exercise;
}

/**
 * The parts of the answer, right and wrong.
 *
 * @returns undefined where no part can be looked at: the function threw in place of an answer, or it
 *   changed its input or its answer from call to call, which must be mended first
 */
export function answerParts(
  exercise: Exercise,
  cases: readonly ObservedCase[],
): readonly AnswerPart[] | undefined {
  const answered = cases.filter(({ expected }) => expected.kind === "answer");
  const refused = cases.filter(({ expected }) => expected.kind === "threw");
  if (answered.some(({ seen }) => seen.outcome.kind !== "answer")) return undefined;
  if (cases.some(({ seen }) => seen.changedInput ?? seen.changedAnswer)) return undefined;
  const parts = answered.length === 0 ? [] : partsOf(exercise, answered[0]!);
  return [
    ...parts.map(({ part, symbol }) => partIn(exercise, part, symbol, answered)),
    ...(refused.length === 0 ? [] : [partIn(exercise, REFUSAL, "bad input", refused)]),
  ];
}

/** The parts that an answer has, in its order. */
function partsOf(
  exercise: Exercise,
  { expected, size }: ObservedCase,
): readonly { readonly part: Part; readonly symbol: string }[] {
  if (expected.kind !== "answer") return [];
  const { value } = expected;
  return compareParts(value, value, comparisonOf(exercise, size)).map(({ key, symbol }) => ({
    part: key,
    symbol: key === "" ? exercise.id : symbol,
  }));
}

function partIn(
  exercise: Exercise,
  part: Part,
  symbol: string,
  cases: readonly ObservedCase[],
): AnswerPart {
  const wrong = cases.filter(({ expected, seen, size }) => {
    const got = partOf(seen.outcome, part);
    const right = partOf(expected, part);
    return (
      got === undefined ||
      right === undefined ||
      compareAnswers(right.value, got.value, insideParts(exercise, size)) !== undefined
    );
  });
  return { part, symbol, cases, wrong, exercise };
}
