/**
 * Reads a hand-in's files without trusting one of them.
 *
 * A file counts only if it is a plain file that lies, links resolved, where its path says; it is
 * opened once (without following a link, without waiting on a pipe) and what is read is what
 * was checked. What does not count is reported as that student's problem.
 */
import { basename, join, relative, sep } from "node:path";
import { unpack } from "./archive.js";
import { entriesIn, readableName, readableNames, realPath } from "./nameBytes.js";
import { nbgraderTime, unreadTime } from "./nbgraderTime.js";
import { isCodeItself, isNotebook, withoutFences } from "./otherText.js";
import { asTypeScript, type HandInPlace, isIgnored, kindOf, visibleEntries } from "./place.js";
import { readPlainFile } from "./plainFile.js";
import { noteOn, problemWith, type Remark } from "./remark.js";
import { wordsOf } from "./systemWords.js";
import { textOf } from "./text.js";

/** The largest TypeScript file that is read, in bytes, and the largest notebook or archive: most of one is pictures. */
export const MAX_SOURCE_BYTES = 256 * 1024;
export const MAX_NOTEBOOK_BYTES = 32 * 2 ** 20;
/** Bounds on one hand-in. */
export const MAX_FILES = 200;
const MAX_TOTAL_BYTES = 96 * 2 ** 20;
const MAX_DEPTH = 16;

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
  /** When it came, as nbgrader says: ISO 8601, UTC. */
  readonly handedInAt?: string;
}

/**
 * Reads a hand-in; whatever is wrong with it becomes a remark.
 *
 * @param place - where it lies
 * @returns its files in the order of their paths, and the remarks
 */
export async function readHandIn(place: HandInPlace): Promise<HandIn> {
  const { student, assignment, folder } = place;
  const remarks: Remark[] = [...(place.remarks ?? [])];
  const files: HandedFile[] = [];
  let handedInAt: string | undefined;
  try {
    const real = realPath(folder);
    if (real !== folder) {
      remarks.push(problemWith("", "the folder is a link; hand in the folder itself"));
      return { student, assignment, files, remarks };
    }
    if (place.timestamp !== undefined) {
      const time = nbgraderTime(place.timestamp);
      if (typeof time === "string") handedInAt = time;
      else if (time !== undefined)
        remarks.push(unreadTime(basename(place.timestamp), time.refusal));
    }
    const entries: Found = { paths: [], others: [] };
    await findIn(folder, folder, 0, { entries, remarks, only: place.only });
    const { paths } = entries;
    if (paths.length > MAX_FILES) {
      remarks.push(problemWith("", `${paths.length} files; the first ${MAX_FILES} were read`));
    }
    let left = MAX_TOTAL_BYTES;
    for (const path of paths.slice(0, MAX_FILES)) {
      const read = await readHandedFile(folder, path, left);
      remarks.push(...read.remarks);
      files.push(...read.files.slice(0, Math.max(0, MAX_FILES - files.length)));
      left -= read.size;
    }
    if (files.length === 0 && !remarks.some(({ kind }) => kind === "problem")) {
      if (place.only === undefined)
        entries.others.push(...(await entriesIn(folder)).map(({ name }) => name).filter(isIgnored));
      remarks.push(problemWith("", `no .ts or .ipynb file was handed in${whatLies(entries)}`));
    }
  } catch (error) {
    remarks.push(problemWith("", `can't be read: ${wordsOf(error)}`));
  }
  return {
    ...{ student, assignment, ...inReadableNames(files, remarks) },
    ...(handedInAt === undefined ? {} : { handedInAt }),
  };
}

/** What was read, under names for people: no half of a pair leaves the intake. */
function inReadableNames(
  files: readonly HandedFile[],
  remarks: readonly Remark[],
): Pick<HandIn, "files" | "remarks"> {
  const paths = readableNames([
    ...files.map(({ path }) => path),
    ...remarks.map(({ file }) => file),
  ]);
  const readable = remarks.map(({ kind, file, text }) => ({
    ...{ kind, file: paths.get(file)!, text: readableName(text) },
  }));
  const shown = files.map(({ path, text }) => ({ path: paths.get(path)!, text }));
  return { files: withoutDoubles(shown, readable), remarks: readable };
}

/** What a folder holds: what may count, and the names of the rest. */
interface Found {
  readonly paths: string[];
  readonly others: string[];
}

/** "; there are: a.pdf, b.tar.gz", with what helps. */
function whatLies({ others }: Found): string {
  if (others.length === 0) return ": the folder is empty";
  const named = others.slice(0, NAMED).join(", ");
  const more = others.length > NAMED ? `, and ${others.length - NAMED} more` : "";
  const packed = others.some((name) => /\.(gz|rar|7z|bz2|xz|zst)$/i.test(name));
  const remedy = packed
    ? "unpack it, or pack it as .zip or .tar.gz, and hand it in again"
    : "hand in the notebook or the .ts files themselves";
  return `; what lies there: ${named}${more}; ${remedy}`;
}

/** So many files are named that can't be graded. */
const NAMED = 5;

