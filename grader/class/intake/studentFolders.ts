/** The layout of one folder per student. */
import type { Dirent } from "node:fs";
import { basename, join } from "node:path";
import { type HandInPlace, kindOf } from "./place.js";
import { ownerOfFolder } from "./studentName.js";

/**
 * A hand-in for each folder, also for a linked one: that it is a link is said when it is read.
 *
 * @param root - the graded folder
 * @param entries - what it holds
 * @returns none where there are no folders; folders of one student (Moodle's files and texts) are one hand-in
 */
export function studentFolders(root: string, entries: readonly Dirent[]): readonly HandInPlace[] {
  const folders = entries.filter(
    (entry) => entry.isDirectory() || (entry.isSymbolicLink() && kindOf(entry.name) === undefined),
  );
  const byStudent = new Map<string, string[]>();
  for (const { name } of folders) {
    const { student } = ownerOfFolder(name);
    byStudent.set(student, [...(byStudent.get(student) ?? []), name]);
  }
  const assignment = basename(root);
  return Array.from(byStudent, ([student, names]) =>
    names.length === 1
      ? { student, assignment, folder: join(root, names[0]!) }
      : { student, assignment, folder: root, only: names },
  );
}
