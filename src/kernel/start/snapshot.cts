/**
 * The start-up snapshot: `node --snapshot-blob BLOB --build-snapshot snapshot.cjs` runs this file once and writes
 * the heap that it leaves; a process started from the blob has the compiler loaded, a program with the declarations of
 * Node and of the library whose checker has compiled its first cells, and those cells' way through all of it compiled.
 *
 * Node lets such a script require nothing but its own modules, and no module of a user's may be loaded by Node
 * before the snapshot is taken: so a small `require` of our own loads the compiler here.
 */
/* eslint-disable @typescript-eslint/no-require-imports -- the script has a `require` and no `exports` */
const fs = require("node:fs") as typeof import("node:fs");
const nodeModule = require("node:module") as typeof import("node:module");
const path = require("node:path") as typeof import("node:path");
const v8 = require("node:v8") as typeof import("node:v8");

type Ts = typeof import("typescript");

interface Loaded {
  exports: unknown;
}

interface Compiler {
  assist(source: string): { complete(at: number): unknown; inspect(at: number): unknown };
}

interface CompilerModule {
  loadTypeScript(): { readonly ts: { setUILocale(locale: string | undefined): void } };
  practisedCompiler(
    loaded: unknown,
    cells: readonly string[],
    parts: readonly string[],
    between: (compiler: Compiler) => void,
  ): unknown;
}

const kernelFolder = __dirname;
const commonFolder = path.join(__dirname, "../../../../bin/common");
const typescriptFile = above(kernelFolder, "@typescript/old/lib/typescript.js");

const cache: Record<string, Loaded> = {};
let transpiler: Ts | undefined;

/** `require` from a file: Node's modules, files beside it, packages. */
function requireFrom(from: string): NodeJS.Require {
  const resolve = (name: string): string => {
    if (nodeModule.isBuiltin(name)) return name;
    if (name.startsWith("#common/")) return path.join(commonFolder, `${name.slice(8)}.mjs`);
    if (name.startsWith(".") || path.isAbsolute(name)) {
      return asFile(path.resolve(path.dirname(from), name));
    }
    return asFile(above(path.dirname(from), name));
  };
  const load = (name: string): unknown => {
    if (name === "node:module") {
      return { createRequire: requireFrom, isBuiltin: nodeModule.isBuiltin, default: {} };
    }
    // Node 24 aborts when it loads its crypto module again; TypeScript takes it for hashing alone, and can do without.
    if (name === "crypto") throw new Error("not in a snapshot");
    return nodeModule.isBuiltin(name) ? require(name) : loadFile(resolve(name));
  };
  return Object.assign(load, { resolve, cache }) as unknown as NodeJS.Require;
}

/** What stands in the nearest node_modules: the pack's own, or, where it is a package itself, the one that it lies in. */
function above(start: string, name: string): string {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, "node_modules", name);
    if (fs.existsSync(candidate)) return candidate;
    if (folder === path.dirname(folder)) throw new Error(`snapshot: no ${name} above ${start}`);
  }
}

function asFile(name: string): string {
  if (!fs.existsSync(name)) return `${name}.js`;
  if (!fs.statSync(name).isDirectory()) return name;
  const description = JSON.parse(fs.readFileSync(path.join(name, "package.json"), "utf8")) as {
    main?: string;
  };
  return path.join(name, description.main ?? "index.js");
}

function loadFile(file: string): unknown {
  const known = cache[file];
  if (known !== undefined) return known.exports;
  const loaded: Loaded = { exports: {} };
  cache[file] = loaded;
  const text = fs.readFileSync(file, "utf8");
  const wrapped = new Function(
    ...["exports", "require", "module", "__filename", "__dirname"],
    isOwn(file) ? asCommonJs(text, file) : oneByte(lean(text)),
  );
  wrapped.call(loaded.exports, loaded.exports, requireFrom(file), loaded, file, path.dirname(file));
  return loaded.exports;
}

function isOwn(file: string): boolean {
  return file.startsWith(path.dirname(kernelFolder)) || file.startsWith(commonFolder);
}

/** TypeScript's files for editors, builds and the command line, which no cell needs. */
const unused = new RegExp(
  "^// src/(server|jsTyping|typingsInstallerCore|compiler/(tsbuildPublic|executeCommandLine|watchPublic)|services/(" +
    "refactors|codefixes|inlayHints|callHierarchy|organizeImports|outliningElementsCollector|getEditsForFileRename|" +
    "navigationBar|breakpoints))\\b",
);

/**
 * The same program without indentation, without comments that fit a line, and without those files: the snapshot's file
 * and the heaps of both threads keep the text of what has not run yet.
 */
function lean(text: string): string {
  const parts = text.split(/^(?=\/\/ src\/)/m);
  return parts
    .filter((part) => !unused.test(part))
    .join("")
    .replace(/^[ \t]+/gm, "")
    .replace(/^(\/\/.*|\/\*[^*\n]*\*\/)\n/gm, "")
    .replace(/(?<=[\w)\]}"]) \/\*[ \w$.]*\*\//g, "")
    .replace(/(?<=[(,]\s*)\/\*[ \w$.]*\*\/ ?/g, "")
    .replace(/^0 && \(module\.exports = \{[^}]*\}\);?$/m, "");
}

/** The same program in characters of one byte: the heap, and so the snapshot, keeps half as much of it. */
function oneByte(text: string): string {
  const escaped = text.replace(
    /[\u0100-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return Buffer.from(escaped, "latin1").toString("latin1");
}

/** The kernel's own files are ES modules. */
function asCommonJs(text: string, file: string): string {
  transpiler ??= loadFile(typescriptFile) as Ts;
  const url = JSON.stringify(`file://${file}`);
  return transpiler.transpileModule(text.replaceAll("import.meta.url", url), {
    compilerOptions: {
      module: transpiler.ModuleKind.CommonJS,
      target: transpiler.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  }).outputText;
}

const { loadTypeScript, practisedCompiler } = loadFile(
  path.join(kernelFolder, "compiler.js"),
) as CompilerModule;
const loaded = loadTypeScript();
// Sorting what completes makes an Intl.Collator, which no snapshot can hold: TypeScript forgets that of a locale
// which is not its own.
loaded.ts.setUILocale("en");
const cells = [
  "1 + 1",
  'import { Mat } from "unrolled";',
  "const list: number[] = [1, 2]; for (const x of list) console.log(`${x}`);",
  "function f(a: number): number { return a; }\nf(await Promise.resolve(list[0]!))",
];
// What the process that makes the snapshot is told of JavaScript as it will be.
const parts = (process.argv[2] ?? "").split(",");
const making = practisedCompiler(loaded, cells, parts, (compiler) => {
  compiler.assist("Math.sq").complete(7);
  // It is declared in a small file: what is inspected keeps its file's comments.
  compiler.assist("prompt").inspect(6);
});
loaded.ts.setUILocale(undefined);

v8.startupSnapshot.setDeserializeMainFunction(() => {
  Object.defineProperty(globalThis, Symbol.for("unrolled.compiler"), {
    value: making,
    configurable: true,
  });
  // process.argv is that of a start without a snapshot: Node, main.js, the connection file.
  nodeModule.createRequire(__filename)(process.argv[1] ?? "");
});
