import assert from "node:assert/strict";
import {
  encodeDecode,
  initializeRnn,
  manyToManySynced,
  manyToOne,
  manyToOneLossAndGradients,
  Mat,
  mostLikely,
  oneHot,
  oneToMany,
  oneToManyLossAndGradients,
  oneToOne,
  padBatch,
  randomNormal,
  rnnCellForward,
  rnnCellForwardStacked,
  type RnnCell,
  rnnForward,
  seededRandom,
  Sequence,
  softmax,
  stackWeights,
} from "unrolled";
import { assertClose } from "../numeric.js";

describe("the types of RNN", () => {
  const [n_x, n_a, n_y] = [4, 5, 3];
  const random = seededRandom(41);
  const parameters = initializeRnn({ n_x, n_a, n_y }, random, 0.8);
  const batch = [[0, 1, 2, 3, 3], [2, 0], [1]];
  const { x, mask, T_x } = padBatch(batch, n_x);
  const a_0 = randomNormal<"n_a", "m">(n_a, batch.length, random);

  /** Example i by itself, without padding, through the plain unrolled network. */
  const alone = (i: number): ReturnType<typeof rnnForward> =>
    rnnForward(padBatch([batch[i]!], n_x).x, a_0.column(i), parameters);

  it("rnnForward hands each step's state to the next", () => {
    const { a, yhat, caches } = rnnForward(x, a_0, parameters);
    let a_prev = a_0;
    for (let t = 1; t <= x.T_x; t++) {
      const step = rnnCellForward(x.at(t), a_prev, parameters);
      assertClose(a.at(t), step.a_next);
      assertClose(yhat.at(t), step.yhat_t);
      assertClose(caches[t - 1]!.a_prev, a_prev);
      a_prev = step.a_next;
    }
  });

  it("the stacked cell, W_a [a; x], gives the plain cell's numbers", () => {
    const { Waa, Wax, Wya, ba, by } = parameters;
    const stacked = rnnCellForwardStacked(x.at(1), a_0, {
      Wa: stackWeights(Waa, Wax),
      Wya,
      ba,
      by,
    });
    const plain = rnnCellForward(x.at(1), a_0, parameters);
    assertClose(stacked.a_next, plain.a_next);
    assertClose(stacked.yhat_t, plain.yhat_t);
  });

  it("one to one is a softmax regression", () => {
    const W = randomNormal<"n_y", "n_x">(n_y, n_x, random);
    const b = randomNormal<"n_y", "1">(n_y, 1, random);
    assertClose(oneToOne(x.at(1), { W, b }), softmax(W.dot(x.at(1)).add(b)));
  });

  it("many to one reads each example at its own last step: padding makes no difference", () => {
    const { yhat } = manyToOne(x, a_0, parameters, rnnCellForward, mask);
    batch.forEach((_, i) => {
      assertClose(yhat.column(i), alone(i).yhat.at(T_x[i]!), { what: `example ${i + 1}` });
    });
    assertClose(manyToOne(x, a_0, parameters).yhat, rnnForward(x, a_0, parameters).yhat.at(x.T_x));
  });

  it("many to many: a padded step keeps the state and predicts zeros", () => {
    const { a, yhat } = manyToManySynced(x, a_0, parameters, rnnCellForward, mask);
    batch.forEach((_, i) => {
      const single = alone(i);
      for (let t = 1; t <= x.T_x; t++) {
        const last = Math.min(t, T_x[i]!);
        assertClose(a.at(t).column(i), single.a.at(last), { what: `a⟨${t}⟩ of example ${i + 1}` });
        const expected = t <= T_x[i]! ? single.yhat.at(t) : Mat.zeros(n_y, 1);
        assertClose(yhat.at(t).column(i), expected, { what: `ŷ⟨${t}⟩ of example ${i + 1}` });
      }
    });
    assertClose(manyToManySynced(x, a_0, parameters).a, rnnForward(x, a_0, parameters).a);
  });

  it("one to many feeds each prediction to the next step", () => {
    const own = initializeRnn({ n_x: n_y, n_a, n_y }, random, 0.8);
    const x_1 = oneHot<"n_x">([0, 1, 2], n_y);
    const { a, yhat } = oneToMany(x_1, a_0, own, 4);
    const inputs = Sequence.build<"n_x", "m">(4, (t) => (t === 1 ? x_1 : (yhat.at(t - 1) as Mat)));
    assertClose(rnnForward(inputs, a_0, own).a, a);
    assertClose(rnnForward(inputs, a_0, own).yhat, yhat);
  });

  it("with teacher forcing, labels equal to the predictions give the predictions", () => {
    const own = initializeRnn({ n_x: n_y, n_a, n_y }, random, 0.8);
    const x_1 = oneHot<"n_x">([0, 1, 2], n_y);
    const certain: RnnCell = (x_t, a_prev, shared) => {
      const step = rnnCellForward(x_t, a_prev, shared);
      return { ...step, yhat_t: mostLikely(step.yhat_t) };
    };
    const fedBack = oneToMany(x_1, a_0, own, 4, certain);
    const taught = oneToManyLossAndGradients(x_1, fedBack.yhat, a_0, own);
    assertClose(taught.a, fedBack.a);
    assertClose(
      taught.yhat.map((yhat_t) => mostLikely(yhat_t)),
      fedBack.yhat,
    );
  });

  it("the decoder starts from the encoder's last valid state and is fed its own predictions", () => {
    const decoder = initializeRnn({ n_x: n_y, n_a, n_y }, random, 0.8);
    const y_0 = oneHot<"n_y">([0, 0, 0], n_y);
    const both = { encoder: parameters, decoder };
    const { s, yhat, caches } = encodeDecode(x, a_0, both, y_0, 6, rnnCellForward, mask);
    assert.equal(yhat.T_y, 6);
    assert.deepEqual([caches.encoder.length, caches.decoder.length], [5, 6]);
    batch.forEach((_, i) => {
      const s_0 = alone(i).a.at(T_x[i]!);
      const single = oneToMany(y_0.column(i) as Mat, s_0, decoder, 6);
      assertClose(s.example(i + 1), single.a);
      assertClose(yhat.example(i + 1), single.yhat);
    });
  });

  it("reading the last or the mean state in training is reading each example without padding", () => {
    const y = oneHot<"n_y">([0, 1, 2], n_y);
    const last = manyToOneLossAndGradients(x, y, a_0, parameters, { mask });
    const mean = manyToOneLossAndGradients(x, y, a_0, parameters, { mask, read: "mean" });
    assertClose(last.yhat, manyToOne(x, a_0, parameters, rnnCellForward, mask).yhat);
    batch.forEach((_, i) => {
      const states = Array.from(alone(i).a)
        .reduce((sum, a_t) => sum.add(a_t))
        .times(1 / T_x[i]!);
      const expected = softmax(parameters.Wya.dot(states).add(parameters.by));
      assertClose(mean.yhat.column(i), expected, { what: `example ${i + 1}` });
    });
  });

  it("a learner's own cell takes the cell's place in every type", () => {
    let calls = 0;
    const counting: RnnCell = (x_t, a_prev, shared) => {
      calls++;
      return rnnCellForward(x_t, a_prev, shared);
    };
    const own = initializeRnn({ n_x: n_y, n_a, n_y }, random, 0.8);
    rnnForward(x, a_0, parameters, counting);
    manyToOne(x, a_0, parameters, counting, mask);
    manyToManySynced(x, a_0, parameters, counting, mask);
    oneToMany(oneHot([0, 1, 2], n_y), a_0, own, 2, counting);
    encodeDecode(
      x,
      a_0,
      { encoder: parameters, decoder: own },
      oneHot([0, 1, 2], n_y),
      3,
      counting,
    );
    assert.equal(calls, 5 + 5 + 5 + 2 + (5 + 3));
  });

  it("inputs are never changed, and the same call gives the same answer twice", () => {
    const before = [
      x.toArray(),
      mask.toArray(),
      a_0.toArray(),
      Object.values(parameters).map(String),
    ];
    const run = (): number[][][] =>
      manyToManySynced(x, a_0, parameters, rnnCellForward, mask).yhat.toArray();
    assert.deepEqual(run(), run());
    manyToOneLossAndGradients(x, oneHot([0, 1, 2], n_y), a_0, parameters, { mask, read: "mean" });
    assert.deepEqual(
      [x.toArray(), mask.toArray(), a_0.toArray(), Object.values(parameters).map(String)],
      before,
    );
  });

  describe("errors", () => {
    const cases: readonly (readonly [string, () => unknown, string])[] = [
      [
        "Wax against x_t",
        () => rnnCellForward(Mat.zeros(3, 3), a_0, parameters),
        "rnnCellForward: Wax is (5, 4) but x_t is (3, 3); Wax's columns must equal x_t's rows (n_x)",
      ],
      [
        "a_prev's examples",
        () => rnnCellForward(x.at(1), Mat.zeros(5, 2), parameters),
        "rnnCellForward: a_prev is (5, 2) but x_t is (4, 3); a_prev's columns must equal x_t's columns (m)",
      ],
      [
        "a bias with several columns",
        () => rnnCellForward(x.at(1), a_0, { ...parameters, ba: Mat.zeros(5, 3) }),
        "rnnCellForward: ba is (5, 3): expected (n_a, 1), one column",
      ],
      [
        "one to many with n_x ≠ n_y",
        () => oneToMany(x.at(1), a_0, parameters, 3),
        "oneToMany: by is (3, 1) but x_1 is (4, 3); by's rows must equal x_1's rows (n_x (fed back: n_y))",
      ],
      [
        "no steps to predict",
        () => oneToMany(x.at(1), a_0, parameters, 0),
        "oneToMany: expected a whole number of steps T_y of at least 1, got 0",
      ],
      [
        "a mask of other length",
        () => manyToOne(x, a_0, parameters, rnnCellForward, mask.slice(1, 2)),
        "manyToOne: mask has 2 steps but x has 5; both need the same number",
      ],
      [
        "a mask without a valid step",
        () =>
          manyToOne(
            x,
            a_0,
            parameters,
            rnnCellForward,
            mask.map((one) => one.times(0)),
          ),
        "lastValidSteps: example 1 has no valid step: expected a 1 in its mask, got only zeros; leave it out of the batch",
      ],
    ];
    for (const [title, run, message] of cases) {
      it(title, () => {
        assert.throws(run, { message });
      });
    }
  });
});
