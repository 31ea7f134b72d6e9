/** `unrolled grade`: a folder of hand-ins in; grades, reports and a table out. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { exitCodes } from "#common/exit-codes";
import { writeWhole } from "#common/write-whole";
import { type Command, Option } from "commander";
import { manifest } from "../../exercises/manifest.js";
import { freshSeed } from "../judge/seed.js";
import { NoSandboxError } from "../sandbox/sandbox.js";
import { gradesCsv } from "./formats/csv.js";
import { openGradebook } from "./store/open.js";
import { withoutPassword } from "./store/postgres.js";
import { GradebookError } from "./store/store.js";
import { type ClassRun, gradeClass } from "./gradeClass.js";
import type { Graded } from "./result/graded.js";
import { gradeOnDatabase } from "./gradeTogether.js";
import { findHandIns, IntakeError } from "./intake/handIn.js";
import { cleanWhenStopped, openSandboxFor } from "./classSandbox.js";
import { wholeNumber } from "./optionValues.js";
import { packVersion } from "./packVersion.js";
import { progress } from "./liveLine.js";
import { summaryText } from "./summary.js";

interface GradeOptions {
  readonly gradebook: string;
  readonly database?: string;
  readonly report?: string;
  readonly csv?: string;
  readonly workers: number;
  readonly seed?: number;
  readonly acceptWeakerSandbox?: boolean;
}

const HELP = `
A hand-in is a folder per student, an nbgrader tree (submitted/STUDENT/ASSIGNMENT/), or loose
files named by student; it holds .ts files, .ipynb notebooks, or both. Student code runs shut in:
no network, no files but its own, bounded time and memory. A run that was stopped goes on where
it was when the same command is given again.
`;

/** Adds `grade` to the command line; `onEnd` gets the exit code. */
export function registerGrade(program: Command, onEnd: (code: number) => void): void {
  program
    .command("grade")
    .summary("grade a class: a folder of hand-ins")
    .description("Grades every hand-in of a folder into a gradebook.")
    .argument("<folder>", "the folder that holds the hand-ins")
    .option("--gradebook <file>", "SQLite file that keeps all attempts", "gradebook.sqlite")
    .addOption(
      new Option(
        "--database <address>",
        "keep them in PostgreSQL and share the work with other machines: postgres://USER@HOST/DATABASE",
      ).conflicts("gradebook"),
    )
    .option("--report <folder>", "write a page per student and one for the class here")
    .option("--csv <file>", "write the grades as a table here")
    .option(
      "--workers <n>",
      "hand-ins graded at the same time; with --database, 0 leaves them to other machines",
      wholeNumber(0, 256),
      availableParallelism(),
    )
    .option(
      "--seed <n>",
      "draw the inputs from this seed (kept with the assignment)",
      wholeNumber(1, 2 ** 32 - 1),
    )
    .option("--accept-weaker-sandbox", "go on without bubblewrap, with Deno's own walls alone")
    .addHelpText("after", HELP)
    .action(async (folder: string, options: GradeOptions) => {
      onEnd(await grade(folder, options));
    });
}

/** Grades the folder; the exit code. */
export async function grade(folder: string, options: GradeOptions): Promise<number> {
  try {
    return await gradeFolder(folder, options);
  } catch (error) {
    if (error instanceof IntakeError) return fail(error.message, exitCodes.usage);
    if (error instanceof NoSandboxError) return fail(error.message, exitCodes.noSandbox);
    if (error instanceof GradebookError) return fail(error.message, exitCodes.ownFailure);
    return fail(`grade: ${(error as Error).message}`, exitCodes.ownFailure);
  }
}

function fail(message: string, code: number): number {
  console.error(message);
  return code;
}

async function gradeFolder(folder: string, options: GradeOptions): Promise<number> {
  const { database } = options;
  if (options.workers === 0 && database === undefined) {
    return fail(
      "grade: --workers 0 leaves the work to others, which needs --database",
      exitCodes.usage,
    );
  }
  const places = await findHandIns(
    folder,
    manifest.map(({ id }) => id),
  );
  const sandbox = await openSandboxFor("grade", options.acceptWeakerSandbox === true);
  const stopCleaning = cleanWhenStopped(
    sandbox.folder,
    "grade: stopped; the same command goes on from here",
  );
  try {
    const gradebook = await openGradebook(database ?? options.gradebook);
    try {
      const seeds = new Map<string, number>();
      const seedOf = async (assignment: string): Promise<number> => {
        const known = seeds.get(assignment);
        if (known !== undefined) return known;
        if (options.seed !== undefined) await gradebook.setSeed(assignment, options.seed);
        const seed = await gradebook.seedOf(assignment, freshSeed());
        seeds.set(assignment, seed);
        return seed;
      };
      const bar = progress(places.length, process.stderr);
      const start = performance.now();
      let newlyGraded = 0;
      const run: ClassRun = {
        places,
        exercises: manifest,
        sandbox,
        gradebook,
        packVersion: packVersion(),
        seedOf,
        workers: options.workers,
        onGraded: (one, isNew) => {
          if (isNew) newlyGraded++;
          bar.step(`${one.student}: ${one.score} of ${one.maxScore}`, isNew);
        },
      };
      const graded = await (database === undefined
        ? gradeClass(run)
        : gradeOnDatabase(database, run, manifest));
      bar.finish();
      const seconds = (performance.now() - start) / 1000;
      console.log(
        summaryText(graded, { newlyGraded, seconds, gradebook: gradebookName(options), seeds }),
      );
      await writeOutputs(graded, options);
      return exitCodeOf(graded);
    } finally {
      await gradebook.close();
    }
  } finally {
    stopCleaning();
    await sandbox.close();
  }
}

function gradebookName({ database, gradebook }: GradeOptions): string {
  return database === undefined ? gradebook : withoutPassword(database);
}

async function writeOutputs(graded: readonly Graded[], options: GradeOptions): Promise<void> {
  const { csv, report } = options;
  if (csv !== undefined) {
    const ids = manifest.map(({ id }) => id);
    await orSay(csv, options, () => writeWhole(resolve(csv), gradesCsv(graded, ids)));
    console.log(`Table: ${csv}`);
  }
  if (report !== undefined) {
    const { writeReports } = await import("./report/write.js");
    const page = await orSay(report, options, () =>
      writeReports(graded, manifest, resolve(report)),
    );
    console.log(`Report: ${page}`);
  }
}

/** Runs what writes to `place`; where it can't, says what is safe and how to go on. */
async function orSay<T>(
  place: string,
  options: GradeOptions,
  write: () => T | Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const why = (error as Error).message;
    throw new GradebookError(
      `grade: ${place} can't be written: ${why}; the grades are safe in ${gradebookName(options)}: free space or name another place, and give the same command again`,
    );
  }
}

function exitCodeOf(graded: readonly Graded[]): number {
  const failed = graded.filter(({ results }) =>
    results.some(({ verdict }) => verdict.status === "internal-error"),
  );
  if (failed.length === 0) return exitCodes.fine;
  const names = failed.map(({ student }) => student).join(", ");
  return fail(
    `grade: the grader itself failed on ${names}; their attempts do not count, run the same command again`,
    exitCodes.ownFailure,
  );
}
