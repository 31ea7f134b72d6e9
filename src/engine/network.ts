/** One network of the engine: parameters in, batches in, loss and gradients out. */
import type { EngineMemory } from "./memory.js";
import type { Operations } from "./operations.js";
import { EngineError, OutOfRangeError, ShapeError } from "../core/errors.js";
import { isMat, Mat, shapeText } from "../core/matrix.js";
import { Sequence } from "../notation/sequence.js";
import { atPath } from "../core/parameterSet.js";
import type { CellName } from "../cells/cellByName.js";
import { BidirectionalLayers } from "./layers.js";
import { LstmRecurrence } from "./lstmRecurrence.js";
import { layOut, type Model, type ModelSpec, sizeOf } from "./models.js";
import type { Threads } from "./nodeParts.js";
import { type Parameter, readParameter, writeParameter } from "./panels.js";
import type { Recurrence } from "./recurrence.js";

/** What a network is. */
export interface NetworkOptions {
  /** "tagger": an output at every step; "classifier": one in all; "translator": encoder and decoder. */
  readonly form?: ModelSpec["form"];
  readonly cell: CellName;
  readonly n_x: number;
  readonly n_a: number;
  readonly n_y: number;
  /** Examples in a batch. */
  readonly m: number;
  /** Steps of the input. */
  readonly T_x: number;
  /** Steps of a translator's output; T_x unless said. */
  readonly T_y?: number;
  /** Layers one upon the other, their parameters under "layers"; one layer without that name unless said. */
  readonly layers?: number;
  readonly bidirectional?: boolean;
  /** Inputs are dense columns (unless said), or indices of one-hot columns. */
  readonly inputs?: ModelSpec["inputs"];
  /** Labels are indices (unless said), or columns that sum to 1. */
  readonly targets?: ModelSpec["targets"];
  /**
   * Keep only about √T_x states of a tagger and compute the others anew on the way back: memory O(√T_x) for one
   * more forward pass.
   */
  readonly checkpoints?: boolean;
}

/** How {@link Network.adamStep} moves the parameters; the library's `train` has the same values. */
export interface AdamStepOptions {
  readonly learningRate?: number;
  /** Gradients of a larger norm are clipped to it; no clipping unless said. */
  readonly maxNorm?: number;
  /** Each gradient's entry is clipped to it first; no clipping unless said. */
  readonly maxValue?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/** A thread's model, and which examples of the batch are its own. */
interface Part {
  readonly model: Model;
  /** The first example, from 0. */
  readonly first: number;
  readonly gradients: number;
}

/** What a network uses of the engine that made it. */
export interface EngineParts {
  readonly memory: EngineMemory;
  readonly operations: Operations;
  /** Threads that share a batch. */
  readonly threads: number;
}

let lastId = 0;

/** A network of the engine for one batch size; made by an engine's `network`. */
export class Network {
  readonly spec: ModelSpec;
  readonly m: number;
  readonly #engine: EngineParts;
  readonly #threads: Threads | undefined;
  readonly #parts: readonly Part[];
  readonly #parameters: number;
  readonly #parameterBytes: number;
  readonly #id: number;
  readonly #onClose: () => void;
  readonly #blocks: { readonly start: number; readonly bytes: number }[] = [];
  #means: { readonly mean: number; readonly square: number; steps: number } | undefined;
  #closed = false;

  constructor(
    engine: EngineParts,
    threads: Threads | undefined,
    options: NetworkOptions,
    onClose: () => void,
  ) {
    this.spec = specOf(options);
    this.m = options.m;
    this.#engine = engine;
    this.#id = ++lastId;
    this.#onClose = onClose;
    try {
      this.#parameterBytes = sizeOf(this.spec, 1, engine.operations).parameterBytes;
      this.#parameters = this.#allocate(this.#parameterBytes);
      const shares = shareOut(this.m, threads === undefined ? 1 : engine.threads);
      this.#threads = shares.length > 1 ? threads : undefined;
      this.#parts = shares.map((share, k) => this.#part(share, k));
      if (this.spec.bidirectional) this.setReversal(new Array<number>(this.m).fill(this.spec.T_x));
    } catch (error) {
      this.#free();
      throw error;
    }
  }

