/**
 * The three forms of network that the engine trains, each over one thread's share of a batch: an output at every
 * step (tagger), one output for a whole sequence (classifier), encoder and decoder (translator).
 *
 * A model owns no memory: it is laid out over places that an {@link Arena} hands out, the same way on every thread,
 * so that a few numbers tell another thread where everything stands.
 */
import type { CellName } from "../cells/cellByName.js";
import { BidirectionalLayers, DeepLayers, type Layers } from "./layers.js";
import type { Operations } from "./operations.js";
import { Arena } from "./memory.js";
import { OutputLayer, type Targets } from "./outputLayer.js";
import { type NamedParameters, ParameterLayout, wholeTensor } from "./panels.js";
import type { RecurrenceSizes, Site } from "./recurrence.js";

/** What a model is made of; plain data, so that threads can be told. */
export interface ModelSpec {
  readonly form: "tagger" | "classifier" | "translator";
  readonly cell: CellName;
  readonly n_x: number;
  readonly n_a: number;
  readonly n_y: number;
  /** Steps of the input. */
  readonly T_x: number;
  /** Steps of the output: T_x but for a translator. */
  readonly T_y: number;
  /** Layers one upon the other, and whether their parameters stand in a list ("layers.0.Wax"). */
  readonly layers: number;
  readonly listed: boolean;
  readonly bidirectional: boolean;
  /** Inputs are dense columns (n_x), or indices of one-hot columns. */
  readonly inputs: "columns" | "indices";
  readonly targets: Targets;
  /** A tagger's way back goes over so many steps at a time and computes their states anew; T_x for all at once. */
  readonly block: number;
}

/** One thread's share of a batch, and where its numbers stand (byte offsets). */
export interface Model {
  /** Its parameters by the path to each in the readable set, such as "forward.Wax" or "layers.0.Wf". */
  readonly parameters: NamedParameters;
  readonly m: number;
  readonly outputs: OutputLayer;
  readonly layers: readonly Layers[];
  /** x (n_x, T_x m), or T_x m indices. */
  readonly x: number;
  /** Which of x's columns are padding: T_x m int32, not 0 for padding. */
  readonly padding: number;
  /** A translator's inputs to its decoder (n_y, T_y m), and which of them are padding; other forms have none. */
  readonly decoder: { readonly inputs: number; readonly padding: number } | undefined;
  /** Labels or columns (n_y, steps · m), and the weight of each column's loss. */
  readonly targets: number;
  readonly weights: number;
  /** The loss of each column, in nats, times its weight. */
  readonly losses: number;
  /** Steps that have a loss. */
  readonly lossSteps: number;
  /** a⟨0⟩ (LSTM: and c⟨0⟩ behind it) of each recurrence of the first layers, columns of n_a floats. */
  readonly initial: readonly number[];
  /** How much of each state a classifier or encoder reads: the weight of each column (T_x m); a tagger reads none. */
  readonly reading: number | undefined;
  /** Forward, loss, and back: fills the losses and the gradients. */
  lossAndGradients(): void;
  /** The states of one block of a tagger's steps (from 0), anew: those that a run with checkpoints has left. */
  forwardBlock?(block: number): void;
}

/** Byte offsets of the three blocks that a model stands in. */
export interface Place {
  readonly parameters: number;
  readonly gradients: number;
  /** Everything else. */
  readonly arena: number;
}

/**
 * Lays out a model for m examples.
 *
 * @param spec - form, cell and sizes
 * @param m - examples, a share of the batch
 * @param operations - what computes
 * @param place - byte offsets of the blocks that it stands in
 * @returns the model, its numbers as they stand in the memory
 */
export function layOut(spec: ModelSpec, m: number, operations: Operations, place: Place): Model {
  return modelAt(spec, m, {
    ...place,
    operations,
    layout: new ParameterLayout(),
    arena: new Arena(place.arena),
  });
}

/**
 * How many bytes a model for m examples takes: its parameters (its gradients too), and everything else.
 *
 * @param spec - form, cell and sizes
 * @param m - examples, a share of the batch
 * @param operations - what would compute
 * @returns two counts of bytes
 */
export function sizeOf(
  spec: ModelSpec,
  m: number,
  operations: Operations,
): { readonly parameterBytes: number; readonly arenaBytes: number } {
  const layout = new ParameterLayout();
  const arena = new Arena(0);
  modelAt(spec, m, { operations, parameters: 0, gradients: 0, layout, arena });
  return { parameterBytes: layout.bytes, arenaBytes: arena.bytes };
}

