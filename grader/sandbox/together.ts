/**
 * Several exercises of one hand-in in one box, each with all its cases.
 *
 * Theory of operation. A box costs far more than what runs in it, so the exercises that share nothing
 * share one: each has modules of its own (it is imported through a folder of its own), matrices in memory
 * of its own, and runs from its first case to its last before the next one begins. What all code of a
 * process shares is compared before and after. Only a run without anything unusual counts: whoever
 * stops it, or does not end as usual, runs alone, and the others get a fresh box; where nobody can be
 * named, all run alone. So what is told from here is what would have come of each alone.
 */
import { createHash, randomUUID } from "node:crypto";
import { pathToFileURL } from "node:url";
import type { CallResult } from "../judge/judge.js";
import { exportingLine } from "../source/loading.js";
import type { ErrorPlace } from "../values/outcome.js";
import { type Answered, BoxedProcess } from "./boxedProcess.js";
import type { Limits } from "./boxLimits.js";
import type { BoxedStart } from "./boxParts.js";
import { BoxFailure, greeted, resultOf } from "./caller.js";
import type { OwnBox } from "./forkServers.js";
import type { HandInFolder } from "./handInFolder.js";
import { TURN } from "./pack.js";
import type { Sandbox } from "./sandbox.js";

/** Seconds on the clock for loading, and for running all cases; who needs more runs alone. */
const SECONDS = 1;
/** So many boxes are tried: each costs the others less than running alone would. */
const ROUNDS = 6;

/** One exercise of a hand-in that may share a box. */
export interface SharedFunction {
  readonly name: string;
  /** The file that has the function, among `files`. */
  readonly file: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly ignore: readonly string[];
  readonly inputs: Inputs;
  /** What a line of one of the files is, for people. */
  readonly placeOf: (file: string, line: number) => ErrorPlace | undefined;
}

/** All cases' arguments, made once for a class. */
export interface Inputs {
  /** Case by case. */
  readonly args: readonly (readonly unknown[])[];
  /** The cases of a "run" request. */
  readonly text: string;
  readonly numbers: Float64Array;
}

/** What came of an exercise. */
export interface Ran {
  /** Two calls' results, case by case: answers and errors, nothing else. */
  readonly cases: readonly (readonly [CallResult, CallResult])[];
  /** Stands for all of them where all are answers: who has the same has the same results, bit by bit. */
  readonly digest: string | undefined;
  readonly console: string;
}

/**
 * Runs what can be run in shared boxes.
 *
 * @param sandbox - ready to start boxes
 * @param all - the exercises, of one hand-in
 * @returns by name; whatever is not in it has to be run alone
 * @throws BoxFailure when no box can be started
 */
export async function runTogether(
  sandbox: Sandbox,
  all: readonly SharedFunction[],
): Promise<ReadonlyMap<string, Ran>> {
  const done = new Map<string, Ran>();
  let todo = all;
  for (let round = 0; round < ROUNDS && todo.length > 0; round++) {
    const { ran, culprits } = await runOnce(sandbox, todo);
    for (const [name, one] of ran) done.set(name, one);
    if (culprits.length === 0) break;
    todo = todo.filter((one) => !culprits.includes(one));
    if (todo.length === 1) break; // alone costs no more
  }
  return done;
}

interface Round {
  readonly ran: ReadonlyMap<string, Ran>;
  /** Who kept the others from being run; nobody, where the run counts or nobody can be named. */
  readonly culprits: readonly SharedFunction[];
}

const NOTHING: ReadonlyMap<string, Ran> = new Map();

async function runOnce(sandbox: Sandbox, todo: readonly SharedFunction[]): Promise<Round> {
  return sandbox.inOwnFolder(async (own) => {
    layOut(sandbox, own.folder, todo);
    const process = await startedBox(sandbox, own);
    try {
      return await converse(process, todo);
    } finally {
      await process.end();
    }
  });
}

