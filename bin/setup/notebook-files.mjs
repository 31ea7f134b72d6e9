// The library and the kernel once more, in few files: Node takes half a millisecond for each file that is imported; the
// library has some two hundred, and the kernel starts with forty-five. The kernel asks for the library's with the
// condition "notebook" (package.json's exports), so that within one process all parts come from here, or none. Written by rollup (MIT licence;
// it splits what several entries share, and leaves names as they are).
import { readFileSync, rmSync } from "node:fs";
import { basename, isAbsolute } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { inProject } from "./places.mjs";

/** Large, and nothing but data: one copy does for both. */
const data = /\/(speechFrames|dnaSequences|firstNameList)\.js$/;

/** The engine's parts that it loads by their file's name. */
const loadedByName = ["src/engine/node/parts", "src/engine/node/thread"];

/** The kernel's two threads, and what its workers load by the file's name. */
const kernelEntries = [
  "start/main",
  "start/workers",
  "start/typescriptLoader",
  "protocol/protocolThread",
];

/** Puts dist/ together for notebooks, in dist/notebook. */
export async function writeNotebookFiles() {
  rmSync(inProject("dist", "notebook"), { recursive: true, force: true });
  const { exports } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  const files = Object.values(exports).flatMap(({ notebook }) => notebook ?? []);
  const entries = files.map((file) => file.replace("./dist/notebook/", "").replace(/\.js$/, ""));
  // Each chunk lies where the paths in it are right: beside the engine's door to its parts, in the kernel's start.
  await putTogether([...entries, ...loadedByName], "src/engine");
  await putTogether(
    kernelEntries.map((entry) => `src/kernel/${entry}`),
    "src/kernel/start",
  );
}

/** Writes entries with all that they import, but packages; what several of them import, in a folder of its own. */
async function putTogether(entries, chunks) {
  const { rollup } = await import("rollup");
  const together = await rollup({
    input: Object.fromEntries(entries.map((entry) => [entry, inProject("dist", `${entry}.js`)])),
    external: (name) => data.test(name) || (!name.startsWith(".") && !isAbsolute(name)),
  });
  await together.write({
    dir: inProject("dist", "notebook"),
    chunkFileNames: `${chunks}/[name]-[hash].js`,
    paths: (id) => (data.test(id) ? `../src/data/${basename(id)}` : id),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeNotebookFiles();
