/** The readable library as a contestant: float64, what lessons show. */
import {
  gruLossAndGradients,
  lstmLossAndGradients,
  type GruParameters,
  type LstmParameters,
  Mat,
  rnnLossAndGradients,
  type RnnParameters,
  Sequence,
} from "../../src/index.js";
import { normOf, readProblem } from "../workload.js";
import { type BurstRequest, contend, type Prepared } from "../protocol.js";

await contend({}, prepare);

function prepare({ configuration, file }: BurstRequest): Prepared {
  const { cell, n_x, n_a, n_y, m, T_x, indices } = configuration;
  const { parameters, inputs, labels } = readProblem(configuration, file);
  const oneHot = <N extends string>(rows: number, index: ArrayLike<number>): Sequence<N, "m"> =>
    Sequence.build(T_x, (t) =>
      Mat.build(rows, m, (i, j) => (index[(t - 1) * m + j] === i ? 1 : 0)),
    );
  const x = indices
    ? oneHot<"n_x">(n_x, inputs)
    : Sequence.build<"n_x", "m">(T_x, (t) =>
        Mat.build(n_x, m, (i, j) => inputs[((t - 1) * m + j) * n_x + i]!),
      );
  const y = oneHot<"n_y">(n_y, labels);
  const a_0 = Mat.zeros<"n_a", "m">(n_a, m);
  const run = {
    rnn: () => rnnLossAndGradients(x, y, a_0, parameters as RnnParameters),
    gru: () => gruLossAndGradients(x, y, a_0, parameters as GruParameters),
    lstm: () => lstmLossAndGradients(x, y, a_0, parameters as LstmParameters),
  }[cell];
  return { step: () => run().total, gradientNorm: () => normOf(run().gradients) };
}
