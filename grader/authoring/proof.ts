/**
 * What an exercise must hold, proved by running it: the starter fails as not written, the solution
 * and the honest ones pass, and each mistake fails at the case that is there for it, by far, and is
 * named alone. Everything is drawn anew for each of twenty seeds.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { packRoot } from "#common/pack-root";
import type {
  AnyFunction,
  Exercise,
  ExerciseDefinition,
  Honest,
} from "../../exercises/exercise.js";
import * as library from "../../src/index.js";
import { judge } from "../judge/judge.js";
import { thrown } from "../judge/observe.js";
import type { CaseResult, Verdict } from "../judge/verdict.js";
import { inProcess } from "../practice/inProcess.js";
import { thrownWords } from "../values/outcome.js";
import { argumentNamesOf } from "./exerciseList.js";
import { calculationsOf, withoutSpaces } from "./folder.js";

/** An exercise with the files that only its proof needs. */
export interface ExerciseParts {
  readonly exercise: Exercise;
  readonly starter: AnyFunction;
  readonly solution: AnyFunction;
  readonly honest: readonly Honest[];
  /** The text of starter.ts. */
  readonly starterText: string;
  /** The text of solution.ts. */
  readonly solutionText: string;
}

/** The seeds of which everything is drawn. */
const SEEDS: readonly number[] = Array.from({ length: 20 }, (_, n) => n + 1);

/** How many mistakes, and how many right solutions in other words, an exercise has at the least. */
const LEAST = 3;

/**
 * The parts of an exercise, as they were built.
 *
 * @param id - the folder's name
 * @param pack - the folder that holds `exercises` and, built, `dist/exercises`
 */
export async function loadExercise(id: string, pack: string = packRoot): Promise<ExerciseParts> {
  const load = (name: string): Promise<Readonly<Record<string, unknown>>> =>
    import(pathToFileURL(join(pack, "dist", "exercises", id, name)).href) as never;
  const text = (name: string): string => readFileSync(join(pack, "exercises", id, name), "utf8");
  const [own, starter, solution, honest] = await Promise.all(
    ["exercise.js", "starter.js", "solution.js", "honest.js"].map(load),
  );
  const names = argumentNamesOf(text("starter.ts"), id);
  return {
    exercise: {
      ...(own!["exercise"] as ExerciseDefinition),
      argumentNames: typeof names === "string" ? [] : names,
    },
    starter: starter![id] as AnyFunction,
    solution: solution![id] as AnyFunction,
    honest: honest!["honest"] as readonly Honest[],
    starterText: text("starter.ts"),
    solutionText: text("solution.ts"),
  };
}

/**
 * All that is wrong with an exercise, one line each; none if it is whole.
 *
 * @param parts - the exercise
 * @param running - the same one, to be run: its functions may be watched
 */
export async function proofFaults(
  parts: ExerciseParts,
  running: ExerciseParts = parts,
): Promise<readonly string[]> {
  const { exercise } = running;
  const faults = [...shapeFaults(parts), ...hintFaults(parts), ...(await starterFaults(running))];
  const unmade = unmadeFaults(exercise);
  // Every wrong answer is compared with all mistakes.
  if (unmade.length > 0) return [...faults, ...unmade];
  faults.push(...(await rightFaults(running)));
  for (const { name } of exercise.mutants) faults.push(...(await mistakeFaults(exercise, name)));
  return faults;
}

