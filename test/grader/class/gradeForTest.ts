/**
 * A class whose exercise is the grader tests' own, graded from the command line, to be killed:
 * `gradeForTest.js grade FOLDER GRADEBOOK [WORKERS]` and `gradeForTest.js worker ADDRESS`.
 */
import { pathToFileURL } from "node:url";
import { type ClassRun, gradeClass } from "../../../grader/class/gradeClass.js";
import { gradeOnDatabase } from "../../../grader/class/gradeTogether.js";
import { withCases } from "../../../grader/class/course/ownCases.js";
import { findHandIns } from "../../../grader/class/intake/handIn.js";
import { GradeQueue, ownNeeds } from "../../../grader/class/queue/queue.js";
import { openGradebook } from "../../../grader/class/store/open.js";
import { isPostgres, Postgres } from "../../../grader/class/store/postgres.js";
import { work } from "../../../grader/class/work.js";
import type { Sandbox } from "../../../grader/sandbox/sandbox.js";
import { openWorkingSandbox } from "../../../grader/sandbox/status.js";
import { leakySumExercise } from "../fixtures.js";
import { TEST_LIMITS } from "../sandbox/box.js";

/** With a case of a teacher's own. */
const EXERCISE = withCases(leakySumExercise, [
  { name: "nine steps", size: leakySumExercise.cases[0]!.size },
]);

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
  place: string,
  sandbox: Sandbox,
  options: {
    readonly version?: string;
    readonly workers?: number;
    readonly onGraded?: (student: string) => void;
  } = {},
): Promise<{ readonly graded: readonly string[]; readonly scores: readonly number[] }> {
  const gradebook = await openGradebook(place);
  try {
    const graded: string[] = [];
    const run: ClassRun = {
      places: await findHandIns(folder),
      exercises: [EXERCISE],
      sandbox,
      gradebook,
      packVersion: options.version ?? "1",
      seedOf: (assignment) => gradebook.seedOf(assignment, 7),
      workers: options.workers ?? 2,
      onGraded: ({ student }, isNew) => {
        if (isNew) graded.push(student);
        options.onGraded?.(student);
      },
    };
    const results = await (isPostgres(place)
      ? gradeOnDatabase(place, run, [leakySumExercise])
      : gradeClass(run));
    return { graded, scores: results.map(({ score }) => score) };
  } finally {
    await gradebook.close();
  }
}

/** Grades what waits, until it is killed. */
async function workForTest(address: string, sandbox: Sandbox): Promise<void> {
  const database = await Postgres.open(address);
  const queue = await GradeQueue.open(database, {
    ...{ packVersion: "1", sandbox: sandbox.kind },
    ...ownNeeds([leakySumExercise]),
  });
  console.log("ready");
  const { signal } = new AbortController();
  await work({ queue, sandbox, exercises: [leakySumExercise], slots: 2, signal });
}

const [, script, command, ...args] = process.argv;
if (import.meta.url === pathToFileURL(script ?? "").href) {
  const sandbox = await openWorkingSandbox({ kind: "bubblewrap", limits: TEST_LIMITS });
  if (command === "worker") await workForTest(args[0]!, sandbox);
  else {
    await gradeForTest(args[0]!, args[1]!, sandbox, {
      workers: Number(args[2] ?? 2),
      onGraded: (student) => {
        console.log(student);
      },
    });
  }
  await sandbox.close();
}
