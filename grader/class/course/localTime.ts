/** Times in a course's own time zone, whatever the machine's is. */

/**
 * Whether a name is one of a time zone.
 *
 * @param name - such as "Europe/Berlin"
 * @returns false for what this Node does not know
 */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether a text is a time that clocks show on a day that its month has.
 *
 * @param text - "2026-12-01 23:59", with a "T" or a space
 * @returns false for "2026-02-30 12:00", which would become another day, and for "2026-12-01 23:99"
 */
export function isLocalTime(text: string): boolean {
  const day = new Date(`${text.slice(0, 10)}T00:00Z`);
  return (
    [day.getTime(), Date.parse(`${text.replace(" ", "T")}Z`)].every(Number.isFinite) &&
    day.toISOString().startsWith(text.slice(0, 10))
  );
}

/**
 * The instant at which the clocks of a time zone show a time.
 *
 * @param timeZone - such as "Europe/Berlin"
 * @param text - a time as {@link isLocalTime} wants it
 * @returns the instant; of a time that summer time leaves out, the one an hour later
 */
export function instantIn(timeZone: string, text: string): Date {
  const asIfUtc = Date.parse(`${text.replace(" ", "T")}Z`);
  // The offset depends on the instant that is looked for: the second try is exact but within a change of clocks.
  const first = asIfUtc - offsetAt(timeZone, asIfUtc);
  return new Date(asIfUtc - offsetAt(timeZone, first));
}

/** A time at which the clocks of a time zone are changed. */
export type ClockChange = "never" | "twice";

/**
 * Whether the clocks of a time zone leave a time out, or show it twice, because they are changed then.
 *
 * @param timeZone - such as "Europe/Berlin"
 * @param text - a time as {@link isLocalTime} wants it
 * @returns undefined for a time that they show once
 */
export function clockChangeAt(timeZone: string, text: string): ClockChange | undefined {
  const asIfUtc = Date.parse(`${text.replace(" ", "T")}Z`);
  const offsets = [-1, 1].map((days) => offsetAt(timeZone, asIfUtc + days * DAY));
  const instants = new Set(
    offsets
      .map((offset) => asIfUtc - offset)
      .filter((at) => at + offsetAt(timeZone, at) === asIfUtc),
  );
  if (instants.size === 0) return "never";
  return instants.size === 1 ? undefined : "twice";
}

/**
 * What is wrong with such a time, in words.
 *
 * @param change - what the clocks do
 * @param timeZone - theirs
 * @param text - the time
 * @returns such as '"2026-03-29 02:30" is on no clock of Europe/Berlin: they are put forward over it'
 */
export function clockChangeWords(change: ClockChange, timeZone: string, text: string): string {
  return change === "never"
    ? `${JSON.stringify(text)} is on no clock of ${timeZone}: they are put forward over it`
    : `${JSON.stringify(text)} comes twice in ${timeZone}: the clocks are put back over it`;
}

const DAY = 24 * 60 * 60_000;

/**
 * An instant as the clocks of a time zone show it.
 *
 * @param timeZone - such as "Europe/Berlin"
 * @param instant - any
 * @returns "2026-12-01 23:59"
 */
export function localText(timeZone: string, instant: Date): string {
  return new Date(instant.getTime() + offsetAt(timeZone, instant.getTime()))
    .toISOString()
    .slice(0, 16)
    .replace("T", " ");
}

function offsetAt(timeZone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat("en", {
    ...{ timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  }).formatToParts(new Date(instant));
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(
    ...([of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second")] as const),
  );
  return shown - Math.floor(instant / 1000) * 1000;
}
