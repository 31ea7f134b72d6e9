/** Hooks of Node's, in a worker: files of TypeScript are compiled, unchecked, as ES modules. */
import { readFile } from "node:fs/promises";
import { createRequire, type LoadHook, type ResolveHook } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { packFile } from "./paths.js";

const ts = createRequire(packFile)("typescript") as typeof import("typescript");

/** What an import may mean besides what it says. */
function otherNames(name: string): string[] {
  if (!name.startsWith(".")) return [];
  const written = /\.([cm]?)jsx?$/.exec(name);
  if (written === null) return [`${name}.ts`, `${name}.tsx`];
  const stem = name.slice(0, written.index);
  return [`${stem}.${written[1]}ts`, `${stem}.tsx`];
}

/** As Node finds it, then as TypeScript does, then among the pack's packages. */
export const resolve: ResolveHook = async (name, context, next) => {
  const tries = [
    { name, context },
    ...otherNames(name).map((other) => ({ name: other, context })),
    { name, context: { ...context, parentURL: pathToFileURL(packFile).href } },
  ];
  let problem: unknown;
  for (const one of tries) {
    try {
      return await next(one.name, one.context);
    } catch (error) {
      problem ??= error;
    }
  }
  throw problem;
};

/** Compiles what is TypeScript. */
export const load: LoadHook = async (url, context, next) => {
  const kind = /\.([cm]?)tsx?$/.exec(url);
  if (kind === null || !url.startsWith("file:")) return next(url, context);
  const isCommonJs = kind[1] === "c";
  const { outputText } = ts.transpileModule(await readFile(fileURLToPath(url), "utf8"), {
    fileName: fileURLToPath(url),
    compilerOptions: {
      target: ts.ScriptTarget.ES2024,
      module: isCommonJs ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext,
      jsx: ts.JsxEmit.ReactJSX,
      inlineSourceMap: true,
    },
  });
  const format = isCommonJs ? "commonjs" : "module";
  return { format, source: outputText, shortCircuit: true };
};
