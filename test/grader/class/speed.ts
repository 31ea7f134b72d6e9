/** Grades a class that is made for it, once and once more unchanged, and tells what it took. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exercise } from "../../../exercises/manifest.js";
import { type ClassRun, gradeClass } from "../../../grader/class/gradeClass.js";
import { findHandIns } from "../../../grader/class/intake/handIn.js";
import type { Graded } from "../../../grader/class/result/graded.js";
import { Reports } from "../../../grader/class/report/write.js";
import { openGradebook } from "../../../grader/class/store/open.js";
import { classResult, writeFormat } from "../../../grader/class/writeFormats.js";
import { openWorkingSandbox } from "../../../grader/sandbox/status.js";
import { IDS, writeClass } from "./madeClass.js";

/** What grading a class took; times of one hand-in in milliseconds, memory in MB. */
export interface Speed {
  readonly students: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Of grading alone. */
  readonly seconds: number;
  readonly median: number;
  readonly slowestTwentieth: number;
  /** Processor time of the grader itself for one; what runs in boxes and what reads hand-ins is not in it. */
  readonly processor: number;
  /** The reading of the folder, the pages and the table, and a run in which nothing has changed, for one hand-in. */
  readonly finding: number;
  readonly pages: number;
  readonly table: number;
  readonly again: number;
  /** The most memory that the grader itself had. */
  readonly memory: number;
  readonly gradebook: number;
  /** What was done beside `seconds` and the grader's start: making the class, pages, the second run. */
  readonly besideSeconds: number;
}

const PACK_VERSION = "class-speed";

async function timed<T>(work: () => T | Promise<T>): Promise<readonly [T, number]> {
  const start = performance.now();
  return [await work(), performance.now() - start];
}

/** Milliseconds of the processor that this process took. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Makes a class and grades it.
 *
 * @param students - how many
 * @param workers - how many hand-ins at a time
 * @returns what it took
 * @throws what keeps the sandbox from starting
 */
export async function classSpeed(students: number, workers: number): Promise<Speed> {
  const folder = mkdtempSync(join(tmpdir(), "unrolled-class-speed-"));
  const classFolder = join(folder, "class");
  const [, making] = await timed(() => {
    writeClass(classFolder, students);
  });
  const sandbox = await openWorkingSandbox({ kind: "bubblewrap" });
  const file = join(folder, "gradebook.sqlite");
  const gradebook = await openGradebook(file);
  try {
    const exercises = IDS.map((id) => exercise(id));
    const [places, finding] = await timed(() => findHandIns(classFolder));
    const begun = new Map<string, number>();
    const took: number[] = [];
    const statuses: Record<string, number> = {};
    const run: ClassRun = {
      ...{ places, exercises, sandbox, gradebook, workers, packVersion: PACK_VERSION },
      keepsWhole: false,
      seedOf: (assignment) => gradebook.seedOf(assignment, 20_261_126),
      onStart: ({ student }) => begun.set(student, performance.now()),
      onGraded: ({ student, results }, isNew) => {
        if (!isNew) return;
        took.push(performance.now() - begun.get(student)!);
        for (const { verdict } of results)
          statuses[verdict.status] = (statuses[verdict.status] ?? 0) + 1;
      },
    };
    const processor = processorTime();
    const [graded, grading] = await timed(() => gradeClass(run));
    const spent = processorTime() - processor;
    const [, table] = await timed(() => {
      const csv = { format: "csv", file: join(folder, "grades.csv") } as const;
      writeFormat(csv, classResult(graded, exercises));
    });
    const [, again] = await timed(() => gradeClass(run));
    const reports = new Reports(join(folder, "pages"), exercises);
    const onGraded = (one: Graded): void => {
      reports.add(one);
    };
    const [, withPages] = await timed(async () => {
      await reports.finish(await gradeClass({ ...run, onGraded }));
    });
    const pages = withPages - again;
    const sorted = took.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;
    return {
      ...{ students, statuses, seconds: grading / 1000 },
      ...{ median: at(0.5), slowestTwentieth: at(0.95), processor: spent / students },
      ...{ finding: finding / students, pages: pages / students, table: table / students },
      ...{ again: again / students, memory: process.resourceUsage().maxRSS / 1024 },
      gradebook: (statSync(file).size + statSync(`${file}-wal`).size) / 2 ** 20,
      besideSeconds: (making + table + again + withPages) / 1000,
    };
  } finally {
    await gradebook.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
