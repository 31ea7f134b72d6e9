/**
 * `reset` in a notebook: the exercise's starter comes back into a cell. The kernel can write into the
 * cell that runs, or add one below it, and it knows what the cells that ran were; no kernel can
 * change another cell. So a cell whose own text would go is kept aside first, and all others stay.
 */
import type { Exercise } from "../../exercises/exercise.js";
import { escapeHtml } from "../../src/display/escapeHtml.js";
import { kernelHook, type KernelHook } from "../../src/display/kernelHook.js";
import type { MimeBundle } from "../../src/display/mimeBundle.js";

/** What came of a reset. */
export interface CellReset {
  /** Whether the starter is, or is to be put, where the learner's function was. */
  readonly isReset: boolean;
  /** What is said of it. */
  readonly shown: MimeBundle;
}

/**
 * Puts an exercise's starter into the notebook.
 *
 * @param exercise - which one
 * @param starter - the text of its starter.ts
 * @param keep - keeps a text aside and tells where; nothing where there is no place for it
 * @returns what came of it, with the words to show
 */
export function resetCell(
  { id }: Exercise,
  starter: string,
  keep: ((text: string) => string) | undefined,
): CellReset {
  const cell = `// exercise: ${id}\n${starter.replaceAll(/^export /gm, "").trimEnd()}`;
  const hook = (globalThis as { readonly [kernelHook]?: KernelHook })[kernelHook];
  if (hook?.nextInput === undefined) {
    const words = `reset: this kernel can't write into the notebook. Copy this starter of ${id} into its cell; your text stays there until you do:`;
    return { isReset: false, shown: withCode(words, cell) };
  }
  const { inputs = [] } = hook;
  const running = inputs.at(-1) ?? "";
  const old = inputs.findLast((text) => declares(text, id));
  if (old !== undefined && essence(old) === essence(cell)) {
    const words = `reset: ${id} is the starter already, as its cell ran last: nothing was changed.`;
    return { isReset: false, shown: { "text/plain": words } };
  }
  const kept = old === undefined ? undefined : keep?.(old);
  const isOwnCell = old === running && kept !== undefined;
  const replace = isOwnCell || holdsOnlyReset(running);
  hook.nextInput(cell, { replace });
  const words = [
    `The starter of ${id} is back in ${replace ? "this cell" : "a new cell below"}.`,
    ...(isOwnCell ? [] : ["The cell with your version stays as it is: delete it when you like."]),
    kept === undefined
      ? "No copy was kept: no cell with it has run since the kernel started, or there is no my-work folder."
      : `Your version, as it ran last, is kept: ${kept}`,
    "Where the front end shows no starter (only JupyterLab and Notebook are known to), copy it from here:",
  ].join("\n");
  return { isReset: true, shown: withCode(words, cell) };
}

/** Whether a cell's text has a function or a constant of this name. */
function declares(text: string, id: string): boolean {
  return new RegExp(
    `^\\s*(export\\s+)?(default\\s+)?((async\\s+)?function\\b\\s*\\*?|const|let|var)\\s*\\b${id}\\b`,
    "m",
  ).test(text);
}

/** Imports and calls of reset. */
const surrounding = /^\s*import\b[^;]*;|^\s*(await\s+)?reset\([^)]*\);?\s*$/gm;

/** Whether nothing is lost when the cell's text goes. */
function holdsOnlyReset(text: string): boolean {
  return text.replaceAll(surrounding, "").trim() === "";
}

/** A cell's text without what makes no difference: imports, remarks, calls of reset, the spaces. */
function essence(text: string): string {
  return text
    .replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "")
    .replaceAll(surrounding, "")
    .replaceAll(/^export /gm, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function withCode(words: string, code: string): MimeBundle {
  const paragraph = escapeHtml(words).replaceAll("\n", "<br>");
  return {
    "text/html": `<div>${paragraph}<details><summary>The starter</summary><pre>${escapeHtml(code)}</pre></details></div>`,
    "text/plain": `${words}\n\n${code}`,
  };
}
