/** Where a hand-in lies, and which names in a folder may belong to one. */
import { entriesIn, type Entry } from "./nameBytes.js";
import type { Remark } from "./remark.js";

/** Gets a line for the instructor. */
export type Tell = (line: string) => void;

/** Where a hand-in lies, before anything of it is read. */
export interface HandInPlace {
  readonly student: string;
  /** Set by an nbgrader tree; otherwise the graded folder's name. */
  readonly assignment: string;
  /** The hand-in's folder, its names as nameBytes.ts has them, as those below; its files' paths are relative to it. */
  readonly folder: string;
  /** The files and folders in it that are this student's; all that it holds when left out. */
  readonly only?: readonly string[];
  /** Where nbgrader wrote when it was handed in. */
  readonly timestamp?: string;
  /** The platform's name for it says that it came late, though not when. */
  readonly isMarkedLate?: boolean;
  /** What is known about it before it is read. */
  readonly remarks?: readonly Remark[];
}

/** The endings of archives. */
export const ARCHIVE = /\.(zip|tar|tar\.gz|tgz)$/i;

/** Names that are no hand-in and no part of one. */
const IGNORED = /^(\..*|__pycache__|node_modules|__MACOSX)$/;

/**
 * What a folder holds, but for what no student writes.
 *
 * @param folder - its path
 * @returns in the system's order, links unresolved
 * @throws what the system says against reading it
 */
export async function visibleEntries(folder: string): Promise<Entry[]> {
  const entries = await entriesIn(folder);
  return entries.filter(({ name }) => !isIgnored(name));
}

/**
 * Whether a file or folder of this name is no student's work: hidden, or made by a program.
 *
 * @param name - without its folder
 * @returns true for such as ".git", "node_modules" and "__MACOSX"
 */
export function isIgnored(name: string): boolean {
  return IGNORED.test(name);
}

/** What a file is read as. */
export type FileKind = "source" | "notebook" | "archive";

/**
 * What a file of this name is read as; what was probably meant counts (`a.TS`, `a.ipynb.txt`, `a.js`).
 *
 * @param name - a file's name, or its path
 * @returns undefined for what can't be graded, declarations among it
 */
export function kindOf(name: string): FileKind | undefined {
  if (/\.ipynb(\.(txt|json))?$/i.test(name)) return "notebook";
  if (/\.d\.[cm]?ts$/i.test(name)) return undefined;
  if (/\.([cm]?[jt]s|[jt]sx)(\.txt)?$/i.test(name)) return "source";
  return ARCHIVE.test(name) ? "archive" : undefined;
}

/**
 * A source's path with the ending that it has in the box: `a.TS`, `a.js` and `a.ts.txt` are `a.ts`.
 *
 * @param path - of the kind "source"
 * @returns the same path with another ending
 */
export function asTypeScript(path: string): string {
  return path
    .replace(/\.txt$/i, "")
    .replace(/\.([cm]?)[jt]s(x?)$/i, (_, module: string, x: string) => {
      return `.${module.toLowerCase()}ts${x.toLowerCase()}`;
    });
}

/**
 * A name without what a browser or a system adds to a second copy.
 *
 * @param stem - a file's name without its ending, such as "oneHot (1)" or "oneHot - Copy"
 * @returns the first copy's name, and which copy it is: 0 for the first
 */
export function withoutCopyMark(stem: string): { readonly stem: string; readonly copy: number } {
  const marked = /^(.*?)(?: ?\((\d{1,4})\)| - Copy(?: \((\d{1,4})\))?| copy(?: (\d{1,4}))?)$/.exec(
    stem,
  );
  if (marked === null || marked[1] === "") return { stem, copy: 0 };
  return { stem: marked[1]!, copy: Number(marked[2] ?? marked[3] ?? marked[4] ?? 1) };
}
