/** Whether two values are the same bit by bit, told from what they were encoded to. */
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