  /** Bytes that the network holds. */
  get bytes(): number {
    return this.#blocks.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * Sets the parameters.
   *
   * @param set - the readable set (RnnParameters, GruParameters, LstmParameters, DeepParameters, …)
   * @throws ShapeError when a matrix is missing or has another shape
   */
  setParameters(set: object): void {
    this.#requireOpen();
    for (const [path, parameter] of this.#named()) {
      const matrix = atPath(set, path.split("."));
      if (!isMat(matrix) || matrix.rows !== parameter.rows || matrix.cols !== parameter.cols) {
        const got = isMat(matrix) ? shapeText(matrix) : "no matrix";
        throw new ShapeError(
          `Network.setParameters: ${path} is wrong: expected (${parameter.rows}, ${parameter.cols}), got ${got}`,
        );
      }
      writeParameter(this.#engine.memory, this.#parameters, parameter, matrix);
    }
  }

  /**
   * The parameters by their paths, such as "Wax" or "layers.0.Wf".
   *
   * @returns copies, in float64
   */
  parameters(): Record<string, Mat> {
    return this.#read(this.#parameters, (path) => path);
  }

  /**
   * The gradients of the last {@link Network.lossAndGradients} by their paths, such as "dWax" or "layers.0.dWf".
   *
   * @returns copies, in float64; sums over the examples, as the loss has them
   */
  gradients(): Record<string, Mat> {
    return this.#read(this.#parts[0]!.gradients, gradientPath);
  }

  /**
   * Sets the inputs.
   *
   * @param x - a sequence (n_x, m) of T_x steps, or its numbers step after step, example after example, n_x a column;
   *   for a network whose inputs are indices: T_x m of them, step after step, −1 for a column of zeros
   * @param mask - 1 where an example has a step, 0 where it is padding, (1, m) a step; what stands in padded columns
   *   is not read: they are zeros. All 1 when left out
   * @throws ShapeError when there are not T_x · m columns
   */
  setInputs(x: Sequence | Float32Array | Int32Array, mask?: Sequence<"1", "m">): void {
    const { n_x, T_x, inputs } = this.spec;
    const indices = inputs === "indices";
    if (mask !== undefined) this.#requireMask("setInputs", mask, T_x);
    this.#setColumns("setInputs", x, indices ? 1 : n_x, T_x, (part) => part.x, indices ? n_x : 0);
    if (mask !== undefined) this.#clearPadding(mask, inputs, n_x, (part) => part.x);
  }

  /**
   * Sets a translator's inputs to its decoder.
   *
   * @param y - a sequence (n_y, m) of T_y steps, or its numbers as {@link Network.setInputs} takes
   *   them
   * @throws ShapeError when there are not T_y · m columns
   */
  setDecoderInputs(y: Sequence | Float32Array): void {
    const { n_y, T_y } = this.spec;
    this.#setColumns("setDecoderInputs", y, n_y, T_y, (part) => part.decoderInputs, 0);
  }

  /**
   * Sets what the outputs are compared with; every loss counts 1/m.
   *
   * @param y - labels step after step, example after example (−1: no loss), or columns (n_y, m) a step
   * @param mask - 1 where a column counts, 0 where it is padding, (1, m) a step; all 1 when left out
   * @throws ShapeError, OutOfRangeError when the number of columns differs or a label is no class
   */
  setTargets(y: Int32Array | Sequence | Float32Array, mask?: Sequence<"1", "m">): void {
    const { n_y, targets } = this.spec;
    const steps = this.#parts[0]!.model.lossSteps;
    const [rows, classes] = targets === "labels" ? [1, n_y] : [n_y, 0];
    if (mask !== undefined) this.#requireMask("setTargets", mask, steps);
    this.#setColumns("setTargets", y, rows, steps, (part) => part.targets, classes);
    const weights = new Float32Array(steps * this.m).fill(1 / this.m);
    if (mask !== undefined) {
      for (let t = 0; t < steps; t++)
        mask.at(t + 1).data.forEach((one, i) => (weights[t * this.m + i]! *= one));
    }
    this.#setColumns("setTargets", weights, 1, steps, (part) => part.weights, 0);
    if (mask !== undefined) this.#clearPadding(mask, targets, n_y, (part) => part.targets);
  }

  /**
   * Sets a⟨0⟩ of a network of one layer in one direction (zeros unless set), and c⟨0⟩ of an LSTM.
   *
   * @param a_0 - (n_a, m)
   * @param c_0 - (n_a, m); zeros when left out
   * @throws ShapeError when a shape differs
   */
  setInitialState(a_0: Mat, c_0?: Mat): void {
    this.#requireOpen();
    const { n_a } = this.spec;
    for (const [name, matrix] of Object.entries({ a_0, c_0 })) {
      if (matrix === undefined || (matrix.rows === n_a && matrix.cols === this.m)) continue;
      throw new ShapeError(
        `Network.setInitialState: ${name} is ${shapeText(matrix)}: expected (${n_a}, ${this.m})`,
      );
    }
    for (const { model: part, first } of this.#parts) {
      const floats = n_a * part.m;
      const place = part.initial[0]!;
      writeColumns(a_0, first, part.m, this.#engine.memory.floatsAt(place, floats));
      if (this.spec.cell !== "lstm") continue;
      const c = this.#engine.memory.floatsAt(place + floats * 4, floats);
      if (c_0 === undefined) c.fill(0);
      else writeColumns(c_0, first, part.m, c);
    }
  }

  /**
   * Sets which states a classifier or an encoder reads: h = Σ_t w⟨t⟩ ∗ a⟨t⟩.
   *
   * @param w - (1, m) at each of T_x steps
   */
  setReading(w: Sequence<"1", "m">): void {
    this.#setColumns("setReading", w, 1, this.spec.T_x, (part) => part.reading, 0);
  }

  /**
   * Sets where a bidirectional network begins to read backwards.
   *
   * @param steps - the last valid step of each example (T_x unless set)
   * @throws ShapeError, OutOfRangeError when there is not one for each example, or it is no step
   */
  setReversal(steps: readonly number[]): void {
    const { T_x } = this.spec;
    if (
      steps.length !== this.m ||
      steps.some((t) => !(Number.isInteger(t) && t >= 1 && t <= T_x))
    ) {
      throw new ShapeError(
        `Network.setReversal: expected ${this.m} steps from 1 to ${T_x}, one an example, got ${steps.join(", ")}`,
      );
    }
    for (const { model: part, first } of this.#parts) {
      const [layers] = part.layers;
      if (!(layers instanceof BidirectionalLayers)) continue;
      const reversal = this.#engine.memory.integersAt(layers.reversal, T_x * part.m);
      for (let t = 0; t < T_x; t++) {
        for (let i = 0; i < part.m; i++) {
          const last = steps[first + i]!; // steps 0 … last − 1 change places, the others stay
          reversal[t * part.m + i] = (t < last ? last - 1 - t : t) * part.m + i;
        }
      }
    }
  }

  /**
   * Forward, loss, and backpropagation through time, over the whole batch.
   *
   * @returns the total loss in nats: the sum over the steps of the mean over the examples
   */
  lossAndGradients(): number {
    this.#requireOpen();
    const [own, ...others] = this.#parts;
    this.#threads?.start(this.#id, others.length);
    own!.model.lossAndGradients();
    this.#threads?.finish();
    for (const { gradients } of others)
      this.#engine.operations.add(own!.gradients, gradients, this.#parameterBytes / 4);
    return this.perStep().reduce((sum, loss) => sum + loss, 0);
  }

  /**
   * The last loss of each step, in nats.
   *
   * @returns one number a step that has a loss
   */
  perStep(): number[] {
    const steps = this.#parts[0]!.model.lossSteps;
    const sums = new Array<number>(steps).fill(0);
    for (const { model: part } of this.#parts) {
      const losses = this.#engine.memory.floatsAt(part.losses, steps * part.m);
      for (let t = 0, n = 0; t < steps; t++)
        for (let i = 0; i < part.m; i++, n++) sums[t]! += losses[n]!;
    }
    return sums;
  }

  /**
   * The last predictions ŷ⟨t⟩, (n_y, m) a step. Not kept with checkpoints.
   *
   * @returns copies, in float64
   * @throws EngineError when checkpoints are on
   */
  predictions(): Sequence<"n_y", "m"> {
    if (this.spec.block < this.spec.T_x) {
      throw new EngineError(
        "Network.predictions: a network with checkpoints does not keep them; leave out the option",
      );
    }
    const { n_y } = this.spec;
    return this.#readColumns(
      this.#parts[0]!.model.lossSteps,
      n_y,
      n_y,
      (part) => part.outputs.yhat,
    );
  }

  /**
   * The last states a⟨t⟩, (n_a, m) a step: of a translator's encoder, of both directions one above the other
   * (2 n_a, m), or of one layer.
   *
   * @param layer - which, from 0; the top one unless said
   * @returns copies, in float64
   */
  states(layer = this.spec.layers - 1): Sequence<"n_a", "m"> {
    const states = (part: Model): Pick<Recurrence, "a" | "ld"> => {
      const layers = part.layers[0]!;
      return this.spec.bidirectional
        ? { a: () => layers.h, ld: layers.ldh }
        : layers.recurrences[layer]!;
    };
    const rows = this.spec.n_a * (this.spec.bidirectional ? 2 : 1);
    const { ld } = states(this.#parts[0]!.model);
    return this.#readColumns(this.spec.T_x, rows, ld, (part) => states(part).a(1));
  }

  /**
   * The last memories c⟨t⟩ of an LSTM's top layer, (n_a, m) a step.
   *
   * @returns copies, in float64
   * @throws EngineError for another cell
   */
  memories(): Sequence<"n_a", "m"> {
    const { T_x, n_a } = this.spec;
    const top = (part: Model): Recurrence | undefined => part.layers[0]!.recurrences.at(-1);
    if (!(top(this.#parts[0]!.model) instanceof LstmRecurrence)) {
      throw new EngineError("Network.memories: only an LSTM has memories c⟨t⟩; read states()");
    }
    return this.#readColumns(T_x, n_a, n_a, (part) => (top(part) as LstmRecurrence).c(1));
  }

  /**
   * One step of Adam from the last gradients (clipped first), in place.
   *
   * @param options - Adam's settings, and the norm to which the gradients are clipped
   * @returns the gradients' norm before it was clipped
   * @throws OutOfRangeError when that norm is no finite number; the parameters stay as they were
   */
  adamStep(options: AdamStepOptions = {}): number {
    this.#requireOpen();
    const { learningRate = 0.01, maxNorm = Infinity, maxValue = Infinity } = options;
    const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
    const { operations } = this.#engine;
    const count = this.#parameterBytes / 4;
    const { gradients } = this.#parts[0]!;
    if (this.#means === undefined) {
      const [mean, square] = [
        this.#allocate(this.#parameterBytes),
        this.#allocate(this.#parameterBytes),
      ];
      this.#means = { mean, square, steps: 0 };
    }
    const means = this.#means;
    if (maxValue < Infinity) operations.clampValues(gradients, count, maxValue);
    const norm = Math.sqrt(operations.squaredNorm(gradients, count));
    if (!Number.isFinite(norm)) {
      throw new OutOfRangeError(
        `Network.adamStep: the gradients' norm is ${norm}: expected a finite number; the parameters are as before this step, and a smaller learningRate or maxNorm may keep it so`,
      );
    }
    means.steps += 1;
    operations.adam(
      this.#parameters,
      gradients,
      means.mean,
      means.square,
      count,
      norm > maxNorm ? maxNorm / norm : 1,
      learningRate / (1 - beta1 ** means.steps),
      beta1,
      beta2,
      1 / (1 - beta2 ** means.steps),
      epsilon,
    );
    return norm;
  }

  /** Frees the network's memory. */
  close(): void {
    if (this.#closed) return;
    this.#threads?.release(this.#id);
    this.#free();
    this.#closed = true;
    this.#onClose();
  }

  #part({ first, m }: { first: number; m: number }, k: number): Part {
    const { operations } = this.#engine;
    const { spec } = this;
    const { arenaBytes } = sizeOf(spec, m, operations);
    const place = {
      parameters: this.#parameters,
      gradients: this.#allocate(this.#parameterBytes),
      arena: this.#allocate(arenaBytes),
    };
    if (k > 0) this.#threads!.assign(k - 1, { network: this.#id, spec, m, place });
    return { model: layOut(spec, m, operations, place), first, gradients: place.gradients };
  }

  /** A block of zeros. */
  #allocate(bytes: number): number {
    const start = this.#engine.memory.allocate(bytes);
    this.#blocks.push({ start, bytes });
    this.#engine.operations.clear(start, bytes / 4);
    return start;
  }

  #free(): void {
    for (const { start, bytes } of this.#blocks) this.#engine.memory.free(start, bytes);
    this.#blocks.length = 0;
  }

  #requireOpen(): void {
    if (this.#closed) throw new EngineError("Network: it is closed; make another");
  }

  #named(): [string, Parameter][] {
    return Object.entries(this.#parts[0]!.model.parameters);
  }

  #read(base: number, nameOf: (path: string) => string): Record<string, Mat> {
    this.#requireOpen();
    return Object.fromEntries(
      this.#named().map(([path, parameter]) => {
        const matrix = new Mat(parameter.rows, parameter.cols);
        readParameter(this.#engine.memory, base, parameter, matrix);
        return [nameOf(path), matrix];
      }),
    );
  }

  #requireMask(caller: string, mask: Sequence<"1", "m">, steps: number): void {
    if (mask.T_x === steps && mask.cols === this.m) return;
    throw new ShapeError(
      `Network.${caller}: the mask has ${mask.T_x} steps of ${mask.cols} examples: expected ${steps} of ${this.m}`,
    );
  }

  /** Zeros in padded columns (−1 for an index), whatever stood there: a NaN times a weight of 0 would be a NaN. */
  #clearPadding(
    mask: Sequence<"1", "m">,
    kind: ModelSpec["inputs"] | ModelSpec["targets"],
    rows: number,
    place: (part: Model) => number,
  ): void {
    const { memory } = this.#engine;
    for (const { model: part, first } of this.#parts) {
      const count = mask.T_x * part.m;
      const [columns, size, nothing] =
        kind === "columns"
          ? ([memory.floatsAt(place(part), count * rows), rows, 0] as const)
          : ([memory.integersAt(place(part), count), 1, -1] as const);
      for (let t = 0; t < mask.T_x; t++) {
        const mask_t = mask.at(t + 1).data;
        for (let i = 0; i < part.m; i++) {
          const at = (t * part.m + i) * size;
          if (mask_t[first + i] === 0) columns.fill(nothing, at, at + size);
        }
      }
    }
  }

