import assert from "node:assert/strict";
import {
  bidirectionalLossAndGradients,
  type CellName,
  deepLossAndGradients,
  gruBackward,
  gruCellBackward,
  gruCellForward,
  gruForward,
  gruLossAndGradients,
  initializeBidirectional,
  initializeDeep,
  initializeGru,
  initializeLayer,
  initializeLstm,
  lstmBackward,
  lstmCellBackward,
  lstmCellForward,
  lstmForward,
  lstmLossAndGradients,
  mapMatrices,
  Mat,
  type MatricesOf,
  oneHot,
  randomNormal,
  runLayer,
  seededRandom,
  Sequence,
} from "unrolled";
import { assertGradient, assertGradients, normalSteps } from "../numeric.js";

const [n_x, n_a, n_y, m, T_x] = [3, 4, 2, 3, 5];
const random = seededRandom(29);

/** A parameter set of the same form, all of its entries (biases too) normal: no gradient is trivial. */
function shaken<P extends MatricesOf<P>>(parameters: P): P {
  return mapMatrices(parameters, ({ rows, cols }) => randomNormal(rows, cols, random, 0.6));
}

/** Σ_t Σ upstream⟨t⟩ ∗ a⟨t⟩: a number whose gradient by a⟨t⟩ is upstream⟨t⟩. */
function weighted(a: Sequence<"n_a", "m">, upstream: Sequence<"n_a", "m">): number {
  return Array.from(a, (a_t, index) => a_t.times(upstream.at(index + 1)).sum()).reduce(
    (total, value) => total + value,
  );
}

/** x with another step t. */
function withStep<R extends string>(
  x: Sequence<R, "m">,
  t: number,
  step: Mat<R, "m">,
): Sequence<R, "m"> {
  return x.map((old, s) => (s === t ? step : old));
}

