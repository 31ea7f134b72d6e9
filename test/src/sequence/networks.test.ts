import assert from "node:assert/strict";
import {
  bidirectionalForward,
  bidirectionalLossAndGradients,
  type CellName,
  countParameters,
  deepForward,
  deepLossAndGradients,
  gruBackward,
  type GruCell,
  gruCellBackward,
  gruCellForward,
  gruForward,
  gruLossAndGradients,
  initializeBidirectional,
  initializeDeep,
  initializeGru,
  initializeLayer,
  initializeLstm,
  initializeRnn,
  lstmBackward,
  type LstmCell,
  lstmCellBackward,
  lstmCellForward,
  lstmForward,
  lstmLossAndGradients,
  mapMatrices,
  Mat,
  type MatricesOf,
  oneHot,
  padBatch,
  type Random,
  randomNormal,
  rnnForward,
  rnnLossAndGradients,
  runLayer,
  seededRandom,
  Sequence,
  softmax,
  stackColumns,
  stackRows,
  stackWeights,
  train,
} from "unrolled";
import { assertClose, normalSteps } from "../numeric.js";

const [n_x, n_a, n_y, m, T_x] = [4, 5, 3, 3, 6];
const cells = ["rnn", "gru", "lstm"] satisfies CellName[];
const random = seededRandom(37);
const lengths = [6, 2, 4];
const x = Sequence.of(normalSteps<"n_x">(T_x, n_x, m, random));
const y = Sequence.build(T_x, () =>
  oneHot<"n_y">(
    Array.from({ length: m }, () => random.integer(n_y)),
    n_y,
  ),
);
const mask = Sequence.build<"1", "m">(T_x, (t) =>
  Mat.build(1, m, (_, i) => (t <= lengths[i]! ? 1 : 0)),
);
const a_0 = randomNormal<"n_a", "m">(n_a, m, random, 0.5);
const c_0 = randomNormal<"n_a", "m">(n_a, m, random);
const zeros = Mat.zeros<"n_a", "m">(n_a, m);
const gru = shaken(initializeGru({ n_x, n_a, n_y }, random));
const lstm = shaken(initializeLstm({ n_x, n_a, n_y }, random));

/** A parameter set of the same form, its biases random too. */
function shaken<P extends MatricesOf<P>>(parameters: P): P {
  return mapMatrices(parameters, ({ rows, cols }) => randomNormal(rows, cols, random, 0.7));
}

/** Other numbers in each example's padded steps. */
function spoilt<R extends string>(sequence: Sequence<R, "m">): Sequence<R, "m"> {
  return sequence.map((step, t) =>
    step.map((value, _, i) => (mask.at(t).get(0, i) === 1 ? value : 9)),
  );
}

const sigma = (z: number): number => 1 / (1 + Math.exp(-z));

/** Row k of W, times [top; x⟨t⟩] of example i, and the bias: the scores of one unit, number by number. */
function score(W: Mat, b: Mat, k: number, top: readonly number[], x_t: Mat, i: number): number {
  let z = b.get(k, 0);
  top.forEach((value, j) => (z += W.get(k, j) * value));
  for (let j = 0; j < x_t.rows; j++) z += W.get(k, top.length + j) * x_t.get(j, i);
  return z;
}

