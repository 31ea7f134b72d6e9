/** What the pack's part in a grade is: its exercises, references and comparison. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const BUILT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
/** Built folders that a grade depends on. */
const PARTS = [
  "exercises",
  "grader",
  "src/core",
  "src/cells",
  "src/notation",
  "src/sequence",
  "src",
] as const;
/** The subfolders of these that it depends on too. */
const DEEP = new Set(["exercises", "grader"]);

/** A hash over the built code that decides about grades: a changed exercise is graded anew. */
export async function packVersion(): Promise<string> {
  const hash = createHash("sha256");
  for (const part of PARTS) {
    const folder = join(BUILT, part);
    const entries = await readdir(folder, { recursive: DEEP.has(part), withFileTypes: true }).catch(
      () => [],
    );
    const files = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(".js"))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) {
      hash
        .update(`${relative(BUILT, file)}\0`)
        .update(await readFile(file))
        .update("\0");
    }
  }
  return hash.digest("hex").slice(0, 16);
}
