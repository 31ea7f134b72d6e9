/** `unrolled worker`: grades hand-ins that `unrolled grade --database` sends, on any machine that reaches the database. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { exitCodes } from "#common/exit-codes";
import type { Command } from "commander";
import { manifest } from "../../exercises/manifest.js";
import { cleanWhenStopped, openSandboxFor } from "./classSandbox.js";
import { courseHere } from "./course/courseFile.js";
import { courseSecrets } from "./course/ownExercises/folders.js";
import { printable } from "./liveLine.js";
import { databaseAddress, wholeNumber } from "./optionValues.js";
import { packVersion } from "./packVersion.js";
import { GradeQueue, ownNeeds } from "./queue/queue.js";
import { Postgres } from "./store/postgres.js";
import { GradebookError } from "./store/store.js";
import { troubleCode } from "./troubleCode.js";
import { work } from "./work.js";

interface WorkerOptions {
  readonly database: string;
  readonly workers: number;
  readonly course?: string;
  readonly untilEmpty?: boolean;
  readonly acceptWeakerSandbox?: boolean;
}

const HELP = `
The hand-ins come through the database: this machine needs the pack and nothing of the class. It must be
the same version of the pack as the one that sends them, or it refuses. A teacher's own exercises are code
that runs outside of the box, so none is taken from the database: copy course.yaml with the folder exercises/
beside it to this machine, and name it with --course.
`;

/** Adds `worker` to the command line; `onEnd` gets the exit code. */
export function registerWorker(program: Command, onEnd: (code: number) => void): void {
  program
    .command("worker")
    .summary("grade hand-ins that wait in a database")
    .description("Grades hand-ins that `grade --database` sends, until it is stopped.")
    .requiredOption(
      "--database <address>",
      "the class's: postgres://USER@HOST/DATABASE",
      databaseAddress,
    )
    .option(
      "--workers <n>",
      "hand-ins graded at the same time",
      wholeNumber(1, 256),
      availableParallelism(),
    )
    .option(
      "--course <file>",
      "the course's settings, for a teacher's own exercises; ./course.yaml where it is there",
    )
    .option("--until-empty", "end when nothing waits")
    .option(
      "--accept-weaker-sandbox",
      "go on where nothing can be put around Deno, with its own walls alone",
    )
    .addHelpText("after", HELP)
    .action(async (options: WorkerOptions) => {
      onEnd(await worker(options));
    });
}

/** Works until it is stopped, or until nothing waits; the exit code. */
async function worker(options: WorkerOptions): Promise<number> {
  try {
    return await workOn(options);
  } catch (error) {
    console.error((error as Error).message);
    if (error instanceof OtherPackError) return exitCodes.notYet;
    return troubleCode(error);
  }
}

/** What else is to be done where the teacher's own exercises are not the same. */
function ownMend(theirs: string, ours: string): string {
  const own = (needs: string): string => / with own exercises .*/.exec(needs)?.[0] ?? "";
  return own(theirs) === own(ours)
    ? ""
    : ", copy the course's course.yaml and exercises/ here, name it with --course,";
}

/** What waits is for another version of the pack, or for another sandbox. */
class OtherPackError extends Error {}

async function workOn(options: WorkerOptions): Promise<number> {
  const own = (await courseHere(options.course))?.own ?? [];
  const sandbox = await openSandboxFor({
    command: "worker",
    acceptsWeaker: options.acceptWeakerSandbox === true,
    secrets: courseSecrets(options.course ?? "course.yaml").map((path) => resolve(path)),
  });
  const stopCleaning = cleanWhenStopped(
    sandbox.folder,
    "worker: stopped; what it was grading goes back to the queue",
  );
  try {
    const database = await Postgres.open(options.database);
    try {
      const queue = await GradeQueue.open(database, {
        packVersion: packVersion(),
        sandbox: sandbox.kind,
        ...ownNeeds(own),
      });
      try {
        console.log(`worker: takes hand-ins for ${queue.needs} from ${database.name}`);
        const stop = new AbortController();
        await work({
          ...{
            queue,
            sandbox,
            exercises: [...manifest, ...own],
            slots: options.workers,
            signal: stop.signal,
          },
          onGraded: ({ student, score, maxScore }) => {
            console.log(`${printable(student)}: ${score} of ${maxScore}`);
          },
          onIdle: async () => {
            const others = await queue.foreignNeeds();
            if (others !== undefined) {
              throw new OtherPackError(
                `worker: what waits needs ${others}, and this is ${queue.needs}: bring both machines to the same version (git pull, npm ci, npm run build)${ownMend(others, queue.needs)} and start the worker again`,
              );
            }
            if (options.untilEmpty === true) stop.abort();
          },
        });
        return exitCodes.fine;
      } finally {
        await queue.close().catch(() => undefined);
      }
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof GradebookError || error instanceof OtherPackError) throw error;
    throw new Error(`worker: ${(error as Error).message}`, { cause: error });
  } finally {
    stopCleaning();
    await sandbox.close();
  }
}
