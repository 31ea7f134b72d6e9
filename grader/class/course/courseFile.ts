/** `course.yaml`: what a course grades. Read with errors that name the line and what mends it. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { manifest } from "../../../exercises/manifest.js";
import type { Exercise } from "../../../exercises/exercise.js";
import type { LateRule } from "../policy/late.js";
import { checkedYaml, CourseError, meant, type Path } from "./checkedYaml.js";
import { instantIn, isLocalTime, isTimeZone } from "./localTime.js";
import { mistakeIn, withCases } from "./ownCases.js";

/** One assignment of a course. */
export interface Assignment {
  readonly name: string;
  /** With their points here, together the assignment's, and the teacher's own cases. */
  readonly exercises: readonly Exercise[];
  /** The lessons whose exercises these are, where it names lessons. */
  readonly lessons?: readonly string[];
  readonly points: number;
  /** How much it counts in the course beside the others. */
  readonly weight: number;
  readonly due?: Date;
  /** A student's own due date, by the name that the hand-ins have. */
  readonly extensions: ReadonlyMap<string, Date>;
  /** What late hand-ins lose; nothing, where it is left out. */
  readonly late?: LateRule;
  /** Which attempt counts. */
  readonly attempts: "last" | "best";
}

/** A course. */
export interface Course {
  readonly title: string;
  readonly timeZone: string;
  /** The roster's path, where there is one. */
  readonly roster?: string;
  readonly assignments: readonly Assignment[];
}

const moment = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d$/,
    'expected a day and a time such as "2026-12-01 23:59", in the course\'s time zone',
  )
  .refine(isLocalTime, {
    error:
      'expected a day that there is, and a time from 00:00 to 24:00, such as "2026-12-01 23:59"',
  });
const share = z.number().min(0).max(1, "expected a share from 0 to 1, such as 0.1");
const name = z.string().min(1).max(200);

const ownCase = z.strictObject({
  name,
  // More would take longer than an honest function may.
  size: z.record(z.string(), z.number().int().min(1).max(100)),
  settings: z.record(z.string(), z.union([z.number(), z.boolean()])).optional(),
});

const assignmentSchema = z.strictObject({
  name,
  exercises: z
    .union([z.array(z.string()).min(1), z.record(z.string(), z.number().min(0))], {
      error: "expected a list of exercises, or exercises with their points",
    })
    .optional(),
  lessons: z.array(z.string()).min(1).optional(),
  points: z.number().positive().optional(),
  weight: z.number().min(0).default(1),
  due: moment.optional(),
  late: z
    .strictObject({
      perDay: share,
      upToDays: z.number().int().min(0).default(10),
      graceMinutes: z.number().int().min(0).default(0),
    })
    .optional(),
  attempts: z.enum(["last", "best"]).default("last"),
  extensions: z.record(name, moment).default({}),
  cases: z.record(z.string(), z.array(ownCase)).default({}),
});

const courseSchema = z.strictObject({
  course: name,
  timeZone: z.string().refine(isTimeZone, {
    error: 'expected a time zone such as "Europe/Berlin" or "America/New_York"',
  }),
  roster: z.string().min(1).optional(),
  assignments: z.array(assignmentSchema).min(1),
});

/**
 * Reads a course's file.
 *
 * @param file - the path of course.yaml
 * @returns the course; its roster's path relative to the file
 * @throws CourseError with the line and the mend
 */
export function readCourse(file: string): Course {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const why = (error as Error).message;
    throw new CourseError(
      `course: ${file} can't be read: ${why}; make one with: npx unrolled course init`,
    );
  }
  const course = parseCourse(text, file);
  return course.roster === undefined
    ? course
    : { ...course, roster: resolve(dirname(file), course.roster) };
}

/**
 * The course that a command is given, or that lies where it is run.
 *
 * @param file - the path that was named
 * @returns undefined where none was named and there is no ./course.yaml
 * @throws CourseError with the line and the mend
 */
export function courseHere(file: string | undefined): Course | undefined {
  const name = file ?? (existsSync("course.yaml") ? "course.yaml" : undefined);
  return name === undefined ? undefined : readCourse(name);
}

/**
 * An assignment of a course.
 *
 * @param course - with its assignments
 * @param name - as the hand-ins' folder is called
 * @returns the assignment
 * @throws CourseError where there is none of this name
 */
export function assignmentIn({ assignments }: Course, name: string): Assignment {
  const found = assignments.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = assignments.map((one) => one.name);
  throw new CourseError(
    `course: there is no assignment ${JSON.stringify(name)}${meant(name, names)}; expected one of ${names.join(", ")}: name it with --assignment, or add it to course.yaml`,
  );
}

/**
 * Reads a course's text.
 *
 * @param text - YAML
 * @param file - its name, for the messages
 * @returns the course
 * @throws CourseError with every mistake, each with its line and the mend
 */
