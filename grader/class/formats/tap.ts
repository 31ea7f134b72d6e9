/** TAP 14: a subtest for each hand-in, a test point for each exercise. */
import type { ClassResult } from "../result/classResult.js";
import { feedbackText } from "../result/feedback.js";
import type { Graded } from "../result/graded.js";

/**
 * The class's results. The plan comes first, so that a file that was cut shows it; an exercise that did not
 * run is "not ok", since a skipped one counts as passed.
 *
 * @param result - of any number of hand-ins
 * @returns text, a line each
 */
export function tapReport(result: ClassResult): string {
  const lines = result.graded.flatMap((graded, index) => {
    const name = described(`${graded.student}: ${graded.assignment}`);
    const isPassed = graded.results.every(({ verdict }) => verdict.status === "passed");
    return [
      `# Subtest: ${name}`,
      ...pointsOf(graded, result).map((line) => `    ${line}`),
      `${isPassed ? "ok" : "not ok"} ${index + 1} - ${name}`,
    ];
  });
  return ["TAP version 14", `1..${result.graded.length}`, ...lines, ""].join("\n");
}

function pointsOf({ results }: Graded, { exercises }: ClassResult): readonly string[] {
  const points = results.flatMap((one, index) => {
    const { exercise, status } = one.verdict;
    const name = described(exercise);
    if (status === "passed") return [`ok ${index + 1} - ${name}`];
    const of = exercises.find(({ id }) => id === exercise);
    const said = of === undefined ? status : feedbackText(one, of);
    // JSON's strings are YAML's too.
    return [
      `not ok ${index + 1} - ${name}`,
      "  ---",
      `  status: ${JSON.stringify(status)}`,
      `  score: ${one.score}`,
      `  points: ${one.points}`,
      `  message: ${JSON.stringify(said)}`,
      "  ...",
    ];
  });
  return [`1..${results.length}`, ...points];
}

/** A description: one line, in which "#" begins no directive. */
function described(text: string): string {
  return text.replaceAll(/\p{C}/gu, "�").replaceAll("\\", "\\\\").replaceAll("#", "\\#");
}
