/** `unrolled gradebook`: the grades that count, one grade in full, an instructor's decisions, and tables for others. */
import { exitCodes } from "#common/exit-codes";
import type { Command } from "commander";
import { jsonText } from "../jsonText.js";
import { printable } from "../liveLine.js";
import type { FormatName } from "../formats/allFormats.js";
import { FormatError } from "../formats/format.js";
import type { Person } from "../result/person.js";
import type { CourseStore, Decision } from "../store/courseStore.js";
import { type WantedFormat, wantedFormat, writeFormat } from "../writeFormats.js";
import { type Book, decide, gradeIn, lateWords, pointsIn, readBook } from "./book.js";
import { CourseError } from "./checkedYaml.js";
import type { Assignment } from "./courseFile.js";
import type { CourseGrade } from "./courseGrade.js";
import { listReport, type Manner, showReport } from "./gradebookJson.js";
import { type GradebookPlace, placed, spoken, withStore } from "./gradebookPlace.js";
import { registerHistory } from "./historyCommand.js";
import { localText } from "./localTime.js";
import { studentIn } from "./people.js";
import { pseudonyms } from "./pseudonyms.js";

interface Options extends GradebookPlace {
  readonly course?: string;
}

/** The formats that are made of grades alone. */
const OF_GRADES: readonly FormatName[] = [
  ...(["canvas", "moodle", "moodle-worksheet", "nbgrader", "lti"] as const),
];

/** Adds `gradebook`; `onEnd` gets the exit code. */
export function registerGradebook(program: Command, onEnd: (code: number) => void): void {
  const command = program
    .command("gradebook")
    .summary("grades: list, show, set, comment, excuse, export, verify, delete")
    .description("The grades that count: attempts, what being late costs, and your decisions.");
  const add = (name: string, says: string): Command =>
    placed(command.command(name))
      .description(says)
      .option("--course <file>", "the course's settings; ./course.yaml where it is there");
  const decide = (name: string, says: string): Command =>
    add(name, says)
      .argument("<student>", "an id, an e-mail address or a name, the roster's or the hand-in's")
      .argument("<assignment>", "its name");
  spoken(add("list", "every student's grades")).action(async (options: Options & Manner) => {
    onEnd(await withBook(options, (book) => list(book, options)));
  });
  spoken(decide("show", "one grade: how it came about, and every decision")).action(
    async (student: string, assignment: string, options: Options & Manner) => {
      onEnd(await withBook(options, (book) => show(book, student, assignment, options)));
    },
  );
  decide("set", "a score of your own in place of the automatic one; it survives regrades")
    .option("--score <points>", "out of the assignment's points", pointsIn)
    .option("--undo", "the automatic score counts again")
    .requiredOption("--reason <text>", "kept with it")
    .action(
      async (
        student: string,
        assignment: string,
        options: Options & { score?: number; undo?: boolean; reason: string },
      ) => {
        if ((options.score === undefined) === (options.undo !== true))
          throw new CourseError(
            "gradebook set: expected either --score POINTS or --undo; give one",
          );
        const made =
          options.score === undefined
            ? { kind: "unset" as const }
            : { kind: "set" as const, score: options.score };
        onEnd(await record({ student, assignment, ...made, text: options.reason }, options));
      },
    );
  decide("comment", "what the student is to read beside the grade; the newest counts")
    .argument("<text>", "the comment; an empty one takes it back")
    .action(async (student: string, assignment: string, text: string, options: Options) => {
      onEnd(await record({ student, assignment, kind: "comment", text }, options));
    });
  decide("excuse", "the assignment does not count for this student")
    .option("--undo", "it counts again")
    .requiredOption("--reason <text>", "kept with it")
    .action(
      async (
        student: string,
        assignment: string,
        options: Options & { undo?: boolean; reason: string },
      ) => {
        const kind = options.undo === true ? "unexcuse" : "excuse";
        onEnd(await record({ student, assignment, kind, text: options.reason }, options));
      },
    );
  add("export", `the grades that count for another system: ${OF_GRADES.join(", ")}`)
    .requiredOption(
      "--format <name=file>",
      "which, and where; can be given again",
      wantedFormat,
      [],
    )
    .option("--assignment <name>", "this one alone")
    .option(
      "--pseudonyms <file>",
      "no names: others that are the same each time for whoever has this file, which is made where it is not there",
    )
    .action(async (options: Options & ExportOptions) => {
      onEnd(await withBook(options, (book) => exportGrades(book, options)));
    });
  registerHistory(command, onEnd);
}

