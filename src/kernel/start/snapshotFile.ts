/** The start-up snapshot's file: made by set-up, or by the first kernel that starts without one. */
import { execFile, spawn } from "node:child_process";
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { partsHere } from "../compile/options.js";
import { kernelFolder, packFolder, startScript } from "./paths.js";

const execute = promisify(execFile);

/** The snapshot lies with the packages: what replaces them removes it. */
export const snapshotFile: string = join(
  packFolder,
  ...["node_modules", ".cache", "unrolled", "kernel.snapshot"],
);
const conditionsFile = `${snapshotFile}.conditions`;
const failureFile = `${snapshotFile}.failed`;
const newFile = `${snapshotFile}.new`;

/** As it is before cells' own standard error takes its place. */
const toLog = writeSync;

/** Milliseconds after which a snapshot that is being made counts as given up. */
const patience = 120_000;

/**
 * Makes the snapshot for this Node where none fits, tries it, and puts it in its place. Without it the kernel works
 * too, and starts more slowly.
 *
 * @returns undefined when there is a snapshot, or a line that says why there is none
 */
export async function makeSnapshot(): Promise<string | undefined> {
  let conditions = "";
  try {
    if ((await snapshotFits()) || isBeingMade()) return undefined;
    mkdirSync(join(snapshotFile, ".."), { recursive: true });
    writeFileSync(newFile, "");
    conditions = await currentConditions();
    const env = { ...process.env, NODE_OPTIONS: "" };
    await script(["--make", newFile, partsHere().join()], env);
    await script(["--try", newFile], env);
    for (const file of [conditionsFile, failureFile]) rmSync(file, { force: true });
    renameSync(newFile, snapshotFile);
    writeFileSync(conditionsFile, conditions);
    return undefined;
  } catch (error) {
    rmSync(newFile, { force: true });
    remember(conditions);
    const [reason] = (error as Error).message.split("\n");
    return `no start-up snapshot (${reason}): the kernel works, and starts a second later than with one`;
  }
}

/** Makes the snapshot in a process of its own, after a pause in which the first cells run undisturbed. */
export function makeSnapshotLater(): void {
  if (process.env["NODE_OPTIONS"]) return;
  toLog(
    2,
    "[unrolled kernel] started without a start-up snapshot; one is made for the next start\n",
  );
  const timer = setTimeout(() => {
    const maker = spawn(process.execPath, [join(kernelFolder, "start", "snapshotMaker.js")], {
      detached: true,
      stdio: "ignore",
    });
    maker.on("error", () => undefined);
    if (maker.pid !== undefined) setPriority(maker.pid, constants.priority.PRIORITY_LOW);
    maker.unref();
  }, 5000);
  timer.unref();
}

/**
 * Whether making it has failed before, under the same conditions.
 *
 * @returns false also where the conditions cannot be asked for
 */
export async function hasFailedBefore(): Promise<boolean> {
  try {
    return readFileSync(failureFile, "utf8") === (await currentConditions());
  } catch {
    return false;
  }
}

/**
 * Whether a kernel that starts now starts from a snapshot.
 *
 * @returns false also where there is none
 */
export async function snapshotFits(): Promise<boolean> {
  try {
    await script(["--fits"]);
    return true;
  } catch {
    return false;
  }
}

async function currentConditions(): Promise<string> {
  return script(["--conditions"]);
}

/** Asks start.sh, which knows Node's flags and what a snapshot must fit. */
async function script(
  [question, ...rest]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const args = [startScript, question, process.execPath, ...rest];
  return (await execute("/bin/sh", args, { env })).stdout;
}

function isBeingMade(): boolean {
  const begun = statSync(newFile, { throwIfNoEntry: false });
  return begun !== undefined && Date.now() - begun.mtimeMs < patience;
}

function remember(failedConditions: string): void {
  try {
    writeFileSync(failureFile, failedConditions);
  } catch {
    // The folder cannot be written, which is the reason that the caller gets.
  }
}
