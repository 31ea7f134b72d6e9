/** The layout of an nbgrader tree: `submitted/<student>/<assignment>/`. */
import { basename, join } from "node:path";
import type { Entry } from "./nameBytes.js";
import { type HandInPlace, visibleEntries } from "./place.js";

/**
 * The folder `submitted` of an nbgrader tree: in the graded folder, or that folder itself.
 *
 * @param root - the graded folder
 * @param entries - what it holds
 * @returns its path; undefined where the folder is no such tree
 */
export async function submittedFolder(
  root: string,
  entries: readonly Entry[],
): Promise<string | undefined> {
  const folders = entries.filter((entry) => entry.isDirectory());
  // A student may be called "submitted": then other students' folders lie beside it.
  if (
    folders.some(({ name }) => name === "submitted") &&
    folders.every(({ name }) => NBGRADERS.has(name))
  ) {
    return join(root, "submitted");
  }
  return basename(root) === "submitted" && (await hasAssignments(root, entries)) ? root : undefined;
}

/** The folders of an nbgrader course. */
const NBGRADERS: ReadonlySet<string> = new Set(
  "source release submitted autograded feedback exchange downloaded".split(" "),
);

/**
 * A hand-in for each assignment of each student.
 *
 * @param submitted - the folder `submitted`
 * @returns none where no student has a folder in it
 */
export async function nbgraderTree(submitted: string): Promise<readonly HandInPlace[]> {
  const places: HandInPlace[] = [];
  for (const student of await visibleEntries(submitted)) {
    if (!student.isDirectory()) continue;
    for (const assignment of await visibleEntries(join(submitted, student.name))) {
      const folder = join(submitted, student.name, assignment.name);
      if (assignment.isDirectory() || assignment.isSymbolicLink()) {
        places.push({
          ...{ student: student.name, assignment: assignment.name, folder },
          timestamp: join(folder, "timestamp.txt"),
        });
      }
    }
  }
  return places;
}

/** Whether the first student's folder holds folders, as in a tree, or files. */
async function hasAssignments(root: string, students: readonly Entry[]): Promise<boolean> {
  const first = students.find((entry) => entry.isDirectory());
  if (first === undefined) return false;
  return (await visibleEntries(join(root, first.name))).some((entry) => entry.isDirectory());
}
