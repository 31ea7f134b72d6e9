/** Recurrent layers put together: one upon the other, or one in each direction. */
import type { CellName } from "../cells/cellByName.js";
import { GruRecurrence } from "./gruRecurrence.js";
import { LstmRecurrence } from "./lstmRecurrence.js";
import type { Recurrence, RecurrenceSizes, Site } from "./recurrence.js";
import { RnnRecurrence } from "./rnnRecurrence.js";

/** Recurrent layers between an input and an output layer. */
export interface Layers {
  /** The recurrences whose parameters they are, first layer or forward direction first. */
  readonly recurrences: readonly Recurrence[];
  /** What the output layer sees: h (n_h, T m), ld floats from column to column, and where it puts dh (n_h, T m). */
  readonly n_h: number;
  readonly h: number;
  readonly ldh: number;
  readonly dh: number;
  /** Takes x (n_x, T m), or T m indices, and where it stands which columns are padding (T m int32), if any are. */
  load(x: number, ldx: number, padding: number | undefined): void;
  forward(): void;
  /** From dh, and what a later part of the sequence carried back to each recurrence, to the parameters' gradients. */
  backward(accumulate: boolean, carried?: readonly number[]): void;
}

const recurrences = { rnn: RnnRecurrence, gru: GruRecurrence, lstm: LstmRecurrence } as const;

/**
 * A recurrence of the named cell.
 *
 * @param cell - "rnn", "gru" or "lstm"
 * @param sizes - n_x, n_a, m and T
 * @param site - where its numbers stand, and what computes
 * @returns the recurrence, laid out
 */
export function recurrence(cell: CellName, sizes: RecurrenceSizes, site: Site): Recurrence {
  return new recurrences[cell](sizes, site);
}

/** Layer upon layer: x of layer l + 1 is a of layer l. */
export class DeepLayers implements Layers {
  readonly recurrences: readonly Recurrence[];
  readonly n_h: number;

  constructor(cell: CellName, depth: number, sizes: RecurrenceSizes, site: Site) {
    const { n_a } = sizes;
    this.n_h = n_a;
    this.recurrences = Array.from({ length: depth }, (_, l) =>
      recurrence(cell, l === 0 ? sizes : { ...sizes, n_x: n_a, indices: false }, site),
    );
  }

  get #top(): Recurrence {
    return this.recurrences.at(-1)!;
  }

  get h(): number {
    return this.#top.a(1);
  }

  get ldh(): number {
    return this.#top.ld;
  }

  get dh(): number {
    return this.#top.da(1);
  }

  load(x: number, ldx: number, padding: number | undefined): void {
    for (const layer of this.recurrences) layer.padding = padding;
    this.recurrences[0]!.load(x, ldx);
  }

  forward(): void {
    this.recurrences.forEach((layer, l) => {
      const below = this.recurrences[l - 1];
      if (below !== undefined) layer.load(below.a(1), below.ld); // x[l]⟨t⟩ = a[l−1]⟨t⟩
      layer.forward();
    });
  }

  backward(accumulate: boolean, carried?: readonly number[]): void {
    for (let l = this.recurrences.length - 1; l >= 0; l--) {
      const layer = this.recurrences[l]!;
      const below = this.recurrences[l - 1];
      layer.carryFrom(carried?.[l]);
      layer.backward(accumulate);
      if (below !== undefined) layer.inputGradient(below.da(1), false); // da[l−1]⟨t⟩ = dx[l]⟨t⟩
    }
  }
}

/** One recurrence in each direction; h⟨t⟩ = [a→⟨t⟩; a←⟨t⟩]. */
export class BidirectionalLayers implements Layers {
  readonly recurrences: readonly Recurrence[];
  readonly n_h: number;
  readonly h: number;
  readonly ldh: number;
  readonly dh: number;
  /** For each column of x the column that the backward direction reads in its place (int32); undoes itself. */
  readonly reversal: number;
  readonly #reversed: number;
  readonly #reversedPadding: number;
  readonly #sizes: RecurrenceSizes;
  readonly #site: Site;

  constructor(cell: CellName, sizes: RecurrenceSizes, site: Site) {
    const { n_a, n_x, m, T, indices } = sizes;
    this.recurrences = ["forward", "backward"].map(() => recurrence(cell, sizes, site));
    this.#sizes = sizes;
    this.#site = site;
    this.n_h = 2 * n_a;
    this.ldh = 2 * n_a;
    this.h = site.arena.take(2 * n_a * T * m);
    this.dh = site.arena.take(2 * n_a * T * m);
    this.reversal = site.arena.take(T * m);
    this.#reversedPadding = site.arena.take(T * m);
    this.#reversed = site.arena.take((indices ? 1 : n_x) * T * m);
  }

  load(x: number, ldx: number, padding: number | undefined): void {
    const { n_x, m, T, indices } = this.#sizes;
    const { operations } = this.#site;
    const rows = indices ? 1 : n_x;
    const [forward, backward] = this.recurrences;
    forward!.padding = padding;
    backward!.padding = padding === undefined ? undefined : this.#reversedPadding;
    if (padding !== undefined)
      operations.gather(padding, 1, this.reversal, this.#reversedPadding, 1, 1, T * m);
    forward!.load(x, ldx);
    operations.gather(x, ldx, this.reversal, this.#reversed, rows, rows, T * m);
    backward!.load(this.#reversed, rows);
  }

  forward(): void {
    const { operations } = this.#site;
    const { n_a, m, T } = this.#sizes;
    const [forward, backward] = this.recurrences;
    const lower = this.h + n_a * 4;
    forward!.forward();
    backward!.forward();
    operations.copyColumns(forward!.a(1), forward!.ld, this.h, this.ldh, n_a, T * m);
    operations.gather(backward!.a(1), backward!.ld, this.reversal, lower, this.ldh, n_a, T * m);
  }

  backward(accumulate: boolean): void {
    const { operations } = this.#site;
    const { n_a, m, T } = this.#sizes;
    const [forward, backward] = this.recurrences;
    const lower = this.dh + n_a * 4;
    operations.copyColumns(this.dh, this.ldh, forward!.da(1), n_a, n_a, T * m);
    operations.gather(lower, this.ldh, this.reversal, backward!.da(1), n_a, n_a, T * m);
    for (const direction of this.recurrences) {
      direction.carryFrom(undefined);
      direction.backward(accumulate);
    }
  }
}
