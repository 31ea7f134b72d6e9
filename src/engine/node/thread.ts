/** A thread of threads.ts. */
import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { openPath, withProducts } from "../computing.js";
import type { SharedMemory } from "../memory.js";
import { layOut, type Model } from "../models.js";
import { loadBlas } from "./blas.js";
import { controlSlots, looks, slot, type ThreadData, type ThreadMessage } from "./threads.js";

const { memory: wasm, control: offset, settings, port } = workerData as ThreadData;
const memory: SharedMemory = { wasm };
const control = new Int32Array(wasm.buffer, offset, controlSlots);
const operations = openOperations();
const models = new Map<number, Model>();

for (let seen = 0; ;) {
  for (let looked = 0; Atomics.load(control, slot.start) === seen; looked++) {
    if (looked >= looks) Atomics.wait(control, slot.start, seen);
  }
  seen = Atomics.load(control, slot.start);
  try {
    takeMessages();
    models.get(control[slot.network]!)!.lossAndGradients();
    control[slot.failed] = 0;
  } catch {
    control[slot.failed] = 1;
  }
  Atomics.store(control, slot.done, seen);
  Atomics.notify(control, slot.done);
}

function openOperations(): ReturnType<typeof withProducts> {
  const { path, blasFile } = settings;
  const { operations } = openPath(path === "js" ? "js" : "wasm", memory, undefined);
  return blasFile === undefined
    ? operations
    : withProducts(operations, loadBlas(blasFile, memory, operations));
}

function takeMessages(): void {
  for (
    let next = receiveMessageOnPort(port);
    next !== undefined;
    next = receiveMessageOnPort(port)
  ) {
    const message = next.message as ThreadMessage;
    if ("release" in message) models.delete(message.release);
    else {
      const { network, spec, m, place } = message.share;
      models.set(network, layOut(spec, m, operations, place));
    }
  }
}