const INDEX = "index.js";

/** The folder through which exercise n's modules are imported: it leads to the same files. */
function ownFolder(n: number): string {
  return `e${n}`;
}

/** A box that has greeted; where the first does not, it is another's fault, and one of its own is started. */
async function startedBox(
  { limits }: Sandbox,
  { start, startAnew }: OwnBox,
): Promise<BoxedProcess> {
  try {
    return await greetedBox(await start(), limits);
  } catch (error) {
    if (!(error instanceof BoxFailure)) throw error;
    return await greetedBox(await startAnew(), limits);
  }
}

async function greetedBox(started: BoxedStart, limits: Limits): Promise<BoxedProcess> {
  const process = BoxedProcess.of(started, limits);
  try {
    await greeted(process);
    return process;
  } catch (error) {
    await process.end();
    throw error;
  }
}

/** Puts the hand-in's files there, and one that imports all of them. */
function layOut(sandbox: Sandbox, folder: HandInFolder, todo: readonly SharedFunction[]): void {
  const lines: string[] = [];
  for (const [n, { file }] of todo.entries()) {
    const address = pathToFileURL(`/${ownFolder(n)}/${file}`).pathname;
    lines.push(
      `import ${JSON.stringify(`${sandbox.packUrlOf(TURN)}?${n}`)};`,
      `import * as m${n} from ${JSON.stringify(`.${address}`)};`,
    );
  }
  lines.push(`import ${JSON.stringify(`${sandbox.packUrlOf(TURN)}?${todo.length}`)};`); // nobody's turn
  lines.push(`export { ${todo.map((_, n) => `m${n}`).join(", ")} };`);
  const files = filesOf(todo).set(INDEX, lines.join("\n"));
  folder.lay(
    files,
    todo.map((_, n) => ownFolder(n)),
  );
}

/** All files by their path; one that has functions tells where they are. */
function filesOf(todo: readonly SharedFunction[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { files } of todo) for (const { path, text } of files) texts.set(path, text);
  for (const path of new Set(todo.map(({ file }) => file))) {
    const names = todo.filter(({ file }) => file === path).map(({ name }) => name);
    texts.set(path, exportingLine(names) + (texts.get(path) ?? ""));
  }
  return texts;
}

async function converse(process: BoxedProcess, todo: readonly SharedFunction[]): Promise<Round> {
  const mark = `\0${randomUUID()} `;
  const loaded = await process.ask(
    { ask: "load-all", index: process.urlOf(INDEX), mark },
    { seconds: SECONDS },
  );
  if (loaded.kind !== "reply" || loaded.reply["is"] !== "loaded") {
    return { ran: NOTHING, culprits: notLoaded(loaded, process, todo, mark) };
  }
  const { text, numbers } = runRequest(todo);
  const answered = await process.ask(text, { numbers, seconds: SECONDS });
  if (answered.kind !== "reply" || answered.reply["is"] !== "ran") {
    return { ran: NOTHING, culprits: lastTurn(process.console, mark, todo) };
  }
  await process.end(); // what was on its way to the console is there now
  const { exercises, changed } = answered.reply;
  const said = consolesOf(process.console, mark, todo.length);
  if (changed !== undefined || !Array.isArray(exercises) || said === undefined) {
    return { ran: NOTHING, culprits: [] };
  }
  const ran = new Map<string, Ran>();
  let base = 0;
  for (const [n, one] of todo.entries()) {
    const { count, cases } = fieldsOf(exercises[n]);
    if (!isCount(count) || base + count > answered.numbers.length) continue;
    const numbers = answered.numbers.subarray(base, (base += count));
    const root = process.urlOf(ownFolder(n));
    const results = resultsOf(cases, numbers, one, root);
    if (results === undefined) continue;
    const digest = digestOf(cases, numbers);
    ran.set(one.name, { cases: results, digest, console: said[n]! });
  }
  return { ran, culprits: [] };
}

