/**
 * Which of two copies of the same work is the newer, as far as their paths say: `oneHot-1.ts`, `oneHot_v2.ts`,
 * `ps1 (1).zip`, `old/oneHot.ts`. Where they do not say it plainly, nobody guesses. Every path is looked at once, from
 * its end to its beginning, in a bounded number of steps.
 */
import { ARCHIVE } from "./place.js";
import { stemOf } from "./studentName.js";

/** What was put behind a name for a later or an earlier copy. */
interface Mark {
  readonly kind: "copy" | "number" | "version" | "word";
  /** Of a word 1 for newer, -1 for older. */
  readonly value: number;
}

/** A part of a path, without its marks. */
interface Part {
  readonly whole: string;
  readonly family: string;
  readonly isExercise: boolean;
  readonly marks: readonly Mark[];
}

/** A path, ready to be compared. */
export interface Versioned {
  readonly parts: readonly Part[];
  /** The exercise that it is named for. */
  readonly exercise: string | undefined;
}

const NEWER =
  "new newer newest latest last final fix fixed corrected correction updated update improved revised revision resubmit resubmitted resubmission";
const OLDER = "old older oldest orig original backup bak previous prev draft wip archive";
const AGES: ReadonlyMap<string, number> = new Map([
  ...NEWER.split(" ").map((word) => [word, 1] as const),
  ...OLDER.split(" ").map((word) => [word, -1] as const),
]);

/** So many marks of one name are looked at. */
const MOST_MARKS = 6;
/** The last mark of a name; what a name has before it comes first. */
const LAST_MARK =
  /(?: ?\((?<copy>\d{1,4})\)| - Copy(?: \((?<windows>\d{1,4})\))?|(?: copy| - copy)(?: (?<mac>\d{1,4}))?|(?<separator>[-_ .]{0,3})(?:(?<version>[vV](?:er(?:sion)?)?[-_ .]?\d{1,4})|(?<number>\d{1,8})|(?<word>[A-Za-z]{2,12})))$/;
/** A name is not looked at beyond this. */
const LONGEST = 255;

/**
 * A path, read for what it says of versions.
 *
 * @param path - a file's, in a hand-in; an archive is like a folder
 * @param exercises - the ids: what ends in one of them is that exercise's, also where the id looks like a version
 * @returns for {@link newerOf}
 */
export function versioned(path: string, exercises: readonly string[]): Versioned {
  const names = path.split("/");
  const parts = names.map((name, n) => {
    const plain = n === names.length - 1 ? stemOf(name) : name.replace(ARCHIVE, "");
    return partOf(n === 0 ? withoutCanvas(plain) : plain, exercises);
  });
  const last = parts.at(-1)!;
  return { parts, exercise: last.isExercise ? last.family : undefined };
}

/** Canvas puts who it is and the upload's number before a file's name. */
function withoutCanvas(name: string): string {
  return name.replace(/^[^_]+_(?:LATE_)?\d+_\d+_(?=.)/i, "");
}

function partOf(whole: string, exercises: readonly string[]): Part {
  const name = whole.slice(-LONGEST);
  const marks: Mark[] = [];
  let stem = name;
  for (;;) {
    const exercise = exerciseAtEnd(stem, exercises);
    if (exercise !== undefined) return { whole, family: exercise, isExercise: true, marks };
    const next = marks.length < MOST_MARKS ? withoutMark(stem) : undefined;
    if (next === undefined) break;
    marks.unshift(next.mark);
    stem = next.stem;
  }
  return generic(whole, name);
}

/** A name that is no exercise's: only what stands apart at its end is a mark, since "ps12" is no "ps". */
function generic(whole: string, name: string): Part {
  const marks: Mark[] = [];
  let family = name;
  while (marks.length < MOST_MARKS) {
    const next = withoutMark(family);
    if (next?.isApart !== true || next.stem === "") break;
    marks.unshift(next.mark);
    family = next.stem;
  }
  return { whole, family, isExercise: false, marks };
}

function exerciseAtEnd(stem: string, exercises: readonly string[]): string | undefined {
  let longest: string | undefined;
  for (const one of exercises) {
    if (!stem.endsWith(one) || one.length <= (longest?.length ?? 0)) continue;
    if (stem.length === one.length || /[-_ ]/.test(stem[stem.length - one.length - 1]!))
      longest = one;
  }
  return longest;
}

