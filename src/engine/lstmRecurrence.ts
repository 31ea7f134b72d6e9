/** The LSTM's cell over a whole batch; rows of W and b: Γf, Γu, c̃, Γo, n_a each. */
import type { Arena } from "./memory.js";
import type { NamedParameters, ParameterLayout } from "./panels.js";
import {
  type Recurrence,
  type RecurrenceSizes,
  Stack,
  StackWeights,
  type Surroundings,
} from "./recurrence.js";

/** The LSTM of one direction of one layer; parameters W = [Wf; Wu; Wc; Wo] and b = [bf; bu; bc; bo]. */
export class LstmRecurrence implements Recurrence {
  readonly sizes: RecurrenceSizes;
  readonly parameters: NamedParameters;
  readonly stateFloats: number;
  readonly weights: StackWeights;
  readonly #around: Surroundings;
  readonly #stack: Stack;
  /** The scores of the gates, then the gates, then the scores' gradients: (4 n_a, m) a step. */
  readonly #gates: number;
  /** c⟨0⟩ … c⟨T⟩ and tanh c⟨1⟩ … tanh c⟨T⟩. */
  readonly #c: number;
  readonly #tanhC: number;
  readonly #da: number;
  readonly #dc: number;

  constructor(sizes: RecurrenceSizes, around: Surroundings, layout: ParameterLayout, arena: Arena) {
    const { n_a, m, T } = sizes;
    this.sizes = sizes;
    this.#around = around;
    this.#stack = new Stack(sizes, around.kernels, arena);
    this.weights = new StackWeights(4 * n_a, this.#stack, around, layout, arena);
    const [f, u, c, o] = [0, 1, 2, 3] as const;
    this.parameters = {
      Wf: this.weights.gate(f),
      Wu: this.weights.gate(u),
      Wc: this.weights.gate(c),
      Wo: this.weights.gate(o),
      bf: this.weights.gateBias(f),
      bu: this.weights.gateBias(u),
      bc: this.weights.gateBias(c),
      bo: this.weights.gateBias(o),
    };
    this.stateFloats = 2 * n_a * m;
    this.#gates = arena.take(T * 4 * n_a * m);
    this.#c = arena.take((T + 1) * n_a * m);
    this.#tanhC = arena.take(T * n_a * m);
    this.#da = arena.take((T + 1) * n_a * m);
    this.#dc = arena.take(n_a * m);
  }

  get ld(): number {
    return this.#stack.ld;
  }

  a(t: number): number {
    return this.#stack.a(t);
  }

  da(t: number): number {
    return this.#da + t * this.#step;
  }

  /** c⟨t⟩, t = 0, …, T: columns of n_a floats. */
  c(t: number): number {
    return this.#c + t * this.#step;
  }

  load(x: number, ldx: number): void {
    this.#stack.load(x, ldx);
  }

  forward(): void {
    const { n_a, m, T } = this.sizes;
    const { kernels } = this.#around;
    for (let t = 1; t <= T; t++) {
      const z = this.#gatesAt(t);
      this.weights.scores(t, this.#stack, z); // z⟨t⟩ = W [a⟨t−1⟩; x⟨t⟩]
      kernels.lstmForward(
        z,
        this.weights.b,
        this.c(t - 1),
        this.c(t),
        this.#tanhCAt(t),
        this.a(t),
        this.ld,
        n_a,
        m,
      );
    }
  }

  backward(accumulate: boolean): void {
    const { n_a, m, T } = this.sizes;
    const { kernels } = this.#around;
    this.weights.transpose();
    for (let t = T; t >= 1; t--) {
      const dz = this.#gatesAt(t);
      kernels.lstmBackward(dz, this.c(t - 1), this.#tanhCAt(t), this.da(t), this.#dc, n_a, m);
      this.weights.stateGradient(dz, this.da(t - 1), true); // da⟨t−1⟩ += Σ_Γ W_Γaᵀ dz_Γ⟨t⟩
    }
    this.weights.gradients(this.#gates, this.#stack, accumulate); // dW = Σ_t dz⟨t⟩ [a⟨t−1⟩; x⟨t⟩]ᵀ
  }

  inputGradient(dx: number, accumulate: boolean): void {
    this.weights.inputGradient(this.#gates, dx, accumulate);
  }

  saveState(t: number, place: number): void {
    const { n_a, m } = this.sizes;
    const { kernels } = this.#around;
    kernels.copyColumns(this.a(t), this.ld, place, n_a, n_a, m);
    kernels.copyColumns(this.c(t), n_a, place + this.#step, n_a, n_a, m);
  }

  restoreState(place: number): void {
    const { n_a, m } = this.sizes;
    const { kernels } = this.#around;
    kernels.copyColumns(place, n_a, this.a(0), this.ld, n_a, m);
    kernels.copyColumns(place + this.#step, n_a, this.c(0), n_a, n_a, m);
  }

  carryFrom(later: number | undefined): void {
    const { kernels } = this.#around;
    const floats = this.stateFloats / 2;
    kernels.clear(this.da(0), floats);
    kernels.clear(this.#dc, floats);
    if (later === undefined) return;
    kernels.add(this.da(this.sizes.T), later, floats);
    kernels.add(this.#dc, later + this.#step, floats);
  }

  saveCarried(place: number): void {
    const { n_a, m } = this.sizes;
    const { kernels } = this.#around;
    kernels.copyColumns(this.da(0), n_a, place, n_a, n_a, m);
    kernels.copyColumns(this.#dc, n_a, place + this.#step, n_a, n_a, m);
  }

  /** Bytes of (n_a, m). */
  get #step(): number {
    return this.stateFloats * 2;
  }

  #gatesAt(t: number): number {
    return this.#gates + (t - 1) * 4 * this.#step;
  }

  #tanhCAt(t: number): number {
    return this.#tanhC + (t - 1) * this.#step;
  }
}
