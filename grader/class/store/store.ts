/** What keeps grades: one interface, whichever database stands behind it. */
import { UnrolledError } from "../../../src/core/errors.js";
import type { Graded } from "../result/graded.js";

/**
 * Where it went wrong: what was named is no gradebook that can be used; the machine, its disk or its server can't do it
 * as they are; or the pack has failed.
 */
export type Trouble = "named" | "machine" | "ours";

/** The gradebook can't be opened, read or written; the message says why. */
export class GradebookError extends UnrolledError {
  override name = "GradebookError";
  readonly trouble: Trouble;

  constructor(message: string, trouble: Trouble = "machine") {
    super(message);
    this.trouble = trouble;
  }
}

/** What an attempt's grade depends on, which one it is, and where it was made. */
export interface AttemptFacts {
  /** From 1 for each student and assignment: nothing that is graded twice is kept twice. */
  readonly number: number;
  /** Over all that the grade depends on. */
  readonly key: string;
  readonly seed: number;
  readonly packVersion: string;
  readonly sandbox: string;
}

/** An attempt as it is kept. */
export interface KeptAttempt {
  readonly number: number;
  readonly key: string;
  /** False when the grader itself failed somewhere: such an attempt is graded again next time. */
  readonly isWhole: boolean;
  readonly graded: Graded;
}

/** An open gradebook. Attempts are only added, never changed; the newest one of a student counts. */
export interface GradeStore {
  /** The assignment's seed: the one on record, else `fresh`, which then is. */
  seedOf(assignment: string, fresh: number): Promise<number>;
  /** Puts another seed on record for the assignment. */
  setSeed(assignment: string, seed: number): Promise<void>;
  /** The student's newest attempt. */
  newest(student: string, assignment: string): Promise<KeptAttempt | undefined>;
  /**
   * Adds an attempt with all its verdicts, or nothing at all.
   *
   * @returns false where the student has an attempt of this number already, which then stays as it is
   */
  add(graded: Graded, facts: AttemptFacts): Promise<boolean>;
  /** How many attempts there are, of all students. */
  countAttempts(): Promise<number>;
  close(): Promise<void>;
}
