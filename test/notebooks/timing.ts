/**
 * How long the lessons take: `npm run lesson-times`, or `npm run lesson-times -- 02 05` for some of them.
 *
 * Each lesson runs in a kernel that is already up, as shipped and with its exercises solved, once with the fast
 * engine and once with the readable functions in its place: both have the same names and arguments, so the readable
 * run imports them from "unrolled" where the lesson says "unrolled/engine". The two take turns; the table holds
 * medians of three runs (`--runs=1` takes fewer; `--shipped` leaves the solved ones out). Each lesson has run once
 * before, as the kernel keeps what it compiled; with `--first` every run compiles anew. With `--profile` one more run
 * of each tells what the time is made of, with `--cells` the table has a line for each cell.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  lessonFiles,
  type Notebook,
  type NotebookCell,
} from "../../grader/notebook/lessonCells.js";
import { execute, type ExecutedCell, foreignFolder, outputText } from "./execute.js";
import { readLesson, withSolutions } from "./lesson.js";

const paths = ["readable", "engine"] as const;
type Path = (typeof paths)[number];

/** What a call belongs to, by the file that it is in; the innermost one that is listed counts. */
const kinds: readonly (readonly [kind: string, file: RegExp])[] = [
  ["type checks", /\/(typescript-for-tslab|tslab)\/|\/dist\/src\/kernel\//],
  ["charts", /\/(vega[\w-]*|d3-[\w-]*)\/|\/dist\/src\/(charts|display)\//],
  ["data", /\/dist\/src\/data\//],
  ["engine", /\/dist\/src\/engine\/|\/koffi\/|^wasm:/],
  ["Adam", /\/dist\/src\/(optimisers|clipping)\./],
  ["readable", /\/dist\/src\/(sequence|cells|losses|output|activations)/],
  ["exercises", /\/dist\/(grader|exercises)\//],
  ["imports", /^node:internal\/(modules|vm|deps\/cjs)/],
  ["the lesson's own code", /cell:/],
];

/** A CPU profile as V8 writes it. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** The lesson with the functions that the path names. */
function onPath(notebook: Notebook, path: Path): Notebook {
  if (path === "engine") return notebook;
  return JSON.parse(
    JSON.stringify(notebook).replaceAll(
      String.raw`from \"unrolled/engine\"`,
      String.raw`from \"unrolled\"`,
    ),
  ) as Notebook;
}

function codeCell(id: string, source: string): NotebookCell {
  const cell = { id, cell_type: "code", metadata: {}, source: [source] } as const;
  return { ...cell, outputs: [], execution_count: null } as NotebookCell;
}

/** Milliseconds from a cell's request to its reply, cell by cell. */
async function cellTimes(notebook: Notebook): Promise<Map<string, number>> {
  const ready = codeCell("ready", "0;"); // a reply to it: the kernel is up
  const { cells } = await execute(
    { ...notebook, cells: [ready, ...notebook.cells] },
    { folder: place },
  );
  return new Map(
    cells.slice(1).map((cell) => {
      const failed = cell.outputs.find(({ output_type }) => output_type === "error");
      if (failed !== undefined) throw new Error(`${cell.id} failed:\n${outputText(failed)}`);
      return [cell.id, milliseconds(cell)];
    }),
  );
}

function milliseconds({ metadata }: ExecutedCell): number {
  const times = metadata["execution"] as Readonly<Record<string, string>>;
  return Date.parse(times["shell.execute_reply"]!) - Date.parse(times["iopub.status.busy"]!);
}

/** Milliseconds of a lesson's run by kind, from a profile that the kernel's own thread takes. */
async function profiled(notebook: Notebook): Promise<Map<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), "unrolled-profile-"));
  try {
    const file = join(folder, "lesson.cpuprofile");
    const start = codeCell(
      "start",
      `const profiler = new ((globalThis as any).process.getBuiltinModule("node:inspector").Session)();
       profiler.connect(); profiler.post("Profiler.enable"); profiler.post("Profiler.start");`,
    );
    const stop = codeCell(
      "stop",
      `profiler.post("Profiler.stop", (_: unknown, { profile }: any) => (globalThis as any).process
         .getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(file)}, JSON.stringify(profile)));`,
    );
    await execute({ ...notebook, cells: [start, ...notebook.cells, stop] }, { folder: place });
    return byKind(JSON.parse(readFileSync(file, "utf8")) as Profile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function byKind({ nodes, samples, timeDeltas }: Profile): Map<string, number> {
  const named = new Map(nodes.map((node) => [node.id, node]));
  const kindOf = new Map<number, string>();
  const visit = (id: number, outer: string): void => {
    const { callFrame, children = [] } = named.get(id)!;
    const { functionName, url } = callFrame;
    const kind =
      kinds.find(([, file]) => file.test(url))?.[0] ??
      (/^\((idle|garbage collector)\)$/.test(functionName) ? functionName.slice(1, -1) : outer);
    kindOf.set(id, kind);
    for (const child of children) visit(child, kind);
  };
  visit(nodes[0]!.id, "other");
  const sums = new Map<string, number>();
  samples.forEach((id, k) => {
    const kind = kindOf.get(id)!;
    sums.set(kind, (sums.get(kind) ?? 0) + timeDeltas[k]! / 1000);
  });
  sums.delete("idle");
  return new Map([...sums].sort(([, a], [, b]) => b - a));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2).padStart(8);

function line(what: string, readable: number, engine: number): string {
  const ratio = (readable / engine).toFixed(2).padStart(7);
  return `${what.padEnd(36)}${seconds(readable)} ${seconds(engine)} ${ratio}`;
}

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const asked = (option: string): boolean => process.argv.includes(option);
const runs = Number(/--runs=(\d+)/.exec(process.argv.join(" "))?.[1] ?? 3);
const lessons = lessonFiles()
  .map((file) => basename(file, ".ipynb"))
  .filter((name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));

const place = foreignFolder();
if (asked("--first")) process.env["UNROLLED_COMPILED_CELLS"] = "off";
console.log(`${"seconds, medians of " + String(runs)}`.padEnd(36) + "readable   engine   ratio");
const all = { readable: 0, engine: 0 };
for (const name of lessons) {
  for (const solved of asked("--shipped") ? [false] : [false, true]) {
    const lesson = solved ? withSolutions(readLesson(name)) : readLesson(name);
    const taken = { readable: [] as Map<string, number>[], engine: [] as Map<string, number>[] };
    if (!asked("--first")) for (const path of paths) await cellTimes(onPath(lesson, path));
    for (let run = 0; run < runs; run++)
      for (const path of paths) taken[path].push(await cellTimes(onPath(lesson, path)));
    const whole = (path: Path): number => median(taken[path].map((cells) => sum(cells.values())));
    const title = `${name}${solved ? ", solved" : ""}`;
    console.log(line(title, whole("readable"), whole("engine")));
    for (const path of paths) all[path] += whole(path);
    if (asked("--cells")) {
      const inCell = (path: Path, id: string): number =>
        median(taken[path].map((cells) => cells.get(id)!));
      for (const id of taken.engine[0]!.keys())
        console.log(line(`  ${id}`, inCell("readable", id), inCell("engine", id)));
    }
    if (!asked("--profile")) continue;
    for (const path of paths) {
      const parts = await profiled(onPath(lesson, path));
      const text = [...parts].map(([kind, ms]) => `${kind} ${(ms / 1000).toFixed(2)}`);
      console.log(`  ${path}: ${text.join(", ")}`);
    }
  }
}
rmSync(place, { recursive: true, force: true });
console.log(line("all of them", all.readable, all.engine));
