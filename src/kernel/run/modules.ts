/**
 * The modules of cells. Files of the user's are compiled and run here, and again once they or what they import have
 * changed; everything else is imported the way the surrounding system imports.
 */
import type { HelperModule } from "../compile/helperModule.js";
import { constant } from "./constant.js";

type Exports = Record<string, unknown>;

/** What the surroundings do for modules. */
export interface ModuleSystem {
  /** The file of the user's that a name means; undefined for everything else. */
  readonly resolve: (name: string, from: string | undefined) => string | undefined;
  readonly read: (path: string) => string;
  /** Another text once the file has changed. */
  readonly stamp: (path: string) => string;
  readonly compile: (path: string, text: string) => HelperModule;
  /** Imports a package or one of the system's modules, for a file or a cell. */
  readonly external: (
    name: string,
    from: string | undefined,
  ) => Promise<readonly [namespace: unknown]>;
  /** `require` as a CommonJS file has it. */
  readonly requireFor: (path: string) => (name: string) => unknown;
  /** `import.meta` of a file. */
  readonly meta: (path: string) => object;
  /** Makes a function of the text of its body. */
  readonly evaluate: (
    parameters: readonly string[],
    helper: HelperModule,
    path: string,
    text: string,
  ) => (...values: unknown[]) => unknown;
}

interface Loaded {
  readonly module: { exports: Exports };
  readonly stamp: string;
  /** The files that it imports, as they were when it ran. */
  readonly imports: Map<string, Loaded>;
  /** Makes reading what it has not declared yet an error: a file that it imports, and that imports it, runs before it. */
  readonly early: EarlyExports;
  ready: Promise<void>;
}

/** What is different where a file is imported once more. */
export interface Change {
  readonly text: (text: string) => string;
  /** Namespaces by their modules' names. */
  readonly modules: Readonly<Record<string, object>>;
}

/** Loads modules for cells and for the user's files. */
export class ModuleLoader {
  readonly #system: ModuleSystem;
  readonly #loaded = new Map<string, Loaded>();

  /** @param system - what the surroundings do for modules */
  constructor(system: ModuleSystem) {
    this.#system = system;
  }