interface ExportOptions {
  readonly format: readonly WantedFormat[];
  readonly assignment?: string;
  readonly pseudonyms?: string;
}

async function withBook(
  options: Options,
  use: (book: Book, store: CourseStore) => number | Promise<number>,
): Promise<number> {
  return await withStore(options, async (store) =>
    use(await readBook(store, options.course), store),
  );
}

async function record(decision: Omit<Decision, "by" | "at">, options: Options): Promise<number> {
  return await withBook(options, async (book, store) => {
    const student = studentIn(book.matched, decision.student);
    const grade = await decide(store, book, { ...decision, student });
    const { assignment, kind, score } = decision;
    console.log(`${printable(student)}, ${assignment}: ${done(kind, score, grade)}`);
    return exitCodes.fine;
  });
}

function done(kind: Decision["kind"], points: number | undefined, grade: CourseGrade): string {
  switch (kind) {
    case "set":
      return `${points} of ${grade.maxScore} points in place of ${grade.automatic}`;
    case "unset":
      return `the automatic ${grade.automatic} of ${grade.maxScore} points counts again`;
    case "comment":
      return "the comment is kept";
    case "excuse":
      return "excused";
    case "unexcuse":
      return "counts again";
  }
}

function list(book: Book, { json, quiet }: Manner): number {
  const { assignments, grades, matched } = book;
  if (json === true) {
    process.stdout.write(jsonText(listReport(book, (own) => shareOf(own, assignments))));
    return exitCodes.fine;
  }
  const byStudent = new Map<string, CourseGrade[]>();
  for (const grade of grades) {
    const others = byStudent.get(grade.student);
    if (others === undefined) byStudent.set(grade.student, [grade]);
    else others.push(grade);
  }
  const head = [
    "",
    ...assignments.map(({ name, points }) => `${printable(name)} (${points})`),
    "total",
    "id",
  ];
  const rows = Array.from(byStudent, ([student, own]) => [
    printable(matched.personOf(student).name),
    ...own.map(cellOf),
    total(own, assignments),
    printable(idOf(matched.personOf(student), student)),
  ]);
  const widths = head.map((_, column) =>
    [head, ...rows].reduce((widest, row) => Math.max(widest, row[column]!.length), 0),
  );
  for (const row of [head, ...rows]) {
    console.log(
      row
        .map((text, column) =>
          column === 0 || column === head.length - 1
            ? text.padEnd(widths[column]!)
            : text.padStart(widths[column]!),
        )
        .join("  ")
        .trimEnd(),
    );
  }
  if (quiet === true) return exitCodes.fine;
  console.log("* set by hand. The total is a share of what counts, by the assignments' weights.");
  const { unsure, absent } = matched;
  if (absent.length > 0) console.log(`No hand-in: ${absent.map(({ name }) => name).join(", ")}`);
  if (absent.length > 0 && unsure.length > 0)
    console.log(`Not surely anybody of the roster: ${unsure.map(printable).join(", ")}`);
  return exitCodes.fine;
}

/** By what a student is named in a command, where that is not what the table calls them. */
function idOf({ name, id }: Person, student: string): string {
  return id ?? (student === name ? "" : student);
}

function cellOf(grade: CourseGrade): string {
  if (grade.isExcused) return "excused";
  if (grade.isUngraded) return "not graded";
  if (grade.attempts === 0 && grade.override === undefined) return "–";
  const marks = `${grade.override === undefined ? "" : "*"}${(grade.lateDays ?? 0) > 0 ? " late" : ""}`;
  return `${grade.score}${marks}`;
}

function total(grades: readonly CourseGrade[], assignments: readonly Assignment[]): string {
  const share = shareOf(grades, assignments);
  return share === undefined ? "–" : `${(100 * share).toFixed(1)}%`;
}

