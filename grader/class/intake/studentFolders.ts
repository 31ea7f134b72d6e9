/** The layout of one folder per student. */
import type { Dirent } from "node:fs";
import { basename, join } from "node:path";
import { type HandInPlace, isHandedName } from "./place.js";

/**
 * A hand-in for each folder, also for a linked one: that it is a link is said when it is read.
 *
 * @param root - the graded folder
 * @param entries - what it holds
 * @returns none where there are no folders
 */
export function studentFolders(root: string, entries: readonly Dirent[]): readonly HandInPlace[] {
  const folders = entries.filter((entry) => entry.isDirectory() || entry.isSymbolicLink());
  return folders
    .filter(({ name }) => !isHandedName(name))
    .map(({ name }) => ({ student: name, assignment: basename(root), folder: join(root, name) }));
}
