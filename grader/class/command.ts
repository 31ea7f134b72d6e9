/** `unrolled grade`: a folder of hand-ins in; grades, reports and a table out. */
import { existsSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, resolve } from "node:path";
import { exitCodes } from "#common/exit-codes";
import { type Command, Option } from "commander";
import type { Exercise } from "../../exercises/exercise.js";
import { manifest } from "../../exercises/manifest.js";
import { freshSeed } from "../judge/seed.js";
import { NoSandboxError } from "../sandbox/sandbox.js";
import { FormatError } from "./formats/format.js";
import { openGradebook } from "./store/open.js";
import { withoutPassword } from "./store/postgres.js";
import { GradebookError } from "./store/store.js";
import { type ClassRun, gradeClass } from "./gradeClass.js";
import { allFormats } from "./formats/allFormats.js";
import type { Reports } from "./report/write.js";
import { gradeKey } from "./result/grade.js";
import type { Graded } from "./result/graded.js";
import { type Asked, learnBehaviours } from "./namedBehaviours.js";
import { gradeOnDatabase } from "./gradeTogether.js";
import { classFolder } from "./intake/classArchive.js";
import { findHandIns, ofAssignment, ownHandIn } from "./intake/handIn.js";
import { whyUnread } from "./intake/nbgraderTime.js";
import type { HandInPlace } from "./intake/place.js";
import { CourseError } from "./course/checkedYaml.js";
import { assignmentIn, type Course, courseHere } from "./course/courseFile.js";
import { courseSecrets } from "./course/ownExercises/folders.js";
import { previewFile } from "./course/gradebookPlace.js";
import { MistakesFile } from "./course/namedMistakes.js";
import { Counting } from "./course/counting.js";
import { correctedText, handInTimes, unknownText, untimedText } from "./course/handInTimes.js";
import { lostExtensions } from "./course/people.js";
import { unreadTimesText, type UnreadTime } from "./course/unreadTimes.js";
import { type HandedIn, openCourseStore } from "./store/courseStore.js";
import {
  factsOf,
  goesByRules,
  isCorrected,
  type Persons,
  personsOf,
  readBookIf,
  shownOf,
  tellCourse,
  type Told,
  withNames,
} from "./byRules.js";
import { cleanWhenStopped, openSandboxFor } from "./classSandbox.js";
import { databaseAddress, exercisesNamed, idList, wholeNumber } from "./optionValues.js";
import { packVersion } from "./packVersion.js";
import { jsonText } from "./jsonText.js";
import { printable, progress, SILENT } from "./liveLine.js";
import { commitPreview, Preview, previewText, savePreview } from "./regrade.js";
import { failedOn, type Output, type Outputs, runReport } from "./runReport.js";
import { summaryText } from "./summary.js";
import { isAsked, troubleCode, writeTrouble } from "./troubleCode.js";
import {
  classResult,
  formatsHelp,
  gradescopeAsItGoes,
  refuseImpossible,
  type WantedFormat,
  wantedFormat,
  writeFormat,
} from "./writeFormats.js";

