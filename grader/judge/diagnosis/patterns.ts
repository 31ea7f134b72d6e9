/** What all wrong cases of a part have in common, where no known mistake explains it. */
import { isMat } from "../../../src/index.js";
import { compareAnswers, comparisonOf } from "../../compare/compare.js";
import { allowedError } from "../../compare/tensor.js";
import { type Cause, partOf, REFUSAL } from "./explanation.js";
import { numbersOf } from "./numbers.js";
import type { AnswerPart } from "./parts.js";

/** A pattern is named only where so many cases show it. */
const LEAST_CASES = 2;

/** A ratio that holds in the failing cases alone is a coincidence: a factor is wrong in all of them. */
const RATIO = / times too (?:small|large)/;

/** One pattern in every case in which the part is wrong: "transposed", "every entry is 0". */
export function patternOf(part: AnswerPart): Cause | undefined {
  if (part.part === REFUSAL) {
    return {
      names: ["bad-input-not-refused"],
      mistake: "It must be refused with an error; an answer came.",
      hint: "Which inputs does the text call wrong? Throw a RangeError for them.",
    };
  }
  const patterns = part.wrong.map(({ expected, seen, size }) => {
    const right = partOf(expected, part.part);
    const got = partOf(seen.outcome, part.part);
    const comparison = comparisonOf(part.exercise, size);
    return compareAnswers(right?.value, got?.value, comparison)?.pattern;
  });
  const [first] = patterns;
  if (first === undefined || patterns.length < LEAST_CASES) return undefined;
  if (patterns.some((pattern) => pattern !== first)) return undefined;
  if (RATIO.test(first) && part.wrong.length < part.cases.length) return undefined;
  return {
    names: [`pattern: ${first}`],
    mistake: `In every failing case: ${first}.`,
    hint: "Look at the line of your code that makes this part, with that in mind.",
  };
}

/** A part that is the expected one's transpose in every case. */
export function transposedPart(part: AnswerPart): Cause | undefined {
  const isTransposed = part.cases.every(({ expected, seen, size }) => {
    const right = partOf(expected, part.part)?.value;
    const got = partOf(seen.outcome, part.part)?.value;
    if (!isMat(right) || !isMat(got)) return false;
    return compareAnswers(right.T, got, comparisonOf(part.exercise, size)) === undefined;
  });
  if (!isTransposed) return undefined;
  return {
    names: ["transposed"],
    mistake: "Rows and columns of the answer are exchanged.",
    hint: "Which shape does the answer have, and in which order is it filled?",
  };
}

/** A hundred times float32's rounding, of the part's largest number. */
const NEARLY = 1e-5;

/** Right to five digits at the least, in every case: float32, or an ε somewhere. */
export function nearlyRight(part: AnswerPart): Cause | undefined {
  const { tolerance } = part.exercise;
  for (const one of part.wrong) {
    const numbers = numbersOf(part, one);
    if (numbers === undefined) return undefined;
    const { expected, got } = numbers;
    const largest = Math.max(...expected.map(Math.abs));
    const isNear = expected.every(
      (value, n) => Math.abs(got[n]! - value) <= NEARLY * largest + allowedError(value, tolerance),
    );
    if (!isNear) return undefined;
  }
  return {
    names: ["nearly-right"],
    mistake: "Nearly right: the numbers agree to five digits and more, but not to the last ones.",
    hint: "Is something rounded (Float32Array, toFixed), or is a small ε added somewhere?",
  };
}