  /**
   * Imports a module as TypeScript's types describe it.
   *
   * @param name - the module's name
   * @param from - the file that imports it; undefined for a cell
   * @param names - what is taken from it
   * @returns the module's namespace, in a list: a promise would take a module that exports `then` for another promise
   */
  async import(
    name: string,
    from?: string,
    names: readonly string[] = [],
  ): Promise<readonly [namespace: unknown]> {
    const path = this.#system.resolve(name, from);
    if (path === undefined) {
      const [namespace] = await this.#system.external(name, from);
      return [asTyped(namespace, names)];
    }
    this.#forgetChanged();
    await this.#load(path, []);
    return [namespaceOf(this.#loaded.get(path)!.module.exports)];
  }

  /**
   * What `import(…)` gives: as everywhere in the language, a module that exports `then` is asked for its value.
   *
   * @param name - the module's name
   * @param from - the file that imports it; undefined for a cell
   * @returns the module's namespace
   */
  async dynamic(name: unknown, from?: string): Promise<unknown> {
    const [namespace] = await this.import(String(name), from);
    return namespace;
  }

  /**
   * The texts of a file of the user's that was loaded, and of those that it imports.
   *
   * @param name - the module's name, for a cell
   * @returns none where it is no such file
   */
  textsBehind(name: string): readonly string[] {
    const first = this.#system.resolve(name, undefined);
    const paths = new Set(first === undefined ? [] : [first]);
    for (const path of paths)
      // grows while it is read
      for (const imported of this.#loaded.get(path)?.imports.keys() ?? []) paths.add(imported);
    return Array.from(paths)
      .filter((path) => this.#loaded.has(path))
      .map((path) => this.#system.read(path));
  }

  /**
   * Imports a file of the user's once more, and those that it imports, with other texts and modules.
   *
   * @param name - the module's name, for a cell
   * @param change - what becomes of a text, and what stands for which module
   * @returns the module's namespace; what is loaded otherwise stays as it is
   */
  async importChanged(name: string, { text, modules }: Change): Promise<unknown> {
    const system = this.#system;
    const [namespace] = await new ModuleLoader({
      ...system,
      read: (path) => (path.endsWith(".json") ? system.read(path) : text(system.read(path))),
      external: (other, from) =>
        Object.hasOwn(modules, other)
          ? Promise.resolve([modules[other]] as const)
          : system.external(other, from),
    }).import(name);
    return namespace;
  }

  /** Drops the files that have changed, and all that import them, be it that another cell has imported those anew. */
  #forgetChanged(): void {
    const changed = Array.from(this.#loaded).filter(
      ([path, { stamp, imports }]) =>
        this.#system.stamp(path) !== stamp ||
        Array.from(imports).some(([imported, was]) => this.#loaded.get(imported) !== was),
    );
    for (const [path] of changed) this.#loaded.delete(path);
    if (changed.length > 0) this.#forgetChanged();
  }

  /** Runs a file after those that it imports; in a circle, the one that is there first goes on with what there is. */
  async #load(path: string, waiting: readonly string[]): Promise<void> {
    const known = this.#loaded.get(path);
    if (known !== undefined) {
      if (waiting.includes(path)) known.early.begin(known.module.exports);
      else await known.ready;
      return;
    }
    const loaded: Loaded = {
      module: { exports: {} },
      early: new EarlyExports(),
      stamp: this.#system.stamp(path),
      imports: new Map(),
      ready: Promise.resolve(),
    };
    this.#loaded.set(path, loaded);
    loaded.ready = this.#run(path, loaded, [...waiting, path]);
    try {
      await loaded.ready;
    } catch (error) {
      this.#loaded.delete(path);
      throw error;
    }
  }

  async #run(path: string, loaded: Loaded, waiting: readonly string[]): Promise<void> {
    const { module, imports } = loaded;
    const text = this.#system.read(path);
    if (path.endsWith(".json")) {
      module.exports = JSON.parse(text) as Exports;
      return;
    }
    const helper = this.#system.compile(path, text);
    const others = new Map<string, unknown>();
    loaded.early.of = helper;
    const outer = this.#system.requireFor(path);
    const require = (name: string): unknown => {
      if (others.has(name)) return others.get(name);
      const own = this.#system.resolve(name, path);
      const there = own === undefined ? undefined : this.#loaded.get(own);
      return there === undefined ? outer(name) : there.module.exports;
    };
    let goOn: () => void = () => undefined;
    const kernel = {
      meta: this.#system.meta(path),
      constant,
      dynamic: (name: unknown) => this.dynamic(name, path),
      imported: new Promise<void>((resolve) => (goOn = resolve)),
    };
    const folder = path.slice(0, path.lastIndexOf("/"));
    const parameters = ["exports", "require", "module", "__filename", "__dirname", "kernel$"];
    const evaluated = this.#system.evaluate(parameters, helper, path, text);
    const run = (): unknown =>
      evaluated.call(module.exports, module.exports, require, module, path, folder, kernel);
    const begun = helper.isInTwo ? run() : undefined;
    for (const name of helper.imports) {
      const own = this.#system.resolve(name, path);
      if (own === undefined) {
        const [namespace] = await this.#system.external(name, path);
        others.set(name, requirable(asTyped(namespace, [])));
      } else {
        await this.#load(own, waiting);
        imports.set(own, this.#loaded.get(own)!);
      }
    }
    goOn();
    await (helper.isInTwo ? begun : run());
    loaded.early.end(module.exports);
  }
}

/** The exports of a file in a circle, before it has run. */
class EarlyExports {
  /** The file. */
  of: Pick<HelperModule, "isEsModule" | "later"> = { isEsModule: false, later: [] };
  #values: Map<string, unknown> | undefined;

  /** From here on, reading a name that has no value yet throws what it throws in an ES module. */
  begin(exports: Exports): void {
    if (this.#values !== undefined) return;
    const values = (this.#values = new Map<string, unknown>());
    if (this.of.isEsModule) Object.defineProperty(exports, "__esModule", { value: true });
    for (const name of this.of.later) {
      Object.defineProperty(exports, name, {
        ...{ enumerable: true, configurable: true },
        get() {
          if (values.has(name)) return values.get(name);
          throw new ReferenceError(`Cannot access '${name}' before initialization`);
        },
        set: (value) => void values.set(name, value),
      });
    }
  }

  /** All is declared: the names are properties like any others. */
  end(exports: Exports): void {
    if (this.#values === undefined) return;
    for (const name of this.of.later) {
      if (Object.getOwnPropertyDescriptor(exports, name)?.set === undefined) continue;
      const value = this.#values.get(name);
      Object.defineProperty(exports, name, {
        ...{ value, enumerable: true, configurable: true, writable: true },
      });
    }
  }
}

/** What `import` gives for the exports of a file. */
function namespaceOf(exports: unknown): unknown {
  const isObject =
    (typeof exports === "object" || typeof exports === "function") && exports !== null;
  if (!isObject) return { default: exports };
  if ("__esModule" in exports) return exports;
  return Object.create(exports, { default: { value: exports, enumerable: true } });
}

/** A CommonJS module that was compiled from an ES module has the names that it was written with. */
function asTyped(namespace: unknown, names: readonly string[]): unknown {
  const { default: exports } = namespace as { readonly default?: unknown };
  const isObject =
    (typeof exports === "object" || typeof exports === "function") && exports !== null;
  if (!isObject) return namespace;
  if ("__esModule" in exports && isCommonJs(namespace as object)) return exports;
  const missing = names.some((name) => name !== "*" && !(name in (namespace as object)));
  return missing && isCommonJs(namespace as object) ? namespaceOf(exports) : namespace;
}

/** Whether a namespace is Node's view of a CommonJS module: its names are properties of its default. */
function isCommonJs(namespace: object): boolean {
  const { default: exports } = namespace as { readonly default: object };
  return Object.keys(namespace).every(
    (name) =>
      name === "default" ||
      name === "module.exports" ||
      (namespace as Exports)[name] === (exports as Exports)[name],
  );
}

/** A namespace in the form in which compiled code expects what it requires. */
function requirable(namespace: unknown): unknown {
  if ("__esModule" in (namespace as object)) return namespace;
  return Object.create(namespace as object, { __esModule: { value: true } });
}
