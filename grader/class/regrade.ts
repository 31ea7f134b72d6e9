/**
 * A regrade that is looked at before it counts: `regrade --preview` grades into a preview beside the gradebook, which stays
 * as it is, and says who changes; `regrade --commit` adds what the preview holds, without running anything again.
 */
import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import { writeWhole } from "#common/write-whole";
import { printable } from "./liveLine.js";
import { bookOf } from "./course/book.js";
import type { Course } from "./course/courseFile.js";
import type { CourseGrade } from "./course/courseGrade.js";
import { gradeKey } from "./result/grade.js";
import type { Graded } from "./result/graded.js";
import type { Attempt, CourseStore, HandedIn } from "./store/courseStore.js";
import {
  type AttemptFacts,
  GradebookError,
  type GradeStore,
  type KeptAttempt,
} from "./store/store.js";

/** An attempt that would be added. */
interface Added {
  readonly graded: Graded;
  readonly facts: AttemptFacts;
}

/** A gradebook that keeps what is added to itself. */
export class Preview implements GradeStore {
  readonly added: Added[] = [];
  private readonly base: GradeStore;
  private readonly seeds = new Map<string, number>();

  constructor(base: GradeStore) {
    this.base = base;
  }

  seedOf(assignment: string, fresh: number): Promise<number> {
    const own = this.seeds.get(assignment);
    return own === undefined ? this.base.seedOf(assignment, fresh) : Promise.resolve(own);
  }

  setSeed(assignment: string, seed: number): Promise<void> {
    this.seeds.set(assignment, seed);
    return Promise.resolve();
  }

  newest(student: string, assignment: string): Promise<KeptAttempt | undefined> {
    const own = this.added.findLast(
      ({ graded }) => graded.student === student && graded.assignment === assignment,
    );
    if (own === undefined) return this.base.newest(student, assignment);
    const { graded, facts } = own;
    return Promise.resolve({
      ...{ number: facts.number, key: facts.key },
      isWhole: isWhole(graded),
      graded,
    });
  }

  async add(graded: Graded, facts: AttemptFacts): Promise<boolean> {
    const last = await this.newest(graded.student, graded.assignment);
    if (last !== undefined && last.number >= facts.number) return false;
    this.added.push({ graded, facts });
    return true;
  }

  async countAttempts(): Promise<number> {
    return (await this.base.countAttempts()) + this.added.length;
  }

  close(): Promise<void> {
    return this.base.close();
  }
}

function isWhole({ results }: Graded): boolean {
  return results.every(({ verdict }) => verdict.status !== "internal-error");
}

/** A preview as it waits. */
interface Saved {
  /** The end of the gradebook's history then: whatever was added since would count for nothing. */
  readonly end: string;
  readonly added: readonly Added[];
  readonly handIns: readonly (Omit<HandedIn, "at"> & { readonly at?: string })[];
}

/**
 * Keeps a preview until it is committed or another one is made.
 *
 * @param file - where
 * @param store - the gradebook's course
 * @param preview - what would be added
 * @param handIns - when what was handed in
 * @throws Error where the file can't be written
 */
export async function savePreview(
  file: string,
  store: CourseStore,
  preview: Preview,
  handIns: readonly HandedIn[],
): Promise<void> {
  const end = await store.historyEnd();
  writeWhole(file, JSON.stringify({ end, added: preview.added, handIns }));
  chmodSync(file, 0o600); // as much as the gradebook holds
}

/**
 * Adds what the preview holds.
 *
 * @param file - where it waits
 * @param grades - where it is added
 * @param store - its course
 * @returns how many attempts were added
 * @throws GradebookError where there is no preview, or the gradebook has changed since
 */
export async function commitPreview(
  file: string,
  grades: GradeStore,
  store: CourseStore,
): Promise<number> {
  if (!existsSync(file)) {
    throw new GradebookError(
      `regrade: there is no preview, ${file}; make it with: npx unrolled regrade FOLDER --preview`,
      "named",
    );
  }
  const { end, added, handIns } = JSON.parse(readFileSync(file, "utf8")) as Saved;
  if ((await store.historyEnd()) !== end) {
    throw new GradebookError(
      `regrade: the gradebook has changed since the preview; make another one with: npx unrolled regrade FOLDER --preview`,
    );
  }
  for (const { graded, facts } of added) {
    await grades.setSeed(graded.assignment, facts.seed);
    await grades.add(graded, facts);
  }
  await store.handedIn(
    handIns.map(({ at, ...one }) => ({
      ...one,
      ...(at === undefined ? {} : { at: new Date(at) }),
    })),
  );
  rmSync(file);
  return added.length;
}

