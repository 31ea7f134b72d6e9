/** The few parts of Deno that the box uses; they are there when this runs, and only then. */
export interface DenoRuntime {
  readonly args: readonly string[];
  readonly stdin: { readSync(into: Uint8Array): number | null };
  readonly stdout: { writeSync(from: Uint8Array): number };
  readonly stderr: { writeSync(from: Uint8Array): number };
  readonly permissions: {
    revokeSync(what: { readonly name: string; readonly path?: string }): { readonly state: string };
  };
  dlopen<Name extends string>(
    library: string,
    symbols: Readonly<Record<Name, Native>>,
  ): { readonly symbols: Readonly<Record<Name, (...args: readonly unknown[]) => number>> };
  readDirSync(path: string): Iterable<{ readonly name: string }>;
  removeSync(path: string, options: { readonly recursive: boolean }): void;
  exit(code: number): never;
}

/** A function of a native library. */
interface Native {
  readonly parameters: readonly string[];
  readonly result: string;
  /** Its name there, where it is called by another one here. */
  readonly name?: string;
  /** Whether a thread of its own waits for it, and the caller gets a promise. */
  readonly nonblocking?: boolean;
}

/** The runtime of this process. */
export function deno(): DenoRuntime {
  return (globalThis as unknown as { Deno: DenoRuntime }).Deno;
}
