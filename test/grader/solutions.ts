/** A hand-in in which everything is right: the exercises' own solutions. */
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { exerciseFileName } from "#common/exercise-file";
import { inPack } from "#common/pack-root";
import { manifest } from "../../exercises/manifest.js";

/**
 * Writes every exercise's solution into the file in which a learner would have written it.
 *
 * @param folder - becomes a student's folder; exercises/ is made in it
 */
export async function writeSolutions(folder: string): Promise<void> {
  for (const [index, one] of manifest.entries()) {
    const file = join(folder, exerciseFileName(one, index));
    await mkdir(dirname(file), { recursive: true });
    await copyFile(inPack("exercises", one.id, "solution.ts"), file);
  }
}
