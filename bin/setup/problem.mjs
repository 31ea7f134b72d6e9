import { exitCodes } from "../common/exit-codes.mjs";

/**
 * Something that the user can mend: what is wrong, why it matters, and the command that mends it.
 * It is printed as one line, without a stack.
 */
export class Problem extends Error {
  /**
   * @param {{ what: string, why: string, mend: string, exitCode?: number, details?: string }} problem
   *   details: the last words of the program that failed, printed below the line.
   */
  constructor({ what, why, mend, exitCode = exitCodes.notYet, details = "" }) {
    super(`${what}: ${why}; mend it with: ${mend}`);
    this.name = "Problem";
    this.exitCode = exitCode;
    this.details = details;
  }
}

/** Failures that are not the program's own fault, by what programs say of them. */
const circumstances = [
  {
    said: /ENOSPC|no space left on device|errno 28\b/i,
    what: "The disk is full",
    why: (doing) => `${doing} could not write its files (a whole set-up takes about 1.2 GB)`,
    mend: (again) => `df -h . && ${again}   (after making room)`,
  },
  {
    said: /EROFS|EACCES|read-only file system|permission denied|errno (13|30)\b/i,
    what: "This folder can't be written to",
    why: (doing) => `${doing} keeps what it makes in the project's own folder`,
    mend: (again) =>
      `ls -ld . && id -un   (then clone into a folder of your own, and there: ${again})`,
  },
  {
    said: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|name resolution|name or service not known|failed to establish a new connection|network is unreachable|max retries exceeded|no matching distribution found/i,
    what: "The network can't be reached",
    why: (doing) => `${doing} downloads packages, once; afterwards nothing needs a network`,
    mend: (again) => `${again}   (once you are online)`,
  },
];

/**
 * Turns the failure of a program, or of a file operation, into a Problem by what it said.
 * @param {string} doing What was being done, such as "npm ci".
 * @param {string} said The program's output, or the error's message.
 * @param {string} again The command that tries it again.
 * @returns {Problem}
 */
export function problemFrom(doing, said, again) {
  const lines = said.split("\n").filter((line) => line.trim() !== "");
  for (const { said: sign, what, why, mend } of circumstances) {
    const telling = lines.filter((line) => sign.test(line));
    if (telling.length === 0) continue;
    const details = telling.slice(-3).join("\n");
    return new Problem({ what, why: why(doing), mend: mend(again), details });
  }
  const details = lines.slice(-8).join("\n");
  return new Problem({
    what: `${doing} failed`,
    why: "its last words are below",
    mend: again,
    details,
  });
}