/** A grade that would change. */
interface Change {
  readonly before: CourseGrade;
  readonly after: CourseGrade;
}

/**
 * Who changes, by how much and why.
 *
 * @param store - the gradebook's course, as it is
 * @param preview - what would be added
 * @param handIns - what was handed in, and when
 * @param course - its settings
 * @returns lines for a terminal
 */
export async function previewText(
  store: CourseStore,
  { added }: Preview,
  handIns: readonly HandedIn[],
  course: Course | undefined,
): Promise<string> {
  const [attempts, decisions] = [await store.attempts(), await store.decisions()];
  const times = new Map<string, string>();
  for (const handIn of handIns) {
    const at = await store.submittedAt(handIn);
    if (at !== undefined) times.set(bytesOf(handIn), at);
  }
  // A corrected time is one of all attempts with these bytes.
  const later = attempts.map((one) => {
    const at = times.get(bytesOf(one));
    return at === undefined ? one : { ...one, submittedAt: at };
  });
  for (const { graded } of added) {
    const { student, assignment } = graded;
    const handIn = handIns.find((one) => one.student === student && one.assignment === assignment);
    later.push(attemptOf(graded, handIn && times.get(bytesOf(handIn))));
  }
  const after = bookOf(course, { attempts: later, decisions }, undefined).grades;
  const known = bookOf(course, { attempts, decisions }, undefined).grades;
  const before = new Map(known.map((one) => [gradeKey(one), one]));
  const changes = after
    .map((grade) => ({ before: before.get(gradeKey(grade)) ?? nothingOf(grade), after: grade }))
    .filter(
      (one) => one.before.score !== one.after.score || one.before.automatic !== one.after.automatic,
    );
  const counting = changes.filter((one) => one.before.score !== one.after.score);
  return [...changes.map(changeText), summary(counting, added.length)].join("\n");
}

function bytesOf({
  student,
  assignment,
  hash = "",
}: Omit<HandedIn, "hash"> & { hash?: string }): string {
  return JSON.stringify([student, assignment, hash]);
}

/** Of somebody who is new: what they had before. */
function nothingOf({ student, assignment, maxScore }: CourseGrade): CourseGrade {
  return {
    ...{ student, assignment, maxScore, score: 0, automatic: 0, attempts: 0, latePoints: 0 },
    ...{ isExcused: false, comment: "", isUngraded: false },
  };
}

/** The attempt as it would be; only what is kept has a number. */
function attemptOf(graded: Graded, submittedAt: string | undefined): Attempt {
  const { student, assignment, results } = graded;
  return {
    ...{ id: 0, student, assignment, gradedAt: new Date().toISOString() },
    ...(submittedAt === undefined ? {} : { submittedAt }),
    isWhole: isWhole(graded),
    exercises: results.map(({ verdict }) => verdict),
  };
}

function changeText({ before, after }: Change): string {
  const [old, now] = [before, after].map(({ attempt }) => attempt?.exercises ?? []);
  const reasons = now!.flatMap(({ exercise, status, passed, total }) => {
    const then = old!.find((one) => one.exercise === exercise);
    if (then?.status === status && then.passed === passed && then.total === total) return [];
    const was = then === undefined ? "not graded" : `${then.status} ${then.passed}/${then.total}`;
    return [`${exercise}: ${was} → ${status} ${passed}/${total}`];
  });
  const by =
    after.override === undefined
      ? ""
      : `, set by hand, the automatic score ${before.automatic} → ${after.automatic}`;
  const why = reasons.length === 0 ? "" : ` (${reasons.join("; ")})`;
  return `${printable(after.student)}, ${after.assignment}: ${before.score} → ${after.score}${by}${why}`;
}

function summary(changes: readonly Change[], regraded: number): string {
  const differences = changes.map(({ before, after }) => after.score - before.score);
  const down = differences.filter((one) => one < 0).length;
  const mean = differences.reduce((sum, one) => sum + one, 0) / differences.length;
  const told =
    differences.length === 0
      ? "no grade changes"
      : `${differences.length} ${differences.length === 1 ? "grade changes" : "grades change"}, mean ${mean < 0 ? "−" : "+"}${Math.abs(mean).toFixed(1)}, ${down === 0 ? "none" : down} down`;
  return `Hand-ins graded again: ${regraded}; ${told}.`;
}
