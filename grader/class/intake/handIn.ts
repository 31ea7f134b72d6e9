/**
 * Finds the hand-ins of a class in a folder, in one of three layouts: an nbgrader tree, or else one
 * folder per student, or loose files named by student, or both.
 */
import { statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { UnrolledError } from "../../../src/core/errors.js";
import { withDoubts } from "./alike.js";
import { looseFiles } from "./looseFiles.js";
import {
  entriesIn,
  type Entry,
  onDisk,
  readableName,
  readableNames,
  realPath,
} from "./nameBytes.js";
import { nbgraderTree, submittedFolder } from "./nbgraderTree.js";
import { type HandInPlace, isIgnored, kindOf, type Tell, visibleEntries } from "./place.js";
import { noteOn } from "./remark.js";
import { isNobodys, isSystems, listed, tellStrays } from "./strays.js";
import { studentFolders } from "./studentFolders.js";
import { unwrapped } from "./wrapping.js";
import { wordsOf } from "./systemWords.js";

/** The folder to grade can't be read, or holds no hand-in. */
export class IntakeError extends UnrolledError {
  override name = "IntakeError";
}

/**
 * Where the hand-ins lie, by student's name.
 *
 * @param folder - the folder to grade
 * @param exercises - the ids of the exercises, which loose files may be named for
 * @param tell - gets a line for what an instructor should know: what was passed over, and what is doubtful
 * @returns at least one place; names that may be one person's in two writings are remarked on
 * @throws IntakeError when the folder can't be read or holds none
 */
export async function findHandIns(
  folder: string,
  exercises: readonly string[] = [],
  tell: Tell = () => undefined,
): Promise<readonly HandInPlace[]> {
  const root = realFolder(folder);
  const { entries, strays } = await handedEntries(root);
  const submitted = await submittedFolder(root, entries);
  const tree = submitted === undefined ? undefined : await nbgraderTree(submitted);
  const places = tree?.places ?? (await placesIn(root, entries, exercises, tell));
  const passedOver = tree?.strays ?? strays;
  if (places.length > 0) tellStrays(passedOver, tell);
  if (places.length > 0) return withDoubts(inReadableNames(places), tell).toSorted(byStudent);
  const expected =
    submitted === undefined
      ? "a folder per student, an nbgrader tree (submitted/STUDENT/ASSIGNMENT/), or .ts and .ipynb files named by student"
      : "submitted/STUDENT/ASSIGNMENT/ with .ts or .ipynb files";
  const lies = [...(tree === undefined ? entries.map(({ name }) => name) : []), ...passedOver];
  const there = lies.length === 0 ? "nothing lies there" : `what lies there: ${listed(lies)}`;
  throw new IntakeError(`grade: no hand-ins in ${folder}: expected ${expected}; ${there}`);
}

/** The hand-ins in folders per student and in loose files, those of wrapping folders too. */
async function placesIn(
  root: string,
  entries: readonly Entry[],
  exercises: readonly string[],
  tell: Tell,
): Promise<readonly HandInPlace[]> {
  const { levels, doubts } = await unwrapped({ folder: root, entries }, exercises, tell);
  const assignment = basename(root);
  const found = levels.map((level) => ({
    wrap: relative(root, level.folder),
    places: inOne(
      level.folder,
      studentFolders(level.folder, level.entries),
      looseFiles(level.folder, level.entries, exercises),
    ),
  }));
  const times = new Map<string, number>();
  for (const { places } of found)
    for (const { student } of places) times.set(student, (times.get(student) ?? 0) + 1);
  return found.flatMap(({ wrap, places }) =>
    places.map((place) => {
      // Of two sections' "ada" nobody knows whether they are one; no name has a "/".
      const isTwice = wrap !== "" && times.get(place.student)! > 1;
      const student = isTwice ? `${wrap}/${place.student}` : place.student;
      const doubt = place.only === undefined ? doubts.get(place.folder) : undefined;
      if (doubt === undefined) return { ...place, student, assignment };
      const words = `${doubt}: taken for one student's; expected a folder per student`;
      tell(
        `grade: ${readableName(student)}: ${words}; if they are several people's, put each one's work into a folder of its own in ${readableName(assignment)}`,
      );
      return {
        ...{ ...place, student, assignment },
        remarks: [...(place.remarks ?? []), noteOn("", words)],
      };
    }),
  );
}

/**
 * One student's own folder or file as a hand-in, whatever its files are called.
 *
 * @param folder - the student's, or a file that can be graded
 * @param student - who it is
 * @param assignment - its name; that of the folder, or the file's, where none is said
 * @returns one place
 * @throws IntakeError when the folder can't be read
 */
export async function ownHandIn(
  folder: string,
  student: string,
  assignment?: string,
): Promise<HandInPlace> {
  const file = realFile(folder);
  const isFile = file !== undefined && kindOf(file) !== undefined;
  const root = realFolder(isFile ? dirname(file) : folder);
  return {
    ...{ student, assignment: assignment ?? readableName(basename(root)), folder: root },
    ...(isFile ? { only: [basename(file)] } : {}),
  };
}

/**
 * The hand-ins of one assignment.
 *
 * @param places - what was found in the folder
 * @param folder - that folder
 * @param assignment - its name
 * @returns of an nbgrader tree those of this assignment; else all, under this name
 * @throws IntakeError when the tree has none of this name
 */
export async function ofAssignment(
  places: readonly HandInPlace[],
  folder: string,
  assignment: string,
): Promise<readonly HandInPlace[]> {
  const own = readableName(basename(realFolder(folder)));
  if (places.every((place) => place.assignment === own))
    return places.map((place) => ({ ...place, assignment }));
  const found = places.filter((place) => place.assignment === assignment);
  if (found.length > 0) return found;
  const names = Array.from(new Set(places.map((place) => place.assignment))).join(", ");
  throw new IntakeError(
    `grade: ${folder} has no assignment ${JSON.stringify(assignment)}: expected one of ${names}`,
  );
}

/** A plain file's path, its links resolved. */
function realFile(path: string): string | undefined {
  try {
    const file = realPath(path);
    return statSync(onDisk(file)).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}

function realFolder(folder: string): string {
  try {
    const root = realPath(folder);
    if (statSync(onDisk(root)).isDirectory()) return root;
  } catch (error) {
    throw new IntakeError(`grade: ${folder} can't be read: ${wordsOf(error)}; name a folder`);
  }
  throw new IntakeError(`grade: ${folder} is no folder; name the folder that holds the hand-ins`);
}

/** What lies in the folder, without what `--report` wrote there; and the names of what is no hand-in. */
async function handedEntries(
  root: string,
): Promise<{ readonly entries: readonly Entry[]; readonly strays: readonly string[] }> {
  const all = await entriesIn(root);
  const areReports = await Promise.all(all.map((entry) => isReport(root, entry)));
  const areStrays = await Promise.all(all.map((entry) => isStray(root, entry)));
  return {
    entries: all.filter((_, n) => !areReports[n] && !areStrays[n]),
    strays: all.filter((_, n) => areStrays[n]).map(({ name }) => name),
  };
}

/** Whether it is no student's; a hidden folder is one's if it holds what can be graded. */
async function isStray(root: string, entry: Entry): Promise<boolean> {
  const { name } = entry;
  if (isSystems(name)) return true;
  if (entry.isDirectory()) return isIgnored(name) && !(await holdsWork(join(root, name)));
  if (isIgnored(name)) return true;
  return !entry.isSymbolicLink() && kindOf(name) === undefined && isNobodys(name);
}

async function holdsWork(folder: string): Promise<boolean> {
  const entries = await entriesIn(folder).catch(() => []);
  return entries.some(({ name }) => !isIgnored(name) && kindOf(name) !== undefined);
}

/** Whether a folder holds a report's pages, and nothing else. */
async function isReport(root: string, entry: Entry): Promise<boolean> {
  if (!entry.isDirectory()) return false;
  const folder = join(root, entry.name);
  const inner = await visibleEntries(folder).catch(() => []);
  const names = inner.map(({ name }) => name).toSorted();
  if (names.join() !== "index.html,students") return false;
  const pages = await visibleEntries(join(folder, "students")).catch(() => undefined);
  return pages?.every(({ name }) => name.endsWith(".html")) === true;
}

/** The same hand-ins under names for people: two names that are no UTF-8 never become one. */
function inReadableNames(places: readonly HandInPlace[]): readonly HandInPlace[] {
  const students = readableNames(places.map(({ student }) => student));
  const assignments = readableNames(places.map(({ assignment }) => assignment));
  return places.map((place) => ({
    ...place,
    student: students.get(place.student)!,
    assignment: assignments.get(place.assignment)!,
    ...(place.remarks === undefined
      ? {}
      : {
          remarks: place.remarks.map(({ kind, file, text }) => ({
            ...{ kind, file: readableName(file), text: readableName(text) },
          })),
        }),
  }));
}

/** A student's folder and loose files of the same name are one hand-in. */
function inOne(
  root: string,
  folders: readonly HandInPlace[],
  loose: readonly HandInPlace[],
): readonly HandInPlace[] {
  const files = new Map(loose.map((place) => [place.student, place]));
  const whole = folders.map((place) => {
    const more = files.get(place.student);
    if (more === undefined) return place;
    files.delete(place.student);
    const own = place.only ?? [basename(place.folder)];
    return { ...more, folder: root, only: [...own, ...more.only!] };
  });
  return [...whole, ...files.values()];
}

function byStudent(left: HandInPlace, right: HandInPlace): number {
  return (
    left.student.localeCompare(right.student) || left.assignment.localeCompare(right.assignment)
  );
}
