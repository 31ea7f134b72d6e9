/** A remark in one line. */
import type { Remark } from "../intake/remark.js";

/**
 * A remark with its file.
 *
 * @param remark - on a hand-in
 * @returns such as "a.ts: the file is empty"
 */
export function remarkText({ file, text }: Remark): string {
  return file === "" ? text : `${file}: ${text}`;
}
