/**
 * Reads hand-ins in a process of its own, with bounds on time and memory: a hand-in that keeps the process busy or fills
 * its memory is one problem with its reason, and the others go on in a new process; it is read
 * again with the next run, since the machine may be to blame. The process that grades and keeps time
 * never looks at a student's text.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { HandInPlace } from "./place.js";
import type { FoundHandIn } from "./foundHandIn.js";
import { problemWith } from "./remark.js";
import type { Solution } from "./solution.js";

/** Reads hand-ins. */
export interface BoundedReader {
  /** One hand-in, whatever it holds; it never rejects for what a student wrote. */
  read(place: HandInPlace): Promise<FoundHandIn>;
  close(): void;
}

/** What the process is asked. */
export interface Question {
  readonly number: number;
  readonly place: HandInPlace;
  readonly exercises: readonly string[];
}

/** What the process answers. */
export type Answer =
  | { readonly number: number; readonly found: FoundHandIn }
  | { readonly number: number; readonly failure: string };

/** Bounds on one hand-in: an honest one takes some milliseconds and some megabytes. */
export interface ReaderLimits {
  readonly milliseconds: number;
  readonly megabytes: number;
}

const LIMITS: ReaderLimits = { milliseconds: 20_000, megabytes: 768 };

/**
 * Starts a reader; its process starts with the first hand-in.
 *
 * @param exercises - the ids whose functions are looked for
 * @param limits - on one hand-in
 * @returns the reader, which reads one hand-in at a time
 */
export function boundedReader(
  exercises: readonly string[],
  limits: ReaderLimits = LIMITS,
): BoundedReader {
  let child: ChildProcess | undefined;
  let number = 0;
  let last: Promise<unknown> = Promise.resolve();
  let onAnswer: (answer: Answer) => void = () => undefined;
  let onReady: () => void = () => undefined;

  const fail = (failure: string): void => {
    onAnswer({ number, failure });
  };

  const start = (): ChildProcess => {
    const started = fork(fileURLToPath(new URL("./readerProcess.js", import.meta.url)), {
      execArgv: [`--max-old-space-size=${limits.megabytes}`],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const ifCurrent = (act: () => void): void => {
      if (child === started) act();
    };
    started.on("message", (answer) => {
      ifCurrent(() => {
        if (answer === "ready") onReady();
        else onAnswer(answer as Answer);
      });
    });
    started.on("error", ({ message }) => {
      ifCurrent(() => {
        fail(message);
      });
    });
    started.on("exit", (code, signal) => {
      ifCurrent(() => {
        // Where its memory is full it aborts.
        const isFull = signal === "SIGABRT" || code === 134;
        fail(
          isFull
            ? `reading them takes more than ${limits.megabytes} MB`
            : `the process that read them ended (${signal ?? code})`,
        );
      });
    });
    return started;
  };

  const stop = (): void => {
    child?.kill("SIGKILL");
    child = undefined;
  };

  /** Reads it, and where that fails once more in a new process: the machine may have been busy. */
  const ask = async (place: HandInPlace, isAgain = false): Promise<FoundHandIn> => {
    number++;
    const answer = await new Promise<Answer>((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      onAnswer = (given) => {
        clearTimeout(timer);
        resolve(given);
      };
      const begin = (): void => {
        timer = setTimeout(() => {
          fail(`reading them takes longer than ${limits.milliseconds / 1000} s`);
        }, limits.milliseconds);
        child!.send({ number, place, exercises } satisfies Question);
      };
      onReady = begin; // the start of a process is no student's time
      if (child === undefined) child = start();
      else begin();
    });
    if ("found" in answer && answer.number === number) return answer.found;
    stop();
    if (!isAgain) return ask(place, true);
    return unread(place, "failure" in answer ? answer.failure : "the process answered late");
  };

  return {
    read: (place) => {
      const result = last.then(() => ask(place));
      last = result;
      return result;
    },
    close: stop,
  };
}

/** A hand-in that could not be read. */
function unread({ student, assignment, remarks = [] }: HandInPlace, why: string): FoundHandIn {
  const problem = problemWith("", `its files can't be read: ${why.slice(0, 300)}; hand in less`);
  return {
    ...{ student, assignment, solutions: new Map<string, Solution>() },
    remarks: [...remarks, problem],
    hash: undefined,
    mentionsMathjs: false,
  };
}