/** A name without its last mark. */
function withoutMark(
  name: string,
): { readonly stem: string; readonly mark: Mark; readonly isApart: boolean } | undefined {
  // The last 40 characters hold any mark.
  const from = Math.max(0, name.length - 40);
  const found = LAST_MARK.exec(name.slice(from));
  if (found === null) return undefined;
  const { copy, windows, mac, separator, version, number, word } = found.groups ?? {};
  const stem = name.slice(0, from + found.index);
  const isApart = separator !== "";
  if (version !== undefined)
    return { stem, isApart, mark: { kind: "version", value: Number(/\d+$/.exec(version)![0]) } };
  if (number !== undefined)
    return { stem, isApart, mark: { kind: "number", value: Number(number) } };
  if (word === undefined)
    return { stem, isApart, mark: { kind: "copy", value: Number(copy ?? windows ?? mac ?? 1) } };
  // "oneHotFinal": a word that is not apart begins with a capital.
  const small = isApart ? word : /[A-Z][a-z]+$/.exec(word)?.[0];
  const age = small === undefined ? undefined : AGES.get(small.toLowerCase());
  if (age === undefined) return undefined;
  const cut = isApart ? stem : name.slice(0, name.length - small!.length);
  return { stem: cut, isApart, mark: { kind: "word", value: age } };
}

/**
 * Which of two paths is the newer copy.
 *
 * @param one - as {@link versioned} gives it
 * @param other - as {@link versioned} gives it
 * @returns more than 0 where the first one is, less than 0 where the other one is; 0 where their names do not say
 */
export function newerOf(one: Versioned, other: Versioned): number {
  let [left, right] = [one.parts, other.parts];
  while (left.length > 0 && right.length > 0 && left[0]!.whole === right[0]!.whole)
    [left, right] = [left.slice(1), right.slice(1)];
  if (left.length === right.length && left.length > 0) {
    const [a, b] = [left[0]!, right[0]!];
    const isSame = a.family === b.family && a.isExercise === b.isExercise;
    const order = isSame ? byMarks(a, b) : 0;
    if (order !== 0 && areAlike(left.slice(1), right.slice(1))) return order;
  }
  return Math.sign(ageOf(left) - ageOf(right));
}

/** Whether what follows differs in marks at most. */
function areAlike(left: readonly Part[], right: readonly Part[]): boolean {
  return left.every((part, n) => part.family === right[n]!.family);
}

function byMarks(one: Part, other: Part): number {
  let at = 0;
  const isSame = (a?: Mark, b?: Mark): boolean =>
    a !== undefined && a.kind === b?.kind && a.value === b.value;
  while (isSame(one.marks[at], other.marks[at])) at++;
  const [left, right] = [one.marks[at], other.marks[at]];
  if (left !== undefined && left.kind === right?.kind) {
    // "part 1" and "part 2" of what is no exercise may be two parts.
    return left.kind === "number" && !one.isExercise ? 0 : Math.sign(left.value - right.value);
  }
  const [a, b] = [signOf(left), signOf(right)];
  return a !== undefined &&
    b !== undefined &&
    (left === undefined || right === undefined || a < 0 || b < 0)
    ? Math.sign(a - b)
    : 0;
}

/** 1 where a mark makes a name newer than without it, -1 where older; undefined where that can't be told. */
function signOf(mark: Mark | undefined): number | undefined {
  if (mark === undefined) return 0;
  if (mark.kind === "word") return mark.value;
  // The first version may be the older one, or all there was.
  return mark.value > (mark.kind === "version" ? 1 : 0) ? 1 : undefined;
}

/** Whether folders that the other path does not have say "new" or "old", or are a copy of the exercise's. */
function ageOf(parts: readonly Part[]): number {
  for (const [n, { whole, isExercise, marks }] of parts.entries()) {
    const age = isExercise ? undefined : AGES.get(whole.toLowerCase());
    if (age !== undefined) return age;
    if (n < parts.length - 1 && isExercise && marks[0]?.kind === "copy") return 1;
  }
  return 0;
}
