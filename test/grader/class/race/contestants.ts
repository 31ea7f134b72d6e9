/**
 * The graders that race: each makes its class once, and grades it as often as it is asked to, from nothing.
 *
 * Each grades in processes of its own, which are started for it. Ours does what `grade` does between its start and its
 * tables and pages; nbgrader's is its command. Both take the whole class; nbgrader grades one
 * hand-in after the other, and has no way to more. Otter's local grader takes one hand-in, in a process of its own (Docker
 * would add a container to each); as many are run at a time as there are processors.
 */
import { execFile } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { inPack } from "#common/pack-root";
import { exercise } from "../../../../exercises/manifest.js";
import { IDS, kindOf, nameOf } from "../madeClass.js";
import type { Speed } from "../speed.js";
import { casesText } from "./cases.js";
import { notebookOf, PYTHON } from "./pythonClass.js";

const runFile = promisify(execFile);
const BIN = inPack("test", "grader", "class", "race", ".venv", "bin");
const SEED = 20_261_126;

/** What came of grading a class once. */
export interface Lap {
  /** From the first process's start to the last one's end. */
  readonly seconds: number;
  /** A hand-in's time at the slowest twentieth, where the grader tells it, in milliseconds. */
  readonly slowestTwentieth?: number;
}

/** A grader with a class. */
export interface Contestant {
  readonly name: string;
  readonly students: number;
  lap(): Promise<Lap>;
}

/** How many of a class's exercises are right. */
function rightOf(students: number): number {
  return Array.from({ length: students }, (_, student) =>
    IDS.filter((_id, place) => kindOf(student, place) === "right"),
  ).flat().length;
}

/** @throws Error when a grader does not pass exactly what is right: then it did not do the work */
function mustPass(name: string, passed: number, students: number): void {
  const right = rightOf(students);
  if (passed !== right)
    throw new Error(
      `race: ${name} passed ${passed} exercises: expected ${right}; it does not count`,
    );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function python(program: string, args: readonly string[], cwd: string): Promise<string> {
  const PATH = `${BIN}:${process.env["PATH"] ?? ""}`; // nbgrader calls a program of its environment by its name
  const env = { ...process.env, PATH, PYTHONPATH: checksIn(cwd), PYTHONNOUSERSITE: "1" };
  const options = { cwd, env, maxBuffer: 2 ** 26 };
  return (await runFile(join(BIN, program), Array.from(args), options)).stdout;
}

/** Where a contestant's folder has the checks. */
function checksIn(folder: string): string {
  return join(folder, "checks");
}

function writeChecks(folder: string): void {
  mkdirSync(checksIn(folder), { recursive: true });
  copyFileSync(join(PYTHON, "race_checks.py"), join(checksIn(folder), "race_checks.py"));
  writeFileSync(join(checksIn(folder), "cases.json"), casesText(SEED));
}

/**
 * Our own `grade`, in a process of its own for each lap.
 *
 * @param students - how many
 * @returns the contestant
 */
export function unrolled(students: number): Contestant {
  return {
    ...{ name: "unrolled", students },
    async lap() {
      const script = inPack("dist", "test", "grader", "class", "classSpeed.js");
      let text = "";
      const seconds = await timed(async () => {
        const args = [script, "--students", String(students), "--json"];
        text = (await runFile(process.execPath, args, { maxBuffer: 2 ** 26 })).stdout;
      });
      const speed = JSON.parse(text) as Speed;
      mustPass("unrolled", speed.statuses["passed"] ?? 0, students);
      return { seconds: seconds - speed.besideSeconds, slowestTwentieth: speed.slowestTwentieth };
    },
  };
}

/**
 * `nbgrader autograde` over a course folder.
 *
 * @param students - how many
 * @param folder - an empty one
 * @returns the contestant
 */
export async function nbgrader(students: number, folder: string): Promise<Contestant> {
  writeChecks(folder);
  writeNotebook(join(folder, "source", "race"), notebookOf(undefined, true));
  await python("nbgrader", ["generate_assignment", "race"], folder);
  for (let student = 0; student < students; student++)
    writeNotebook(join(folder, "submitted", nameOf(student), "race"), notebookOf(student, true));
  cpSync(join(folder, "gradebook.db"), join(folder, "fresh.db"));
  return {
    ...{ name: "nbgrader", students },
    async lap() {
      rmSync(join(folder, "autograded"), { recursive: true, force: true });
      cpSync(join(folder, "fresh.db"), join(folder, "gradebook.db"));
      const seconds = await timed(() => python("nbgrader", ["autograde", "race"], folder));
      const count = join(PYTHON, "count_nbgrader.py");
      mustPass(
        "nbgrader",
        Number(await python("python", [count, folder, "race"], folder)),
        students,
      );
      return { seconds };
    },
  };
}

function writeNotebook(folder: string, notebook: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "race.ipynb"), notebook);
}

/**
 * `otter run` over each hand-in.
 *
 * @param students - how many
 * @param folder - an empty one
 * @returns the contestant
 */
export async function otter(students: number, folder: string): Promise<Contestant> {
  writeChecks(folder);
  mkdirSync(join(folder, "tests"));
  for (const id of IDS) writeFileSync(join(folder, "tests", `${id}.py`), otterTest(id));
  await python("otter", ["generate", "-t", "tests", "-o", "autograder.zip"], folder);
  for (let student = 0; student < students; student++)
    writeNotebook(join(folder, "submitted", nameOf(student)), notebookOf(student, false));
  const grade = (student: number): Promise<string> => {
    const own = join(folder, "graded", nameOf(student));
    mkdirSync(own, { recursive: true });
    const notebook = join(folder, "submitted", nameOf(student), "race.ipynb");
    return python(
      "otter",
      ["run", "-a", "autograder.zip", "-o", own, "--no-logo", notebook],
      folder,
    );
  };
  return {
    ...{ name: "otter", students },
    async lap() {
      rmSync(join(folder, "graded"), { recursive: true, force: true });
      let next = 0;
      const worker = async (): Promise<void> => {
        while (next < students) await grade(next++);
      };
      const seconds = await timed(() =>
        Promise.all(Array.from({ length: availableParallelism() }, worker)),
      );
      let passed = 0;
      for (let student = 0; student < students; student++)
        passed += otterPassed(join(folder, "graded", nameOf(student), "results.json"));
      mustPass("otter", passed, students);
      return { seconds };
    },
  };
}

function otterTest(id: string): string {
  return [
    "from otter.test_files import test_case",
    "",
    "OK_FORMAT = False",
    `name = "${id}"`,
    `points = ${exercise(id).points}`,
    "",
    "",
    "@test_case()",
    `def test_all(env):`,
    "    from race_checks import check",
    "",
    `    check("${id}", env["${id}"])`,
    "",
  ].join("\n");
}

interface OtterResults {
  readonly tests: readonly {
    readonly name: string;
    readonly score: number;
    readonly max_score: number;
  }[];
}

function otterPassed(file: string): number {
  const { tests } = JSON.parse(readFileSync(file, "utf8")) as OtterResults;
  const ours = new Set<string>(IDS);
  return tests.filter(({ name, score, max_score }) => ours.has(name) && score === max_score).length;
}
