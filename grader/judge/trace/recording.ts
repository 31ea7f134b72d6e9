/**
 * The calls of a cell that was handed in: which arguments, in which order.
 *
 * An exercise over a sequence takes its cell as an argument, and practice hands over a stand-in; so
 * nothing has to be replaced to watch it. What was recorded makes words, never a grade: a right answer
 * passes however it was made.
 */
import type { AnyFunction } from "../../../exercises/exercise.js";
import { stepArguments } from "../../../exercises/standIns.js";
import { isMat, isSequence, Mat, Sequence } from "../../../src/index.js";
import { describeValue, isPlainRecord } from "../../values/describe.js";
import { Foreign } from "../../values/foreign.js";

/** One call of a cell. */
export interface StepCall {
  /** As they were when the cell was called. */
  readonly args: readonly unknown[];
  /** What the cell gave back, by key, as it is now; nothing where it threw. */
  readonly result: Readonly<Record<string, unknown>>;
}

/** The calls of one cell, during one call of the function that takes it. */
export interface Recording {
  /** The stand-in's name. */
  readonly step: string;
  /** The first {@link MOST_CALLS} calls, in order. */
  readonly calls: readonly StepCall[];
  /** How many came in all. */
  readonly count: number;
}

/** More calls than this are counted only: a loop without an end must not fill the memory. */
export const MOST_CALLS = 1000;

/** A longer sequence is kept as words: it is none that a right function hands over. */
const MOST_STEPS = 100;

/** Records the calls of the cell among a case's arguments. */
export class Recorder {
  private step: string | undefined;
  private readonly calls: StepCall[] = [];
  private count = 0;
  private readonly copies = new WeakMap<object, unknown>();

  /**
   * A function like `fn` that keeps what it is called with; `fn` itself where that is no step of a
   * sequence.
   *
   * @param name - the stand-in's name
   * @param fn - the stand-in
   * @returns what is handed over in its place
   */
  readonly watch = (name: string, fn: AnyFunction): AnyFunction => {
    if (!Object.hasOwn(stepArguments, name)) return fn;
    this.step = name;
    const call = fn as (...args: readonly unknown[]) => unknown;
    return (...args: readonly unknown[]): unknown => {
      if (this.count++ >= MOST_CALLS) return call(...args);
      const copies = args.map((arg) => this.safeCopyOf(arg));
      const at = this.calls.push({ args: copies, result: {} }) - 1;
      const result = call(...args);
      if (isPlainRecord(result)) this.calls[at] = { args: copies, result };
      return result;
    };
  };

  /**
   * What was recorded so far.
   *
   * @returns undefined where no cell was handed over
   */
  recording(): Recording | undefined {
    if (this.step === undefined) return undefined;
    return { step: this.step, calls: this.calls.slice(), count: this.count };
  }

  /** Whatever a learner hands over: watching must not throw where the cell would not. */
  private safeCopyOf(value: unknown): unknown {
    try {
      return this.copyOf(value);
    } catch {
      return new Foreign("a value that can't be read");
    }
  }

  /** Matrices, and sequences of them, may be written over later; what holds them, parameters and caches, is copied once. */
  private copyOf(value: unknown): unknown {
    if (isMat(value)) return new Mat(value.rows, value.cols, value.data);
    if (typeof value !== "object" || value === null) return value;
    if (isSequence(value) && value.T_x <= MOST_STEPS) {
      return Sequence.build(value.T_x, (t) => this.copyOf(value.at(t)) as Mat);
    }
    if (Array.isArray(value) || isSequence(value) || ArrayBuffer.isView(value)) {
      return new Foreign(describeValue(value));
    }
    if (!this.copies.has(value)) {
      const copy: Record<string, unknown> = {};
      this.copies.set(value, copy);
      for (const [key, entry] of Object.entries(value)) copy[key] = this.copyOf(entry);
    }
    return this.copies.get(value);
  }
}
