import { Mat, type RnnCell, type RnnParameters, Sequence } from "unrolled";

/**
 * Encoder and decoder: first all of x is read, then the answer is said, of another
 * length.
 *
 * @param x - the input, T_x steps of (n_x, m)
 * @param a_0 - the encoder's state before its first step, (n_a, m)
 * @param parameters - encoder (reads n_x) and decoder (reads and predicts n_y)
 * @param y_0 - the decoder's first input, such as the start token, (n_y, m)
 * @param T_y - how many steps the decoder makes
 * @param cell - one step: cell(x_t, a_prev, parameters) gives { a_next, yhat_t, cache }
 * @returns yhat: T_y steps of (n_y, m)
 */
export function encodeDecode(
  x: Sequence<"n_x", "m">,
  a_0: Mat<"n_a", "m">,
  parameters: { encoder: RnnParameters; decoder: RnnParameters },
  y_0: Mat<"n_y", "m">,
  T_y: number,
  cell: RnnCell,
): { yhat: Sequence<"n_y", "m"> } {
  let state = a_0;
  for (const x_t of x) state = cell(x_t, state, parameters.encoder).a_next;
  const yhat: Mat<"n_y", "m">[] = [];
  let y_prev: Mat = y_0;
  for (let t = 1; t <= T_y; t++) {
    const step = cell(y_prev, state, parameters.decoder);
    yhat.push(step.yhat_t);
    state = step.a_next;
    y_prev = step.yhat_t;
  }
  return { yhat: Sequence.of(yhat) };
}
