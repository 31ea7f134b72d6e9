/** Gradescope's results.json, for one hand-in. */
import type { Exercise } from "../../../exercises/exercise.js";
import type { ClassResult } from "../result/classResult.js";
import { feedbackText } from "../result/feedback.js";
import type { Graded, GradedExercise } from "../result/graded.js";
import { remarkText } from "../result/remarkText.js";
import { onlyOne } from "./format.js";

/** What stands in the file until the last exercise is graded. */
const UNFINISHED =
  "The grader has not come to its end: what is missing below was not graded. Hand in again, or tell your instructor.";

/**
 * The file of a hand-in that is graded.
 *
 * @param result - of one hand-in
 * @returns JSON
 * @throws FormatError where it holds several
 */
export function gradescopeResults(result: ClassResult): string {
  const { results, remarks, score, standing } = onlyOne(result, "gradescope");
  const { notes = [], comment = "" } = standing ?? {};
  const lines = [...notes, comment, ...remarks.map(remarkText)].filter((line) => line !== "");
  // Beside the tests' own points the platform takes this one for the whole.
  const total = standing === undefined ? {} : { score };
  return fileOf(results, result.exercises, lines.join("\n"), total);
}

/**
 * The file of a hand-in that is being graded: the platform takes what is there when its time is up.
 *
 * @param results - what is graded so far
 * @param exercises - all that will be
 * @returns JSON; what is not graded yet has no points
 */
export function unfinishedGradescopeResults(
  results: Graded["results"],
  exercises: readonly Exercise[],
): string {
  return fileOf(results, exercises, UNFINISHED);
}

function fileOf(
  results: readonly GradedExercise[],
  exercises: readonly Exercise[],
  output: string,
  total: { readonly score?: number } = {},
): string {
  const tests = exercises.map((exercise, index) => {
    const result = results.find(({ verdict }) => verdict.exercise === exercise.id);
    return {
      name: `${exercise.id}: ${exercise.title}`,
      number: String(index + 1),
      score: result?.score ?? 0,
      max_score: exercise.points,
      status: result?.verdict.status === "passed" ? "passed" : "failed",
      output: result === undefined ? "not graded" : feedbackText(result, exercise),
      output_format: "text",
      visibility: "visible",
    };
  });
  const file = { ...total, output, output_format: "text", stdout_visibility: "hidden", tests };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}
