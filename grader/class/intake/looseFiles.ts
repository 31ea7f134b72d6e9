/** The layout of loose files named by student: `ada.ipynb`, `ada_rnnForward.ts`. */
import type { Dirent } from "node:fs";
import { basename, extname } from "node:path";
import { type HandInPlace, isHandedName } from "./place.js";

/**
 * A hand-in for each student of whom there is a file: the name up to the first "_".
 *
 * @param root - the graded folder
 * @param entries - what it holds
 * @returns none where there are no such files
 */
export function looseFiles(root: string, entries: readonly Dirent[]): readonly HandInPlace[] {
  const byStudent = new Map<string, string[]>();
  for (const { name } of entries.filter((entry) => !entry.isDirectory())) {
    if (!isHandedName(name)) continue;
    const student = basename(name, extname(name)).split("_")[0]!;
    byStudent.set(student, [...(byStudent.get(student) ?? []), name]);
  }
  return Array.from(byStudent, ([student, loose]) => ({
    ...{ student, assignment: basename(root), folder: root, loose },
  }));
}
