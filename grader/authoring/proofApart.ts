/** The proof of an exercise in a process of its own, which is ended when it goes on to no other function: one loops. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { packRoot } from "#common/pack-root";

/** How the proof is bounded. */
export interface ProofLimits {
  /** Seconds until its files are loaded. */
  readonly loading: number;
  /** Seconds between one function and the next; it takes milliseconds. */
  readonly seconds: number;
  readonly megabytes: number;
}

const LIMITS: ProofLimits = { loading: 30, seconds: 10, megabytes: 1024 };

/**
 * All that is wrong with an exercise, one line each; none if it is whole.
 *
 * @param id - the folder's name
 * @param limits - what its functions may take
 * @param pack - the folder that holds `exercises` and, built, `dist/exercises`
 */
export function faultsApart(
  id: string,
  limits: ProofLimits = LIMITS,
  pack: string = packRoot,
): Promise<readonly string[]> {
  const { loading, seconds, megabytes } = limits;
  const program = fileURLToPath(new URL("./proofProcess.js", import.meta.url));
  const args = [`--max-old-space-size=${megabytes}`, program, id, pack];
  const proof = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "ignore", "pipe"] });
  const lines = createInterface({ input: proof.stdio[3] as Readable });
  return new Promise((resolve, reject) => {
    let running = ": to load its files";
    let faults: readonly string[] | undefined;
    let clock = setTimeout(stop, 1000 * loading, loading);
    function stop(after: number): void {
      faults = [faultOf(`has not ended after ${after} s; mend its loop`)];
      proof.kill("SIGKILL");
    }
    const faultOf = (what: string): string => `exercises/${id}${running} ${what}`;
    lines.on("line", (line) => {
      clearTimeout(clock);
      if (line.startsWith("[")) {
        faults = JSON.parse(line) as readonly string[];
        return;
      }
      running = `/${line}`;
      clock = setTimeout(stop, 1000 * seconds, seconds);
    });
    proof.on("error", reject);
    proof.on("close", (_code, signal) => {
      clearTimeout(clock);
      // Node aborts where its heap is full.
      const isFull = signal === "SIGABRT";
      const what = isFull
        ? `fills more than ${megabytes} MB; mend its loop`
        : "ends the process; let it return its answer";
      resolve(faults ?? [faultOf(what)]);
    });
  });
}
