/** The RNN's cell over a whole batch: a⟨t⟩ = tanh(W_a [a⟨t−1⟩; x⟨t⟩] + b_a). */
import type { Arena } from "./memory.js";
import type { NamedParameters, ParameterLayout } from "./panels.js";
import {
  type Recurrence,
  type RecurrenceSizes,
  Stack,
  StackWeights,
  type Surroundings,
} from "./recurrence.js";

/** The RNN of one direction of one layer; parameters W_a = [Waa | Wax] and ba. */
export class RnnRecurrence implements Recurrence {
  readonly sizes: RecurrenceSizes;
  readonly parameters: NamedParameters;
  readonly stateFloats: number;
  readonly weights: StackWeights;
  readonly #around: Surroundings;
  readonly #stack: Stack;
  readonly #z: number;
  readonly #da: number;

  constructor(sizes: RecurrenceSizes, around: Surroundings, layout: ParameterLayout, arena: Arena) {
    const { n_a, m, T } = sizes;
    this.sizes = sizes;
    this.#around = around;
    this.#stack = new Stack(sizes, around.kernels, arena);
    this.weights = new StackWeights(n_a, this.#stack, around, layout, arena);
    this.parameters = {
      Waa: this.weights.fromState(0),
      Wax: this.weights.fromInput(0),
      ba: this.weights.gateBias(0),
    };
    this.stateFloats = n_a * m;
    this.#z = arena.take(n_a * m);
    this.#da = arena.take((T + 1) * n_a * m);
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
  }

  forward(): void {
    const { n_a, m, T } = this.sizes;
    for (let t = 1; t <= T; t++) {
      this.weights.scores(t, this.#stack, this.#z); // z⟨t⟩ = W_a [a⟨t−1⟩; x⟨t⟩]
      this.#around.kernels.rnnForward(this.#z, this.weights.b, this.a(t), this.ld, n_a, m); // a⟨t⟩ = tanh(z⟨t⟩ + ba)
    }
  }

  backward(accumulate: boolean): void {
    const { n_a, m, T } = this.sizes;
    this.weights.transpose();
    for (let t = T; t >= 1; t--) {
      this.#around.kernels.rnnBackward(this.a(t), this.ld, this.da(t), n_a, m); // dz⟨t⟩ = (1 − a⟨t⟩²) ∗ da⟨t⟩
      this.weights.stateGradient(this.da(t), this.da(t - 1), true); //              da⟨t−1⟩ += Waaᵀ dz⟨t⟩
    }
    this.weights.gradients(this.da(1), this.#stack, accumulate); //                 dW_a = Σ_t dz⟨t⟩ [a⟨t−1⟩; x⟨t⟩]ᵀ
  }

  inputGradient(dx: number, accumulate: boolean): void {
    this.weights.inputGradient(this.da(1), dx, accumulate);
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
}
