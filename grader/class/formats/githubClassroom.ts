/** GitHub Classroom's result, for one hand-in: the line that a workflow's step adds to its outputs. */
import type { ClassResult } from "../result/classResult.js";
import { feedbackText } from "../result/feedback.js";
import type { GradedExercise } from "../result/graded.js";
import { onlyOne } from "./format.js";
import { fileAndLine } from "./fileAndLine.js";

/**
 * The result as the reporter reads it: the sum of the tests' scores counts, and there is always a test.
 *
 * @param result - of one hand-in
 * @returns "result=…", its value JSON in base 64
 * @throws FormatError where it holds several
 */
export function classroomResult(result: ClassResult): string {
  const graded = onlyOne(result, "github-classroom");
  const statuses = graded.results.map(statusOf);
  const tests = graded.results.map((one, index) => {
    const exercise = result.exercises.find(({ id }) => id === one.verdict.exercise);
    const status = statuses[index]!;
    const message = exercise === undefined ? one.verdict.status : feedbackText(one, exercise);
    return {
      name: one.verdict.exercise,
      status,
      score: one.score,
      message: status === "pass" ? null : message,
      test_code: "",
      filename: fileAndLine(one).file ?? "",
      line_no: fileAndLine(one).line ?? 0,
    };
  });
  const none = { name: graded.assignment, status: "error", score: 0, message: "nothing to grade" };
  const whole = {
    version: 1,
    status: statuses.includes("error") ? "error" : statuses.includes("fail") ? "fail" : "pass",
    max_score: graded.maxScore,
    tests: tests.length === 0 ? [{ ...none, test_code: "", filename: "", line_no: 0 }] : tests,
  };
  return `result=${Buffer.from(JSON.stringify(whole)).toString("base64")}\n`;
}

function statusOf({ verdict }: GradedExercise): "pass" | "fail" | "error" {
  if (verdict.status === "passed") return "pass";
  return verdict.status === "internal-error" ? "error" : "fail";
}