  /** Deals out columns to the threads' models; `classes` > 0 says that they are indices below it, or −1. */
  #setColumns(
    caller: string,
    values: Sequence | Float32Array | Int32Array,
    rows: number,
    steps: number,
    place: (part: Model) => number,
    classes: number,
  ): void {
    this.#requireOpen();
    const { m } = this;
    const given =
      values instanceof Sequence ? values.T_x * values.rows * values.cols : values.length;
    const fits =
      values instanceof Sequence
        ? values.T_x === steps && values.rows === rows && values.cols === m
        : given === steps * rows * m;
    const integer = values instanceof Int32Array;
    if (!fits || classes > 0 !== integer) {
      const got = values instanceof Sequence ? String(values) : `${given} numbers`;
      const kind = classes > 0 ? "an Int32Array of indices" : "a Sequence or Float32Array";
      throw new ShapeError(
        `Network.${caller}: expected ${kind} with ${steps} steps of (${rows}, ${m}), ${steps * rows * m} numbers; got ${got}`,
      );
    }
    if (integer) requireIndices(caller, values, classes);
    for (const { model: part, first } of this.#parts) {
      const count = rows * part.m;
      for (let t = 0; t < steps; t++) {
        const at = place(part) + t * count * 4;
        const from = (t * m + first) * rows;
        if (values instanceof Sequence) {
          const target = this.#engine.memory.floatsAt(at, count);
          writeColumns(values.at(t + 1), first, part.m, target);
        } else if (integer) {
          this.#engine.memory.integersAt(at, count).set(values.subarray(from, from + count));
        } else {
          this.#engine.memory.floatsAt(at, count).set(values.subarray(from, from + count));
        }
      }
    }
  }

