/** Where a hand-in lies, and which names in a folder may belong to one. */
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";

/** Where a hand-in lies, before anything of it is read. */
export interface HandInPlace {
  readonly student: string;
  /** Set by an nbgrader tree; otherwise the graded folder's name. */
  readonly assignment: string;
  /** The hand-in's folder; its files' paths are relative to it. */
  readonly folder: string;
  /** The files, for loose ones; otherwise all that the folder holds. */
  readonly loose?: readonly string[];
}

/** Names that are no hand-in and no part of one. */
const IGNORED = /^(\..*|__pycache__|node_modules|__MACOSX)$/;

/**
 * What a folder holds, but for what no student writes.
 *
 * @param folder - its path
 * @returns in the system's order, links unresolved
 */
export async function visibleEntries(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter(({ name }) => !IGNORED.test(name));
}

/**
 * Whether a file of this name may be handed in.
 *
 * @param name - a file's name, or its path
 * @returns true for TypeScript that is no declaration, and for notebooks
 */
export function isHandedName(name: string): boolean {
  return /\.(ts|ipynb)$/.test(name) && !name.endsWith(".d.ts");
}
