/** The output layer z = Wya h + by over many columns at once, its softmax, its loss and the way back. */
import type { Tensor } from "./panels.js";
import type { Site } from "./recurrence.js";

/** What {@link OutputLayer} compares with: labels (int32, −1 for none) or columns that sum to 1. */
export type Targets = "labels" | "columns";

/** Scores, softmax and cross-entropy of `columns` columns h (n_h, columns). */
export class OutputLayer {
  readonly n_h: number;
  readonly n_y: number;
  readonly Wya: Tensor;
  readonly by: Tensor;
  /** The scores, then ŷ (n_y, columns). */
  readonly yhat: number;
  readonly #dz: number;
  readonly #WyaT: number;
  readonly #columns: number;
  readonly #targets: Targets;
  readonly #site: Site;

  constructor(
    sizes: { readonly n_h: number; readonly n_y: number; readonly columns: number },
    targets: Targets,
    site: Site,
  ) {
    const { n_h, n_y, columns } = sizes;
    this.n_h = n_h;
    this.n_y = n_y;
    this.#columns = columns;
    this.#targets = targets;
    this.#site = site;
    this.Wya = site.layout.matrix(n_y, n_h);
    this.by = site.layout.matrix(n_y, 1);
    this.yhat = site.arena.take(n_y * columns);
    this.#dz = site.arena.take(n_y * columns);
    this.#WyaT = site.arena.take(n_h * n_y);
  }

  /**
   * The losses, and the gradients of Wya, by and h.
   *
   * @param h - the states' place, (n_h, columns)
   * @param ldh - how far apart h's columns start
   * @param target - labels or columns
   * @param weights - one a column: mask / m
   * @param losses - one a column, in nats, times its weight
   * @param dh - (n_h, columns)
   * @param accumulate - whether dWya and dby are added to what stands there, not written over it
   */
  lossAndGradients(
    h: number,
    ldh: number,
    target: number,
    weights: number,
    losses: number,
    dh: number,
    accumulate: boolean,
  ): void {
    const { n_h, n_y } = this;
    const columns = this.#columns;
    const { operations, parameters, gradients } = this.#site;
    const Wya = parameters + this.Wya.offset;
    const by = parameters + this.by.offset;
    const dz = this.#dz;
    operations.multiply(Wya, n_y, n_h, h, ldh, columns, this.yhat, n_y, false); //                 z = Wya h
    const loss = this.#targets === "labels" ? "softmaxLabels" : "softmaxTargets";
    operations[loss](this.yhat, by, target, weights, losses, dz, n_y, columns); //                 dz = w (softmax(z + by) − y)
    operations.outerProducts(
      gradients + this.Wya.offset,
      n_y,
      n_h,
      dz,
      n_y,
      h,
      ldh,
      columns,
      accumulate,
    ); // dWya = dz hᵀ
    operations.sumColumns(dz, n_y, columns, gradients + this.by.offset, accumulate); //            dby = Σ dz
    operations.transpose(Wya, n_y, n_h, 0, n_h, this.#WyaT);
    operations.multiply(this.#WyaT, n_h, n_y, dz, n_y, columns, dh, n_h, false); //                dh = Wyaᵀ dz
  }
}
