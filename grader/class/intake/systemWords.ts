/** What the system says when a file can't be read, in words. */

/**
 * Why something can't be read.
 *
 * @param error - what reading it threw
 * @returns a few words
 */
export function wordsOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const words: Readonly<Record<string, string>> = {
    ENOENT: "it does not exist",
    EACCES: "no permission",
    ELOOP: "a link",
    ENXIO: "a pipe or a socket",
    ENOTDIR: "a part of its path is no folder",
  };
  return words[String(code)] ?? String(message);
}
