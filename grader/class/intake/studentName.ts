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

/** Blackboard's: "ps1_leeann_attempt_2026-11-20-10-00-00_oneHot.ts", and a text beside it: an attempt, whole. */
const BLACKBOARD = /^(.+_attempt_\d{4}(?:-\d\d){5})(?:_|\.txt$)/;
/** Brightspace's folders: "11111-22222 - Ann Lee - Nov 20, 2026 1011 PM". */
const BRIGHTSPACE = /^\d+-\d+ - .+ - .+$/;
/** A smaller number than a platform soon counts to. */
const SMALL = 100;

/**
 * Whose a platform says that something is, in a name that nobody else makes.
 *
 * @param name - a file's or a folder's
 * @returns undefined where it is no platform's name, or only looks like one
 */
export function platformOwner(name: string): string | undefined {
  const [, moodle, number] = MOODLE.exec(name) ?? [];
  if (moodle !== undefined) return `${moodle} (${number!})`;
  const canvas = CANVAS.exec(name);
  if (canvas !== null) {
    // "hw_2_3_ada.ts" and "hw_2_4_bob.ts" look alike.
    const isDoubtful = Number(canvas[3]) < SMALL && Number(canvas[4]) < SMALL;
    return isDoubtful ? undefined : `${canvas[1]!} (${canvas[3]!})`;
  }
  return BLACKBOARD.exec(name)?.[1] ?? BRIGHTSPACE.exec(name)?.[0];
}

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
    const isDoubtful = platformOwner(name) === undefined;
    const owner = sure(`${canvas[1]!} (${canvas[3]!})`);
    return { ...owner, isLate: canvas[2] !== undefined, isDoubtful };
  }
  const blackboard = BLACKBOARD.exec(name);
  if (blackboard !== null) return sure(blackboard[1]!);
  const { stem, copy } = withoutCopyMark(stemOf(name));
  for (const exercise of exercises) {
    if (stem.startsWith(exercise) && /^[-_ ]/.test(stem.slice(exercise.length)))
      return sure(stem.slice(exercise.length + 1));
    if (!stem.endsWith(exercise)) continue;
    const before = stem.slice(0, -exercise.length);
    if (/^(?:\d\d[-_ ])*$/.test(before)) return undefined;
    if (/[-_ ]$/.test(before)) {
      // "Jane Doe - oneHot", as Google Classroom has it.
      const student = withoutSeparators(before.replace(/(?:[-_ ]\d\d){0,3}[-_ ]$/, ""));
      return student === "" ? undefined : sure(student);
    }
  }
  if (LESSON.test(stem)) return undefined;
  const lesson = /^(.+?)[-_ ]\d\d-[a-z-]+$/.exec(stem);
  return lesson === null
    ? { ...sure(stem), isSure: false, isDoubtful: copy > 0 }
    : sure(lesson[1]!);
}

/** A lesson's name: "02-the-rnn-cell". */
const LESSON = /^\d\d-[a-z][a-z-]*$/;

/** Without blanks, "-" and "_" at its end. */
function withoutSeparators(name: string): string {
  let length = name.length;
  while (length > 0 && "-_ ".includes(name[length - 1]!)) length--;
  return name.slice(0, length);
}

function sure(student: string): Owner {
  return { student, isLate: false, isDoubtful: false, isSure: true };
}

/**
 * A file's name without its endings. Of what can't be graded only known endings go: "j.doe" and "j.lee" are two people.
 *
 * @param name - the file's
 * @returns such as "ada" of "ada.tar.gz"
 */
export function stemOf(name: string): string {
  const kind = kindOf(name);
  if (kind === "archive") return name.replace(ARCHIVE, "");
  return name.replace(kind === undefined ? OTHER : /\.[a-z]+(?:\.(?:txt|json))?$/i, "");
}

/** The endings of what can't be graded. */
const OTHER =
  /(?:\.(?:tar|[cm]?[jt]sx?|ipynb|d))?\.(?:7z|bak|bz2|c|cc|cpp|crdownload|csv|cs|docx?|download|gdoc|gif|go|gz|heic|html?|java|jpe?g|json|m|md|mp4|odt|orig|pages|part|pdf|png|pptx?|py|r|rar|rb|rs|rtf|swp|tmp|[cm]?ts|txt|webloc|xlsx?|xml|xz|ya?ml|zst)$/i;
