/**
 * What the engine computes with: products of matrices, the cells' formulas, the loss and the optimiser, each over
 * a whole batch at once.
 *
 * All matrices are float32 and column-major: a column is an example, its rows are contiguous, the next column
 * starts `ld` floats later (as many as there are rows, where no ld is given). A weight matrix stands in panels of
 * 64 rows (panels.ts). Pointers are byte offsets into the engine's memory.
 *
 * Three implementations: assembly/operations.ts (WebAssembly with SIMD), javascriptOperations.ts, and, for the two
 * products, node/blas.ts.
 */

/** The two products that take most of a step's time. */
export interface Products {
  /** C = W B, or C += W B: W (rows, inner) in panels, B (inner, columns), C (rows, columns). */
  multiply(
    w: number,
    rows: number,
    inner: number,
    b: number,
    ldb: number,
    columns: number,
    c: number,
    ldc: number,
    accumulate: boolean,
  ): void;
  /** dW = dZ Sᵀ, or dW += dZ Sᵀ: dW (rows, inner) in panels, dZ (rows, columns), S (inner, columns). */
  outerProducts(
    dw: number,
    rows: number,
    inner: number,
    dz: number,
    ldz: number,
    s: number,
    lds: number,
    columns: number,
    accumulate: boolean,
  ): void;
}

/** Everything that the engine computes. */
export interface Operations extends Products {
  /** Wᵀ of the `count` columns of W (rows, inner) from column `from` on: (count, rows), in panels. */
  transpose(w: number, rows: number, inner: number, from: number, count: number, wT: number): void;

  /** a⟨t⟩ = tanh(z + b): z (n_a, m), b (n_a), out (n_a, m). */
  rnnForward(z: number, bias: number, out: number, ldOut: number, n_a: number, m: number): void;
  /** dz = (1 − a²) ∗ da, in da's place: a, da (n_a, m). */
  rnnBackward(a: number, lda: number, da: number, n_a: number, m: number): void;

  /**
   * Γf, Γu, c̃, Γo from their scores z (4 n_a, m), in place; c = Γf ∗ c⟨t−1⟩ + Γu ∗ c̃, tanh c, and
   * a = Γo ∗ tanh c: (n_a, m) each. b (4 n_a).
   */
  lstmForward(
    z: number,
    bias: number,
    cPrev: number,
    c: number,
    tanhC: number,
    out: number,
    ldOut: number,
    n_a: number,
    m: number,
  ): void;
  /** From da and dc (n_a, m) to the scores' gradients, in the place of Γf, Γu, c̃, Γo, and to dc⟨t−1⟩, in dc's. */
  lstmBackward(
    z: number,
    cPrev: number,
    tanhC: number,
    da: number,
    dc: number,
    n_a: number,
    m: number,
  ): void;

  /** Γu, Γr from their scores z (2 n_a, m), in place, and Γr ∗ a⟨t−1⟩ (n_a, m). b (2 n_a). */
  gruGates(
    z: number,
    bias: number,
    aPrev: number,
    lda: number,
    reset: number,
    ldReset: number,
    n_a: number,
    m: number,
  ): void;
  /** c̃ from its scores z (n_a, m), in place; a⟨t⟩ = Γu ∗ c̃ + (1 − Γu) ∗ a⟨t−1⟩. a⟨t−1⟩ and a⟨t⟩ share ld. */
  gruCandidate(
    z: number,
    bias: number,
    gates: number,
    aPrev: number,
    out: number,
    lda: number,
    n_a: number,
    m: number,
  ): void;
  /** From da to the gradients of c̃'s scores (in its place) and Γu's (in its place); adds da ∗ (1 − Γu) to da⟨t−1⟩. */
  gruBackwardCandidate(
    da: number,
    gates: number,
    z: number,
    aPrev: number,
    lda: number,
    daPrev: number,
    n_a: number,
    m: number,
  ): void;
  /** From the gradient of Γr ∗ a⟨t−1⟩ to that of Γr's scores (in its place); adds its part to da⟨t−1⟩. */
  gruBackwardReset(
    dReset: number,
    gates: number,
    aPrev: number,
    lda: number,
    daPrev: number,
    n_a: number,
    m: number,
  ): void;

  /**
   * The loss of scores z (n_y, columns) against labels (int32, −1 for none): each column's loss times its weight,
   * ŷ = softmax(z + b) in z's place, and dz = weight ∗ (ŷ − y). A column of weight 0 has no loss and no gradient,
   * whatever stands in it.
   */
  softmaxLabels(
    z: number,
    bias: number,
    labels: number,
    weights: number,
    losses: number,
    dz: number,
    n_y: number,
    columns: number,
  ): void;
  /** As {@link softmaxLabels}, against columns y (n_y, columns) that sum to 1. */
  softmaxTargets(
    z: number,
    bias: number,
    targets: number,
    weights: number,
    losses: number,
    dz: number,
    n_y: number,
    columns: number,
  ): void;

  /** out = Σ_j z[:, j], or out += …: z (rows, columns). */
  sumColumns(z: number, rows: number, columns: number, out: number, accumulate: boolean): void;
  /** target[:, j] = source[:, j]. */
  copyColumns(
    source: number,
    lds: number,
    target: number,
    ldt: number,
    rows: number,
    columns: number,
  ): void;
  /** target[:, j] = source[:, index[j]], zeros where the index is negative. */
  gather(
    source: number,
    lds: number,
    index: number,
    target: number,
    ldt: number,
    rows: number,
    columns: number,
  ): void;
  /** target[:, index[j]] += source[:, j], nothing where the index is negative. */
  scatterAdd(
    source: number,
    lds: number,
    index: number,
    target: number,
    ldt: number,
    rows: number,
    columns: number,
  ): void;
  /** target[:, j] = source[:, j] where padding[j] (int32) is not 0; the other columns stay. */
  holdColumns(
    padding: number,
    source: number,
    lds: number,
    target: number,
    ldt: number,
    rows: number,
    columns: number,
  ): void;
  /** target[:, j] += source[:, j] and source[:, j] = 0 where padding[j] (int32) is not 0: (rows, columns) both. */
  passColumns(padding: number, source: number, target: number, rows: number, columns: number): void;
  /** How many of the values (int32) are not 0. */
  countNonzero(values: number, count: number): number;
  /** target[:, j] += weights[j] source[:, j]. */
  addScaledColumns(
    source: number,
    lds: number,
    weights: number,
    target: number,
    ldt: number,
    rows: number,
    columns: number,
  ): void;

  /** target = 0. */
  clear(target: number, count: number): void;
  /** target += source, entry by entry. */
  add(target: number, source: number, count: number): void;
  /** Σ values², in float64. */
  squaredNorm(values: number, count: number): number;
  /** Moves each value into [−bound, bound]. */
  clampValues(values: number, count: number, bound: number): void;
  /**
   * One step of Adam on w, with gradient g · factor, mean v and mean square s:
   * w −= step · v / (√(s · squareBias) + ε); `step` holds the mean's bias correction, and rest1, rest2 are
   * 1 − β1 and 1 − β2, which float32 would not tell from 0 where β is near 1.
   */
  adam(
    w: number,
    g: number,
    v: number,
    s: number,
    count: number,
    factor: number,
    step: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    squareBias: number,
    epsilon: number,
  ): void;
}
