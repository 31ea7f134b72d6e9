/**
 * The files of a teacher's own exercise as modules.
 *
 * They run in this process: whoever writes course.yaml is trusted. What they import of the pack is what the grader itself
 * has loaded, so that a matrix is one here and there; what they import of one another lies in the same folder.
 */
import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, join, relative } from "node:path";
import { compileFunction } from "node:vm";
import { inPack } from "#common/pack-root";
import { CourseError, meant } from "../checkedYaml.js";
import { faultAt, SourceFile, type ValueImport } from "./sourceFile.js";

/** What a module exports. */
export type Exports = Readonly<Record<string, unknown>>;

/** The files below one folder, each loaded once. */
export class OwnModules {
  private readonly folder: string;
  private readonly sources = new Map<string, SourceFile>();
  private readonly maps = new Map<string, SourceMap>();
  private readonly loaded = new Map<string, Record<string, unknown>>();
  private readonly running = new Set<string>();
  private readonly packs = new Map<string, Exports>();

  /**
   * @param folder - that of all own exercises
   */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** The files that were read, by their paths. */
  get files(): ReadonlyMap<string, SourceFile> {
    return this.sources;
  }

  /**
   * Runs a file and what it imports.
   *
   * @param path - of a file in the folder
   * @returns what it exports
   * @throws CourseError where it can't be read, compiled or run, with the line and the mend
   */
  async load(path: string): Promise<Exports> {
    await this.gather(path);
    return this.run(path);
  }

  /**
   * Where an error was thrown.
   *
   * @param error - of one of these files' functions
   * @returns the file and the line; undefined where no line of theirs is on its stack
   */
  placeOf(error: unknown): { readonly path: string; readonly line: number } | undefined {
    const stack = error instanceof Error ? (error.stack ?? "") : "";
    for (const frame of stack.split("\n")) {
      for (const [path, map] of this.maps) {
        const at = frame.lastIndexOf(`${path}:`);
        const [, line, column = "1"] =
          /^:(\d+)(?::(\d+))?/.exec(at < 0 ? "" : frame.slice(at + path.length)) ?? [];
        if (line === undefined) continue;
        const found = map.findEntry(Number(line) - 1, Number(column) - 1);
        if ("originalLine" in found) return { path, line: found.originalLine + 1 };
      }
    }
    return undefined;
  }

  /** Reads a file and all that it imports. */
  private async gather(path: string, by?: { readonly path: string; readonly at: ValueImport }) {
    if (this.sources.has(path)) return;
    let text: string;
    try {
      text = readFileSync(path, "utf8");
    } catch (error) {
      const why = (error as Error).message;
      if (by === undefined) throw faultAt(path, 1, `it can't be read: ${why}; write it`);
      throw faultAt(
        by.path,
        by.at.line,
        `"${by.at.from}" can't be read; write ${path}, or mend the path`,
      );
    }
    const source = new SourceFile(path, text);
    this.sources.set(path, source);
    for (const one of source.imports) {
      if (one.from.startsWith(".")) await this.gather(this.fileOf(source, one), { path, at: one });
      else await this.loadPart(source, one);
    }
  }

  private fileOf({ path }: SourceFile, { from, line }: ValueImport): string {
    const written = join(dirname(path), from);
    const file = [written, written.replace(/\.js$/, ".ts"), `${written}.ts`].find(
      (one) => one.endsWith(".ts") && existsSync(one),
    );
    const target = file ?? written;
    if (relative(this.folder, target).startsWith(".."))
      throw faultAt(
        ...[path, line],
        `"${from}" is not in ${this.folder}: a course's exercises must be one folder, to be taken to another machine; move it there`,
      );
    return target;
  }

  /** Loads a part of the pack, which is the one that the grader has. */
  private async loadPart({ path }: SourceFile, { from, line }: ValueImport): Promise<void> {
    if (this.packs.has(from)) return;
    const parts = partsOfPack();
    if (!parts.includes(from)) {
      throw faultAt(
        ...[path, line],
        `there is nothing to import from ${JSON.stringify(from)}${meant(from, parts)}; expected one of ${parts.join(", ")}, or a file of ${this.folder} such as "./mutants.ts"`,
      );
    }
    this.packs.set(from, (await import(from)) as Exports);
  }

  /** Runs what a file imports, in its order, and looks whether all is there. */
  private runImports(source: SourceFile): void {
    for (const one of source.imports) {
      const path = one.from.startsWith(".") ? this.fileOf(source, one) : undefined;
      // In a circle a file is still running, and has not said all that it exports.
      if (path !== undefined && this.running.has(path)) continue;
      requireNames(source, one, path === undefined ? this.packs.get(one.from)! : this.run(path));
    }
  }

  private run(path: string): Exports {
    const known = this.loaded.get(path);
    if (known !== undefined) return known;
    const source = this.sources.get(path)!;
    const { code, map } = source.compiled();
    this.maps.set(path, new SourceMap(JSON.parse(map) as SourceMapPayload));
    const module = { exports: {} as Record<string, unknown> };
    this.loaded.set(path, module.exports);
    this.running.add(path);
    const require = (from: string): Exports => this.required(source, from);
    try {
      this.runImports(source);
      const body = compileFunction(code, ["exports", "require", "module"], { filename: path });
      body.call(undefined, module.exports, require, module);
    } catch (error) {
      this.loaded.delete(path);
      if (error instanceof CourseError) throw error;
      const place = this.placeOf(error) ?? { path, line: 1 };
      const why = error instanceof Error ? error.message : String(error);
      throw faultAt(place.path, place.line, `it can't be loaded: ${why}; mend the line`);
    } finally {
      this.running.delete(path);
    }
    return module.exports;
  }

  /** What a file gets of another, or of the pack. */
  private required(source: SourceFile, from: string): Exports {
    const found = source.imports.find((one) => one.from === from);
    if (found === undefined) {
      throw new Error(
        `import(${JSON.stringify(from)}) is not to be had here: write an import at the top`,
      );
    }
    return from.startsWith(".") ? this.run(this.fileOf(source, found)) : this.packs.get(from)!;
  }
}

/** All that a file names must be there, for no type checker has looked; a name that it does not use would not be missed. */
function requireNames({ path }: SourceFile, { from, names }: ValueImport, exports: Exports): void {
  for (const { name, line } of names) {
    if (name in exports) continue;
    throw faultAt(
      ...([path, line] as const),
      `${JSON.stringify(from)} exports no value ${name}${meant(name, Object.keys(exports))}; mend the name, or write "type ${name}" for a type`,
    );
  }
}

/** What the pack offers to import: "unrolled" and its parts. */
function partsOfPack(): readonly string[] {
  const { exports } = JSON.parse(readFileSync(inPack("package.json"), "utf8")) as {
    readonly exports: Readonly<Record<string, unknown>>;
  };
  return Object.keys(exports)
    .filter((path) => path !== "./package.json" && path !== "./check")
    .map((path) => `unrolled${path.slice(1)}`);
}
