/** The names that an import can say: files, packages and what they export, Node's modules, what package.json and tsconfig.json name. */
import type TypeScript from "typescript";
import { foldersAbove, joined, type Files } from "./files.js";
import type { Places } from "./resolution.js";

/** Where names are looked for. */
export interface NameSources {
  readonly files: Files;
  readonly places: Places;
  /** Node's modules, as their declarations name them. */
  readonly ambient: readonly string[];
  readonly options: TypeScript.CompilerOptions;
}

/** What a package.json maps a name to: a path, or paths by conditions; null forbids. */
type Target = string | null | readonly Target[] | { readonly [condition: string]: Target };

/**
 * What could stand in an import.
 *
 * @param sources - where names are looked for
 * @param typed - what stands there already
 * @returns whole names, which begin so, up to the next folder
 */
export function importPaths(sources: NameSources, typed: string): readonly string[] {
  const { files, places } = sources;
  const above = typed.slice(0, typed.lastIndexOf("/") + 1);
  const candidates = typed.startsWith(".")
    ? inFolder(files, joined(places.folder, above)).map((name) => above + name)
    : [...mapped(sources, typed), ...packageNames(sources, typed, above), ...builtins(sources)];
  return [...new Set(candidates)].filter((name) => name.startsWith(typed)).sort();
}

function builtins({ ambient, places }: NameSources): string[] {
  return ambient.filter((name) => places.isBuiltin(name));
}

function inFolder(files: Files, folder: string): string[] {
  const scripts = files.files(folder).filter((name) => /\.([cm]?[jt]sx?|json)$/.test(name));
  const folders = files.directories(folder).filter((name) => !/^(\.|node_modules$)/.test(name));
  return [...scripts, ...folders.map((name) => `${name}/`)];
}

/** Packages, or what one of them lets others import. */
function packageNames({ files, places }: NameSources, typed: string, above: string): string[] {
  const homes = [...foldersAbove(places.folder), ...foldersAbove(places.pack)].map((folder) =>
    joined(folder, "node_modules"),
  );
  const name = /^(@[^/]+\/)?[^@/][^/]*(?=\/)/.exec(typed)?.[0];
  if (name === undefined) {
    return homes.flatMap((home) =>
      files
        .directories(joined(home, above))
        .filter((found) => !found.startsWith(".") && found !== "@types")
        .map((found) => above + (found.startsWith("@") ? `${found}/` : found)),
    );
  }
  const folder = homes.map((home) => joined(home, name)).find(files.directoryExists);
  if (folder === undefined) return [];
  const { exports } = packageIn(files, folder);
  if (exports === undefined)
    return inFolder(files, joined(folder, above.slice(name.length + 1))).map(
      (found) => above + found,
    );
  return Object.entries(exports).flatMap(([key, target]) =>
    key.startsWith("./") ? named(files, folder, `${name}${key.slice(1)}`, target, typed) : [],
  );
}

/** What the `imports` of the folder's package.json and the `paths` of its tsconfig.json name. */
function mapped({ files, places, options }: NameSources, typed: string): string[] {
  const { pathsBasePath, baseUrl } = options as { pathsBasePath?: string; baseUrl?: string };
  const base = pathsBasePath ?? baseUrl ?? places.folder;
  const home = foldersAbove(places.folder).find((folder) =>
    files.fileExists(joined(folder, "package.json")),
  );
  const imports = home === undefined ? {} : (packageIn(files, home).imports ?? {});
  return [
    ...Object.entries(imports).flatMap(([key, target]) => named(files, home!, key, target, typed)),
    ...Object.entries(options.paths ?? {}).flatMap(([key, targets]) =>
      key === "*" ? [] : named(files, base, key, targets, typed),
    ),
  ];
}

/** The names that one key stands for; `*` in it stands for the files of a folder. */
function named(files: Files, base: string, key: string, to: Target, typed: string): string[] {
  const target = firstPath(to);
  if (target === undefined) return [];
  const star = key.indexOf("*");
  if (star === -1) return [key];
  const [before, after] = [key.slice(0, star), key.slice(star + 1)];
  const [folder, ending] = target.split("*");
  if (!typed.startsWith(before)) return [before];
  if (ending === undefined || !folder!.endsWith("/")) return [];
  const inner = typed.slice(before.length, Math.max(before.length, typed.lastIndexOf("/") + 1));
  return inFolder(files, joined(base, folder! + inner)).flatMap((found) => {
    if (found.endsWith("/")) return [before + inner + found];
    return found.endsWith(ending)
      ? [before + inner + found.slice(0, -ending.length || undefined) + after]
      : [];
  });
}

function firstPath(target: Target): string | undefined {
  if (typeof target === "string") return target;
  if (target === null) return undefined;
  for (const inner of Object.values(target)) {
    const path = firstPath(inner as Target);
    if (path !== undefined) return path;
  }
  return undefined;
}

type Names = { readonly [name: string]: Target };

/** A package's own word on what can be imported; a broken package.json says nothing. */
function packageIn(
  files: Files,
  folder: string,
): { readonly exports?: Names; readonly imports?: Names } {
  try {
    const { exports, imports } = JSON.parse(files.readFile(joined(folder, "package.json"))!) as {
      exports?: Target;
      imports?: Target;
    };
    return {
      ...(isTable(exports) ? { exports } : exports !== undefined && { exports: {} }),
      ...(isTable(imports) && { imports }),
    };
  } catch {
    return {};
  }
}

function isTable(target: Target | undefined): target is Names {
  return typeof target === "object" && target !== null && !Array.isArray(target);
}
