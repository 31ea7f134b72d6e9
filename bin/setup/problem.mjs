/**
 * Something that the user can mend: what is wrong, why it matters, and the command that mends it.
 * It is printed as one line, without a stack.
 */
export class Problem extends Error {
  /**
   * @param {{ what: string, why: string, mend: string, exitCode?: number, details?: string }} problem
   *   details: the last words of the program that failed, printed below the line.
   */
  constructor({ what, why, mend, exitCode = 1, details = "" }) {
    super(`${what}: ${why}; mend it with: ${mend}`);
    this.name = "Problem";
    this.exitCode = exitCode;
    this.details = details;
  }
}

const noNetwork =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|Temporary failure in name resolution|Name or service not known|Failed to establish a new connection|Network is unreachable|Max retries exceeded|No matching distribution found/;
const diskFull = /ENOSPC|No space left on device|Errno 28/;
const readOnly = /EROFS|EACCES|Read-only file system|Permission denied|Errno 13|Errno 30/;

/**
 * Turns the failure of a program, or of a file operation, into a Problem by what it said.
 * @param {string} doing What was being done, such as "npm ci".
 * @param {string} said The program's output, or the error's message.
 * @param {string} again The command that tries it again.
 * @returns {Problem}
 */
export function problemFrom(doing, said, again) {
  const details = lastLines(said, 8);
  if (diskFull.test(said)) {
    return new Problem({
      what: "The disk is full",
      why: `${doing} could not write its files (a whole set-up takes about 1.2 GB)`,
      mend: `df -h . && ${again}   (after making room)`,
      details,
    });
  }
  if (readOnly.test(said)) {
    return new Problem({
      what: "This folder can't be written to",
      why: `${doing} keeps what it installs in the project's own folder`,
      mend: `ls -ld . && id -un   (then clone into a folder of your own, and there: ${again})`,
      details,
    });
  }
  if (noNetwork.test(said)) {
    return new Problem({
      what: "The network can't be reached",
      why: `${doing} downloads packages, once; afterwards nothing needs a network`,
      mend: `${again}   (once you are online)`,
      details,
    });
  }
  return new Problem({
    what: `${doing} failed`,
    why: "its last words are below",
    mend: again,
    details,
  });
}

/** The last non-empty lines of a text, at most n. */
function lastLines(text, n) {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-n)
    .join("\n");
}
