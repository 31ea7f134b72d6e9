// The library once more, in few files: Node takes half a millisecond for each file that a notebook imports, and the
// library has some two hundred. The kernel asks for these with the condition "notebook" (package.json's exports), so
// that within one process all parts come from here, or none. Written by rollup (MIT licence;
// it splits what several entries share, and leaves names as they are).
import { readFileSync, rmSync } from "node:fs";
import { isAbsolute } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { inProject } from "./places.mjs";

/** The engine's parts that it loads by their file's name. */
const loadedByName = ["src/engine/node/parts", "src/engine/node/thread"];

/** Puts dist/ together for notebooks, in dist/notebook. */
export async function writeNotebookFiles() {
  const { rollup } = await import("rollup");
  const { exports } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  const files = Object.values(exports).flatMap(({ notebook }) => notebook ?? []);
  const entries = files.map((file) => file.replace("./dist/notebook/", "").replace(/\.js$/, ""));
  const together = await rollup({
    input: Object.fromEntries(
      [...entries, ...loadedByName].map((entry) => [entry, inProject("dist", `${entry}.js`)]),
    ),
    external: (name) => !name.startsWith(".") && !isAbsolute(name),
  });
  rmSync(inProject("dist", "notebook"), { recursive: true, force: true });
  await together.write({
    dir: inProject("dist", "notebook"),
    // Beside the engine's door to its parts, whose path is relative.
    chunkFileNames: "src/engine/[name]-[hash].js",
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeNotebookFiles();
