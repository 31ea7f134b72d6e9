/**
 * Finds the hand-ins of a class in a folder, in one of three layouts: an nbgrader tree, or else one
 * folder per student, or loose files named by student, or both.
 */
import { realpath, stat } from "node:fs/promises";
import { UnrolledError } from "../../../src/core/errors.js";
import { looseFiles } from "./looseFiles.js";
import { nbgraderTree, submittedFolder } from "./nbgraderTree.js";
import { type HandInPlace, visibleEntries } from "./place.js";
import { studentFolders } from "./studentFolders.js";
import { wordsOf } from "./systemWords.js";

/** The folder to grade can't be read, or holds no hand-in. */
export class IntakeError extends UnrolledError {
  override name = "IntakeError";
}

/**
 * Where the hand-ins lie, by student's name.
 *
 * @param folder - the folder to grade
 * @returns at least one place
 * @throws IntakeError when the folder can't be read or holds none
 */
export async function findHandIns(folder: string): Promise<readonly HandInPlace[]> {
  const root = await realFolder(folder);
  const entries = await visibleEntries(root);
  const submitted = await submittedFolder(root, entries);
  const places =
    submitted === undefined
      ? [...studentFolders(root, entries), ...looseFiles(root, entries)]
      : await nbgraderTree(submitted);
  if (places.length > 0) return places.toSorted(byStudent);
  const expected =
    submitted === undefined
      ? "a folder per student, an nbgrader tree (submitted/STUDENT/ASSIGNMENT/), or .ts and .ipynb files named by student"
      : "submitted/STUDENT/ASSIGNMENT/ with .ts or .ipynb files";
  throw new IntakeError(`grade: no hand-ins in ${folder}: expected ${expected}`);
}

async function realFolder(folder: string): Promise<string> {
  try {
    const root = await realpath(folder);
    if ((await stat(root)).isDirectory()) return root;
  } catch (error) {
    throw new IntakeError(`grade: ${folder} can't be read: ${wordsOf(error)}; name a folder`);
  }
  throw new IntakeError(`grade: ${folder} is no folder; name the folder that holds the hand-ins`);
}

function byStudent(left: HandInPlace, right: HandInPlace): number {
  return (
    left.student.localeCompare(right.student) || left.assignment.localeCompare(right.assignment)
  );
}
