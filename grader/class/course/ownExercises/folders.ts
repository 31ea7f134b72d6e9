/** Where a teacher's own exercises are: a folder each in `exercises/`, beside course.yaml. */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { inPack } from "#common/pack-root";

/**
 * The folder of a course's own exercises, whether it is there or not.
 *
 * @param courseFile - the path of course.yaml
 * @returns its path, as the course's file was named
 */
export function ownFolder(courseFile: string): string {
  return join(dirname(courseFile), "exercises");
}

/**
 * The names of a course's own exercises.
 *
 * @param courseFile - the path of course.yaml
 * @returns in alphabetical order; none where the folder beside it is the pack's
 */
export function ownIds(courseFile: string): readonly string[] {
  const folder = ownFolder(courseFile);
  if (!existsSync(folder) || isPacks(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, "exercise.ts")))
    .sort();
}

/** Whether it is the pack's own folder of exercises: a course.yaml may lie in the pack. */
export function isPacks(folder: string): boolean {
  const packs = inPack("exercises");
  return existsSync(folder) && existsSync(packs) && realpathSync(folder) === realpathSync(packs);
}

/**
 * What of a course a student's code must not be able to read: the settings hold cases, an exercise its answers.
 *
 * @param courseFile - the path of course.yaml
 * @returns paths, of which some may not be there
 */
export function courseSecrets(courseFile: string): readonly string[] {
  return [courseFile, ownFolder(courseFile)];
}
