/** One assignment's settings, for a platform that grades it alone. */
import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import type { Exercise } from "../../../exercises/exercise.js";
import { CourseError } from "./checkedYaml.js";
import { assignmentIn, courseHere, parseCourse } from "./courseFile.js";

/** What of an assignment is graded elsewhere. Nobody's name goes there, nor what being late costs. */
const KEPT: ReadonlySet<string> = new Set(["name", "exercises", "lessons", "points", "cases"]);

/** An assignment, cut out of its course. */
export interface OneAssignment {
  /** A course.yaml of it alone. */
  readonly yaml: string;
  /** The same without the teacher's own cases, for a place that students can read. */
  readonly open: string;
  readonly hasCases: boolean;
  /** What it grades. */
  readonly exercises: readonly Exercise[];
}

/**
 * Cuts an assignment out of its course.
 *
 * @param file - the course's; left out, ./course.yaml where it is there
 * @param name - the assignment's
 * @returns its settings; undefined where there is no course
 * @throws CourseError where the course can't be used or has no such assignment, or the teacher's own exercises
 */
export async function oneAssignment(
  file: string | undefined,
  name: string,
): Promise<OneAssignment | undefined> {
  const course = await courseHere(file);
  if (course === undefined) return undefined;
  const { exercises } = assignmentIn(course, name);
  const teachers = exercises.filter(({ id }) => course.own.some((one) => one.id === id));
  if (teachers.length > 0)
    throw new CourseError(
      `autograder: ${teachers.map(({ id }) => id).join(", ")}: an autograder takes the pack's exercises alone, not your own; put these into an assignment of their own and grade it with grade`,
    );
  const path = file ?? "course.yaml";
  const { assignments } = parse(readFileSync(path, "utf8")) as {
    readonly assignments: readonly Readonly<Record<string, unknown>>[];
  };
  const own = Object.entries(assignments.find((one) => one["name"] === name) ?? {});
  const yamlOf = (settings: readonly (readonly [string, unknown])[]): string => {
    const { title, timeZone } = course;
    const text = stringify({
      ...{ course: title, timeZone },
      assignments: [Object.fromEntries(settings)],
    });
    parseCourse(text, path);
    return text;
  };
  const kept = own.filter(([setting]) => KEPT.has(setting));
  return {
    yaml: yamlOf(kept),
    open: yamlOf(kept.filter(([setting]) => setting !== "cases")),
    hasCases: kept.some(([setting]) => setting === "cases"),
    exercises,
  };
}
