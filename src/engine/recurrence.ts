/**
 * One direction of one recurrent layer over a batch: forward over all steps, and backpropagation through time.
 *
 * The course's stacked form, S⟨t⟩ = [a⟨t−1⟩; x⟨t⟩], is how the numbers stand in memory: one matrix (n_a + n_x, m)
 * for each step, one after the other. The cell writes a⟨t⟩ where S⟨t+1⟩ begins, so that
 *   - a step's product is W_a S⟨t⟩, nothing is copied, and
 *   - the gradient of W_a is one product over all steps, Σ_t dz⟨t⟩ S⟨t⟩ᵀ.
 * Inputs that are indices (one-hot columns) take no part in the stack: their column of W_ax is looked up.
 *
 * da⟨t⟩ stand one after the other too, t = 0 first; the way back adds W_aaᵀ dz⟨t⟩ to da⟨t−1⟩ in place.
 *
 * Where an example has no step (padding), it keeps its state: a⟨t−1⟩ is copied over what the cell wrote, and on the
 * way back da⟨t⟩ passes to da⟨t−1⟩ before the cell takes it, so that its dz⟨t⟩ is 0 (../sequence/masks.ts).
 */
import type { Operations } from "./operations.js";
import type { Arena } from "./memory.js";
import type { NamedParameters, Parameter, ParameterLayout, Tensor } from "./panels.js";

/** The sizes of one direction of one layer. */
export interface RecurrenceSizes {
  readonly n_x: number;
  readonly n_a: number;
  /** Examples. */
  readonly m: number;
  /** Steps. */
  readonly T: number;
  /** Whether inputs are indices of one-hot columns. */
  readonly indices: boolean;
}

/** Where a part of a network is laid out, and what computes there. */
export interface Site {
  readonly operations: Operations;
  /** Byte offsets of the blocks of parameters and of gradients; both have the layout. */
  readonly parameters: number;
  readonly gradients: number;
  readonly layout: ParameterLayout;
  /** Hands out the places of everything else. */
  readonly arena: Arena;
}

/** One direction of one layer: what the three cells share; made by {@link recurrence} of layers.ts. */
export abstract class Recurrence {
  readonly sizes: RecurrenceSizes;
  /** Its parameters under their readable names. */
  abstract readonly parameters: NamedParameters;
  protected readonly site: Site;
  protected readonly stack: Stack;
  /** Where it stands which columns are padding (T m int32, not 0 for padding), or undefined for none. */
  padding: number | undefined;
  readonly #da: number;

  constructor(sizes: RecurrenceSizes, site: Site) {
    const { n_a, m, T } = sizes;
    this.sizes = sizes;
    this.site = site;
    this.stack = new Stack(sizes, site);
    this.#da = site.arena.take((T + 1) * n_a * m);
  }

  /** All steps from the state a⟨0⟩ that stands in the stack. */
  abstract forward(): void;
  /** From da⟨1⟩ … da⟨T⟩ (the losses' own parts; what is carried is added) to the parameters' gradients and da⟨0⟩. */
  abstract backward(accumulate: boolean): void;
  /** dx (n_x, T m) = or +=: after {@link Recurrence.backward}. */
  abstract inputGradient(dx: number, accumulate: boolean): void;

  /** Floats of a step's state: (n_a, m), for an LSTM twice. */
  get stateFloats(): number {
    return this.sizes.n_a * this.sizes.m;
  }

  /** Floats from one column of a⟨t⟩ to the next. */
  get ld(): number {
    return this.stack.ld;
  }

  /** a⟨t⟩, t = 0, …, T: a byte offset, ld floats from column to column. */
  a(t: number): number {
    return this.stack.a(t);
  }

  /** da⟨t⟩, t = 0, …, T: a byte offset, columns of n_a floats. */
  da(t: number): number {
    return this.#da + t * this.stepBytes;
  }

  /** Takes x⟨1⟩, …, x⟨T⟩ (n_x, T m) from `x`, or T m indices (ldx = 1). */
  load(x: number, ldx: number): void {
    this.stack.load(x, ldx);
  }

  /** Keeps the state of step t (0 … T) in `place`. */
  saveState(t: number, place: number): void {
    const { n_a, m } = this.sizes;
    this.site.operations.copyColumns(this.a(t), this.ld, place, n_a, n_a, m);
  }