/** A compiled `a.js` beside its `a.ts` is not looked at. */
function withoutDoubles(files: readonly HandedFile[], remarks: Remark[]): readonly HandedFile[] {
  const sources = new Set(
    files.filter(({ path }) => /\.[cm]?tsx?$/.test(path)).map(({ path }) => path),
  );
  return files.filter(({ path }) => {
    const meant = asTypeScript(path);
    if (kindOf(path) !== "source" || meant === path) return true;
    if (sources.has(meant)) return false;
    remarks.push(noteOn(path, `it was read as ${basename(meant)}`));
    return true;
  });
}

/** Where the search for files writes what it finds. */
interface Search {
  readonly entries: Found;
  readonly remarks: Remark[];
  /** Of the uppermost folder only these count. */
  readonly only: readonly string[] | undefined;
}

/** Finds the files that may count, in order; links and other oddities become remarks. */
async function findIn(root: string, folder: string, depth: number, search: Search): Promise<void> {
  const { entries: found, remarks, only } = search;
  const entries = await visibleEntries(folder);
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name, "en"))) {
    if (depth === 0 && only !== undefined && !only.includes(entry.name)) continue;
    const path = relative(root, join(folder, entry.name)).split(sep).join("/");
    if (entry.isDirectory()) {
      if (depth < MAX_DEPTH) await findIn(root, join(folder, entry.name), depth + 1, search);
      else remarks.push(problemWith(path, "nested too deep; its files were not read"));
    } else if (kindOf(entry.name.trimEnd()) !== undefined) {
      found.paths.push(path);
    } else if (entry.isFile()) {
      found.others.push(path);
    } else {
      remarks.push(problemWith(path, "a link or a special file; hand in the file itself"));
    }
  }
}

/** What reading one file gave. */
interface ReadFile {
  readonly files: readonly HandedFile[];
  readonly remarks: readonly Remark[];
  /** In bytes. */
  readonly size: number;
}

/** The file's text, an archive's files, or why it does not count. */
async function readHandedFile(root: string, path: string, left: number): Promise<ReadFile> {
  const file = join(root, path);
  const named = path.trimEnd(); // a blank at a name's end is nobody's intention
  const refused = (text: string): ReadFile => ({
    ...{ files: [], size: 0 },
    remarks: [problemWith(path, text)],
  });
  const limit = kindOf(named) === "source" ? MAX_SOURCE_BYTES : MAX_NOTEBOOK_BYTES;
  try {
    const plain = readPlainFile(file, (size) => {
      if (size > limit) return `${size} bytes; the limit is ${limit}: clear the outputs`;
      return size > left ? "the hand-in is too large altogether: hand in less" : undefined;
    });
    if ("refusal" in plain) return refused(plain.refusal);
    const { bytes } = plain;
    if (kindOf(named) === "archive" || isZip(bytes)) {
      const { files, remarks } = await unpacked(named, bytes, left);
      const note = noteOn(named, "a zip archive; it was unpacked: call it .zip");
      const notes = kindOf(named) === "archive" ? [] : [note];
      return { files, remarks: [...notes, ...remarks], size: bytes.length };
    }
    return { ...read(named, bytes), size: bytes.length };
  } catch (error) {
    return refused(`can't be read: ${wordsOf(error)}`);
  }
}

/** How a zip begins, whatever its name. */
function isZip(bytes: Uint8Array): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((byte, n) => bytes[n] === byte);
}

function read(path: string, bytes: Uint8Array): Omit<ReadFile, "size"> {
  const { text, note } = textOf(bytes);
  const remarks = note === undefined ? [] : [noteOn(path, note)];
  if (kindOf(path) !== "source") {
    if (!isCodeItself(text)) return { files: [{ path, text }], remarks };
    remarks.push(noteOn(path, "TypeScript, not a notebook; it was read as a .ts file: call it so"));
    return { files: [{ path: `${path}.ts`, text }], remarks };
  }
  if (isNotebook(text)) {
    remarks.push(noteOn(path, "a notebook; it was read as one"));
    return { files: [{ path: `${path}.ipynb`, text }], remarks };
  }
  const code = withoutFences(text);
  if (code === undefined) return { files: [{ path, text }], remarks };
  remarks.push(noteOn(path, code.words));
  return { files: [{ path, text: code.text }], remarks };
}

/** An archive's files, each under the archive's path. */
async function unpacked(
  path: string,
  bytes: Buffer,
  left: number,
): Promise<Omit<ReadFile, "size">> {
  const { entries, problems } = await unpack(bytes, {
    bytes: left,
    files: MAX_FILES,
    sizeOf: (name) => (kindOf(name) === "source" ? MAX_SOURCE_BYTES : MAX_NOTEBOOK_BYTES),
  });
  const all = entries.map(({ name, bytes: inner }) => read(`${path}/${name}`, inner));
  return {
    files: all.flatMap(({ files }) => files),
    remarks: [
      ...problems.map((text) => problemWith(path, text)),
      ...all.flatMap(({ remarks }) => remarks),
    ],
  };
}
