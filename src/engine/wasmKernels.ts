/** The kernels in WebAssembly: assembly/kernels.ts, compiled into kernelBytes.ts. */
import { kernelBytes } from "./kernelBytes.js";
import type { Kernels } from "./kernels.js";
import type { EngineMemory } from "./memory.js";
import { atob, type WasmModule, WebAssembly } from "./webAssembly.js";

/**
 * Instantiates the kernels over a memory.
 *
 * @param memory - where their pointers point
 * @throws CompileError where this machine has no WebAssembly SIMD
 */
export function wasmKernels(memory: EngineMemory): Kernels {
  const { exports } = new WebAssembly.Instance(compiled(), { env: { memory: memory.wasm } });
  return exports as unknown as Kernels;
}

let module: WasmModule | undefined;

function compiled(): WasmModule {
  module ??= new WebAssembly.Module(
    Uint8Array.from(atob(kernelBytes), (byte) => byte.charCodeAt(0)),
  );
  return module;
}
