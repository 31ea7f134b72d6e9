/**
 * Compiles the notebooks of a folder before anybody runs them: `node compileAhead.js FOLDER`. Their kernels then find
 * every cell that nobody has changed.
 */
import { readdirSync, readFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { CellCompiler } from "./cellCompiler.js";
import { compiledCellsOf } from "./compiledCells.js";
import { loadFork } from "./typescriptFork.js";

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly source: string | readonly string[];
  }[];
}

function codeCells(file: string): string[] {
  const { cells } = JSON.parse(readFileSync(file, "utf8")) as Notebook;
  return cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ source }) => [source].flat().join(""));
}

setPriority(constants.priority.PRIORITY_LOW);
process.chdir(process.argv[2]!);
const folder = process.cwd();
const compiler = new CellCompiler(loadFork(), folder, compiledCellsOf(folder));
for (const file of readdirSync(folder).filter((name) => name.endsWith(".ipynb"))) {
  let declared = "";
  for (const source of codeCells(file)) {
    const { diagnostics, declOutput = "" } = compiler.converters.node.convert(declared, source);
    // A cell with a type error declares nothing, as when it runs.
    if (diagnostics.length === 0) declared = declOutput;
    await new Promise((resolve) => setImmediate(resolve)); // for the writing
  }
}
compiler.converters.close();
