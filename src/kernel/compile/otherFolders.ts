/**
 * The user's files in folders with a tsconfig.json of their own. For the cells they are what their exports are; whether
 * they are right is told by a program of their own, which has that folder's options.
 */
import type TypeScript from "typescript";
import { folderOf } from "./files.js";
import { cellPath } from "./resolution.js";
import { Service, type VirtualFile, type World } from "./service.js";

/** Imports all files of a folder's program. */
const importer = "files";

interface Program {
  readonly service: Service;
  readonly virtual: Map<string, VirtualFile>;
}

/** The programs by their options; what no folder says any more goes with its options. */
export class OtherFolders {
  readonly #world: World;
  readonly #programs = new WeakMap<TypeScript.CompilerOptions, Program>();

  /** @param world - what the compiler is given */
  constructor(world: World) {
    this.#world = world;
  }

  /**
   * What checks files as their folders say.
   *
   * @param cells - checks the cells, and the files whose options are the cells'
   * @param paths - the files
   * @returns the service for one of them
   */
  checkers(cells: Service, paths: readonly string[]): (path: string) => Service {
    const groups = new Map<TypeScript.CompilerOptions, string[]>();
    for (const path of paths) {
      const options = this.#optionsOf(path);
      groups.set(options, [...(groups.get(options) ?? []), path]);
    }
    const services = new Map<TypeScript.CompilerOptions, Service>();
    for (const [options, group] of groups)
      services.set(options, options === cells.options ? cells : this.#serviceOf(options, group));
    return (path) => services.get(this.#optionsOf(path))!;
  }

  #optionsOf(path: string): TypeScript.CompilerOptions {
    return this.#world.optionsIn(folderOf(path));
  }

  #serviceOf(options: TypeScript.CompilerOptions, paths: readonly string[]): Service {
    const program = this.#programs.get(options) ?? this.#newProgram(options);
    const text = paths.map((path) => `import ${JSON.stringify(path)};`).join("\n");
    program.virtual.set(cellPath(importer), { text, version: text, hasJsx: false });
    program.service.refresh([importer]);
    return program.service;
  }

  #newProgram(options: TypeScript.CompilerOptions): Program {
    const virtual = new Map<string, VirtualFile>();
    const program = { virtual, service: new Service(this.#world, options, virtual) };
    this.#programs.set(options, program);
    return program;
  }
}
