/**
 * A sequence x⟨1⟩, …, x⟨T_x⟩ of matrices of one shape: time runs from 1 to T_x everywhere
 * outside this file; the −1 happens in {@link Sequence.at} alone.
 */
import { jupyterDisplay, type MimeBundle } from "../display/mimeBundle.js";
import { sequenceBundle } from "../display/matrixBundle.js";
import { inWords, requireFunction } from "../core/arguments.js";
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
    if (steps.length === 0) {
      throw new ShapeError("Sequence: expected at least one time step, got none");
    }
    requireMat("Sequence", "x⟨1⟩", first);
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
   * @param steps - at least one, all (rows, cols); kept, not copied
   * @returns the sequence, with T_x = the number of steps
   * @throws ShapeError when there is no step or the steps' shapes differ
   */
  static of<R extends string, C extends string>(steps: readonly Mat<R, C>[]): Sequence<R, C> {
    if (!Array.isArray(steps)) {
      throw new ShapeError("Sequence.of: expected an array of matrices; wrap a single one: [x_1]");
    }
    return new Sequence(steps);
  }

  /**
   * The sequence of `step(t)` for t = 1, …, T.
   *
   * @param T - the number of steps, at least 1
   * @param step - called for t = 1, …, T in this order
   * @returns the sequence, with T_x = T
   * @throws ShapeError when T is less than 1 or the steps' shapes differ; OutOfRangeError when T is no whole
   *   number
   */
  static build<R extends string, C extends string>(
    T: number,
    step: (t: number) => Mat<R, C>,
  ): Sequence<R, C> {
    if (!Number.isInteger(T)) {
      throw new OutOfRangeError(
        `Sequence.build: expected a whole number of steps T, got ${inWords(T)}`,
      );
    }
    requireFunction("Sequence.build", "step", step);
    return new Sequence(Array.from({ length: T }, (_, index) => step(index + 1)));
  }

  /**
   * T steps of (rows, cols) zeros.
   *
   * @param T - the number of steps, at least 1
   * @param rows - rows of each step
   * @param cols - columns of each step
   * @returns the sequence, with T_x = T
   * @throws ShapeError when T is less than 1 or a size is no whole number ≥ 0; OutOfRangeError when T is no
   *   whole number
   */
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
   * @param t - the time step, 1 to T_x
   * @returns (rows, cols)
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

  /**
   * The sequence of `f(x⟨t⟩, t)`.
   *
   * @param f - called for t = 1, …, T_x in this order
   * @returns as many steps, of the shape that `f` gives
   * @throws ShapeError when what `f` gives differs in shape
   */
  map<Q extends string, D extends string>(
    f: (step: Mat<R, C>, t: number) => Mat<Q, D>,
  ): Sequence<Q, D> {
    return new Sequence(this.steps.map((step, index) => f(step, index + 1)));
  }

  /**
   * x⟨fromT⟩, …, x⟨toT⟩, both included.
   *
   * @param fromT - the first step that is kept, from 1
   * @param toT - the last step that is kept
   * @returns toT − fromT + 1 steps, counted from 1 again
   * @throws OutOfRangeError when a step lies outside 1 … T_x; ShapeError when toT is before fromT
   */
  slice(fromT: number, toT: number): Sequence<R, C> {
    return Sequence.build(toT - fromT + 1, (t) => this.at(fromT + t - 1));
  }

  /**
   * x⟨T_x⟩, …, x⟨1⟩.
   *
   * @returns the same T_x steps
   */
  reverse(): Sequence<R, C> {
    return new Sequence(Array.from(this.steps).reverse());
  }

  /**
   * x⁽ⁱ⁾: example i (from 1) alone, a batch of one: each step a (rows, 1) column.
   *
   * @param i - the example, 1 to m
   * @returns T_x steps of (rows, 1)
   * @throws OutOfRangeError for any other i
   */
  example(i: number): Sequence<R, C> {
    if (!(Number.isInteger(i) && i >= 1 && i <= this.cols)) {
      throw new OutOfRangeError(
        `Sequence.example: no example (${i}): i runs from 1 to ${this.cols}`,
      );
    }
    return this.map((step) => step.column(i - 1));
  }

  /**
   * The steps in order.
   *
   * @returns an iterator over x⟨1⟩, …, x⟨T_x⟩
   */
  [Symbol.iterator](): Iterator<Mat<R, C>> {
    return this.steps[Symbol.iterator]();
  }

  /**
   * The entries as nested arrays: [step][row][column], all counted from 0.
   *
   * @returns T_x arrays of rows
   */
  toArray(): number[][][] {
    return this.steps.map((step) => step.toArray());
  }

  /**
   * The number of steps and their shape.
   *
   * @returns one line, without the entries
   */
  toString(): string {
    return `Sequence of ${this.steps.length} steps, each ${shapeText(this)}`;
  }

  /**
   * How a notebook shows this sequence: LaTeX and a heat map.
   *
   * @returns MIME types, each with its text
   */
  [jupyterDisplay](): MimeBundle {
    return sequenceBundle(this);
  }
}

/**
 * Whether `value` is a sequence, of this copy of the library or of another one.
 *
 * @param value - anything
 * @returns true also for an object of another class that has `T_x` and `at`
 */
export function isSequence(value: unknown): value is Sequence {
  return (
    value instanceof Sequence ||
    (typeof value === "object" && value !== null && "T_x" in value && "at" in value)
  );
}
