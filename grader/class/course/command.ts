/** `unrolled course`: begins and checks course.yaml. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { exitCodes } from "#common/exit-codes";
import { marks } from "#common/marks";
import { writeWhole } from "#common/write-whole";
import type { Command } from "commander";
import { openCourseStore } from "../store/courseStore.js";
import type { LateRule } from "../policy/late.js";
import { CourseError } from "./checkedYaml.js";
import { type Course, readCourse } from "./courseFile.js";
import { localText } from "./localTime.js";
import { isPacks, ownFolder, ownIds } from "./ownExercises/folders.js";
import { exerciseTemplate } from "./ownExercises/template.js";
import { lostExtensions, peopleOf } from "./people.js";
import { readRoster } from "./roster.js";
import { courseTemplate } from "./template.js";

/** Adds `course`; `onEnd` gets the exit code. */
export function registerCourse(program: Command, onEnd: (code: number) => void): void {
  const command = program
    .command("course")
    .summary("begin or check a course's settings")
    .description(
      "A course's settings, course.yaml, and exercises of your own, in exercises/ beside it.",
    );
  command
    .command("init")
    .description("writes a course.yaml to begin with")
    .argument("[file]", "where", "course.yaml")
    .option("--print", "print it instead")
    .action((file: string, { print = false }: { readonly print?: boolean }) => {
      const text = courseTemplate(Intl.DateTimeFormat().resolvedOptions().timeZone);
      if (print) process.stdout.write(text);
      else if (existsSync(file))
        throw new CourseError(`course: ${file} is there already; name another file, or move it`);
      else {
        writeWhole(resolve(file), text);
        console.log(`${file}: write down what you grade, then: npx unrolled course check`);
      }
      onEnd(exitCodes.fine);
    });
  command
    .command("check")
    .description(
      "says what a course.yaml means, or what is wrong with it; proves your own exercises, in exercises/ beside it",
    )
    .argument("[file]", "which", "course.yaml")
    .option("--gradebook <file>", "where grade has kept hand-ins, if it has", "gradebook.sqlite")
    .action(async (file: string, { gradebook }: { readonly gradebook: string }) => {
      const course = await readCourse(file);
      const roster = course.roster === undefined ? [] : readRoster(course.roster);
      const handedIn = existsSync(gradebook) ? await studentsIn(gradebook) : [];
      if (roster.length + handedIn.length > 0) {
        const lost = lostExtensions(course.assignments, peopleOf(handedIn, roster));
        if (lost.length > 0) throw new CourseError(lost.join("\n"));
      }
      console.log(courseText(course));
      if (course.roster !== undefined) console.log(`Roster: ${roster.length} people`);
      onEnd((await proveOwn(file, course)) ? exitCodes.fine : exitCodes.notYet);
    });
  command
    .command("exercise")
    .description(
      "writes a small exercise of your own that works, beside course.yaml, to be changed",
    )
    .argument("<id>", "the name of the function that students write")
    .option("--course <file>", "the course's settings", "course.yaml")
    .action(async (id: string, { course }: { readonly course: string }) => {
      await beginExercise(id, course);
      onEnd(exitCodes.fine);
    });
}

/** The names of those who have handed in something. */
async function studentsIn(gradebook: string): Promise<readonly string[]> {
  const store = await openCourseStore(gradebook);
  try {
    return Array.from(new Set((await store.attempts()).map(({ student }) => student)));
  } finally {
    await store.close();
  }
}

function lateWords({ perDay, upToDays, graceMinutes }: LateRule): readonly string[] {
  return [
    `${Math.round(1000 * perDay) / 10}% off for each 24 hours begun after the due minute`,
    `0 points after ${upToDays} day${upToDays === 1 ? "" : "s"}`,
    ...(graceMinutes === 0 ? [] : [`${graceMinutes} minutes late is in time`]),
  ];
}

/** Proves the exercises of the folder beside the course, also those that nothing lists yet; whether all are whole. */
async function proveOwn(file: string, { own }: Course): Promise<boolean> {
  const ids = ownIds(file);
  if (ids.length === 0) return true;
  const { ownExerciseFaults } = await import("./ownExercises/proof.js");
  let isRight = true;
  for (const id of ids) {
    const faults = await ownExerciseFaults(file, id).catch((error: unknown) => {
      if (error instanceof CourseError) return error.message.split("\n");
      throw error;
    });
    isRight &&= faults.length === 0;
    const unlisted = own.some((one) => one.id === id) ? "" : " (no assignment lists it)";
    console.log(
      faults.length === 0
        ? `${marks.passed} ${id}: the starter is unwritten, the reference passes, each mistake is caught and named${unlisted}`
        : [`${marks.failed} ${id}${unlisted}`, ...faults.map((one) => `    ${one}`)].join("\n"),
    );
  }
  return isRight;
}

async function beginExercise(id: string, courseFile: string): Promise<void> {
  const { nameFaultOf } = await import("./ownExercises/load.js");
  const fault = nameFaultOf(id);
  if (fault !== undefined) throw new CourseError(`course exercise: ${fault}`);
  const folder = join(ownFolder(courseFile), id);
  if (isPacks(ownFolder(courseFile))) {
    throw new CourseError(
      `course exercise: ${ownFolder(courseFile)} is the pack's; put course.yaml into a folder of its own, and name it with --course`,
    );
  }
  if (existsSync(folder))
    throw new CourseError(
      `course exercise: ${folder} is there already; npx unrolled course check says what it lacks`,
    );
  for (const [name, text] of Object.entries(exerciseTemplate(id)))
    writeWhole(resolve(folder, name), text);
  console.log(
    `${folder}: change what is in it, list ${id} under exercises in ${courseFile}, then: npx unrolled course check`,
  );
}

function courseText({ title, timeZone, assignments }: Course): string {
  const lines = assignments.map(({ name, exercises, points, weight, due, late, attempts }) => {
    const facts = [
      `${exercises.length} exercise${exercises.length === 1 ? "" : "s"}`,
      `${points} points`,
      `weight ${weight}`,
      due === undefined ? "no due date" : `due ${localText(timeZone, due)}`,
      ...(late === undefined ? [] : lateWords(late)),
      `the ${attempts} attempt counts`,
    ];
    return `  ${name}: ${facts.join(", ")}`;
  });
  return [`${title} (times are of ${timeZone})`, ...lines].join("\n");
}
