// The library, the kernel and what runs in the grader's box once more, in few files: Node and Deno take half a millisecond
// for each file that is imported; the library has some two hundred, the kernel starts with forty-five, a box with sixty. The
// kernel asks for the library's with the condition "notebook" (package.json's exports), so that within one process all
// parts come from here, or none. Written by rollup (MIT licence; it splits what several entries share, and leaves names as
// they are).
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { inProject } from "./places.mjs";

/** Large, and nothing but data: one copy does for both. */
const data = /\/(speechFrames|dnaSequences|firstNameList)\.js$/;

/** The engine's parts that it loads by their file's name. */
const loadedByName = ["src/engine/node/parts", "src/engine/node/thread"];

/** The thread that runs cells, and what its workers load by the file's name. */
const kernelEntries = ["start/main", "start/workers", "start/typescriptLoader"];

/** The protocol's thread: a CommonJS module, for a thread that loads no other starts 8 ms earlier. */
const protocolFolder = "src/kernel/protocol";

/** What starts in the box, and what the modules that stand for packages there are made of. */
const boxEntries = [
  ...[
    "grader/sandbox/box/main",
    "grader/sandbox/box/forkServer",
    "grader/sandbox/box/turn",
    "grader/source/absent",
  ],
  "src/student",
];

/** In the box the library is what students have of it. */
const boxLibrary = { "src/index": "grader/sandbox/box/library" };

/** Puts dist/ together for notebooks, in dist/notebook, and for the grader's box, in dist/box. */
export async function putTogether() {
  await writeFolder(inProject("dist", "notebook"), writeNotebookFiles);
  await writeFolder(inProject("dist", "box"), (folder) =>
    write(folder, boxEntries, { chunks: "src", instead: boxLibrary }),
  );
}

async function writeNotebookFiles(written) {
  const { exports } = JSON.parse(readFileSync(inProject("package.json"), "utf8"));
  const files = Object.values(exports).flatMap(({ notebook }) => notebook ?? []);
  const entries = files.map((file) => file.replace("./dist/notebook/", "").replace(/\.js$/, ""));
  // Each chunk lies where the paths in it are right: beside the engine's door to its parts, in the kernel's start.
  await write(written, [...entries, ...loadedByName], { chunks: "src/engine" });
  await write(
    written,
    kernelEntries.map((entry) => `src/kernel/${entry}`),
    { chunks: "src/kernel/start" },
  );
  await write(written, [`${protocolFolder}/protocolThread`], { format: "cjs" });
  writeFileSync(join(written, protocolFolder, "package.json"), '{ "type": "commonjs" }\n');
}

/** Writes a folder beside its place first: a kernel or a box may be starting from there. */
async function writeFolder(place, fill) {
  const [written, old] = [`${place}.new`, `${place}.old`];
  for (const folder of [written, old]) rmSync(folder, { recursive: true, force: true });
  await fill(written);
  try {
    renameSync(place, old);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  renameSync(written, place);
  rmSync(old, { recursive: true, force: true });
}

/** Writes entries with all that they import, but packages; what several of them import, in a folder of its own. */
async function write(folder, entries, { chunks = ".", format = "es", instead = {} }) {
  const { rollup } = await import("rollup");
  const { default: ts } = await import("typescript");
  const together = await rollup({
    input: Object.fromEntries(entries.map((entry) => [entry, inProject("dist", `${entry}.js`)])),
    plugins: [standingInstead(instead)],
    external: (name) => data.test(name) || (!name.startsWith(".") && !isAbsolute(name)),
  });
  await together.write({
    dir: folder,
    format,
    chunkFileNames: `${chunks}/[name]-[hash].js`,
    paths: (id) => (data.test(id) ? `../src/data/${basename(id)}` : id),
    // The docstrings are read in dist/src; here they would be a third of what a kernel reads and a package carries.
    plugins: [{ name: "without docstrings", renderChunk: (code) => withoutComments(ts, code) }],
  });
}

/** Gives one built file in another's place. */
function standingInstead(instead) {
  const built = (file) => inProject("dist", `${file}.js`);
  const files = new Map(Object.entries(instead).map((pair) => pair.map(built)));
  return {
    name: "standing instead",
    resolveId: (name, from) =>
      from === undefined ? undefined : files.get(join(dirname(from), name)),
  };
}

/** The same code without its comments. */
function withoutComments(ts, code) {
  const { ESNext } = ts.ScriptTarget;
  const compilerOptions = { removeComments: true, target: ESNext, module: ts.ModuleKind.ESNext };
  return { code: ts.transpileModule(code, { compilerOptions }).outputText, map: null };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await putTogether();
