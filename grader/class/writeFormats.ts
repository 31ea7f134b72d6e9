/** Results in other systems' formats: which are wanted, and where they go. */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { writeWhole } from "#common/write-whole";
import { nearest } from "#common/nearest";
import { InvalidArgumentError } from "commander";
import type { Exercise } from "../../exercises/exercise.js";
import { allFormats, type FormatName } from "./formats/allFormats.js";
import { type Format, FormatError, notOne } from "./formats/format.js";
import { unfinishedGradescopeResults } from "./formats/gradescope.js";
import { studentPage } from "./report/studentPage.js";
import type { ClassResult } from "./result/classResult.js";
import { gradeOf } from "./result/grade.js";
import type { Graded, GradedExercise } from "./result/graded.js";
import { type Person, personNamed } from "./result/person.js";

/** A format, and the file that it is written to; "-" is what the command prints. */
export interface WantedFormat {
  readonly format: FormatName;
  readonly file: string;
}

/** The formats for the help, one a line. */
export const formatsHelp: string = [
  "Formats:",
  ...Object.entries(allFormats).map(([name, { says }]) => `  ${name.padEnd(18)} ${says}`),
].join("\n");

/**
 * Reads "junit=results.xml".
 *
 * @param text - the option's value
 * @param before - the formats that were named before it
 * @returns those and this one
 * @throws InvalidArgumentError for another text, naming the nearest format
 */
export function wantedFormat(
  text: string,
  before: readonly WantedFormat[],
): readonly WantedFormat[] {
  const [name = "", ...rest] = text.split("=");
  const names = Object.keys(allFormats);
  if (!names.includes(name)) {
    const meant = nearest(name, names) ?? names.join(", ");
    throw new InvalidArgumentError(
      `there is no format ${JSON.stringify(name)}; did you mean ${meant}?`,
    );
  }
  const file = rest.join("=");
  if (file === "")
    throw new InvalidArgumentError(`expected ${name}=FILE, or ${name}=- to print it`);
  return [...before, { format: name as FormatName, file }];
}

/**
 * Refuses what could not be written at the end.
 *
 * @param wanted - the formats
 * @param handIns - whose and for which assignment they are
 * @param personOf - who a student is
 * @throws FormatError for a format that these hand-ins can't be written in, or a file that is a folder
 */
export function refuseImpossible(
  wanted: readonly WantedFormat[],
  handIns: readonly { readonly student: string; readonly assignment: string }[],
  personOf: (student: string) => Person = personNamed,
): void {
  for (const { format, file } of wanted) {
    const kind: Format = allFormats[format];
    if (kind.isOfOne === true && handIns.length !== 1) throw notOne(format, handIns.length);
    kind.refuse?.({ handIns, personOf });
    if (file !== "-" && existsSync(file) && statSync(file).isDirectory())
      throw new FormatError(
        `${format}: ${file} is a folder: expected a file; write ${format}=${file}/NAME`,
      );
  }
}

/**
 * A class's result as it comes from grading.
 *
 * @param graded - the hand-ins
 * @param exercises - all that were graded
 * @param personOf - who a student is; what the hand-in's name tells where nothing is said
 * @returns the one model that each format is made from
 */
export function classResult(
  graded: readonly Graded[],
  exercises: readonly Exercise[],
  personOf: (student: string) => Person = personNamed,
): ClassResult {
  return {
    ...{ graded, exercises, personOf },
    grades: graded.map(gradeOf),
    pageOf: (one) => studentPage(one, exercises),
    at: new Date(),
  };
}

/**
 * Writes one format.
 *
 * @param wanted - the format and its file
 * @param result - the class
 * @throws FormatError where the result can't be written so; the system's error where the file can't
 */
export function writeFormat({ format, file }: WantedFormat, result: ClassResult): void {
  const content = allFormats[format].write(result);
  if (file === "-") process.stdout.write(content);
  else writeWhole(resolve(file), content);
}

/**
 * Keeps Gradescope's file true while the run goes on: the platform takes what is there when its time is up.
 *
 * @param wanted - the formats, Gradescope's perhaps among them
 * @param exercises - all that will be graded
 * @returns what to call with the results so far; it writes the file at once, with none
 */
export function gradescopeAsItGoes(
  wanted: readonly WantedFormat[],
  exercises: readonly Exercise[],
): (results: readonly GradedExercise[]) => void {
  const files = wanted.filter(({ format, file }) => format === "gradescope" && file !== "-");
  const write = (results: readonly GradedExercise[]): void => {
    for (const { file } of files)
      writeWhole(resolve(file), unfinishedGradescopeResults(results, exercises));
  };
  write([]);
  return write;
}
