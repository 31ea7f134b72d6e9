/**
 * Every lesson on both kernels, as shipped and solved, on each of the engine's paths: `npm run lessons:matrix`, or
 * `npm run lessons:matrix -- 02 05` for some lessons. Half an hour on two cores.
 *
 * What came is kept after each run in test/notebooks/matrix.json, and the table in matrix.md, so that an interrupted
 * matrix goes on where it was: a combination runs again only if its lesson's code has changed, or with `--again`.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { exitCodes } from "#common/exit-codes";
import { inPack } from "#common/pack-root";
import { writeFormatted } from "../formatted.js";
import { lessonFiles, type Notebook } from "../../grader/notebook/lessonCells.js";
import { execute, type ExecutedNotebook, outputText, stockKernel } from "./execute.js";
import { readLesson, withSolutions } from "./lesson.js";

const kernels = { ours: "tslab", stock: stockKernel } as const;
const forms = ["as shipped", "solved"] as const;
const paths = ["blas", "wasm", "js"] as const;

/** A combination, and how its last run went. */
interface Run {
  readonly lesson: string;
  readonly kernel: keyof typeof kernels;
  readonly form: (typeof forms)[number];
  readonly path: (typeof paths)[number];
  /** A hash of the code that ran. */
  readonly of: string;
  /** The day, such as 2026-11-26. */
  readonly date: string;
  readonly seconds: number;
  /** What went wrong, in a line; empty where nothing did. */
  readonly fault: string;
}

const [jsonFile, tableFile] = ["matrix.json", "matrix.md"].map((name) =>
  inPack("test", "notebooks", name),
) as [string, string];

/** What went wrong in a run, in a line: an error, a warning, or an exercise that has not the verdict it should have. */
function faultOf({ cells }: ExecutedNotebook, form: Run["form"]): string {
  for (const { id, outputs, source } of cells) {
    const wrong = outputs.find(
      ({ output_type, name }) => output_type === "error" || name === "stderr",
    );
    if (wrong !== undefined) return `${id}: ${outputText(wrong).trim().split("\n")[0]!}`;
    if (!/^const my_\w+ = await check\(/.test(source)) continue;
    const verdict = form === "solved" ? /\d+ of \d+ cases? pass/ : /not written yet/;
    if (!verdict.test(outputs.map(outputText).join("\n"))) return `${id}: not ${String(verdict)}`;
  }
  return "";
}

/** All that runs of a lesson: another word in its text makes no other run. */
function codeOf({ cells }: Notebook): string {
  return JSON.stringify(
    cells.filter(({ cell_type }) => cell_type === "code").map(({ id, source }) => [id, source]),
  );
}

async function run(notebook: Notebook, { kernel, form, path }: Run): Promise<Partial<Run>> {
  process.env["UNROLLED_ENGINE"] = path; // the kernel's, too
  try {
    const ran = await execute(notebook, { kernel: kernels[kernel] });
    return { seconds: Number(ran.seconds.toFixed(1)), fault: faultOf(ran, form) };
  } catch (error) {
    return { seconds: 0, fault: (error as Error).message.trim().split("\n").at(-1)! };
  }
}

async function keep(runs: readonly Run[]): Promise<void> {
  const rows = new Map<string, string[]>();
  for (const { lesson, kernel, form, path, seconds, date, fault } of runs) {
    const row = `${lesson} | ${kernel} | ${form}`;
    const cells = rows.get(row) ?? paths.map(() => "");
    cells[paths.indexOf(path)] = `${fault === "" ? `${seconds} s` : `**${fault}**`}, ${date}`;
    rows.set(row, cells);
  }
  const table = Array.from(rows, ([row, cells]) => `| ${row} | ${cells.join(" | ")} |`).sort();
  const lines = [
    "# The lessons on both kernels and on each of the engine's paths",
    "",
    "Written by `npm run lessons:matrix`: seconds from the kernel's start to the last cell's reply (of whatever else the machine did then, too) and the day of the run, or what went wrong. An empty place has not run.",
    "",
    `| lesson | kernel | exercises | ${paths.join(" | ")} |`,
    `|${" --- |".repeat(3 + paths.length)}`,
    ...table,
    "",
  ];
  await writeFormatted(jsonFile, JSON.stringify(runs));
  await writeFormatted(tableFile, lines.join("\n"));
}

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const again = process.argv.includes("--again");
const lessons = lessonFiles()
  .map((file) => basename(file, ".ipynb"))
  .filter((name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)));
const combinations = paths.flatMap((path) =>
  forms.flatMap((form) =>
    Object.keys(kernels).flatMap((kernel) =>
      lessons.map((name) => {
        const shipped = readLesson(name);
        const notebook = form === "solved" ? withSolutions(shipped) : shipped;
        const of = createHash("sha256").update(codeOf(notebook)).digest("hex").slice(0, 12);
        return { notebook, told: { lesson: name.slice(0, 2), kernel, form, path, of } as Run };
      }),
    ),
  ),
);

let runs: readonly Run[] = existsSync(jsonFile)
  ? (JSON.parse(readFileSync(jsonFile, "utf8")) as Run[])
  : [];
const same = (one: Run, other: Run): boolean =>
  (["lesson", "kernel", "form", "path"] as const).every((key) => one[key] === other[key]);
let failed = 0;
for (const [k, { notebook, told }] of combinations.entries()) {
  const last = runs.find((one) => same(one, told));
  const done = last?.of === told.of && last.fault === "" && !again;
  const result = done
    ? last
    : { ...told, ...(await run(notebook, told)), date: new Date().toISOString().slice(0, 10) };
  if (result.fault !== "") failed++;
  const { lesson, kernel, form, path, seconds, fault } = result;
  const how = fault === "" ? `${seconds} s${done ? `, kept of ${result.date}` : ""}` : fault;
  console.log(`${k + 1}/${combinations.length} ${lesson} ${kernel} ${form} ${path}: ${how}`);
  if (done) continue;
  runs = [...runs.filter((one) => !same(one, told)), result];
  await keep(runs);
}
process.exitCode = failed > 0 ? exitCodes.notYet : exitCodes.fine;
