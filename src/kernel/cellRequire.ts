/**
 * The `require` that compiled cells call: tslab's, and what it cannot do. A module with top-level `await` cannot be
 * required; such a module is imported once, and is there when the cell runs again.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { types } from "node:util";
import type { DisplayOptions } from "./kernelGlobal.js";
import { packFile } from "./paths.js";
import type { Bundle } from "./threadMessages.js";

type Require = (name: string) => unknown;

/** A cell cannot go on before this module is imported. */
export class ModuleAwaits extends Error {
  override readonly name: string = "ModuleAwaits";
  readonly specifier: string;
  readonly path: string;

  constructor(specifier: string, path: string) {
    super(`${specifier} has a top-level await`);
    this.specifier = specifier;
    this.path = path;
  }
}

/** What tslab's executor leaves on the global object for the cells it runs. */
interface CellEnvironment {
  require: Require & { resolve(name: string): string };
  /** What `import(…)` in a cell becomes. */
  load?: (name: string) => Promise<unknown>;
}

/** Loads the modules of cells. */
export class CellRequire {
  readonly #imported = new Map<string, unknown>();

  /**
   * Takes the place of tslab's `require`.
   *
   * @param display - shows a bundle: `tslab.display` writes there
   */
  constructor(display: (bundle: Bundle, options: DisplayOptions) => void) {
    const environment = (globalThis as unknown as { __tslab__: CellEnvironment }).__tslab__;
    const inner = environment.require;
    const require: Require = (name) => {
      if (name === "tslab") connectTslabDisplay(display);
      try {
        return inner(name);
      } catch (error) {
        if ((error as NodeJS.ErrnoException | null)?.code !== "ERR_REQUIRE_ASYNC_MODULE")
          throw error;
        const path = inner.resolve(name);
        if (this.#imported.has(path)) return this.#imported.get(path);
        throw new ModuleAwaits(name, path);
      }
    };
    // A proxy keeps `require.resolve`, `require.cache` and the like.
    environment.require = new Proxy(inner, { apply: (_, __, [name]: [string]) => require(name) });
    environment.load = async (name) => {
      try {
        return asNamespace(require(name));
      } catch (error) {
        if (!(error instanceof ModuleAwaits)) throw error;
        return await this.import(error.path);
      }
    };
  }

  /** Imports a module, for {@link CellRequire} to have it from then on. */
  async import(path: string): Promise<unknown> {
    const namespace: unknown = await import(pathToFileURL(path).href);
    this.#imported.set(path, namespace);
    return namespace;
  }
}

/** What `import(…)` gives for a module that was required. */
function asNamespace(exports: unknown): unknown {
  if (types.isModuleNamespaceObject(exports)) return exports;
  if ((typeof exports !== "object" && typeof exports !== "function") || exports === null) {
    return { default: exports };
  }
  return "__esModule" in exports ? exports : { ...exports, default: exports };
}

/** tslab's own `display` sends through a variable of its protocol layer, which is not running here. */
function connectTslabDisplay(display: (bundle: Bundle, options: DisplayOptions) => void): void {
  const jupyter = createRequire(packFile)("tslab/dist/jupyter.js") as {
    lastWriteDisplayData: unknown;
  };
  jupyter.lastWriteDisplayData = (
    content: { data: Bundle; metadata: Bundle; transient: { display_id?: string } },
    update?: boolean,
  ) => {
    const id = content.transient.display_id;
    display(content.data, { update: update === true, ...(id !== undefined && { display_id: id }) });
  };
}
