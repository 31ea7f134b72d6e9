/** From attempts and an instructor's decisions to the grade that counts. */
import { scoreOf, sumOfPoints } from "../policy/score.js";
import { lateLoss } from "../policy/late.js";
import type { Grade } from "../result/grade.js";
import type { Attempt, Decision } from "../store/courseStore.js";
import type { Assignment } from "./courseFile.js";

/** A grade, and how it came about. */
export interface CourseGrade extends Grade {
  /** Without any decision: of the attempt that counts, what being late costs taken off. */
  readonly automatic: number;
  /** How many attempts there are. */
  readonly attempts: number;
  /** The attempt that counts. */
  readonly attempt?: Attempt;
  /** Days begun after the due date; 0 in time, undefined where nobody said when it was handed in. */
  readonly lateDays?: number;
  /** The points that being late costs. */
  readonly latePoints: number;
  /** The score that an instructor set in place of the automatic one. */
  readonly override?: Decision;
  readonly excuse?: Decision;
}

/**
 * The grade of a student.
 *
 * @param student - as the hand-ins name them
 * @param assignment - with its exercises, its points and its policy
 * @param attempts - the student's, of this assignment, oldest first
 * @param decisions - about this student and assignment, oldest first
 * @returns the grade; no attempt gives 0 points
 */
export function courseGrade(
  student: string,
  assignment: Assignment,
  attempts: readonly Attempt[],
  decisions: readonly Decision[],
): CourseGrade {
  const scored = attempts.map((attempt) => scoredAttempt(student, assignment, attempt));
  const whole = scored.filter(({ attempt }) => attempt.isWhole);
  const candidates = whole.length > 0 ? whole : scored;
  const counting =
    assignment.attempts === "best"
      ? candidates.toSorted((left, right) => right.score - left.score)[0] // of equals, the first
      : candidates.at(-1);
  const automatic = counting?.score ?? 0;
  const newest = (kinds: readonly string[]): Decision | undefined =>
    decisions.findLast(({ kind }) => kinds.includes(kind));
  const set = newest(["set", "unset"]);
  const excuse = newest(["excuse", "unexcuse"]);
  const override = set?.kind === "set" ? set : undefined;
  return {
    ...{ student, assignment: assignment.name, maxScore: assignment.points, automatic },
    score: override?.score ?? automatic,
    rawScore: override?.score ?? counting?.rawScore ?? 0,
    isExcused: excuse?.kind === "excuse",
    comment: newest(["comment"])?.text ?? "",
    isUngraded: override === undefined && counting?.attempt.isWhole === false,
    attempts: attempts.length,
    ...timesOf(student, assignment, counting?.attempt.submittedAt),
    latePoints: counting?.latePoints ?? 0,
    ...(counting === undefined ? {} : { attempt: counting.attempt }),
    ...(counting?.lateDays === undefined ? {} : { lateDays: counting.lateDays }),
    ...(override === undefined ? {} : { override }),
    ...(excuse?.kind === "excuse" ? { excuse } : {}),
  };
}

/**
 * When a hand-in was due and when it came, as far as that is known.
 *
 * @param student - as the hand-ins name them
 * @param assignment - with its due date and who has another
 * @param submittedAt - what was said of the hand-in
 * @returns the grade's facts
 */
export function timesOf(
  student: string,
  { extensions, due: dueForAll }: Pick<Assignment, "extensions" | "due">,
  submittedAt: string | Date | undefined,
): Pick<Grade, "due" | "submittedAt"> {
  const due = extensions.get(student) ?? dueForAll;
  return {
    ...(due === undefined ? {} : { due }),
    ...(submittedAt === undefined ? {} : { submittedAt: new Date(submittedAt) }),
  };
}

interface ScoredAttempt {
  readonly attempt: Attempt;
  readonly score: number;
  readonly rawScore: number;
  readonly lateDays: number | undefined;
  readonly latePoints: number;
}

function scoredAttempt(student: string, assignment: Assignment, attempt: Attempt): ScoredAttempt {
  const points = sumOfPoints(
    assignment.exercises.map((exercise) => {
      const found = attempt.exercises.find((one) => one.exercise === exercise.id);
      return found === undefined ? 0 : scoreOf(found, exercise.points);
    }),
  );
  const { due, submittedAt } = timesOf(student, assignment, attempt.submittedAt);
  const scored = { attempt, score: points, rawScore: points, latePoints: 0 };
  if (submittedAt === undefined || due === undefined)
    return { ...scored, lateDays: due === undefined ? 0 : undefined };
  const { days, points: lost } = lateLoss(submittedAt, due, assignment.late, assignment.points);
  const score = sumOfPoints([Math.max(0, points - lost)]);
  return { ...scored, score, lateDays: days, latePoints: sumOfPoints([points, -score]) };
}
