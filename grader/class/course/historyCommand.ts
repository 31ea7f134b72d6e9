/** `unrolled gradebook verify` and `delete`: whether history is as it was written, and the one way to take something out. */
import { existsSync, rmSync } from "node:fs";
import { exitCodes } from "#common/exit-codes";
import type { Command } from "commander";
import { jsonText } from "../jsonText.js";
import { printable } from "../liveLine.js";
import type { Attempt, CourseStore } from "../store/courseStore.js";
import { readBook } from "./book.js";
import { CourseError } from "./checkedYaml.js";
import type { Manner } from "./gradebookJson.js";
import {
  type GradebookPlace,
  placed,
  previewFile,
  spoken,
  user,
  withStore,
} from "./gradebookPlace.js";
import { exampleOf, MistakesFile, type NamedMistake } from "./namedMistakes.js";
import { type People, studentIn } from "./people.js";

/** How many findings are told one by one. */
const TOLD = 20;

/** Adds both; `onEnd` gets the exit code. */
export function registerHistory(gradebook: Command, onEnd: (code: number) => void): void {
  spoken(placed(gradebook.command("verify")))
    .description("whether anything of the history was changed, taken out or put in from outside")
    .option("--end <hash>", "what an earlier verify told: must still be part of the history")
    .action(async (options: GradebookPlace & Manner & { end?: string }) => {
      onEnd(await withStore(options, (store) => verify(store, options)));
    });
  placed(gradebook.command("delete"))
    .description("delete everything about one student for good; the history keeps no name")
    .argument("<student>", "an id, an e-mail address or a name, the roster's or the hand-in's")
    .option("--yes", "do it; without, only say what would go")
    .option("--course <file>", "the course's settings; ./course.yaml where it is there")
    .action(async (student: string, options: Deletion) => {
      onEnd(await withStore(options, (store) => deleteStudent(store, student, options)));
    });
}

async function verify(
  store: CourseStore,
  { end: known, json, quiet }: Manner & { readonly end?: string },
): Promise<number> {
  const { entries, end, older, faults } = await store.check(known);
  if (json === true) {
    process.stdout.write(jsonText({ isWhole: faults.length === 0, entries, end, older, faults }));
    return faults.length === 0 ? exitCodes.fine : exitCodes.notYet;
  }
  for (const fault of faults.slice(0, TOLD)) console.error(`gradebook: ${printable(fault)}`);
  if (faults.length > TOLD) console.error(`gradebook: … and ${faults.length - TOLD} more`);
  if (older > 0 && quiet !== true)
    console.log(
      `When the history began, ${older} rows were there already: what they were before that, it can't say.`,
    );
  if (faults.length > 0) {
    console.error("Go back to a copy of the gradebook that is whole, and compare.");
    return exitCodes.notYet;
  }
  if (quiet === true) return exitCodes.fine;
  console.log(`The history is as it was written: ${entries} entries.`);
  if (end !== "")
    console.log(
      `Its end: ${end}\nKeep it elsewhere: with --end it shows later that nothing was made anew or cut off.`,
    );
  return exitCodes.fine;
}

/** Which gradebook, which course, and whether it is meant. */
type Deletion = GradebookPlace & { readonly course?: string; readonly yes?: boolean };

async function deleteStudent(
  store: CourseStore,
  named: string,
  { course, yes: isMeant = false, ...place }: Deletion,
): Promise<number> {
  const names = await namesOf(store, named, course);
  const [student = named] = names;
  const isTheirs = (one: { readonly student: string }): boolean => names.includes(one.student);
  const attempts = (await store.attempts()).filter(isTheirs);
  const decisions = (await store.decisions()).filter(isTheirs).length;
  const name = printable(student);
  if (attempts.length + decisions === 0) {
    throw new CourseError(
      `gradebook delete: there is no student ${JSON.stringify(named)} of whom anything is kept; npx unrolled gradebook list shows all`,
    );
  }
  const what = `attempts: ${attempts.length}, decisions: ${decisions}`;
  const file = new MistakesFile(course);
  const examples = await examplesBy(store, attempts, file);
  const left = examples.map(
    ({ exercise, name: mistake }) =>
      ` ${file.path} shows their function as the example of ${JSON.stringify(mistake)} (${exercise}): take the entry out, or put another function there.`,
  );
  if (!isMeant) {
    console.log(
      `${name}: would be deleted for good (${what}). Give the same command with --yes to do it.${left.join("")}`,
    );
    return exitCodes.notYet;
  }
  for (const one of names) await store.deleteStudent(one, user(), new Date().toISOString());
  // It holds their code too, and is of a gradebook that is no more.
  const preview = previewFile(place);
  const gone = existsSync(preview) ? ` ${preview}, a regrade that waited, is deleted too.` : "";
  rmSync(preview, { force: true });
  console.log(
    `${name}: deleted (${what}).${gone} Delete the hand-in too, or the next grade adds it again; it also writes the pages without them. Older copies of the gradebook still hold everything.${left.join("")}`,
  );
  return exitCodes.fine;
}

/** Under which names anything of a student is kept: the hand-ins', first, and those of decisions made before there was one. */
async function namesOf(
  store: CourseStore,
  named: string,
  course: string | undefined,
): Promise<readonly string[]> {
  let people: People;
  try {
    people = (await readBook(store, course)).matched;
  } catch (error) {
    // Settings that can't be read stop no deletion.
    if (!(error instanceof CourseError)) throw error;
    console.error(error.message);
    return [named];
  }
  const student = studentIn(people, named);
  const isTheirs = (name: string): boolean => {
    const [found, another] = people.find(name);
    return found === student && another === undefined;
  };
  const others = (await store.decisions()).map((one) => one.student).filter(isTheirs);
  return Array.from(new Set([student, ...others]));
}

/** The named mistakes whose example is a function of these attempts; a file that can't be read stops no deletion. */
async function examplesBy(
  store: CourseStore,
  attempts: readonly Attempt[],
  file: MistakesFile,
): Promise<readonly NamedMistake[]> {
  let named: readonly NamedMistake[];
  try {
    named = file.read().all;
  } catch (error) {
    if (!(error instanceof CourseError)) throw error;
    console.error(`${error.message}\nWhether it holds a function of theirs can't be told.`);
    return [];
  }
  const textOf = (exercise: string, code: string): string => `${exercise} ${code}`;
  const theirs = new Set<string>();
  if (named.length > 0)
    for (const { id } of attempts)
      for (const one of (await store.evidence(id)).results)
        theirs.add(textOf(one.verdict.exercise, exampleOf(one)));
  return named.filter(({ exercise, code }) => theirs.has(textOf(exercise, code)));
}
