/** Wrong by a constant: divided by m, cut off at ±5, stopped after three steps. The constant is told. */
import type { Exercise, Family, Size } from "../../../exercises/exercise.js";
import { allowedError } from "../../compare/tensor.js";
import { formatNumber } from "../../values/describe.js";
import type { Cause, ObservedCase } from "./explanation.js";
import type { Mistake } from "./mistakes.js";
import { numbersOf } from "./numbers.js";
import type { AnswerPart } from "./parts.js";

/** The exercise's mistakes with a constant, for each constant that these cases can show. */
export function constantMistakes(
  exercise: Exercise,
  cases: readonly ObservedCase[],
  isTried: (family: Family) => boolean = () => true,
): readonly Mistake[] {
  const sizes = cases.map(({ size }) => size);
  return (exercise.families ?? [])
    .filter(isTried)
    .flatMap(({ name, mistake, hint, constants, wrong }) =>
      constants(sizes).map((k) => ({
        cause: { names: [name], mistake: mistake(k), hint },
        wrong: (right) => wrong(right, k),
      })),
    );
}

/** The expected and the received numbers of a part, case by case. */
interface Numbers {
  readonly size: Size;
  readonly expected: readonly number[];
  readonly got: readonly number[];
}

/** A part that is everywhere the expected one times a factor, or cut off at a limit. */
export function scaledPart(part: AnswerPart): Cause | undefined {
  const numbers = part.cases.map((one) => numbersOf(part, one));
  if (!numbers.every((one) => one !== undefined)) return undefined;
  const { atol, rtol } = part.exercise.tolerance;
  const isScaled = (factor: (size: Size) => number | undefined): boolean =>
    numbers.every(({ size, expected, got }) => {
      const by = factor(size);
      if (by === undefined) return false;
      const room = Math.max(1, Math.abs(by));
      return expected.every(
        (value, n) => Math.abs(got[n]! - by * value) <= room * (atol + rtol * Math.abs(value)),
      );
    });
  const named = sizeFactors(part).filter(({ factor }) => isScaled(factor));
  if (named.length > 0 && named.length <= 2) {
    const words = named.map(({ words }) => words).join(", or ");
    return {
      names: [named[0]!.name],
      mistake: `Every entry is ${words}.`,
      hint: "Sum or mean, and over what? Compare with the formula.",
    };
  }
  return fixedFactor(numbers, isScaled) ?? cutOff(numbers, part);
}

/** Factors that are sizes of the case: a mean for a sum, a sum for a mean. */
function sizeFactors(part: AnswerPart): readonly {
  readonly name: string;
  readonly words: string;
  readonly factor: (size: Size) => number | undefined;
}[] {
  // A size that is the same in all cases can't be told from a fixed factor.
  const names = Object.keys(part.cases[0]?.size ?? {}).filter(
    (name) => new Set(part.cases.map(({ size }) => size[name])).size > 1,
  );
  const products = names.flatMap((one, n) =>
    names.slice(n + 1).map((other) => ({
      text: `${one}·${other}`,
      of: (size: Size) => times(size[one], size[other]),
    })),
  );
  const sizes = [
    ...names.map((name) => ({ text: name, of: (size: Size) => size[name] })),
    ...products,
  ];
  return sizes.flatMap(({ text, of }) => [
    {
      name: `divided-by-${text}`,
      words: `divided by ${text}`,
      factor: (size: Size) => times(1, 1 / (of(size) ?? NaN)),
    },
    { name: `times-${text}`, words: `${text} times too large`, factor: of },
  ]);
}

function times(one: number | undefined, other: number | undefined): number | undefined {
  const product = (one ?? NaN) * (other ?? NaN);
  return Number.isFinite(product) ? product : undefined;
}

/** The same factor in all cases: a 2 forgotten, a sign, a logarithm of another base. */
function fixedFactor(
  numbers: readonly Numbers[],
  isScaled: (factor: () => number) => boolean,
): Cause | undefined {
  const { expected, got } = numbers[0]!;
  const largest = expected.reduce(
    (best, value, n) => (Math.abs(value) > Math.abs(expected[best] ?? 0) ? n : best),
    0,
  );
  const factor = got[largest]! / expected[largest]!;
  if (numbers.length < 2 || !Number.isFinite(factor) || factor === 0 || factor === 1)
    return undefined;
  if (!isScaled(() => factor)) return undefined;
  const shown = Number(factor.toPrecision(4));
  return {
    names: [factor === -1 ? "sign-flipped-throughout" : "constant-factor"],
    mistake:
      shown === -1
        ? "Every sign is flipped."
        : `Every entry is ${formatNumber(shown)} times the expected one, in every case.`,
    hint:
      shown === -1
        ? "Which of two terms is taken from which?"
        : "Which constant of the formula, or of your code, is that number, or one by it?",
  };
}

/** got = expected within ±limit, and ±limit beyond, with one limit for all cases. */
function cutOff(numbers: readonly Numbers[], part: AnswerPart): Cause | undefined {
  const wrong = numbers.filter(({ expected, got }) =>
    expected.some(
      (value, n) => Math.abs(got[n]! - value) > allowedError(value, part.exercise.tolerance),
    ),
  );
  const limit = Math.max(...wrong.flatMap(({ got }) => got.map(Math.abs)));
  if (!(limit > 0) || !Number.isFinite(limit)) return undefined;
  const clamp = (value: number): number => Math.max(-limit, Math.min(limit, value));
  const holds = numbers.every(({ expected, got }) =>
    expected.every(
      (value, n) =>
        Math.abs(got[n]! - clamp(value)) <= allowedError(value, part.exercise.tolerance),
    ),
  );
  const beyond = wrong
    .flatMap(({ expected }) => expected)
    .filter((value) => Math.abs(value) > limit);
  if (!holds || beyond.length < 3) return undefined;
  return {
    names: ["cut-off"],
    mistake: `Everything beyond ±${formatNumber(Number(limit.toPrecision(4)))} is cut off.`,
    hint: "Nothing was to be clipped here.",
  };
}