describe("the GRU", () => {
  it("computes the course's formulas, worked out unit by unit", () => {
    const { a, yhat, caches } = gruForward(x, a_0, gru);
    for (let i = 0; i < m; i++) {
      let c = a_0.toArray().map((row) => row[i]!);
      for (let t = 1; t <= T_x; t++) {
        const x_t = x.at(t);
        const update = c.map((_, k) => sigma(score(gru.Wu, gru.bu, k, c, x_t, i)));
        const relevance = c.map((_, k) => sigma(score(gru.Wr, gru.br, k, c, x_t, i)));
        const relevant = c.map((value, k) => relevance[k]! * value);
        const candidate = c.map((_, k) => Math.tanh(score(gru.Wc, gru.bc, k, relevant, x_t, i)));
        c = c.map((value, k) => update[k]! * candidate[k]! + (1 - update[k]!) * value);
        assertClose(a.at(t).column(i), Mat.column(c), { what: `a⟨${t}⟩, example ${i + 1}` });
        assertClose(caches[t - 1]!.gamma_u.column(i), Mat.column(update));
        assertClose(caches[t - 1]!.gamma_r.column(i), Mat.column(relevance));
        const z = gru.Wya.dot(Mat.column(c)).add(gru.by);
        assertClose(yhat.at(t).column(i), softmax(z));
      }
    }
  });

  it("with Γu = 0 keeps its state", () => {
    const closed = { ...gru, bu: Mat.filled<"n_a", "1">(n_a, 1, -1e4) };
    for (const a_t of gruForward(x, a_0, closed).a) assertClose(a_t, a_0, { atol: 0, rtol: 0 });
  });

  it("with Γu = Γr = 1 is the basic RNN", () => {
    const basic = shaken(initializeRnn({ n_x, n_a, n_y }, random));
    const open = Mat.filled<"n_a", "1">(n_a, 1, 1e4);
    const { Waa, Wax, ba, Wya, by } = basic;
    const same = { ...gru, Wc: stackWeights(Waa, Wax), bc: ba, bu: open, br: open, Wya, by };
    assertClose(gruForward(x, a_0, same).a, rnnForward(x, a_0, basic).a);
    const ours = gruLossAndGradients(x, y, a_0, same, mask).gradients;
    const { dWaa, dWax, dba } = rnnLossAndGradients(x, y, a_0, basic, mask).gradients;
    assertClose(ours.dWc, stackColumns(dWaa, dWax));
    assertClose(ours.dbc, dba);
  });

  it("a learner's own cell, forward and backward, takes the cell's place", () => {
    const calls: string[] = [];
    const cell: GruCell = (x_t, a_prev, parameters) => {
      calls.push("forward");
      return gruCellForward(x_t, a_prev, parameters);
    };
    const { caches } = gruForward(x, a_0, gru, cell);
    const da = gruForward(x, a_0, gru).a;
    const own = gruBackward(da, caches, (da_next, cache) => {
      calls.push("backward");
      return gruCellBackward(da_next, cache);
    });
    assert.equal(calls.join(" "), "forward ".repeat(T_x) + "backward ".repeat(T_x).trim());
    assert.deepEqual(own, gruBackward(da, caches));
  });

  it("starts with biases of zero and weights of standard deviation 1/√(n_a + n_x), or as said", () => {
    const sizes = { n_x: 60, n_a: 40, n_y: 3 };
    const start = initializeGru(sizes, seededRandom(1));
    for (const b of [start.bu, start.br, start.bc, start.by]) assert.equal(b.norm(), 0);
    for (const W of [start.Wu, start.Wr, start.Wc]) {
      assert.ok(Math.abs(W.norm() / Math.sqrt(W.rows * W.cols) - 0.1) < 0.005);
    }
    assertClose(initializeGru(sizes, seededRandom(1), 0.3).Wr, start.Wr.times(3));
  });
});

