/** What the engine uses of WebAssembly's interface; the library's compiler options know of no browser and no Node. */

/** A memory that WebAssembly, BLAS and threads share. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  /** Grows in place by pages of 64 KiB; throws a RangeError where that cannot be. */
  grow(pages: number): number;
}

/** A compiled module; opaque. */
export type WasmModule = object;

interface Api {
  readonly Memory: new (options: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: boolean;
  }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: object };
}

/** WebAssembly, and the decoding of base 64, as every JavaScript engine has them. */
export const { WebAssembly, atob } = globalThis as unknown as {
  readonly WebAssembly: Api;
  readonly atob: (text: string) => string;
};
