/** When a hand-in came: as the instructor says, or as nbgrader wrote it down. Never a file's own date. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { HandInPlace } from "../intake/place.js";
import { type Course, CourseError } from "./courseFile.js";
import { instantIn } from "./localTime.js";

/**
 * What tells when a hand-in came.
 *
 * @param said - the option's text, for all hand-ins
 * @param course - its time zone is meant where the text has none
 * @returns for a place its time, or nothing where nobody says it
 * @throws CourseError for a text that is no time
 */
export function handInTimes(
  said: string | undefined,
  course: Course | undefined,
): (place: HandInPlace) => { readonly at?: Date } {
  if (said !== undefined) {
    const at = instantOf(said, course);
    return () => ({ at });
  }
  return ({ timestamp }) => {
    const at = timestamp === undefined ? undefined : nbgradersTime(timestamp);
    return at === undefined ? {} : { at };
  };
}

function instantOf(text: string, course: Course | undefined): Date {
  const whole = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const local = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d$/.test(text);
  const at = whole
    ? new Date(text.replace(" ", "T"))
    : local && course !== undefined
      ? instantIn(course.timeZone, text)
      : undefined;
  if (at !== undefined && !Number.isNaN(at.getTime())) return at;
  throw new CourseError(
    `grade: --submitted-at ${JSON.stringify(text)} is no time: expected such as "2026-12-01T23:59+01:00"${course === undefined ? "" : `, or "2026-12-01 23:59" in ${course.timeZone}`}; write it so`,
  );
}

/** A timestamp is short. */
const MOST_BYTES = 100;

/** What nbgrader's timestamp.txt says; undefined where there is none that can be read, or where it is a link. */
function nbgradersTime(file: string): Date | undefined {
  try {
    const handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      if (!fstatSync(handle).isFile()) return undefined;
      const bytes = Buffer.alloc(MOST_BYTES);
      const text = bytes.toString("latin1", 0, readSync(handle, bytes, 0, MOST_BYTES, 0)).trim();
      const parts =
        /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))? (UTC|[+-]\d\d:?\d\d)$/.exec(text);
      if (parts === null) return undefined;
      const zone = parts[4] === "UTC" ? "Z" : parts[4]!.replace(/^(...):?/, "$1:");
      const at = new Date(`${parts[1]}T${parts[2]}.${parts[3] ?? "0"}${zone}`);
      return Number.isNaN(at.getTime()) ? undefined : at;
    } finally {
      closeSync(handle);
    }
  } catch {
    return undefined;
  }
}
