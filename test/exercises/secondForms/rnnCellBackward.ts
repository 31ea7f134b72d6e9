import { Mat } from "../../../src/index.js";
import type { Parameters, SecondForms } from "./secondForm.js";

interface Cache {
  x_t: Mat;
  a_prev: Mat;
  a_next: Mat;
  parameters: Parameters;
}
type Parts = Record<"dx_t" | "da_prev" | "dWax" | "dWaa" | "dba", Mat>;

/** The right gradients from dz, but for the parts that `change` gives. */
function back(
  dzOf: (da: Mat, c: Cache) => Mat = (da, { a_next }) => da.times(a_next.map((a) => 1 - a ** 2)),
  change: (dz: Mat, c: Cache, da: Mat) => Partial<Parts> = () => ({}),
) {
  return (da_next: Mat, cache: Cache): Parts => {
    const dz = dzOf(da_next, cache);
    const { Wax, Waa } = cache.parameters;
    return {
      dx_t: Wax.T.dot(dz),
      da_prev: Waa.T.dot(dz),
      dWax: dz.dot(cache.x_t.T),
      dWaa: dz.dot(cache.a_prev.T),
      dba: dz.sumColumns(),
      ...change(dz, cache, da_next),
    };
  };
}
const slope = undefined;

/** rnnCellBackward as learners may write it. */
export const forms: SecondForms = {
  singles: {
    "no-slope": ["tanh's derivative is forgotten", back((da) => da)],
    "slope-of-prev": [
      "1 − a_prev² for 1 − a_next²",
      back((da, { a_prev }) => da.times(a_prev.map((a) => 1 - a * a))),
    ],
    "slope-unsquared": [
      "1 − a for 1 − a²",
      back((da, { a_next }) => da.times(a_next.map((a) => 1 - a))),
    ],
    "slope-sigmoid": [
      "a(1 − a), sigmoid's derivative",
      back((da, { a_next }) => da.times(a_next.map((a) => a * (1 - a)))),
    ],
    "slope-bracket": [
      "(1 − a)² for 1 − a²",
      back((da, { a_next }) => da.times(a_next.map((a) => (1 - a) ** 2))),
    ],
    "slope-tanh-twice": [
      "1 − tanh²(a): tanh taken a second time",
      back((da, { a_next }) => da.times(a_next.map((a) => 1 - Math.tanh(a) ** 2))),
    ],
    "slope-negative": [
      "a² − 1: the wrong sign",
      back((da, { a_next }) => da.times(a_next.map((a) => a * a - 1))),
    ],
    "slope-without-da": [
      "da_next is not multiplied in",
      back((_da, { a_next }) => a_next.map((a) => 1 - a * a)),
    ],
    "slope-relu": [
      "ReLU's derivative",
      back((da, { a_next }) => da.times(a_next.map((a) => (a > 0 ? 1 : 0)))),
    ],
    "waa-not-transposed": [
      "Waa is not transposed in da_prev",
      back(slope, (dz, { parameters }) => ({ da_prev: parameters.Waa.dot(dz) })),
    ],
    "da-prev-raw": [
      "da_prev without tanh's derivative",
      back(slope, (_dz, { parameters }, da) => ({ da_prev: parameters.Waa.T.dot(da) })),
    ],
    "dx-raw": [
      "dx_t without tanh's derivative",
      back(slope, (_dz, { parameters }, da) => ({ dx_t: parameters.Wax.T.dot(da) })),
    ],
    "da-prev-passed-on": [
      "da_prev is da_next itself",
      back(slope, (_dz, _c, da) => ({ da_prev: da })),
    ],
    "da-prev-is-dz": ["da_prev is dz, without Waa", back(slope, (dz) => ({ da_prev: dz }))],
    "dwaa-from-next": [
      "dWaa with a_next for a_prev",
      back(slope, (dz, { a_next }) => ({ dWaa: dz.dot(a_next.T) })),
    ],
    "dwaa-transposed": [
      "dWaa is transposed",
      back(slope, (dz, { a_prev }) => ({ dWaa: a_prev.dot(dz.T) })),
    ],
    "dwax-transposed": [
      "dWax is transposed",
      back(slope, (dz, { x_t }) => ({ dWax: x_t.dot(dz.T) })),
    ],
    mean: [
      "parameters' gradients are means over the examples",
      back(slope, (dz, { x_t, a_prev }) => ({
        dWax: dz.dot(x_t.T).times(1 / dz.cols),
        dWaa: dz.dot(a_prev.T).times(1 / dz.cols),
        dba: dz.sumColumns().times(1 / dz.cols),
      })),
    ],
    "dba-mean": [
      "dba is a mean over the examples",
      back(slope, (dz) => ({ dba: dz.sumColumns().times(1 / dz.cols) })),
    ],
    "dba-not-summed": ["dba is not summed over the examples", back(slope, (dz) => ({ dba: dz }))],
    "dba-rows": [
      "dba is summed over the units",
      back(slope, (dz) => ({ dba: dz.sumRows() as Mat })),
    ],
    "dba-from-da": [
      "dba is the sum of da_next",
      back(slope, (_dz, _c, da) => ({ dba: da.sumColumns() })),
    ],
    "dba-first-example": [
      "dba is the first example's",
      back(slope, (dz) => ({ dba: dz.column(0) })),
    ],
    "weights-raw": [
      "dWax and dWaa from da_next, without tanh's derivative",
      back(slope, (_dz, { x_t, a_prev }, da) => ({ dWax: da.dot(x_t.T), dWaa: da.dot(a_prev.T) })),
    ],
    "all-negative": [
      "every gradient has the wrong sign",
      back((da, { a_next }) => da.times(a_next.map((a) => a * a - 1))),
    ],
    "slope-doubled": [
      "−2a for 1 − a², a derivative of the derivative",
      back((da, { a_next }) => da.times(a_next.map((a) => -2 * a))),
    ],
  },
  pairs: {
    "no-slope-dwaa-next": [
      "tanh's derivative forgotten; dWaa with a_next",
      back(
        (da) => da,
        (dz, { a_next }) => ({ dWaa: dz.dot(a_next.T) }),
      ),
    ],
    "prev-slope-mean": [
      "slope of a_prev; dba is a mean",
      back(
        (da, { a_prev }) => da.times(a_prev.map((a) => 1 - a * a)),
        (dz) => ({ dba: dz.sumColumns().times(1 / dz.cols) }),
      ),
    ],
    "unsquared-not-transposed": [
      "1 − a for 1 − a²; Waa not transposed",
      back(
        (da, { a_next }) => da.times(a_next.map((a) => 1 - a)),
        (dz, { parameters }) => ({ da_prev: parameters.Waa.dot(dz) }),
      ),
    ],
    "not-transposed-dba-mean": [
      "Waa not transposed; dba is a mean",
      back(slope, (dz, { parameters }) => ({
        da_prev: parameters.Waa.dot(dz),
        dba: dz.sumColumns().times(1 / dz.cols),
      })),
    ],
    "dwaa-next-dx-raw": [
      "dWaa with a_next; dx_t without tanh's derivative",
      back(slope, (dz, { a_next, parameters }, da) => ({
        dWaa: dz.dot(a_next.T),
        dx_t: parameters.Wax.T.dot(da),
      })),
    ],
    "dwaa-turned-dba-da": [
      "dWaa transposed; dba is the sum of da_next",
      back(slope, (dz, { a_prev }, da) => ({ dWaa: a_prev.dot(dz.T), dba: da.sumColumns() })),
    ],
    "sigmoid-slope-passed-on": [
      "sigmoid's derivative; da_prev is da_next",
      back(
        (da, { a_next }) => da.times(a_next.map((a) => a * (1 - a))),
        (_dz, _c, da) => ({ da_prev: da }),
      ),
    ],
    "da-prev-raw-dwaa-next": [
      "da_prev without tanh's derivative; dWaa with a_next",
      back(slope, (dz, { a_next, parameters }, da) => ({
        da_prev: parameters.Waa.T.dot(da),
        dWaa: dz.dot(a_next.T),
      })),
    ],
  },
  right: {
    factored: [
      "(1 − a)(1 + a)",
      back((da, { a_next }) => da.times(a_next.map((a) => (1 - a) * (1 + a)))),
    ],
    "from-z": [
      "tanh' as 1/cosh² of z",
      back((da, { a_prev, x_t, parameters: p }) =>
        da.times(
          p.Wax.dot(x_t)
            .add(p.Waa.dot(a_prev))
            .add(p.ba)
            .map((z) => 1 / Math.cosh(z) ** 2),
        ),
      ),
    ],
    "turned-products": [
      "products written the other way round and turned",
      back(slope, (dz, { x_t, a_prev }) => ({
        dWax: x_t.dot(dz.T).T as Mat,
        dWaa: a_prev.dot(dz.T).T as Mat,
      })),
    ],
  },
};
