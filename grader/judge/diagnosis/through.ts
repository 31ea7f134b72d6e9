/**
 * A known mistake, and one thing more that was done to its answer: the sign was flipped and the result
 * divided by m; it was divided by h and transposed. The answer is compared with the mistake's in
 * place of the expected one.
 */
import { scaledPart } from "./constants.js";
import type { Cause, Explanation } from "./explanation.js";
import { bothOf } from "./mistakes.js";
import { rearranged } from "./otherValue.js";
import type { AnswerPart } from "./parts.js";
import { transposedPart } from "./patterns.js";

/**
 * The causes that are a known mistake and one thing more: every part is the mistake's, or the mistake's
 * but for a factor, a limit, a transpose or another arrangement, which is the same one for all such parts.
 */
export function causesThrough(
  parts: readonly AnswerPart[],
  explanations: readonly Explanation[],
): readonly Cause[] {
  const found = explanations.flatMap((one) => {
    if (parts.every((part) => one.isRight(part.part, part.cases))) return [];
    let more: Cause | undefined;
    for (const part of parts) {
      if (one.has(part.part, part.cases)) continue;
      if (part.wrong.length === 0) return [];
      const seen = through(part, one);
      const cause = scaledPart(seen) ?? transposedPart(seen) ?? rearranged(seen);
      if (cause === undefined || (more ?? cause).mistake !== cause.mistake) return [];
      more = cause;
    }
    return more === undefined ? [] : [{ more, cause: bothOf(one.cause, more) }];
  });
  // A factor that has a name says more than a number does.
  const named = found.filter(({ more }) => !more.names.includes("constant-factor"));
  return (named.length > 0 ? named : found).map(({ cause }) => cause);
}

/** The part, as if the mistake's answer were the expected one. */
function through(part: AnswerPart, one: Explanation): AnswerPart {
  const cases = part.cases.map((seen) => ({ ...seen, expected: one.outcomeIn(seen) }));
  return { ...part, cases, wrong: cases };
}
