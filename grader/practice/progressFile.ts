/**
 * The store of a `my-work` folder: `.unrolled/progress.json`, written in one go. A file that can't be
 * understood is set aside, never thrown away.
 */
import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "#common/write-whole";
import { parsedProgress, type ProgressStore, writtenProgress } from "./progress.js";

/**
 * Where the progress of a `my-work` folder is kept.
 *
 * @param workspace - the `my-work` folder
 * @returns a path, whether or not there is a file
 */
export function progressFile(workspace: string): string {
  return join(workspace, ".unrolled", "progress.json");
}

/**
 * The store in this `my-work` folder.
 *
 * @param workspace - the `my-work` folder
 * @returns a store over its file; a damaged one is put aside
 */
export function fileStore(workspace: string): ProgressStore {
  const file = progressFile(workspace);
  return {
    read: () => read(file),
    write(progress) {
      try {
        writeWhole(file, writtenProgress(progress));
        return undefined;
      } catch (error) {
        return `your progress could not be kept: ${file} can't be written (${codeOf(error)})`;
      }
    },
  };
}

function read(file: string): ReturnType<ProgressStore["read"]> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { progress: {} };
    return lost(`${file} can't be read (${codeOf(error)}); check its permissions`);
  }
  const progress = parsedProgress(text);
  if (progress !== undefined) return { progress };
  const aside = `${file}.broken-${Date.now()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    return lost(`${file} is broken and can't be set aside (${codeOf(error)}); mend or move it`);
  }
  return {
    progress: {},
    warning: `${file} was broken; it is now ${aside}, and a new one is begun`,
  };
}

function lost(warning: string): ReturnType<ProgressStore["read"]> {
  return { progress: {}, warning, isLost: true };
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : String(error);
}
