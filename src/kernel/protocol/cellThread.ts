import type { MessagePort } from "node:worker_threads";
import { Interruption } from "./interruption.js";
import { MemoryGuard } from "./memoryGuard.js";
import type { Calls, FromCells, StopReason, ToCells } from "./threadMessages.js";

interface Pending {
  readonly message: ToCells;
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The protocol thread's side of the port to the thread that runs cells. */
export class CellThread {
  readonly #port: MessagePort;
  readonly #pending = new Map<number, Pending>();
  readonly #interruption: Interruption;
  readonly #memory: MemoryGuard;
  #lastId = 0;

  constructor(port: MessagePort, heapLimit: number, onOutput: (message: FromCells) => void) {
    this.#port = port;
    this.#interruption = new Interruption((id, reason) =>
      this.#send({ type: "interrupt", id, reason }),
    );
    this.#memory = new MemoryGuard(heapLimit, () => void this.interrupt("memory"));
    port.on("message", (message: FromCells) => {
      switch (message.type) {
        case "answer":
          this.#take(message.id)?.resolve(message.result);
          break;
        case "failure":
          this.#take(message.id)?.reject(new Error(message.message));
          break;
        case "ready":
          this.#interruption.ready();
          break;
        case "heard":
          this.#interruption.heard(message.id);
          break;
        case "waits":
          this.#interruption.waits(message.others);
          break;
        case "interrupted":
          this.#interruption.done(message.id);
          this.#repeatLost(message.taken);
          break;
        default:
          onOutput(message);
      }
    });
  }

  /** Asks for one of the calls; its outputs come to `onOutput` before the promise settles. */
  call<K extends keyof Calls>(
    name: K,
    argument: Calls[K]["argument"],
  ): Promise<Calls[K]["result"]> {
    const id = ++this.#lastId;
    const message = { type: "call", id, name, argument } as ToCells;
    return new Promise((resolve, reject) => {
      this.#memory.start();
      this.#pending.set(id, { message, resolve: resolve as Pending["resolve"], reject });
      this.#send(message);
    });
  }

  /** Answers the prompt that waits. */
  input(value: string): void {
    this.#send({ type: "input", value });
  }

  /** Stops what runs; resolves when the thread is free again. */
  interrupt(reason: StopReason = "asked"): Promise<void> {
    return this.#interruption.run(reason);
  }

  #send(message: ToCells): void {
    this.#port.postMessage(message);
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#memory.stop();
    return pending;
  }

  /** A termination can hit the thread while it takes a message off the port: the call is made again. */
  #repeatLost(taken: number): void {
    for (const [id, { message }] of this.#pending) if (id > taken) this.#send(message);
  }
}
