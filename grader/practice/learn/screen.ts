/** What `learn` writes: pure functions from what is known to text. */
import type { Exercise } from "../../../exercises/exercise.js";
import { passedCount } from "../progressTable.js";
import type { Progress } from "../progress.js";
import { type Colors, verdictText } from "../../words/verdictText.js";
import type { FileCheck } from "./checkFile.js";
import { costOf } from "../../source/loading.js";
import type { ReferenceSource } from "./referenceSource.js";

/** All that one screen shows. */
export interface Screen {
  readonly exercise: Exercise;
  /** The learner's file, as it should be called here. */
  readonly file: string;
  readonly exercises: readonly Exercise[];
  readonly progress: Progress;
  /** The latest check; nothing while the first one runs. */
  readonly check: FileCheck | undefined;
  readonly isChecking: boolean;
  /** Hints, a list, a question: whatever was asked for last. */
  readonly extra: string | undefined;
  /** The library's own version, once the learner's passes. */
  readonly reference: ReferenceSource | undefined;
  /** Something that went wrong on our side, such as progress that can't be kept. */
  readonly warning: string | undefined;
}

/** The whole screen. */
export function screenText(screen: Screen, colors: Colors): string {
  const { bold, dim, red, cyan } = colors;
  const { exercise, exercises, progress, check, isChecking, extra, reference, warning } = screen;
  const number = exercises.indexOf(exercise) + 1;
  const passed = passedCount(exercises, progress);
  const parts = [
    `${progressBar(passed, exercises.length, colors)} ${passed} of ${exercises.length} pass`,
    `${bold(exercise.title)}  ${dim(`lesson ${exercise.lesson}, exercise ${number} of ${exercises.length}`)}\n${cyan(screen.file)}`,
  ];
  if (check !== undefined) parts.push(checkText(check, exercise, colors));
  if (isChecking) parts.push(dim("checking …"));
  if (reference !== undefined && isPassed(check)) {
    parts.push(`${dim(`The library's own, ${reference.file}:`)}\n\n${indent(reference.text)}`);
  }
  if (extra !== undefined) parts.push(extra);
  if (warning !== undefined) parts.push(red(warning));
  parts.push(keysLine(isPassed(check), colors));
  return parts.join("\n\n");
}

/** What one check says. */
export function checkText(check: FileCheck, exercise: Exercise, colors: Colors): string {
  const { bold, dim, red, yellow } = colors;
  switch (check.kind) {
    case "verdict": {
      const { verdict, printed } = check;
      if (verdict.status === "not-run") {
        return withTypes(
          `${yellow("Not written yet.")} Open the file, write the function, save it.`,
          check,
          colors,
        );
      }
      const again = `the same inputs again: npx unrolled check ${exercise.id} --seed ${verdict.seed}`;
      const text = withPrinted(verdictText(verdict, exercise, { colors, again }), printed, colors);
      return withTypes(text, check, colors);
    }
    case "unusable":
      return withTypes(
        withPrinted(`${bold(exercise.id)}: ${red(check.message)}`, check.printed, colors),
        check,
        colors,
      );
    case "syntax-errors":
      return `${bold(exercise.id)}: ${red("the file can't be read as TypeScript")}\n\n${check.text}`;
    case "missing":
      return `${red("The file is not there:")} ${check.file}\n${dim("Put it back: npx unrolled reset " + exercise.id)}`;
    case "aborted":
      return dim("stopped");
  }
}

/** Whether a check says that everything shown passes. */
export function isPassed(check: FileCheck | undefined): boolean {
  return check?.kind === "verdict" && check.verdict.status === "passed";
}

/** Such as "[██████░░░░]". */
export function progressBar(done: number, all: number, colors: Colors): string {
  const width = 30;
  const filled = all === 0 ? 0 : Math.round((done / all) * width);
  return `[${colors.green("█".repeat(filled))}${colors.dim("░".repeat(width - filled))}]`;
}

/** A check that came to a verdict, or could have. */
type Told = Extract<FileCheck, { kind: "verdict" | "unusable" }>;

/** What costs nothing and is worth a look: a statement that failed, types that don't fit. */
function withTypes(text: string, check: Told, { yellow }: Colors): string {
  const { failure, types } = check;
  const status = check.kind === "verdict" ? check.verdict.status : check.status;
  const parts = [text];
  if (failure !== undefined)
    parts.push(
      `${yellow(`A statement beside the function failed, ${costOf(status)}:`)} ${failure}`,
    );
  if (types !== undefined)
    parts.push(`${yellow("The types do not fit; the function was run all the same:")}\n\n${types}`);
  return parts.join("\n\n");
}

function withPrinted(text: string, printed: string, colors: Colors): string {
  const lines = printed.trimEnd().split("\n");
  if (printed.trim() === "") return text;
  const shown = lines.slice(0, 20).map((line) => line.slice(0, 200));
  if (lines.length > shown.length) shown.push(`… and ${lines.length - shown.length} more lines`);
  return `${text}\n\n${colors.dim("Your code printed:")}\n${indent(shown.join("\n"))}`;
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}

function keysLine(passed: boolean, { bold, dim }: Colors): string {
  const keys = [
    ["n", passed ? "next exercise" : "skip"],
    ["h", "hint"],
    ["s", "statement"],
    ["l", "list"],
    ["c", "check all"],
    ["r", "reset"],
    ["q", "quit"],
  ] as const;
  return keys.map(([key, what]) => `${bold(key)} ${dim(what)}`).join("   ");
}
