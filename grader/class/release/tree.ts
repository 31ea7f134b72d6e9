/** nbgrader's course tree for an assignment: which files, and writing them without losing anybody's work. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "#common/write-whole";
import { notebookText } from "../../notebook/lessonCells.js";
import { CourseError } from "../course/checkedYaml.js";
import type { Assignment } from "../course/courseFile.js";
import { notebooksOf, STUB } from "./notebooks.js";

/** A file of the tree. */
export interface TreeFile {
  /** From the tree's folder: "release/ps1/oneHot.ipynb". */
  readonly path: string;
  readonly text: string;
}

/** nbgrader's own settings, in the tree's folder. */
export const CONFIG = "nbgrader_config.py";

/** What generate_assignment needs to know of TypeScript: it stops at a language without a stub. */
const CONFIG_LINE = `c.ClearSolutions.code_stub = {"typescript": "${STUB}", "python": "# YOUR CODE HERE\\nraise NotImplementedError()"}`;

const CONFIG_TEXT = `# What nbgrader generate_assignment puts where a solution stood. Written by: npx unrolled release
c = get_config()
${CONFIG_LINE}
`;

/**
 * The notebooks of an assignment in nbgrader's tree.
 *
 * @param assignment - of a course
 * @returns the instructor's under source/, the students' under release/
 * @throws CourseError where its name can't be a folder's
 */
export function treeOf(assignment: Assignment): readonly TreeFile[] {
  const folder = folderName(assignment.name);
  return notebooksOf(assignment).flatMap(({ name, source, release }) => [
    { path: `source/${folder}/${name}`, text: notebookText(source) },
    { path: `release/${folder}/${name}`, text: notebookText(release) },
  ]);
}

/** As nbgrader takes it, and as no file system reads it otherwise. */
function folderName(name: string): string {
  if (/^[\p{L}\p{N}_](?:[\p{L}\p{N} _.-]*[\p{L}\p{N}_-])?$/u.test(name)) return name;
  throw new CourseError(
    `release: the assignment ${JSON.stringify(name)} can't be a folder: expected letters, digits, spaces and _ . - within; rename it in course.yaml`,
  );
}

/**
 * Writes the tree. Where one notebook is refused, none is written.
 *
 * @param folder - the tree's, made where it is not there
 * @param files - its notebooks
 * @param isForced - whether notebooks that differ are written over; nbgrader's settings never are
 * @returns what an instructor has to look at, a line each
 * @throws CourseError where a notebook is there already and differs
 */
export function writeTree(
  folder: string,
  files: readonly TreeFile[],
  isForced: boolean,
): readonly string[] {
  const others = files.filter(({ path, text }) => (textIn(join(folder, path)) ?? text) !== text);
  if (others.length > 0 && !isForced) {
    throw new CourseError(
      `release: ${others.map(({ path }) => join(folder, path)).join(", ")}: expected no file, or the same: somebody has changed it, or the pack or the course has; keep a copy of what you wrote, then give --force, or name another folder with --to`,
    );
  }
  for (const { path, text } of files) writeWhole(join(folder, path), text);
  return [...configWords(join(folder, CONFIG)), ...strayWords(folder, files)];
}

function configWords(file: string): readonly string[] {
  const text = textIn(file);
  if (text === undefined) writeWhole(file, CONFIG_TEXT);
  return text === undefined || text.includes('"typescript"')
    ? []
    : [
        `${file} is yours and stays as it is; nbgrader generate_assignment needs in it: ${CONFIG_LINE}`,
      ];
}

/** What an earlier release left: nbgrader would hand it out too. */
function strayWords(folder: string, files: readonly TreeFile[]): readonly string[] {
  const own = new Set(files.map(({ path }) => join(folder, path)));
  const folders = new Set(files.map(({ path }) => join(folder, path, "..")));
  return Array.from(folders)
    .flatMap((one) => readdirSync(one).map((name) => join(one, name)))
    .filter((path) => path.endsWith(".ipynb") && !own.has(path))
    .map(
      (path) => `${path} is none of the assignment's notebooks; nbgrader hands it out all the same`,
    );
}

function textIn(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
