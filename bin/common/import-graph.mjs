// Which file of this pack imports which: for what goes into the box, what decides a grade, and the
// tests of the architecture. It reads our own code, sources or built, as text.
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { inPack } from "./pack-root.mjs";

/**
 * What a module imports, exports from, or loads by `import(…)` of a literal.
 * @param {string} source
 * @returns {string[]} The specifiers as they are written.
 */
export function specifiersOf(source) {
  const code = source.replaceAll(/^\s*(?:\/?\*|\/\/).*$/gm, ""); // comments may quote an import
  const found = code.matchAll(/\b(?:from|import)\s*\(?\s*"([^"\n]+)"/g);
  return Array.from(found, ([, specifier]) => /** @type {string} */ (specifier));
}

/**
 * The files of this pack that a file imports; packages and Node's modules are left out.
 * @param {string} file Absolute.
 * @returns {string[]} Absolute.
 */
export function importsOf(file) {
  return specifiersOf(readFileSync(file, "utf8")).flatMap((specifier) => {
    if (specifier.startsWith("#common/")) return [inPack("bin", `${specifier.slice(1)}.mjs`)];
    if (!specifier.startsWith(".")) return [];
    const path = resolve(dirname(file), specifier);
    const source = path.replace(/\.([cm]?)js$/, ".$1ts");
    return existsSync(path) ? [path] : existsSync(source) ? [source] : [];
  });
}

/**
 * These files and all that they import from this pack, by whatever way.
 * @param {Iterable<string>} files Absolute.
 * @param {(file: string) => boolean} leavesOut What is neither followed nor returned.
 * @returns {Set<string>}
 */
export function importClosure(files, leavesOut = () => false) {
  const found = new Set();
  const open = Array.from(files);
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file) || leavesOut(file)) continue;
    found.add(file);
    open.push(...importsOf(file));
  }
  return found;
}
