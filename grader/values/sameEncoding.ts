/** Whether two values are the same bit by bit, told from what one or both of them were encoded to. */
import { isMat, Mat, Sequence } from "../../src/index.js";
import type { Json } from "./codec.js";

/** An encoded value. */
export interface Encoded {
  readonly json: Json;
  /** The block from where the value begins. */
  readonly numbers: Float64Array;
}

/**
 * Whether the second is the first again; a stand-in of the first's is not looked at.
 *
 * @param first - what was encoded, by whoever can be trusted
 * @param second - the other, as {@link encode} wrote it
 * @returns true where {@link findChange} finds nothing between the two values
 */
export function isSameEncoding(first: Encoded, second: Encoded): boolean {
  return isSame(first.json, second.json, first.numbers, second.numbers);
}

/**
 * Whether a value is the very one that was encoded, told without encoding it.
 *
 * @param value - anything
 * @param encoded - by whoever can be trusted; a stand-in in it is not looked at
 * @param skip - keys of the outermost record that were left out
 * @returns true only where the value would be encoded to the same; false where that has to be tried
 */
export function isAsEncoded(
  value: unknown,
  { json, numbers }: Encoded,
  skip: readonly string[] = [],
): boolean {
  return isAs(value, json, numbers, skip);
}

function isAs(
  value: unknown,
  json: Json,
  numbers: Float64Array,
  skip: readonly string[] = [],
): boolean {
  if (typeof json !== "object" || json === null) return Object.is(value, json);
  if (Array.isArray(json)) {
    if (!Array.isArray(value) || value.length !== json.length) return false;
    for (let n = 0; n < json.length; n++)
      if (!isAs(value[n], json[n] as Json, numbers)) return false;
    return true;
  }
  const fields = json as Fields;
  switch (fields["$"]) {
    case undefined:
      return isRecordAs(value, fields, numbers, skip);
    case "standIn":
      return !Array.isArray(value);
    case "undefined":
      return value === undefined;
    case "mat":
      return isMatrixAs(value, fields, numbers);
    case "sequence":
      return isSequenceAs(value, fields["steps"] as readonly Json[], numbers);
    default:
      return false;
  }
}

function isRecordAs(
  value: unknown,
  fields: Fields,
  numbers: Float64Array,
  skip: readonly string[],
): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Object.getPrototypeOf(value) !== Object.prototype || isMat(value)) return false;
  const names = Object.keys(fields);
  let own = Object.getOwnPropertyNames(value);
  if (skip.length > 0) own = own.filter((name) => !skip.includes(name));
  if (own.length !== names.length) return false;
  for (let n = 0; n < names.length; n++) {
    const name = names[n]!;
    if (own[n] !== name || name === "standIn" || name === "T_x") return false;
    if (!isAs((value as Record<string, unknown>)[name], fields[name]!, numbers)) return false;
  }
  return true;
}

function isMatrixAs(value: unknown, { rows, cols, count, at }: Fields, numbers: Float64Array) {
  if (!(value instanceof Mat) || value.rows !== rows || value.cols !== cols) return false;
  const { data } = value;
  const from = at as number;
  if (data.length !== count) return false;
  for (let n = 0; n < data.length; n++) if (!Object.is(data[n], numbers[from + n])) return false;
  return true;
}

function isSequenceAs(value: unknown, steps: readonly Json[], numbers: Float64Array): boolean {
  if (!(value instanceof Sequence)) return false;
  let n = 0;
  for (const step of value) {
    if (n === steps.length || !isAs(step, steps[n]!, numbers)) return false;
    n++;
  }
  return n === steps.length;
}

type Fields = Readonly<Record<string, Json>>;

function isSame(a: Json, b: Json, ofA: Float64Array, ofB: Float64Array): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) {
    return a === b || (isObject(a) && (a as Fields)["$"] === "standIn");
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let n = 0; n < a.length; n++) {
      if (!isSame(a[n] as Json, b[n] as Json, ofA, ofB)) return false;
    }
    return true;
  }
  const [one, other] = [a as Fields, b as Fields];
  if (one["$"] === "standIn") return true;
  if (one["$"] === "mat") return isSameMatrix(one, other, ofA, ofB);
  const keys = Object.keys(one);
  const others = Object.keys(other);
  if (keys.length !== others.length) return false;
  for (const [n, key] of keys.entries()) {
    if (others[n] !== key || !isSame(one[key]!, other[key]!, ofA, ofB)) return false;
  }
  return true;
}

function isObject(value: Json): boolean {
  return typeof value === "object" && value !== null;
}

function isSameMatrix(a: Fields, b: Fields, ofA: Float64Array, ofB: Float64Array): boolean {
  if (b["$"] !== "mat" || a["rows"] !== b["rows"] || a["cols"] !== b["cols"]) return false;
  if (a["count"] !== b["count"]) return false;
  const [i, j] = [a["at"] as number, b["at"] as number];
  const count = a["count"] as number;
  for (let n = 0; n < count; n++) {
    if (!Object.is(ofA[i + n], ofB[j + n])) return false;
  }
  return true;
}
