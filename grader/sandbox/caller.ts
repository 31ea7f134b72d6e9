/** A student's function as the grader calls it: in a box, started when it is first needed. */
import { decode, encode } from "../values/codec.js";
import type { Caller, CallResult } from "../judge/judge.js";
import { loadFailureWords, placeNamedIn } from "./loadFailure.js";
import { type TopLevel, topLevelWords } from "../source/topLevel.js";
import { type ErrorPlace, LONGEST_WORDS, thrownWords } from "../values/outcome.js";
import { NumberBlock } from "../values/numberBlock.js";
import { BoxedProcess, type Ended, ENDED_ITSELF } from "./boxedProcess.js";
import type { Sandbox } from "./sandbox.js";

/** The box could not be started: our failure, not the student's. */
export class BoxFailure extends Error {
  override name = "BoxFailure";
}

/** A function of a submission. */
export interface BoxedFunction {
  /** The submission's folder, outside the box. */
  readonly folder: string;
  /** The file in it that exports the function. */
  readonly file: string;
  readonly name: string;
  /** Keys of the answer that stay in the box. */
  readonly ignore?: readonly string[];
  /** What runs when the file is loaded, for words about it. */
  readonly topLevel?: TopLevel;
  /** What a line of one of the folder's files is, for people; the box says which line threw. */
  readonly placeOf?: (file: string, line: number, column?: number) => ErrorPlace | undefined;
}

/** A caller whose process has to be closed. */
export interface BoxedCaller extends Caller {
  /** Ends the process; what it did wrong at the very end, if anything. */
  close(): Promise<Ended | undefined>;
  /** What the function wrote to its console. */
  readonly console: string;
  /** What a statement beside the function threw when its module was loaded. */
  readonly failure: string | undefined;
}

type Started = { readonly process: BoxedProcess } | { readonly failed: CallResult };

/**
 * A caller of a submission's function. After a stopped call the next one gets a new process.
 *
 * @param sandbox - ready to start boxes
 * @param target - the submission's folder, its file, and the function's name
 * @returns a caller that has to be closed
 */
export function boxedCaller(sandbox: Sandbox, target: BoxedFunction): BoxedCaller {
  let current: BoxedProcess | undefined;
  let restartsLeft = sandbox.limits.restarts;
  let lastEnd: Ended | undefined;
  let said = "";
  let failure: string | undefined;
  /** A module that does not load is not loaded again for each case. */
  let unloadable: CallResult | undefined;

  async function started(): Promise<Started> {
    if (current !== undefined) return { process: current };
    const process = await BoxedProcess.start(sandbox, target.folder);
    const failed = await prepare(process, target);
    if (failed === undefined || "failure" in failed) {
      failure = failed?.failure;
      current = process;
      return { process };
    }
    const atEnd = await process.close();
    said = process.console; // what was still on its way when the process was stopped counts
    unloadable = atEnd ?? failed;
    return { failed: unloadable };
  }

  async function call(args: readonly unknown[]): Promise<CallResult> {
    if (unloadable !== undefined) return unloadable;
    if (lastEnd !== undefined && restartsLeft-- <= 0) return lastEnd;
    const start = await started();
    if ("failed" in start) return start.failed;
    const { process } = start;
    const block = new NumberBlock();
    const answered = await process.ask(
      { ask: "call", args: encode(args, block), skip: target.ignore ?? [] },
      { numbers: block.written() },
    );
    if (answered.kind === "reply") {
      const root = process.urlOf("");
      const result = resultOf(answered.reply, answered.numbers, { args, root, ...target });
      if (result.kind !== "tampered") return result;
      lastEnd = result;
    } else {
      lastEnd = answered;
    }
    current = undefined;
    await process.close();
    said = process.console;
    return lastEnd;
  }

  return {
    call,
    async close() {
      if (current === undefined) return undefined;
      const process = current;
      current = undefined;
      const ended = await process.close();
      said = process.console;
      return ended;
    },
    get failure() {
      return failure;
    },
    get console() {
      return current?.console ?? said;
    },
  };
}

/**
 * Waits until a new box says that it is there.
 *
 * @param process - the box, of which nothing was asked yet
 * @throws BoxFailure when it says something else, or nothing
 */
export async function greeted(process: BoxedProcess): Promise<void> {
  const hello = await process.ask({ ask: "hello" });
  if (hello.kind === "reply" && hello.reply["is"] === "hello") return;
  const why = hello.kind === "reply" ? "it did not greet" : hello.message;
  throw new BoxFailure(`the box did not start: ${why}`);
}

/** Loads the function; what went wrong with it or beside it, if anything. */
async function prepare(
  process: BoxedProcess,
  target: BoxedFunction,
): Promise<CallResult | { readonly failure: string } | undefined> {
  try {
    await greeted(process);
  } catch (error) {
    await process.close();
    throw error;
  }
  const loaded = await process.ask({
    ask: "load",
    module: process.urlOf(target.file),
    name: target.name,
  });
  if (loaded.kind !== "reply") return notLoaded(loaded, target);
  const { is, failure, found } = loaded.reply;
  if (is === "loaded") {
    return failure === undefined ? undefined : { failure: withoutBoxPaths(wordsIn(failure)) };
  }
  if (is === "missing") {
    return {
      kind: "crashed",
      message: `${target.name} must be a function, but it is ${wordsIn(found)}`,
    };
  }
  if (is === "failed")
    return { kind: "crashed", message: loadFailure(loaded.reply, process.urlOf(""), target) };
  return STRANGE;
}