export function parseCourse(text: string, file: string): Course {
  const { data, lineOf, refuse } = checkedYaml(text, courseSchema, {
    ...{ what: "course", file, sample: "compare it with: npx unrolled course init --print" },
    settings: [
      ...["assignments", "course", "roster", "timeZone", ...Object.keys(assignmentSchema.shape)],
      ...["perDay", "upToDays", "graceMinutes", "size", "settings"],
    ],
  });
  const mistakes: { readonly line: number; readonly text: string }[] = [];
  const { course: title, timeZone, roster, assignments } = data;
  const made = assignments.map((one, index) => {
    const at: Path = ["assignments", index];
    const say = (path: Path, words: string): void => {
      mistakes.push({ line: lineOf([...at, ...path]), text: words });
    };
    if (assignments.findIndex((other) => other.name === one.name) < index)
      say(["name"], `there are two assignments ${JSON.stringify(one.name)}; rename one`);
    return assignmentOf(one, timeZone, say);
  });
  if (mistakes.length > 0) refuse(mistakes);
  return { title, timeZone, assignments: made, ...(roster === undefined ? {} : { roster }) };
}

type AssignmentData = z.infer<typeof assignmentSchema>;

function assignmentOf(
  data: AssignmentData,
  timeZone: string,
  say: (path: Path, words: string) => void,
): Assignment {
  const { exercises, lessons, weight, attempts, extensions, due, late, cases } = data;
  if ((exercises === undefined) === (lessons === undefined))
    say([], "an assignment has either exercises or lessons; write one of the two");
  const own = new Map<string, number>();
  const known = manifest.map(({ id }) => id);
  const named = Array.isArray(exercises) ? exercises : Object.keys(exercises ?? {});
  named.forEach((id, place) => {
    if (!known.includes(id))
      say(
        ["exercises", Array.isArray(exercises) ? place : id],
        `there is no exercise ${JSON.stringify(id)}${meant(id, known)}; npx unrolled list names them all`,
      );
    const points = Array.isArray(exercises) ? undefined : exercises?.[id];
    own.set(id, points ?? manifest.find((one) => one.id === id)?.points ?? 0);
  });
  const all = Array.from(new Set(manifest.map(({ lesson }) => lesson)));
  lessons?.forEach((lesson, place) => {
    if (!all.includes(lesson))
      say(
        ["lessons", place],
        `there is no lesson ${JSON.stringify(lesson)} with exercises: expected one of ${all.join(", ")}, as a text: "02"`,
      );
    for (const one of manifest) if (one.lesson === lesson) own.set(one.id, one.points);
  });
  const sum = Array.from(own.values()).reduce((total, points) => total + points, 0);
  const points = data.points ?? sum;
  if (own.size > 0 && sum === 0 && mistakesOf(named, known) === 0)
    say(["exercises"], "all exercises are worth 0 points; give one of them some");
  for (const [id, ofExercise] of Object.entries(cases)) {
    const exercise = manifest.find((one) => one.id === id);
    if (exercise === undefined || !own.has(id)) {
      say(
        ["cases", id],
        `the assignment has no exercise ${JSON.stringify(id)}${meant(id, Array.from(own.keys()))}; take its cases out`,
      );
      continue;
    }
    ofExercise.forEach((one, place) => {
      const isTwice = ofExercise.findIndex((other) => other.name === one.name) < place;
      const mistake = isTwice
        ? `there are two cases ${JSON.stringify(one.name)}; rename one`
        : mistakeIn(exercise, one);
      if (mistake !== undefined) say(["cases", id, place], mistake);
    });
  }
  return {
    ...{ name: data.name, points, weight, attempts },
    exercises: scaled(own, points).map((one) => withCases(one, cases[one.id] ?? [])),
    extensions: new Map(
      Object.entries(extensions).map(([student, when]) => [student, instantIn(timeZone, when)]),
    ),
    ...(lessons === undefined ? {} : { lessons }),
    ...(due === undefined ? {} : { due: instantIn(timeZone, due) }),
    ...(late === undefined ? {} : { late }),
  };
}

function mistakesOf(named: readonly string[], known: readonly string[]): number {
  return named.filter((id) => !known.includes(id)).length;
}

/** The exercises with such points, to a hundredth, that their sum is the assignment's. */
function scaled(own: ReadonlyMap<string, number>, points: number): readonly Exercise[] {
  const sum = Array.from(own.values()).reduce((total, one) => total + one, 0);
  let before = 0;
  let given = 0;
  return manifest.flatMap((exercise) => {
    const share_ = own.get(exercise.id);
    if (share_ === undefined) return [];
    before += share_;
    const upTo = sum === 0 ? 0 : Math.round((100 * points * before) / sum);
    const here = (upTo - given) / 100;
    given = upTo;
    return [{ ...exercise, points: here }];
  });
}
