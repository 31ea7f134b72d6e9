// One set-up at a time: two terminals that both start on a fresh clone must not both install.
import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import process from "node:process";
import { withProgress } from "./progress.mjs";

/**
 * Runs work while no other process runs work under the same lock; waits for one that does.
 * @template T
 * @param {string} file Holds the number of the process that has the lock.
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  if (!take(file)) {
    await withProgress("Waiting for another set-up of this folder to end", async () => {
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
  if (isAlive(ownerOf(file))) return false;
  rmSync(file, { force: true });
  return take(file);
}

function ownerOf(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0; // released just now
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
