import { StringDecoder } from "node:string_decoder";
import type { Output } from "../protocol/threadMessages.js";

type StreamName = "stdout" | "stderr";

/** Characters that one cell may print on one stream. */
const limit = 4_000_000;

/** Takes what cells write to standard output and error, so that it reaches the notebook. */
export class Streams {
  readonly #send: (output: Output) => void;
  readonly #written: Record<StreamName, number> = { stdout: 0, stderr: 0 };

  constructor(send: (output: Output) => void) {
    this.#send = send;
    this.#capture("stdout");
    this.#capture("stderr");
  }

  /** A new cell begins: it may print as much as every other. */
  begin(): void {
    this.#written.stdout = 0;
    this.#written.stderr = 0;
  }

  #capture(name: StreamName): void {
    const decoder = new StringDecoder("utf8");
    const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      this.#print(name, typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk)));
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
    this.#send({ type: "stream", name, text: text.slice(0, room) });
    if (text.length > room) {
      const notice = `\n… the rest of this cell's ${name} is not shown (more than ${limit / 1e6} MB)\n`;
      this.#send({ type: "stream", name, text: notice });
    }
  }
}