/** The share of the points, each assignment by its weight, without the excused; undefined where nothing counts. */
function shareOf(
  grades: readonly CourseGrade[],
  assignments: readonly Assignment[],
): number | undefined {
  const counting = grades.filter(({ isExcused }) => !isExcused);
  const weightOf = (name: string): number =>
    assignments.find((one) => one.name === name)?.weight ?? 0;
  const weights = counting.reduce((sum, { assignment }) => sum + weightOf(assignment), 0);
  const sum = counting.reduce(
    (before, { assignment, score: points, maxScore }) =>
      before + (maxScore === 0 ? 0 : (weightOf(assignment) * points) / maxScore),
    0,
  );
  return weights === 0 ? undefined : sum / weights;
}

function show(book: Book, named: string, assignment: string, { json, quiet }: Manner): number {
  const student = studentIn(book.matched, named);
  const grade = gradeIn(book, student, assignment);
  if (json === true) {
    process.stdout.write(jsonText(showReport(book, grade)));
    return exitCodes.fine;
  }
  const { attempt, override } = grade;
  const when = (at: string): string => localText(book.timeZone, new Date(at));
  const late = lateWords(grade, when);
  const lines = [
    `${printable(student)}, ${assignment}: ${grade.isExcused ? "excused" : `${grade.score} of ${grade.maxScore} points`}`,
    ...(override === undefined ? [] : [`  set by hand; the automatic score is ${grade.automatic}`]),
    `  attempts: ${grade.attempts}${attempt === undefined ? "" : `; the one graded ${when(attempt.gradedAt)} counts`}`,
    ...(late === undefined ? [] : [`  ${late}`]),
    ...(attempt?.exercises ?? []).map(
      ({ exercise, status, passed, total: cases }) =>
        `  ${exercise}: ${status}, ${passed} of ${cases} cases`,
    ),
    ...book.decisions
      .filter((one) => one.student === student && one.assignment === assignment)
      .map(
        ({ at, by, kind, score: points, text }) =>
          `  ${when(at)} ${printable(by)}: ${kind}${points === undefined ? "" : ` ${points}`}: ${inLines(text)}`,
      ),
    `  times are of ${book.timeZone}`,
  ];
  console.log(quiet === true ? lines[0] : lines.join("\n"));
  return exitCodes.fine;
}

function inOrderOf<T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  const named = all.map((one) => ({ one, name: nameOf(one) }));
  return named
    .sort((left, right) => (left.name === right.name ? 0 : left.name < right.name ? -1 : 1))
    .map(({ one }) => one);
}

/** A text of several lines: each after the first is moved in. */
function inLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(printable)
    .join("\n    ");
}

function exportGrades(
  { grades, matched }: Book,
  { format, assignment, pseudonyms: keyFile }: ExportOptions,
): number {
  const personOf = keyFile === undefined ? matched.personOf : pseudonyms(keyFile);
  // Rows in the students' order would tell whose pseudonym is whose.
  const ordered =
    keyFile === undefined ? grades : inOrderOf(grades, ({ student }) => personOf(student).name);
  for (const wanted of format) {
    if (!OF_GRADES.includes(wanted.format)) {
      throw new FormatError(
        `gradebook export: ${wanted.format} is made of verdicts, not of grades: expected one of ${OF_GRADES.join(", ")}; write it with: npx unrolled grade --format ${wanted.format}=${wanted.file}`,
      );
    }
    writeFormat(wanted, {
      graded: [],
      grades: ordered
        .filter(
          (one) =>
            (assignment === undefined || one.assignment === assignment) &&
            (one.attempts > 0 || one.override !== undefined || one.isExcused),
        )
        // Who reads a comment may know of whom it speaks.
        .map((one) => (keyFile === undefined ? one : { ...one, comment: "" })),
      exercises: [],
      personOf,
      pageOf: () => "",
      at: new Date(),
    });
    if (wanted.file !== "-") console.log(`${wanted.format}: ${wanted.file}`);
  }
  return exitCodes.fine;
}
