/**
 * Reads a hand-in's files without trusting one of them.
 *
 * A file counts only if it is a plain file that lies, links resolved, where its path says; it is
 * opened once (without following a link, without waiting on a pipe) and what is read is what
 * was checked. What does not count is reported as that student's problem.
 */
import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type HandInPlace, isHandedName, visibleEntries } from "./place.js";
import { problemWith, type Remark } from "./remark.js";
import { wordsOf } from "./systemWords.js";

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

/**
 * Reads a hand-in; whatever is wrong with it becomes a remark.
 *
 * @param place - where it lies
 * @returns its files in the order of their paths, and the remarks
 */
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
