/** The layout of an nbgrader tree: `submitted/<student>/<assignment>/`. */
import { basename, join } from "node:path";
import { entriesIn, type Entry } from "./nameBytes.js";
import { type HandInPlace, isIgnored, kindOf, visibleEntries } from "./place.js";
import { noteOn, problemWith } from "./remark.js";
import { isNobodys, isSystems, listed } from "./strays.js";
import { stemOf } from "./studentName.js";

/**
 * The folder `submitted` of an nbgrader tree: in the graded folder, or that folder itself.
 *
 * @param root - the graded folder
 * @param entries - what it holds
 * @returns its path; undefined where the folder is no such tree
 * @throws what the system says against reading it
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

/** What an nbgrader tree holds. */
export interface Tree {
  readonly places: readonly HandInPlace[];
  /** What lies in it and is nobody's, its paths relative to it. */
  readonly strays: readonly string[];
}

/**
 * A hand-in for each assignment of each student. What lies beside an assignment's folder counts where it can be only
 * one assignment's; else its student has a row for each that says what lies there.
 *
 * @param submitted - the folder `submitted`
 * @returns no places where no student has a folder in it
 * @throws what the system says against reading it
 */
export async function nbgraderTree(submitted: string): Promise<Tree> {
  const places: HandInPlace[] = [];
  const strays: string[] = [];
  const misplaced: Misplaced[] = [];
  for (const entry of await entriesIn(submitted)) {
    const { name } = entry;
    if (!entry.isDirectory()) {
      if (isIgnored(name) || isNobodys(name)) strays.push(name);
      else if (entry.isSymbolicLink() && kindOf(name) === undefined)
        strays.push(`${name} (a link)`);
      else misplaced.push({ student: stemOf(name), folder: submitted, names: [name], isIn: "" });
      continue;
    }
    if (isIgnored(name) || isSystems(name)) {
      strays.push(name);
      continue;
    }
    const folder = join(submitted, name);
    const inner = await entriesIn(folder).catch(() => undefined);
    const own = inner?.filter((one) => !isIgnored(one.name) && !isSystems(one.name)) ?? [];
    const isAssignment = (one: Entry): boolean =>
      one.isDirectory() || (one.isSymbolicLink() && kindOf(one.name) === undefined);
    for (const { name: assignment } of own.filter(isAssignment)) {
      const place = join(folder, assignment);
      places.push({
        ...{ student: name, assignment, folder: place },
        timestamp: join(place, "timestamp.txt"),
      });
    }
    const files = own.filter((one) => !isAssignment(one)).map((one) => one.name);
    const names = files.filter((file) => kindOf(file) !== undefined || !isNobodys(file));
    strays.push(...files.filter((file) => !names.includes(file)).map((file) => join(name, file)));
    if (names.length > 0 || !own.some(isAssignment))
      misplaced.push({ student: name, folder, names, isIn: name });
  }
  const assignments = new Set(places.map(({ assignment }) => assignment));
  const students = new Set(places.map(({ student }) => student));
  const has = new Set(places.map(({ student, assignment }) => join(student, assignment)));
  for (const one of misplaced) {
    const { student, names } = one;
    const used = new Set<string>();
    for (const assignment of assignments) {
      const named = names.filter((name) => stemOf(name) === assignment);
      const only = named.length > 0 ? named : assignments.size === 1 ? names : [];
      if (has.has(join(student, assignment))) continue;
      if (named.length === 0 && students.has(student)) continue;
      has.add(join(student, assignment));
      places.push(placeOf(one, assignment, only));
      for (const name of named.length > 0 ? named : names) used.add(name);
    }
    strays.push(...names.filter((name) => !used.has(name)).map((name) => join(one.isIn, name)));
  }
  return { places, strays };
}

/** A student's files that lie in no assignment's folder. */
interface Misplaced {
  readonly student: string;
  readonly folder: string;
  readonly names: readonly string[];
  /** The folder, relative to the tree. */
  readonly isIn: string;
}

/** A hand-in of what lies in the wrong place. */
function placeOf(
  { student, folder, names }: Misplaced,
  assignment: string,
  only: readonly string[],
): HandInPlace {
  const should = `submitted/${student.slice(0, SHOWN)}/${assignment.slice(0, SHOWN)}/`;
  const remark =
    only.length > 0
      ? noteOn("", `${listed(only)} lies outside the assignment's folder: expected in ${should}`)
      : problemWith(
          "",
          names.length === 0
            ? `nothing was handed in: expected files in ${should}`
            : `${listed(names)} lies outside the assignments' folders: expected in ${should}; put it there`,
        );
  return { student, assignment, folder, only, remarks: [remark] };
}

/** So much of a name is said. */
const SHOWN = 80;

/** Whether the first student's folder holds folders, as in a tree, or files. */
async function hasAssignments(root: string, students: readonly Entry[]): Promise<boolean> {
  const first = students.find((entry) => entry.isDirectory());
  if (first === undefined) return false;
  return (await visibleEntries(join(root, first.name))).some((entry) => entry.isDirectory());
}
