/** Times as people and platforms write them. A time that can be read in two ways is not read. */
import { type ClockChange, clockChangeAt, instantIn, isLocalTime } from "./localTime.js";

const WITH_ZONE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(:\d\d)?$/;

/**
 * The instant that a text is.
 *
 * @param text - "2026-12-01T23:59+01:00", "2026-12-01 23:59", or as Moodle writes it, the month in words
 * @param timeZone - whose clocks are meant where the text has no zone
 * @returns "no zone" where the text needs one that nobody named; "never" or "twice" where clocks that are changed leave
 *   it out or show it twice; undefined for what is no time
 */
export function instantOf(
  text: string,
  timeZone: string | undefined,
): Date | "no zone" | ClockChange | undefined {
  if (WITH_ZONE.test(text)) {
    const at = new Date(text.replace(" ", "T"));
    return Number.isNaN(at.getTime()) ? undefined : at;
  }
  const local = WITHOUT_ZONE.exec(text)?.[1] ?? inWords(text);
  if (local === undefined || !isLocalTime(local)) return undefined;
  if (timeZone === undefined) return "no zone";
  return clockChangeAt(timeZone, local) ?? instantIn(timeZone, local);
}

/** Moodle's "Tuesday, 1 December 2026, 11:59 PM" and "Dienstag, 1. Dezember 2026, 23:59" as "2026-12-01 23:59". */
function inWords(text: string): string | undefined {
  const words = text
    .slice(0, 100)
    .toLowerCase()
    .split(/[\s,]+/);
  const only = (form: RegExp): string | undefined => {
    const found = words.filter((word) => form.test(word));
    return found.length === 1 ? found[0] : undefined;
  };
  const months = new Set(words.flatMap((word) => monthNames().get(word) ?? []));
  const [year, day, clock] = [only(/^\d{4}$/), only(/^\d{1,2}\.?$/), only(/^\d{1,2}:\d\d$/)];
  const [month] = months;
  if (months.size !== 1 || year === undefined || day === undefined || clock === undefined)
    return undefined;
  const [hour, minute] = clock.split(":") as [string, string];
  const half = only(/^[ap]m$/);
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === "pm" ? 12 : 0);
  const isClock = Number(minute) < 60 && (half === undefined ? hours < 24 : Number(hour) <= 12);
  const two = (n: number): string => String(n).padStart(2, "0");
  return isClock
    ? `${year}-${two(month!)}-${two(parseInt(day, 10))} ${two(hours)}:${minute}`
    : undefined;
}

/** The languages whose months are known. */
const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb"];
let known: ReadonlyMap<string, number> | undefined;

/** The months, by their names in all of these languages. */
function monthNames(): ReadonlyMap<string, number> {
  known ??= new Map(
    LANGUAGES.flatMap((language) => {
      const format = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
      return Array.from({ length: 12 }, (_, n) => {
        return [format.format(new Date(Date.UTC(2026, n))).toLowerCase(), n + 1] as const;
      });
    }),
  );
  return known;
}
