/**
 * The course's GRU over a whole batch: Γr resets a⟨t−1⟩ before the product, so that a step has two products, the
 * second over a stack of its own, [Γr ∗ a⟨t−1⟩; x⟨t⟩].
 */
import type { Arena } from "./memory.js";
import type { NamedParameters, ParameterLayout } from "./panels.js";
import {
  type Recurrence,
  type RecurrenceSizes,
  Stack,
  StackWeights,
  type Surroundings,
} from "./recurrence.js";

/** The GRU of one direction of one layer; parameters [Wu; Wr] with [bu; br], and Wc with bc. */
export class GruRecurrence implements Recurrence {
  readonly sizes: RecurrenceSizes;
  readonly parameters: NamedParameters;
  readonly stateFloats: number;
  readonly gateWeights: StackWeights;
  readonly candidateWeights: StackWeights;
  readonly #around: Surroundings;
  readonly #stack: Stack;
  readonly #resetStack: Stack;
  /** Γu and Γr, then their scores' gradients: (2 n_a, m) a step. */
  readonly #gates: number;
  /** c̃, then its scores' gradient: (n_a, m) a step. */
  readonly #candidates: number;
  readonly #da: number;
  readonly #dReset: number;

  constructor(sizes: RecurrenceSizes, around: Surroundings, layout: ParameterLayout, arena: Arena) {
    const { n_a, m, T } = sizes;
    this.sizes = sizes;
    this.#around = around;
    this.#stack = new Stack(sizes, around.kernels, arena);
    this.#resetStack = new Stack(sizes, around.kernels, arena);
    this.gateWeights = new StackWeights(2 * n_a, this.#stack, around, layout, arena);
    this.candidateWeights = new StackWeights(n_a, this.#resetStack, around, layout, arena);
    const [u, r] = [0, 1] as const;
    this.parameters = {
      Wu: this.gateWeights.gate(u),
      Wr: this.gateWeights.gate(r),
      Wc: this.candidateWeights.gate(0),
      bu: this.gateWeights.gateBias(u),
      br: this.gateWeights.gateBias(r),
      bc: this.candidateWeights.gateBias(0),
    };
    this.stateFloats = n_a * m;
    this.#gates = arena.take(T * 2 * n_a * m);
    this.#candidates = arena.take(T * n_a * m);
    this.#da = arena.take((T + 1) * n_a * m);
    this.#dReset = arena.take(n_a * m);
  }

  get ld(): number {
    return this.#stack.ld;
  }

  a(t: number): number {
    return this.#stack.a(t);
  }

  da(t: number): number {
    return this.#da + t * this.stateFloats * 4;
  }

  load(x: number, ldx: number): void {
    this.#stack.load(x, ldx);
    this.#resetStack.load(x, ldx);
  }

  forward(): void {
    const { n_a, m, T } = this.sizes;
    const { kernels } = this.#around;
    for (let t = 1; t <= T; t++) {
      const gates = this.#gatesAt(t);
      const candidate = this.#candidateAt(t);
      const before = this.a(t - 1);
      const reset = this.#resetStack.a(t - 1);
      this.gateWeights.scores(t, this.#stack, gates);
      kernels.gruGates(gates, this.gateWeights.b, before, this.ld, reset, this.ld, n_a, m); //      Γu, Γr, Γr ∗ a⟨t−1⟩
      this.candidateWeights.scores(t, this.#resetStack, candidate);
      kernels.gruCandidate(
        candidate,
        this.candidateWeights.b,
        gates,
        before,
        this.a(t),
        this.ld,
        n_a,
        m,
      ); // c̃⟨t⟩, a⟨t⟩ = Γu ∗ c̃⟨t⟩ + (1 − Γu) ∗ a⟨t−1⟩
    }
  }

  backward(accumulate: boolean): void {
    const { n_a, m, T } = this.sizes;
    const { kernels } = this.#around;
    this.gateWeights.transpose();
    this.candidateWeights.transpose();
    for (let t = T; t >= 1; t--) {
      const gates = this.#gatesAt(t);
      const candidate = this.#candidateAt(t);
      const before = this.a(t - 1);
      const daPrev = this.da(t - 1);
      kernels.gruBackwardCandidate(this.da(t), gates, candidate, before, this.ld, daPrev, n_a, m);
      this.candidateWeights.stateGradient(candidate, this.#dReset, false); // d(Γr ∗ a⟨t−1⟩) = Wcaᵀ dz_c
      kernels.gruBackwardReset(this.#dReset, gates, before, this.ld, daPrev, n_a, m);
      this.gateWeights.stateGradient(gates, daPrev, true); //                 da⟨t−1⟩ += Wuaᵀ dz_u + Wraᵀ dz_r
    }
    this.gateWeights.gradients(this.#gates, this.#stack, accumulate);
    this.candidateWeights.gradients(this.#candidates, this.#resetStack, accumulate);
  }

  inputGradient(dx: number, accumulate: boolean): void {
    this.gateWeights.inputGradient(this.#gates, dx, accumulate);
    this.candidateWeights.inputGradient(this.#candidates, dx, true);
  }

  saveState(t: number, place: number): void {
    const { n_a, m } = this.sizes;
    this.#around.kernels.copyColumns(this.a(t), this.ld, place, n_a, n_a, m);
  }

  restoreState(place: number): void {
    const { n_a, m } = this.sizes;
    this.#around.kernels.copyColumns(place, n_a, this.a(0), this.ld, n_a, m);
  }

  carryFrom(later: number | undefined): void {
    const { kernels } = this.#around;
    const floats = this.stateFloats;
    kernels.clear(this.da(0), floats);
    if (later !== undefined) kernels.add(this.da(this.sizes.T), later, floats);
  }

  saveCarried(place: number): void {
    const floats = this.stateFloats;
    this.#around.kernels.copyColumns(this.da(0), floats, place, floats, floats, 1);
  }

  #gatesAt(t: number): number {
    return this.#gates + (t - 1) * 2 * this.stateFloats * 4;
  }

  #candidateAt(t: number): number {
    return this.#candidates + (t - 1) * this.stateFloats * 4;
  }
}
