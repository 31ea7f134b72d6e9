/**
 * `npm run check-times [-- --rounds 5]`: how long a learner waits for a verdict, exercise by exercise.
 *
 * In a notebook from a cell's request to its reply, through the kernel as JupyterLab starts it; in `learn`
 * from a file's saving to the screen with its verdict, through the watcher, the compiler and the process
 * that runs the function. Every exercise is solved, so that all cases run. The table holds the least of
 * the rounds, since other programs only ever add to it, with the processor's time beside it; checkTimes.md
 * beside this file keeps the last run.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { exitCodes } from "#common/exit-codes";
import { inPack } from "#common/pack-root";
import type { Exercise } from "../../../exercises/exercise.js";
import { manifest } from "../../../exercises/manifest.js";
import { checkFile } from "../../../grader/practice/learn/checkFile.js";
import { ReadyChild } from "../../../grader/practice/learn/readyChild.js";
import { PRACTICE_LIMITS } from "../../../grader/practice/learn/runFile.js";
import { Session } from "../../../grader/practice/learn/session.js";
import { createCompiler } from "../../../grader/practice/learn/typeCheck.js";
import { watchFolder } from "../../../grader/practice/learn/watch.js";
import { addMissingExercises, exerciseFile } from "../../../grader/practice/workspace.js";
import { colorsFor } from "../../../grader/words/verdictText.js";
import { KernelClient } from "../../kernel/kernelClient.js";

/** Milliseconds that a verdict may take, at the median over all exercises. */
const allowed = { notebook: 150, learn: 300 } as const;

/** Milliseconds that a learner reads or writes between a verdict and the next save, at the very least. */
const thinking = 1000;

/** Milliseconds by the clock and of the processor. */
interface Taken {
  readonly clock: number;
  readonly processor: number;
}

/** The least of each over the rounds. */
async function least(rounds: number, once: () => Promise<Taken>): Promise<Taken> {
  const all: Taken[] = [];
  for (let round = 0; round < rounds; round++) all.push(await once());
  return {
    clock: Math.min(...all.map(({ clock }) => clock)),
    processor: Math.min(...all.map(({ processor }) => processor)),
  };
}

function solutionOf({ id }: Exercise): string {
  return readFileSync(inPack("exercises", id, "solution.ts"), "utf8");
}

/** `check` of every exercise in one kernel. */
async function inNotebook(folder: string, rounds: number): Promise<Map<string, Taken>> {
  const kernel = await KernelClient.start({ folder });
  const run = async (code: string): Promise<string | undefined> => {
    const { status, result, traceback } = await kernel.run(code);
    if (status !== "ok") throw new Error(traceback);
    return result;
  };
  const processor = async (): Promise<number> =>
    Number(
      await run(
        "(({ user, system }) => (user + system) / 1000)((globalThis as any).process.cpuUsage())",
      ),
    );
  try {
    await run(`import { check } from "unrolled/check";`);
    const times = new Map<string, Taken>();
    for (const exercise of manifest) {
      const { id } = exercise;
      await run(solutionOf(exercise).replaceAll(/^export /gm, ""));
      const once = async (): Promise<Taken> => {
        const [before, begun] = [await processor(), performance.now()];
        await run(`await check("${id}", ${id});`);
        const clock = performance.now() - begun;
        return { clock, processor: (await processor()) - before };
      };
      times.set(id, await least(rounds, once));
    }
    return times;
  } finally {
    await kernel.stop();
  }
}

/** A save of every exercise's file under one `learn`. */
async function inLearn(workspace: string, rounds: number): Promise<Map<string, Taken>> {
  const compiler = createCompiler(join(workspace, "..", "built"), false);
  const ready = new ReadyChild(PRACTICE_LIMITS.memoryMb);
  let screen = "";
  const session = new Session({
    workspace,
    exercises: manifest,
    colors: colorsFor(false),
    check: (exercise, signal) => checkFile(exercise, workspace, compiler, { signal, ready }),
    checked: () => void ready.prepare(),
    write: (text) => (screen = text),
    quit: () => undefined,
  });
  const verdictOn = async (exercise: Exercise): Promise<void> => {
    const passed = `${exercise.id}: `;
    while (!screen.includes(passed) || screen.includes("checking …")) await wait(1);
  };
  await session.start();
  const watcher = watchFolder(join(workspace, "exercises"), (file) => void session.saved(file), {
    poll: false,
  });
  await wait(500); // what was there before is not told any more
  try {
    const times = new Map<string, Taken>();
    for (const exercise of manifest) {
      const file = exerciseFile(workspace, exercise);
      let saves = 0;
      const once = async (): Promise<Taken> => {
        await wait(thinking);
        screen = "";
        const [before, begun] = [processorTime(), performance.now()];
        writeFileSync(file, `${solutionOf(exercise)}// saved ${++saves} times\n`);
        await verdictOn(exercise);
        return { clock: performance.now() - begun, processor: processorTime() - before };
      };
      await once(); // the learner has had this exercise on the screen before
      times.set(exercise.id, await least(rounds, once));
    }
    return times;
  } finally {
    await watcher.close();
    ready.close();
  }
}

/** Milliseconds of this process and of its children that have ended; children by hundredths of a second. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]!.split(" ");
  const children = 10 * (Number(fields[13]) + Number(fields[14]));
  return (user + system) / 1000 + children;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

const { values } = parseArgs({ options: { rounds: { type: "string", default: "5" } } });
const rounds = Number(values.rounds);
const folder = mkdtempSync(join(tmpdir(), "unrolled-times-"));
try {
  const workspace = join(folder, "my-work");
  addMissingExercises(workspace);
  const notebook = await inNotebook(workspace, rounds);
  const learn = await inLearn(workspace, rounds);
  const row = (name: string, a: Taken, b: Taken): string =>
    [a.clock, a.processor, b.clock, b.processor].reduce(
      (line, ms) => line + ms.toFixed(0).padStart(11),
      name.padEnd(22),
    );
  console.log(`milliseconds, least of ${rounds}     check  processor      learn  processor`);
  for (const [id, taken] of notebook) console.log(row(id, taken, learn.get(id)!));
  const middle = (times: Map<string, Taken>): Taken => ({
    clock: median([...times.values()].map(({ clock }) => clock)),
    processor: median([...times.values()].map(({ processor }) => processor)),
  });
  const [here, there] = [middle(notebook), middle(learn)];
  console.log(row("median", here, there));
  console.log(
    row(
      "allowed",
      { clock: allowed.notebook, processor: NaN },
      { clock: allowed.learn, processor: NaN },
    ).replaceAll("NaN", "   "),
  );
  if (here.clock > allowed.notebook || there.clock > allowed.learn)
    process.exitCode = exitCodes.notYet;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
