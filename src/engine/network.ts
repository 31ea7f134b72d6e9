/** One network of the engine: parameters in, batches in, loss and gradients out. */
import type { Block, EngineMemory } from "./memory.js";
import type { Operations } from "./operations.js";
import { EngineError, OutOfRangeError, ShapeError } from "../core/errors.js";
import { isMat, Mat, shapeText } from "../core/matrix.js";
import { Sequence } from "../notation/sequence.js";
import { lastValidSteps } from "../notation/padding.js";
import { atPath } from "../core/parameterSet.js";
import { adamSettings, type AdamStepOptions, largestGradient } from "./adamSettings.js";
import {
  type Columns,
  type ColumnsExpected,
  maskBytes,
  requireColumns,
  requireFloat32,
  requireShape,
  writeColumns,
  wrongLabels,
} from "./batch.js";
import { BidirectionalLayers } from "./layers.js";
import { LstmRecurrence } from "./lstmRecurrence.js";
import { layOut, type Model, type ModelSpec, sizeOf } from "./models.js";
import { type NetworkOptions, specOf } from "./networkOptions.js";
import type { Threads } from "./nodeParts.js";
import { type Parameter, readParameter, writeParameter } from "./panels.js";

/** A thread's model, and which examples of the batch are its own. */
interface Part {
  readonly model: Model;
  /** The first example, from 0. */
  readonly first: number;
  readonly gradients: Block;
  /** Where all of the model's numbers but the parameters and gradients stand. */
  readonly arena: Block;
}

/** What a network uses of the engine that made it. */
export interface EngineParts {
  readonly memory: EngineMemory;
  readonly operations: Operations;
  /** Threads that share a batch. */
  readonly threads: number;
}

/** What must be set before a run, and the setter of each. */
const setters = {
  parameters: "setParameters",
  inputs: "setInputs",
  "decoder inputs": "setDecoderInputs",
  targets: "setTargets",
} as const;

/** Numbers of each column, for reading: where those of step 1 stand, and how far apart columns are. */
interface Place {
  readonly start: number;
  readonly ld: number;
  /** For each column the one that stands in its place; undefined: they stand in order. */
  readonly order?: Int32Array;
}

/** A run that came to its end, and since which nothing was set. */
interface Run {
  /** Which columns were no steps (0), where a loss would have been; undefined: none. */
  readonly padded: Uint8Array | undefined;
  /** Whether Adam has moved the parameters by its gradients. */
  stepped: boolean;
}

let lastId = 0;

/**
 * A network of the engine for one batch size; made by an engine's `network`.
 *
 * Each setter checks all that it is given before it writes any of it: what it refuses has changed nothing. What a run
 * gave can be read until something is set anew; from then on it is refused, until the next run: it would be taken for
 * the new inputs' or parameters'.
 */
