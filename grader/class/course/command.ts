/** `unrolled course`: begins and checks course.yaml. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { exitCodes } from "#common/exit-codes";
import { writeWhole } from "#common/write-whole";
import type { Command } from "commander";
import { openCourseStore } from "../store/courseStore.js";
import type { LateRule } from "../policy/late.js";
import { CourseError } from "./checkedYaml.js";
import { type Course, readCourse } from "./courseFile.js";
import { localText } from "./localTime.js";
import { lostExtensions, peopleOf } from "./people.js";
import { readRoster } from "./roster.js";
import { courseTemplate } from "./template.js";

/** Adds `course`; `onEnd` gets the exit code. */
export function registerCourse(program: Command, onEnd: (code: number) => void): void {
  const command = program
    .command("course")
    .summary("begin or check a course's settings")
    .description("A course's settings: course.yaml.");
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
    .description("says what a course.yaml means, or what is wrong with it")
    .argument("[file]", "which", "course.yaml")
    .option("--gradebook <file>", "where grade has kept hand-ins, if it has", "gradebook.sqlite")
    .action(async (file: string, { gradebook }: { readonly gradebook: string }) => {
      const course = readCourse(file);
      const roster = course.roster === undefined ? [] : readRoster(course.roster);
      const handedIn = existsSync(gradebook) ? await studentsIn(gradebook) : [];
      if (roster.length + handedIn.length > 0) {
        const lost = lostExtensions(course.assignments, peopleOf(handedIn, roster));
        if (lost.length > 0) throw new CourseError(lost.join("\n"));
      }
      console.log(courseText(course));
      if (course.roster !== undefined) console.log(`Roster: ${roster.length} people`);
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