describe("the LSTM", () => {
  it("computes the course's formulas, worked out unit by unit", () => {
    const { a, c, yhat } = lstmForward(x, a_0, lstm, { c_0 });
    for (let i = 0; i < m; i++) {
      let a_i = a_0.toArray().map((row) => row[i]!);
      let c_i = c_0.toArray().map((row) => row[i]!);
      for (let t = 1; t <= T_x; t++) {
        const before = a_i;
        const of = (W: Mat, b: Mat): number[] =>
          before.map((_, k) => score(W, b, k, before, x.at(t), i));
        const forget = of(lstm.Wf, lstm.bf).map(sigma);
        const update = of(lstm.Wu, lstm.bu).map(sigma);
        const output = of(lstm.Wo, lstm.bo).map(sigma);
        const candidate = of(lstm.Wc, lstm.bc).map(Math.tanh);
        c_i = c_i.map((value, k) => update[k]! * candidate[k]! + forget[k]! * value);
        a_i = c_i.map((value, k) => output[k]! * Math.tanh(value));
        assertClose(c.at(t).column(i), Mat.column(c_i), { what: `c⟨${t}⟩, example ${i + 1}` });
        assertClose(a.at(t).column(i), Mat.column(a_i), { what: `a⟨${t}⟩, example ${i + 1}` });
        assertClose(yhat.at(t).column(i), softmax(lstm.Wya.dot(Mat.column(a_i)).add(lstm.by)));
      }
    }
  });

  it("with Γf = 1 and Γu = 0 keeps its memory", () => {
    const open = Mat.filled<"n_a", "1">(n_a, 1, 1e4);
    const { c, a } = lstmForward(x, a_0, { ...lstm, bf: open, bu: open.times(-1) }, { c_0 });
    for (const c_t of c) assertClose(c_t, c_0, { atol: 0, rtol: 0 });
    assert.ok(a.at(2).sub(a.at(1)).norm() > 1e-3, "the output gate still shows it differently");
  });

  it("with Γo = 0 shows nothing, whatever it remembers", () => {
    const shut = { ...lstm, bo: Mat.filled<"n_a", "1">(n_a, 1, -1e4) };
    const { a, c } = lstmForward(x, a_0, shut, { c_0 });
    for (const a_t of a) assert.equal(a_t.norm(), 0);
    assert.ok(c.at(T_x).norm() > 0);
  });

  it("starts from c⟨0⟩ = 0 unless said", () => {
    assert.deepEqual(
      lstmForward(x, a_0, lstm).c.toArray(),
      lstmForward(x, a_0, lstm, { c_0: zeros }).c.toArray(),
    );
    assert.equal(
      lstmLossAndGradients(x, y, a_0, lstm).total,
      lstmLossAndGradients(x, y, a_0, lstm, undefined, zeros).total,
    );
    const other = lstmLossAndGradients(x, y, a_0, lstm, undefined, c_0);
    assertClose(other.c, lstmForward(x, a_0, lstm, { c_0 }).c);
  });

  it("a learner's own cell, forward and backward, takes the cell's place", () => {
    const calls: string[] = [];
    const cell: LstmCell = (x_t, a_prev, c_prev, parameters) => {
      calls.push("forward");
      return lstmCellForward(x_t, a_prev, c_prev, parameters);
    };
    const { caches, a } = lstmForward(x, a_0, lstm, { cell });
    const own = lstmBackward(a, caches, (da_next, dc_next, cache) => {
      calls.push("backward");
      return lstmCellBackward(da_next, dc_next, cache);
    });
    assert.equal(calls.join(" "), "forward ".repeat(T_x) + "backward ".repeat(T_x).trim());
    assert.deepEqual(own, lstmBackward(a, caches));
  });

  it("starts with a forget bias of 1 or as said, other biases of zero", () => {
    const sizes = { n_x: 60, n_a: 40, n_y: 3 };
    const start = initializeLstm(sizes, seededRandom(1));
    assert.ok(start.bf.data.every((value) => value === 1));
    for (const b of [start.bu, start.bc, start.bo, start.by]) assert.equal(b.norm(), 0);
    for (const W of [start.Wf, start.Wu, start.Wc, start.Wo]) {
      assert.ok(Math.abs(W.norm() / Math.sqrt(W.rows * W.cols) - 0.1) < 0.005);
    }
    const other = initializeLstm(sizes, seededRandom(1), { scale: 0.3, forgetBias: -2 });
    assert.ok(other.bf.data.every((value) => value === -2));
    assertClose(other.Wo, start.Wo.times(3));
  });
});

