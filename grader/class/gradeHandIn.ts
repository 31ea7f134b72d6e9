/** One hand-in, from its files to its verdicts. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Exercise } from "../../exercises/exercise.js";
import { judge } from "../judge/judge.js";
import { boxedCaller } from "../sandbox/caller.js";
import { arePlain } from "../sandbox/plain.js";
import { SHORT } from "../sandbox/boxLimits.js";
import type { Sandbox } from "../sandbox/sandbox.js";
import { type Ran, runTogether, type SharedFunction } from "../sandbox/together.js";
import type { Caller } from "../judge/judge.js";
import type { Verdict } from "../judge/verdict.js";
import { costOf, tellingLine } from "../source/loading.js";
import { usesUnfinished } from "../source/mine.js";
import type { FoundHandIn } from "./intake/foundHandIn.js";
import { noteOn, type Remark } from "./intake/remark.js";
import { scoreOf, sumOfPoints } from "./policy/score.js";
import type { Graded, GradedExercise } from "./result/graded.js";
import { behaviourOf } from "./behaviour.js";
import { heldBackCases } from "./course/ownCases.js";
import { AssignmentInputs, type Judged, type Prepared } from "./inputs.js";
import { placeInHandIn } from "./placeInHandIn.js";
import type { Solution } from "./intake/solution.js";

/** How hand-ins are graded. */
export interface GradingSettings {
  readonly sandbox: Sandbox;
  readonly exercises: readonly Exercise[];
  /** The assignment's seed, the same for every student. */
  readonly seed: number;
  /** The cases of this seed, where they are kept from one hand-in to the next. */
  readonly inputs?: AssignmentInputs;
  /** Called after each exercise with what there is so far: a platform may stop the run at any moment. */
  readonly onExercise?: (results: readonly GradedExercise[]) => void;
}

const KEPT_CONSOLE = 4000;

/**
 * Runs the exercises of a hand-in: in one box those that can't disturb one another, each of the others
 * in a box of its own.
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
  const one: OneHandIn = {
    ...settings,
    inputs: settings.inputs ?? new AssignmentInputs(settings.seed),
    spent: { seconds: 0 },
  };
  const shared = await runShared(handIn.solutions, one);
  const results: GradedExercise[] = [];
  for (const exercise of exercises) {
    const solution = handIn.solutions.get(exercise.id);
    const result =
      solution === undefined
        ? notHandedIn(exercise, settings.seed)
        : await gradeSolution(
            exercise,
            solution,
            { ...one, ran: shared.get(exercise.id) },
            remarks,
          );
    results.push(result);
    settings.onExercise?.(results);
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
  return { verdict, points: exercise.points, score: 0, place: "", code: [], console: "" };
}

/** What the exercises of one hand-in are graded with. */
interface OneHandIn extends GradingSettings {
  readonly inputs: AssignmentInputs;
  /** What its exercises have taken so far, those in boxes of their own. */
  readonly spent: { seconds: number };
}

/** What can be run in one box, run. */
async function runShared(
  solutions: ReadonlyMap<string, Solution>,
  { sandbox, exercises, inputs }: OneHandIn,
): Promise<ReadonlyMap<string, Ran>> {
  const shared = exercises.flatMap((exercise): readonly SharedFunction[] => {
    const solution = solutions.get(exercise.id);
    const prepared = inputs.of(exercise);
    if (solution === undefined || prepared === undefined || !arePlain(solution.files)) return [];
    // What was asked in a case that is held back stays in its process, and what others throw there is shown.
    if (heldBackCases(exercise).length > 0) return [];
    return [
      {
        name: exercise.id,
        file: solution.file,
        files: solution.files,
        ignore: exercise.ignore ?? [],
        inputs: prepared.inputs,
        placeOf: (file, line) => placeInHandIn(solution, file, line),
      },
    ];
  });
  return shared.length === 0 ? new Map<string, Ran>() : await runTogether(sandbox, shared);
}

/** A caller that gives the results of calls which were made before. */
function recordedCaller({ cases }: Ran, inputs: readonly (readonly unknown[])[]): Caller {
  const asked = new Set<readonly unknown[]>();
  return {
    call(args) {
      const [first, second] = cases[inputs.indexOf(args)]!;
      const isAgain = asked.has(args);
      asked.add(args);
      return Promise.resolve(isAgain ? second : first);
    },
  };
}

