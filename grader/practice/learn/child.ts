/**
 * The process in which `learn` and `unrolled check` run a learner's function: it may loop for
 * ever, exhaust its memory or end the process, and the parent lives on. Practice trusts its
 * learner, so the references are here too; class grading works otherwise (grader/sandbox).
 *
 * Arguments: the compiled module's address, the exercise's id, the seed, the source file's name.
 */
import { Console } from "node:console";
import { writeSync } from "node:fs";
import { Writable } from "node:stream";
import type { AnyFunction } from "../../../exercises/exercise.js";
import { exercise as findExercise } from "../../../exercises/manifest.js";
import { NotImplementedError } from "../../../src/index.js";
import { describeValue } from "../../values/describe.js";
import { inProcess } from "../inProcess.js";
import { judge } from "../../judge/judge.js";
import { type ChildMessage, MESSAGES_FD } from "./messages.js";

const [address = "", id = "", seed = "", sourceName = ""] = process.argv.slice(2);

/** Written at once: a loop that never ends would hold back anything that waits its turn. */
function tell(message: ChildMessage): void {
  writeSync(MESSAGES_FD, `${JSON.stringify(message)}\n`);
}

// The learner's prints too: process.stdout would queue them up while a loop runs.
globalThis.console = new Console(
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      writeSync(1, chunk);
      done();
    },
  }),
);

/** The exported function of the exercise's name, or what keeps it from being had. */
async function load(): Promise<AnyFunction | string> {
  let module: Record<string, unknown>;
  try {
    module = (await import(address)) as Record<string, unknown>;
  } catch (error) {
    return `the file can't be loaded: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
  }
  const fn = module[id];
  if (typeof fn === "function") return fn as AnyFunction;
  return fn === undefined
    ? `the file exports no ${id}; write: export function ${id}(…) { … }`
    : `${id} must be a function, but it is ${describeValue(fn)}`;
}

/** The same function, whose errors say the line of the learner's file. */
function withLines(fn: AnyFunction): AnyFunction {
  return (...args) => {
    try {
      return fn(...args);
    } catch (error) {
      if (error instanceof Error && !(error instanceof NotImplementedError)) {
        error.message += lineOf(error);
      }
      throw error;
    }
  };
}

function lineOf({ stack = "" }: Error): string {
  const frame = stack.split("\n").find((line) => line.includes(`${sourceName}:`));
  const line = frame?.slice(frame.indexOf(`${sourceName}:`) + sourceName.length + 1);
  return line === undefined ? "" : ` (line ${Number.parseInt(line, 10)})`;
}

const fn = await load();
if (typeof fn === "string") {
  tell({ kind: "unusable", message: fn });
} else {
  const verdict = await judge(findExercise(id), inProcess(withLines(fn)), {
    seed: Number(seed),
    hidden: false,
    onStart: (name) => tell({ kind: "start", name }),
    onCase: (result) => tell({ kind: "case", result }),
  });
  tell({ kind: "verdict", verdict });
}
process.exit(0); // whatever timers the learner's module has left
