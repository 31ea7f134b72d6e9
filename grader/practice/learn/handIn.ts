/** A learner's hand-in: one zip of what they wrote, in exercise files and in notebooks. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { strToU8, zipSync, type Zippable } from "fflate";
import type { Exercise } from "../../../exercises/exercise.js";
import { manifest } from "../../../exercises/manifest.js";
import { exerciseFile } from "../workspace.js";
import { isStarter } from "./reset.js";

/** A zip can't be older; the same work is always the same file. */
const ALWAYS_THE_SAME = new Date(1980, 0, 1);

/** What is handed in. */
export interface PackedHandIn {
  readonly zip: Uint8Array;
  /** The exercises that have a file of their own in it. */
  readonly exercises: readonly string[];
  readonly notebooks: readonly string[];
  /** What could not be packed, and why. */
  readonly problems: readonly string[];
}

/**
 * Packs a learner's folder. Untouched starters stay out, so that they don't stand beside what was written in a
 * notebook; notebooks go without their outputs, which nobody grades and which may be large.
 *
 * @param workspace - the `my-work` folder
 * @returns the zip, and what is in it
 */
export function packHandIn(workspace: string): PackedHandIn {
  const files: Zippable = {};
  const problems: string[] = [];
  const written = manifest.filter((exercise) => isWritten(workspace, exercise));
  for (const exercise of written) {
    const file = exerciseFile(workspace, exercise);
    files[relative(workspace, file).replaceAll("\\", "/")] = readFileSync(file);
  }
  const notebooks = notebooksIn(workspace).filter((name) => {
    try {
      files[name] = strToU8(withoutOutputs(readFileSync(join(workspace, name), "utf8")));
      return true;
    } catch (error) {
      problems.push(
        `${name} can't be read as a notebook and is left out: ${(error as Error).message}; open it in JupyterLab and save it`,
      );
      return false;
    }
  });
  return {
    zip: zipSync(files, { mtime: ALWAYS_THE_SAME, level: 9 }),
    exercises: written.map(({ id }) => id),
    notebooks,
    problems,
  };
}

function isWritten(workspace: string, exercise: Exercise): boolean {
  return existsSync(exerciseFile(workspace, exercise)) && !isStarter(workspace, exercise);
}

function notebooksIn(workspace: string): readonly string[] {
  return readdirSync(workspace, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ipynb"))
    .map(({ name }) => name)
    .sort();
}

function withoutOutputs(text: string): string {
  const notebook = JSON.parse(text) as { cells: Record<string, unknown>[] };
  for (const cell of notebook.cells) {
    if (cell["cell_type"] !== "code") continue;
    cell["outputs"] = [];
    cell["execution_count"] = null;
  }
  return `${JSON.stringify(notebook, undefined, 1)}\n`;
}
