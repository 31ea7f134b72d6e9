/** `unrolled autograder`: what an instructor gives to Gradescope or to GitHub Classroom. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { exitCodes } from "#common/exit-codes";
import { inPack } from "#common/pack-root";
import { writeWhole } from "#common/write-whole";
import type { Command } from "commander";
import type { Exercise } from "../../exercises/exercise.js";
import { manifest } from "../../exercises/manifest.js";
import { freshSeed } from "../judge/seed.js";
import { exerciseList, wholeNumber } from "./optionValues.js";

interface AutograderOptions {
  readonly assignment: string;
  readonly exercises?: readonly Exercise[];
  readonly seed?: number;
}

/** Adds `autograder`; `onEnd` gets the exit code. */
export function registerAutograder(program: Command, onEnd: (code: number) => void): void {
  const command = program
    .command("autograder")
    .summary("an autograder for Gradescope or GitHub Classroom")
    .description("Writes what another platform needs to grade with this pack.");
  const withSettings = (name: string): Command =>
    command
      .command(name)
      .requiredOption("--assignment <name>", "the assignment's name")
      .option("--exercises <ids>", "these alone, such as rnnCellForward,rnnForward", exerciseList)
      .option(
        "--seed <n>",
        "draw every student's inputs from this seed",
        wholeNumber(1, 2 ** 32 - 1),
      );
  withSettings("gradescope")
    .description("a zip to upload as Gradescope's autograder")
    .argument("<file>", "such as autograder.zip")
    .action(async (file: string, options: AutograderOptions) => {
      const { gradescopeZip } = await import("./formats/gradescopeZip.js");
      writeWhole(resolve(file), gradescopeZip(filesForGrading(), settingsOf(options)));
      console.log(`${file}: upload it under Configure Autograder`);
      onEnd(exitCodes.fine);
    });
  withSettings("github")
    .description("a workflow for the template repository of a GitHub Classroom assignment")
    .argument("<file>", "such as .github/workflows/classroom.yml")
    .requiredOption("--repository <owner/name>", "the repository that holds this pack")
    .option("--ref <name>", "its tag, branch or commit", "main")
    .action(
      async (
        file: string,
        options: AutograderOptions & { readonly repository: string; readonly ref: string },
      ) => {
        const { githubWorkflow } = await import("./formats/githubWorkflow.js");
        const { repository, ref } = options;
        writeWhole(resolve(file), githubWorkflow({ ...settingsOf(options), repository, ref }));
        console.log(`${file}: commit it to the assignment's template repository`);
        onEnd(exitCodes.fine);
      },
    );
}

function settingsOf({ assignment, exercises = manifest, seed }: AutograderOptions): {
  readonly assignment: string;
  readonly exercises: readonly string[];
  readonly seed: number;
} {
  return { assignment, exercises: exercises.map(({ id }) => id), seed: seed ?? freshSeed() };
}

/** Not needed to grade, or a right solution. */
const LEFT_OUT =
  /(\.map|\.d\.ts|\.tsbuildinfo)$|\/exercises\/(\w+\/(honest|solution)|plainLoops)\.|^\/dist\/src\/kernel\//;

/** The pack's files that grading runs. */
function filesForGrading(): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const add = (path: string): void => {
    for (const entry of readdirSync(inPack(path), { withFileTypes: true })) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) add(inner);
      else if (!LEFT_OUT.test(`/${inner}`)) files.set(inner, readFileSync(inPack(inner)));
    }
  };
  const folders = ["bin", "dist/src", "dist/exercises", "dist/grader", "dist/box"];
  for (const folder of folders) add(folder);
  for (const name of ["package.json", "package-lock.json", "LICENSE"])
    files.set(name, readFileSync(inPack(name)));
  return files;
}
