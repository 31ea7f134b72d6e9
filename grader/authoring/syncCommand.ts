/**
 * Writes the list of the exercises, and the exercises into the lessons: `npm run sync`; with
 * `--check` it only says what is stale.
 */
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { exitCodes } from "#common/exit-codes";
import { inPack, packRoot } from "#common/pack-root";
import { writeWhole } from "#common/write-whole";
import { UnrolledError } from "../../src/index.js";
import { exercisesIn, listExercises, listFile } from "./exerciseList.js";

/** Writes, or checks, exercises/list.ts and then the lessons; the exit code. */
async function main(checkOnly: boolean): Promise<number> {
  const list = listExercises();
  for (const fault of list.faults) console.log(fault);
  if (list.faults.length > 0) return exitCodes.usage;
  const { staleFiles, syncLessons } = await exercisesLoaded();
  const stale = staleFiles();
  for (const file of stale) console.log(`${checkOnly ? "stale" : "updated"}: ${file}`);
  if (checkOnly) {
    if (stale.length > 0) console.log("mend it with: npm run sync");
    return stale.length > 0 ? exitCodes.notYet : exitCodes.fine;
  }
  if (!stale.includes(listFile)) {
    syncLessons({ write: true });
    return exitCodes.fine;
  }
  writeWhole(listFile, list.text);
  // The exercises that this process has loaded are those of the old list.
  return buildAndRunAgain();
}

function buildAndRunAgain(): number {
  const tsc = inPack("node_modules", "@typescript", "native", "bin", "tsc");
  const programs = [[tsc, "--build"], process.argv.slice(1)];
  for (const args of programs) {
    const { status } = spawnSync(process.execPath, args, { cwd: packRoot, stdio: "inherit" });
    if (status !== 0) return status ?? exitCodes.ownFailure;
  }
  return exitCodes.fine;
}

/** What needs the exercises themselves: as they were built, one of them may keep all from being loaded. */
async function exercisesLoaded(): Promise<typeof import("./sync.js")> {
  try {
    return await import("./sync.js");
  } catch (error) {
    const faults = await loadFaults();
    if (faults.length === 0) throw error;
    throw new UnrolledError(faults.join("\n"));
  }
}

async function loadFaults(): Promise<readonly string[]> {
  const faults = exercisesIn().map(async (id) => {
    const file = `exercises/${id}/exercise.ts`;
    try {
      const url = pathToFileURL(inPack("dist", "exercises", id, "exercise.js")).href;
      const { exercise } = (await import(url)) as { readonly exercise?: unknown };
      return exercise === undefined
        ? `${file}: as it was built it exports no exercise; begin it with: export const exercise:, then: npm run build`
        : "";
    } catch (error) {
      const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
      return `${file}: as it was built it cannot be loaded (${reason}); mend it, then: npm run build`;
    }
  });
  return (await Promise.all(faults)).filter((fault) => fault !== "");
}

try {
  process.exitCode = await main(process.argv.includes("--check"));
} catch (error) {
  if (!(error instanceof UnrolledError)) throw error;
  console.log(error.message);
  process.exitCode = exitCodes.usage;
}
