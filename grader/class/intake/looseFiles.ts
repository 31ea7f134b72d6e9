/** The layout of loose files named by student: `ada.ipynb`, `ada_rnnForward.ts`, and Moodle's and Canvas' names. */
import { basename } from "node:path";
import type { Entry } from "./nameBytes.js";
import { type HandInPlace, kindOf } from "./place.js";
import { noteOn, type Remark } from "./remark.js";
import { isNobodys } from "./strays.js";
import { type Owner, ownerOfFile } from "./studentName.js";

/**
 * A hand-in for each student of whom there is a file, also of one that can't be graded: what lies there is said when it
 * is read. Where all names speak of exercises alone, the folder is one student's own.
 *
 * @param root - the graded folder
 * @param entries - what it holds
 * @param exercises - the ids of the exercises
 * @returns none where there are no such files
 */
export function looseFiles(
  root: string,
  entries: readonly Entry[],
  exercises: readonly string[],
): readonly HandInPlace[] {
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const gradable = files.filter((name) => kindOf(name) !== undefined);
  const others = entries.filter((entry) => isOther(entry)).map(({ name }) => name);
  if (gradable.length === 0 && !hasFolders(entries)) return [];
  const names = [...gradable, ...others];
  const owners = new Map(names.map((name) => [name, ownerOfFile(name, exercises)]));
  const assignment = basename(root);
  const isOwn = gradable.length > 0 && gradable.every((name) => owners.get(name) === undefined);
  if (isOwn && !hasFolders(entries)) {
    const note = noteOn("", "the files are named by exercise: taken for one student's own folder");
    return [{ student: assignment, assignment, folder: root, only: names, remarks: [note] }];
  }
  const sure = new Set(
    Array.from(owners.values(), (owner) => (owner?.isSure === true ? owner.student : undefined)),
  );
  const byStudent = new Map<
    string,
    { only: string[]; remarks: Remark[]; isMarkedLate?: boolean }
  >();
  for (const name of names) {
    const owner = owners.get(name);
    const student = owner === undefined ? name : nameAmong(owner, sure);
    const place = byStudent.get(student) ?? { only: [], remarks: [] };
    byStudent.set(student, place);
    place.only.push(name);
    if (owner === undefined)
      place.remarks.push(noteOn(name, "the name tells no student: whose is it?"));
    if (owner?.isDoubtful === true)
      place.remarks.push(
        noteOn(name, `taken for ${student}'s; if it is another person's, rename it`),
      );
    if (owner?.isLate === true) {
      place.remarks.push(noteOn(name, "handed in late, as Canvas says"));
      place.isMarkedLate = true;
    }
  }
  return Array.from(byStudent, ([student, place]) => ({
    ...{ student, assignment, folder: root },
    ...place,
  }));
}

/** Whether it can't be graded, but may be what a student handed in. */
function isOther(entry: Entry): boolean {
  if (entry.isDirectory() || entry.isSymbolicLink()) return false; // a linked folder is a student's
  return kindOf(entry.name) === undefined && !isNobodys(entry.name);
}

/** "ada_ps1" is ada's where another file is surely ada's. */
function nameAmong({ student, isSure }: Owner, sure: ReadonlySet<string | undefined>): string {
  if (isSure) return student;
  for (let at = student.lastIndexOf("_"); at > 0; at = student.lastIndexOf("_", at - 1)) {
    if (sure.has(student.slice(0, at))) return student.slice(0, at);
  }
  return student;
}

function hasFolders(entries: readonly Entry[]): boolean {
  return entries.some((entry) => entry.isDirectory());
}
