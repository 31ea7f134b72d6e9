/**
 * The process in which `learn` and `unrolled check` run a learner's function: it may loop for
 * ever, exhaust its memory or end the process, and the parent lives on. Practice trusts its
 * learner, so the references are here too; class grading works otherwise (grader/sandbox).
 *
 * It may be begun long before it is needed (readyChild.ts): all is loaded, and it waits for its
 * {@link Job} on standard input. A parent that ends without one closes that, and ends it too.
 */
import { Console } from "node:console";
import { writeSync } from "node:fs";
import { findSourceMap } from "node:module";
import { basename, dirname, join } from "node:path";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { AnyFunction } from "../../../exercises/exercise.js";
import { exercise as findExercise } from "../../../exercises/manifest.js";
import { thrown } from "../../judge/observe.js";
import { loadFunction, tellingLine } from "../../source/loading.js";
import { readableFailure } from "../../source/surroundings.js";
import { describeValue } from "../../values/describe.js";
import { inProcess } from "../inProcess.js";
import { judge } from "../../judge/judge.js";
import { lineOf, ownFrame } from "../../judge/trace/errorPlace.js";
import { type ErrorPlace, thrownWords } from "../../values/outcome.js";
import { type ChildMessage, type Job, MESSAGES_FD, UNSETTLED } from "./messages.js";

const said = await text(process.stdin);
if (said === "") process.exit(0);
const { address, id, seed } = JSON.parse(said) as Job;

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

/** The function of the exercise's name; nothing where there is none, which is told. */
async function load(): Promise<AnyFunction | undefined> {
  const loaded = await loadFunction(() => import(address) as Promise<Record<string, unknown>>, id);
  switch (loaded.kind) {
    case "function":
      if ("failure" in loaded) tell({ kind: "failure", message: wordsOf(loaded.failure) });
      return loaded.fn;
    case "failed":
      tell({
        kind: "unusable",
        status: "crashed",
        message: `the file can't be loaded: ${readableFailure(wordsOf(loaded.error))}`,
      });
      return undefined;
    case "missing":
      tell(unusableFor(loaded.found, loaded.isDefault));
      return undefined;
  }
}

function unusableFor(found: unknown, isDefault: boolean): ChildMessage {
  if (found !== undefined) {
    const message = `${id} must be a function, but it is ${describeValue(found)}`;
    return { kind: "unusable", status: "crashed", message };
  }
  const why = isDefault ? "; its default export has no name" : "";
  const message = `there is no ${id} in the file${why}; write: export function ${id}(…) { … }`;
  return { kind: "unusable", status: "not-run", message };
}

function wordsOf(error: unknown): string {
  return thrownWords(thrown(error));
}

/** The line of the learner's own files that threw; the source map that Node reads has their text. */
function placeInFile(error: unknown): ErrorPlace | undefined {
  const folder = dirname(fileURLToPath(address));
  const isOwn = (file: string): boolean => file.endsWith(".ts") && dirname(pathOf(file)) === folder;
  const frame = ownFrame(error, isOwn);
  if (frame === undefined) return undefined;
  const name = basename(pathOf(frame.file));
  const built = join(folder, name.replace(/\.ts$/, ".mjs"));
  const [source = ""] = findSourceMap(built)?.payload.sourcesContent ?? [];
  const text = lineOf(source.replace(tellingLine(id), ""), frame.line);
  const where = `${name}, line ${frame.line}`;
  return { where, ...(text === undefined ? {} : { text }) };
}

function pathOf(file: string): string {
  return file.startsWith("file:") ? fileURLToPath(file) : file;
}

// Nothing is left to do, and the module still waits. Node would say so with a stack of ours.
process.once("beforeExit", () => process.exit(UNSETTLED));
const fn = await load();
if (fn !== undefined) {
  const exercise = findExercise(id);
  const verdict = await judge(exercise, inProcess(fn, exercise.ignore, placeInFile), {
    seed,
    hidden: false,
    onStart: (name) => tell({ kind: "start", name }),
    onCase: (result) => tell({ kind: "case", result }),
  });
  tell({ kind: "verdict", verdict });
}
process.exit(0); // whatever timers the learner's module has left
