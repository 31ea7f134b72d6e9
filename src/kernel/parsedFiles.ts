import { statSync } from "node:fs";
import type TypeScript from "@tslab/typescript-for-tslab";

interface Kept {
  readonly file: TypeScript.SourceFile;
  readonly mtimeMs: number;
  readonly size: number;
  /** The host, by its number, for which the file on the disk was last found unchanged. */
  seenBy: number;
}

/**
 * The parsed and bound files of packages. They are the most of what a converter does before its first cell;
 * a new converter takes them over from the last one, or from the start-up snapshot. A file that has changed on
 * the disk is parsed again.
 */
export class ParsedFiles {
  readonly #keeps: (path: string) => boolean;
  readonly #kept = new Map<string, Kept>();
  readonly #served = new WeakSet<TypeScript.CompilerHost>();
  #hosts = 0;

  /** @param keeps - whether a file stays the same while a converter lives */
  constructor(keeps: (path: string) => boolean) {
    this.#keeps = keeps;
  }

  /**
   * Makes a compiler host take these files from here.
   *
   * @param host - the host, changed in place
   */
  serve(host: TypeScript.CompilerHost | undefined): void {
    if (host === undefined || this.#served.has(host)) return;
    this.#served.add(host);
    const number = ++this.#hosts;
    const { getSourceFile, getSourceFileByPath } = host;
    host.getSourceFile = (name, ...rest) =>
      this.#find(number, name, () => getSourceFile(name, ...rest));
    if (getSourceFileByPath === undefined) return;
    host.getSourceFileByPath = (name, ...rest) =>
      this.#find(number, name, () => getSourceFileByPath(name, ...rest));
  }

  #find(
    host: number,
    name: string,
    parse: () => TypeScript.SourceFile | undefined,
  ): TypeScript.SourceFile | undefined {
    if (!this.#keeps(name)) return parse();
    const kept = this.#kept.get(name);
    if (kept?.seenBy === host) return kept.file;
    const found = statSync(name, { throwIfNoEntry: false });
    if (found === undefined) return parse();
    const { mtimeMs, size } = found;
    if (kept !== undefined && kept.mtimeMs === mtimeMs && kept.size === size) {
      kept.seenBy = host;
      return kept.file;
    }
    const file = parse();
    if (file !== undefined) this.#kept.set(name, { file, mtimeMs, size, seenBy: host });
    return file;
  }
}
