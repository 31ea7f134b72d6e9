/** Numbers as arguments: what a function may be told, asked at its door before it does anything. */
import { OutOfRangeError } from "./errors.js";

/**
 * Asks for a whole number.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param symbol - the argument's name, such as "T_y"
 * @param value - what came
 * @param least - the smallest that may be
 * @throws OutOfRangeError for anything else
 */
export function requireWhole(caller: string, symbol: string, value: unknown, least = 0): void {
  if (Number.isSafeInteger(value) && (value as number) >= least) return;
  throw new OutOfRangeError(
    `${caller}: expected a whole number of at least ${least} for ${symbol}, got ${inWords(value)}`,
  );
}

/**
 * Asks for whole numbers of at least 1: the sizes of a network.
 *
 * @param caller - the function whose arguments they are, named in the error
 * @param sizes - each under its symbol, such as n_x
 * @throws OutOfRangeError for anything else
 */
export function requireSizes(caller: string, sizes: Readonly<Record<string, unknown>>): void {
  for (const [symbol, size] of Object.entries(sizes)) requireWhole(caller, symbol, size, 1);
}

/** Where a number may lie; the ends count unless said. Infinities are none. */
export interface Range {
  readonly from?: number;
  readonly above?: number;
  readonly to?: number;
  readonly below?: number;
}

/**
 * Asks for a finite number in a range.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param symbol - the argument's name, such as "learningRate"
 * @param value - what came
 * @param range - where it may lie; anywhere unless said
 * @throws OutOfRangeError for anything else
 */
export function requireNumber(
  caller: string,
  symbol: string,
  value: unknown,
  range: Range = {},
): void {
  const { from = -Infinity, above = -Infinity, to = Infinity, below = Infinity } = range;
  const isInside = (number: number): boolean =>
    number >= from && number > above && number <= to && number < below;
  if (typeof value === "number" && Number.isFinite(value) && isInside(value)) return;
  const bounds = [
    range.from === undefined ? "" : `of at least ${from}`,
    range.above === undefined ? "" : `above ${above}`,
    range.to === undefined ? "" : `of at most ${to}`,
    range.below === undefined ? "" : `below ${below}`,
  ].filter((bound) => bound !== "");
  throw new OutOfRangeError(
    `${caller}: expected a finite number ${bounds.join(" and ")}${bounds.length > 0 ? " " : ""}for ${symbol}, got ${inWords(value)}`,
  );
}

/**
 * Asks for one of a few names.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param symbol - the argument's name, such as "cell"
 * @param value - what came
 * @param names - those that there are
 * @throws OutOfRangeError for anything else
 */
export function requireName(
  caller: string,
  symbol: string,
  value: unknown,
  names: readonly string[],
): void {
  if (typeof value === "string" && names.includes(value)) return;
  throw new OutOfRangeError(
    `${caller}: expected ${quoted(names)} for ${symbol}, got ${inWords(value)}`,
  );
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(" or ");
}

/**
 * Asks for an object, such as a parameter set or options.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param symbol - the argument's name, such as "parameters"
 * @param value - what came
 * @throws OutOfRangeError for anything else
 */
export function requireRecord(caller: string, symbol: string, value: unknown): void {
  if (typeof value === "object" && value !== null) return;
  throw new OutOfRangeError(`${caller}: expected an object for ${symbol}, got ${inWords(value)}`);
}

/**
 * Asks for options under the names that there are: a mask given in their place, or a misspelt name, would change
 * nothing and be missed.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param options - what came
 * @param names - the options' names
 * @param symbol - the argument's name; "options" unless said
 * @throws OutOfRangeError for anything but an object, and for one that holds another name
 */
export function requireOptions(
  caller: string,
  options: unknown,
  names: readonly string[],
  symbol = "options",
): void {
  requireRecord(caller, symbol, options);
  const isOther = Object.prototype.toString.call(options) !== "[object Object]"; // a list, a Map, …
  const given = Object.keys(options as object);
  const unknown = given.find((name) => !names.includes(name));
  if (!isOther && unknown === undefined) return;
  const type = (options as { readonly constructor?: { readonly name?: string } }).constructor?.name;
  const isInstance = isOther || (type !== undefined && type !== "Object"); // of Sequence, Mat, …
  const got = isInstance ? `the ${type ?? "list"} itself` : inWords(unknown);
  throw new OutOfRangeError(
    `${caller}: expected ${quoted(names)} in ${symbol}, got ${got}; write { name: value }`,
  );
}

/**
 * Asks for a function.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param symbol - the argument's name, such as "cell"
 * @param value - what came
 * @throws OutOfRangeError for anything else
 */
export function requireFunction(caller: string, symbol: string, value: unknown): void {
  if (typeof value === "function") return;
  throw new OutOfRangeError(`${caller}: expected a function for ${symbol}, got ${inWords(value)}`);
}

/**
 * Asks for a list, typed or not.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param symbol - the argument's name, such as "rows"
 * @param value - what came
 * @throws OutOfRangeError for anything else
 */
export function requireList(caller: string, symbol: string, value: unknown): void {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return;
  throw new OutOfRangeError(`${caller}: expected a list for ${symbol}, got ${inWords(value)}`);
}

/**
 * Asks for a list, a text, a set, or anything else that can be gone through.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param symbol - the argument's name, such as "tokens"
 * @param value - what came
 * @throws OutOfRangeError for anything else
 */
export function requireIterable(caller: string, symbol: string, value: unknown): void {
  if (value !== null && value !== undefined && Symbol.iterator in Object(value)) return;
  throw new OutOfRangeError(`${caller}: expected a list for ${symbol}, got ${inWords(value)}`);
}

/**
 * Asks for a stream of random numbers.
 *
 * @param caller - the function whose argument it is, named in the error
 * @param random - what came
 * @param draws - what it is asked for, such as "integer"
 * @throws OutOfRangeError for anything that does not draw
 */
export function requireRandom(
  caller: string,
  random: unknown,
  ...draws: readonly ("uniform" | "normal" | "integer" | "shuffle")[]
): void {
  const stream = random as Readonly<Record<string, unknown>> | null | undefined;
  for (const draw of draws) requireFunction(caller, `random.${draw}`, stream?.[draw]);
}

/**
 * A wrong value, named shortly.
 *
 * @param value - anything
 * @returns such as `NaN`, `"five"`, "an array"
 */
export function inWords(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  return Array.isArray(value) ? "an array" : "an object";
}
