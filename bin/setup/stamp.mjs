// A stamp says that a step was done, and for which inputs. It is written last, inside the folder
// that the step makes: killed half-way there is none, and deleting the folder deletes it too.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeWhole } from "../common/write-whole.mjs";

/**
 * A digest of values and of files' contents.
 * @param {{ values?: readonly unknown[], files?: readonly string[] }} inputs
 * @returns {string} 64 hexadecimal digits.
 */
export function digest({ values = [], files = [] }) {
  const hash = createHash("sha256").update(JSON.stringify(values));
  for (const file of files) hash.update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

/**
 * @param {string} file
 * @param {string} inputs The digest of the inputs as they are now.
 * @returns {"fresh" | "changed" | "missing"} changed: done once, for other inputs.
 */
export function stampState(file, inputs) {
  try {
    return readFileSync(file, "utf8").trim() === inputs ? "fresh" : "changed";
  } catch {
    return "missing";
  }
}

/** Writes the stamp: the step is done. */
export function stamp(file, inputs) {
  writeWhole(file, `${inputs}\n`);
}
