/** The operations in WebAssembly: assembly/operations.ts, compiled into operationBytes.ts. */
import { operationBytes } from "./operationBytes.js";
import type { Operations } from "./operations.js";
import type { SharedMemory } from "./memory.js";
import { atob, type WasmModule, WebAssembly } from "./webAssembly.js";

/**
 * Instantiates the operations over a memory.
 *
 * @param memory - where their pointers point
 * @returns the operations, which compute in place
 * @throws CompileError where this machine has no WebAssembly SIMD
 */
export function wasmOperations(memory: SharedMemory): Operations {
  const { exports } = new WebAssembly.Instance(compiled(), { env: { memory: memory.wasm } });
  return exports as unknown as Operations;
}

let module: WasmModule | undefined;

function compiled(): WasmModule {
  module ??= new WebAssembly.Module(
    Uint8Array.from(atob(operationBytes), (byte) => byte.charCodeAt(0)),
  );
  return module;
}
