/** Annotations of GitHub Actions: commands that a step prints, and that stand beside the student's lines. */
import type { ClassResult } from "../result/classResult.js";
import { feedbackText } from "../result/feedback.js";
import type { GradedExercise } from "../result/graded.js";
import { remarkText } from "../result/remarkText.js";
import { fileAndLine } from "./fileAndLine.js";
import { onlyOne } from "./format.js";

/** So many of a kind are shown for a step; the last says what is left out. */
const MOST = 10;

/**
 * An error for each exercise that does not pass, a warning for each problem of the files.
 *
 * @param result - of one hand-in
 * @returns lines to print
 * @throws FormatError where it holds several
 */
export function githubAnnotations(result: ClassResult): string {
  const { results, remarks } = onlyOne(result, "github-annotations");
  const handedIn = results.filter(
    ({ place, verdict }) => place !== "" && verdict.status !== "passed",
  );
  const errors = handedIn.map((one) => {
    const { file, line } = fileAndLine(one);
    return command("error", messageOf(one, result), {
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line: String(line) }),
      title: `${one.verdict.exercise}: ${one.score} of ${one.points} points`,
    });
  });
  const problems = remarks.filter(({ kind }) => kind === "problem");
  const warnings = problems.map((one) =>
    command("warning", remarkText(one), { title: "Could not be graded as handed in" }),
  );
  return [...atMost("error", errors), ...atMost("warning", warnings)]
    .map((line) => `${line}\n`)
    .join("");
}

function messageOf(one: GradedExercise, { exercises }: ClassResult): string {
  const exercise = exercises.find(({ id }) => id === one.verdict.exercise);
  return exercise === undefined ? one.verdict.status : feedbackText(one, exercise);
}

function atMost(kind: string, lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST) return lines;
  const left = lines.length - (MOST - 1);
  return [...lines.slice(0, MOST - 1), command(kind, `${left} more stand in the result`, {})];
}

function command(
  kind: string,
  message: string,
  properties: Readonly<Record<string, string>>,
): string {
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${ofProperty(value)}`);
  return `::${[kind, pairs.join(",")].join(" ").trimEnd()}::${ofMessage(message)}`;
}

function ofMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function ofProperty(text: string): string {
  return ofMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
