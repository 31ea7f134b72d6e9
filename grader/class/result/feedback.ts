/**
 * What a student may read of a verdict, as plain text. Of the cases that are held back it says how many
 * passed, never their inputs, what was expected, or what the function wrote while it was asked them.
 */
import type { Exercise } from "../../../exercises/exercise.js";
import { colorsFor, verdictText } from "../../words/verdictText.js";
import type { GradedExercise } from "./graded.js";

/** A text that is longer is cut: other systems refuse long ones. */
const MOST_CHARACTERS = 8000;

/**
 * The verdict in lines.
 *
 * @param result - of one exercise
 * @param exercise - with its title and cases
 * @returns at most 8000 characters, without what a terminal would obey
 */
export function feedbackText({ verdict }: GradedExercise, exercise: Exercise): string {
  if (verdict.status === "not-run") return "not handed in";
  const shown = verdict.cases.filter((one) => one.shown);
  const passed = (cases: typeof shown): number =>
    cases.filter(({ status }) => status === "passed").length;
  const ofShown = { ...verdict, cases: shown, passed: passed(shown), total: shown.length };
  const cases = exercise.cases.filter((one) => one.shown !== false);
  const text = verdictText(ofShown, { ...exercise, cases }, { colors: colorsFor(false) });
  const heldBack = verdict.cases.filter((one) => !one.shown);
  const rest =
    heldBack.length === 0
      ? ""
      : `\n  held back: ${passed(heldBack)} of ${heldBack.length} cases pass`;
  return inert(cut(text) + rest);
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** Without control characters but for line ends and tabs. */
function inert(text: string): string {
  return text.replaceAll(/[^\P{C}\n\t]/gu, "�");
}
