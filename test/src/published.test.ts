import assert from "node:assert/strict";
import {
  clipByValue,
  lstmCellBackward,
  lstmCellForward,
  lstmForward,
  Mat,
  oneHot,
  rnnBackward,
  rnnCellBackward,
  rnnCellForward,
  rnnForward,
  rnnLossAndGradients,
  Sequence,
} from "unrolled";
import characterModel from "../published/characterModel.json" with { type: "json" };
import clip from "../published/clipByValue.json" with { type: "json" };
import cs231nForward from "../published/cs231nForward.json" with { type: "json" };
import cs231nStep from "../published/cs231nStep.json" with { type: "json" };
import lstmCellBack from "../published/lstmCellBackward.json" with { type: "json" };
import lstmCell from "../published/lstmCellForward.json" with { type: "json" };
import lstm from "../published/lstmForward.json" with { type: "json" };
import backward from "../published/rnnBackward.json" with { type: "json" };
import cellBackward from "../published/rnnCellBackward.json" with { type: "json" };
import cellForward from "../published/rnnCellForward.json" with { type: "json" };
import forward from "../published/rnnForward.json" with { type: "json" };
import sampling from "../published/sample.json" with { type: "json" };
import { sampledIndices, sampledUniforms } from "../published/dinosaurs.js";
import { legacyRandom } from "../published/legacyRandom.js";
import { at, halfLastDigit, lstmMatrices, matrices, stepsLast } from "../published/layout.js";
import { assertClose } from "./numeric.js";

type Nested = number | readonly Nested[];

/** Compares every published number; returns how many there were, so that none is skipped unseen. */
function compare(
  results: Readonly<Record<string, Mat | Sequence>>,
  expected: readonly { path: string; value: Nested }[],
): number {
  let compared = 0;
  for (const { path, value } of expected) {
    if (path.endsWith(".shape") || path.startsWith("caches")) continue;
    const wanted = typeof value === "number" ? [value] : (value as number[]);
    const got = at(results, path);
    assert.equal(got.length, wanted.length, path);
    got.forEach((number, n) => {
      assert.ok(
        Math.abs(number - wanted[n]!) <= halfLastDigit(wanted[n]!),
        `${path}: expected ${wanted[n]}, got ${number}`,
      );
      compared++;
    });
  }
  return compared;
}

/** numpy.linspace(from, to) of as many numbers as the shape holds. */
function linspace([from, to, shape]: [number, number, number[]]): number[] {
  const count = shape.reduce((a, b) => a * b);
  return Array.from({ length: count }, (_, n) => from + ((to - from) * n) / (count - 1));
}