/** A file that was still being loaded when its process ended: what it ran is not its function. */
function notLoaded(ended: Ended, { name, file, topLevel, placeOf }: BoxedFunction): Ended {
  const isExit = ended.kind === "crashed" && ended.message.startsWith(ENDED_ITSELF);
  const isAwait = ended.message.startsWith("the file never finishes loading");
  if (isAwait || (ended.kind !== "timeout" && !isExit)) return ended;
  const found = isExit ? (topLevel?.exit ?? topLevel?.slow) : topLevel?.slow;
  const place = found && placeOf?.(file, found.line)?.where;
  const where = place === undefined ? undefined : { place, text: found!.text };
  return { kind: ended.kind, message: topLevelWords(ended.message, name, where) };
}

/** Words that a student's process sent: it may have written anything in their place. */
function wordsIn(sent: unknown): string {
  return typeof sent === "string" ? sent.slice(0, LONGEST_WORDS) : "no words";
}

function withoutBoxPaths(words: string): string {
  return words
    .replaceAll(/file:\/\/\S*\/unrolled-hand-in-\w+\//g, "")
    .replaceAll("file:///submission/", "")
    .replaceAll(/\bfiles\//g, "");
}

/** Why a module did not load, without the box's own paths. */
function loadFailure(
  reply: Readonly<Record<string, unknown>>,
  root: string,
  { placeOf }: BoxedFunction,
): string {
  const words = thrownWords({ name: wordsIn(reply["name"]), message: wordsIn(reply["message"]) });
  const named = placeNamedIn(words, root);
  const at = named && placeOf?.(named.file, named.line, named.column);
  return loadFailureWords(withoutBoxPaths(words), at);
}

/** What a reply is read with. */
export interface Asked {
  /** What the function was given. */
  readonly args: readonly unknown[];
  /** How the box calls the submission's folder. */
  readonly root: string;
  readonly placeOf?: BoxedFunction["placeOf"];
}

/** The line that threw, by what the box says of it, which may be anything. */
function placed(
  { at }: Readonly<Record<string, unknown>>,
  { root, placeOf }: Asked,
): { readonly at?: ErrorPlace } {
  const { file, line } = (at ?? {}) as { readonly file?: unknown; readonly line?: unknown };
  if (typeof file !== "string" || !file.startsWith(root) || !Number.isInteger(line)) return {};
  const place = placeOf?.(file.slice(root.length).replace(/^\//, ""), line as number);
  return place === undefined ? {} : { at: place };
}

const STRANGE = { kind: "tampered", message: "an answer in no form that was asked for" } as const;

/**
 * What a reply to a call says.
 *
 * @param reply - a JSON object that may hold anything
 * @param numbers - what it points into
 * @param asked - what the call was
 * @returns how the call ended; "tampered" for what the box's own program does not write
 */
export function resultOf(
  reply: Readonly<Record<string, unknown>>,
  numbers: Float64Array,
  asked: Asked,
): CallResult {
  const { is, message } = reply;
  try {
    if (is === "answer") {
      return {
        kind: "answer",
        value: decode(reply["value"], from(numbers, reply["from"])),
        argsAfter: argsAfter(reply, numbers, asked),
      };
    }
    if (is === "threw") {
      const name = wordsIn(reply["name"]);
      const words = wordsIn(message);
      if (name === "RangeError" && /allocation failed/i.test(words)) {
        return { kind: "memory", message: words };
      }
      const after = argsAfter(reply, numbers, asked);
      return { kind: "threw", name, message: words, argsAfter: after, ...placed(reply, asked) };
    }
    if (is === "too-large") return { kind: "output-limit", message: wordsIn(message) };
    if (is === "failed") {
      return {
        kind: "crashed",
        message: thrownWords({ name: wordsIn(reply["name"]), message: wordsIn(message) }),
      };
    }
  } catch {
    // not in the grader's language
  }
  return STRANGE;
}

/** The arguments after a call: those that it was given, unless the box sent others. */
function argsAfter(
  { after, afterFrom }: Readonly<Record<string, unknown>>,
  numbers: Float64Array,
  { args }: Asked,
): readonly unknown[] {
  if (after === undefined) return args;
  const value = decode(after, from(numbers, afterFrom));
  if (!Array.isArray(value)) throw new TypeError("the arguments came back as something else");
  return value as unknown[];
}

function from(numbers: Float64Array, at: unknown): Float64Array {
  if (typeof at !== "number" || !Number.isInteger(at) || at < 0 || at > numbers.length) {
    throw new RangeError("numbers from outside the block");
  }
  return numbers.subarray(at);
}
