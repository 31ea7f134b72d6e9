import { inspect } from "node:util";
import type { Bundle } from "../protocol/threadMessages.js";

/** The method that makes a value's MIME bundle (Deno's kernel looks for the same). */
const displayMethod = Symbol.for("Jupyter.display");

/** Characters of text that one output may have; a notebook of a hundred megabytes no longer opens. */
export const textLimit: number = 1_000_000;

/** Characters that a whole bundle may have as JSON. */
const bundleLimit = 50_000_000;

/**
 * What a cell shows of the value of its last expression.
 *
 * @param value - the value
 * @returns the bundle that the value makes of itself, otherwise its text
 * @throws TypeError when the value's own method gives no object
 */
export async function bundleOf(value: unknown): Promise<Bundle> {
  const method = displayOf(value);
  if (method === undefined) return { "text/plain": textOf(value) };
  const bundle: unknown = await method.call(value);
  if (typeof bundle !== "object" || bundle === null || Array.isArray(bundle)) {
    throw new TypeError(
      `bundleOf: [Symbol.for("Jupyter.display")]() gave ${textOf(bundle)}: expected an object of MIME types`,
    );
  }
  return checkedBundle(bundle as Bundle);
}

/**
 * A bundle that can be sent: JSON, with a text for front ends that show nothing else, not too large.
 *
 * @param bundle - MIME types and their data
 * @returns the checked copy
 */
export function checkedBundle(bundle: Bundle): Bundle {
  const withText =
    "text/plain" in bundle ? bundle : { ...bundle, "text/plain": Object.keys(bundle).join(", ") };
  const json = JSON.stringify(withText);
  if (json.length > bundleLimit) {
    const size = Math.round(json.length / 1e6);
    return {
      "text/plain": `(not shown: the output has ${size} MB, the limit is ${bundleLimit / 1e6} MB)`,
    };
  }
  return JSON.parse(json) as Bundle;
}

/**
 * The text of a value.
 *
 * @param value - anything
 * @returns what util.inspect makes of it, cut at {@link textLimit}
 */
export function textOf(value: unknown): string {
  let text: string;
  try {
    text = inspect(value, { depth: 3 });
  } catch {
    text = "(a value that cannot be shown: its own inspection throws)";
  }
  return cut(text);
}

/**
 * Cuts a text that is too long to show, and says so.
 *
 * @param text - the text
 * @returns at most {@link textLimit} characters and a word about the rest
 */
export function cut(text: string): string {
  if (text.length <= textLimit) return text;
  return `${text.slice(0, textLimit)}\n… ${text.length - textLimit} more characters are not shown`;
}

function displayOf(value: unknown): ((this: unknown) => unknown) | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null)
    return undefined;
  try {
    const method: unknown = (value as Record<symbol, unknown>)[displayMethod];
    return typeof method === "function" ? (method as (this: unknown) => unknown) : undefined;
  } catch {
    return undefined;
  }
}
