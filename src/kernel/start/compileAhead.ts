/**
 * Compiles the notebooks of a folder before anybody runs them: `node compileAhead.js FOLDER`. Their kernels then find
 * every cell that nobody has changed.
 */
import { readdirSync, readFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { compiledCellsOf } from "./compiledCells.js";
import { compilerFor, loadTypeScript } from "./compiler.js";
import { codeCells } from "./notebooks.js";

setPriority(constants.priority.PRIORITY_LOW);
process.chdir(process.argv[2]!);
const folder = process.cwd();
const loaded = loadTypeScript();
for (const file of readdirSync(folder).filter((name) => name.endsWith(".ipynb"))) {
  const compiler = compilerFor(loaded, folder, compiledCellsOf(folder));
  for (const source of codeCells(readFileSync(file, "utf8"))) {
    const compilation = compiler.compile(source);
    // A cell with a type error declares nothing, as when it runs.
    if ("file" in compilation) compiler.keep(compilation.file, () => true);
    await new Promise((resolve) => setImmediate(resolve)); // for the writing
  }
}
