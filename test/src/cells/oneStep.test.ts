/** One step of each cell, written out again for single numbers; its shapes; its start. */
import assert from "node:assert/strict";
import {
  gruCellBackward,
  gruCellForward,
  initializeGru,
  initializeLstm,
  initializeRnn,
  lstmCellBackward,
  lstmCellForward,
  mapMatrices,
  Mat,
  type MatricesOf,
  randomNormal,
  rnnCellBackward,
  rnnCellForward,
  rnnCellForwardStacked,
  seededRandom,
  ShapeError,
  sigmoid,
  stackWeights,
} from "unrolled";
import { assertClose, assertGradient, assertGradients } from "../numeric.js";

const [n_x, n_a, n_y, m] = [2, 3, 4, 5];
const random = seededRandom(41);
const x_t = randomNormal<"n_x", "m">(n_x, m, random);
const a_prev = randomNormal<"n_a", "m">(n_a, m, random);
const c_prev = randomNormal<"n_a", "m">(n_a, m, random);
const into_a = randomNormal<"n_a", "m">(n_a, m, random);
const into_c = randomNormal<"n_a", "m">(n_a, m, random);

/** The same set of matrices with every entry normal: no bias is zero. */
const shaken = <P extends MatricesOf<P>>(parameters: P): P =>
  mapMatrices(parameters, ({ rows, cols }) => randomNormal(rows, cols, random, 0.7));

const rnn = shaken(initializeRnn({ n_x, n_a, n_y }, random));
const gru = shaken(initializeGru({ n_x, n_a, n_y }, random));
const lstm = shaken(initializeLstm({ n_x, n_a, n_y }, random));
const stacked = {
  Wa: stackWeights(rnn.Waa, rnn.Wax),
  Wya: rnn.Wya,
  ba: rnn.ba,
  by: rnn.by,
};

/** Σ_k W[i][k] v[k][j] + b[i], where v are the columns' numbers one above the other. */
function score(W: Mat, v: readonly Mat[], b: Mat, i: number, j: number): number {
  const column = v.flatMap((part) => Array.from({ length: part.rows }, (_, k) => part.get(k, j)));
  return column.reduce((sum, value, k) => sum + W.get(i, k) * value, b.get(i, 0));
}

const sigma = (z: number): number => 1 / (1 + Math.exp(-z));

/** softmax(Wya a + by), number by number. */
function predicted(a: Mat, { Wya, by }: { readonly Wya: Mat; readonly by: Mat }): Mat {
  const powers = Mat.build(n_y, m, (i, j) => Math.exp(score(Wya, [a], by, i, j)));
  return powers.map(
    (power, _, j) =>
      power / Array.from({ length: n_y }, (_unused, i) => powers.get(i, j)).reduce((s, v) => s + v),
  );
}

/** `f` must refuse a matrix of one row or one column more, in the words of its own name. */
function refusesOtherShapes(
  name: string,
  matrices: Readonly<Record<string, Mat>>,
  f: (changed: Readonly<Record<string, Mat>>) => unknown,
): void {
  for (const [symbol, matrix] of Object.entries(matrices)) {
    for (const [rows, cols] of [
      [1, 0],
      [0, 1],
    ] as const) {
      const other = Mat.zeros(matrix.rows + rows, matrix.cols + cols);
      assert.throws(
        () => f({ ...matrices, [symbol]: other }),
        (error) =>
          error instanceof ShapeError &&
          error.message.startsWith(`${name}: `) &&
          error.message.includes(symbol),
        `${name} with ${symbol} of ${other.shape.join(", ")}`,
      );
    }
  }
}

