/** Values in words, for messages. */
import { isMat, isSequence, shapeText } from "../../src/index.js";
import { Foreign } from "./foreign.js";

/**
 * A value in words.
 *
 * @param value - anything
 * @returns such as "a Mat (3, 2)", "an array of 4", "nothing (undefined)"; whatever the value does, it throws nothing
 */
export function describeValue(value: unknown): string {
  try {
    return wordsFor(value);
  } catch {
    return "something that can't be read"; // a getter or a proxy that throws
  }
}

function wordsFor(value: unknown): string {
  if (value === undefined) return "nothing (undefined)";
  if (value === null) return "null";
  if (value instanceof Foreign) return value.what;
  if (typeof value === "number") return `the number ${formatNumber(value + 0)}`;
  if (typeof value === "string") return `the text ${quote(value)}`;
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  if (isMat(value)) return `a Mat ${shapeText(value)}`;
  if (isSequence(value))
    return `a Sequence of ${value.T_x} step${value.T_x === 1 ? "" : "s"}, each ${shapeText(value)}`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (isPlainRecord(value)) return describeRecord(value);
  if (ArrayBuffer.isView(value) && "length" in value) {
    return `a ${className(value)} of ${String(value.length)} numbers`;
  }
  if (typeof (value as { then?: unknown }).then === "function") return "a promise";
  const tag = tagOf(value);
  if (tag === "[object Generator]" || tag === "[object AsyncGenerator]") return "a generator";
  if (tag.endsWith(" Iterator]")) return "an iterator";
  return `an object of the class ${className(value)}`;
}

/**
 * Whether `value` is an object literal: no array, no instance of a class.
 *
 * @param value - anything
 * @returns true also for a literal of another realm, such as a notebook cell's
 */
export function isPlainRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The prototype of another realm's Object (a notebook cell's) has itself no prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * Whether `value` is read by its fields: an object literal, or an instance of a class that is no
 * container, no promise and no matrix of another package.
 *
 * @param value - anything
 * @returns true where `value.a_next` is what an answer's part would be
 * @throws what a getter of the value's throws
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (isPlainRecord(value)) return true;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (value instanceof Foreign || tagOf(value) !== "[object Object]") return false;
  const { then, toArray } = value as { then?: unknown; toArray?: unknown };
  return typeof then !== "function" && typeof toArray !== "function";
}

/** No class of a learner's has more classes above it. */
const MAX_CLASSES = 16;

/**
 * What `value.name` finds, name by name: its own fields, and the getters of its class.
 *
 * @param value - what {@link isRecord} says yes to
 * @returns names and values; where a getter of the class threw, a {@link Foreign} that says so
 * @throws what a getter of its own throws
 */
export function fieldsOf(value: object): readonly (readonly [string, unknown])[] {
  let prototype: unknown = Object.getPrototypeOf(value);
  const own = Object.getOwnPropertyNames(value).map(
    (name) => [name, (value as Record<string, unknown>)[name]] as const,
  );
  if (!isClassPrototype(prototype)) return own;
  const fields = new Map<string, unknown>(own);
  for (let n = 0; n < MAX_CLASSES && isClassPrototype(prototype); n++) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const isGetter = Object.getOwnPropertyDescriptor(prototype, name)?.get !== undefined;
      if (isGetter && !fields.has(name)) fields.set(name, gotten(value, name));
    }
    prototype = Object.getPrototypeOf(prototype);
  }
  return Array.from(fields);
}

/** Whether it stands between an instance and what all objects have. */
function isClassPrototype(prototype: unknown): prototype is object {
  return (
    typeof prototype === "object" && prototype !== null && Object.getPrototypeOf(prototype) !== null
  );
}

function gotten(value: object, name: string): unknown {
  try {
    return (value as Record<string, unknown>)[name];
  } catch (error) {
    const words = error instanceof Error ? String(error.message) : describeValue(error);
    return new Foreign(`a getter that throws (${words})`);
  }
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value);
}

/**
 * A number to six significant digits, -0 and NaN told apart from 0.
 *
 * @param value - any number
 * @returns such as "0.333333", "-0" or "NaN"
 */
export function formatNumber(value: number): string {
  return formatDigits(value, 6);
}

/**
 * Two different numbers with as many digits as it takes to tell them apart (at least four).
 *
 * @param got - one number
 * @param expected - the other
 * @returns both with the same number of digits, at most 17
 */
export function formatPair(got: number, expected: number): readonly [string, string] {
  for (let digits = 4; digits < 17; digits++) {
    const pair = [formatDigits(got, digits), formatDigits(expected, digits)] as const;
    if (pair[0] !== pair[1]) return pair;
  }
  return [formatDigits(got, 17), formatDigits(expected, 17)];
}

/**
 * A text in quotation marks, cut when it is long.
 *
 * @param text - any text
 * @returns at most 60 characters, between quotation marks
 */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text);
}

/**
 * A number to so many significant digits, -0 told apart from 0.
 *
 * @param value - any number
 * @param digits - significant digits, 1 to 100
 * @returns without needless zeros
 */
export function formatDigits(value: number, digits: number): string {
  if (Object.is(value, -0)) return "-0";
  return String(Number(value.toPrecision(digits)));
}

function describeRecord(record: Record<string, unknown>): string {
  const keys = Object.keys(record);
  if (keys.length === 0) return "an empty object {}";
  const names = keys.length > 6 ? [...keys.slice(0, 6), "…"] : keys;
  return `an object { ${names.join(", ")} }`;
}

function className(value: object): string {
  const { constructor } = value as { constructor?: unknown };
  return typeof constructor === "function" && constructor.name !== "" ? constructor.name : "Object";
}
