/** The layout of one folder per student. */
import { basename, join } from "node:path";
import type { Entry } from "./nameBytes.js";
import { type HandInPlace, kindOf } from "./place.js";
import { ownerOfFolder } from "./studentName.js";

/**
 * What GitHub Classroom puts before each student's name: the assignment's, where all folders begin with it and the
 * graded folder is called so, or "…-submissions", as `gh classroom clone` calls it.
 */
function classroomPrefix(root: string, names: readonly string[]): string {
  const prefix = `${basename(root).replace(/-submissions$/, "")}-`;
  return names.every((name) => name.startsWith(prefix) && name !== prefix) ? prefix : "";
}

/**
 * A hand-in for each folder, also for a linked one: that it is a link is said when it is read.
 *
 * @param root - the graded folder
 * @param entries - what it holds
 * @returns none where there are no folders; folders of one student (Moodle's files and texts) are one hand-in
 */
export function studentFolders(root: string, entries: readonly Entry[]): readonly HandInPlace[] {
  const folders = entries.filter(
    (entry) => entry.isDirectory() || (entry.isSymbolicLink() && kindOf(entry.name) === undefined),
  );
  const byStudent = new Map<string, string[]>();
  const prefix = classroomPrefix(
    root,
    folders.map(({ name }) => name),
  );
  for (const { name } of folders) {
    const { student } = ownerOfFolder(name.slice(prefix.length));
    byStudent.set(student, [...(byStudent.get(student) ?? []), name]);
  }
  const assignment = basename(root);
  return Array.from(byStudent, ([student, names]) =>
    names.length === 1
      ? { student, assignment, folder: join(root, names[0]!) }
      : { student, assignment, folder: root, only: names },
  );
}
