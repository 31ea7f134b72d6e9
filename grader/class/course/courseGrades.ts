/** From everything that a gradebook holds to all the grades that count. */
import { manifest } from "../../../exercises/manifest.js";
import { sumOfPoints } from "../policy/score.js";
import { gradeKey } from "../result/grade.js";
import type { Attempt, Decision } from "../store/courseStore.js";
import type { Assignment } from "./courseFile.js";
import { type CourseGrade, courseGrade } from "./courseGrade.js";

/**
 * Without a course's file: the assignments as they were graded, each exercise with the pack's points.
 *
 * @param attempts - all of them
 * @returns an assignment for each name
 */
export function assignmentsOf(attempts: readonly Attempt[]): readonly Assignment[] {
  const names = Array.from(new Set(attempts.map(({ assignment }) => assignment)));
  return names.map((name) => {
    const graded = new Set(
      attempts
        .filter(({ assignment }) => assignment === name)
        .flatMap(({ exercises }) => exercises.map(({ exercise }) => exercise)),
    );
    const exercises = manifest.filter(({ id }) => graded.has(id));
    const points = sumOfPoints(exercises.map((exercise) => exercise.points));
    return { name, exercises, points, weight: 1, extensions: new Map(), attempts: "last" };
  });
}

/**
 * A grade for each student and assignment.
 *
 * @param students - in the order of the grades
 * @param assignments - the course's
 * @param attempts - of everybody, oldest first
 * @param decisions - about everybody, oldest first
 * @returns the students' grades, one after the other
 */
export function gradesOf(
  students: readonly string[],
  assignments: readonly Assignment[],
  attempts: readonly Attempt[],
  decisions: readonly Decision[],
): readonly CourseGrade[] {
  const byGrade = <T extends Attempt | Decision>(all: readonly T[]): ReadonlyMap<string, T[]> => {
    const found = new Map<string, T[]>();
    for (const one of all) {
      const name = gradeKey(one);
      const others = found.get(name);
      if (others === undefined) found.set(name, [one]);
      else others.push(one);
    }
    return found;
  };
  const [attemptsOf, decisionsOf] = [byGrade(attempts), byGrade(decisions)];
  return students.flatMap((student) =>
    assignments.map((assignment) => {
      const name = gradeKey({ student, assignment: assignment.name });
      return courseGrade(
        student,
        assignment,
        attemptsOf.get(name) ?? [],
        decisionsOf.get(name) ?? [],
      );
    }),
  );
}
