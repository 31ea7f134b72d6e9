/** `unrolled release`: an assignment's notebooks, as learners get them. */
import { join } from "node:path";
import { exitCodes } from "#common/exit-codes";
import type { Command } from "commander";
import { CourseError } from "../course/checkedYaml.js";
import { assignmentIn, courseHere } from "../course/courseFile.js";
import { treeOf, writeTree } from "./tree.js";

interface Options {
  readonly course?: string;
  readonly to: string;
  readonly force?: boolean;
}

const HELP = `
A notebook for each lesson that the assignment names, else one for each exercise: statement, starter,
check. Learners get release/ASSIGNMENT/. Who works with nbgrader keeps source/ASSIGNMENT/ too: nbgrader
generate_assignment makes the same from it, without what you wrote between BEGIN SOLUTION and END
SOLUTION. The points stand on the cells that learners write; nbgrader leaves these to be graded by hand,
which is what npx unrolled grade does: name nbgrader's folder, with submitted/STUDENT/ASSIGNMENT/ in it.
`;

/** Adds `release`; `onEnd` gets the exit code. */
export function registerRelease(program: Command, onEnd: (code: number) => void): void {
  program
    .command("release")
    .summary("the notebooks of an assignment, for learners and for nbgrader")
    .description("Writes the notebooks of an assignment into nbgrader's course tree.")
    .argument("<assignment>", "its name in the course's settings")
    .option("--course <file>", "the course's settings; ./course.yaml where it is there")
    .option("--to <folder>", "the course tree", ".")
    .option("--force", "write over notebooks that are there and differ")
    .addHelpText("after", HELP)
    .action(async (name: string, { course: file, to, force = false }: Options) => {
      const course = await courseHere(file);
      if (course === undefined)
        throw new CourseError(
          "release: there is no ./course.yaml: expected a course's settings; name them with --course, or begin with: npx unrolled course init",
        );
      const files = treeOf(assignmentIn(course, name));
      const words = writeTree(to, files, force);
      const count = files.length / 2;
      console.log(
        `${count} notebook${count === 1 ? "" : "s"}: ${join(to, "release", name)} for learners, ${join(to, "source", name)} for nbgrader`,
      );
      for (const line of words) console.log(line);
      onEnd(exitCodes.fine);
    });
}
