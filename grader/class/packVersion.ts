/** What the pack's part in a grade is: the code that decides about it, and the packages that run it. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { importClosure } from "#common/import-graph";
import { inPack } from "#common/pack-root";

/** Where the code that decides about a grade begins; what it imports decides too. */
const BEGINNINGS = [
  "grader/class/gradeClass.js", // judging, score
  "grader/class/intake/readerProcess.js", // runs by itself: no file imports it
  "grader/sandbox/sandbox.js",
  "grader/sandbox/box/main.js", // runs in the box, which no file out here imports
  "grader/sandbox/box/forkServer.js",
  "grader/sandbox/box/turn.js",
  "src/student.js", // what a hand-in imports as "unrolled"
  "exercises/manifest.js", // cases, references, mutants
];
/** The packages that run a hand-in, or that it may import. */
const PACKAGES = ["deno", "mathjs"];

/**
 * A hash over all code that decides about grades: whatever is repaired there, every hand-in is
 * graded anew.
 *
 * @param built - the folder of the built pack
 * @returns 16 hexadecimal digits
 */
export function packVersion(built: string = inPack("dist")): string {
  const hash = createHash("sha256");
  // In the box a chart is a name that draws nothing.
  const isChart = (file: string): boolean => file.startsWith(join(built, "src/charts/"));
  const files = importClosure(
    BEGINNINGS.map((file) => join(built, file)),
    isChart,
  );
  for (const file of Array.from(files).sort()) {
    hash
      .update(`${relative(built, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  const { dependencies } = JSON.parse(readFileSync(inPack("package.json"), "utf8")) as {
    dependencies: Readonly<Record<string, string>>;
  };
  for (const name of PACKAGES) hash.update(`${name}@${dependencies[name]}\0`);
  return hash.digest("hex").slice(0, 16);
}
