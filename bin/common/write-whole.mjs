import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";

/**
 * Writes a file in one go: killed half-way, after a power cut, or on a full disk, the old one is
 * still there whole.
 * @param {string} file Its folder is made if it is missing.
 * @param {string | Uint8Array} content
 */
export function writeWhole(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const beside = placeBeside(file);
  try {
    const handle = openSync(beside, "w");
    try {
      writeFileSync(handle, content);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/**
 * The same in the background, without waiting for the disk: for what can be made again, since a
 * power cut may leave an empty file.
 * @param {string} file Its folder is made if it is missing.
 * @param {string} content
 */
export async function writeWholeSoon(file, content) {
  await mkdir(dirname(file), { recursive: true });
  const beside = placeBeside(file);
  try {
    await writeFile(beside, content);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** @param {string} file */
function placeBeside(file) {
  return `${file}.${process.pid}.new`;
}
