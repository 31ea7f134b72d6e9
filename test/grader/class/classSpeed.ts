/**
 * `npm run class-speed [-- --students 100] [--workers 3]`: how fast a class is graded.
 *
 * The class is made here: ten exercises a student, most of them solved, some with a mistake, some not
 * begun. Told are hand-ins a second, the time of one at the median and at the slowest twentieth, the
 * time of the processor that the grader itself takes for one, its memory, and how
 * long the same class takes when nothing has changed. classSpeed.md beside this file keeps the last run.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { inPack } from "#common/pack-root";
import type { Exercise } from "../../../exercises/exercise.js";
import { exercise } from "../../../exercises/manifest.js";
import { type ClassRun, gradeClass } from "../../../grader/class/gradeClass.js";
import { findHandIns } from "../../../grader/class/intake/handIn.js";
import { openGradebook } from "../../../grader/class/store/open.js";
import { openWorkingSandbox } from "../../../grader/sandbox/status.js";

/** The assignment. */
const IDS = [
  ...["oneHot", "padBatch", "rnnCellForward", "stackWeights", "softmaxCrossEntropy"],
  ...["rnnForward", "rnnCellBackward", "rnnBackward", "numericalGradient", "manyToOne"],
];

/** What students write by mistake, as a change to a right text. */
const MISTAKES: readonly (readonly [string | RegExp, string])[] = [
  [".add(", ".sub("],
  [/\+= /, "-= "],
  [".T", ""],
  [".times(", ".add("],
  [/return /, "return null ?? "],
];

/** The text of one student's exercise: of ten, eight are right, one has a mistake, one is not begun. */
function textOf({ id }: Exercise, student: number, place: number): string {
  const kind = (student * 7 + place * 3) % 10;
  if (kind === 9) return readFileSync(inPack("exercises", id, "starter.ts"), "utf8");
  const right = readFileSync(inPack("exercises", id, "solution.ts"), "utf8");
  if (kind !== 8) return right;
  const wrong = MISTAKES.map(([from, to]) => right.replace(from, to)).filter(
    (text) => text !== right,
  );
  return wrong[(student + place) % wrong.length] ?? right;
}

/** Writes a class of so many students. */
function writeClass(folder: string, exercises: readonly Exercise[], students: number): void {
  for (let student = 0; student < students; student++) {
    const own = join(folder, `student-${String(student).padStart(5, "0")}`);
    mkdirSync(own, { recursive: true });
    for (const [place, one] of exercises.entries()) {
      writeFileSync(join(own, `${one.id}.ts`), `${textOf(one, student, place)}// ${student}\n`);
    }
  }
}

/** Milliseconds of the processor that this process took; what runs in boxes is not in it. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The most memory that this process has had, in MB. */
function peakMemory(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

const { values } = parseArgs({
  options: { students: { type: "string" }, workers: { type: "string" } },
});
const students = Number(values.students ?? 100);
const workers = Number(values.workers ?? availableParallelism() + 1);

const folder = mkdtempSync(join(tmpdir(), "unrolled-class-speed-"));
const sandbox = await openWorkingSandbox({ kind: "bubblewrap" });
const gradebook = await openGradebook(join(folder, "gradebook.sqlite"));
try {
  const exercises = IDS.map((id) => exercise(id));
  writeClass(join(folder, "class"), exercises, students);
  const begun = new Map<string, number>();
  const took: number[] = [];
  const statuses = new Map<string, number>();
  const run: ClassRun = {
    places: await findHandIns(join(folder, "class")),
    exercises,
    sandbox,
    gradebook,
    packVersion: "class-speed",
    seedOf: (assignment) => gradebook.seedOf(assignment, 20_261_126),
    workers,
    onStart: ({ student }) => begun.set(student, performance.now()),
    onGraded: ({ student, results }, isNew) => {
      if (!isNew) return;
      took.push(performance.now() - begun.get(student)!);
      for (const { verdict } of results) {
        statuses.set(verdict.status, (statuses.get(verdict.status) ?? 0) + 1);
      }
    },
  };
  const timed = async (): Promise<readonly [seconds: number, processor: number]> => {
    const [start, processor] = [performance.now(), processorTime()];
    await gradeClass(run);
    return [(performance.now() - start) / 1000, processorTime() - processor];
  };
  const [seconds, processor] = await timed();
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(0);
  const [again] = await timed();
  console.log(
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} cores, ${workers} at a time: ${students} students × ${exercises.length} exercises (${Array.from(statuses, ([status, count]) => `${count} ${status}`).join(", ")})`,
  );
  console.log(
    `${(students / seconds).toFixed(1)} hand-ins a second; one takes ${at(0.5)} ms at the median, ${at(0.95)} ms at the slowest twentieth, and ${(processor / students).toFixed(0)} ms of the grader's own processor time; at most ${peakMemory()} MB; again unchanged: ${((1000 * again) / students).toFixed(1)} ms each`,
  );
} finally {
  await gradebook.close();
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
}
