// One set-up at a time: two terminals that both start on a fresh clone must not both install.
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import process from "node:process";
import { withLiveLine } from "./live-line.mjs";

/**
 * Runs work while no other process runs work under the same lock; waits for one that does.
 * @template T
 * @param {string} file Holds the number of the process that has the lock.
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  if (!take(file)) {
    await withLiveLine("Waiting for another set-up of this folder to end", async () => {
      while (!take(file)) await new Promise((resolve) => setTimeout(resolve, 200));
    });
  }
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

/** Takes the lock if it is free, or if the process that had it is gone (killed half-way). */
function take(file) {
  try {
    const lock = openSync(file, "wx");
    writeSync(lock, String(process.pid));
    closeSync(lock);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const owner = ownerOf(file);
  if (owner === undefined || isAlive(owner)) return false;
  rmSync(file, { force: true });
  return take(file);
}

/** Undefined: released just now, or taken just now by a process that has not yet written its number. */
function ownerOf(file) {
  try {
    const number = readFileSync(file, "utf8");
    if (number === "" && Date.now() - statSync(file).mtimeMs < 2000) return undefined;
    return Number(number);
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM"; // another user's
  }
}
