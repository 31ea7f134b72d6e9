/** The few parts of Deno that the box uses; they are there when this runs, and only then. */
export interface DenoRuntime {
  readonly stdin: { readSync(into: Uint8Array): number | null };
  readonly stdout: { writeSync(from: Uint8Array): number };
  readonly stderr: { writeSync(from: Uint8Array): number };
  exit(code: number): never;
}

/** The runtime of this process. */
export function deno(): DenoRuntime {
  return (globalThis as unknown as { Deno: DenoRuntime }).Deno;
}
