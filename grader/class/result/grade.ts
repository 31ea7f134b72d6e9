/** What counts for a student and an assignment. */
import type { Graded } from "./graded.js";

/** A student's grade of an assignment. */
export interface Grade {
  readonly student: string;
  readonly assignment: string;
  /** From 0 to `maxScore`. */
  readonly score: number;
  /** Before what being late costs; undefined where that is not reckoned. */
  readonly rawScore?: number;
  /** When it was due, for this student. */
  readonly due?: Date;
  readonly submittedAt?: Date;
  readonly maxScore: number;
  /** The assignment does not count for this student. */
  readonly isExcused: boolean;
  /** What the instructor wants the student to read. */
  readonly comment: string;
  /** The grader itself failed on it: the score says nothing. */
  readonly isUngraded: boolean;
}

/**
 * What a student's grade of an assignment, or a hand-in, is found by.
 *
 * @param one - whose, and of which assignment
 * @returns another text for any other two names
 */
export function gradeKey({ student, assignment }: Pick<Grade, "student" | "assignment">): string {
  return JSON.stringify([student, assignment]);
}

/**
 * The grade of a hand-in.
 *
 * @param graded - the hand-in with its verdicts
 * @returns what counts, where that is known; else its points as they are
 */
export function gradeOf({
  student,
  assignment,
  score,
  maxScore,
  results,
  standing,
}: Graded): Grade {
  const {
    isExcused = false,
    comment = "",
    isUngraded = results.some(({ verdict }) => verdict.status === "internal-error"),
  } = standing ?? {};
  return { student, assignment, score, maxScore, isExcused, comment, isUngraded };
}
