/** The commands for learners: learn, check, list, hint, reset, solution, pack. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout as wait } from "node:timers/promises";
import { exitCodes } from "#common/exit-codes";
import { writeWhole } from "#common/write-whole";
import { type Command, InvalidArgumentError } from "commander";
import type { Exercise } from "../../../exercises/exercise.js";
import { exercise as findExercise, manifest } from "../../../exercises/manifest.js";
import { hintWords } from "../hints.js";
import { progressOf, recordHint, recordStep, recordVerdict } from "../progress.js";
import { fileStore } from "../progressFile.js";
import { nextExercise, progressText } from "../progressTable.js";
import { type Colors, colorsFor } from "../../words/verdictText.js";
import { wrapped } from "../../words/wrapped.js";
import { addMissingExercises, exerciseFile, workspaceFor } from "../workspace.js";
import { checkFile, type FileCheck } from "./checkFile.js";
import { referenceSource } from "./referenceSource.js";
import { ReadyChild } from "./readyChild.js";
import { isStarter, resetExercise } from "./reset.js";
import { PRACTICE_LIMITS } from "./runFile.js";
import { checkText, isPassed } from "./screen.js";
import { oneLine, Session } from "./session.js";
import type { Compiler } from "./typeCheck.js";
import { watchFolder } from "./watch.js";

/** Adds the learners' commands; `done` takes the exit code. */
export function registerLearn(program: Command, done: (code: number) => void): void {
  program
    .command("learn")
    .description("guides you through the exercises, and checks each one when you save it")
    .argument("[id]", "the exercise to begin with")
    .option("--poll", "read the folder again and again, where the system can't tell of changes")
    .action(async (id: string | undefined, options: { poll?: boolean }) => {
      done(await learn(id, options.poll === true));
    });
  program
    .command("check")
    .description("checks one exercise, or all of them, once")
    .argument("[id]", "an exercise; all of them unless said")
    .option("--seed <number>", "draw the inputs of an earlier check again", seedFrom)
    .action(async (id: string | undefined, options: { seed?: number }) => {
      done(await checkOnce(id, options.seed));
    });
  program
    .command("list")
    .description("lists the exercises, and which ones pass")
    .action(() => {
      const { progress, warning } = fileStore(workspaceFor(process.cwd())).read();
      say(progressText(manifest, progress, colorsFor()));
      if (warning !== undefined) say(warning);
      done(0);
    });
  program
    .command("hint")
    .description("gives the next hint: a nudge, the formula, the code's shape")
    .argument("<id>", "the exercise")
    .action((id: string) => {
      const exercise = findExercise(id);
      const { progress, warning } = recordHint(fileStore(workspaceFor(process.cwd())), id);
      say(hintWords(exercise, progressOf(progress, id).hints));
      if (warning !== undefined) say(warning);
      done(0);
    });
  program
    .command("reset")
    .description("puts an exercise's starter back; your version is kept aside")
    .argument("<id>", "the exercise")
    .option("-y, --yes", "do not ask")
    .action(async (id: string, options: { yes?: boolean }) => {
      done(await reset(findExercise(id), options.yes === true));
    });
  program
    .command("pack")
    .description("packs what you wrote into one file to hand in")
    .argument("[file]", "the file to write", "hand-in.zip")
    .action(async (file: string) => {
      done(await pack(file));
    });
  program
    .command("solution")
    .description("shows the library's own version of an exercise that you have passed")
    .argument("<id>", "the exercise")
    .action((id: string) => {
      done(solution(findExercise(id)));
    });
}

async function pack(file: string): Promise<number> {
  const workspace = workspaceFor(process.cwd());
  if (!existsSync(workspace)) {
    say("There is no my-work/ to pack yet: npm start makes it");
    return exitCodes.notYet;
  }
  const { packHandIn } = await import("./handIn.js");
  const { zip, exercises, notebooks, problems } = packHandIn(workspace);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (exercises.length + notebooks.length === 0) {
    say(`There is nothing of yours in ${workspace} yet`);
    return exitCodes.notYet;
  }
  writeWhole(resolve(file), zip);
  say(
    [
      `${file}: ${Math.ceil(zip.length / 1000)} kB. Hand in this one file.`,
      `  exercises in files of their own: ${exercises.join(", ") || "none"}`,
      `  notebooks: ${notebooks.join(", ") || "none"}`,
    ].join("\n"),
  );
  return problems.length === 0 ? exitCodes.fine : exitCodes.notYet;
}

function seedFrom(text: string): number {
  const seed = Number(text);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new InvalidArgumentError(`expected a whole number from 0 to 4294967295, got ${text}`);
  }
  return seed;
}

function say(text: string): void {
  process.stdout.write(`${fitting(text)}\n`);
}