describe("published values", () => {
  it("rnnCellForward gives Coursera's numbers", () => {
    const { xt, a_prev, Wax, Waa, Wya, ba, by } = cellForward.inputs;
    const parameters = { Wax, Waa, Wya, ba, by };
    const step = rnnCellForward(Mat.from(xt), Mat.from(a_prev), matrices(parameters));
    assert.equal(compare({ a_next: step.a_next, yt_pred: step.yhat_t }, cellForward.expected), 20);
    assert.deepEqual(step.a_next.shape, [5, 10]);
    assert.deepEqual(step.yhat_t.shape, [2, 10]);
  });

  it("rnnForward gives Coursera's numbers, and its caches hold the inputs", () => {
    const { x, a0, Wax, Waa, Wya, ba, by } = forward.inputs;
    const sequence = stepsLast(x);
    const { a, yhat, caches } = rnnForward(
      sequence,
      Mat.from(a0),
      matrices({ Wax, Waa, Wya, ba, by }),
    );
    assert.equal(compare({ a, y_pred: yhat }, forward.expected), 8);
    assert.equal(caches.length, 4);
    caches.forEach((cache, index) => {
      assertClose(cache.x_t, sequence.at(index + 1));
    });
  });

  it("rnnCellBackward gives Coursera's numbers", () => {
    const { xt, a_prev, da_next, Wax, Waa, Wya, ba, by } = cellBackward.inputs;
    const { cache } = rnnCellForward(
      Mat.from(xt),
      Mat.from(a_prev),
      matrices({ Wax, Waa, Wya, ba, by }),
    );
    const { dx_t, da_prev, dWax, dWaa, dba } = rnnCellBackward(Mat.from(da_next), cache);
    assert.equal(compare({ dxt: dx_t, da_prev, dWax, dWaa, dba }, cellBackward.expected), 5);
  });

  it("rnnBackward gives Coursera's numbers", () => {
    const { x, a0, da, Wax, Waa, Wya, ba, by } = backward.inputs;
    const { caches } = rnnForward(stepsLast(x), Mat.from(a0), matrices({ Wax, Waa, Wya, ba, by }));
    const { dx, da_0, dWax, dWaa, dba } = rnnBackward(stepsLast(da), caches);
    assert.equal(compare({ dx, da0: da_0, dWax, dWaa, dba }, backward.expected), 8);
  });

  it("lstmCellForward gives Coursera's numbers", () => {
    const { xt, a_prev, c_prev } = lstmCell.inputs;
    const { a_next, c_next, yhat_t } = lstmCellForward(
      Mat.from(xt),
      Mat.from(a_prev),
      Mat.from(c_prev),
      lstmMatrices(lstmCell.inputs),
    );
    assert.equal(compare({ a_next, c_next, yt: yhat_t }, lstmCell.expected), 40);
  });

  it("lstmForward gives Coursera's numbers, and its caches hold the inputs", () => {
    const x = stepsLast(lstm.inputs.x);
    const { a, c, yhat, caches } = lstmForward(
      x,
      Mat.from(lstm.inputs.a0),
      lstmMatrices(lstm.inputs),
    );
    assert.equal(compare({ a, c, y: yhat }, lstm.expected), 3);
    assert.equal(caches.length, 7);
    caches.forEach((cache, index) => {
      assertClose(cache.x_t, x.at(index + 1));
    });
  });

  it("lstmCellBackward gives Coursera's numbers", () => {
    const { xt, a_prev, c_prev, da_next, dc_next } = lstmCellBack.inputs;
    const { cache } = lstmCellForward(
      Mat.from(xt),
      Mat.from(a_prev),
      Mat.from(c_prev),
      lstmMatrices(lstmCellBack.inputs),
    );
    const { dx_t, dWu, dbu, ...others } = lstmCellBackward(
      Mat.from(da_next),
      Mat.from(dc_next),
      cache,
    );
    const results = { ...others, dxt: dx_t, dWi: dWu, dbi: dbu };
    assert.equal(compare(results, lstmCellBack.expected), 11);
  });

  it("clipByValue gives Coursera's numbers", () => {
    const { maxValue, ...gradients } = clip.inputs;
    const clipped = clipByValue(
      {
        dWax: Mat.from(gradients.dWax),
        dWaa: Mat.from(gradients.dWaa),
        dWya: Mat.from(gradients.dWya),
        db: Mat.from(gradients.db),
        dby: Mat.from(gradients.dby),
      },
      maxValue,
    );
    assert.equal(compare(clipped, clip.expected), 5);
  });

  it("rnnLossAndGradients gives the character model's loss and every gradient entry", () => {
    const { X, Y, a0, Wax, Waa, Wya, b, by } = characterModel.inputs;
    const n_x = 7;
    const x = Sequence.of(
      X.map((k) => (k === null ? Mat.zeros<"n_x", "m">(n_x, 1) : oneHot([k], n_x))),
    );
    const y = Sequence.of(Y.map((k) => oneHot([k], n_x)));
    const { total, a, gradients } = rnnLossAndGradients(
      x,
      y,
      Mat.from(a0),
      matrices({ Wax, Waa, Wya, ba: b, by }),
    );
    const { expected } = characterModel;
    assertClose(total, expected.loss, { what: "loss" });
    assertClose(a.at(5), Mat.from(expected.a_last), { what: "a⟨5⟩" });
    assertClose(gradients.dWax, Mat.from(expected.dWax), { what: "dWax" });
    assertClose(gradients.dWaa, Mat.from(expected.dWaa), { what: "dWaa" });
    assertClose(gradients.dWya, Mat.from(expected.dWya), { what: "dWya" });
    assertClose(gradients.dba, Mat.from(expected.db), { what: "dba" });
    assertClose(gradients.dby, Mat.from(expected.dby), { what: "dby" });
  });

  it("NumPy's legacy generator is drawn again as it is: the stored inputs, the uniform numbers of a text", () => {
    const { seed, inputs } = cellForward;
    const random = legacyRandom(seed);
    const xt = random.randn(3, 10);
    assertClose(xt, Mat.from(inputs.xt), { what: "xt" });
    assertClose(random.randn(5, 10), Mat.from(inputs.a_prev), { what: "a_prev" });
    assert.deepEqual(sampledUniforms(), sampling.inputs.u);
  });

  it("sample draws Coursera's 22 characters, each fed back to rnnCellForward", () => {
    assert.equal(sampling.expected.indices.length, 22);
    assert.deepEqual(sampledIndices(), sampling.expected.indices);
  });

  it("rnnCellForward gives CS231n's step", () => {
    const { x, prev_h, Wx, Wh, b } = cs231nStep.inputs;
    const step = rnnCellForward(rows(x).T, rows(prev_h).T, stateOnly(Wx, Wh, b));
    assertClose(step.a_next.T, Mat.from(cs231nStep.expected), { atol: 5.1e-9, rtol: 0 });
  });

  it("rnnForward gives CS231n's states", () => {
    const { x, h0, Wx, Wh, b } = cs231nForward.inputs;
    const numbers = linspace(x as [number, number, number[]]);
    const [m, T, n_x] = x[2] as [number, number, number];
    const steps = Sequence.build(T, (t) =>
      Mat.build(n_x, m, (k, i) => numbers[(i * T + t - 1) * n_x + k]!),
    );
    const { a } = rnnForward(steps, rows(h0).T, stateOnly(Wx, Wh, b));
    const expected = cs231nForward.expected as number[][][];
    for (let t = 1; t <= T; t++) {
      const h_t = Mat.from(expected.map((example) => example[t - 1]!));
      assertClose(a.at(t).T, h_t, { atol: 5.1e-9, rtol: 0, what: `h⟨${t}⟩` });
    }
  });
});

type Linspace = (number | number[])[];

/** A matrix of numpy.linspace's numbers; a shape of one dimension is a row. */
function rows(input: Linspace): Mat {
  const [from, to, shape] = input as [number, number, number[]];
  const [first, second] = shape as [number, number?];
  const [n, k] = second === undefined ? [1, first] : [first, second];
  return new Mat(n, k, linspace([from, to, shape]));
}

/** CS231n's layer has no output: Wya and by are zeros. */
function stateOnly(Wx: Linspace, Wh: Linspace, b: Linspace): Parameters<typeof rnnCellForward>[2] {
  const n_a = rows(b).cols;
  return {
    Wax: rows(Wx).T,
    Waa: rows(Wh).T,
    ba: rows(b).T,
    Wya: Mat.zeros(1, n_a),
    by: Mat.zeros(1, 1),
  };
}
