import { syncBuiltinESMExports } from "node:module";
import { StringDecoder } from "node:string_decoder";
import type { Output } from "../protocol/threadMessages.js";

type StreamName = "stdout" | "stderr";

/** Characters that one cell may print on one stream. */
const limit = 4_000_000;

/** The encodings in which a text is no text. */
const encoded = /^(base64|base64url|hex|latin1|binary|ascii)$/i;

/** Writes of one turn that go out one by one; what a loop prints beyond that is held and goes out together. */
const direct = 1000;

/** Milliseconds for which a text is held, and characters that are. */
const holding = { milliseconds: 20, characters: 50_000 };

/** Text of one stream that a cell printed. */
interface Held {
  readonly name: StreamName;
  readonly cell: string | undefined;
  text: string;
}

/** Takes what cells write to standard output and error, so that it reaches the notebook. */
export class Streams {
  readonly #send: (output: Output) => void;
  readonly #cell: () => string | undefined;
  readonly #turn: (call: () => void) => unknown;
  readonly #written: Record<StreamName, number> = { stdout: 0, stderr: 0 };
  #writes = 0;
  #held: Held | undefined;
  #sent = 0;

  /**
   * @param send - sends to the protocol thread
   * @param cell - the cell that is printing
   * @param turn - calls in the next turn, as a part of no cell
   */
  constructor(
    send: (output: Output) => void,
    cell: () => string | undefined,
    turn: (call: () => void) => unknown,
  ) {
    this.#send = send;
    this.#cell = cell;
    this.#turn = turn;
    this.#capture("stdout");
    this.#capture("stderr");
    captureDescriptors();
  }

  /** A new cell begins: it may print as much as every other. */
  begin(): void {
    this.#written.stdout = 0;
    this.#written.stderr = 0;
    // An interrupt may have come before the turn that sets it back was asked for.
    this.#writes = 0;
  }

  /** Sends what is held: it comes before whatever is sent next. */
  flush(): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    this.#sent = performance.now();
    const { name, text, cell } = held;
    this.#send({ type: "stream", name, text, ...(cell !== undefined && { cell }) });
  }

  /** Sends a text, or holds it: a message for each line of an endless loop would leave no time for an interrupt. */
  #put(name: StreamName, text: string): void {
    if (this.#writes++ === 0)
      this.#turn(() => {
        this.#writes = 0;
        this.flush();
      });
    const cell = this.#cell();
    if (this.#held?.name !== name || this.#held.cell !== cell) {
      this.flush();
      this.#held = { name, cell, text: "" };
    }
    this.#held.text += text;
    const isFull = this.#held.text.length > holding.characters;
    const isLate = performance.now() - this.#sent > holding.milliseconds;
    if (this.#writes <= direct || isFull || isLate) this.flush();
  }

  #capture(name: StreamName): void {
    const decoder = new StringDecoder("utf8");
    const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      const [encoding] = rest;
      // A text may stand for bytes, such as one in base64.
      const isText =
        typeof chunk === "string" && !(typeof encoding === "string" && encoded.test(encoding));
      this.#print(name, isText ? chunk : decoder.write(bytesOf(chunk, encoding)));
      const done = rest.find((argument) => typeof argument === "function");
      if (done !== undefined) process.nextTick(done as () => void);
      return true;
    };
    process[name].write = write as typeof process.stdout.write;
  }

  #print(name: StreamName, text: string): void {
    const before = this.#written[name];
    this.#written[name] += text.length;
    if (before >= limit || text === "") return;
    const room = limit - before;
    this.#put(name, text.slice(0, room));
    if (text.length > room) {
      const notice = `\n… the rest of this cell's ${name} is not shown (more than ${limit / 1e6} MB)\n`;
      this.#put(name, notice);
    }
  }
}

type Done = (error: null, length: number, what: unknown) => void;

/** What is written to the numbers of the standard streams, as loggers do, goes the streams' way. */
function captureDescriptors(): void {
  const fs = process.getBuiltinModule("node:fs");
  const { write, writeSync } = fs;
  const names = new Map<unknown, StreamName>([
    [1, "stdout"],
    [2, "stderr"],
  ]);
  /** How many bytes were written; undefined where the number is another file's. */
  const written = (fd: unknown, values: readonly unknown[]): number | undefined => {
    const name = names.get(fd);
    if (name === undefined) return undefined;
    const bytes = writtenBytes(values);
    process[name].write(bytes);
    return bytes.length;
  };
  const sync = (fd: unknown, ...values: unknown[]): unknown =>
    written(fd, values) ?? Reflect.apply(writeSync, fs, [fd, ...values]);
  const later = (fd: unknown, ...values: unknown[]): unknown => {
    const length = written(fd, values);
    if (length === undefined) return Reflect.apply(write, fs, [fd, ...values]);
    return void setImmediate(() => (values.at(-1) as Done)(null, length, values[0]));
  };
  // With what else they hold, such as the form for promises.
  fs.writeSync = Object.defineProperties(
    sync,
    Object.getOwnPropertyDescriptors(writeSync),
  ) as typeof writeSync;
  fs.write = Object.defineProperties(
    later,
    Object.getOwnPropertyDescriptors(write),
  ) as typeof write;
  syncBuiltinESMExports();
}

/** The bytes that a call of fs.write means: a text with its encoding, or a part of an array. */
function writtenBytes([what, second, third]: readonly unknown[]): Uint8Array {
  if (typeof what === "string") return bytesOf(what, typeof third === "string" ? third : "utf8");
  const view = what as NodeJS.ArrayBufferView;
  const part = (typeof second === "object" ? second : { offset: second, length: third }) as {
    readonly offset?: unknown;
    readonly length?: unknown;
  } | null;
  const offset = typeof part?.offset === "number" ? part.offset : 0;
  const length = typeof part?.length === "number" ? part.length : view.byteLength - offset;
  return new Uint8Array(view.buffer, view.byteOffset + offset, length);
}

function bytesOf(chunk: string | Uint8Array, encoding: unknown): Uint8Array {
  return typeof chunk === "string" ? Buffer.from(chunk, encoding as BufferEncoding) : chunk;
}
