/** Grades all hand-ins of a folder, several at a time. */
import { createHash } from "node:crypto";
import type { Exercise } from "../../exercises/exercise.js";
import type { Sandbox } from "../sandbox/sandbox.js";
import type { QueuedHandIn } from "./queue/queue.js";
import type { AttemptFacts, GradeStore } from "./store/store.js";
import { gradeHandIn } from "./gradeHandIn.js";
import { heldBackCases } from "./course/ownCases.js";
import { AssignmentInputs } from "./inputs.js";
import type { Graded, GradedExercise } from "./result/graded.js";
import { Lean } from "./lean.js";
import type { HandInPlace } from "./intake/place.js";
import { type BoundedReader, boundedReader } from "./intake/boundedReader.js";
import type { FoundHandIn } from "./intake/foundHandIn.js";

/** What a grade was made from. */
export interface GradedFrom {
  readonly place: HandInPlace;
  /** Over everything that was handed in; undefined where that could not be read. */
  readonly hash: string | undefined;
  /** When it came, as nbgrader says: ISO 8601, UTC. */
  readonly handedInAt?: string;
}

/** Hands a hand-in over to be graded and kept, which may happen later. */
export type Begin = (queued: QueuedHandIn) => Promise<{ readonly graded: Promise<Graded> }>;

/** What a run over a class needs. */
export interface ClassRun {
  readonly places: readonly HandInPlace[];
  readonly exercises: readonly Exercise[];
  readonly sandbox: Sandbox;
  readonly gradebook: GradeStore;
  readonly packVersion: string;
  /** Each assignment's seed. */
  readonly seedOf: (assignment: string) => Promise<number>;
  /** How many hand-ins are graded at the same time; or read, where they are graded elsewhere. */
  readonly workers: number;
  /** Sends a hand-in to be graded elsewhere; left out, it is graded here. */
  readonly begin?: Begin;
  /** Whether the result keeps the whole of each hand-in, or what {@link Lean} keeps; left out, the whole. */
  readonly keepsWhole?: boolean;
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
 * @returns one grade a place; where the run does not keep the whole, without what {@link Lean} leaves out
 * @throws what keeps the sandbox from starting a box, or the gradebook from being written
 */
export async function gradeClass(run: ClassRun): Promise<readonly Graded[]> {
  const inputs = new Map<number, AssignmentInputs>();
  const results: Graded[] = new Array<Graded>(run.places.length);
  const ends: Promise<void>[] = [];
  const lean = new Lean();
  const keep = (one: Graded): Graded => (run.keepsWhole === false ? lean.of(one) : one);
  let next = 0;
  const ids = run.exercises.map(({ id }) => id);
  const worker = async (): Promise<void> => {
    const reader = boundedReader(ids);
    try {
      for (let index = next++; index < run.places.length; index = next++) {
        const own = index;
        const { graded } = await gradeOne(run, run.places[index]!, { reader, inputs });
        const end = graded.then((one) => {
          results[own] = keep(one);
        });
        end.catch(() => undefined); // the wait for all of them throws it
        ends.push(end);
      }
    } finally {
      reader.close();
    }
  };
  const workers = Math.max(1, Math.min(run.workers, run.places.length));
  await Promise.all(Array.from({ length: workers }, worker));
  await Promise.all(ends);
  return results;
}

async function gradeOne(
  run: ClassRun,
  place: HandInPlace,
  {
    reader,
    inputs,
  }: { readonly reader: BoundedReader; readonly inputs: Map<number, AssignmentInputs> },
): Promise<{ readonly graded: Promise<Graded> }> {
  const { exercises, sandbox, gradebook, packVersion, seedOf, begin, onStart, onGraded } = run;
  onStart?.(place);
  const handIn = await reader.read(place);
  const end = (graded: Graded, isNew: boolean): Graded => {
    const { hash, handedInAt } = handIn;
    onGraded?.(graded, isNew, {
      ...{ place, hash },
      ...(handedInAt === undefined ? {} : { handedInAt }),
    });
    return graded;
  };
  const seed = await seedOf(handIn.assignment);
  const key = keyOf(handIn, run, seed);
  const last =
    key === undefined ? undefined : await gradebook.newest(handIn.student, handIn.assignment);
  if (last?.key === key && last?.isWhole === true)
    return { graded: Promise.resolve(end(last.graded, false)) };
  const number = (last?.number ?? 0) + 1;
  const facts = { key, number, seed, packVersion, sandbox: sandbox.kind };
  if (begin !== undefined && hasKey(facts)) {
    const wanted = exercises.map((one) => ({
      ...{ id: one.id, points: one.points },
      cases: heldBackCases(one),
    }));
    const { graded } = await begin({ handIn, facts, exercises: wanted });
    return { graded: graded.then((one) => end(one, true)) };
  }
  const kept = inputs.get(seed) ?? new AssignmentInputs(seed);
  inputs.set(seed, kept);
  const { onExercise } = run;
  const graded = await gradeHandIn(handIn, {
    ...{ sandbox, exercises, seed, inputs: kept },
    ...(onExercise === undefined ? {} : { onExercise }),
  });
  if (hasKey(facts)) await addNext(gradebook, graded, facts);
  return { graded: Promise.resolve(end(graded, true)) };
}

function hasKey<F extends { readonly key: string | undefined }>(
  facts: F,
): facts is F & { readonly key: string } {
  return facts.key !== undefined;
}

/** Adds the attempt under its number, or the next free one, unless another run has added the same. */
async function addNext(gradebook: GradeStore, graded: Graded, facts: AttemptFacts): Promise<void> {
  let { number } = facts;
  while (!(await gradebook.add(graded, { ...facts, number }))) {
    const theirs = await gradebook.newest(graded.student, graded.assignment);
    if (theirs?.key === facts.key && theirs.isWhole) return;
    number = (theirs?.number ?? 0) + 1;
  }
}

/** A hash over everything that a grade depends on; undefined where the hand-in could not be read. */
function keyOf({ hash }: FoundHandIn, run: ClassRun, seed: number): string | undefined {
  if (hash === undefined) return undefined;
  const { sandbox, exercises, packVersion } = run;
  const settings = {
    sandbox: sandbox.kind,
    limits: sandbox.limits,
    exercises: exercises.map((one) => [
      ...[one.id, one.points, ...heldBackCases(one)],
      ...(one.own === undefined ? [] : [one.own.hash]), // the pack's version says nothing of it
    ]),
  };
  return createHash("sha256")
    .update(JSON.stringify([packVersion, seed, settings, hash]))
    .digest("hex");
}
