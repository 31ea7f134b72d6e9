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
import { CourseError } from "./course/checkedYaml.js";
import { oneAssignment } from "./course/oneAssignment.js";
import type { AutograderSettings } from "./formats/gradescopeZip.js";
import { exerciseList, wholeNumber } from "./optionValues.js";

interface AutograderOptions {
  readonly assignment: string;
  readonly exercises?: readonly Exercise[];
  readonly seed?: number;
  readonly course?: string;
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
        "--course <file>",
        "the course's settings: its exercises, points and cases; ./course.yaml where it is there",
      )
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
      writeWhole(
        resolve(file),
        gradescopeZip(filesForGrading(), await settingsOf(options, "yaml")),
      );
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
        const settings = await settingsOf(options, "open");
        writeWhole(resolve(file), githubWorkflow({ ...settings, repository, ref }));
        console.log(`${file}: commit it to the assignment's template repository`);
        onEnd(exitCodes.fine);
      },
    );
}

/** What is graded: as the course says, where there is one. */
async function settingsOf(
  { assignment, exercises, seed, course }: AutograderOptions,
  part: "yaml" | "open",
): Promise<AutograderSettings> {
  const own = await oneAssignment(course, assignment);
  const all = own?.exercises ?? manifest;
  for (const { id } of exercises ?? [])
    if (!all.some((one) => one.id === id))
      throw new CourseError(
        `autograder: ${assignment} has no exercise ${id} in the course; expected of ${all.map((one) => one.id).join(", ")}`,
      );
  if (own?.hasCases === true && part === "open")
    console.error(
      "autograder: the cases of your own stay out: students can read what lies in the repository",
    );
  return {
    ...{ assignment, exercises: (exercises ?? all).map(({ id }) => id) },
    seed: seed ?? freshSeed(),
    ...(own === undefined ? {} : { course: own[part] }),
  };
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
