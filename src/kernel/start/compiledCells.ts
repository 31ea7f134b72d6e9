/**
 * Compiled cells on the disk. Checking a cell takes tens of milliseconds; a notebook that runs again (after a restart,
 * tomorrow, or with one cell changed) gets what was compiled before.
 *
 * What a cell compiles to depends on its text, the texts of the cells whose names it uses, the compiler, and the
 * declarations that all of them import. A cell is kept when its imports come from the pack's own packages alone: these
 * change with an installation or a build, which leave stamps. Whatever can't be read or written counts as not kept.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeWholeSoon } from "#common/write-whole";
import type { CompiledCell, Store } from "../compile/cellCompiler.js";
import { comesWithPack, packagesFolders, packFolder } from "./paths.js";

const keptFolder = join(packFolder, "node_modules", ".cache", "unrolled", "cells");

/** Cells that are kept; some 5 KB each. */
const limit = 4000;

/**
 * The compiled cells of notebooks in a folder, where the environment's UNROLLED_COMPILED_CELLS says (a folder, or "off"),
 * else beside the pack's packages.
 *
 * @param folder - the notebooks' folder
 * @returns the cells, or undefined when they are off
 */
export function compiledCellsOf(folder: string): CompiledCells | undefined {
  const place = process.env["UNROLLED_COMPILED_CELLS"];
  if (place === "off") return undefined;
  return new CompiledCells(folder, place === undefined || place === "" ? keptFolder : place);
}

/** The compiled cells of notebooks in one folder. */
export class CompiledCells implements Store {
  readonly #kept: string;
  readonly #conditions: string;
  #tidied = false;

  /**
   * @param folder - the notebooks' folder
   * @param kept - where compiled cells are kept
   */
  constructor(folder: string, kept: string) {
    this.#kept = kept;
    this.#conditions = conditions(folder);
  }

  /**
   * A cell that was kept.
   *
   * @param identity - stands for its text and for all that its names mean
   * @returns what it compiled to, or undefined
   */
  find(identity: string): CompiledCell | undefined {
    try {
      const cell = JSON.parse(readFileSync(this.#file(identity), "utf8")) as unknown;
      return isCompiledCell(cell) ? cell : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Keeps a cell that compiled without a complaint, if nothing that it imports is the user's own.
   *
   * @param identity - stands for its text and for all that its names mean
   * @param cell - what it compiled to
   * @param imported - the files that were read for it
   */
  async keep(identity: string, cell: CompiledCell, imported: readonly string[]): Promise<void> {
    if (!imported.every(comesWithPack)) return;
    try {
      await writeWholeSoon(this.#file(identity), JSON.stringify(cell));
      if (!this.#tidied) await this.#tidy();
    } catch {
      // Whatever can't be written counts as not kept.
    }
  }

  /** Drops the older half when there are too many. */
  async #tidy(): Promise<void> {
    this.#tidied = true;
    const names = await readdir(this.#kept);
    if (names.length <= limit) return;
    const files = await Promise.all(
      names.map(async (name) => {
        const file = join(this.#kept, name);
        return { file, age: (await stat(file)).mtimeMs };
      }),
    );
    files.sort((a, b) => a.age - b.age);
    await Promise.all(files.slice(0, -limit / 2).map(({ file }) => rm(file, { force: true })));
  }

  #file(identity: string): string {
    const hash = createHash("sha256").update(`${this.#conditions} ${identity}`);
    return join(this.#kept, `${hash.digest("hex")}.json`);
  }
}

/** All that changes what a cell in the folder compiles to, but for the cell and those before it. */
function conditions(folder: string): string {
  const built = join(packFolder, "dist");
  const files = readdirSync(built)
    .filter((name) => name.endsWith(".tsbuildinfo"))
    .map((name) => join(built, name));
  for (const folder of packagesFolders) files.push(join(folder, ".package-lock.json"));
  // Packages that are installed nearer to the notebook come before the pack's.
  for (let above = folder; ; above = dirname(above)) {
    const packages = join(above, "node_modules");
    files.push(join(above, "package.json"), packages, join(packages, ".package-lock.json"));
    if (above === dirname(above)) break;
  }
  return JSON.stringify([process.version, folder, ...files.map(stamp)]);
}

function stamp(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? `${file} -` : `${file} ${found.mtimeMs} ${found.size}`;
}

function isCompiledCell(value: unknown): value is CompiledCell {
  const { code, map, marks, uses, declares, types } = value as Partial<CompiledCell>;
  return (
    [code, map].every((part) => typeof part === "string") &&
    typeof marks === "object" &&
    Array.isArray(uses) &&
    Array.isArray(declares) &&
    Array.isArray(types)
  );
}
