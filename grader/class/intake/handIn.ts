/**
 * Finds the hand-ins of a class in a folder, and reads their files without trusting one of them.
 *
 * Three layouts: one folder per student; an nbgrader tree (`submitted/<student>/<assignment>/`,
 * or the folder `submitted` itself); or loose files named by student (`ada.ipynb`,
 * `ada_rnnForward.ts`: the name up to the first "_").
 *
 * A file counts only if it is a plain file that lies, links resolved, where its path says; it is
 * opened once (without following a link, without waiting on a pipe) and what is read is what
 * was checked. What does not count is reported as that student's problem.
 */
import { constants, type Dirent } from "node:fs";
import { type FileHandle, open, readdir, realpath, stat } from "node:fs/promises";
import { basename, extname, join, relative, sep } from "node:path";
import { UnrolledError } from "../../../src/core/errors.js";
import { problemWith, type Remark } from "./remark.js";

/** The largest TypeScript file and the largest notebook that are read, in bytes. */
export const MAX_SOURCE_BYTES = 256 * 1024;
export const MAX_NOTEBOOK_BYTES = 8 * 2 ** 20;
/** Bounds on one hand-in. */
export const MAX_FILES = 200;
const MAX_DEPTH = 4;

/** One file of a hand-in, read. */
export interface HandedFile {
  /** Relative to the hand-in, with "/". */
  readonly path: string;
  readonly text: string;
}

/** What one student handed in. */
export interface HandIn {
  readonly student: string;
  /** Set by an nbgrader tree; otherwise the graded folder's name. */
  readonly assignment: string;
  readonly files: readonly HandedFile[];
  readonly remarks: readonly Remark[];
}

/** Where a hand-in lies, before anything of it is read. */
export interface HandInPlace {
  readonly student: string;
  readonly assignment: string;
  /** The hand-in's folder; its files' paths are relative to it. */
  readonly folder: string;
  /** The files, for loose ones; otherwise all that the folder holds. */
  readonly loose?: readonly string[];
}

/** The folder to grade can't be read, or holds no hand-in. */
export class IntakeError extends UnrolledError {
  override name = "IntakeError";
}

/** Names that are no hand-in and no part of one. */
const IGNORED = /^(\..*|__pycache__|node_modules|__MACOSX)$/;

/**
 * Where the hand-ins lie, by student's name.
 *
 * @throws IntakeError when the folder can't be read or holds none
 */
export async function findHandIns(folder: string): Promise<readonly HandInPlace[]> {
  const root = await realFolder(folder);
  const entries = await visibleEntries(root);
  const submitted = entries.find((entry) => entry.isDirectory() && entry.name === "submitted");
  if (submitted !== undefined) return await inNbgraderTree(join(root, "submitted"), folder);
  if (basename(root) === "submitted" && (await looksLikeNbgrader(root, entries))) {
    return await inNbgraderTree(root, folder);
  }
  const assignment = basename(root);
  const places: HandInPlace[] = entries
    .filter((entry) => !isHandedName(entry.name) && (entry.isDirectory() || entry.isSymbolicLink()))
    .map((entry) => ({ student: entry.name, assignment, folder: join(root, entry.name) }));
  const loose = new Map<string, string[]>();
  for (const { name } of entries.filter((entry) => !entry.isDirectory())) {
    if (!isHandedName(name)) continue;
    const student = basename(name, extname(name)).split("_")[0]!;
    loose.set(student, [...(loose.get(student) ?? []), name]);
  }
  for (const [student, files] of loose) {
    places.push({ student, assignment, folder: root, loose: files });
  }
  if (places.length === 0) {
    throw new IntakeError(
      `grade: no hand-ins in ${folder}: expected a folder per student, an nbgrader tree (submitted/STUDENT/ASSIGNMENT/), or .ts and .ipynb files named by student`,
    );
  }
  return places.sort(byStudent);
}

