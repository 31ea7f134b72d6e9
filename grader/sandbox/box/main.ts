/**
 * What runs inside the box, beside student code: it loads the submission's module, calls its
 * function with the arguments that it is sent, and sends back what came.
 *
 * Nothing here is secret and nothing here is trusted. Student code shares this process: it can
 * replace any built-in, read the requests and write answers by itself. All it can reach so is
 * its own answer, which the grader compares outside. What this file does guard is honest code:
 * console output goes to standard error, because standard output is the grader's line, and the
 * built-ins used here are taken before the module is loaded.
 *
 * Reading blocks the thread: once the module is loaded, no timer and no promise of student code runs.
 */
import { CodecError, decode, encode } from "../../values/codec.js";
import { type Frame, ownFrame } from "../../judge/trace/errorPlace.js";
import { thrownWords } from "../../values/outcome.js";
import { callHere, thrown } from "../../judge/observe.js";
import { loadFunction } from "../../source/loading.js";
import { describeValue } from "../../values/describe.js";
import type { AnyFunction, Argument } from "../../../exercises/exercise.js";
import { bodyLength, decodeBody, encodeFrame, HEADER_BYTES } from "../frames.js";
import type { Reply, Request } from "../messages.js";
import { deno } from "./deno.js";

const { stdin, stdout, exit } = deno();

/** The address of the packed folder, in which no file is the student's. */
const PACK = new URL("../../../", import.meta.url).href;

let graded: AnyFunction | undefined;

/** What a console prints by, on standard output but for this. */
const PRINTING = [
  ...(["log", "info", "debug", "dir", "dirxml", "table"] as const),
  ...(["group", "groupCollapsed", "count", "timeEnd", "timeLog"] as const),
];
const SILENT = ["clear", "countReset", "groupEnd", "time"] as const;

consoleToStandardError();
await serve();

async function serve(): Promise<never> {
  for (;;) {
    const request = receive();
    if (request === undefined) return exit(0);
    send(request.id, request.ask === "load" ? await load(request) : answer(request));
  }
}

function answer(request: Exclude<Request, Load>): Reply {
  return request.ask === "hello" ? { is: "hello" } : call(request.args, request.skip);
}

function isSubmissions(file: string): boolean {
  return file.startsWith("file:") && !file.startsWith(PACK);
}

type Load = Extract<Request, { ask: "load" }>;

async function load({ module: file, name }: Load): Promise<Reply> {
  const loaded = await loadFunction(() => import(file) as Promise<Record<string, unknown>>, name);
  switch (loaded.kind) {
    case "function":
      graded = loaded.fn;
      return "failure" in loaded
        ? { is: "loaded", failure: thrownWords(wordsOf(loaded.failure)) }
        : { is: "loaded" };
    case "missing":
      return { is: "missing", found: text(describeValue(loaded.found)) };
    case "failed":
      return { is: "failed", ...wordsOf(loaded.error) };
  }
}

function call(json: unknown, skip: readonly string[]): Reply {
  if (graded === undefined) return { is: "failed", name: "Error", message: "nothing is loaded" };
  let at: Frame | undefined;
  const locate = (error: unknown): undefined => void (at = ownFrame(error, isSubmissions));
  const { outcome, argsAfter } = callHere(graded, decode(json) as Argument[], { locate });
  try {
    const after = encode(argsAfter);
    if (outcome.kind === "threw") {
      return {
        is: "threw",
        name: text(outcome.name),
        message: text(outcome.message),
        argsAfter: after,
        ...(at === undefined ? {} : { at }),
      };
    }
    return { is: "answer", value: encode(outcome.value, skip), argsAfter: after };
  } catch (error) {
    if (error instanceof CodecError) return { is: "too-large", message: error.message };
    return { is: "failed", ...wordsOf(error) };
  }
}

function wordsOf(error: unknown): { name: string; message: string } {
  const { name, message } = thrown(error);
  return { name: text(name), message: text(message) };
}

/** An error's words, which may be of any type and any length. */
function text(words: unknown): string {
  return String(words).slice(0, 2000);
}

type Numbered = Request & { readonly id: number };

/** The next request, or undefined at the end of the grader's questions. */
function receive(): Numbered | undefined {
  const header = read(HEADER_BYTES);
  if (header === undefined) return undefined;
  const body = read(bodyLength(header));
  return body === undefined ? undefined : (decodeBody(body) as Numbered);
}

function read(count: number): Uint8Array | undefined {
  const bytes = new Uint8Array(count);
  let have = 0;
  while (have < count) {
    const more = stdin.readSync(bytes.subarray(have));
    if (more === null) return undefined;
    have += more;
  }
  return bytes;
}

function send(id: number, reply: Reply): void {
  const frame = encodeFrame({ id, ...reply });
  for (let sent = 0; sent < frame.length;) sent += stdout.writeSync(frame.subarray(sent));
}

function consoleToStandardError(): void {
  const { error } = console;
  for (const name of PRINTING) console[name] = error;
  for (const name of SILENT) console[name] = () => undefined;
}
