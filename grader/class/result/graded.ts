/** What grading a hand-in gives: the one model of all reports, tables and formats. */
import type { Verdict } from "../../judge/verdict.js";
import type { CodePart } from "../intake/codePart.js";
import type { Remark } from "../intake/remark.js";

/** One exercise of one hand-in. */
export interface GradedExercise {
  readonly verdict: Verdict;
  readonly points: number;
  /** From 0 to `points`. */
  readonly score: number;
  /** Where the function was found; "" when it was not. */
  readonly place: string;
  /** The function's own lines, and those of the hand-in that it needs. */
  readonly code: readonly CodePart[];
  /** What it wrote to its console, cut to 4000 characters. */
  readonly console: string;
  /**
   * Of a wrong function without a known cause what its answers have in common with others' (behaviour.ts). For
   * instructors alone.
   */
  readonly behaviour?: string;
}

/** What a course's rules and an instructor make of a hand-in's verdicts. */
export interface Standing {
  readonly isExcused: boolean;
  /** What the instructor wants the student to read. */
  readonly comment: string;
  /** The grader itself failed on it, and nobody has set points. */
  readonly isUngraded: boolean;
  /** Why the score is another than the sum of the exercises': "2 days late: 2 points less". */
  readonly notes: readonly string[];
}

/** A hand-in with its verdicts. */
export interface Graded {
  readonly student: string;
  readonly assignment: string;
  readonly results: readonly GradedExercise[];
  readonly remarks: readonly Remark[];
  readonly score: number;
  readonly maxScore: number;
  /** Where it is there, the score is what counts; left out, it is the exercises' sum. */
  readonly standing?: Standing;
}
