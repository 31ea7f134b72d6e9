/** Opens what somebody else put there: a plain file, where its path says, and nothing that its path leads to. */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { onDisk, realPath } from "./nameBytes.js";

/** A file's bytes, or why they don't count. */
export type PlainFile = { readonly bytes: Buffer } | { readonly refusal: string };

/**
 * Reads a file without following a link and without waiting on a pipe. It blocks, in a process that has nothing else
 * to do: to wait for each of five steps costs more than the steps.
 *
 * @param file - its path, of names as nameBytes.ts has them, the folders above it with their links resolved
 * @param refusalOf - why a file of this size, in bytes, is not read; undefined where it is
 * @returns as many bytes as it had when it was opened
 * @throws what the system says against reading it
 */
export function readPlainFile(
  file: string,
  refusalOf: (size: number) => string | undefined,
): PlainFile {
  if (realPath(file) !== file)
    return { refusal: "a link, or in a linked folder; hand in the file itself" };
  // O_NONBLOCK: opening a pipe that nobody writes to must not wait.
  const handle = openSync(
    onDisk(file),
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY,
  );
  try {
    const about = fstatSync(handle);
    if (!about.isFile()) return { refusal: "no plain file; hand in the file itself" };
    // A copy that shares its bytes (`cp -al`) is its owner's; what belongs to somebody else was put there by a link.
    if (about.nlink > 1 && about.uid !== statSync(onDisk(dirname(file))).uid)
      return { refusal: "a hard link to somebody else's file; hand in a copy" };
    // A folder on the way may have become a link since: what was opened must be what lies there.
    if (realPath(`/proc/self/fd/${handle}`) !== file)
      return { refusal: "it was exchanged while it was read; hand in the file itself" };
    const refusal = refusalOf(about.size);
    return refusal === undefined ? { bytes: readUpTo(handle, about.size) } : { refusal };
  } finally {
    closeSync(handle);
  }
}

/** The first `limit` bytes; a file that grows while it is read is cut there. */
function readUpTo(handle: number, limit: number): Buffer {
  const buffer = Buffer.alloc(limit);
  let have = 0;
  for (;;) {
    const count = readSync(handle, buffer, have, limit - have, have);
    have += count;
    if (count === 0 || have === limit) return buffer.subarray(0, have);
  }
}
