/** Lets named mistakes be known again in a class with other inputs: each is run there once. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Exercise } from "../../exercises/exercise.js";
import type { Sandbox } from "../sandbox/sandbox.js";
import { isOn, noBehaviour } from "./behaviour.js";
import type { MistakesFile, NamedMistake } from "./course/namedMistakes.js";
import { gradeHandIn } from "./gradeHandIn.js";
import { AssignmentInputs, type Prepared } from "./inputs.js";
import { boundedReader } from "./intake/boundedReader.js";
import { ownHandIn } from "./intake/handIn.js";

/** What is going to be graded: exercises, and the seed that their inputs are drawn from. */
export interface Asked {
  readonly exercises: readonly Exercise[];
  readonly seed: number;
}

/**
 * Runs each named mistake of these exercises, in the box, on inputs on which nobody knows yet what it answers, and keeps
 * its answers' digests.
 *
 * @param file - the course's named mistakes
 * @param asked - the assignments
 * @param sandbox - where they run: a mistake's code is a student's
 * @throws CourseError where the file can't be used, or what keeps the sandbox from starting a box
 */
export async function learnBehaviours(
  file: MistakesFile,
  asked: readonly Asked[],
  sandbox: Sandbox,
): Promise<void> {
  const { all } = file.read();
  const learned = new Map<NamedMistake, string[]>();
  for (const { exercises, seed } of all.length === 0 ? [] : asked) {
    const inputs = new AssignmentInputs(seed);
    for (const exercise of exercises) {
      for (const mistake of all.filter((one) => one.exercise === exercise.id)) {
        const prepared = inputs.of(exercise);
        const known = [...mistake.answers, ...(learned.get(mistake) ?? [])];
        if (prepared === undefined || known.some((one) => isOn(one, prepared))) continue;
        const answers = await answersOf(mistake, { exercise, seed, inputs, sandbox, prepared });
        if (answers !== undefined) learned.set(mistake, [...(learned.get(mistake) ?? []), answers]);
      }
    }
  }
  file.learn(learned);
}

interface Run {
  readonly exercise: Exercise;
  readonly seed: number;
  readonly inputs: AssignmentInputs;
  readonly prepared: Prepared;
  readonly sandbox: Sandbox;
}

/** What the mistake answers there, read and run as a hand-in is; undefined where the grader itself failed. */
async function answersOf(
  { code }: NamedMistake,
  { exercise, seed, inputs, prepared, sandbox }: Run,
): Promise<string | undefined> {
  const folder = await mkdtemp(join(sandbox.folder, "mistake-"));
  const reader = boundedReader([exercise.id]);
  try {
    await writeFile(join(folder, "mistake.ipynb"), notebookOf(exercise.id, code));
    const handIn = await reader.read(await ownHandIn(folder, "a named mistake", "mistakes"));
    const graded = await gradeHandIn(handIn, { sandbox, exercises: [exercise], seed, inputs });
    const [result] = graded.results;
    if (result === undefined || result.verdict.status === "internal-error") return undefined;
    return result.behaviour ?? noBehaviour(prepared);
  } finally {
    reader.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** As a notebook's cell, of which a hand-in's reader takes what the function needs: an import may be there twice. */
function notebookOf(exercise: string, code: string): string {
  const metadata = { unrolled: { exercise, role: "starter" } };
  const cell = { cell_type: "code", metadata, source: code, outputs: [], execution_count: null };
  return JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
}