interface GradeOptions {
  readonly gradebook: string;
  readonly database?: string;
  readonly report?: string;
  readonly csv?: string;
  readonly format: readonly WantedFormat[];
  readonly student?: string;
  readonly assignment?: string;
  readonly exercises?: readonly string[];
  readonly deadline?: number;
  readonly course?: string;
  readonly submittedAt?: string;
  readonly times?: string;
  readonly workers: number;
  readonly seed?: number;
  readonly acceptWeakerSandbox?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

interface RegradeOptions extends GradeOptions {
  readonly preview?: boolean;
  readonly commit?: boolean;
}

const HELP = `
A hand-in is a folder per student, an nbgrader tree (submitted/STUDENT/ASSIGNMENT/), or loose
files named by student; it holds .ts files, .ipynb notebooks, or both, packed as .zip, .tar or
.tar.gz or not. Student code runs shut in: no network, no files but its own, bounded time and
memory. A run that was stopped goes on where it was when the same command is given again.

With a course.yaml, or decisions in the gradebook, pages and formats show what counts, as
gradebook export does. The due minute counts whole; a day late is 24 hours begun after it. A time
given again, and otherwise, counts from then on. --times names a student by an id, an e-mail
address or a name, the roster's or the hand-in's.

${formatsHelp}
`;

/** Adds `grade` and `regrade` to the command line; `onEnd` gets the exit code. */
export function registerGrade(program: Command, onEnd: (code: number) => void): void {
  withOptions(program.command("grade"))
    .summary("grade a class: a folder of hand-ins")
    .description("Grades every hand-in of a folder into a gradebook.")
    .argument("<folder>", "the folder that holds the hand-ins, or the platform's archive of them")
    .option("--report <folder>", "write a page per student and one for the class here")
    .option("--csv <file>", "write the grades as a table here")
    .option(
      "--format <name=file>",
      "write the result for another system (below); can be given again",
      wantedFormat,
      [],
    )
    .option(
      "--json",
      "print one JSON document at the end: scores, statuses, remarks, counts, files",
    )
    .option("--quiet", "no progress and no table: only what you have to look at")
    .addHelpText("after", HELP)
    .action(async (folder: string, options: GradeOptions) => {
      onEnd(await grade(folder, options));
    });
  withOptions(program.command("regrade"))
    .summary("grade a class again: first look who changes, then commit")
    .description(
      "Grades what has changed since it was graded: the pack, the course's settings, a hand-in. --preview shows who changes and why, and leaves the gradebook as it is; --commit adds what was shown.",
    )
    .argument("[folder]", "for --preview: the folder that holds the hand-ins")
    .option("--preview", "say who changes, by how much and why")
    .option("--commit", "what the last preview showed counts from now on")
    .action(async (folder: string | undefined, options: Omit<RegradeOptions, "format">) => {
      onEnd(await regrade(folder, { ...options, format: [] }));
    });
}

/** The options that say what is graded and how. */
function withOptions(command: Command): Command {
  return command
    .option("--gradebook <file>", "SQLite file that keeps all attempts", "gradebook.sqlite")
    .addOption(
      new Option(
        "--database <address>",
        "keep them in PostgreSQL and share the work with other machines: postgres://USER@HOST/DATABASE",
      )
        .argParser(databaseAddress)
        .conflicts("gradebook"),
    )
    .option("--student <name>", "the folder is this student's own hand-in")
    .option(
      "--assignment <name>",
      "the assignment's name; of an nbgrader tree: grade this one alone",
    )
    .option("--exercises <ids>", "grade these alone, such as rnnCellForward,rnnForward", idList)
    .option("--course <file>", "the course's settings; ./course.yaml where it is there")
    .option("--submitted-at <time>", 'when all of it was handed in, such as "2026-12-01 23:59"')
    .addOption(
      new Option(
        "--times <file>",
        "when each was handed in: Moodle's grading worksheet, or a CSV with the columns name and submitted_at",
      ).conflicts("submittedAt"),
    )
    .option("--deadline <seconds>", "stop by then, with what there is", wholeNumber(1, 86_400))
    .option(
      "--workers <n>",
      "hand-ins graded at the same time; with --database, 0 leaves them to other machines",
      wholeNumber(0, 256),
      availableParallelism(),
    )
    .option(
      "--seed <n>",
      "draw the inputs from this seed (kept with the assignment)",
      wholeNumber(1, 2 ** 32 - 1),
    )
    .option(
      "--accept-weaker-sandbox",
      "go on where nothing can be put around Deno, with its own walls alone",
    );
}

/** Grades the folder; the exit code. */
export function grade(folder: string, options: GradeOptions): Promise<number> {
  return inOneLine(() => gradeFolder(folder, options));
}

function regrade(folder: string | undefined, options: RegradeOptions): Promise<number> {
  return inOneLine(async () => {
    const { preview, commit, database } = options;
    if ((preview === true) === (commit === true))
      throw new CourseError("regrade: expected either --preview or --commit; give one");
    if (commit === true) return await commitRegrade(options);
    if (folder === undefined)
      throw new CourseError("regrade: expected the folder of the hand-ins; name it");
    const file = database ?? options.gradebook;
    if (database === undefined && !existsSync(file))
      throw new CourseError(
        `regrade: there is no ${file}; grade first: npx unrolled grade ${folder}`,
      );
    return await gradeFolder(folder, options, true);
  });
}

async function commitRegrade(options: GradeOptions): Promise<number> {
  const place = options.database ?? options.gradebook;
  const gradebook = await openGradebook(place);
  const store = await openCourseStore(place);
  try {
    const added = await commitPreview(previewFile(options), gradebook, store);
    console.log(`Hand-ins whose new grades count: ${added}.`);
    return exitCodes.fine;
  } finally {
    await store.close();
    await gradebook.close();
  }
}

/** Says in one line what can't be done; the exit code. */
async function inOneLine(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const { message } = error as Error;
    const isInOurWords =
      isAsked(error) || error instanceof GradebookError || error instanceof NoSandboxError;
    return fail(isInOurWords ? message : `grade: ${message}`, troubleCode(error));
  }
}