/** Counts, names and texts: what needs no run. */
export function shapeFaults({ exercise, honest }: ExerciseParts): readonly string[] {
  const { id, cases, mutants, reference } = exercise;
  const at = (file: string, fault: string): string => `exercises/${id}/${file}: ${fault}`;
  const faults: string[] = [];
  if ((library as Readonly<Record<string, unknown>>)[id] !== reference) {
    faults.push(
      at("exercise.ts", `its reference is not the library's ${id}; export that from src/index.ts`),
    );
  }
  for (const { name } of cases.filter(({ shown }) => shown === false)) {
    faults.push(at("exercise.ts", `"${name}" is not run in practice; take its shown: false away`));
  }
  faults.push(...textFaults(exercise));
  if (mutants.length < LEAST) {
    faults.push(
      at("mutants.ts", `it has ${mutants.length} mistakes; at least ${LEAST} are wanted`),
    );
  }
  if (honest.length < LEAST) {
    faults.push(
      at("honest.ts", `it has ${honest.length} right solutions; at least ${LEAST} are wanted`),
    );
  }
  for (const style of doubled(honest.map((one) => one.style))) {
    faults.push(at("honest.ts", `two solutions are called "${style}"; say what differs`));
  }
  return faults;
}

/** Names and texts of an exercise, the pack's or a teacher's own. */
export function textFaults(exercise: Exercise): readonly string[] {
  const { id, cases, mutants, hints, points, tolerance } = exercise;
  const at = (file: string, fault: string): string => `exercises/${id}/${file}: ${fault}`;
  const faults: string[] = [];
  if (!(points > 0)) faults.push(at("exercise.ts", "it gives no points; write points: 1"));
  for (const name of doubled(cases.map((one) => one.name))) {
    faults.push(at("exercise.ts", `two cases are called "${name}"; rename one`));
  }
  for (const [n, hint] of hints.entries()) {
    if (hint.length > 20) continue;
    faults.push(at("exercise.ts", `hint ${n + 1} says nearly nothing; write a sentence`));
  }
  if (tolerance.why.length <= 10) {
    faults.push(at("exercise.ts", "its tolerance has no reason; say where the numbers come from"));
  }
  for (const name of doubled(mutants.map((mutant) => mutant.name))) {
    faults.push(at("mutants.ts", `two mistakes are called ${name}; rename one`));
  }
  for (const { name, caughtBy } of mutants) {
    if (cases.some((one) => one.name === caughtBy)) continue;
    faults.push(
      at(
        "mutants.ts",
        `${name} has no case: there is none called "${caughtBy}"; add it to exercise.ts`,
      ),
    );
  }
  return faults;
}

/** A hint leads there; it does not hold what the solution computes, unless the starter says it too. */
export function hintFaults(parts: ExerciseParts): readonly string[] {
  const { exercise, starterText, solutionText } = parts;
  const given = withoutSpaces(starterText);
  const calculations = calculationsOf(solutionText, exercise.id).filter(
    (calculation) => !given.includes(calculation),
  );
  return exercise.hints.flatMap((hint, n) => {
    const told = withoutSpaces(hint);
    const held = calculations.find((calculation) => told.includes(calculation));
    return held === undefined
      ? []
      : [
          `exercises/${exercise.id}/exercise.ts: hint ${n + 1} holds the solution: ${held}; say less`,
        ];
  });
}

/** A learner who has written nothing hears that, and no mistake's name. */
export async function starterFaults({
  exercise,
  starter,
}: Pick<ExerciseParts, "exercise" | "starter">): Promise<readonly string[]> {
  const { status } = await judged(exercise, starter, 1);
  return status === "not-run"
    ? []
    : [
        `exercises/${exercise.id}/starter.ts: it is judged "${status}" in place of "not written yet"; let it throw NotImplementedError alone`,
      ];
}

/** Mistakes that throw before there is a function. */
export function unmadeFaults({ id, mutants, reference }: Exercise): readonly string[] {
  return mutants.flatMap(({ name, wrong }) => {
    try {
      wrong(reference);
      return [];
    } catch (error) {
      return [
        `exercises/${id}/mutants.ts: ${name} throws where it makes its function (${thrownWords(thrown(error))}); let it return one`,
      ];
    }
  });
}

/** The reference and the solution pass; the honest ones do at a tenth of the tolerance. */
export async function rightFaults({
  exercise,
  solution,
  honest,
}: Pick<ExerciseParts, "exercise" | "honest"> & Partial<Pick<ExerciseParts, "solution">>): Promise<
  readonly string[]
