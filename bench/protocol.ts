/**
 * How the driver and a contestant speak: JSON, a request a line in, an answer a line out, strictly
 * in turns. A contestant is a process of its own that lives through the whole run, so that no one's
 * memory, threads or compiled code stand in another's way.
 */
import { createInterface } from "node:readline";
import process from "node:process";
import type { Configuration } from "./rows.js";

/** A burst of repetitions, after a warm-up of the same length at most. */
export interface BurstRequest {
  readonly configuration: Configuration;
  /** The file with the numbers (see problem.ts). */
  readonly file: string;
  /** Which of the contestant's ways. */
  readonly variant: string;
  /** Milliseconds of warm-up, at least one repetition. */
  readonly warmUp: number;
  /** The burst goes on until both are reached, or `mostMilliseconds` have passed. */
  readonly repetitions: number;
  readonly milliseconds: number;
  readonly mostMilliseconds: number;
  /** Whether the gradients' norm is wanted, which takes a step more. */
  readonly check: boolean;
}

/** What came of it. */
export interface BurstAnswer extends About {
  /** Of each repetition: forward, loss, backward, the gradients of all parameters. */
  readonly milliseconds: readonly number[];
  /** The loss, in nats. */
  readonly loss: number;
  /** √Σ of the squares of all gradients, where it was asked for. */
  readonly gradientNorm?: number;
}

/** What else some contestants tell. */
export interface About {
  /** Floating-point operations of a repetition, where products alone are measured. */
  readonly operations?: number;
  /** Bytes that a network of the engine holds. */
  readonly bytes?: number;
  /** Milliseconds of each of the engine's kernels in a repetition. */
  readonly profile?: Readonly<Record<string, number>>;
}

/** A contestant's first line: the versions of what it computes with. */
export interface Hello {
  readonly versions: Readonly<Record<string, string>>;
}

/** In place of an answer: why there is none. */
export interface Refusal {
  readonly error: string;
}

/** A problem that is ready to be computed again and again. */
export interface Prepared {
  /** Forward, loss, backward, all gradients; returns the loss. */
  readonly step: () => number;
  /** The norm of the gradients that {@link step} computed. */
  readonly gradientNorm: () => number;
  readonly about?: () => About;
}

/** Runs a contestant's side in this process, until the driver closes the line. */
export async function contend(
  versions: Readonly<Record<string, string>>,
  prepare: (request: BurstRequest) => Prepared,
): Promise<void> {
  const prepared = new Map<string, Prepared>();
  const answer = (request: BurstRequest): BurstAnswer => {
    const key = `${request.file} ${request.variant}`;
    const ready = prepared.get(key) ?? prepare(request);
    prepared.set(key, ready);
    const { step, gradientNorm, about } = ready;
    let loss = NaN;
    const timed = (): number => {
      const start = performance.now();
      loss = step();
      return performance.now() - start;
    };
    for (let spent = 0; spent < request.warmUp;) spent += timed();
    const milliseconds: number[] = [];
    let spent = 0;
    do {
      milliseconds.push(timed());
      spent += milliseconds.at(-1)!;
    } while (
      spent < request.mostMilliseconds &&
      (milliseconds.length < request.repetitions || spent < request.milliseconds)
    );
    const checked = request.check ? { gradientNorm: gradientNorm() } : {};
    return { ...about?.(), ...checked, milliseconds, loss };
  };
  say({ versions } satisfies Hello);
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      say(answer(JSON.parse(line) as BurstRequest));
    } catch (error) {
      say({ error: error instanceof Error ? error.message : String(error) } satisfies Refusal);
    }
  }
}

function say(message: Hello | BurstAnswer | Refusal): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
