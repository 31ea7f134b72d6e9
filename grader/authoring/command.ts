/** The command for those who write exercises: exercise new, exercise check. */
import { existsSync } from "node:fs";
import { relative } from "node:path";
import { exitCodes } from "#common/exit-codes";
import { marks } from "#common/marks";
import { inPack } from "#common/pack-root";
import { nearest } from "#common/nearest";
import type { Command } from "commander";
import { exercisesIn, strayFaults } from "./exerciseList.js";
import { folderFaults } from "./folder.js";
import { ExerciseRefused, newExercise } from "./newExercise.js";
import { faultsApart } from "./proofApart.js";
import { staleFiles } from "./sync.js";

/**
 * Adds the command.
 *
 * @param done - takes the exit code
 * @param compileErrors - what the compiler said of sources that it could not build; "" if it could
 */
export function registerAuthoring(
  program: Command,
  done: (code: number) => void,
  compileErrors: string,
): void {
  const command = program
    .command("exercise")
    .description("for those who write exercises: begins one, and proves it");
  command
    .command("new")
    .description("writes an exercise's folder, every place that is yours to write in «…»")
    .argument("<id>", "the name of the function that learners write")
    .option("--lesson <NN>", "also writes its three cells into this lesson's notebook")
    .action((id: string, { lesson }: { lesson?: string }) => {
      for (const file of newExercise(id, lesson)) say(`written: ${relative(inPack(), file)}`);
      say(`Now write what stands in «…», and the library's own ${id} if src/index.ts has none.`);
      say(`What is missing is said by: npx unrolled exercise check ${id}`);
      done(exitCodes.fine);
    });
  command
    .command("check")
    .description("proves an exercise, or all of them: starter, solutions, mistakes, hints, lesson")
    .argument("[id]", "an exercise; all of them unless said")
    .action(async (id: string | undefined) => {
      done(await check(id === undefined ? exercisesIn() : [existing(id)], compileErrors));
    });
}

/**
 * Says of each exercise what is wrong with it: first what its texts lack, then what the compiler
 * says, and once both are right what it does when it runs.
 */
async function check(ids: readonly string[], compileErrors: string): Promise<number> {
  let isRight = true;
  for (const id of ids) {
    const faults = await faultsOf(id, compileErrors);
    isRight &&= faults.length === 0;
    say(
      faults.length === 0
        ? `${marks.passed} ${id}: the starter is unwritten, right solutions pass, each mistake is caught and named`
        : [`${marks.failed} ${id}`, ...faults.map((fault) => `    ${fault}`)].join("\n"),
    );
  }
  for (const fault of strayFaults()) {
    isRight = false;
    say(`${marks.failed} ${fault}`);
  }
  for (const file of isRight ? staleFiles() : []) {
    isRight = false;
    say(
      `${marks.failed} ${relative(inPack(), file)} is not as the folders say; mend it with: npm run sync`,
    );
  }
  return isRight ? exitCodes.fine : exitCodes.notYet;
}

async function faultsOf(id: string, compileErrors: string): Promise<readonly string[]> {
  const faults = folderFaults(id);
  if (faults.length > 0) return faults;
  if (compileErrors !== "") {
    const all = compileErrors.split("\n");
    const own = all.filter((line) => line.startsWith(`exercises/${id}/`));
    return ["the sources don't compile:", ...(own.length > 0 ? own : all)];
  }
  return faultsApart(id);
}

function existing(id: string): string {
  if (existsSync(inPack("exercises", id))) return id;
  const near = nearest(id, exercisesIn());
  throw new ExerciseRefused(
    `exercise check: there is no folder exercises/${id}; ${near === undefined ? `begin one with: npx unrolled exercise new ${id}` : `did you mean ${near}?`}`,
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
