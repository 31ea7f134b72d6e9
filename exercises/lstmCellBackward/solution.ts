import { type LstmCache, type LstmCellGradients, Mat, splitRows, stackRows, tanh } from "unrolled";

/**
 * The step backwards: from ∂L/∂a⟨t⟩ and what comes back into c⟨t⟩ to the gradients of
 * everything that they were made of.
 *
 * @param da_next - ∂L/∂a⟨t⟩, (n_a, m)
 * @param dc_next - the part of ∂L/∂c⟨t⟩ that the step after carries back, (n_a, m)
 * @param cache - { x_t, a_prev, c_prev, gamma_f, gamma_u, gamma_o, c_tilde, c_next,
 *   parameters } of the forward step
 * @returns dx_t (n_x, m), da_prev and dc_prev (n_a, m),
 *   dWf, dWu, dWc, dWo (n_a, n_a + n_x),
 *   dbf, dbu, dbc, dbo (n_a, 1); the parameters' gradients are summed over the examples
 */
export function lstmCellBackward(
  da_next: Mat<"n_a", "m">,
  dc_next: Mat<"n_a", "m">,
  cache: LstmCache,
): LstmCellGradients {
  const { x_t, a_prev, c_prev, gamma_f, gamma_u, gamma_o, c_tilde, c_next, parameters } = cache;
  const { Wf, Wu, Wc, Wo } = parameters;
  const shown = tanh(c_next);
  const gateSlope = (gate: Mat<"n_a", "m">): Mat<"n_a", "m"> => gate.map((g) => g * (1 - g));
  const tanhSlope = (value: Mat<"n_a", "m">): Mat<"n_a", "m"> => value.map((v) => 1 - v * v);
  const dc = dc_next.add(da_next.times(gamma_o).times(tanhSlope(shown)));
  const dzf = dc.times(c_prev).times(gateSlope(gamma_f));
  const dzu = dc.times(c_tilde).times(gateSlope(gamma_u));
  const dzc = dc.times(gamma_u).times(tanhSlope(c_tilde));
  const dzo = da_next.times(shown).times(gateSlope(gamma_o));
  const ax_t = stackRows(a_prev, x_t);
  const dax_t = Wf.T.dot(dzf).add(Wu.T.dot(dzu)).add(Wc.T.dot(dzc)).add(Wo.T.dot(dzo));
  const [da_prev, dx_t] = splitRows(dax_t, a_prev.rows);
  return {
    dx_t,
    da_prev,
    dc_prev: dc.times(gamma_f),
    dWf: dzf.dot(ax_t.T),
    dWu: dzu.dot(ax_t.T),
    dWc: dzc.dot(ax_t.T),
    dWo: dzo.dot(ax_t.T),
    dbf: dzf.sumColumns(),
    dbu: dzu.sumColumns(),
    dbc: dzc.sumColumns(),
    dbo: dzo.sumColumns(),
  };
}