describe("layers", () => {
  it("a layer is its cell's network from states of zeros, whose output plays no part", () => {
    const { Wya: _, by: __, ...gruLayer } = gru;
    const { Wya: ___, by: ____, ...lstmLayer } = lstm;
    assertClose(runLayer(x, gruLayer).a, gruForward(x, zeros, gru).a);
    assertClose(runLayer(x, lstmLayer).a, lstmForward(x, zeros, lstm).a);
    const rnn = shaken(initializeRnn({ n_x, n_a, n_y }, random));
    assertClose(runLayer(x, rnn).a, rnnForward(x, zeros, rnn).a);
  });

  it("initializeLayer is the cell's own start without Wya and by", () => {
    const { Wya: _, by: __, ...expected } = initializeLstm({ n_x, n_a, n_y }, seededRandom(2));
    assert.deepEqual(initializeLayer("lstm", { n_x, n_a }, seededRandom(2)), expected);
  });
});

describe("deep networks", () => {
  for (const [title, used] of [
    ["", undefined],
    [", with a mask too", mask],
  ] as const) {
    it(`of one layer are the plain network, in states, predictions, loss and gradients${title}`, () => {
      const { Wya, by, ...layer } = lstm;
      const one = { layers: [layer], Wya, by };
      const plain = lstmLossAndGradients(x, y, zeros, lstm, used);
      const { total, perStep, a, yhat, gradients } = deepLossAndGradients(x, y, one, used);
      assertClose(total, plain.total);
      assertClose(perStep, plain.perStep);
      assertClose(a[0]!, plain.a);
      assertClose(yhat, plain.yhat);
      const forward = deepForward(x, one, used);
      assertClose(forward.yhat, plain.yhat);
      assertClose(forward.a[0]!, plain.a);
      assertClose(lstmForward(x, zeros, lstm, { mask: used }).yhat, plain.yhat);
      const { dWya, dby, ...dlayer } = plain.gradients;
      assertClose(gradients.dWya, dWya);
      assertClose(gradients.dby, dby);
      assert.deepEqual(gradients.layers, [dlayer]);
    });
  }

  for (const cell of cells) {
    it(`each ${cell} layer reads the states of the one below`, () => {
      const start = shaken(initializeDeep(cell, { n_x, n_a, n_y, L: 3 }, random));
      const { a, yhat } = deepForward(x, start);
      assert.equal(a.length, 3);
      assertClose(a[0]!, runLayer(x, start.layers[0]!).a);
      assertClose(a[1]!, runLayer(a[0] as Sequence<string, "m">, start.layers[1]!).a);
      assertClose(a[2]!, runLayer(a[1] as Sequence<string, "m">, start.layers[2]!).a);
      for (let t = 1; t <= T_x; t++) {
        assertClose(yhat.at(t), softmax(start.Wya.dot(a[2]!.at(t)).add(start.by)));
      }
    });
  }

  it("padded steps make no difference", () => {
    const start = shaken(initializeDeep("gru", { n_x, n_a, n_y, L: 2 }, random));
    const one = deepLossAndGradients(x, y, start, mask);
    const other = deepLossAndGradients(spoilt(x), spoilt(y), start, mask);
    assertClose(one.total, other.total);
    assert.deepEqual(one.gradients, other.gradients);
  });

  it("refuse to be without a layer", () => {
    const none = { layers: [], Wya: gru.Wya, by: gru.by };
    assert.throws(() => deepForward(x, none), {
      name: "OutOfRangeError",
      message: "deepForward: expected at least one layer, got none",
    });
  });
});