function fail(message: string, code: number): number {
  console.error(message);
  return code;
}

async function gradeFolder(
  folder: string,
  options: GradeOptions,
  isPreview = false,
): Promise<number> {
  const { database } = options;
  if (options.workers === 0 && database === undefined) {
    return fail(
      "grade: --workers 0 leaves the work to others, which needs --database",
      exitCodes.usage,
    );
  }
  if (options.json === true && options.format.some(({ file }) => file === "-"))
    throw new FormatError(
      "grade: --json and a format to - both print: expected one of them; name a file for the format",
    );
  const course = await courseHere(options.course);
  const places = await placesIn(folder, options, course);
  if (options.times !== undefined && assignmentsOf(places).length > 1)
    throw new CourseError("grade: --times is of one assignment; name it with --assignment");
  const times = handInTimes(
    options,
    course,
    places.map(({ student }) => student),
  );
  const plans = plansFor(places, options, course);
  const exercises = exercisesOf(plans);
  const { personOf } = personsOf(places, course, { book: undefined, isOne: true });
  refuseImpossible(options.format, places, personOf);
  const mistakes = new MistakesFile(options.course);
  let named = mistakes.read();
  const writeSoFar = gradescopeAsItGoes(options.format, exercises);
  const onExercise: typeof writeSoFar = (results) => {
    writeSoFar(results.map((one) => named.shown(one)));
  };
  const sandbox = await openSandboxFor({
    command: "grade",
    acceptsWeaker: options.acceptWeakerSandbox === true,
    secrets: [
      ...[folder, options.gradebook, mistakes.path],
      ...courseSecrets(options.course ?? "course.yaml"),
    ].map((path) => resolve(path)),
  });
  const stopCleaning = cleanWhenStopped(
    sandbox.folder,
    "grade: stopped; the same command goes on from here",
  );
  const atDeadline = setTimeout(
    () => {
      rmSync(sandbox.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
      console.error(`grade: stopped after ${options.deadline} s, as --deadline says`);
      process.exit(exitCodes.notYet);
    },
    1000 * (options.deadline ?? 86_400),
  );
  try {
    const place = database ?? options.gradebook;
    const attempts = await openGradebook(place);
    const gradebook = isPreview ? new Preview(attempts) : attempts;
    try {
      const seeds = new Map<string, number>();
      const seedOf = async (assignment: string): Promise<number> => {
        const known = seeds.get(assignment);
        if (known !== undefined) return known;
        if (options.seed !== undefined) await gradebook.setSeed(assignment, options.seed);
        const seed = await gradebook.seedOf(assignment, freshSeed());
        seeds.set(assignment, seed);
        return seed;
      };
      const asked: Asked[] = [];
      for (const { assignments, exercises: own } of plans)
        for (const one of assignments) asked.push({ exercises: own, seed: await seedOf(one) });
      await learnBehaviours(mistakes, asked, sandbox);
      named = mistakes.read();
      const bar = progress(places.length, options.quiet === true ? SILENT : process.stderr);
      const start = performance.now();
      let newlyGraded = 0;
      const told: Told[] = [];
      const unread: UnreadTime[] = [];
      const reports = isPreview ? undefined : await reportsIn(options.report, exercises);
      const keepsWhole = options.format.some(
        ({ format }) => allFormats[format].isOfGrades !== true,
      );
      // What counts is known when all are graded: a page that went by it is written then.
      const isByRules = await goesByRules(place, course);
      const graded: Graded[] = [];
      for (const plan of plans) {
        const run: ClassRun = {
          ...{ ...plan, sandbox, gradebook, seedOf, onExercise, workers: options.workers },
          packVersion: packVersion(),
          keepsWhole,
          onGraded: (one, isNew, { place, hash, handedInAt }) => {
            if (isNew) newlyGraded++;
            if (!isByRules) reports?.add(withNames(one, named));
            const { student, assignment } = one;
            const isMarkedLate = place.isMarkedLate === true;
            const time = times.of(student, handedInAt);
            const file = place.timestamp;
            const why = file === undefined ? undefined : whyUnread(basename(file), one.remarks);
            if (file !== undefined && why !== undefined && time.at === undefined)
              unread.push({ student, assignment, file, why });
            if (hash !== undefined)
              told.push({
                ...{ student, assignment, hash, isMarkedLate },
                ...time,
              });
            bar.step(`${one.student}: ${one.score} of ${one.maxScore}`, isNew);
          },
        };
        const part = await (database === undefined || isPreview
          ? gradeClass(run)
          : gradeOnDatabase(database, run, course?.own ?? []));
        graded.push(...part);
      }
      bar.finish();
      if (gradebook instanceof Preview) return await endPreview(gradebook, told, options, course);
      const seconds = (performance.now() - start) / 1000;
      const facts = { newlyGraded, seconds, gradebook: gradebookName(options), seeds };
      const unreadOf = new Set(unread.map(gradeKey));
      const isPrinted = options.json !== true;
      const store = await openCourseStore(place);
      try {
        const timed = await tellCourse(store, told);
        const silent = timed.filter((one) => !unreadOf.has(gradeKey(one)));
        const book = await readBookIf(isByRules, store, course, options.course);
        const counting = book === undefined ? undefined : new Counting(store, book);
        const standing = graded.map((one) => counting?.standing(one) ?? one);
        const students = places.map(({ student }) => student);
        const notices = [
          ...unreadTimesText(unread),
          ...correctedText(timed.filter(isCorrected), course?.timeZone ?? "UTC"),
          ...untimedText(silent, course),
          ...unknownText(times.unknown, students),
          ...(book === undefined ? [] : lostExtensions(course?.assignments ?? [], book.matched)),
        ];
        if (isPrinted && options.quiet !== true) console.log(summaryText(standing, facts));
        if (isPrinted) for (const line of notices) console.log(line);
        const shown = await shownOf(graded, {
          isAsked: isWritten(options),
          counting,
          named,
          reports,
          keepsWhole,
        });
        const outputs = await writeOutputs(shown, exercises, options, {
          ...personsOf(graded, course, { book, isOne: options.student !== undefined }),
          knownOf: factsOf(book, timed),
          reports,
          kept: options.report === undefined ? [] : await store.attempts(),
        });
        const exitCode = exitCodeOf(graded, outputs);
        if (!isPrinted) {
          const worded = standing.map((one) => withNames(one, named));
          process.stdout.write(jsonText(runReport(worded, facts, { notices, outputs, exitCode })));
        }
        return exitCode;
      } finally {
        await store.close();
      }
    } finally {
      await gradebook.close();
    }
  } finally {
    clearTimeout(atDeadline);
    stopCleaning();
    await sandbox.close();
  }
}

/** Whether a page or a file is to be written. */
function isWritten({ csv, report, format }: GradeOptions): boolean {
  return csv !== undefined || report !== undefined || format.length > 0;
}

async function endPreview(
  preview: Preview,
  handIns: readonly HandedIn[],
  options: GradeOptions,
  course: Course | undefined,
): Promise<number> {
  const store = await openCourseStore(options.database ?? options.gradebook);
  try {
    console.log(await previewText(store, preview, handIns, course));
    await orSay("the preview", options, () =>
      savePreview(previewFile(options), store, preview, handIns),
    );
    console.log("Nothing counts yet. If it should: the same command with --commit.");
    return exitCodes.fine;
  } finally {
    await store.close();
  }
}

function gradebookName({ database, gradebook }: GradeOptions): string {
  return database === undefined ? gradebook : withoutPassword(database);
}

/** Hand-ins that are graded alike. */
interface Plan {
  readonly assignments: readonly string[];
  readonly places: readonly HandInPlace[];
  readonly exercises: readonly Exercise[];
}

/** A plan for each assignment: which exercises, and what they are worth, the course says. */
function plansFor(
  places: readonly HandInPlace[],
  options: GradeOptions,
  course: Course | undefined,
): readonly Plan[] {
  const wanted =
    options.exercises === undefined
      ? undefined
      : exercisesNamed(options.exercises, course?.own ?? []);
  const assignments = assignmentsOf(places);
  if (course === undefined) return [{ assignments, places, exercises: wanted ?? manifest }];
  return assignments.map((name) => ({
    assignments: [name],
    places: places.filter(({ assignment }) => assignment === name),
    exercises: chosen(name, assignmentIn(course, name).exercises, wanted),
  }));
}

/** Of an assignment's exercises those that are wanted, with their points and the teacher's own cases. */
function chosen(
  assignment: string,
  all: readonly Exercise[],
  wanted: readonly Exercise[] = all,
): readonly Exercise[] {
  const own = new Map(all.map((one) => [one.id, one]));
  return wanted.map(({ id }) => {
    const exercise = own.get(id);
    if (exercise !== undefined) return exercise;
    throw new CourseError(
      `grade: ${assignment} has no exercise ${id} in the course; expected of ${Array.from(own.keys()).join(", ")}`,
    );
  });
}

function assignmentsOf(places: readonly HandInPlace[]): readonly string[] {
  return Array.from(new Set(places.map(({ assignment }) => assignment)));
}

/** All exercises of the plans, each once. */
function exercisesOf(plans: readonly Plan[]): readonly Exercise[] {
  const all = new Map(plans.flatMap((plan) => plan.exercises.map((one) => [one.id, one] as const)));
  return Array.from(all.values());
}

async function placesIn(
  folder: string,
  options: GradeOptions,
  course: Course | undefined,
): Promise<readonly HandInPlace[]> {
  const { student, assignment } = options;
  if (student !== undefined) return [await ownHandIn(folder, student, assignment)];
  const tell = (line: string): void => {
    console.error(printable(line));
  };
  const exercises = [...manifest, ...(course?.own ?? [])].map(({ id }) => id);
  const root = await classFolder(folder, tell, exercises);
  const places = await findHandIns(root, exercises, tell);
  return assignment === undefined ? places : await ofAssignment(places, root, assignment);
}

/** Writes what is wanted; what can't be written is told, and keeps nothing else from being written. */
async function writeOutputs(
  graded: readonly Graded[],
  exercises: readonly Exercise[],
  options: GradeOptions,
  {
    personOf,
    absent,
    knownOf,
    reports,
    kept,
  }: Persons & {
    readonly knownOf: ReturnType<typeof factsOf>;
    readonly reports: Reports | undefined;
    /** All hand-ins of the gradebook. */
    readonly kept: readonly Pick<Graded, "student" | "assignment">[];
  },
): Promise<Outputs> {
  const { csv, report } = options;
  const isTold = options.json !== true && options.quiet !== true;
  const own = classResult(graded, exercises, personOf);
  const grades = own.grades.map((one) => ({ ...one, ...knownOf(one) }));
  const result = { ...own, grades: [...grades, ...absent] };
  const [written, failed]: [Output[], Outputs["failed"][number][]] = [[], []];
  const wanted: readonly (Output & { readonly write: () => unknown })[] = [
    ...[
      ...(csv === undefined ? [] : [{ format: "csv" as const, file: csv }]),
      ...options.format,
    ].map((one) => ({
      ...one,
      write: () => {
        writeFormat(one, result);
      },
    })),
    ...(report === undefined || reports === undefined
      ? []
      : [{ format: "report", file: report, write: () => reports.finish(graded, kept) }]),
  ];
  for (const { format, file, write } of wanted) {
    try {
      const page = await orSay(file, options, write);
      written.push({ format, file });
      const place = typeof page === "string" ? page : file;
      if (isTold && file !== "-") console.log(`${LABELS[format] ?? format}: ${place}`);
    } catch (error) {
      const { message } = error as Error;
      failed.push({ format, file, message, code: fail(message, troubleCode(error)) });
    }
  }
  return { written, failed };
}

/** How a file's line begins, where it is not the format's name. */
const LABELS: Readonly<Record<string, string>> = { csv: "Table", report: "Report" };

/** The pages, where they are wanted: drawing charts takes long to load. */
async function reportsIn(
  folder: string | undefined,
  exercises: readonly Exercise[],
): Promise<Reports | undefined> {
  if (folder === undefined) return undefined;
  const { Reports } = await import("./report/write.js");
  return new Reports(resolve(folder), exercises);
}

/** Runs what writes to `place`; where it can't, says what is safe and how to go on. */
async function orSay<T>(
  place: string,
  options: GradeOptions,
  write: () => T | Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof FormatError) throw error;
    const why = (error as Error).message;
    throw new GradebookError(
      `grade: ${place} can't be written: ${why}; the grades are safe in ${gradebookName(options)}: free space or name another place, and give the same command again`,
      writeTrouble(error),
    );
  }
}

/** The graver of two: a hand-in that the grader failed on, a file that could not be written. */
function exitCodeOf(graded: readonly Graded[], { failed: files }: Outputs): number {
  const worst = Math.max(exitCodes.fine, ...files.map(({ code }) => code));
  const failed = failedOn(graded);
  if (failed.length === 0) return worst;
  const names = failed.map(({ student }) => student).join(", ");
  return fail(
    `grade: the grader itself failed on ${names}; their attempts do not count, run the same command again`,
    exitCodes.ownFailure,
  );
}
