/**
 * A sequence x⟨1⟩, …, x⟨T_x⟩ of matrices of one shape: time runs from 1 to T_x everywhere
 * outside this file; the −1 happens in {@link Sequence.at} alone.
 */
import { jupyterDisplay, type MimeBundle } from "../display/mimeBundle.js";
import { sequenceBundle } from "../display/matrixBundle.js";
import { OutOfRangeError, ShapeError } from "../core/errors.js";
import { Mat, requireMat, shapeText } from "../core/matrix.js";

/** T_x matrices (R, C), one a time step; columns are examples. */
export class Sequence<R extends string = string, C extends string = string> implements Iterable<
  Mat<R, C>
> {
  /** Rows of each step's matrix. */
  readonly rows: number;
  /** Columns of each step's matrix: the number of examples m. */
  readonly cols: number;
  private readonly steps: readonly Mat<R, C>[];

  private constructor(steps: readonly Mat<R, C>[]) {
    const [first] = steps;
    if (first === undefined) {
      throw new ShapeError("Sequence: expected at least one time step, got none");
    }
    steps.forEach((step, index) => {
      requireMat("Sequence", `x⟨${index + 1}⟩`, step);
      if (step.rows !== first.rows || step.cols !== first.cols) {
        throw new ShapeError(
          `Sequence: x⟨1⟩ is ${shapeText(first)} but x⟨${index + 1}⟩ is ${shapeText(step)}; all steps need one shape (pad shorter examples: padBatch)`,
        );
      }
    });
    this.steps = Array.from(steps);
    this.rows = first.rows;
    this.cols = first.cols;
  }

  /**
   * The sequence of these steps, x⟨1⟩ first.
   *
   * @throws ShapeError when there is no step or the steps' shapes differ
   */
  static of<R extends string, C extends string>(steps: readonly Mat<R, C>[]): Sequence<R, C> {
    return new Sequence(steps);
  }

  /** The sequence of `step(t)` for t = 1, …, T. */
  static build<R extends string, C extends string>(
    T: number,
    step: (t: number) => Mat<R, C>,
  ): Sequence<R, C> {
    return new Sequence(Array.from({ length: T }, (_, index) => step(index + 1)));
  }

  /** T steps of (rows, cols) zeros. */
  static zeros<R extends string, C extends string>(
    T: number,
    rows: number,
    cols: number,
  ): Sequence<R, C> {
    return Sequence.build(T, () => Mat.zeros<R, C>(rows, cols));
  }

  /** The number of time steps of an input sequence. */
  get T_x(): number {
    return this.steps.length;
  }

  /** The number of time steps of an output sequence: the same number as {@link Sequence.T_x}. */
  get T_y(): number {
    return this.steps.length;
  }

  /**
   * x⟨t⟩, for t = 1, …, T_x.
   *
   * @throws OutOfRangeError for any other t
   */
  at(t: number): Mat<R, C> {
    const step = this.steps[t - 1];
    if (step === undefined) {
      throw new OutOfRangeError(
        `Sequence.at: no step ⟨${t}⟩: t runs from 1 to ${this.steps.length}`,
      );
    }
    return step;
  }

  /** The sequence of `f(x⟨t⟩, t)`. */
  map<Q extends string, D extends string>(
    f: (step: Mat<R, C>, t: number) => Mat<Q, D>,
  ): Sequence<Q, D> {
    return new Sequence(this.steps.map((step, index) => f(step, index + 1)));
  }

  /** x⟨fromT⟩, …, x⟨toT⟩, both included. */
  slice(fromT: number, toT: number): Sequence<R, C> {
    return Sequence.build(toT - fromT + 1, (t) => this.at(fromT + t - 1));
  }

  /** x⟨T_x⟩, …, x⟨1⟩. */
  reverse(): Sequence<R, C> {
    return new Sequence(Array.from(this.steps).reverse());
  }

  /** x⁽ⁱ⁾: example i (from 1) alone, a batch of one: each step a (rows, 1) column. */
  example(i: number): Sequence<R, C> {
    if (!(Number.isInteger(i) && i >= 1 && i <= this.cols)) {
      throw new OutOfRangeError(
        `Sequence.example: no example (${i}): i runs from 1 to ${this.cols}`,
      );
    }
    return this.map((step) => step.column(i - 1));
  }

  /** The steps in order. */
  [Symbol.iterator](): Iterator<Mat<R, C>> {
    return this.steps[Symbol.iterator]();
  }

  /** The entries as nested arrays: [step][row][column], all counted from 0. */
  toArray(): number[][][] {
    return this.steps.map((step) => step.toArray());
  }

  /** The number of steps and their shape. */
  toString(): string {
    return `Sequence of ${this.steps.length} steps, each ${shapeText(this)}`;
  }

  /** How a notebook shows this sequence: LaTeX and a heat map. */
  [jupyterDisplay](): MimeBundle {
    return sequenceBundle(this);
  }
}

/** Whether `value` is a sequence, of this copy of the library or of another one. */
export function isSequence(value: unknown): value is Sequence {
  return (
    value instanceof Sequence ||
    (typeof value === "object" && value !== null && "T_x" in value && "at" in value)
  );
}