describe("gradients of the gated cells and of the networks made of cells agree with central differences", () => {
  const x = Sequence.of(normalSteps<"n_x">(T_x, n_x, m, random));
  const a_0 = randomNormal<"n_a", "m">(n_a, m, random, 0.5);
  const c_0 = randomNormal<"n_a", "m">(n_a, m, random);
  const y = Sequence.build(T_x, () =>
    oneHot(
      Array.from({ length: m }, () => random.integer(n_y)),
      n_y,
    ),
  );
  const mask = Sequence.build<"1", "m">(T_x, (t) =>
    Mat.build(1, m, (_, i) => (t <= T_x - 2 * i ? 1 : 0)),
  );
  const gru = shaken(initializeGru({ n_x, n_a, n_y }, random));
  const lstm = shaken(initializeLstm({ n_x, n_a, n_y }, random));
  const gruLayer = shaken(initializeLayer("gru", { n_x, n_a }, random));

  it("gruCellBackward", () => {
    const upstream = randomNormal<"n_a", "m">(n_a, m, random);
    const value = (x_t: Mat<"n_x", "m">, a_prev: typeof a_0, p: typeof gru): number =>
      gruCellForward(x_t, a_prev, p).a_next.times(upstream).sum();
    const x_t = x.at(1);
    const { dx_t, da_prev, ...gradients } = gruCellBackward(
      upstream,
      gruCellForward(x_t, a_0, gru).cache,
    );
    assertGradient("dx_t", (theta) => value(theta, a_0, gru), x_t, dx_t);
    assertGradient("da_prev", (theta) => value(x_t, theta, gru), a_0, da_prev);
    const { Wya: _, by: __, ...own } = gru;
    assertGradients((p: typeof own) => value(x_t, a_0, { ...gru, ...p }), own, gradients);
  });

  it("lstmCellBackward, with gradients into a⟨t⟩ and into c⟨t⟩", () => {
    const [into_a, into_c] = normalSteps<"n_a">(2, n_a, m, random) as [typeof a_0, typeof a_0];
    const value = (
      x_t: Mat<"n_x", "m">,
      a_prev: typeof a_0,
      c_prev: typeof a_0,
      p: typeof lstm,
    ): number => {
      const { a_next, c_next } = lstmCellForward(x_t, a_prev, c_prev, p);
      return a_next.times(into_a).sum() + c_next.times(into_c).sum();
    };
    const x_t = x.at(1);
    const { dx_t, da_prev, dc_prev, ...gradients } = lstmCellBackward(
      into_a,
      into_c,
      lstmCellForward(x_t, a_0, c_0, lstm).cache,
    );
    assertGradient("dx_t", (theta) => value(theta, a_0, c_0, lstm), x_t, dx_t);
    assertGradient("da_prev", (theta) => value(x_t, theta, c_0, lstm), a_0, da_prev);
    assertGradient("dc_prev", (theta) => value(x_t, a_0, theta, lstm), c_0, dc_prev);
    const { Wya: _, by: __, ...own } = lstm;
    assertGradients((p: typeof own) => value(x_t, a_0, c_0, { ...lstm, ...p }), own, gradients);
  });

  for (const [where, only] of [
    ["every step", undefined],
    ["the first step only", 1],
    ["the last step only", T_x],
  ] as const) {
    const da = Sequence.build<"n_a", "m">(T_x, (t) =>
      only === undefined || only === t ? randomNormal(n_a, m, random) : Mat.zeros(n_a, m),
    );

    it(`gruBackward with a gradient into ${where}`, () => {
      const value = (xs: typeof x, first: typeof a_0, p: typeof gru): number =>
        weighted(gruForward(xs, first, p).a, da);
      const { dx, da_0, ...gradients } = gruBackward(da, gruForward(x, a_0, gru).caches);
      for (let t = 1; t <= T_x; t++) {
        const f = (x_t: Mat<"n_x", "m">): number => value(withStep(x, t, x_t), a_0, gru);
        assertGradient(`dx⟨${t}⟩`, f, x.at(t), dx.at(t));
      }
      assertGradient("da_0", (theta) => value(x, theta, gru), a_0, da_0);
      const { Wya: _, by: __, ...own } = gru;
      assertGradients((p: typeof own) => value(x, a_0, { ...gru, ...p }), own, gradients);
    });

    it(`lstmBackward with a gradient into ${where}`, () => {
      const value = (xs: typeof x, first: typeof a_0, memory: typeof a_0, p: typeof lstm): number =>
        weighted(lstmForward(xs, first, p, { c_0: memory }).a, da);
      const { dx, da_0, dc_0, ...gradients } = lstmBackward(
        da,
        lstmForward(x, a_0, lstm, { c_0 }).caches,
      );
      for (let t = 1; t <= T_x; t++) {
        const f = (x_t: Mat<"n_x", "m">): number => value(withStep(x, t, x_t), a_0, c_0, lstm);
        assertGradient(`dx⟨${t}⟩`, f, x.at(t), dx.at(t));
      }
      assertGradient("da_0", (theta) => value(x, theta, c_0, lstm), a_0, da_0);
      assertGradient("dc_0", (theta) => value(x, a_0, theta, lstm), c_0, dc_0);
      const { Wya: _, by: __, ...own } = lstm;
      assertGradients((p: typeof own) => value(x, a_0, c_0, { ...lstm, ...p }), own, gradients);
    });
  }

  for (const [title, used] of [
    ["", undefined],
    [" with a mask", mask],
  ] as const) {
    it(`gruLossAndGradients${title}`, () => {
      const { gradients } = gruLossAndGradients(x, y, a_0, gru, used);
      assertGradients((p) => gruLossAndGradients(x, y, a_0, p, used).total, gru, gradients);
    });

    it(`lstmLossAndGradients${title}, from c⟨0⟩ = 0 and from another c⟨0⟩`, () => {
      for (const memory of [undefined, c_0]) {
        const { gradients } = lstmLossAndGradients(x, y, a_0, lstm, used, memory);
        const f = (p: typeof lstm): number =>
          lstmLossAndGradients(x, y, a_0, p, used, memory).total;
        assertGradients(f, lstm, gradients);
      }
    });

    for (const cell of ["rnn", "gru", "lstm"] satisfies CellName[]) {
      it(`bidirectionalLossAndGradients of ${cell} layers${title}`, () => {
        const start = shaken(initializeBidirectional(cell, { n_x, n_a, n_y }, random));
        const { gradients } = bidirectionalLossAndGradients(x, y, start, used);
        const f = (p: typeof start): number => bidirectionalLossAndGradients(x, y, p, used).total;
        assertGradients(f, start, gradients);
      });

      it(`bidirectionalLossAndGradients of ${cell} layers, answered at one step${title}`, () => {
        const start = shaken(initializeBidirectional(cell, { n_x, n_a, n_y }, random));
        const answered = Sequence.build<"1", "m">(x.T_x, (t) =>
          Mat.filled(1, x.cols, t === 2 ? 1 : 0),
        );
        const lossOf = (p: typeof start) => bidirectionalLossAndGradients(x, y, p, used, answered);
        assert.equal(lossOf(start).total, lossOf(start).perStep.get(0, 1));
        assertGradients((p) => lossOf(p).total, start, lossOf(start).gradients);
      });

      it(`deepLossAndGradients of 3 ${cell} layers${title}`, () => {
        const start = shaken(initializeDeep(cell, { n_x, n_a, n_y, L: 3 }, random));
        const { gradients } = deepLossAndGradients(x, y, start, used);
        assertGradients((p) => deepLossAndGradients(x, y, p, used).total, start, gradients);
      });
    }
  }

  it("a deep network of different cells", () => {
    const rnnLayer = shaken(initializeLayer("rnn", { n_x: n_a, n_a: 3 }, random));
    const lstmLayer = shaken(initializeLayer("lstm", { n_x: 3, n_a: 2 }, random));
    const start = {
      layers: [gruLayer, rnnLayer, lstmLayer] as const,
      Wya: randomNormal<"n_y", "n_a">(n_y, 2, random),
      by: randomNormal<"n_y", "1">(n_y, 1, random),
    };
    const { gradients } = deepLossAndGradients(x, y, start);
    assertGradients((p) => deepLossAndGradients(x, y, p).total, start, gradients);
  });

  it("runLayer's gradient by its inputs", () => {
    const da = Sequence.of(normalSteps<"n_a">(T_x, n_a, m, random));
    for (const cell of ["rnn", "gru", "lstm"] satisfies CellName[]) {
      const layer = shaken(initializeLayer(cell, { n_x, n_a }, random));
      const { dx } = runLayer(x, layer).backward(da);
      for (let t = 1; t <= T_x; t++) {
        const f = (x_t: Mat<"n_x", "m">): number =>
          weighted(runLayer(withStep(x, t, x_t), layer).a, da);
        assertGradient(`${cell}: dx⟨${t}⟩`, f, x.at(t), dx.at(t));
      }
    }
  });

  it("a single step and a single example are no special case", () => {
    const [short, label] = [Sequence.of([x.at(1).column(0)]), Sequence.of([y.at(1).column(0)])];
    const first = a_0.column(0);
    assertGradients(
      (p) => gruLossAndGradients(short, label, first, p).total,
      gru,
      gruLossAndGradients(short, label, first, gru).gradients,
    );
    assertGradients(
      (p) => lstmLossAndGradients(short, label, first, p).total,
      lstm,
      lstmLossAndGradients(short, label, first, lstm).gradients,
    );
  });
});
