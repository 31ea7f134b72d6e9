/**
 * What runs inside the box, beside student code: it loads the submission's module, calls its
 * function with the arguments that it is sent, and sends back what came. Or it loads several
 * exercises' modules, runs all their cases, and tells besides whether one changed what all share.
 *
 * Nothing here is secret and nothing here is trusted. Student code shares this process: it can
 * replace any built-in, read the requests and write answers by itself. All it can reach so is
 * its own answer, which the grader compares outside. What this file does guard is honest code:
 * console output goes to standard error, because standard output is the grader's line, and the
 * built-ins used here are taken before the module is loaded.
 *
 * Reading blocks the thread: once the module is loaded, no timer and no promise of student code runs.
 */
import { deno } from "./deno.js";
import { Calls } from "./calls.js";
import { setMark, turnOf } from "./marks.js";
import { watchRealm } from "./realm.js";
import { thrownWords } from "../../values/outcome.js";
import { loading } from "../../source/absent.js";
import { exportedFunction, loadFunction } from "../../source/loading.js";
import { describeValue } from "../../values/describe.js";
import type { AnyFunction } from "../../../exercises/exercise.js";
import { decodeBody, encodeFrame, type FrameBody, HEADER_BYTES, readHeader } from "../frames.js";
import type { Reply, Request } from "../messages.js";
import { text, wordsOf } from "./words.js";

const { stdin, stdout, exit } = deno();

let graded: AnyFunction | undefined;
/** Several exercises' modules. */
let together: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
/** Says whether one of them changed what all share. */
let changed: (() => string | undefined) | undefined;

/** What a console prints by, on standard output but for this. */
const PRINTING = [
  ...(["log", "info", "debug", "dir", "dirxml", "table"] as const),
  ...(["group", "groupCollapsed", "count", "timeEnd", "timeLog"] as const),
];
const SILENT = ["clear", "countReset", "groupEnd", "time"] as const;

consoleToStandardError();

/**
 * Answers the grader's questions until there are no more.
 *
 * @param pack - the address of the packed folder
 * @returns never: the process ends
 */
export async function serve(pack: string): Promise<never> {
  for (;;) {
    const request = receive();
    if (request === undefined) return exit(0);
    const { id, numbers } = request;
    const asked = request.json as Request;
    // Nothing but loading is waited for, so that no timer and no promise of student code runs after it.
    if (asked.ask === "load") send(id, await load(asked));
    else if (asked.ask === "load-all") send(id, await loadAll(asked));
    else answer(id, asked, numbers, new Calls(pack));
  }
}

type Loading = Extract<Request, { ask: "load" | "load-all" }>;

function answer(
  id: number,
  request: Exclude<Request, Loading>,
  numbers: Float64Array,
  calls: Calls,
): void {
  if (request.ask === "hello") {
    send(id, { is: "hello" });
    return;
  }
  const reply =
    request.ask === "call" ? call(request, numbers, calls) : run(request, numbers, calls);
  sendText(id, reply, calls.numbers);
}

function call(
  request: Extract<Request, { ask: "call" }>,
  numbers: Float64Array,
  calls: Calls,
): string {
  return graded === undefined ? NOTHING : calls.call(graded, request, numbers);
}

const NOTHING = JSON.stringify({ is: "failed", name: "Error", message: "nothing is loaded" });

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

/** Takes the picture of what several exercises share, before any of them is there. */
export function makeReady(): void {
  changed ??= watchRealm();
}

async function loadAll({ index, mark }: Extract<Request, { ask: "load-all" }>): Promise<Reply> {
  setMark(mark);
  makeReady();
  try {
    // One import of all: no timer and no promise of one module's runs before the next is loaded.
    together = (await loading(() => import(index))) as never;
    return { is: "loaded" };
  } catch (error) {
    return { is: "failed", ...wordsOf(error) };
  }
}

/** All cases of all exercises, each called twice, as one reply's text. */
function run(
  { exercises }: Extract<Request, { ask: "run" }>,
  numbers: Float64Array,
  calls: Calls,
): string {
  if (together === undefined || changed === undefined) return NOTHING;
  const texts: string[] = [];
  for (let n = 0; n < exercises.length; n++) {
    const one = exercises[n]!;
    turnOf(n);
    const fn = exportedFunction(together[`m${n}`], one.name);
    texts.push(fn === undefined ? "null" : calls.cases(fn, one, numbers));
  }
  const change = changed();
  const more = change === undefined ? "" : `,"changed":${JSON.stringify(change)}`;
  return `{"is":"ran","exercises":[${texts.join(",")}]${more}}`;
}

/** The next request, or undefined at the end of the grader's questions. */
function receive(): (FrameBody & { readonly id: number }) | undefined {
  const bytes = read(HEADER_BYTES);
  if (bytes === undefined) return undefined;
  const header = readHeader(bytes);
  const body = read(header.bodyBytes);
  return body === undefined ? undefined : { id: header.id, ...decodeBody(header, body) };
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
  sendText(id, JSON.stringify(reply));
}

function sendText(id: number, reply: string, numbers?: Float64Array): void {
  const frame = encodeFrame(id, reply, numbers);
  for (let sent = 0; sent < frame.length;) sent += stdout.writeSync(frame.subarray(sent));
}

function consoleToStandardError(): void {
  const { error } = console;
  for (const name of PRINTING) console[name] = error;
  for (const name of SILENT) console[name] = () => undefined;
}
