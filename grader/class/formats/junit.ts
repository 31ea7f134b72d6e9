/** JUnit XML: a suite for each hand-in, a test for each exercise. */
import type { ClassResult } from "../result/classResult.js";
import { feedbackText } from "../result/feedback.js";
import type { Graded, GradedExercise } from "../result/graded.js";
import { statusWord } from "../../words/sentences.js";

/**
 * The class's results.
 *
 * A test without a child has passed in this format, so an exercise that did not run is a skipped one.
 *
 * @param result - of any number of hand-ins
 * @returns XML
 */
export function junitXml(result: ClassResult): string {
  const suites = result.graded.map((graded) => suiteOf(graded, result));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>\n`;
}

function suiteOf(graded: Graded, { exercises, at }: ClassResult): string {
  const { student, assignment, results } = graded;
  const count = (kind: string): number => results.filter((one) => childKind(one) === kind).length;
  const tests = results.map((one) => {
    const { exercise, status } = one.verdict;
    const kind = childKind(one);
    const open = `    <testcase name="${escaped(exercise)}" classname="${escaped(assignment)}" time="0"`;
    if (kind === undefined) return `${open}/>\n`;
    const of = exercises.find(({ id }) => id === exercise);
    const text = of === undefined ? statusWord(status) : feedbackText(one, of);
    const message = status === "not-run" ? "not handed in" : statusWord(status);
    return `${open}>\n      <${kind} message="${escaped(message)}" type="${status}">${escaped(text)}</${kind}>\n    </testcase>\n`;
  });
  const counts = `tests="${results.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
  const name = escaped(`${student}: ${assignment}`);
  return `  <testsuite name="${name}" ${counts} time="0" timestamp="${at.toISOString().slice(0, 19)}">\n${tests.join("")}  </testsuite>\n`;
}

function childKind({ verdict }: GradedExercise): "failure" | "error" | "skipped" | undefined {
  if (verdict.status === "passed") return undefined;
  if (verdict.status === "not-run") return "skipped";
  return verdict.status === "internal-error" ? "error" : "failure";
}

/** Text as XML may hold it: some characters it forbids, even escaped. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "�")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\t", "&#9;")
    .replaceAll("\r", "&#13;")
    .replaceAll("\n", "&#10;");
}