/** The request to run all cases, as text: the cases' are made once for a class. */
function runRequest(todo: readonly SharedFunction[]): {
  readonly text: string;
  readonly numbers: Float64Array;
} {
  const numbers = new Float64Array(
    todo.reduce((sum, { inputs }) => sum + inputs.numbers.length, 0),
  );
  let from = 0;
  const parts = todo.map(({ name, ignore, inputs }) => {
    const head = JSON.stringify({ name, skip: ignore, from });
    numbers.set(inputs.numbers, from);
    from += inputs.numbers.length;
    return `${head.slice(0, -1)},"cases":${inputs.text}}`;
  });
  return { text: `{"ask":"run","exercises":[${parts.join(",")}]}`, numbers };
}

/** Who kept the modules from being loaded: all that are in the file that is named, or whose turn it was. */
function notLoaded(
  loaded: Answered,
  process: BoxedProcess,
  todo: readonly SharedFunction[],
  mark: string,
): readonly SharedFunction[] {
  const message = loaded.kind === "reply" ? loaded.reply["message"] : undefined;
  const words = typeof message === "string" ? message : "";
  const prefix = process.urlOf("e");
  const at = words.indexOf(prefix);
  const named = at < 0 ? Number.NaN : Number.parseInt(words.slice(at + prefix.length), 10);
  const one = todo[named];
  return one === undefined
    ? lastTurn(process.console, mark, todo)
    : todo.filter(({ file }) => file === one.file);
}

/** The exercise whose turn it was at the end. */
function lastTurn(
  said: string,
  mark: string,
  todo: readonly SharedFunction[],
): readonly SharedFunction[] {
  const at = said.lastIndexOf(mark);
  const one = at < 0 ? undefined : todo[Number.parseInt(said.slice(at + mark.length), 10)];
  return one === undefined ? [] : [one];
}

/** What each exercise wrote to the console, when it was loaded and when it ran. */
function consolesOf(said: string, mark: string, count: number): readonly string[] | undefined {
  const [before, ...turns] = said.split(mark);
  const texts = new Array<string>(count + 1).fill("");
  for (const turn of turns) {
    const end = turn.indexOf("\0");
    const n = Number(turn.slice(0, end));
    if (end < 1 || texts[n] === undefined) return undefined;
    texts[n] += turn.slice(end + 1);
  }
  const isNobodys = before !== "" || texts[count] !== ""; // of a promise, perhaps: whose can't be told
  return !isNobodys && turns.length === 2 * count + 1 ? texts : undefined;
}

/** An exercise's results, where there is nothing unusual about any. */
function resultsOf(
  replies: unknown,
  numbers: Float64Array,
  { inputs, placeOf }: SharedFunction,
  root: string,
): Ran["cases"] | undefined {
  if (!Array.isArray(replies) || replies.length !== inputs.args.length) return undefined;
  const cases: (readonly [CallResult, CallResult])[] = [];
  for (const [n, args] of inputs.args.entries()) {
    const { first, second } = fieldsOf(replies[n]);
    const asked = { args, root, placeOf };
    const one = resultOf(fieldsOf(first), numbers, asked);
    const two = second === undefined ? one : resultOf(fieldsOf(second), numbers, asked);
    if (!isUsual(one) || !isUsual(two)) return undefined;
    cases.push([one, two]);
  }
  return cases;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Of errors there is none: where they were thrown is a place in one hand-in. */
function digestOf(cases: unknown, numbers: Float64Array): string | undefined {
  const text = JSON.stringify(cases) ?? "";
  if (text.includes('"is":"threw"')) return undefined;
  return createHash("sha256").update(text).update(numbers).digest("hex");
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Whether alone the same would come: how much room there is depends on the others. */
function isUsual(result: CallResult): boolean {
  if (result.kind !== "threw") return result.kind === "answer";
  return result.name !== "RangeError" || !/call stack|allocation/i.test(result.message);
}