describe("one step of a cell", () => {
  it("of the RNN is its formula", () => {
    const { a_next, yhat_t, cache } = rnnCellForward(x_t, a_prev, rnn);
    const expected = Mat.build(n_a, m, (i, j) =>
      Math.tanh(score(stacked.Wa, [a_prev, x_t], rnn.ba, i, j)),
    );
    assertClose(a_next, expected);
    assertClose(yhat_t, predicted(expected, rnn));
    assert.deepEqual(cache, { x_t, a_prev, a_next, parameters: rnn });
    const together = rnnCellForwardStacked(x_t, a_prev, stacked);
    assertClose(together.a_next, expected);
    assertClose(together.yhat_t, yhat_t);
  });

  it("of the GRU is its formula", () => {
    const { a_next, yhat_t } = gruCellForward(x_t, a_prev, gru);
    const update = Mat.build(n_a, m, (i, j) => sigma(score(gru.Wu, [a_prev, x_t], gru.bu, i, j)));
    const relevant = Mat.build(
      n_a,
      m,
      (i, j) => sigma(score(gru.Wr, [a_prev, x_t], gru.br, i, j)) * a_prev.get(i, j),
    );
    const expected = Mat.build(n_a, m, (i, j) => {
      const u = update.get(i, j);
      const candidate = Math.tanh(score(gru.Wc, [relevant, x_t], gru.bc, i, j));
      return u * candidate + (1 - u) * a_prev.get(i, j);
    });
    assertClose(a_next, expected);
    assertClose(yhat_t, predicted(expected, gru));
  });

  it("of the LSTM is its formula", () => {
    const { a_next, c_next, yhat_t } = lstmCellForward(x_t, a_prev, c_prev, lstm);
    const gate = (W: Mat, b: Mat, i: number, j: number): number =>
      sigma(score(W, [a_prev, x_t], b, i, j));
    const memory = Mat.build(
      n_a,
      m,
      (i, j) =>
        gate(lstm.Wu, lstm.bu, i, j) * Math.tanh(score(lstm.Wc, [a_prev, x_t], lstm.bc, i, j)) +
        gate(lstm.Wf, lstm.bf, i, j) * c_prev.get(i, j),
    );
    const expected = memory.map((c, i, j) => gate(lstm.Wo, lstm.bo, i, j) * Math.tanh(c));
    assertClose(c_next, memory);
    assertClose(a_next, expected);
    assertClose(yhat_t, predicted(expected, lstm));
  });

  it("takes another activation for its output", () => {
    for (const { a_next, yhat_t, by, Wya } of [
      { ...rnnCellForward(x_t, a_prev, rnn, sigmoid), ...rnn },
      { ...gruCellForward(x_t, a_prev, gru, sigmoid), ...gru },
      { ...lstmCellForward(x_t, a_prev, c_prev, lstm, sigmoid), ...lstm },
    ]) {
      assertClose(
        yhat_t,
        Mat.build(n_y, m, (i, j) => sigma(score(Wya, [a_next], by, i, j))),
      );
    }
  });

  it("backwards gives the gradients that central differences give", () => {
    {
      const value = (x: typeof x_t, a: typeof a_prev, p: typeof rnn): number =>
        rnnCellForward(x, a, p).a_next.times(into_a).sum();
      const { dx_t, da_prev, ...own } = rnnCellBackward(
        into_a,
        rnnCellForward(x_t, a_prev, rnn).cache,
      );
      assertGradient("dx_t", (x) => value(x, a_prev, rnn), x_t, dx_t);
      assertGradient("da_prev", (a) => value(x_t, a, rnn), a_prev, da_prev);
      const { Wya: _, by: __, ...weights } = rnn;
      assertGradients((p: typeof weights) => value(x_t, a_prev, { ...rnn, ...p }), weights, own);
    }
    {
      const value = (x: typeof x_t, a: typeof a_prev, p: typeof gru): number =>
        gruCellForward(x, a, p).a_next.times(into_a).sum();
      const { dx_t, da_prev, ...own } = gruCellBackward(
        into_a,
        gruCellForward(x_t, a_prev, gru).cache,
      );
      assertGradient("dx_t", (x) => value(x, a_prev, gru), x_t, dx_t);
      assertGradient("da_prev", (a) => value(x_t, a, gru), a_prev, da_prev);
      const { Wya: _, by: __, ...weights } = gru;
      assertGradients((p: typeof weights) => value(x_t, a_prev, { ...gru, ...p }), weights, own);
    }
    {
      const value = (x: typeof x_t, a: typeof a_prev, c: typeof c_prev, p: typeof lstm): number => {
        const { a_next, c_next } = lstmCellForward(x, a, c, p);
        return a_next.times(into_a).sum() + c_next.times(into_c).sum();
      };
      const { dx_t, da_prev, dc_prev, ...own } = lstmCellBackward(
        into_a,
        into_c,
        lstmCellForward(x_t, a_prev, c_prev, lstm).cache,
      );
      assertGradient("dx_t", (x) => value(x, a_prev, c_prev, lstm), x_t, dx_t);
      assertGradient("da_prev", (a) => value(x_t, a, c_prev, lstm), a_prev, da_prev);
      assertGradient("dc_prev", (c) => value(x_t, a_prev, c, lstm), c_prev, dc_prev);
      const { Wya: _, by: __, ...weights } = lstm;
      assertGradients(
        (p: typeof weights) => value(x_t, a_prev, c_prev, { ...lstm, ...p }),
        weights,
        own,
      );
    }
  });
});