> {
  const narrow = withTolerance(exercise, 1 / 10);
  const right = [
    { file: "exercise.ts", name: "the reference", in: exercise, run: exercise.reference },
    // Of a teacher's own exercise the reference is the solution.
    ...(solution === undefined
      ? []
      : [{ file: "solution.ts", name: "the solution", in: exercise, run: solution }]),
    ...honest.map(({ style, write }) => ({
      file: "honest.ts",
      name: `"${style}"`,
      in: narrow,
      run: write,
    })),
  ];
  const faults: string[] = [];
  for (const { file, name, in: judgedBy, run } of right) {
    for (const seed of SEEDS) {
      const verdict = await judged(judgedBy, run, seed);
      if (verdict.status === "passed" && verdict.diagnosis === undefined) continue;
      const failing = verdict.cases.find(({ status }) => status !== "passed");
      const tenth = judgedBy === narrow ? " at a tenth of the tolerance" : "";
      faults.push(
        `exercises/${exercise.id}/${file}: ${name} does not pass${tenth} (case "${failing?.name}", seed ${seed}${messageOf(failing)}); mend it, or the case, or the tolerance`,
      );
      break;
    }
  }
  return faults;
}

/**
 * A mistake is wrong by more than ten tolerances in the case that is there for it, and it alone is
 * named.
 *
 * @param name - the mutant's name
 */
export async function mistakeFaults(exercise: Exercise, name: string): Promise<readonly string[]> {
  const { mistaken, caughtBy } = mistakeOf(exercise, name);
  const say = (fault: string, seed: number): readonly string[] => [
    `exercises/${exercise.id}/mutants.ts: ${name} ${fault} (seed ${seed})`,
  ];
  for (const seed of SEEDS) {
    const far = await judged(withTolerance(exercise, 10), mistaken, seed, { diagnosed: false });
    const meant = far.cases.find((one) => one.name === caughtBy);
    if (meant?.status === "passed") {
      return say(
        `is not caught by "${caughtBy}", or by less than ten tolerances; draw inputs that show it`,
        seed,
      );
    }
    const { status, diagnosis, cases } = await judged(exercise, mistaken, seed);
    if (status === "passed") return say("passes; it is not wrong, or no case shows it", seed);
    const named = diagnosis?.mutants ?? [];
    if (named.length === 1 && named[0] === name) continue;
    const failing = cases.find((one) => one.message !== undefined);
    return say(
      named.length === 0
        ? failing === undefined
          ? "is not named; let some case give a wrong answer that no other mistake gives"
          : `is not named: in "${failing.name}"${messageOf(failing).slice(1)}; an error proves no mistake: let some case give a wrong answer`
        : `is told as ${named.join(" or ")}; add a case in which they differ`,
      seed,
    );
  }
  return [];
}

function mistakeOf(
  exercise: Exercise,
  name: string,
): { readonly mistaken: AnyFunction; readonly caughtBy: string } {
  const mutant = exercise.mutants.find((one) => one.name === name)!;
  return { mistaken: mutant.wrong(exercise.reference), caughtBy: mutant.caughtBy };
}

function judged(
  exercise: Exercise,
  run: AnyFunction,
  seed: number,
  options: { readonly diagnosed?: boolean } = {},
): Promise<Verdict> {
  return judge(exercise, inProcess(run), { seed, hidden: true, ...options });
}

/** What a case says beside its status, such as what was thrown. */
function messageOf(ended: CaseResult | undefined): string {
  return ended?.message === undefined ? "" : `: ${ended.message.split("\n")[0]}`;
}

function withTolerance(exercise: Exercise, factor: number): Exercise {
  const { atol, rtol, why } = exercise.tolerance;
  return { ...exercise, tolerance: { atol: factor * atol, rtol: factor * rtol, why } };
}

function doubled(names: readonly string[]): readonly string[] {
  return names.filter((name, n) => names.indexOf(name) !== n);
}