  /** Sets a⟨0⟩ from `place`. */
  restoreState(place: number): void {
    const { n_a, m } = this.sizes;
    this.site.operations.copyColumns(place, n_a, this.a(0), this.ld, n_a, m);
  }

  /** Starts the way back with the gradient that a later part of the sequence carried to its a⟨0⟩, or with none. */
  carryFrom(later: number | undefined): void {
    const { n_a, m, T } = this.sizes;
    const { operations } = this.site;
    operations.clear(this.da(0), n_a * m);
    if (later !== undefined) operations.add(this.da(T), later, n_a * m);
  }

  /** Keeps the gradient that was carried to a⟨0⟩ in `place`. */
  saveCarried(place: number): void {
    const { n_a, m } = this.sizes;
    this.site.operations.copyColumns(this.da(0), n_a, place, n_a, n_a, m);
  }

  /** a⟨t⟩ = a⟨t−1⟩ where step t is padding. */
  protected hold(t: number): void {
    if (this.padding === undefined) return;
    const { n_a, m } = this.sizes;
    this.site.operations.holdColumns(
      this.paddingAt(t),
      this.a(t - 1),
      this.ld,
      this.a(t),
      this.ld,
      n_a,
      m,
    );
  }

  /** da⟨t−1⟩ += da⟨t⟩, and da⟨t⟩ = 0, where step t is padding. */
  protected pass(t: number): void {
    if (this.padding === undefined) return;
    const { n_a, m } = this.sizes;
    this.site.operations.passColumns(this.paddingAt(t), this.da(t), this.da(t - 1), n_a, m);
  }

  /** Which columns of step t are padding; asked for only where some are. */
  protected paddingAt(t: number): number {
    return this.padding! + (t - 1) * this.sizes.m * 4;
  }

  /** Bytes of (n_a, m). */
  protected get stepBytes(): number {
    return this.sizes.n_a * this.sizes.m * 4;
  }
}

/** The stacks S⟨1⟩ … S⟨T + 1⟩, one after the other, and the inputs. */
export class Stack {
  readonly sizes: RecurrenceSizes;
  readonly operations: Operations;
  readonly ld: number;
  readonly start: number;
  readonly #indices: number;

  constructor(sizes: RecurrenceSizes, site: Site) {
    const { n_a, n_x, m, T, indices } = sizes;
    this.sizes = sizes;
    this.operations = site.operations;
    this.ld = n_a + (indices ? 0 : n_x);
    this.start = site.arena.take((T + 1) * m * this.ld);
    this.#indices = indices ? site.arena.take(T * m) : 0;
  }

  /** a⟨t⟩, t = 0, …, T. */
  a(t: number): number {
    return this.start + t * this.sizes.m * this.ld * 4;
  }

  /** The indices of step t (from 1). */
  indices(t: number): number {
    return this.#indices + (t - 1) * this.sizes.m * 4;
  }

  /** Takes x⟨1⟩, …, x⟨T⟩ (n_x, T m), or T m indices. */
  load(x: number, ldx: number): void {
    const { n_a, n_x, m, T, indices } = this.sizes;
    if (indices) this.operations.copyColumns(x, T * m, this.#indices, T * m, T * m, 1);
    else this.operations.copyColumns(x, ldx, this.start + n_a * 4, this.ld, n_x, T * m);
  }
}

/** One weight matrix W over a stack, [W_aa | W_ax], whose W_ax is a table of its own where inputs are indices. */
export class StackWeights {
  readonly #stack: Stack;
  readonly #site: Site;
  /** (rows, n_a + n_x), or (rows, n_a) next to a table (rows, n_x). */
  readonly tensor: Tensor;
  readonly table: Tensor | undefined;
  readonly bias: Tensor;
  readonly #WaaT: number;
  readonly #WaxT: number;

  constructor(rows: number, stack: Stack, site: Site) {
    const { n_a, n_x, indices } = stack.sizes;
    this.#stack = stack;
    this.#site = site;
    this.tensor = site.layout.matrix(rows, stack.ld);
    this.table = indices ? site.layout.table(rows, n_x) : undefined;
    this.bias = site.layout.matrix(rows, 1);
    this.#WaaT = site.arena.take(n_a * rows);
    this.#WaxT = indices ? 0 : site.arena.take(n_x * rows);
  }

  /** The bias's byte offset. */
  get b(): number {
    return this.#site.parameters + this.bias.offset;
  }

