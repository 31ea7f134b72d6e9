/** A class whose exercise is the grader tests' own, graded from the command line: to be killed. */
import { pathToFileURL } from "node:url";
import { gradeClass } from "../../../grader/class/gradeClass.js";
import { openGradebook } from "../../../grader/class/store/open.js";
import { findHandIns } from "../../../grader/class/intake/handIn.js";
import type { Sandbox } from "../../../grader/sandbox/sandbox.js";
import { openWorkingSandbox } from "../../../grader/sandbox/status.js";
import { leakySumExercise } from "../fixtures.js";
import { TEST_LIMITS } from "../sandbox/box.js";

/** A right answer to the exercise. */
export const RIGHT = `import { Mat, Sequence } from "unrolled";
export function leakySum(x: Sequence, s: number) {
  let previous = Mat.zeros(x.rows, x.cols);
  const y = x.map((x_t) => (previous = previous.times(s).add(x_t)));
  return { y, total: Array.from(y).reduce((sum, y_t) => sum.add(y_t)), steps: x.T_x };
}
`;

/** Grades a folder into a gradebook (a file, or an address); returns the students that were graded now, and all scores. */
export async function gradeForTest(
  folder: string,
  file: string,
  sandbox: Sandbox,
  options: { readonly version?: string; readonly onGraded?: (student: string) => void } = {},
): Promise<{ readonly graded: readonly string[]; readonly scores: readonly number[] }> {
  const gradebook = await openGradebook(file);
  try {
    const graded: string[] = [];
    const results = await gradeClass({
      places: await findHandIns(folder),
      exercises: [leakySumExercise],
      sandbox,
      gradebook,
      packVersion: options.version ?? "1",
      seedOf: (assignment) => gradebook.seedOf(assignment, 7),
      workers: 2,
      onGraded: ({ student }, isNew) => {
        if (isNew) graded.push(student);
        options.onGraded?.(student);
      },
    });
    return { graded, scores: results.map(({ score }) => score) };
  } finally {
    await gradebook.close();
  }
}

const [, script, folder, file] = process.argv;
if (import.meta.url === pathToFileURL(script ?? "").href && folder !== undefined) {
  const sandbox = await openWorkingSandbox({ kind: "bubblewrap", limits: TEST_LIMITS });
  await gradeForTest(folder, file!, sandbox, {
    onGraded: (student) => {
      console.log(student);
    },
  });
  await sandbox.close();
}
