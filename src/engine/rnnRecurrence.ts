/** The RNN's cell over a whole batch: a⟨t⟩ = tanh(W_a [a⟨t−1⟩; x⟨t⟩] + b_a). */
import type { NamedParameters } from "./panels.js";
import { Recurrence, type RecurrenceSizes, StackWeights, type Site } from "./recurrence.js";

/** The RNN of one direction of one layer; parameters W_a = [Waa | Wax] and ba. */
export class RnnRecurrence extends Recurrence {
  readonly parameters: NamedParameters;
  readonly #weights: StackWeights;
  readonly #z: number;

  constructor(sizes: RecurrenceSizes, site: Site) {
    super(sizes, site);
    const { n_a, m } = sizes;
    this.#weights = new StackWeights(n_a, this.stack, site);
    this.parameters = {
      Waa: this.#weights.fromState(0),
      Wax: this.#weights.fromInput(0),
      ba: this.#weights.gateBias(0),
    };
    this.#z = site.arena.take(n_a * m);
  }

  forward(): void {
    const { n_a, m, T } = this.sizes;
    for (let t = 1; t <= T; t++) {
      this.#weights.scores(t, this.stack, this.#z); // z⟨t⟩ = W_a [a⟨t−1⟩; x⟨t⟩]
      this.site.operations.rnnForward(this.#z, this.#weights.b, this.a(t), this.ld, n_a, m); // a⟨t⟩ = tanh(z⟨t⟩ + ba)
      this.hold(t);
    }
  }

  backward(accumulate: boolean): void {
    const { n_a, m, T } = this.sizes;
    this.#weights.transpose();
    for (let t = T; t >= 1; t--) {
      this.pass(t);
      this.site.operations.rnnBackward(this.a(t), this.ld, this.da(t), n_a, m); // dz⟨t⟩ = (1 − a⟨t⟩²) ∗ da⟨t⟩
      this.#weights.stateGradient(this.da(t), this.da(t - 1), true); //              da⟨t−1⟩ += Waaᵀ dz⟨t⟩
    }
    this.#weights.gradients(this.da(1), this.stack, accumulate); //                 dW_a = Σ_t dz⟨t⟩ [a⟨t−1⟩; x⟨t⟩]ᵀ
  }

  inputGradient(dx: number, accumulate: boolean): void {
    this.#weights.inputGradient(this.da(1), dx, accumulate);
  }
}