/** A terminal gets lines of its width; a file or a pipe gets them as they are. */
function fitting(text: string): string {
  const { isTTY, columns } = process.stdout;
  return isTTY && columns > 0 ? wrapped(text, columns) : text;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What checks have in common. */
interface Tools {
  readonly compiler: Compiler;
  readonly ready: ReadyChild;
}

/** Runs `use` with a compiler whose output goes to a folder that is gone afterwards, as is the process that waits. */
async function withTools<T>(use: (tools: Tools) => Promise<T>): Promise<T> {
  const ready = new ReadyChild(PRACTICE_LIMITS.memoryMb);
  const { createCompiler } = await import("./typeCheck.js"); // TypeScript itself: 0.2 s
  const folder = mkdtempSync(join(tmpdir(), "unrolled-learn-"));
  const clear = (): void => rmSync(folder, { recursive: true, force: true });
  const leave = (): void => process.exit(exitCodes.notYet); // "exit" clears; without this a signal would not
  process.once("exit", clear);
  for (const signal of SIGNALS) process.once(signal, leave);
  try {
    return await use({ compiler: createCompiler(folder, colorsFor().isColorSupported), ready });
  } finally {
    ready.close();
    clear();
    process.off("exit", clear);
    for (const signal of SIGNALS) process.off(signal, leave);
  }
}

async function learn(id: string | undefined, poll: boolean): Promise<number> {
  const start = id === undefined ? undefined : findExercise(id);
  const workspace = workspaceFor(process.cwd());
  addMissingExercises(workspace);
  const isInteractive = process.stdin.isTTY && process.stdout.isTTY;
  return isInteractive ? guide(workspace, start, poll) : checkNext(workspace, start);
}

/** The session in a terminal, until the learner quits. */
function guide(workspace: string, start: Exercise | undefined, poll: boolean): Promise<number> {
  return withTools(async ({ compiler, ready }) => {
    const { stdin, stdout } = process;
    const clear = "\u001b[2J\u001b[H";
    let quit: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (quit = resolve));
    const session = new Session({
      workspace,
      exercises: manifest,
      colors: colorsFor(),
      check: (exercise, signal) => checkFile(exercise, workspace, compiler, { signal, ready }),
      checked: () => void ready.prepare(),
      write: (text) => stdout.write(`${clear}${fitting(text)}\n`),
      quit,
      ...(start === undefined ? {} : { start }),
    });
    const failed = (error: unknown): void => {
      stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
    };
    const watcher = watchFolder(
      join(workspace, "exercises"),
      (file) => void session.saved(file).catch(failed),
      { poll },
    );
    const onKey = (key: Buffer): void => void session.pressed(key.toString()).catch(failed);
    stdin.setRawMode(true).resume().on("data", onKey);
    try {
      await wait(0); // the first screen before the first check, which loads the compiler's files
      await session.start().catch(failed);
      await ended;
      return exitCodes.fine;
    } finally {
      stdin.off("data", onKey).setRawMode(false).pause();
      await watcher.close();
    }
  });
}

/** Without a terminal there is nobody to guide: one check, one verdict. */
async function checkNext(workspace: string, start: Exercise | undefined): Promise<number> {
  const { progress } = fileStore(workspace).read();
  const exercise = start ?? manifest.find(({ id }) => id === nextExercise(manifest, progress));
  if (exercise === undefined) {
    say(`All ${manifest.length} exercises pass.`);
    return exitCodes.fine;
  }
  return checkOnce(exercise.id, undefined);
}

async function checkOnce(id: string | undefined, seed: number | undefined): Promise<number> {
  const chosen = id === undefined ? manifest : [findExercise(id)];
  const workspace = workspaceFor(process.cwd());
  addMissingExercises(workspace);
  const colors = colorsFor();
  return withTools(async ({ compiler, ready }) => {
    let isAllPassed = true;
    for (const exercise of chosen) {
      const options = seed === undefined ? { ready } : { ready, seed };
      const check = await checkFile(exercise, workspace, compiler, options);
      isAllPassed &&= isPassed(check);
      say(
        id === undefined
          ? oneLine(exercise, check, colors)
          : report(exercise, check, colors, workspace),
      );
      if (check.kind !== "verdict") continue;
      const { warning } = recordVerdict(fileStore(workspace), check.verdict);
      if (warning !== undefined) say(warning);
    }
    return isAllPassed ? exitCodes.fine : exitCodes.notYet;
  });
}

function report(exercise: Exercise, check: FileCheck, colors: Colors, workspace: string): string {
  const file = relative(process.cwd(), exerciseFile(workspace, exercise));
  return `${colors.cyan(file)}\n${checkText(check, exercise, colors)}`;
}

async function reset(exercise: Exercise, isSure: boolean): Promise<number> {
  const workspace = workspaceFor(process.cwd());
  const file = relative(process.cwd(), exerciseFile(workspace, exercise));
  if (isStarter(workspace, exercise)) {
    say(`${file} is the starter already: nothing was changed.`);
    return exitCodes.fine;
  }
  if (!isSure) {
    if (!process.stdin.isTTY) {
      say(
        `reset: nobody can be asked here; say it at once: npx unrolled reset ${exercise.id} --yes`,
      );
      return exitCodes.usage;
    }
    const question = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await question.question(
      `Put the starter of ${exercise.id} back? Your version is kept aside. (y/n) `,
    );
    question.close();
    if (!/^y(es)?$/i.test(answer.trim())) {
      say("Nothing was changed.");
      return exitCodes.fine;
    }
  }
  const done = resetExercise(workspace, exercise);
  const { warning } = recordStep(fileStore(workspace), { exercise: exercise.id, did: "reset" });
  if (warning !== undefined) say(warning);
  const back = `The starter is back: ${file}`;
  const kept = done.kind === "reset" ? done.kept : undefined;
  say(kept === undefined ? back : `${back}\nYour version is ${relative(process.cwd(), kept)}`);
  return exitCodes.fine;
}

function solution(exercise: Exercise): number {
  const { progress } = fileStore(workspaceFor(process.cwd())).read();
  if (!progressOf(progress, exercise.id).passed) {
    say(`${exercise.id} does not pass yet: npx unrolled hint ${exercise.id} helps on the way.`);
    return exitCodes.notYet;
  }
  const source = referenceSource(exercise.id);
  say(
    source === undefined
      ? "The library holds no such function."
      : `${source.file}\n\n${source.text}`,
  );
  return exitCodes.fine;
}
