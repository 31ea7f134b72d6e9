/** What counts for hand-ins that were graded, as the gradebook's commands have it: for pages, formats and the terminal. */
import { scoreOf } from "../policy/score.js";
import { gradeKey } from "../result/grade.js";
import type { Graded, GradedExercise, Standing } from "../result/graded.js";
import type { CourseStore } from "../store/courseStore.js";
import type { Book } from "./book.js";
import type { Assignment } from "./courseFile.js";
import type { CourseGrade } from "./courseGrade.js";

/** The grades that count, for hand-ins. */
export class Counting {
  private readonly store: CourseStore;
  private readonly grades: ReadonlyMap<string, CourseGrade>;
  private readonly assignments: ReadonlyMap<string, Assignment>;

  /**
   * @param store - the open gradebook
   * @param book - the course, read from it after the hand-ins were graded
   */
  constructor(store: CourseStore, { grades, assignments }: Book) {
    this.store = store;
    this.grades = new Map(grades.map((one) => [gradeKey(one), one]));
    this.assignments = new Map(assignments.map((one) => [one.name, one]));
  }

  /**
   * A hand-in with the score that counts.
   *
   * @param graded - as the grader left it
   * @returns its own verdicts; itself where the gradebook has no grade of it
   */
  standing(graded: Graded): Graded {
    const grade = this.grades.get(gradeKey(graded));
    const assignment = this.assignments.get(graded.assignment);
    if (grade === undefined || assignment === undefined) return graded;
    const { score, maxScore } = grade;
    return { ...graded, score, maxScore, standing: standingOf(grade, assignment) };
  }

  /**
   * A hand-in with the score and the verdicts that count: those of another attempt, where that one counts.
   *
   * @param graded - as the grader left it
   * @returns each exercise with the points that it has in the course now
   * @throws GradebookError where the gradebook can't be read
   */
  async whole(graded: Graded): Promise<Graded> {
    const standing = this.standing(graded);
    const attempt = this.grades.get(gradeKey(graded))?.attempt;
    const assignment = this.assignments.get(graded.assignment);
    if (attempt === undefined || assignment === undefined) return standing;
    const { results, remarks } = await this.store.evidence(attempt.id);
    const known = new Set(remarks.map(({ file, text }) => `${file} ${text}`));
    const own = graded.remarks.filter(({ file, text }) => !known.has(`${file} ${text}`));
    return {
      ...standing,
      remarks: [...remarks, ...own],
      results: results.map((one) => withPoints(one, assignment)),
    };
  }
}

function withPoints(one: GradedExercise, { exercises }: Assignment): GradedExercise {
  const points = exercises.find(({ id }) => id === one.verdict.exercise)?.points ?? 0;
  return { ...one, points, score: scoreOf(one.verdict, points) };
}

function standingOf(grade: CourseGrade, assignment: Assignment): Standing {
  const { isExcused, comment, isUngraded, override, attempts } = grade;
  const { lateDays = 0, latePoints } = grade;
  const days = `${lateDays} day${lateDays === 1 ? "" : "s"} late`;
  const cost =
    latePoints > 0
      ? `${latePoints} point${latePoints === 1 ? "" : "s"} less`
      : "nothing is taken off";
  const notes = [
    ...(isExcused ? ["excused: it does not count"] : []),
    ...(override === undefined ? [] : ["points set by hand"]),
    ...(lateDays > 0 ? [override === undefined ? `${days}: ${cost}` : days] : []),
    ...(assignment.attempts === "best" && attempts > 1
      ? [`the best of ${attempts} attempts counts`]
      : []),
  ];
  return { isExcused, comment, isUngraded, notes };
}
