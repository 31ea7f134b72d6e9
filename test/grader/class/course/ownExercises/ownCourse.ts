/** A course with an exercise of the teacher's own, for the tests of it. */
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { inPack } from "#common/pack-root";
import { exerciseTemplate } from "../../../../../grader/class/course/ownExercises/template.js";
import { inFolder } from "../../../sandbox/box.js";

/** The exercise that `course exercise` writes. */
export const ID = "meanSquare";

const COURSE = `course: RNNs
timeZone: UTC
assignments:
  - { name: ps1, exercises: { ${ID}: 4, oneHot: 2 } }
`;

/** What students write: right, a known mistake, one that throws, one without the function. */
export const HAND_INS: Readonly<Record<string, string>> = {
  ada: `export function ${ID}(x: number[]) { return x.reduce((s, a) => s + a * a, 0) / x.length; }\n`,
  bob: `export function ${ID}(x: number[]) { return x.reduce((s, a) => s + a * a, 0); }\n`,
  cyd: `export function ${ID}(x: number[]): number {\n  throw new TypeError("no idea");\n}\n`,
  dan: "export const other = 1;\n",
};

/**
 * A course in a folder of its own.
 *
 * @param use - is given the folder: course.yaml, exercises/ and the hand-ins in ps1/
 * @param change - of the exercise's files
 */
export async function inOwnCourse(
  use: (folder: string) => Promise<void>,
  change: Readonly<Record<string, string | undefined>> = {},
): Promise<void> {
  await inFolder({ "course.yaml": COURSE }, async (folder) => {
    const files = { ...exerciseTemplate(ID), ...change };
    for (const [name, text] of Object.entries(files))
      if (text !== undefined) await write(join(folder, "exercises", ID, name), text);
    for (const [student, text] of Object.entries(HAND_INS))
      await write(join(folder, "ps1", student, "a.ts"), text);
    await use(folder);
  });
}

/** Writes a file and its folders. */
export async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** A command as it is called from a terminal. */
export function unrolled(
  folder: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly out: string } {
  const program = `import { main } from ${JSON.stringify(inPack("dist/grader/cli.js"))};
    process.exitCode = await main(process.argv.slice(1));`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", program, "--", ...args],
    { cwd: folder, encoding: "utf8" },
  );
  return { code: status, out: stdout + stderr };
}
