/** One hand-in, from its files to its verdicts. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Exercise } from "../../exercises/exercise.js";
import { judge } from "../judge/judge.js";
import { boxedCaller } from "../sandbox/caller.js";
import type { Sandbox } from "../sandbox/sandbox.js";
import type { Verdict } from "../judge/verdict.js";
import { tellingLine } from "../source/loading.js";
import { usesUnfinished } from "../source/mine.js";
import type { FoundHandIn } from "./intake/foundHandIn.js";
import { noteOn, type Remark } from "./intake/remark.js";
import { scoreOf, sumOfPoints } from "./policy/score.js";
import type { Graded, GradedExercise } from "./result/graded.js";
import { placeInHandIn } from "./placeInHandIn.js";
import type { Solution } from "./intake/solution.js";

/** How hand-ins are graded. */
export interface GradingSettings {
  readonly sandbox: Sandbox;
  readonly exercises: readonly Exercise[];
  /** The assignment's seed, the same for every student. */
  readonly seed: number;
}

const KEPT_CONSOLE = 4000;

/**
 * Runs each exercise of a hand-in in a box of its own.
 *
 * @param handIn - what was found in it
 * @param settings - the sandbox, the exercises and the assignment's seed
 * @returns a verdict and points for each exercise, also for those that were not handed in
 * @throws what keeps the sandbox from starting a box: the machine's fault, never the student's
 */
export async function gradeHandIn(handIn: FoundHandIn, settings: GradingSettings): Promise<Graded> {
  const { sandbox, exercises } = settings;
  const remarks = Array.from(handIn.remarks);
  if (handIn.mentionsMathjs) await sandbox.provideMathjs();
  const results: GradedExercise[] = [];
  for (const exercise of exercises) {
    const solution = handIn.solutions.get(exercise.id);
    const result =
      solution === undefined
        ? notHandedIn(exercise, settings.seed)
        : await gradeSolution(exercise, solution, settings, remarks);
    results.push(result);
  }
  remarks.push(...remarksOnUses(handIn.solutions, results));
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
  solution: Solution,
  settings: GradingSettings,
  remarks: Remark[],
): Promise<GradedExercise> {
  const run = await runSolution(exercise, solution, settings);
  const { verdict, failure } = run;
  if (failure !== undefined) {
    remarks.push(
      noteOn(
        solution.place,
        `a statement beside ${exercise.id} failed, which costs nothing: ${failure}`,
      ),
    );
  }
  return {
    verdict,
    points: exercise.points,
    score: scoreOf(verdict, exercise.points),
    place: solution.place,
    console: run.console.slice(0, KEPT_CONSOLE),
  };
}

/** Where an exercise uses the hand-in's own function of another, and that one does not pass. */
function remarksOnUses(
  solutions: ReadonlyMap<string, Solution>,
  results: readonly GradedExercise[],
): readonly Remark[] {
  const statuses = new Map(results.map(({ verdict }) => [verdict.exercise, verdict.status]));
  return Array.from(solutions.values()).flatMap(({ exercise, place, uses }) =>
    uses
      .filter((used) => statuses.has(used) && statuses.get(used) !== "passed")
      .map((used) => noteOn(place, usesUnfinished(exercise, used))),
  );
}

async function runSolution(
  exercise: Exercise,
  solution: Solution,
  settings: GradingSettings,
): Promise<{
  readonly verdict: Verdict;
  readonly console: string;
  /** What a statement beside the function threw. */
  readonly failure: string | undefined;
}> {
  const folder = await mkdtemp(join(settings.sandbox.folder, "hand-in-"));
  try {
    for (const { path, text } of solution.files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      const telling = path === solution.file ? tellingLine(exercise.id) : "";
      await writeFile(join(folder, path), telling + text);
    }
    const caller = boxedCaller(settings.sandbox, {
      folder,
      file: solution.file,
      name: exercise.id,
      placeOf: (file, line) => placeInHandIn(solution, file, line),
      ...(exercise.ignore === undefined ? {} : { ignore: exercise.ignore }),
    });
    try {
      const verdict = await judge(exercise, caller, { seed: settings.seed, hidden: true });
      const atEnd = await caller.close();
      return {
        verdict: atEnd === undefined ? verdict : tampered(verdict, atEnd.message),
        console: caller.console,
        failure: caller.failure,
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
