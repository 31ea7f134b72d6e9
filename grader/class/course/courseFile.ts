/** `course.yaml`: what a course grades. Read with errors that name the line and what mends it. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { manifest } from "../../../exercises/manifest.js";
import type { Exercise } from "../../../exercises/exercise.js";
import type { LateRule } from "../policy/late.js";
import { type AtPath, checkedYaml, CourseError, meant, type Path } from "./checkedYaml.js";
import {
  clockChangeAt,
  clockChangeWords,
  instantIn,
  isLocalTime,
  isTimeZone,
} from "./localTime.js";
import { mistakeIn, withCases } from "./ownCases.js";
import { ownIds } from "./ownExercises/folders.js";

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
  /** A student's own due date, by any name that is theirs alone: the hand-in's, an id. */
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
  /** The teacher's own exercises that assignments have, with the points that their folders say. */
  readonly own: readonly Exercise[];
}

const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d$/, {
    error: 'expected a day and a time such as "2026-12-01 23:59", in the course\'s time zone',
    abort: true,
  })
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
 * @returns the course with the teacher's own exercises, which are compiled and loaded; its roster's path relative to the file
 * @throws CourseError with the line and the mend, of the file or of an exercise's
 */
export async function readCourse(file: string): Promise<Course> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const why = (error as Error).message;
    throw new CourseError(
      `course: ${file} can't be read: ${why}; make one with: npx unrolled course init`,
    );
  }
  const course = parseCourse(text, file, await ownExercises(text, file));
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
export async function courseHere(file: string | undefined): Promise<Course | undefined> {
  const name = file ?? (existsSync("course.yaml") ? "course.yaml" : undefined);
  return name === undefined ? undefined : await readCourse(name);
}

/** The teacher's own exercises that a course's text lists. What nothing lists yet may be unfinished. */
async function ownExercises(text: string, file: string): Promise<readonly Exercise[]> {
  const there = ownIds(file);
  if (there.length === 0) return [];
  const listed = listedIn(text);
  const wanted = there.filter((id) => listed.has(id));
  if (wanted.length === 0) return [];
  const { loadOwnExercise } = await import("./ownExercises/load.js");
  const loaded = [];
  for (const id of wanted) loaded.push((await loadOwnExercise(file, id)).exercise);
  return loaded;
}

