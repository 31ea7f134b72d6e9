/** One hand-in, from its files to its verdicts. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Exercise } from "../../exercises/exercise.js";
import { judge } from "../judge/judge.js";
import { boxedCaller } from "../sandbox/caller.js";
import type { Sandbox } from "../sandbox/sandbox.js";
import type { Verdict } from "../judge/verdict.js";
import type { HandIn } from "./intake/readHandIn.js";
import { noteOn, type Remark } from "./intake/remark.js";
import { scoreOf, sumOfPoints } from "./policy/score.js";
import type { Graded, GradedExercise } from "./result/graded.js";
import { findSolutions, type Solution, withHelper } from "./intake/solution.js";

/** How hand-ins are graded. */
export interface GradingSettings {
  readonly sandbox: Sandbox;
  readonly exercises: readonly Exercise[];
  /** The assignment's seed, the same for every student. */
  readonly seed: number;
}

const KEPT_CONSOLE = 4000;
/** A notebook's cell may take names from at most so many places. */
const MAX_HELPERS = 8;

/**
 * Runs each exercise of a hand-in in a box of its own.
 *
 * @param handIn - its files, read
 * @param settings - the sandbox, the exercises and the assignment's seed
 * @returns a verdict and points for each exercise, also for those that were not handed in
 * @throws what keeps the sandbox from starting a box: the machine's fault, never the student's
 */
export async function gradeHandIn(handIn: HandIn, settings: GradingSettings): Promise<Graded> {
  const { sandbox, exercises } = settings;
  const found = findSolutions(
    handIn,
    exercises.map(({ id }) => id),
  );
  const remarks = [...handIn.remarks, ...found.remarks];
  if (handIn.files.some(({ text }) => text.includes("mathjs"))) await sandbox.provideMathjs();
  const results: GradedExercise[] = [];
  for (const exercise of exercises) {
    const solution = found.solutions.get(exercise.id);
    const result =
      solution === undefined
        ? notHandedIn(exercise, settings.seed)
        : await gradeSolution(exercise, solution, settings, remarks);
    results.push(result);
  }
  return {
    student: handIn.student,
    assignment: handIn.assignment,
    results,
    remarks,
    score: sumOfPoints(results.map(({ score }) => score)),
    maxScore: sumOfPoints(results.map(({ points }) => points)),
  };
}

function notHandedIn(exercise: Exercise, seed: number): GradedExercise {
  const verdict: Verdict = {
    exercise: exercise.id,
    status: "not-run",
    cases: [],
    passed: 0,
    total: exercise.cases.length,
    seed,
  };
  return { verdict, points: exercise.points, score: 0, place: "", console: "" };
}

async function gradeSolution(
  exercise: Exercise,
  found: Solution,
  settings: GradingSettings,
  remarks: Remark[],
): Promise<GradedExercise> {
  let solution = found;
  let run = await runSolution(exercise, solution, settings);
  for (let helpers = 0; helpers < MAX_HELPERS; helpers++) {
    const name = missingName(run.verdict);
    const next = name === undefined ? undefined : withHelper(solution, name);
    if (name === undefined || next === undefined) break;
    const again = await runSolution(exercise, next, settings);
    const isFurther = missingName(again.verdict) !== name;
    if (!isFurther || isWorse(again.verdict, run.verdict)) break;
    remarks.push(
      noteOn(solution.place, `${exercise.id} uses ${name} of another cell; it was added`),
    );
    solution = next;
    run = again;
  }
  const { verdict } = run;
  return {
    verdict,
    points: exercise.points,
    score: scoreOf(verdict, exercise.points),
    place: solution.place,
    console: run.console.slice(0, KEPT_CONSOLE),
  };
}

/** The name that a run could not find, if that is why it crashed. */
function missingName(verdict: Verdict): string | undefined {
  for (const { message } of verdict.cases) {
    const name = /\bReferenceError: ([A-Za-z_$][\w$]*) is not defined/.exec(message ?? "")?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Whether adding a notebook's cell broke what was whole: the cell can't be loaded in the box. */
function isWorse(after: Verdict, before: Verdict): boolean {
  const isBroken = (verdict: Verdict): boolean =>
    verdict.cases.every(({ status }) => status === "crashed");
  return after.passed < before.passed || (isBroken(after) && missingName(after) === undefined);
}

async function runSolution(
  exercise: Exercise,
  solution: Solution,
  settings: GradingSettings,
): Promise<{ readonly verdict: Verdict; readonly console: string }> {
  const folder = await mkdtemp(join(settings.sandbox.folder, "hand-in-"));
  try {
    for (const { path, text } of solution.files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const caller = boxedCaller(settings.sandbox, {
      folder,
      file: solution.file,
      name: exercise.id,
      ...(exercise.ignore === undefined ? {} : { ignore: exercise.ignore }),
    });
    try {
      const verdict = await judge(exercise, caller, { seed: settings.seed, hidden: true });
      const atEnd = await caller.close();
      return {
        verdict: atEnd === undefined ? verdict : tampered(verdict, atEnd.message),
        console: caller.console,
      };
    } finally {
      await caller.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The verdict on a process that wrote on the grader's line after its last answer. */
function tampered(verdict: Verdict, message: string): Verdict {
  const { exercise, total, seed } = verdict;
  const cases = verdict.cases.map((one, index) =>
    index === verdict.cases.length - 1 ? { ...one, status: "tampered" as const, message } : one,
  );
  const passed = cases.filter(({ status }) => status === "passed").length;
  return { exercise, status: "tampered", cases, passed, total, seed };
}