function modelAt(spec: ModelSpec, m: number, site: Site): Model {
  const forms = { tagger: Tagger, classifier: Classifier, translator: Translator } as const;
  return new forms[spec.form](spec, m, site);
}

function encoder(
  spec: ModelSpec,
  sizes: RecurrenceSizes,
  site: Site,
): BidirectionalLayers | DeepLayers {
  return spec.bidirectional
    ? new BidirectionalLayers(spec.cell, sizes, site)
    : new DeepLayers(spec.cell, spec.layers, sizes, site);
}

/** A set's parameters, with the way to each put before its name. */
function under(path: string, parameters: NamedParameters): NamedParameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [`${path}${name}`, parameter]),
  );
}

/** The parameters of layers that the output layer stands on. */
function named(spec: ModelSpec, layers: Layers, outputs: OutputLayer): NamedParameters {
  const places = spec.bidirectional
    ? ["forward.", "backward."]
    : layers.recurrences.map((_, l) => (spec.listed ? `layers.${l}.` : ""));
  return Object.assign(
    {},
    ...layers.recurrences.map(({ parameters }, l) => under(places[l]!, parameters)),
    { Wya: wholeTensor(outputs.Wya), by: wholeTensor(outputs.by) },
  ) as NamedParameters;
}

function initialStates(layers: Layers, site: Site): number[] {
  return layers.recurrences.map((recurrence) => site.arena.take(recurrence.stateFloats));
}

/** Where it stands which of `count` columns are padding, or undefined when none are. */
function paddingOf(place: number, count: number, { operations }: Site): number | undefined {
  return operations.countNonzero(place, count) > 0 ? place : undefined;
}

function restore(layers: Layers, places: readonly number[]): void {
  layers.recurrences.forEach((recurrence, l) => recurrence.restoreState(places[l]!));
}

/** An output at every step. In blocks of fewer steps it keeps only the states between them (checkpoints). */
class Tagger implements Model {
  readonly parameters: NamedParameters;
  readonly m: number;
  readonly outputs: OutputLayer;
  readonly layers: readonly [Layers];
  readonly x: number;
  readonly padding: number;
  readonly decoder = undefined;
  readonly targets: number;
  readonly weights: number;
  readonly losses: number;
  readonly lossSteps: number;
  readonly initial: readonly number[];
  readonly reading = undefined;
  readonly #spec: ModelSpec;
  readonly #site: Site;
  readonly #blocks: number;
  /** The states before each block, and the gradients that the block behind carried back. */
  readonly #checkpoints: readonly (readonly number[])[];
  readonly #carried: readonly number[];