describe("bidirectional networks", () => {
  for (const cell of cells) {
    const start = shaken(initializeBidirectional(cell, { n_x, n_a, n_y }, random));

    it(`of ${cell} layers whose backward half is zeroed are the forward network`, () => {
      const left = randomNormal<"n_y", "n_a">(n_y, n_a, random);
      const half = { ...start, Wya: stackColumns(left, Mat.zeros<"n_y", "n_a">(n_y, n_a)) };
      const forward = { layers: [start.forward], Wya: left, by: start.by };
      for (const used of [undefined, mask]) {
        const both = bidirectionalLossAndGradients(x, y, half, used);
        const one = deepLossAndGradients(x, y, forward, used);
        assertClose(both.total, one.total);
        assert.deepEqual(both.gradients.forward, one.gradients.layers[0]);
        mapMatrices(both.gradients.backward as Record<string, Mat>, (gradient) => {
          assert.equal(gradient.norm(), 0);
          return gradient;
        });
      }
      assertClose(bidirectionalForward(x, half).yhat, deepForward(x, forward).yhat);
    });

    it(`of ${cell} layers whose forward half is zeroed are the forward network on the reversed sequence`, () => {
      const right = randomNormal<"n_y", "n_a">(n_y, n_a, random);
      const half = { ...start, Wya: stackColumns(Mat.zeros<"n_y", "n_a">(n_y, n_a), right) };
      const reversed = deepForward(x.reverse(), {
        layers: [start.backward],
        Wya: right,
        by: start.by,
      });
      assertClose(bidirectionalForward(x, half).yhat, reversed.yhat.reverse());
    });

    it(`of ${cell} layers give each example in a padded batch what it gets alone, and zeros behind its end`, () => {
      const { a, yhat } = bidirectionalForward(x, start, mask);
      lengths.forEach((T, index) => {
        const alone = bidirectionalForward(x.slice(1, T).example(index + 1), start);
        const own = <R extends string>(sequence: Sequence<R, "m">): Sequence<R, "m"> =>
          sequence.example(index + 1).slice(1, T);
        assertClose(own(yhat), alone.yhat);
        assertClose(own(a.forward), alone.a.forward);
        assertClose(own(a.backward), alone.a.backward);
        for (let t = T + 1; t <= T_x; t++) {
          for (const padded of [yhat, a.forward, a.backward]) {
            assert.equal(padded.at(t).column(index).norm(), 0);
          }
        }
      });
      assertClose(bidirectionalLossAndGradients(x, y, start, mask).yhat, yhat);
    });

    it(`of ${cell} layers: padded steps make no difference`, () => {
      const one = bidirectionalLossAndGradients(x, y, start, mask);
      const other = bidirectionalLossAndGradients(spoilt(x), spoilt(y), start, mask);
      assertClose(one.total, other.total);
      assert.deepEqual(one.gradients, other.gradients);
    });
  }

  it("a mask of ones is no mask", () => {
    const start = shaken(initializeBidirectional("gru", { n_x, n_a, n_y }, random));
    const ones = mask.map(({ cols }) => Mat.filled<"1", "m">(1, cols, 1));
    assert.deepEqual(
      bidirectionalLossAndGradients(x, y, start, ones),
      bidirectionalLossAndGradients(x, y, start),
    );
  });

  it("learn a label that only later inputs tell, which a network from left to right cannot", function () {
    this.timeout(60_000);
    // y⟨t⟩ = x⟨t+2⟩; at the last two steps the label is always 0.
    const draw = (source: Random): [Sequence<string, "m">, Sequence<string, "m">] => {
      const bits = Sequence.build(8, () =>
        oneHot<string>(
          Array.from({ length: 16 }, () => source.integer(2)),
          2,
        ),
      );
      const zero = oneHot<string>(Array<number>(16).fill(0), 2);
      return [bits, bits.map((_, t) => (t <= 6 ? bits.at(t + 2) : zero))];
    };
    const sizes = { n_x: 2, n_a: 6, n_y: 2 };
    const both = train({
      parameters: initializeBidirectional("gru", sizes, seededRandom(1)),
      lossAndGradients: (p, source) => bidirectionalLossAndGradients(...draw(source), p),
      steps: 250,
      learningRate: 0.03,
    });
    const forward = train({
      parameters: initializeDeep("gru", { ...sizes, L: 1 }, seededRandom(1)),
      lossAndGradients: (p, source) => deepLossAndGradients(...draw(source), p),
      steps: 250,
      learningRate: 0.03,
    });
    const perLabel = ({ losses }: { losses: readonly number[] }): number =>
      losses.slice(-20).reduce((sum, loss) => sum + loss) / 20 / 6; // six labels that are not always 0
    assert.ok(perLabel(both) < 0.1, `both directions: ${perLabel(both)} nats a label`);
    assert.ok(perLabel(forward) > 0.6, `left to right: ${perLabel(forward)} nats a label`);
  });
});

