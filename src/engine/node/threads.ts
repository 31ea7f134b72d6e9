/**
 * Threads for the engine: each computes its share of a batch with a model of its own over the one shared memory.
 *
 * Theory of operation: a start is a number in shared memory, counted up by one; a thread that sees it run its model
 * and writes the same number behind it. Both sides look a while before they sleep (a step takes a millisecond, a
 * wake-up a twentieth of that). Messages (which models there are) are taken off the port before each run, so that
 * nothing has to wait for an event loop.
 */
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { EngineError } from "../../core/errors.js";
import type { EngineMemory } from "../memory.js";
import type { Share, Threads, ThreadSettings } from "../nodeParts.js";
import type { WasmMemory } from "../webAssembly.js";

/** 32-bit numbers of a thread's control block (a cache line of its own). */
export const controlSlots = 16;
/** Counts the starts; which network; the last finished start; whether it failed. */
export const slot = { start: 0, network: 1, done: 2, failed: 3 } as const;
/** Looks before sleeping. */
export const looks = 20_000;

/** What a thread is told when it is made. */
export interface ThreadData {
  readonly memory: WasmMemory;
  readonly control: number;
  readonly settings: ThreadSettings;
  readonly port: MessagePort;
}

/** What a thread is told later. */
export type ThreadMessage = { readonly share: Share } | { readonly release: number };

/**
 * Starts threads.
 *
 * @param program - thread.js
 * @param count - how many, besides the caller's
 * @param memory - what they share
 * @param settings - the caller's path
 * @returns the threads, which wait for work; `finish` throws an EngineError when one has failed
 */
export function startThreads(
  program: URL,
  count: number,
  memory: EngineMemory,
  settings: ThreadSettings,
): Threads {
  const bytes = controlSlots * 4;
  const threads = Array.from({ length: count }, () => {
    const block = memory.allocate(bytes);
    const control = block.integers(block.start, controlSlots).fill(0);
    const { port1, port2 } = new MessageChannel();
    const workerData: ThreadData = {
      memory: memory.wasm,
      control: block.start,
      settings,
      port: port2,
    };
    const worker = new Worker(program, {
      workerData,
      transferList: [port2],
      execArgv: [],
    });
    worker.unref();
    port1.unref();
    return { worker, port: port1, block, control };
  });
  let running: typeof threads = [];
  return {
    assign: (k, share) => threads[k]!.port.postMessage({ share } satisfies ThreadMessage),
    release: (network) => {
      for (const { port } of threads)
        port.postMessage({ release: network } satisfies ThreadMessage);
    },
    start: (network, count) => {
      running = threads.slice(0, count);
      for (const { control } of running) {
        control[slot.network] = network;
        Atomics.add(control, slot.start, 1);
        Atomics.notify(control, slot.start);
      }
    },
    finish: () => {
      for (const { control } of running) {
        waitFor(control);
        if (control[slot.failed] !== 0) {
          throw new EngineError(
            "Network.lossAndGradients: a thread failed; open the engine with threads: 1 to see the error itself",
          );
        }
      }
    },
    close: () => {
      for (const { worker, port, block } of threads) {
        port.close();
        void worker.terminate().then(() => block.free());
      }
    },
  };
}

/** Waits until a thread has finished its last start. */
function waitFor(control: Int32Array): void {
  const start = control[slot.start]!;
  let looked = 0;
  for (;;) {
    const done = Atomics.load(control, slot.done);
    if (done === start) return;
    if (++looked < looks) continue;
    // The first run waits until the thread has loaded its modules.
    if (Atomics.wait(control, slot.done, done, 60_000) === "timed-out") {
      throw new EngineError(
        "Network.lossAndGradients: a thread has not answered for a minute; open the engine with threads: 1",
      );
    }
  }
}
