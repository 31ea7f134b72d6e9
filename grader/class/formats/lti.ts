/** LTI's scores (Assignment and Grade Services 2.0): what a tool sends to the platform for each student. */
import type { ClassResult } from "../result/classResult.js";

/**
 * The scores of a class, one message for each grade.
 *
 * @param result - of any number of hand-ins
 * @returns a JSON array; an excused student has no score, so none is sent
 */
export function ltiScores({ grades, personOf, at }: ClassResult): string {
  const scores = grades
    .filter(({ isExcused }) => !isExcused)
    .map(({ student, score, maxScore, comment, isUngraded }) => {
      const { id, number } = personOf(student);
      return {
        userId: id ?? number ?? student,
        ...(isUngraded ? {} : { scoreGiven: score, scoreMaximum: maxScore }),
        ...(comment === "" ? {} : { comment }),
        timestamp: at.toISOString(),
        activityProgress: "Completed",
        gradingProgress: isUngraded ? "Failed" : "FullyGraded",
      };
    });
  return `${JSON.stringify(scores, undefined, 2)}\n`;
}