  #readColumns<R extends string>(
    steps: number,
    rows: number,
    ld: number,
    place: (part: Model) => number,
  ): Sequence<R, "m"> {
    this.#requireOpen();
    const result = Sequence.zeros<R, "m">(steps, rows, this.m);
    for (const { model: part, first } of this.#parts) {
      const values = this.#engine.memory.floatsAt(place(part), steps * part.m * ld);
      for (let t = 0; t < steps; t++) {
        const { data } = result.at(t + 1);
        for (let i = 0; i < part.m; i++) {
          const column = (t * part.m + i) * ld;
          for (let k = 0; k < rows; k++) data[k * this.m + first + i] = values[column + k]!;
        }
      }
    }
    return result;
  }
}

/** Columns `first`, …, of a readable matrix (rows, m), one after the other. */
function writeColumns(matrix: Mat, first: number, count: number, target: Float32Array): void {
  const { rows, cols, data } = matrix;
  for (let k = 0; k < rows; k++) {
    const row = k * cols + first;
    for (let i = 0; i < count; i++) target[i * rows + k] = data[row + i]!;
  }
}

function requireIndices(caller: string, values: Int32Array, classes: number): void {
  const at = values.findIndex((value) => value < -1 || value >= classes);
  if (at < 0) return;
  throw new OutOfRangeError(
    `Network.${caller}: number ${at + 1} is ${values[at]}: expected 0 to ${classes - 1}, or −1 for none`,
  );
}

