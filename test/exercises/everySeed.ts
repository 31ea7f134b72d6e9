/**
 * `npm run mutants [-- --seeds 1000]`: is every mistake rejected, and does every right solution
 * pass, whatever the seed? A line for each exercise; everySeed.md beside this file keeps the last
 * long run. What was found is kept in coverage/mutants/, so that a run that was stopped goes on where it
 * was, and 1,000 seeds can be asked for after 100: each line says how many seeds its exercise has had.
 *
 * The cases of each seed are drawn once, and all functions of an exercise meet the same arguments:
 * a mistake leaves at the first case that shows it. All are judged as in practice and in a class, but
 * for the diagnosis, which exercises.test.ts holds over twenty seeds.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { exitCodes } from "#common/exit-codes";
import { inPack } from "#common/pack-root";
import type { AnyFunction, Argument, Case } from "../../exercises/exercise.js";
import { manifest } from "../../exercises/manifest.js";
import { type ExerciseParts, loadExercise } from "../../grader/authoring/proof.js";
import { compareOutcomes, comparisonOf } from "../../grader/compare/compare.js";
import { callHere, observationOf } from "../../grader/judge/observe.js";
import { caseRandom } from "../../grader/judge/seed.js";
import { codeOf, surveyOn } from "./keptSurvey.js";

/** What came of an exercise over many seeds. */
export interface Survey {
  /** By name of a mistake, the seeds at which no case showed it. */
  readonly survivors: ReadonlyMap<string, readonly number[]>;
  /** By style of a right solution, the seeds at which it did not pass. */
  readonly failing: ReadonlyMap<string, readonly number[]>;
}

/**
 * All mistakes and all right solutions of an exercise, at each seed.
 *
 * @param onSeed - called before each seed
 * @returns what was not as it should be, by name
 */
export function survey(
  parts: ExerciseParts,
  seeds: readonly number[],
  onSeed: (seed: number) => void = () => undefined,
): Survey {
  const { exercise, solution, honest } = parts;
  const mistakes = exercise.mutants.map(({ name, wrong }) => ({
    name,
    run: wrong(exercise.reference),
  }));
  const right = [
    { name: "the solution", run: solution },
    ...honest.map(({ style, write }) => ({ name: style, run: write })),
  ];
  const [survivors, failing] = [noSeeds(), noSeeds()];
  for (const seed of seeds) {
    onSeed(seed);
    const cases = exercise.cases.map((one) => drawn(parts, one, seed));
    const isRejected = (run: AnyFunction): boolean => cases.some((one) => isWrong(parts, run, one));
    for (const { name, run } of mistakes) if (!isRejected(run)) note(survivors, name, seed);
    for (const { name, run } of right) if (isRejected(run)) note(failing, name, seed);
  }
  return { survivors, failing };
}

/** A case's arguments, and the reference's answer to them. */
interface DrawnCase {
  readonly one: Case;
  readonly args: readonly Argument[];
  readonly expected: ReturnType<typeof callHere>["outcome"];
}

function drawn({ exercise }: ExerciseParts, one: Case, seed: number): DrawnCase {
  const args = exercise.draw(one.size, caseRandom(seed, exercise.id, one.name), one.settings ?? {});
  return { one, args, expected: callHere(exercise.reference, args).outcome };
}

/** Whether a function's answer is another, or not the same at a second call, or its input changed. */
function isWrong({ exercise }: ExerciseParts, run: AnyFunction, drawnCase: DrawnCase): boolean {
  const { one, args, expected } = drawnCase;
  const first = callHere(run, args);
  const comparison = comparisonOf(exercise, one.size);
  if (compareOutcomes(expected, first.outcome, comparison) !== undefined) return true;
  const seen = observationOf(args, first, callHere(run, args), exercise.ignore);
  return (seen.changedInput ?? seen.changedAnswer) !== undefined;
}

function noSeeds(): Map<string, number[]> {
  return new Map();
}

function note(seedsOf: Map<string, number[]>, name: string, seed: number): void {
  seedsOf.set(name, [...(seedsOf.get(name) ?? []), seed]);
}

/** Each name with its share of the seeds and the first of them. */
function lines(what: string, seedsOf: Survey["failing"], count: number): readonly string[] {
  return Array.from(
    seedsOf,
    ([name, seeds]) =>
      `  ${name} ${what} at ${seeds.length} of ${count} seeds, ${seeds[0]} the first`,
  );
}

/** Surveys every exercise; whether all was as it should be. */
async function main(count: number): Promise<boolean> {
  const all = { mistakes: 0, rejected: 0, right: 0, passing: 0, leastSeeds: Infinity };
  for (const { id } of manifest) {
    const parts = await loadExercise(id);
    const code = codeOf([
      fileURLToPath(import.meta.url),
      ...["exercise", "solution", "honest"].map((name) =>
        inPack("dist", "exercises", id, `${name}.js`),
      ),
    ]);
    const file = inPack("coverage", "mutants", `${id}.json`);
    const { seeds, milliseconds, survivors, failing } = surveyOn(file, code, count, 25, (some) =>
      survey(parts, some, (seed) => {
        if (process.stdout.isTTY) process.stdout.write(`\r${id}: seed ${seed} of ${count}`);
      }),
    );
    const mistakes = parts.exercise.mutants.length;
    const right = 1 + parts.honest.length;
    const [rejected, passing] = [mistakes - survivors.size, right - failing.size];
    const text = [
      `${id}: ${rejected} of ${mistakes} mistakes rejected`,
      `${passing} of ${right} right solutions passed`,
      `${seeds} seeds, ${Math.round(milliseconds / 1000)} s`,
    ].join(", ");
    console.log(process.stdout.isTTY ? `\r${text}` : text);
    for (const line of [
      ...lines("survives", survivors, seeds),
      ...lines("does not pass", failing, seeds),
    ]) {
      console.log(line);
    }
    all.mistakes += mistakes;
    all.rejected += rejected;
    all.right += right;
    all.passing += passing;
    all.leastSeeds = Math.min(all.leastSeeds, seeds);
  }
  console.log(
    `all: ${all.rejected} of ${all.mistakes} mistakes rejected, ${all.passing} of ${all.right} right solutions passed, at ${all.leastSeeds} seeds or more each`,
  );
  return all.rejected === all.mistakes && all.passing === all.right;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { seeds: { type: "string", default: "1000" } } });
  const count = Number(values.seeds);
  if (Number.isInteger(count) && count > 0) {
    process.exitCode = (await main(count)) ? exitCodes.fine : exitCodes.notYet;
  } else {
    console.error(`mutants: --seeds is ${values.seeds}: expected a whole number from 1 on`);
    process.exitCode = exitCodes.usage;
  }
}