  constructor(spec: ModelSpec, m: number, site: Site) {
    const { n_x, n_a, n_y, T_x, block } = spec;
    const indices = spec.inputs === "indices";
    const blocks = Math.ceil(T_x / block);
    const steps = blocks * block; // steps behind T_x have no input and no loss
    this.m = m;
    this.#spec = spec;
    this.#site = site;
    this.#blocks = blocks;
    const layers = encoder(spec, { n_x, n_a, m, T: block, indices }, site);
    const sizes = { n_h: layers.n_h, n_y, columns: block * m };
    this.layers = [layers];
    this.outputs = new OutputLayer(sizes, spec.targets, site);
    this.parameters = named(spec, layers, this.outputs);
    this.x = site.arena.take((indices ? 1 : n_x) * steps * m);
    this.padding = site.arena.take(steps * m);
    this.targets = site.arena.take((spec.targets === "labels" ? 1 : n_y) * steps * m);
    this.weights = site.arena.take(steps * m);
    this.losses = site.arena.take(steps * m);
    this.lossSteps = T_x;
    this.initial = initialStates(layers, site);
    this.#checkpoints = [
      this.initial,
      ...Array.from({ length: blocks - 1 }, () => initialStates(layers, site)),
    ];
    this.#carried = blocks > 1 ? initialStates(layers, site) : [];
  }

  lossAndGradients(): void {
    const [layers] = this.layers;
    const last = this.#blocks - 1;
    for (let block = 0; block < last; block++) {
      this.forwardBlock(block);
      layers.recurrences.forEach((recurrence, l) =>
        recurrence.saveState(this.#spec.block, this.#checkpoints[block + 1]![l]!),
      );
    }
    for (let block = last; block >= 0; block--) {
      const later = block < last;
      this.forwardBlock(block);
      this.#output(block, later);
      layers.backward(later, later ? this.#carried : undefined);
      if (block > 0)
        layers.recurrences.forEach((recurrence, l) => recurrence.saveCarried(this.#carried[l]!));
    }
  }

  forwardBlock(block: number): void {
    const { n_x, inputs } = this.#spec;
    const ldx = inputs === "indices" ? 1 : n_x;
    const [layers] = this.layers;
    const before = this.#columnsBefore(block);
    const columns = this.#spec.block * this.m;
    const padding = paddingOf(this.padding + before * 4, columns, this.#site);
    layers.load(this.x + before * ldx * 4, ldx, padding);
    restore(layers, this.#checkpoints[block]!);
    layers.forward();
  }

  #output(block: number, accumulate: boolean): void {
    const { n_y, targets } = this.#spec;
    const [layers] = this.layers;
    const columns = this.#columnsBefore(block);
    this.outputs.lossAndGradients(
      layers.h,
      layers.ldh,
      this.targets + columns * (targets === "labels" ? 1 : n_y) * 4,
      this.weights + columns * 4,
      this.losses + columns * 4,
      layers.dh,
      accumulate,
    );
  }

  #columnsBefore(block: number): number {
    return block * this.#spec.block * this.m;
  }
}

/** Reads h = Σ_t w⟨t⟩ ∗ a⟨t⟩ (n_h, m): an example's last valid state, or a mean. */
class Reading {
  readonly weights: number;
  readonly #layers: Layers;
  readonly #m: number;
  readonly #T: number;
  readonly #site: Site;

  constructor(layers: Layers, m: number, T: number, site: Site) {
    this.#layers = layers;
    this.#m = m;
    this.#T = T;
    this.#site = site;
    this.weights = site.arena.take(T * m);
  }

  forward(h: number, ldh: number): void {
    this.#eachStep((w, states, _, layers, m) =>
      this.#site.operations.addScaledColumns(states, layers.ldh, w, h, ldh, layers.n_h, m),
    );
  }

  /** da⟨t⟩ = w⟨t⟩ ∗ dh. */
  backward(dh: number): void {
    const { operations } = this.#site;
    operations.clear(this.#layers.dh, this.#layers.n_h * this.#m * this.#T);
    this.#eachStep((w, _, gradients, { n_h }, m) =>
      operations.addScaledColumns(dh, n_h, w, gradients, n_h, n_h, m),
    );
  }

  #eachStep(
    visit: (w: number, states: number, gradients: number, layers: Layers, m: number) => void,
  ): void {
    const layers = this.#layers;
    const m = this.#m;
    for (let t = 0; t < this.#T; t++) {
      const before = t * m * 4;
      visit(
        this.weights + before,
        layers.h + before * layers.ldh,
        layers.dh + before * layers.n_h,
        layers,
        m,
      );
    }
  }
}

/** One output for a whole sequence. */
class Classifier implements Model {
  readonly parameters: NamedParameters;
  readonly m: number;
  readonly outputs: OutputLayer;
  readonly layers: readonly [Layers];
  readonly x: number;
  readonly padding: number;
  readonly decoder = undefined;
  readonly targets: number;
  readonly weights: number;
  readonly losses: number;
  readonly lossSteps = 1;
  readonly initial: readonly number[];
  readonly reading: number;
  readonly #reading: Reading;
  readonly #h: number;
  readonly #dh: number;
  readonly #ldx: number;
  readonly #T: number;
  readonly #site: Site;

  constructor(spec: ModelSpec, m: number, site: Site) {
    const { n_x, n_a, n_y, T_x: T } = spec;
    const indices = spec.inputs === "indices";
    this.m = m;
    this.#site = site;
    this.#ldx = indices ? 1 : n_x;
    const layers = encoder(spec, { n_x, n_a, m, T, indices }, site);
    const { n_h } = layers;
    this.layers = [layers];
    this.outputs = new OutputLayer({ n_h, n_y, columns: m }, spec.targets, site);
    this.parameters = named(spec, layers, this.outputs);
    this.x = site.arena.take(this.#ldx * T * m);
    this.padding = site.arena.take(T * m);
    this.#T = T;
    this.targets = site.arena.take((spec.targets === "labels" ? 1 : n_y) * m);
    this.weights = site.arena.take(m);
    this.losses = site.arena.take(m);
    this.initial = initialStates(layers, site);
    this.#reading = new Reading(layers, m, T, site);
    this.reading = this.#reading.weights;
    this.#h = site.arena.take(n_h * m);
    this.#dh = site.arena.take(n_h * m);
  }

  lossAndGradients(): void {
    const [layers] = this.layers;
    const { n_h } = layers;
    layers.load(this.x, this.#ldx, paddingOf(this.padding, this.#T * this.m, this.#site));
    restore(layers, this.initial);
    layers.forward();
    this.#site.operations.clear(this.#h, n_h * this.m);
    this.#reading.forward(this.#h, n_h);
    this.outputs.lossAndGradients(
      this.#h,
      n_h,
      this.targets,
      this.weights,
      this.losses,
      this.#dh,
      false,
    );
    this.#reading.backward(this.#dh);
    layers.backward(false);
  }
}

/** Encoder and decoder with teacher forcing: the decoder starts from the state that is read of the encoder. */
class Translator implements Model {
  readonly parameters: NamedParameters;
  readonly m: number;
  readonly outputs: OutputLayer;
  readonly layers: readonly [Layers, Layers];
  readonly x: number;
  readonly padding: number;
  readonly decoder: { readonly inputs: number; readonly padding: number };
  readonly targets: number;
  readonly weights: number;
  readonly losses: number;
  readonly lossSteps: number;
  readonly initial: readonly number[];
  readonly reading: number;
  readonly #reading: Reading;
  readonly #n_x: number;
  readonly #T_x: number;
  readonly #n_y: number;
  readonly #site: Site;

  constructor(spec: ModelSpec, m: number, site: Site) {
    const { cell, n_x, n_a, n_y, T_x, T_y } = spec;
    this.m = m;
    this.#site = site;
    this.#n_x = n_x;
    this.#T_x = T_x;
    this.#n_y = n_y;
    const reader = new DeepLayers(cell, 1, { n_x, n_a, m, T: T_x, indices: false }, site);
    const writer = new DeepLayers(cell, 1, { n_x: n_y, n_a, m, T: T_y, indices: false }, site);
    this.layers = [reader, writer];
    const sizes = { n_h: n_a, n_y, columns: T_y * m };
    this.outputs = new OutputLayer(sizes, spec.targets, site);
    this.parameters = {
      ...under("encoder.", reader.recurrences[0]!.parameters),
      ...under("decoder.", named(spec, writer, this.outputs)),
    };
    this.x = site.arena.take(n_x * T_x * m);
    this.padding = site.arena.take(T_x * m);
    this.decoder = { inputs: site.arena.take(n_y * T_y * m), padding: site.arena.take(T_y * m) };
    this.targets = site.arena.take((spec.targets === "labels" ? 1 : n_y) * T_y * m);
    this.weights = site.arena.take(T_y * m);
    this.losses = site.arena.take(T_y * m);
    this.lossSteps = T_y;
    this.initial = initialStates(reader, site);
    this.#reading = new Reading(reader, m, T_x, site);
    this.reading = this.#reading.weights;
  }

  lossAndGradients(): void {
    const [reader, writer] = this.layers;
    const { operations } = this.#site;
    const decoder = writer.recurrences[0]!;
    const { m } = this;
    const { n_a } = decoder.sizes;
    const columns = decoder.sizes.T * m;
    reader.load(this.x, this.#n_x, paddingOf(this.padding, this.#T_x * m, this.#site));
    restore(reader, this.initial);
    reader.forward();
    writer.load(
      this.decoder.inputs,
      this.#n_y,
      paddingOf(this.decoder.padding, columns, this.#site),
    );
    for (let i = 0; i < m; i++) operations.clear(decoder.a(0) + i * decoder.ld * 4, n_a);
    this.#reading.forward(decoder.a(0), decoder.ld); // s⟨0⟩ = a⟨T_x⟩
    writer.forward();
    this.outputs.lossAndGradients(
      writer.h,
      writer.ldh,
      this.targets,
      this.weights,
      this.losses,
      writer.dh,
      false,
    );
    writer.backward(false);
    this.#reading.backward(decoder.da(0)); // da⟨T_x⟩ = ds⟨0⟩
    reader.backward(false);
  }
}
