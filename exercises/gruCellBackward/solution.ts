import {
  type GruCache,
  type GruCellGradients,
  Mat,
  splitRows,
  stackRows,
} from "unrolled";

/**
 * The GRU's step backwards: from ∂L/∂c⟨t⟩ to the gradients of all that made c⟨t⟩.
 *
 * @param da_next - ∂L/∂c⟨t⟩ = ∂L/∂a⟨t⟩, (n_a, m)
 * @param cache - the forward step's
 *   { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters }
 * @returns dx_t (n_x, m); da_prev (n_a, m); dWu, dWr, dWc (n_a, n_a + n_x);
 *   dbu, dbr, dbc (n_a, 1); the parameters' gradients are summed over the examples
 */
export function gruCellBackward(
  da_next: Mat<"n_a", "m">,
  cache: GruCache,
): GruCellGradients {
  const { x_t, a_prev, gamma_u, gamma_r, c_tilde, parameters } = cache;
  const { Wu, Wr, Wc } = parameters;
  const n_a = a_prev.rows;
  const stack = stackRows(a_prev, x_t);
  const seen = stackRows(gamma_r.times(a_prev), x_t);
  const slope = (gate: Mat<"n_a", "m">) => gate.map((value) => value * (1 - value));

  const dzc = da_next.times(gamma_u).times(c_tilde.map((c) => 1 - c * c));
  const dzu = da_next.times(c_tilde.sub(a_prev)).times(slope(gamma_u));
  const [dr, dx_c] = splitRows(Wc.T.dot(dzc), n_a);
  const dzr = dr.times(a_prev).times(slope(gamma_r));
  const [da_gates, dx_gates] = splitRows(Wu.T.dot(dzu).add(Wr.T.dot(dzr)), n_a);
  return {
    dx_t: dx_c.add(dx_gates),
    da_prev: da_next
      .times(gamma_u.map((u) => 1 - u))
      .add(dr.times(gamma_r))
      .add(da_gates),
    dWu: dzu.dot(stack.T),
    dWr: dzr.dot(stack.T),
    dWc: dzc.dot(seen.T),
    dbu: dzu.sumColumns(),
    dbr: dzr.sumColumns(),
    dbc: dzc.sumColumns(),
  };
}