describe("padded steps make no difference", () => {
  it("to the loss and the gradients of GRU and LSTM", () => {
    const one = gruLossAndGradients(x, y, a_0, gru, mask);
    const other = gruLossAndGradients(spoilt(x), spoilt(y), a_0, gru, mask);
    assertClose(one.total, other.total);
    assert.deepEqual(one.gradients, other.gradients);
    const first = lstmLossAndGradients(x, y, a_0, lstm, mask);
    const second = lstmLossAndGradients(spoilt(x), spoilt(y), a_0, lstm, mask);
    assertClose(first.total, second.total);
    assert.deepEqual(first.gradients, second.gradients);
  });
});

describe("all networks leave their arguments as they are", () => {
  const copy = (): string =>
    JSON.stringify([x, y, a_0, gru, lstm].map((value) => JSON.stringify(value)));
  it("and the same call gives the same answer twice", () => {
    const before = copy();
    const { Wya, by, ...layer } = gru;
    const run = (): unknown[] => [
      gruLossAndGradients(x, y, a_0, gru, mask),
      lstmLossAndGradients(x, y, a_0, lstm, mask, c_0),
      deepLossAndGradients(x, y, { layers: [layer], Wya, by }, mask),
      bidirectionalLossAndGradients(
        x,
        y,
        { forward: layer, backward: layer, Wya: stackColumns(Wya, Wya), by },
        mask,
      ),
    ];
    assert.deepEqual(run(), run());
    assert.equal(copy(), before);
  });
});

describe("countParameters", () => {
  it("finds the jazz model's 45,530: an LSTM of 64 units over 90 values, and its output", () => {
    const jazz = initializeLstm({ n_x: 90, n_a: 64, n_y: 90 }, random);
    const { Wya, by, ...layer } = jazz;
    assert.equal(countParameters(layer), 4 * 64 * (64 + 90 + 1));
    assert.equal(countParameters({ Wya, by }), 64 * 90 + 90);
    assert.equal(countParameters(jazz), 45_530);
    assert.equal(countParameters({ layers: [layer], Wya, by }), 45_530);
  });

  it("counts sets in lists and by name, however deep", () => {
    const both = initializeBidirectional("gru", { n_x, n_a, n_y }, random);
    const layer = 3 * n_a * (n_a + n_x + 1);
    assert.equal(countParameters(both), 2 * layer + n_y * 2 * n_a + n_y);
    assert.equal(countParameters({ pair: [both, { inner: [both] }] }), 2 * countParameters(both));
  });
});

