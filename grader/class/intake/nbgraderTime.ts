/**
 * When a hand-in came, as nbgrader wrote it down beside it: `2026-12-02 10:00:00.123456 UTC`. Its format is a course's
 * to choose, so a zone may be an offset, a name, an abbreviation, or none.
 */
import { readPlainFile } from "./plainFile.js";
import { noteOn, type Remark } from "./remark.js";

/** A timestamp is short. */
const MOST_BYTES = 100;

/**
 * Abbreviations that mean one offset wherever they are used, in minutes east. Not among them: those of several zones,
 * such as CST (Chicago, Havana, Shanghai), IST, BST, PST and AST.
 */
const OFFSETS: Readonly<Record<string, number>> = {
  ...{ UTC: 0, GMT: 0, Z: 0, WET: 0, WEST: 60, CET: 60, CEST: 120, MEZ: 60, MESZ: 120 },
  ...{ EET: 120, EEST: 180, MSK: 180, SAST: 120, HKT: 480, JST: 540, KST: 540 },
  ...{ AWST: 480, ACST: 570, ACDT: 630, AEST: 600, AEDT: 660, NZST: 720, NZDT: 780 },
  ...{ EST: -300, EDT: -240, MDT: -360, PDT: -420, AKST: -540, AKDT: -480, HST: -600 },
};

const WRITTEN =
  /^(\d{4}-\d\d-\d\d)[ T]((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(?: ?([A-Za-z+-][\w+/:-]*))?$/;
const OFFSET = /^(?:UTC|GMT)?([+-])(\d\d?)(?::?([0-5]\d))?$/;
const NAME = /^[A-Za-z_]+(\/[\w+-]+)+$/;

/**
 * Reads nbgrader's timestamp.txt.
 *
 * @param file - its path
 * @returns the time as `writtenTimeOf` has it; undefined where there is no such file; or why what lies there is no time
 */
export function nbgraderTime(file: string): string | { readonly refusal: string } | undefined {
  try {
    const read = readPlainFile(file, (size) =>
      size > MOST_BYTES ? `${size} bytes; a time has fewer than ${MOST_BYTES}` : undefined,
    );
    return "refusal" in read ? read : writtenTimeOf(read.bytes.toString("latin1"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? undefined : { refusal: message };
  }
}

/**
 * The time that a text of nbgrader's is, in one notation.
 *
 * @param text - the file's
 * @returns "2026-12-02T10:00:00.123Z"; with the zone's name, "2026-12-02T10:00:00.000[Europe/Berlin]"; "2026-12-02T10:00:00.000"
 *   where the text has no zone; or why it is no time
 */
export function writtenTimeOf(text: string): string | { readonly refusal: string } {
  const parts = WRITTEN.exec(text.trim());
  const [, day, minute, second = "00", fraction = "0", zone] = parts ?? [];
  if (day === undefined || minute === undefined || !isDay(day))
    return { refusal: "no time as nbgrader writes it, such as 2026-12-02 10:00:00 UTC" };
  const local = `${day}T${minute}:${second}.${fraction.slice(0, 3).padEnd(3, "0")}`;
  if (zone === undefined) return local;
  const east = offsetOf(zone);
  if (east !== undefined) return new Date(Date.parse(`${local}Z`) - 60_000 * east).toISOString();
  if (NAME.test(zone) && isZone(zone)) return `${local}[${zone}]`;
  return {
    refusal: `"${zone}" is no time zone that has one meaning; write an offset, such as +01:00`,
  };
}

/** What begins a remark on a time that could not be read. */
const UNREAD = "not read: ";

/**
 * The remark on a time that could not be read.
 *
 * @param file - its name
 * @param refusal - why
 * @returns a note
 */
export function unreadTime(file: string, refusal: string): Remark {
  return noteOn(file, `${UNREAD}${refusal}`);
}

/**
 * Why a hand-in's time could not be read.
 *
 * @param file - the time's file, as its remark names it
 * @param remarks - the hand-in's
 * @returns undefined where it was read, or there is none
 */
export function whyUnread(file: string, remarks: readonly Remark[]): string | undefined {
  const remark = remarks.find((one) => one.file === file && one.text.startsWith(UNREAD));
  return remark?.text.slice(UNREAD.length);
}

function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

/** Minutes east, of an offset or an abbreviation. */
function offsetOf(zone: string): number | undefined {
  const [, sign, hours, minutes = "0"] = OFFSET.exec(zone) ?? [];
  if (hours === undefined) return Object.hasOwn(OFFSETS, zone) ? OFFSETS[zone] : undefined;
  const east = 60 * Number(hours) + Number(minutes);
  if (east > 14 * 60) return undefined;
  return sign === "-" ? -east : east;
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