/** Reads a hand-in; whatever is wrong with it becomes a remark. */
export async function readHandIn(place: HandInPlace): Promise<HandIn> {
  const { student, assignment, folder } = place;
  const remarks: Remark[] = [];
  const files: HandedFile[] = [];
  try {
    const real = await realpath(folder);
    if (real !== folder) {
      remarks.push(problemWith("", "the folder is a link; hand in the folder itself"));
      return { student, assignment, files, remarks };
    }
    const paths = place.loose ?? (await pathsIn(folder, folder, 0, remarks));
    if (paths.length > MAX_FILES) {
      remarks.push(problemWith("", `${paths.length} files; the first ${MAX_FILES} were read`));
    }
    for (const path of paths.slice(0, MAX_FILES)) {
      const read = await readHandedFile(folder, path);
      if ("kind" in read) remarks.push(read);
      else files.push(read);
    }
  } catch (error) {
    remarks.push(problemWith("", `can't be read: ${wordsOf(error)}`));
  }
  if (files.length === 0 && remarks.length === 0) {
    remarks.push(problemWith("", "no .ts or .ipynb file was handed in"));
  }
  return { student, assignment, files, remarks };
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

async function visibleEntries(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(({ name }) => !IGNORED.test(name));
}

async function looksLikeNbgrader(root: string, students: readonly Dirent[]): Promise<boolean> {
  for (const student of students) {
    if (!student.isDirectory()) continue;
    const inner = await visibleEntries(join(root, student.name));
    return inner.some((entry) => entry.isDirectory());
  }
  return false;
}

async function inNbgraderTree(root: string, named: string): Promise<readonly HandInPlace[]> {
  const places: HandInPlace[] = [];
  for (const student of await visibleEntries(root)) {
    if (!student.isDirectory()) continue;
    for (const assignment of await visibleEntries(join(root, student.name))) {
      const folder = join(root, student.name, assignment.name);
      if (assignment.isDirectory() || assignment.isSymbolicLink()) {
        places.push({ student: student.name, assignment: assignment.name, folder });
      }
    }
  }
  if (places.length === 0) {
    throw new IntakeError(
      `grade: no hand-ins in ${named}: expected submitted/STUDENT/ASSIGNMENT/ with .ts or .ipynb files`,
    );
  }
  return places.sort(byStudent);
}

function byStudent(left: HandInPlace, right: HandInPlace): number {
  return (
    left.student.localeCompare(right.student) || left.assignment.localeCompare(right.assignment)
  );
}

function isHandedName(name: string): boolean {
  return /\.(ts|ipynb)$/.test(name) && !name.endsWith(".d.ts");
}

/** The paths of the files that may count, in order; links and other oddities become remarks. */
async function pathsIn(
  root: string,
  folder: string,
  depth: number,
  remarks: Remark[],
): Promise<string[]> {
  const paths: string[] = [];
  const entries = await visibleEntries(folder);
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name, "en"))) {
    const path = relative(root, join(folder, entry.name)).split(sep).join("/");
    if (entry.isDirectory()) {
      if (depth < MAX_DEPTH) {
        paths.push(...(await pathsIn(root, join(folder, entry.name), depth + 1, remarks)));
      } else {
        remarks.push(problemWith(path, "nested too deep; its files were not read"));
      }
    } else if (entry.isFile() || isHandedName(entry.name)) {
      if (isHandedName(entry.name)) paths.push(path);
    } else {
      remarks.push(problemWith(path, "a link or a special file; hand in the file itself"));
    }
  }
  return paths;
}

/** The file's text, or why it does not count. */
async function readHandedFile(root: string, path: string): Promise<HandedFile | Remark> {
  const file = join(root, path);
  const limit = path.endsWith(".ipynb") ? MAX_NOTEBOOK_BYTES : MAX_SOURCE_BYTES;
  let handle: FileHandle | undefined;
  try {
    if ((await realpath(file)) !== file) {
      return problemWith(path, "a link, or in a linked folder; hand in the file itself");
    }
    // O_NONBLOCK: opening a pipe that nobody writes to must not wait.
    handle = await open(
      file,
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY,
    );
    const about = await handle.stat();
    if (!about.isFile()) return problemWith(path, "no plain file; hand in the file itself");
    if (about.nlink > 1) {
      return problemWith(path, "a hard link to a file that is elsewhere too; hand in a copy");
    }
    if (about.size > limit) {
      return problemWith(path, `${about.size} bytes; the limit is ${limit}: clear the outputs`);
    }
    const bytes = await readUpTo(handle, about.size);
    return { path, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return problemWith(path, "not text in UTF-8; save it as UTF-8");
    return problemWith(path, `can't be read: ${wordsOf(error)}`);
  } finally {
    await handle?.close();
  }
}

/** The first `limit` bytes; a file that grows while it is read is cut there. */
async function readUpTo(handle: FileHandle, limit: number): Promise<Buffer> {
  const buffer = Buffer.alloc(limit);
  let have = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, have, limit - have, have);
    have += bytesRead;
    if (bytesRead === 0 || have === limit) return buffer.subarray(0, have);
  }
}

function wordsOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const words: Readonly<Record<string, string>> = {
    ENOENT: "it does not exist",
    EACCES: "no permission",
    ELOOP: "a link",
    ENXIO: "a pipe or a socket",
    ENOTDIR: "a part of its path is no folder",
  };
  return words[String(code)] ?? String(message);
}
