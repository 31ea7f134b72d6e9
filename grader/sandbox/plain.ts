/** Whether a source may share a process with others: told by what stands in it. */
import { posix } from "node:path";
import { OWN_PACKAGES } from "../source/surroundings.js";

/** Words by which code goes on after it has ended, loads more code, or reaches the process itself. */
const REACHING =
  /\bawait\b|\bimport\s*[(.]|\brequire\b|\bmathjs\b|\b(?:node|npm|file|data|blob|https?|jsr):|\bDeno\b|\bWorker\b|\bprocess\b|\beval\b/;
/** Where an import's or an export's address begins. */
const ADDRESS = /\b(?:from|import)\s*(["'])/g;
/** An address without anything that is read as something else. */
const SIMPLE = /^[\w./-]{1,200}$/;

/**
 * Whether these files do nothing but define functions, out of one another and of the pack.
 *
 * It errs on the side of no: what is not plain is run alone, and gets the same verdict there.
 *
 * @param files - all that one exercise's function can import
 * @returns false where one reaches beyond
 */
export function arePlain(
  files: readonly { readonly path: string; readonly text: string }[],
): boolean {
  const roots = new Set(files.map(({ path }) => path.split("/")[0]));
  return files.every(({ path, text }) => {
    if (REACHING.test(text)) return false;
    // Each address behind its word is one that is seen here; a comment in between hides none.
    if (/\b(?:from|import)\s*\/[*/]/.test(text)) return false;
    for (const found of text.matchAll(ADDRESS)) {
      const begin = found.index + found[0].length;
      const address = text.slice(begin, text.indexOf(found[1]!, begin));
      if (OWN_PACKAGES.includes(address)) continue;
      if (!SIMPLE.test(address) || !address.startsWith(".")) return false;
      const target = posix.join(posix.dirname(path), address);
      if (!roots.has(target.split("/")[0]) || target.split("/").length < 2) return false;
    }
    return true;
  });
}
