/**
 * The course's GRU over a whole batch: Γr resets a⟨t−1⟩ before the product, so that a step has two products, the
 * second over a stack of its own, [Γr ∗ a⟨t−1⟩; x⟨t⟩].
 */
import type { NamedParameters } from "./panels.js";
import { Recurrence, type RecurrenceSizes, Stack, StackWeights, type Site } from "./recurrence.js";

/** The GRU of one direction of one layer; parameters [Wu; Wr] with [bu; br], and Wc with bc. */
export class GruRecurrence extends Recurrence {
  readonly parameters: NamedParameters;
  readonly #gateWeights: StackWeights;
  readonly #candidateWeights: StackWeights;
  readonly #resetStack: Stack;
  /** Γu and Γr, then their scores' gradients: (2 n_a, m) a step. */
  readonly #gates: number;
  /** c̃, then its scores' gradient: (n_a, m) a step. */
  readonly #candidates: number;
  readonly #dReset: number;

  constructor(sizes: RecurrenceSizes, site: Site) {
    super(sizes, site);
    const { n_a, m, T } = sizes;
    this.#resetStack = new Stack(sizes, site);
    this.#gateWeights = new StackWeights(2 * n_a, this.stack, site);
    this.#candidateWeights = new StackWeights(n_a, this.#resetStack, site);
    const [u, r] = [0, 1] as const;
    this.parameters = {
      Wu: this.#gateWeights.gate(u),
      Wr: this.#gateWeights.gate(r),
      Wc: this.#candidateWeights.gate(0),
      bu: this.#gateWeights.gateBias(u),
      br: this.#gateWeights.gateBias(r),
      bc: this.#candidateWeights.gateBias(0),
    };
    this.#gates = site.arena.take(T * 2 * n_a * m);
    this.#candidates = site.arena.take(T * n_a * m);
    this.#dReset = site.arena.take(n_a * m);
  }

  override load(x: number, ldx: number): void {
    super.load(x, ldx);
    this.#resetStack.load(x, ldx);
  }

  forward(): void {
    const { n_a, m, T } = this.sizes;
    const { operations } = this.site;
    for (let t = 1; t <= T; t++) {
      const gates = this.#gatesAt(t);
      const candidate = this.#candidateAt(t);
      const before = this.a(t - 1);
      const reset = this.#resetStack.a(t - 1);
      this.#gateWeights.scores(t, this.stack, gates);
      operations.gruGates(gates, this.#gateWeights.b, before, this.ld, reset, this.ld, n_a, m); //      Γu, Γr, Γr ∗ a⟨t−1⟩
      this.#candidateWeights.scores(t, this.#resetStack, candidate);
      operations.gruCandidate(
        candidate,
        this.#candidateWeights.b,
        gates,
        before,
        this.a(t),
        this.ld,
        n_a,
        m,
      ); // c̃⟨t⟩, a⟨t⟩ = Γu ∗ c̃⟨t⟩ + (1 − Γu) ∗ a⟨t−1⟩
      this.hold(t);
    }
  }

  backward(accumulate: boolean): void {
    const { n_a, m, T } = this.sizes;
    const { operations } = this.site;
    this.#gateWeights.transpose();
    this.#candidateWeights.transpose();
    for (let t = T; t >= 1; t--) {
      this.pass(t);
      const gates = this.#gatesAt(t);
      const candidate = this.#candidateAt(t);
      const before = this.a(t - 1);
      const daPrev = this.da(t - 1);
      operations.gruBackwardCandidate(
        this.da(t),
        gates,
        candidate,
        before,
        this.ld,
        daPrev,
        n_a,
        m,
      );
      this.#candidateWeights.stateGradient(candidate, this.#dReset, false); // d(Γr ∗ a⟨t−1⟩) = Wcaᵀ dz_c
      operations.gruBackwardReset(this.#dReset, gates, before, this.ld, daPrev, n_a, m);
      this.#gateWeights.stateGradient(gates, daPrev, true); //                 da⟨t−1⟩ += Wuaᵀ dz_u + Wraᵀ dz_r
    }
    this.#gateWeights.gradients(this.#gates, this.stack, accumulate);
    this.#candidateWeights.gradients(this.#candidates, this.#resetStack, accumulate);
  }

  inputGradient(dx: number, accumulate: boolean): void {
    this.#gateWeights.inputGradient(this.#gates, dx, accumulate);
    this.#candidateWeights.inputGradient(this.#candidates, dx, true);
  }

  #gatesAt(t: number): number {
    return this.#gates + (t - 1) * 2 * this.stepBytes;
  }

  #candidateAt(t: number): number {
    return this.#candidates + (t - 1) * this.stepBytes;
  }
}