export class Network {
  readonly spec: ModelSpec;
  readonly m: number;
  readonly #engine: EngineParts;
  readonly #threads: Threads | undefined;
  readonly #parts: readonly Part[];
  readonly #parameters: Block;
  readonly #parameterBytes: number;
  readonly #id: number;
  readonly #onClose: () => void;
  readonly #blocks: Block[] = [];
  /** Adam's running means, one behind the other in one block. */
  #means: { readonly block: Block; steps: number } | undefined;
  /** A copy of the gradients, to be clipped by value. */
  #copy: Block | undefined;
  readonly #given = new Set<keyof typeof setters>();
  /** For each column of the inputs (and of a decoder's) whether it is a step of its example; undefined: all are. */
  #valid: Uint8Array | undefined;
  #decoderValid: Uint8Array | undefined;
  /** What each column's loss counts, but for padding of the inputs; and which columns of labels are wrong. */
  #targetWeights = new Float32Array(0);
  #wrongLabels: ReadonlyMap<number, string> = new Map();
  /** Whether a caller said what is read, and where the way backwards begins. */
  #readingSaid = false;
  #reversalSaid = false;
  /** The last run, as long as nothing was set since. */
  #run: Run | undefined;
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
      if (this.spec.bidirectional) this.#writeReversal(this.#allSteps());
      if (this.spec.form !== "tagger") this.#writeReading(this.#allSteps());
    } catch (error) {
      threads?.release(this.#id);
      this.#free();
      throw error;
    }
  }

  /** Bytes that the network holds. */
  get bytes(): number {
    return this.#blocks.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /**
   * Sets the parameters. What Adam remembers of earlier gradients stays: {@link Network.resetOptimiser} forgets it.
   *
   * @param set - the readable set (RnnParameters, GruParameters, LstmParameters, DeepParameters, …), or matrices by
   *   their paths, as {@link Network.parameters} gives them
   * @throws ShapeError when a matrix is missing or has another shape, or there are more layers than the network's
   * @throws OutOfRangeError when float32 does not hold a number
   */
  setParameters(set: object): void {
    this.#requireOpen("setParameters");
    this.#requireNoLayerBeside(set);
    const all = this.#named().map(([path, parameter]) => {
      const matrix = matrixAt(set, path);
      requireShape(`setParameters: ${path}`, matrix, parameter.rows, parameter.cols);
      return [parameter, matrix as unknown as Mat] as const;
    });
    for (const [parameter, matrix] of all) writeParameter(this.#parameters, parameter, matrix);
    this.#changed("parameters");
  }

  /**
   * The parameters by their paths, such as "Wax" or "layers.0.Wf".
   *
   * @returns copies, in float64
   */
  parameters(): Record<string, Mat> {
    this.#requireOpen("parameters");
    this.#requireGiven("parameters", ["parameters"]);
    return this.#read(this.#parameters, (path) => path);
  }

  /**
   * The gradients of the last {@link Network.lossAndGradients} by their paths, such as "dWax" or "layers.0.dWf".
   *
   * @returns copies, in float64; sums over the examples, as the loss has them
   */
  gradients(): Record<string, Mat> {
    this.#requireRun("gradients");
    return this.#read(this.#parts[0]!.gradients, gradientPath);
  }

  /**
   * Sets the inputs.
   *
   * @param x - a sequence (n_x, m) of T_x steps, or its numbers step after step, example after example, n_x a column;
   *   for a network whose inputs are indices: T_x m of them, step after step, −1 for a column of zeros
   * @param mask - 1 where an example has a step, 0 where it is padding, (1, m) a step, wherever the padding stands.
   *   There the state stays as it is, nothing is predicted and no loss counts; what stands in x there is not read. A
   *   bidirectional network reads backwards from each example's last step, and a classifier or translator reads the
   *   state there unless {@link Network.setReading} says another. All 1 when left out
   * @throws ShapeError, OutOfRangeError when there are not T_x · m columns, or a number or the mask is none that fits
   * @throws EngineError for a mask with padding where {@link Network.setReversal} has said what it says
   */
  setInputs(x: Columns, mask?: Sequence<"1", "m">): void {
    this.#requireOpen("setInputs");
    const { n_x, T_x, inputs, bidirectional, form } = this.spec;
    const { m } = this;
    const indices = inputs === "indices";
    const expected = { rows: indices ? 1 : n_x, steps: T_x, m, classes: indices ? n_x : 0 };
    const valid = maskBytes("setInputs", mask, T_x, m);
    requireColumns("setInputs", x, expected, valid);
    const needsLast = bidirectional || form !== "tagger";
    const last = valid !== undefined && needsLast ? lastValidSteps(mask!) : this.#allSteps();
    if (bidirectional && valid !== undefined && this.#reversalSaid)
      throw new EngineError(
        "Network.setInputs: setReversal has said where the way backwards begins, and this mask says it too; call setReversal() first, and it is the mask's",
      );
    this.#write(x, expected, (part) => part.x, valid);
    const wasMasked = this.#valid !== undefined;
    this.#valid = valid;
    if (wasMasked || valid !== undefined) {
      this.#writePadding(valid, T_x, (part) => part.padding);
      if (form !== "tagger" && !this.#readingSaid) this.#writeReading(last);
      if (form === "tagger" && this.#given.has("targets")) this.#writeWeights();
      if (bidirectional && !this.#reversalSaid) this.#writeReversal(last);
    }
    this.#changed("inputs");
  }

  /**
   * Sets a translator's inputs to its decoder.
   *
   * @param y - a sequence (n_y, m) of T_y steps, or its numbers as {@link Network.setInputs} takes
   *   them
   * @param mask - 1 where an example's output has a step, 0 where it is padding, as {@link Network.setInputs} takes it
   * @throws EngineError for another form; ShapeError, OutOfRangeError as {@link Network.setInputs}
   */
  setDecoderInputs(y: Sequence | Float32Array, mask?: Sequence<"1", "m">): void {
    this.#requireOpen("setDecoderInputs");
    const { n_y, T_y, form } = this.spec;
    if (form !== "translator")
      this.#refuseForm("setDecoderInputs", "has no decoder", 'a network of form "translator" has');
    const expected = { rows: n_y, steps: T_y, m: this.m, classes: 0 };
    const valid = maskBytes("setDecoderInputs", mask, T_y, this.m);
    requireColumns("setDecoderInputs", y, expected, valid);
    this.#write(y, expected, (part) => part.decoder!.inputs, valid);
    const wasMasked = this.#decoderValid !== undefined;
    this.#decoderValid = valid;
    if (wasMasked || valid !== undefined) {
      this.#writePadding(valid, T_y, (part) => part.decoder!.padding);
      if (this.#given.has("targets")) this.#writeWeights();
    }
    this.#changed("decoder inputs");
  }

  /**
   * Sets what the outputs are compared with; every loss counts 1/m, and none where the input (a translator's input to
   * its decoder) is padding.
   *
   * @param y - labels step after step, example after example (−1: no loss), or columns (n_y, m) a step that sum to 1
   * @param mask - 1 where a column counts, 0 where it is not read, (1, m) a step; all 1 when left out
   * @throws ShapeError, OutOfRangeError when the number of columns differs, a label is no class, a column does not sum
   * to 1, or the mask has another shape or numbers
   */
  setTargets(y: Columns, mask?: Sequence<"1", "m">): void {
    this.#requireOpen("setTargets");
    const { n_y, targets } = this.spec;
    const { m } = this;
    const steps = this.#lossSteps;
    const expected = targets === "labels" ? { rows: 1, classes: n_y } : { rows: n_y, classes: 0 };
    const counted = maskBytes("setTargets", mask, steps, m);
    requireColumns("setTargets", y, { ...expected, steps, m }, counted);
    const wrong =
      y instanceof Int32Array ? new Map<number, string>() : wrongLabels(y, n_y, m, counted);
    this.#requireLabels("setTargets", wrong);
    this.#write(y, { ...expected, steps, m }, (part) => part.targets, counted);
    this.#targetWeights = Float32Array.from({ length: steps * m }, (_, n) =>
      counted?.[n] === 0 ? 0 : 1 / m,
    );
    this.#wrongLabels = wrong;
    this.#writeWeights();
    this.#changed("targets");
  }

  /**
   * Sets a⟨0⟩ (zeros unless set), and c⟨0⟩ of an LSTM.
   *
   * @param a_0 - (n_a, m); of a deep network a list of them, one a layer; of a bidirectional one [forward, backward]
   * @param c_0 - as a_0; zeros when left out
   * @throws ShapeError when a shape or the number of them differs; EngineError for a c_0 of another cell
   */
  setInitialState(a_0: Mat | readonly Mat[], c_0?: Mat | readonly Mat[]): void {
    this.#requireOpen("setInitialState");
    const { n_a, cell } = this.spec;
    if (c_0 !== undefined && cell !== "lstm") {
      throw new EngineError(
        `Network.setInitialState: ${cell === "rnn" ? "an RNN" : "a GRU"} has no memory: expected a_0 alone; leave out c_0`,
      );
    }
    const states = this.#initialStates("a_0", a_0);
    const memories = c_0 === undefined ? undefined : this.#initialStates("c_0", c_0);
    for (const { model: part, first, arena } of this.#parts) {
      const floats = n_a * part.m;
      part.initial.forEach((place, l) => {
        writeColumns(states[l]!, first, part.m, arena.floats(place, floats));
        if (cell !== "lstm") return;
        const c = arena.floats(place + floats * 4, floats);
        if (memories === undefined) c.fill(0);
        else writeColumns(memories[l]!, first, part.m, c);
      });
    }
    this.#changed();
  }

  /**
   * Sets which states a classifier or an encoder reads: h = Σ_t w⟨t⟩ ∗ a⟨t⟩.
   *
   * @param w - (1, m) at each of T_x steps; each example's last step when left out, and unless set
   * @throws EngineError for a tagger; ShapeError, OutOfRangeError when w has another shape or numbers
   */
  setReading(w?: Sequence<"1", "m">): void {
    this.#requireOpen("setReading");
    const { T_x, form } = this.spec;
    if (form === "tagger")
      this.#refuseForm("setReading", "reads every state", "classifiers and translators choose");
    const expected = { rows: 1, steps: T_x, m: this.m, classes: 0 };
    if (w !== undefined) requireColumns("setReading", w, expected, undefined);
    if (w === undefined) this.#writeReading(this.#lastSteps());
    else this.#write(w, expected, (part) => part.reading!, undefined);
    this.#readingSaid = w !== undefined;
    this.#changed();
  }

  /**
   * Sets where a bidirectional network begins to read backwards; a mask of {@link Network.setInputs} says it too.
   *
   * @param steps - the last valid step of each example; when left out, and unless set, T_x or what the mask says
   * @throws EngineError for a network in one direction, or while a mask says where; ShapeError when there is not one
   * step from 1 to T_x for each example
   */
  setReversal(steps?: readonly number[]): void {
    this.#requireOpen("setReversal");
    const { T_x, bidirectional } = this.spec;
    if (!bidirectional)
      this.#refuseForm(
        "setReversal",
        "reads in one direction",
        "a bidirectional network reads in two",
      );
    if (steps === undefined) {
      this.#writeReversal(this.#lastSteps());
      this.#reversalSaid = false;
      this.#changed();
      return;
    }
    if (
      !Array.isArray(steps) ||
      steps.length !== this.m ||
      steps.some((t) => !(Number.isInteger(t) && t >= 1 && t <= T_x))
    ) {
      throw new ShapeError(
        `Network.setReversal: expected ${this.m} steps from 1 to ${T_x}, one an example, got ${Array.isArray(steps) ? steps.join(", ") : typeof steps}`,
      );
    }
    if (this.#valid !== undefined) {
      throw new EngineError(
        "Network.setReversal: the inputs' mask says where each example ends; set inputs without a mask first",
      );
    }
    this.#writeReversal(steps);
    this.#reversalSaid = true;
    this.#changed();
  }

  /**
   * Forward, loss, and backpropagation through time, over the whole batch.
   *
   * @returns the total loss in nats: the sum over the steps of the mean over the examples
   * @throws EngineError when parameters, inputs or targets were not set
   * @throws OutOfRangeError when a column of labels that is no padding any more does not sum to 1
   */
  lossAndGradients(): number {
    this.#requireOpen("lossAndGradients");
    this.#requireGiven("lossAndGradients", [
      "parameters",
      "inputs",
      ...(this.spec.form === "translator" ? (["decoder inputs"] as const) : []),
      "targets",
    ]);
    this.#requireLabels("lossAndGradients", this.#wrongLabels);
    const [own, ...others] = this.#parts;
    this.#run = undefined;
    this.#threads?.start(this.#id, others.length);
    try {
      own!.model.lossAndGradients();
    } finally {
      this.#threads?.finish();
    }
    for (const { gradients } of others)
      this.#engine.operations.add(own!.gradients.start, gradients.start, this.#parameterBytes / 4);
    this.#run = { padded: this.#lossValid, stepped: false };
    return this.perStep().reduce((sum, loss) => sum + loss, 0);
  }

  /**
   * The last loss of each step, in nats.
   *
   * @returns one number a step that has a loss
   */
  perStep(): number[] {
    this.#requireRun("perStep");
    const steps = this.#lossSteps;
    const sums = new Array<number>(steps).fill(0);
    for (const { model: part, arena } of this.#parts) {
      const losses = arena.floats(part.losses, steps * part.m);
      for (let t = 0, n = 0; t < steps; t++)
        for (let i = 0; i < part.m; i++, n++) sums[t]! += losses[n]!;
    }
    return sums;
  }

  /**
   * The last predictions ŷ⟨t⟩, (n_y, m) a step; zeros where the input was padding. Not kept with checkpoints.
   *
   * @returns copies, in float64
   * @throws EngineError when checkpoints are on
   */
  predictions(): Sequence<"n_y", "m"> {
    this.#requireOpen("predictions");
    if (this.spec.block < this.spec.T_x) {
      throw new EngineError(
        "Network.predictions: a network with checkpoints does not keep them; leave out the option",
      );
    }
    const { padded } = this.#requireRun("predictions");
    const { n_y } = this.spec;
    const result = Sequence.zeros<"n_y", "m">(this.#lossSteps, n_y, this.m);
    this.#readInto(result, 0, 0, n_y, (part) => ({ start: part.outputs.yhat, ld: n_y }));
    padded?.forEach((valid, n) => {
      if (valid !== 0) return;
      const { data } = result.at(1 + Math.floor(n / this.m));
      for (let k = n % this.m; k < data.length; k += this.m) data[k] = 0;
    });
    return result;
  }

  /**
   * The last states a⟨t⟩, (n_a, m) a step: of a translator's encoder, of both directions one above the other
   * (2 n_a, m), or of one layer. With checkpoints they are computed anew.
   *
   * @param layer - which, from 0; the top one unless said
   * @returns copies, in float64; at padded steps those of the step before
   * @throws OutOfRangeError when there is no such layer
   * @throws EngineError with checkpoints, after a step of Adam's: what they are computed from has changed
   */
  states(layer = this.spec.layers - 1): Sequence<"n_a", "m"> {
    const { n_a, bidirectional } = this.spec;
    this.#requireRun("states");
    this.#requireLayer("states", layer);
    const rows = n_a * (bidirectional ? 2 : 1);
    return this.#readSteps("states", rows, rows, (part) => {
      const layers = part.layers[0]!;
      const { a, ld } = bidirectional
        ? { a: layers.h, ld: layers.ldh }
        : { a: layers.recurrences[layer]!.a(1), ld: layers.recurrences[layer]!.ld };
      return [{ start: a, ld }];
    });
  }

  /**
   * The last memories c⟨t⟩ of an LSTM, (n_a, m) a step, as {@link Network.states} gives the states.
   *
   * @param layer - which, from 0; the top one unless said
   * @returns copies, in float64
   * @throws EngineError for another cell, and as {@link Network.states}; OutOfRangeError when there is no such layer
   */
  memories(layer = this.spec.layers - 1): Sequence<"n_a", "m"> {
    const { T_x, n_a, cell, bidirectional } = this.spec;
    this.#requireOpen("memories");
    if (cell !== "lstm")
      throw new EngineError("Network.memories: only an LSTM has memories c⟨t⟩; read states()");
    this.#requireRun("memories");
    this.#requireLayer("memories", layer);
    const rows = n_a * (bidirectional ? 2 : 1);
    return this.#readSteps("memories", rows, n_a, (part, arena) => {
      const [layers] = part.layers;
      const memory = (l: number): Place => ({
        start: (layers!.recurrences[l] as LstmRecurrence).c(1),
        ld: n_a,
      });
      if (!(layers instanceof BidirectionalLayers)) return [memory(layer)];
      const order = arena.integers(layers.reversal, T_x * part.m);
      return [memory(0), { ...memory(1), order }];
    });
  }

  /**
   * One step of Adam from the last gradients (clipped first), in place. Its running means go on from step to step,
   * over {@link Network.setParameters} too, until {@link Network.resetOptimiser}.
   *
   * @param options - Adam's settings, and the norm to which the gradients are clipped
   * @returns the gradients' norm before it was clipped
   * @throws OutOfRangeError when a gradient is no finite number, or a setting means nothing; nothing has changed then
   * @throws EngineError when there are no gradients yet, or they were stepped on already
   */
  adamStep(options: AdamStepOptions = {}): number {
    const run = this.#requireRun("adamStep");
    if (run.stepped)
      throw new EngineError(
        "Network.adamStep: it has stepped on these gradients already; call lossAndGradients first",
      );
    const { learningRate, maxNorm, maxValue, beta1, beta2, epsilon } = adamSettings(options);
    const { operations } = this.#engine;
    const count = this.#parameterBytes / 4;
    const { gradients: own } = this.#parts[0]!;
    const whole = Math.sqrt(operations.squaredNorm(own.start, count));
    const clipped = Math.min(whole, maxValue * Math.sqrt(count));
    // Of finite entries the sum of squares can be more than float32 holds.
    const isFinite = whole < Infinity || own.floats(own.start, count).every(Number.isFinite);
    if (!isFinite || !Number.isFinite(clipped)) {
      throw new OutOfRangeError(
        `Network.adamStep: the gradients' norm is ${whole}: expected a finite number; the parameters are as before this step, and a smaller learningRate or maxNorm may keep it so`,
      );
    }
    if (Math.min(clipped, maxNorm) > largestGradient) {
      throw new OutOfRangeError(
        `Network.adamStep: the gradients' norm is ${whole}: expected at most ${largestGradient}, whose square float32 can hold; the parameters are as before this step; clip it (maxNorm)`,
      );
    }
    this.#means ??= { block: this.#allocate(2 * this.#parameterBytes), steps: 0 };
    const means = this.#means;
    const gradients = maxValue < Infinity ? this.#clamped(own, maxValue) : own.start;
    const norm = maxValue < Infinity ? Math.sqrt(operations.squaredNorm(gradients, count)) : whole;
    means.steps += 1;
    operations.adam(
      this.#parameters.start,
      gradients,
      means.block.start,
      means.block.start + this.#parameterBytes,
      count,
      norm > maxNorm ? maxNorm / norm : 1,
      learningRate / (1 - beta1 ** means.steps),
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      1 / (1 - beta2 ** means.steps),
      epsilon,
    );
    run.stepped = true;
    return whole;
  }

  /** Where a copy of the gradients stands, each entry clipped. */
  #clamped(gradients: Block, maxValue: number): number {
    const { operations } = this.#engine;
    const count = this.#parameterBytes / 4;
    this.#copy ??= this.#allocate(this.#parameterBytes);
    operations.copyColumns(gradients.start, count, this.#copy.start, count, count, 1);
    operations.clampValues(this.#copy.start, count, maxValue);
    return this.#copy.start;
  }

  /** Lets Adam forget its running means: the next step is its first, as for new parameters. */
  resetOptimiser(): void {
    this.#requireOpen("resetOptimiser");
    if (this.#means === undefined) return;
    this.#means.steps = 0;
    this.#engine.operations.clear(this.#means.block.start, this.#means.block.bytes / 4);
  }

  /** Frees the network's memory. Once more does nothing; everything else refuses from then on. */
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
    const gradients = this.#allocate(this.#parameterBytes);
    const arena = this.#allocate(arenaBytes);
    const place = {
      parameters: this.#parameters.start,
      gradients: gradients.start,
      arena: arena.start,
    };
    if (k > 0) this.#threads!.assign(k - 1, { network: this.#id, spec, m, place });
    return { model: layOut(spec, m, operations, place), first, gradients, arena };
  }

  /** A block of zeros. */
  #allocate(bytes: number): Block {
    const block = this.#engine.memory.allocate(bytes);
    this.#blocks.push(block);
    this.#engine.operations.clear(block.start, block.bytes / 4);
    return block;
  }

  #free(): void {
    for (const block of this.#blocks) block.free();
    this.#blocks.length = 0;
  }

  #requireOpen(caller: string): void {
    if (this.#closed) throw new EngineError(`Network.${caller}: it is closed; make another`);
  }

  #requireGiven(caller: string, needed: readonly (keyof typeof setters)[]): void {
    const missing = needed.filter((name) => !this.#given.has(name));
    if (missing.length === 0) return;
    const mend = missing.map((name) => setters[name]).join(", ");
    throw new EngineError(
      `Network.${caller}: there are no ${missing.join(", no ")} yet; call ${mend} first`,
    );
  }

  /** The last run, for what reads its results. */
  #requireRun(caller: string): Run {
    this.#requireOpen(caller);
    if (this.#run !== undefined) return this.#run;
    throw new EngineError(
      `Network.${caller}: there was no run that came to its end since something was set; call lossAndGradients first`,
    );
  }

  /** A list of more sets than the network has layers would be another network's. */
  #requireNoLayerBeside(set: object): void {
    if (typeof set !== "object" || set === null) return;
    const { layers } = set as { readonly layers?: unknown };
    const own = this.#named().some(([path]) => path.startsWith("layers.")) ? this.spec.layers : 0;
    const given = Array.isArray(layers) ? layers.length : 0;
    if (given <= own) return;
    throw new ShapeError(
      `Network.setParameters: ${given} layers were given: expected ${own === 0 ? "no list of layers; this network has one layer" : own}`,
    );
  }

  #requireLayer(caller: string, layer: number): void {
    const { layers } = this.spec;
    if (Number.isInteger(layer) && layer >= 0 && layer < layers) return;
    throw new OutOfRangeError(
      `Network.${caller}: layer is ${String(layer)}: expected 0 to ${layers - 1}`,
    );
  }

  #refuseForm(caller: string, what: string, mend: string): never {
    throw new EngineError(`Network.${caller}: this ${this.spec.form} ${what}; ${mend}`);
  }

  /** Asks that no column of labels that counts is wrong. */
  #requireLabels(caller: string, wrong: ReadonlyMap<number, string>): void {
    for (const [n, what] of wrong) {
      if (this.#lossValid?.[n] !== 0) throw new OutOfRangeError(`Network.${caller}: ${what}`);
    }
  }

  /** What was set, and that the last run was another's. */
  #changed(given?: keyof typeof setters): void {
    if (given !== undefined) this.#given.add(given);
    this.#run = undefined;
  }

  get #lossSteps(): number {
    return this.#parts[0]!.model.lossSteps;
  }

  /** Which columns of the losses' steps are steps at all. */
  get #lossValid(): Uint8Array | undefined {
    const { form } = this.spec;
    return form === "tagger" ? this.#valid : form === "translator" ? this.#decoderValid : undefined;
  }

  #allSteps(): number[] {
    return new Array<number>(this.m).fill(this.spec.T_x);
  }

  /** Each example's last step, from 1. */
  #lastSteps(): number[] {
    const valid = this.#valid;
    if (valid === undefined) return this.#allSteps();
    const { m } = this;
    return this.#allSteps().map((_, i) => {
      let t = this.spec.T_x;
      while (valid[(t - 1) * m + i] === 0) t--;
      return t;
    });
  }

  #named(): [string, Parameter][] {
    return Object.entries(this.#parts[0]!.model.parameters);
  }

  #read(block: Block, nameOf: (path: string) => string): Record<string, Mat> {
    return Object.fromEntries(
      this.#named().map(([path, parameter]) => {
        const matrix = new Mat(parameter.rows, parameter.cols);
        readParameter(block, parameter, matrix);
        return [nameOf(path), matrix];
      }),
    );
  }

  /** One a⟨0⟩ or c⟨0⟩ for each recurrence of the first layers. */
  #initialStates(name: string, given: Mat | readonly Mat[]): readonly Mat[] {
    const { n_a } = this.spec;
    const { length } = this.#parts[0]!.model.initial;
    const list: readonly unknown[] = isMat(given) ? [given] : Array.isArray(given) ? given : [];
    if (list.length !== length) {
      const which = this.spec.bidirectional ? "[forward, backward]" : "one a layer";
      throw new ShapeError(
        `Network.setInitialState: ${name} is ${list.length} matrices: expected ${length} (${n_a}, ${this.m})${length > 1 ? `, a list, ${which}` : ""}`,
      );
    }
    list.forEach((matrix, l) => {
      const which = length > 1 ? `${name}[${l}]` : name;
      if (isMat(matrix) && matrix.rows === n_a && matrix.cols === this.m) {
        requireFloat32(`setInitialState: ${which}`, matrix);
        return;
      }
      throw new ShapeError(
        `Network.setInitialState: ${which} is ${isMat(matrix) ? shapeText(matrix) : "no matrix"}: expected (${n_a}, ${this.m})`,
      );
    });
    return list as readonly Mat[];
  }

  /** Which columns' losses count how much. */
  #writeWeights(): void {
    const valid = this.#lossValid;
    const weights = this.#targetWeights.map((weight, n) => (valid?.[n] === 0 ? 0 : weight));
    const expected = { rows: 1, steps: this.#lossSteps, m: this.m, classes: 0 };
    this.#write(weights, expected, (part) => part.weights, undefined);
  }

  #writePadding(
    valid: Uint8Array | undefined,
    steps: number,
    place: (part: Model) => number,
  ): void {
    const padding = Int32Array.from({ length: steps * this.m }, (_, n) =>
      valid?.[n] === 0 ? 1 : 0,
    );
    this.#write(padding, { rows: 1, steps, m: this.m, classes: 2 }, place, undefined);
  }

  /** w⟨t⟩ = 1 at each example's last step. */
  #writeReading(last: readonly number[]): void {
    const { T_x } = this.spec;
    const { m } = this;
    const w = Float32Array.from({ length: T_x * m }, (_, n) =>
      last[n % m] === 1 + Math.floor(n / m) ? 1 : 0,
    );
    this.#write(w, { rows: 1, steps: T_x, m, classes: 0 }, (part) => part.reading!, undefined);
  }

  #writeReversal(steps: readonly number[]): void {
    const { T_x } = this.spec;
    for (const { model: part, first, arena } of this.#parts) {
      const [layers] = part.layers;
      if (!(layers instanceof BidirectionalLayers)) continue;
      const reversal = arena.integers(layers.reversal, T_x * part.m);
      for (let t = 0; t < T_x; t++) {
        for (let i = 0; i < part.m; i++) {
          const last = steps[first + i]!; // steps 0 … last − 1 change places, the others stay
          reversal[t * part.m + i] = (t < last ? last - 1 - t : t) * part.m + i;
        }
      }
    }
  }

  /**
   * Deals out columns, checked to fit, to the threads' models; where `counts` is 0, zeros (−1 for an index) in place
   * of what stands there: it may be no number, and a NaN times a weight of 0 would be one.
   */
  #write(
    values: Columns,
    { rows, steps, m }: ColumnsExpected,
    place: (part: Model) => number,
    counts: Uint8Array | undefined,
  ): void {
    const integer = values instanceof Int32Array;
    for (const { model: part, first, arena } of this.#parts) {
      const count = rows * part.m;
      for (let t = 0; t < steps; t++) {
        const at = place(part) + t * count * 4;
        const from = (t * m + first) * rows;
        const target = integer ? arena.integers(at, count) : arena.floats(at, count);
        if (values instanceof Sequence)
          writeColumns(values.at(t + 1), first, part.m, target as Float32Array);
        else target.set(values.subarray(from, from + count));
        if (counts === undefined) continue;
        for (let i = 0; i < part.m; i++) {
          if (counts[t * m + first + i] === 0)
            target.fill(integer ? -1 : 0, i * rows, (i + 1) * rows);
        }
      }
    }
  }

  /** Rows of all T_x steps, each from its places one above the other, `rows` of them a place; with checkpoints block by block. */
  #readSteps<R extends string>(
    caller: string,
    rows: number,
    rowsOfPlace: number,
    places: (part: Model, arena: Block) => readonly Place[],
  ): Sequence<R, "m"> {
    const { T_x, block } = this.spec;
    if (block < T_x && this.#run!.stepped) {
      throw new EngineError(
        `Network.${caller}: a network with checkpoints computes them anew, and Adam has changed what it computes them from; read them before the step, or leave out the option`,
      );
    }
    const result = Sequence.zeros<R, "m">(T_x, rows, this.m);
    for (let before = 0; before < T_x; before += block) {
      if (block < T_x) for (const { model } of this.#parts) model.forwardBlock?.(before / block);
      for (let row = 0, k = 0; row < rows; row += rowsOfPlace, k++)
        this.#readInto(result, before, row, rowsOfPlace, (part, arena) => places(part, arena)[k]!);
    }
    return result;
  }

  /** Fills rows `row`, …, of the steps behind `before`, as many as a model's block has. */
  #readInto(
    result: Sequence,
    before: number,
    row: number,
    rows: number,
    placeOf: (part: Model, arena: Block) => Place,
  ): void {
    const steps = Math.min(result.T_x - before, Math.max(this.spec.block, this.#lossSteps));
    for (const { model: part, first, arena } of this.#parts) {
      const { start, ld, order } = placeOf(part, arena);
      const values = arena.floats(start, (steps * part.m - 1) * ld + rows);
      for (let t = 0; t < steps; t++) {
        const { data } = result.at(before + t + 1);
        for (let i = 0; i < part.m; i++) {
          const column = t * part.m + i;
          const from = (order?.[column] ?? column) * ld;
          for (let k = 0; k < rows; k++) data[(row + k) * this.m + first + i] = values[from + k]!;
        }
      }
    }
  }
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

/** What a set has at a path, be it nested or under the path itself. */
function matrixAt(set: unknown, path: string): unknown {
  if (typeof set !== "object" || set === null) return set;
  const flat = set as Readonly<Record<string, unknown>>;
  return Object.hasOwn(flat, path) ? flat[path] : atPath(set, path.split("."));
}
