/**
 * Whose a file or a folder is, by its name. Two people are never made one: where a name leaves it open, the whole name
 * is the student's.
 */
import { ARCHIVE, kindOf, withoutCopyMark } from "./place.js";

/** Whose it is. */
export interface Owner {
  /** With the learning platform's number where the name has one: two people may be called the same. */
  readonly student: string;
  /** Canvas says in the name that it came late. */
  readonly isLate: boolean;
  /** It may be another person's: a second copy, or a name that only looks like Canvas'. */
  readonly isDoubtful: boolean;
  /** The name says more than the student: which exercise, or the platform's number. */
  readonly isSure: boolean;
}

/** Moodle's names: "Ann Lee_11_assignsubmission_file_", a folder or before a file's own name. */
const MOODLE = /^(.+?)_(\d+)_assignsubmission_(?:file|onlinetext)(?:_|$)/;
/** Canvas' names: "leeann_LATE_1234_56789_oneHot.ts": the student, their number, the upload's, the file. */
const CANVAS = /^([^_]+)_(LATE_)?(\d+)_(\d+)_./i;

/**
 * The owner of a folder.
 *
 * @param name - the folder's
 * @returns the student
 */
export function ownerOfFolder(name: string): Owner {
  const moodle = MOODLE.exec(name);
  if (moodle !== null) return sure(`${moodle[1]!} (${moodle[2]!})`);
  return sure(name);
}

/**
 * The owner of a loose file.
 *
 * @param name - the file's
 * @param exercises - the ids of the exercises, which a name may end with
 * @returns undefined where the name speaks of an exercise or a lesson alone
 */
export function ownerOfFile(name: string, exercises: readonly string[]): Owner | undefined {
  const moodle = MOODLE.exec(name);
  if (moodle !== null) return sure(`${moodle[1]!} (${moodle[2]!})`);
  const canvas = CANVAS.exec(name);
  if (canvas !== null) {
    // "hw_2_3_ada.ts" and "hw_2_4_bob.ts" look alike, but a platform soon counts beyond a hundred.
    const isDoubtful = Number(canvas[3]) < 100 && Number(canvas[4]) < 100;
    const owner = sure(`${canvas[1]!} (${canvas[3]!})`);
    return { ...owner, isLate: canvas[2] !== undefined, isDoubtful };
  }
  const { stem, copy } = withoutCopyMark(stemOf(name));
  for (const exercise of exercises) {
    if (stem.startsWith(exercise) && /^[-_ ]/.test(stem.slice(exercise.length)))
      return sure(stem.slice(exercise.length + 1));
    if (!stem.endsWith(exercise)) continue;
    const before = stem.slice(0, -exercise.length);
    if (/^(?:\d\d[-_ ])*$/.test(before)) return undefined;
    if (/[-_ ]$/.test(before)) return sure(before.replace(/(?:[-_ ]\d\d){0,3}[-_ ]$/, ""));
  }
  if (LESSON.test(stem)) return undefined;
  const lesson = /^(.+?)[-_ ]\d\d-[a-z-]+$/.exec(stem);
  return lesson === null
    ? { ...sure(stem), isSure: false, isDoubtful: copy > 0 }
    : sure(lesson[1]!);
}

/** A lesson's name: "02-the-rnn-cell". */
const LESSON = /^\d\d-[a-z][a-z-]*$/;

function sure(student: string): Owner {
  return { student, isLate: false, isDoubtful: false, isSure: true };
}

/** A file's name without its endings. */
function stemOf(name: string): string {
  if (kindOf(name) === "archive") return name.replace(ARCHIVE, "");
  const ending = kindOf(name) === undefined ? /\.[^.]*$/ : /\.[a-z]+(?:\.(?:txt|json))?$/i;
  return name.replace(ending, "");
}