  /** The readable W_Γ = [W_Γa | W_Γx] of gate number `gate`, (n_a, n_a + n_x). */
  gate(gate: number): Parameter {
    const { n_a, n_x } = this.#stack.sizes;
    const [Wa, Wx] = [this.fromState(gate), this.fromInput(gate)];
    const behind = Wx.pieces.map((piece) => ({ ...piece, from: n_a }));
    return { rows: n_a, cols: n_a + n_x, pieces: [...Wa.pieces, ...behind] };
  }

  /** W_Γa alone, (n_a, n_a). */
  fromState(gate: number): Parameter {
    const { n_a } = this.#stack.sizes;
    const place = { tensor: this.tensor, row: gate * n_a, column: 0 };
    return { rows: n_a, cols: n_a, pieces: [{ ...place, from: 0, count: n_a }] };
  }

  /** W_Γx alone, (n_a, n_x). */
  fromInput(gate: number): Parameter {
    const { n_a, n_x } = this.#stack.sizes;
    const place =
      this.table === undefined
        ? { tensor: this.tensor, row: gate * n_a, column: n_a }
        : { tensor: this.table, row: gate * n_a, column: 0 };
    return { rows: n_a, cols: n_x, pieces: [{ ...place, from: 0, count: n_x }] };
  }

  /** b_Γ, (n_a, 1). */
  gateBias(gate: number): Parameter {
    const { n_a } = this.#stack.sizes;
    const place = { tensor: this.bias, row: gate * n_a, column: 0 };
    return { rows: n_a, cols: 1, pieces: [{ ...place, from: 0, count: 1 }] };
  }

  get #w(): number {
    return this.#site.parameters + this.tensor.offset;
  }

  /** z = W S⟨t⟩ (rows, m), where `stack` holds S⟨t⟩ at step t; without the bias. */
  scores(t: number, stack: Stack, z: number): void {
    const { operations } = this.#site;
    const { rows } = this.tensor;
    const { m } = stack.sizes;
    if (this.table !== undefined) {
      const table = this.#site.parameters + this.table.offset;
      operations.gather(table, rows, this.#stack.indices(t), z, rows, rows, m);
    }
    operations.multiply(
      this.#w,
      rows,
      stack.ld,
      stack.a(t - 1),
      stack.ld,
      m,
      z,
      rows,
      this.table !== undefined,
    );
  }

  /** Before a way back: W_aaᵀ, for products that read whole panels. */
  transpose(): void {
    const { rows, columns } = this.tensor;
    const { n_a } = this.#stack.sizes;
    this.#site.operations.transpose(this.#w, rows, columns, 0, n_a, this.#WaaT);
  }

  /** da (n_a, m) = or += W_aaᵀ dz. */
  stateGradient(dz: number, da: number, accumulate: boolean): void {
    const { rows } = this.tensor;
    const { n_a, m } = this.#stack.sizes;
    this.#site.operations.multiply(this.#WaaT, n_a, rows, dz, rows, m, da, n_a, accumulate);
  }

  /** dx (n_x, T m) = or += W_axᵀ dz, for all steps. */
  inputGradient(dz: number, dx: number, accumulate: boolean): void {
    const { operations } = this.#site;
    const { rows, columns } = this.tensor;
    const { n_a, n_x, m, T } = this.#stack.sizes;
    operations.transpose(this.#w, rows, columns, n_a, n_x, this.#WaxT);
    operations.multiply(this.#WaxT, n_x, rows, dz, rows, T * m, dx, n_x, accumulate);
  }

  /** dW = or += Σ_t dz⟨t⟩ S⟨t⟩ᵀ and db = or += Σ dz, where `stack` holds S. */
  gradients(dz: number, stack: Stack, accumulate: boolean): void {
    const { operations, gradients } = this.#site;
    const { rows } = this.tensor;
    const { m, T, n_x } = stack.sizes;
    const dW = gradients + this.tensor.offset;
    operations.outerProducts(
      dW,
      rows,
      stack.ld,
      dz,
      rows,
      stack.start,
      stack.ld,
      T * m,
      accumulate,
    );
    operations.sumColumns(dz, rows, T * m, gradients + this.bias.offset, accumulate);
    if (this.table === undefined) return;
    const dTable = gradients + this.table.offset;
    if (!accumulate) operations.clear(dTable, rows * n_x);
    operations.scatterAdd(dz, rows, this.#stack.indices(1), dTable, rows, rows, T * m);
  }
}
