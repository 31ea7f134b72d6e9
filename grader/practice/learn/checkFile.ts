/** One check of one exercise file: compile it, then run its function. */
import { existsSync } from "node:fs";
import type { Exercise } from "../../../exercises/exercise.js";
import { freshSeed } from "../../judge/seed.js";
import { exerciseFile } from "../workspace.js";
import { type RunOptions, type RunResult, runFile } from "./runFile.js";
import type { Compiler } from "./typeCheck.js";

/** What came of a check. */
export type FileCheck =
  | RunResult
  /** What keeps the file from being read as TypeScript, with the lines. */
  | { readonly kind: "syntax-errors"; readonly text: string }
  | { readonly kind: "missing"; readonly file: string };

/** Checks the learner's file of `exercise` in the given `my-work` folder. */
export async function checkFile(
  exercise: Exercise,
  workspace: string,
  compiler: Compiler,
  options: RunOptions & { readonly seed?: number } = {},
): Promise<FileCheck> {
  const file = exerciseFile(workspace, exercise);
  if (!existsSync(file)) return { kind: "missing", file };
  options.ready?.prepare(); // it loads while the compiler works
  const compiled = compiler.compile(file, exercise.id);
  if (compiled.kind !== "compiled") return compiled;
  const { seed = freshSeed(), ...rest } = options;
  const result = await runFile(exercise, compiled, seed, rest);
  const { types } = compiled;
  return types === undefined || result.kind === "aborted" ? result : { ...result, types };
}
