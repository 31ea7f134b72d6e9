/**
 * Programs that a cell starts. Those that inherit the kernel's standard output and error would write where nobody looks:
 * what they write is taken here and printed by the cell.
 */
import type { EventEmitter } from "node:events";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CellContext } from "./cellContext.js";

type OutputName = "stdout" | "stderr";
type Method = (this: unknown, ...values: unknown[]) => unknown;

/** What of a `ChildProcess` is used here. */
interface Child extends EventEmitter {
  readonly pid?: number;
  stdout: NodeJS.ReadableStream | null;
  stderr: NodeJS.ReadableStream | null;
  readonly stdio: (NodeJS.ReadableStream | null)[];
}

/**
 * Shows in the notebook what programs write to what they inherit.
 *
 * @param context - knows which cell is running
 * @param waits - is told when a cell begins to wait for a program, of those that run beside it; and then of the end
 */
export function captureChildProcesses(
  context: CellContext,
  waits: (others: readonly number[] | undefined) => void,
): void {
  const module = process.getBuiltinModule("node:child_process");
  const functions = module as unknown as Record<string, Method>;
  const prototype = module.ChildProcess.prototype as unknown as { spawn: Method };
  const { spawn } = prototype;
  const running = new Set<number>();
  prototype.spawn = function (options) {
    const { stdio, captured } = sortedOut((options as { stdio?: unknown }).stdio, "pipe");
    const code = spawn.call(this, { ...(options as object), stdio });
    const child = this as Child;
    const { pid } = child;
    if (pid !== undefined) {
      running.add(pid);
      child.once("exit", () => running.delete(pid));
    }
    for (const [index, name] of captured) {
      const print = (text: Buffer): unknown => process[name].write(text);
      child.stdio[index]?.on("data", context.follow(print));
      // For the cell it is as if the program had written to the kernel's own output.
      child.stdio[index] = null;
      child[index === 1 ? "stdout" : "stderr"] = null;
    }
    return code;
  };
  for (const name of ["spawnSync", "execSync", "execFileSync"]) {
    const original = functions[name]!;
    const waited = (values: readonly unknown[]): unknown => {
      waits([...running]);
      try {
        return Reflect.apply(original, module, values);
      } finally {
        waits(undefined);
      }
    };
    functions[name] = (...values) => {
      const at = values.findLastIndex((one) => typeof one === "object" && !Array.isArray(one));
      const options = values[at] as { readonly stdio?: unknown } | null | undefined;
      if (options?.stdio === undefined) return waited(values);
      const { stdio, captured } = sortedOut(options.stdio, "pipe");
      const files = captured.map(([index, output]) => {
        const path = join(tmpdir(), `unrolled-output-${crypto.randomUUID()}`);
        return { output, path, file: (stdio[index] = openSync(path, "wx", 0o600)) };
      });
      try {
        return waited(values.with(at, { ...options, stdio }));
      } finally {
        for (const { output, path, file } of files) {
          closeSync(file);
          process[output].write(readFileSync(path));
          rmSync(path);
        }
      }
    };
  }
  syncBuiltinESMExports();
}

/** The `stdio` option as a list, and which of it leads to the kernel's output: index and output. */
function sortedOut(
  given: unknown,
  instead: "pipe",
): {
  readonly stdio: unknown[];
  readonly captured: readonly (readonly [index: number, name: OutputName])[];
} {
  const stdio: unknown[] = Array.isArray(given) ? [...(given as unknown[])] : [given, given, given];
  const captured: (readonly [number, OutputName])[] = [];
  for (const index of [1, 2]) {
    const name = outputOf(stdio[index], index);
    if (name === undefined) continue;
    captured.push([index, name]);
    stdio[index] = instead;
  }
  if (stdio[0] === process.stdin) stdio[0] = "ignore";
  return { stdio, captured };
}

function outputOf(value: unknown, index: number): OutputName | undefined {
  const file = value === "inherit" ? index : value;
  if (file === 1 || file === process.stdout) return "stdout";
  return file === 2 || file === process.stderr ? "stderr" : undefined;
}
