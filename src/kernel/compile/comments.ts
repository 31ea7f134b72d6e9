/**
 * The documentation comments of declaration files. TypeScript would keep them all as trees, a tenth of a compiler's memory,
 * and nothing but inspection looks at them: a file gets its own when it is first asked for.
 */
import type TypeScript from "typescript";
import type { Ts } from "./files.js";

interface Documented extends TypeScript.Node {
  jsDoc?: readonly { parent: TypeScript.Node }[];
}

const declarations = /\.d(\.[^.]+)?\.[cm]?ts$/;

/**
 * How a file is parsed at first.
 *
 * @param ts - TypeScript
 * @param name - the file
 * @param options - how it would be parsed
 * @returns how it is
 */
export function withoutComments(
  ts: Ts,
  name: string,
  options: TypeScript.CreateSourceFileOptions | TypeScript.ScriptTarget,
): TypeScript.CreateSourceFileOptions | TypeScript.ScriptTarget {
  if (!declarations.test(name)) return options;
  const { ParseNone: jsDocParsingMode } = ts.JSDocParsingMode;
  return {
    ...(typeof options === "object" ? options : { languageVersion: options }),
    jsDocParsingMode,
  };
}

const complete = new WeakSet<TypeScript.SourceFile>();

/**
 * Gives a file its comments.
 *
 * @param ts - TypeScript
 * @param file - the parsed file
 */
export function addComments(ts: Ts, file: TypeScript.SourceFile): void {
  if (complete.has(file) || !declarations.test(file.fileName)) return;
  complete.add(file);
  add(ts, file, ts.createSourceFile(file.fileName, file.text, file.languageVersion, true));
}

/** Two trees of one text differ in their comments alone. */
function add(ts: Ts, to: Documented, from: Documented): void {
  if (from.jsDoc !== undefined) {
    to.jsDoc = from.jsDoc;
    for (const comment of from.jsDoc) comment.parent = to;
  }
  const parts: TypeScript.Node[] = [];
  ts.forEachChild(to, (part) => void parts.push(part));
  let i = 0;
  ts.forEachChild(from, (part) => {
    const same = parts[i++];
    if (same !== undefined) add(ts, same, part);
  });
}
