/** Grades all hand-ins of a folder, several at a time. */
import { createHash } from "node:crypto";
import type { Exercise } from "../../exercises/exercise.js";
import type { Sandbox } from "../sandbox/sandbox.js";
import type { Gradebook } from "./store/gradebook.js";
import { gradeHandIn } from "./gradeHandIn.js";
import { AssignmentInputs } from "./inputs.js";
import type { Graded, GradedExercise } from "./result/graded.js";
import type { HandInPlace } from "./intake/place.js";
import { type BoundedReader, boundedReader } from "./intake/boundedReader.js";
import type { FoundHandIn } from "./intake/foundHandIn.js";

/** What a grade was made from. */
export interface GradedFrom {
  readonly place: HandInPlace;
  /** Over everything that was handed in; undefined where that could not be read. */
  readonly hash: string | undefined;
}

/** What a run over a class needs. */
export interface ClassRun {
  readonly places: readonly HandInPlace[];
  readonly exercises: readonly Exercise[];
  readonly sandbox: Sandbox;
  readonly gradebook: Gradebook;
  readonly packVersion: string;
  /** Each assignment's seed. */
  readonly seedOf: (assignment: string) => number;
  /** How many hand-ins are graded at the same time. */
  readonly workers: number;
  /** Called before each hand-in. */
  readonly onStart?: (place: HandInPlace) => void;
  /** Called after each hand-in, whether it was graded now or before. */
  readonly onGraded?: (graded: Graded, isNew: boolean, from: GradedFrom) => void;
  /** Called after each exercise of a hand-in, with its results so far. */
  readonly onExercise?: (results: readonly GradedExercise[]) => void;
}

/**
 * All hand-ins' grades in the places' order; those that a former run graded are not run again.
 *
 * @param run - the hand-ins, what grades them, and where grades are kept
 * @returns one grade a place
 * @throws what keeps the sandbox from starting a box, or the gradebook from being written
 */
export async function gradeClass(run: ClassRun): Promise<readonly Graded[]> {
  const inputs = new Map<number, AssignmentInputs>();
  const results: Graded[] = new Array<Graded>(run.places.length);
  let next = 0;
  const ids = run.exercises.map(({ id }) => id);
  const worker = async (): Promise<void> => {
    const reader = boundedReader(ids);
    try {
      for (let index = next++; index < run.places.length; index = next++) {
        results[index] = await gradeOne(run, run.places[index]!, { reader, inputs });
      }
    } finally {
      reader.close();
    }
  };
  const workers = Math.max(1, Math.min(run.workers, run.places.length));
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}

async function gradeOne(
  run: ClassRun,
  place: HandInPlace,
  {
    reader,
    inputs,
  }: { readonly reader: BoundedReader; readonly inputs: Map<number, AssignmentInputs> },
): Promise<Graded> {
  const { exercises, sandbox, gradebook, packVersion, seedOf, onStart, onGraded } = run;
  onStart?.(place);
  const handIn = await reader.read(place);
  const seed = seedOf(handIn.assignment);
  const key = keyOf(handIn, run, seed);
  const before =
    key === undefined ? undefined : gradebook.graded(handIn.student, handIn.assignment, key);
  if (before !== undefined) {
    onGraded?.(before, false, { place, hash: handIn.hash });
    return before;
  }
  const kept = inputs.get(seed) ?? new AssignmentInputs(seed);
  inputs.set(seed, kept);
  const { onExercise } = run;
  const graded = await gradeHandIn(handIn, {
    ...{ sandbox, exercises, seed, inputs: kept },
    ...(onExercise === undefined ? {} : { onExercise }),
  });
  if (key !== undefined) gradebook.add(graded, { key, seed, packVersion, sandbox: sandbox.kind });
  onGraded?.(graded, true, { place, hash: handIn.hash });
  return graded;
}

/** A hash over everything that a grade depends on; undefined where the hand-in could not be read. */
function keyOf({ hash }: FoundHandIn, run: ClassRun, seed: number): string | undefined {
  if (hash === undefined) return undefined;
  const { sandbox, exercises, packVersion } = run;
  const settings = {
    sandbox: sandbox.kind,
    limits: sandbox.limits,
    exercises: exercises.map(({ id, points }) => [id, points]),
  };
  return createHash("sha256")
    .update(JSON.stringify([packVersion, seed, settings, hash]))
    .digest("hex");
}
