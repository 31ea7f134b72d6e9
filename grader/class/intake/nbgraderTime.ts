/** When a hand-in came, as nbgrader wrote it down beside it: `2026-12-02 10:00:00.123456 UTC`. */
import { readPlainFile } from "./plainFile.js";

/** A timestamp is short. */
const MOST_BYTES = 100;

/**
 * Reads nbgrader's timestamp.txt.
 *
 * @param file - its path
 * @returns the time; undefined where there is no such file; or why what lies there is no time
 */
export function nbgraderTime(file: string): Date | { readonly refusal: string } | undefined {
  try {
    const read = readPlainFile(file, (size) =>
      size > MOST_BYTES ? `${size} bytes; a time has fewer than ${MOST_BYTES}` : undefined,
    );
    if ("refusal" in read) return read;
    return timeOf(read.bytes.toString("latin1")) ?? { refusal: "no time as nbgrader writes it" };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? undefined : { refusal: message };
  }
}

/**
 * The time that a text of nbgrader's is.
 *
 * @param text - the file's
 * @returns undefined for any other text
 */
export function timeOf(text: string): Date | undefined {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))? (UTC|[+-]\d\d:?\d\d)$/.exec(
    text.trim(),
  );
  if (parts === null) return undefined;
  const zone = parts[4] === "UTC" ? "Z" : parts[4]!.replace(/^(...):?/, "$1:");
  const at = new Date(`${parts[1]}T${parts[2]}.${parts[3] ?? "0"}${zone}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