async function gradeSolution(
  exercise: Exercise,
  solution: Solution,
  settings: OneHandIn & { readonly ran: Ran | undefined },
  remarks: Remark[],
): Promise<GradedExercise> {
  const run =
    settings.ran === undefined
      ? await runInTime(exercise, solution, settings)
      : await judgeRun(exercise, settings.ran, settings);
  const { verdict, failure, behaviour } = run;
  if (verdict.status === "not-run") {
    const words = `${exercise.id} is still as it was handed out, it throws NotImplementedError: write it in that line's place, and hand it in again`;
    remarks.push(noteOn(solution.place, words));
  }
  if (failure !== undefined) {
    remarks.push(
      noteOn(
        solution.place,
        `a statement beside ${exercise.id} failed, ${costOf(verdict.status)}: ${failure}`,
      ),
    );
  }
  return {
    verdict,
    points: exercise.points,
    score: scoreOf(verdict, exercise.points),
    place: solution.place,
    code: solution.code,
    console: run.console.slice(0, KEPT_CONSOLE),
    ...(behaviour === undefined ? {} : { behaviour }),
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

/** A verdict, and what else was seen. */
interface Run extends Judged {
  readonly console: string;
  /** What a statement beside the function threw. */
  readonly failure: string | undefined;
}

/** The verdict, and what a wrong function without a known cause has in common with others. */
async function judgeAll(
  exercise: Exercise,
  caller: Caller,
  seed: number,
  prepared: Prepared | undefined,
): Promise<Judged> {
  if (prepared === undefined)
    return { verdict: await judge(exercise, caller, { seed, hidden: true }) };
  let behaviour: string | undefined;
  const verdict = await judge(exercise, caller, {
    ...{ seed, hidden: true, prepare: prepared.prepare },
    onUnexplained: (cases) => (behaviour = behaviourOf(exercise, cases, prepared)),
  });
  return { verdict, ...(behaviour === undefined ? {} : { behaviour }) };
}

async function judgeRun(exercise: Exercise, ran: Ran, { seed, inputs }: OneHandIn): Promise<Run> {
  const prepared = inputs.of(exercise)!;
  const { digest = "", console: said } = ran;
  let judged = prepared.judged.get(digest);
  if (judged === undefined) {
    const caller = recordedCaller(ran, prepared.inputs.args);
    judged = await judgeAll(exercise, caller, seed, prepared);
    if (digest !== "") prepared.judged.set(digest, judged);
  }
  return { ...judged, console: said, failure: undefined };
}

/** Runs one in a box of its own; once the hand-in's others took all of its time, with little of it. */
async function runInTime(
  exercise: Exercise,
  solution: Solution,
  settings: OneHandIn,
): Promise<Run> {
  const { sandbox, spent } = settings;
  const isLate = spent.seconds >= sandbox.limits.handInSeconds;
  const start = performance.now();
  try {
    return await runSolution(exercise, solution, {
      ...settings,
      sandbox: isLate ? sandbox.within(SHORT) : sandbox,
    });
  } finally {
    spent.seconds += (performance.now() - start) / 1000;
  }
}

async function runSolution(
  exercise: Exercise,
  solution: Solution,
  settings: OneHandIn,
): Promise<Run> {
  const folder = await mkdtemp(join(settings.sandbox.folder, "hand-in-"));
  try {
    for (const { path, text } of solution.files) {
      const telling = path === solution.file ? tellingLine(exercise.id) : "";
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), telling + text);
    }
    const caller = boxedCaller(settings.sandbox, {
      folder,
      file: solution.file,
      name: exercise.id,
      ...(solution.topLevel === undefined ? {} : { topLevel: solution.topLevel }),
      placeOf: (file, line, column) =>
        placeInHandIn(solution, file, line, column, tellingLine(exercise.id).length),
      ...(exercise.ignore === undefined ? {} : { ignore: exercise.ignore }),
    });
    try {
      const prepared = settings.inputs.of(exercise);
      const judged = await judgeAll(exercise, caller, settings.seed, prepared);
      const atEnd = await caller.close();
      return {
        ...(atEnd === undefined ? judged : { verdict: tampered(judged.verdict, atEnd.message) }),
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
