/** Coursera's character model, by our functions: the text that it draws, and one step of its training. */
import {
  clipByValue,
  Mat,
  oneHot,
  rnnCellForward,
  type RnnGradients,
  rnnLossAndGradients,
  type RnnParameters,
  sample,
  Sequence,
} from "unrolled";
import optimize from "./optimize.json" with { type: "json" };
import sampling from "./sample.json" with { type: "json" };
import { legacyRandom } from "./legacyRandom.js";

const characters = 27; // the line's end is 0
const units = 100;

/**
 * The matrices that NumPy draws one after the other.
 *
 * @param seed - the generator's
 * @param order - name, rows and columns of each
 * @returns the matrices by name
 */
function drawn(seed: number, order: readonly (string | number)[][]): Readonly<Record<string, Mat>> {
  const random = legacyRandom(seed);
  return Object.fromEntries(
    (order as [string, number, number][]).map(([name, rows, cols]) => [
      name,
      random.randn(rows, cols),
    ]),
  );
}

function parametersOf({ Wax, Waa, Wya, b, by }: Readonly<Record<string, Mat>>): RnnParameters {
  return { Wax, Waa, Wya, ba: b, by } as RnnParameters;
}

/** The characters of `sample`, each drawn with its published uniform number and fed back, until a line ends. */
export function sampledIndices(): readonly number[] {
  const parameters = parametersOf(drawn(sampling.seed, sampling.drawOrder));
  const indices: number[] = [];
  let x_t = Mat.zeros<"n_x", "m">(characters, 1);
  let a_prev = Mat.zeros<"n_a", "m">(units, 1);
  for (const u of sampling.inputs.u) {
    const { a_next, yhat_t } = rnnCellForward(x_t, a_prev, parameters);
    const index = sample(yhat_t.column(0), u);
    indices.push(index);
    x_t = oneHot([index], characters);
    a_prev = a_next;
  }
  return indices;
}

/** The uniform numbers of `sample`: NumPy's first after each of the published seeds. */
export function sampledUniforms(): readonly number[] {
  return sampling.expected.seeds.map((seed) => legacyRandom(seed).uniform());
}

/** What `optimize` gives: the loss, the gradients clipped to [−5, 5], and the last state. */
export function optimized(): {
  readonly loss: number;
  readonly gradients: RnnGradients;
  readonly a_last: Mat;
} {
  const all = drawn(optimize.seed, optimize.drawOrder);
  const { X, Y, clip } = optimize.inputs;
  const steps = <N extends string>(indices: readonly number[]): Sequence<N, "m"> =>
    Sequence.of(indices.map((k) => oneHot<N>([k], characters)));
  const a_0 = all["a_prev"] as Mat<"n_a", "m">;
  const { total, a, gradients } = rnnLossAndGradients(
    steps(X),
    steps(Y),
    a_0,
    parametersOf(all),
  );
  return { loss: total, gradients: clipByValue(gradients, clip), a_last: a.at(X.length) };
}