describe("a cell's shapes", () => {
  it("are asked for, each matrix by its name", () => {
    const step = { x_t, a_prev };
    refusesOtherShapes("rnnCellForward", { ...step, ...rnn }, (all) => {
      rnnCellForward(all["x_t"] as typeof x_t, all["a_prev"] as typeof a_prev, all as never);
    });
    refusesOtherShapes("gruCellForward", { ...step, ...gru }, (all) => {
      gruCellForward(all["x_t"] as typeof x_t, all["a_prev"] as typeof a_prev, all as never);
    });
    refusesOtherShapes("lstmCellForward", { ...step, c_prev, ...lstm }, (all) => {
      lstmCellForward(
        all["x_t"] as typeof x_t,
        all["a_prev"] as typeof a_prev,
        all["c_prev"] as typeof c_prev,
        all as never,
      );
    });
    refusesOtherShapes("rnnCellForwardStacked", { ...stacked }, (all) => {
      rnnCellForwardStacked(x_t, a_prev, all as never);
    });
  });

  it("are asked for on the way back too", () => {
    refusesOtherShapes("rnnCellBackward", { da_next: into_a }, ({ da_next }) => {
      rnnCellBackward(da_next as typeof into_a, rnnCellForward(x_t, a_prev, rnn).cache);
    });
    refusesOtherShapes("gruCellBackward", { da_next: into_a }, ({ da_next }) => {
      gruCellBackward(da_next as typeof into_a, gruCellForward(x_t, a_prev, gru).cache);
    });
    refusesOtherShapes(
      "lstmCellBackward",
      { da_next: into_a, dc_next: into_c },
      ({ da_next, dc_next }) => {
        lstmCellBackward(
          da_next as typeof into_a,
          dc_next as typeof into_c,
          lstmCellForward(x_t, a_prev, c_prev, lstm).cache,
        );
      },
    );
  });

  it("of stacked weights are (n_a, n_a) and (n_a, n_x), whatever n_x is", () => {
    const square = randomNormal<"n_a", "n_a">(n_a, n_a, random);
    assert.throws(
      () => stackWeights(square, Mat.zeros<"n_a", "n_x">(n_a + 1, n_x)),
      /^ShapeError: stackWeights: Wax .* Waa /,
    );
    assert.throws(
      () => stackWeights(Mat.zeros<"n_a", "n_a">(n_a, n_a + 1), rnn.Wax),
      /^ShapeError: stackWeights: Waa /,
    );
    assert.equal(stackWeights(square, Mat.zeros<"n_a", "n_x">(n_a, 7)).cols, n_a + 7);
  });

  it("say of a stack of state and input which matrix does not fit it", () => {
    const long = Mat.zeros<"n_x", "m">(n_x + 1, m);
    assert.throws(() => gruCellForward(long, a_prev, gru), /\[a_prev; x_t\] is \(6, 5\)/);
    assert.throws(() => lstmCellForward(long, a_prev, c_prev, lstm), /\[a_prev; x_t\] is \(6, 5\)/);
    assert.throws(
      () => rnnCellForwardStacked(long, a_prev, stacked),
      /\[a_prev; x_t\] is \(6, 5\)/,
    );
  });

  it("are those of the state: what differs from it is named, and the state beside it", () => {
    const tall = Mat.zeros<"n_a", "n_a+n_x">(n_a + 1, n_a + n_x);
    const says = (f: () => unknown, start: string): void => {
      assert.throws(f, (error: Error) => error.message.startsWith(start));
    };
    says(
      () => gruCellForward(x_t, a_prev, { ...gru, Wu: tall }),
      "gruCellForward: Wu is (4, 5) but a_prev is (3, 5)",
    );
    says(
      () => lstmCellForward(x_t, a_prev, c_prev, { ...lstm, Wf: tall }),
      "lstmCellForward: Wf is (4, 5) but a_prev is (3, 5)",
    );
    says(
      () => rnnCellForwardStacked(x_t, a_prev, { ...stacked, Wa: tall }),
      "rnnCellForwardStacked: a_prev is (3, 5) but Wa is (4, 5)",
    );
    const { cache } = lstmCellForward(x_t, a_prev, c_prev, lstm);
    for (const other of [Mat.zeros<"n_a", "m">(4, 5), Mat.zeros<"n_a", "m">(3, 6)]) {
      says(
        () => lstmCellBackward(other, into_c, cache),
        `lstmCellBackward: da_next is (${other.shape.join(", ")}) but c_next is (3, 5)`,
      );
    }
  });

  it("a masked step's cache is refused, with the function that takes it", () => {
    const { cache } = rnnCellForward(x_t, a_prev, rnn);
    assert.throws(
      () => rnnCellBackward(into_a, { ...cache, mask_t: Mat.filled<"1", "m">(1, m, 1) }),
      /^OutOfRangeError: rnnCellBackward: .* mask, .* go back with rnnBackward/,
    );
  });
});

