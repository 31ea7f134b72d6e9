/** The LSTM's cell over a whole batch; rows of W and b: Γf, Γu, c̃, Γo, n_a each. */
import type { NamedParameters } from "./panels.js";
import { Recurrence, type RecurrenceSizes, StackWeights, type Site } from "./recurrence.js";

/** The LSTM of one direction of one layer; parameters W = [Wf; Wu; Wc; Wo] and b = [bf; bu; bc; bo]. */
export class LstmRecurrence extends Recurrence {
  readonly parameters: NamedParameters;
  readonly #weights: StackWeights;
  /** The scores of the gates, then the gates, then the scores' gradients: (4 n_a, m) a step. */
  readonly #gates: number;
  /** c⟨0⟩ … c⟨T⟩ and tanh c⟨1⟩ … tanh c⟨T⟩. */
  readonly #c: number;
  readonly #tanhC: number;
  readonly #dc: number;
  /** dc of padded examples while the cell computes the others'; zeros in between. */
  readonly #dcPassed: number;

  constructor(sizes: RecurrenceSizes, site: Site) {
    super(sizes, site);
    const { n_a, m, T } = sizes;
    this.#weights = new StackWeights(4 * n_a, this.stack, site);
    const [f, u, c, o] = [0, 1, 2, 3] as const;
    this.parameters = {
      Wf: this.#weights.gate(f),
      Wu: this.#weights.gate(u),
      Wc: this.#weights.gate(c),
      Wo: this.#weights.gate(o),
      bf: this.#weights.gateBias(f),
      bu: this.#weights.gateBias(u),
      bc: this.#weights.gateBias(c),
      bo: this.#weights.gateBias(o),
    };
    this.#gates = site.arena.take(T * 4 * n_a * m);
    this.#c = site.arena.take((T + 1) * n_a * m);
    this.#tanhC = site.arena.take(T * n_a * m);
    this.#dc = site.arena.take(n_a * m);
    this.#dcPassed = site.arena.take(n_a * m);
  }

  override get stateFloats(): number {
    return 2 * super.stateFloats; // a and c
  }

  /** c⟨t⟩, t = 0, …, T: columns of n_a floats. */
  c(t: number): number {
    return this.#c + t * this.stepBytes;
  }

  forward(): void {
    const { n_a, m, T } = this.sizes;
    const { operations } = this.site;
    for (let t = 1; t <= T; t++) {
      const z = this.#gatesAt(t);
      this.#weights.scores(t, this.stack, z); // z⟨t⟩ = W [a⟨t−1⟩; x⟨t⟩]
      operations.lstmForward(
        z,
        this.#weights.b,
        this.c(t - 1),
        this.c(t),
        this.#tanhCAt(t),
        this.a(t),
        this.ld,
        n_a,
        m,
      );
      this.hold(t);
      if (this.padding !== undefined) {
        const [before, after] = [this.c(t - 1), this.c(t)];
        operations.holdColumns(this.paddingAt(t), before, n_a, after, n_a, n_a, m);
      }
    }
  }

  backward(accumulate: boolean): void {
    const { n_a, m, T } = this.sizes;
    const { operations } = this.site;
    this.#weights.transpose();
    for (let t = T; t >= 1; t--) {
      const dz = this.#gatesAt(t);
      this.pass(t);
      this.#passMemory(t, this.#dc, this.#dcPassed);
      operations.lstmBackward(dz, this.c(t - 1), this.#tanhCAt(t), this.da(t), this.#dc, n_a, m);
      this.#passMemory(t, this.#dcPassed, this.#dc);
      this.#weights.stateGradient(dz, this.da(t - 1), true); // da⟨t−1⟩ += Σ_Γ W_Γaᵀ dz_Γ⟨t⟩
    }
    this.#weights.gradients(this.#gates, this.stack, accumulate); // dW = Σ_t dz⟨t⟩ [a⟨t−1⟩; x⟨t⟩]ᵀ
  }

  inputGradient(dx: number, accumulate: boolean): void {
    this.#weights.inputGradient(this.#gates, dx, accumulate);
  }

  override saveState(t: number, place: number): void {
    super.saveState(t, place);
    this.#copy(this.c(t), place + this.stepBytes);
  }

  override restoreState(place: number): void {
    super.restoreState(place);
    this.#copy(place + this.stepBytes, this.c(0));
  }

  override carryFrom(later: number | undefined): void {
    super.carryFrom(later);
    if (later === undefined) this.site.operations.clear(this.#dc, this.stepBytes / 4);
    else this.#copy(later + this.stepBytes, this.#dc);
  }

  override saveCarried(place: number): void {
    super.saveCarried(place);
    this.#copy(this.#dc, place + this.stepBytes);
  }

  #passMemory(t: number, source: number, target: number): void {
    if (this.padding === undefined) return;
    const { n_a, m } = this.sizes;
    this.site.operations.passColumns(this.paddingAt(t), source, target, n_a, m);
  }

  #copy(source: number, target: number): void {
    const { n_a, m } = this.sizes;
    this.site.operations.copyColumns(source, n_a, target, n_a, n_a, m);
  }

  #gatesAt(t: number): number {
    return this.#gates + (t - 1) * 4 * this.stepBytes;
  }

  #tanhCAt(t: number): number {
    return this.#tanhC + (t - 1) * this.stepBytes;
  }
}