/** "layers.0.Wf" → "layers.0.dWf". */
function gradientPath(path: string): string {
  return path.replace(/[^.]*$/, "d$&");
}

/** The batch's examples among the threads, as evenly as can be; none gets nothing. */
function shareOut(m: number, threads: number): { first: number; m: number }[] {
  const count = Math.min(threads, m);
  return Array.from({ length: count }, (_, k) => {
    const first = Math.floor((k * m) / count);
    return { first, m: Math.floor(((k + 1) * m) / count) - first };
  });
}

function specOf(options: NetworkOptions): ModelSpec {
  const { form = "tagger", cell, n_x, n_a, n_y, m, T_x, T_y = T_x, layers = 1 } = options;
  const sizes = { n_x, n_a, n_y, m, T_x, T_y, layers };
  for (const [name, size] of Object.entries(sizes)) {
    if (Number.isInteger(size) && size >= 1) continue;
    throw new OutOfRangeError(
      `Engine.network: expected a whole number ${name} of at least 1, got ${size}`,
    );
  }
  const { bidirectional = false, inputs = "columns", targets = "labels" } = options;
  const { checkpoints = false } = options;
  const refuse = (what: string): never => {
    throw new OutOfRangeError(`Engine.network: ${what}`);
  };
  if (bidirectional && layers > 1) refuse("bidirectional networks have one layer here");
  if (form === "translator" && (bidirectional || layers > 1))
    refuse("a translator has one layer in one direction here");
  if (form === "translator" && inputs === "indices") refuse("a translator's inputs are columns");
  if (checkpoints && (bidirectional || form !== "tagger"))
    refuse("checkpoints are for taggers in one direction");
  const block = checkpoints ? Math.ceil(Math.sqrt(T_x)) : T_x;
  return {
    form,
    cell,
    n_x,
    n_a,
    n_y,
    T_x,
    T_y: form === "tagger" ? T_x : T_y,
    layers,
    listed: options.layers !== undefined,
    bidirectional,
    inputs,
    targets,
    block,
  };
}