describe("parameters to start from", () => {
  const sizes = { n_x: 2, n_a: 3, n_y: 4 };

  /** Each weight is drawn in turn with its deviation; each bias is its number. */
  function startsAs(
    start: object,
    expected: readonly (
      | readonly [string, rows: number, cols: number, deviation: number]
      | readonly [string, rows: number, bias: number]
    )[],
  ): void {
    const drawn = seededRandom(3);
    const wanted = expected.map(([name, rows, ...rest]) => {
      const [first, deviation] = rest as [number, number?];
      return [
        name,
        deviation === undefined
          ? Mat.filled(rows, 1, first)
          : randomNormal(rows, first, drawn, deviation),
      ] as const;
    });
    assert.deepEqual(start, Object.fromEntries(wanted));
  }

  for (const scale of [undefined, 0.25]) {
    const by = (inputs: number): number => scale ?? 1 / Math.sqrt(inputs);
    const told = scale === undefined ? "1/√(number of inputs)" : "the deviation asked for";

    it(`are normal with ${told}, and biases 0: the RNN`, () => {
      startsAs(initializeRnn(sizes, seededRandom(3), scale), [
        ["Wax", 3, 2, by(2)],
        ["Waa", 3, 3, by(3)],
        ["Wya", 4, 3, by(3)],
        ["ba", 3, 0],
        ["by", 4, 0],
      ]);
    });

    it(`are normal with ${told}, and biases 0: the GRU`, () => {
      startsAs(initializeGru(sizes, seededRandom(3), scale), [
        ...(["Wu", "Wr", "Wc"] as const).map((name) => [name, 3, 5, by(5)] as const),
        ...(["bu", "br", "bc"] as const).map((name) => [name, 3, 0] as const),
        ["Wya", 4, 3, by(3)],
        ["by", 4, 0],
      ]);
    });

    it(`are normal with ${told}, and biases 0 but the forget gate's 1: the LSTM`, () => {
      const start = scale === undefined ? undefined : { scale };
      startsAs(initializeLstm(sizes, seededRandom(3), start), [
        ...(["Wf", "Wu", "Wc", "Wo"] as const).map((name) => [name, 3, 5, by(5)] as const),
        ["bf", 3, 1],
        ...(["bu", "bc", "bo"] as const).map((name) => [name, 3, 0] as const),
        ["Wya", 4, 3, by(3)],
        ["by", 4, 0],
      ]);
    });
  }

  it("have the forget gate's bias that is asked for", () => {
    assertClose(initializeLstm(sizes, random, { forgetBias: -2 }).bf, Mat.filled(3, 1, -2));
  });
});