/** All that assignments list, where the text can be read so far: its mistakes are told later. */
function listedIn(text: string): ReadonlySet<string> {
  try {
    const { assignments } = z
      .object({ assignments: z.array(z.object({ exercises: z.unknown() })) })
      .parse(parseDocument(text).toJS());
    return new Set(
      assignments.flatMap(({ exercises }) =>
        Array.isArray(exercises) ? exercises.map(String) : Object.keys(exercises ?? {}),
      ),
    );
  } catch {
    return new Set();
  }
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
 * @param ownOnes - the teacher's own exercises that it may list beside the pack's
 * @returns the course
 * @throws CourseError with every mistake, each with its line and the mend
 */
export function parseCourse(text: string, file: string, ownOnes: readonly Exercise[] = []): Course {
  const words = {
    ...{ what: "course", file, sample: "compare it with: npx unrolled course init --print" },
    settings: [
      ...["assignments", "course", "roster", "timeZone", ...Object.keys(assignmentSchema.shape)],
      ...["perDay", "upToDays", "graceMinutes", "size", "settings"],
    ],
  };
  const { data, lineOf, refuse } = checkedYaml(text, courseSchema, words, (content) =>
    mistakesBeside(content, [...manifest, ...ownOnes]),
  );
  const mistakes: { readonly line: number; readonly text: string }[] = [];
  const { course: title, timeZone, roster, assignments } = data;
  const made = assignments.map((one, index) => {
    const at: Path = ["assignments", index];
    const say = (path: Path, words: string): void => {
      mistakes.push({ line: lineOf([...at, ...path]), text: words });
    };
    if (assignments.findIndex((other) => other.name === one.name) < index)
      say(["name"], `there are two assignments ${JSON.stringify(one.name)}; rename one`);
    return assignmentOf(one, { timeZone, known: [...manifest, ...ownOnes], say });
  });
  if (mistakes.length > 0) refuse(mistakes);
  return {
    ...{ title, timeZone, assignments: made, own: ownOnes },
    ...(roster === undefined ? {} : { roster }),
  };
}

/** Mistakes in what the assignments say, as far as each has its form; all of them should be told at once. */
function mistakesBeside(content: unknown, known: readonly Exercise[]): readonly AtPath[] {
  const list = (content as { readonly assignments?: unknown } | null)?.assignments;
  if (!Array.isArray(list)) return [];
  const mistakes: AtPath[] = [];
  list.forEach((one: unknown, index) => {
    const wrong = assignmentSchema.safeParse(one).error?.issues ?? [];
    const ofWrong = new Set(
      wrong.flatMap((issue) =>
        issue.code === "unrecognized_keys" && issue.path.length === 0
          ? issue.keys
          : [String(issue.path[0])],
      ),
    );
    const rest = Object.entries(Object(one) as object).filter(([key]) => !ofWrong.has(key));
    const { data } = assignmentSchema.safeParse(Object.fromEntries(rest));
    if (data === undefined) return;
    const isWhole = data.exercises !== undefined || data.lessons !== undefined;
    if (!isWhole && ofWrong.size > 0) return; // what is missing was perhaps meant there
    const say = (path: Path, text: string): void => {
      mistakes.push({ path: ["assignments", index, ...path], text });
    };
    assignmentOf(data, { timeZone: "UTC", known, say });
  });
  return mistakes;
}

type AssignmentData = z.infer<typeof assignmentSchema>;

function assignmentOf(
  data: AssignmentData,
  {
    timeZone,
    known: all,
    say,
  }: {
    readonly timeZone: string;
    readonly known: readonly Exercise[];
    readonly say: (path: Path, words: string) => void;
  },
): Assignment {
  const { exercises, lessons, weight, attempts, extensions, due, late, cases } = data;
  if ((exercises === undefined) === (lessons === undefined))
    say([], "an assignment has either exercises or lessons; write one of the two");
  const own = new Map<string, number>();
  const known = all.map(({ id }) => id);
  const named = Array.isArray(exercises) ? exercises : Object.keys(exercises ?? {});
  named.forEach((id, place) => {
    if (!known.includes(id))
      say(
        ["exercises", Array.isArray(exercises) ? place : id],
        `there is no exercise ${JSON.stringify(id)}${meant(id, known)}; npx unrolled list names the pack's, and npx unrolled course exercise ${id} begins one of your own`,
      );
    const points = Array.isArray(exercises) ? undefined : exercises?.[id];
    own.set(id, points ?? all.find((one) => one.id === id)?.points ?? 0);
  });
  const allLessons = Array.from(new Set(manifest.map(({ lesson }) => lesson)));
  lessons?.forEach((lesson, place) => {
    if (!allLessons.includes(lesson))
      say(
        ["lessons", place],
        `there is no lesson ${JSON.stringify(lesson)} with exercises: expected one of ${allLessons.join(", ")}, as a text: "02"`,
      );
    for (const one of manifest) if (one.lesson === lesson) own.set(one.id, one.points);
  });
  const sum = Array.from(own.values()).reduce((total, points) => total + points, 0);
  const points = data.points ?? sum;
  if (own.size > 0 && sum === 0 && mistakesOf(named, known) === 0)
    say(["exercises"], "all exercises are worth 0 points; give one of them some");
  for (const [id, ofExercise] of Object.entries(cases)) {
    const exercise = all.find((one) => one.id === id);
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
  const momentAt = (path: Path, text: string): Date => {
    const change = clockChangeAt(timeZone, text);
    if (change !== undefined)
      say(
        path,
        `${clockChangeWords(change, timeZone, text)}; write a time an hour earlier or later`,
      );
    return instantIn(timeZone, text);
  };
  return {
    ...{ name: data.name, points, weight, attempts },
    exercises: scaled(own, points, all).map((one) => withCases(one, cases[one.id] ?? [])),
    extensions: new Map(
      Object.entries(extensions).map(([student, when]) => [
        student,
        momentAt(["extensions", student], when),
      ]),
    ),
    ...(lessons === undefined ? {} : { lessons }),
    ...(due === undefined ? {} : { due: momentAt(["due"], due) }),
    ...(late === undefined ? {} : { late }),
  };
}

function mistakesOf(named: readonly string[], known: readonly string[]): number {
  return named.filter((id) => !known.includes(id)).length;
}

/** The exercises with such points, to a hundredth, that their sum is the assignment's. */
function scaled(
  own: ReadonlyMap<string, number>,
  points: number,
  all: readonly Exercise[],
): readonly Exercise[] {
  const sum = Array.from(own.values()).reduce((total, one) => total + one, 0);
  let before = 0;
  let given = 0;
  return all.flatMap((exercise) => {
    const share_ = own.get(exercise.id);
    if (share_ === undefined) return [];
    before += share_;
    const upTo = sum === 0 ? 0 : Math.round((100 * points * before) / sum);
    const here = (upTo - given) / 100;
    given = upTo;
    return [{ ...exercise, points: here }];
  });
}