describe("errors say which argument does not fit", () => {
  const { x: words } = padBatch<"n_x">([[0, 1], [2]], n_x);
  const cases: readonly (readonly [string, () => unknown, string])[] = [
    [
      "a_prev's examples",
      () => gruCellForward(x.at(1), Mat.zeros(n_a, 2), gru),
      "gruCellForward: a_prev is (5, 2) but x_t is (4, 3); a_prev's columns must equal x_t's columns (m)",
    ],
    [
      "the GRU's weights of x⟨t⟩ alone",
      () => gruCellForward(x.at(1), a_0, { ...gru, Wr: Mat.zeros(n_a, n_x) }),
      "gruCellForward: Wr is (5, 4) but [a_prev; x_t] is (9, 3); Wr's columns must equal [a_prev; x_t]'s rows (n_a+n_x)",
    ],
    [
      "c_prev",
      () => lstmCellForward(x.at(1), a_0, Mat.zeros(4, m), lstm),
      "lstmCellForward: c_prev is (4, 3) but a_prev is (5, 3); c_prev's rows must equal a_prev's rows (n_a)",
    ],
    [
      "the forget gate's bias",
      () => lstmCellForward(x.at(1), a_0, c_0, { ...lstm, bf: Mat.zeros(1, n_a) }),
      "lstmCellForward: bf is (1, 5) but a_prev is (5, 3); bf's rows must equal a_prev's rows (n_a)",
    ],
    [
      "da_next",
      () => gruCellBackward(Mat.zeros(n_a, 2), gruCellForward(x.at(1), a_0, gru).cache),
      "gruCellBackward: da_next is (5, 2) but a_prev is (5, 3); da_next's columns must equal a_prev's columns (m)",
    ],
    [
      "dc_next",
      () => lstmCellBackward(a_0, Mat.zeros(2, m), lstmCellForward(x.at(1), a_0, c_0, lstm).cache),
      "lstmCellBackward: dc_next is (2, 3) but c_next is (5, 3); dc_next's rows must equal c_next's rows (n_a)",
    ],
    [
      "caches of fewer steps",
      () =>
        gruBackward(gruForward(x, a_0, gru).a, gruForward(words, Mat.zeros(n_a, 2), gru).caches),
      "gruBackward: da has 6 steps but there are 2 caches; both need one per step, step 1 first",
    ],
    [
      "two gates' gradients in one",
      () => {
        const { caches, a } = gruForward(x, a_0, gru);
        return gruBackward(a, caches, (da_next, cache) => {
          const step = gruCellBackward(da_next, cache);
          return { ...step, dWu: stackRows(step.dWu, step.dWr) as Mat };
        });
      },
      "gruBackward: dWu⟨6⟩ is (10, 9): expected (5, 9), the shape of what it is the gradient of",
    ],
    [
      "a cell's gradient without the columns of x⟨t⟩",
      () => {
        const { caches, a } = lstmForward(x, a_0, lstm);
        return lstmBackward(a, caches, (da_next, dc_next, cache) => ({
          ...lstmCellBackward(da_next, dc_next, cache),
          dWf: Mat.zeros(n_a, n_a),
        }));
      },
      "lstmBackward: dWf⟨6⟩ is (5, 5): expected (5, 9), the shape of what it is the gradient of",
    ],
    [
      "a layer of no cell",
      () => runLayer(x, { Wy: gru.Wu } as unknown as ReturnType<typeof initializeLayer<"rnn">>),
      "runLayer: no cell has these parameters: expected those of an RNN (Wax, Waa, ba), a GRU (Wu, Wr, …) or an LSTM (Wf, Wu, …), got Wy",
    ],
    [
      "an output that sees one direction alone",
      () => {
        const start = initializeBidirectional("rnn", { n_x, n_a, n_y }, random);
        return bidirectionalForward(x, { ...start, Wya: Mat.zeros(n_y, n_a) });
      },
      "outputScores: Wya is (3, 5) but a is (10, 3); Wya's columns must equal a's rows (n_a)",
    ],
    [
      "a mask of other length",
      () =>
        bidirectionalForward(
          x,
          initializeBidirectional("rnn", { n_x, n_a, n_y }, random),
          mask.slice(1, 2),
        ),
      "bidirectionalForward: mask has 2 steps but x has 6; both need the same number",
    ],
  ];
  for (const [title, run, message] of cases) {
    it(title, () => {
      assert.throws(run, { message });
    });
  }
});
