import { SourceMap } from "./sourceMap.js";

/** A place in what the user wrote; both from 1. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

/** A script that runs: what the user wrote and how to find one's way back from the compiled text. */
export interface MappedScript {
  /** The name that a traceback shows, such as `In [3]`. */
  readonly title: string;
  readonly source: string;
  /** The position in the source of a position (both from 1) in the compiled text. */
  readonly locate: (line: number, column: number) => SourcePosition | undefined;
}

/** How the text that runs came from the text that was written. */
export interface Compilation {
  readonly title: string;
  readonly source: string;
  /** The source map from the compiled text back to the source; undefined where there is none. */
  readonly map: string | undefined;
  /** Characters before the compiled text on its first line. */
  readonly prefixLength: number;
  /** Lines before the source that the compiler was given and the user did not write. */
  readonly addedLines: number;
}

const scripts = new Map<string, MappedScript>();

/** Older scripts lose their source positions: a kernel that runs for weeks must not grow. */
const remembered = 5000;

/**
 * Remembers a script so that tracebacks can name its source.
 *
 * @param name - the name under which V8 knows it
 * @param compilation - how it was compiled
 */
export function registerScript(name: string, compilation: Compilation): void {
  let map: SourceMap | undefined;
  const locate = (line: number, column: number): SourcePosition | undefined => {
    if (compilation.map === undefined) return undefined;
    map ??= new SourceMap(compilation.map);
    const written = column - (line === 1 ? compilation.prefixLength : 0);
    const found = map.locate(line - 1, Math.max(0, written - 1));
    return found && { line: found.line - compilation.addedLines + 1, column: found.column + 1 };
  };
  scripts.delete(name);
  scripts.set(name, { title: compilation.title, source: compilation.source, locate });
  if (scripts.size > remembered) scripts.delete(scripts.keys().next().value!);
}

/**
 * The script of this name, when a cell or a module of the user's.
 *
 * @param name - the name under which V8 knows it
 * @returns the script, or undefined
 */
export function scriptNamed(name: string): MappedScript | undefined {
  return scripts.get(name);
}
