/**
 * What a wrong function answers, as a text that is the same for whoever makes the same mistake in other words.
 *
 * Only what is compared is in it: the parts of the expected answer, and of an error that it came, not its words. A
 * number is rounded to six digits, and to no finer place than the tolerance, so that the float noise of another order
 * of operations does not part two functions (but for a number that lies at the edge between two roundings, one in
 * millions for float64; float32's own noise can part one from the others).
 */
import type { Exercise } from "../../exercises/exercise.js";
import { isMat, isSequence } from "../../src/index.js";
import { isUnbounded } from "../compare/compare.js";
import { isPlainRecord } from "../values/describe.js";
import { Foreign } from "../values/foreign.js";
import type { ObservedCase } from "./diagnosis/explanation.js";

const DIGITS = 6;

/**
 * Tells what a function answered.
 *
 * @param exercise - with its tolerance
 * @param cases - all of them, in their order, each run to its end
 * @param write - gets the text piece by piece: an answer can be large
 */
export function tellBehaviour(
  { tolerance, ignore = [] }: Pick<Exercise, "tolerance" | "ignore">,
  cases: readonly ObservedCase[],
  write: (piece: string) => void,
): void {
  const finest = Math.ceil(Math.log10(Math.max(tolerance.atol, Number.MIN_VALUE)));
  const number = (value: number): string => rounded(value, finest);
  for (const { expected, seen } of cases) {
    const { outcome, changedInput, changedAnswer } = seen;
    write("\ncase:");
    if (outcome.kind === "threw") write("error");
    else {
      const right = expected.kind === "answer" ? withoutKeys(expected.value, ignore) : undefined;
      tellValue(outcome.value, right, { number, write });
    }
    if (changedInput !== undefined) write(`;changes ${JSON.stringify(changedInput.code)}`);
    if (changedAnswer !== undefined) write(`;differs ${JSON.stringify(changedAnswer.code)}`);
  }
}

/** What a value is told with. */
interface Telling {
  readonly number: (value: number) => string;
  readonly write: (piece: string) => void;
}

/** Tells a value; of a record the keys that the expected one has. */
function tellValue(value: unknown, expected: unknown, telling: Telling): void {
  const { number, write } = telling;
  if (typeof value === "number") write(`${number(value)},`);
  else if (isMat(value)) {
    write(`${value.rows}x${value.cols}(`);
    for (const one of value.data) write(`${number(one)},`);
    write(")");
  } else if (isSequence(value) || Array.isArray(value)) {
    const all: readonly unknown[] = Array.from(value as Iterable<unknown>);
    const right =
      isSequence(expected) || Array.isArray(expected)
        ? Array.from(expected as Iterable<unknown>)
        : [];
    write(`${isSequence(value) ? "sequence" : "list"} ${all.length}[`);
    for (const [n, one] of all.entries()) tellValue(one, right[n], telling);
    write("]");
  } else if (isPlainRecord(value)) {
    write("{");
    const keys = isPlainRecord(expected) ? Object.keys(expected) : Object.keys(value);
    for (const key of keys.sort()) {
      write(`${JSON.stringify(key)}:`);
      if (Object.hasOwn(value, key))
        tellValue(value[key], isPlainRecord(expected) ? expected[key] : undefined, telling);
      else write("missing,");
    }
    write("}");
  } else if (value instanceof Foreign) write(`foreign ${JSON.stringify(value.what)},`);
  else write(`${typeof value} ${JSON.stringify(value) ?? ""},`);
}

/** The keys that count, at the top. */
function withoutKeys(value: unknown, ignore: readonly string[]): unknown {
  if (!isPlainRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !ignore.includes(key)));
}

/**
 * A number, rounded to six digits but to no finer place than that of 10^finest. To which of the infinities or NaN an
 * overflow leads depends on the order of the operations.
 */
function rounded(value: number, finest: number): string {
  if (isUnbounded(value)) return "unbounded";
  const place = Math.floor(Math.log10(Math.abs(value))) - DIGITS + 1;
  if (place >= finest) return String(Number(value.toPrecision(DIGITS)));
  const scaled = Math.round(value * 10 ** -finest);
  return `${scaled === 0 ? 0 : scaled}e${finest}`;
}
