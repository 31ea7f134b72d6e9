import assert from "node:assert/strict";
import {
  encodeDecodeLossAndGradients,
  gradientCheck,
  initializeRnn,
  lossShares,
  manyToOneLossAndGradients,
  Mat,
  numericalGradient,
  oneHot,
  oneToManyLossAndGradients,
  oneToOneLossAndGradients,
  outputBackward,
  padBatch,
  randomNormal,
  rnnBackward,
  rnnBackwardTruncated,
  rnnCellBackward,
  rnnCellForward,
  rnnCellScores,
  rnnForward,
  type RnnGradients,
  rnnLossAndGradients,
  type RnnParameters,
  seededRandom,
  Sequence,
  softmaxCrossEntropy,
} from "unrolled";
import { assertClose, assertGradient, normalSteps } from "./numeric.js";

const names = ["Wax", "Waa", "Wya", "ba", "by"] as const;

/** Checks every gradient of a parameter set: f takes the set, gradients come under d-names. */
function assertGradients(
  f: (parameters: RnnParameters) => number,
  parameters: RnnParameters,
  gradients: RnnGradients,
): void {
  for (const name of names) {
    assertGradient<string, string>(
      `d${name}`,
      (theta) => f({ ...parameters, [name]: theta }),
      parameters[name],
      gradients[`d${name}`],
    );
  }
}

describe("gradients agree with central differences, entry by entry and along random directions", () => {
  const [n_x, n_a, n_y, m, T_x] = [3, 4, 2, 5, 6];
  const random = seededRandom(11);
  const parameters: RnnParameters = {
    ...initializeRnn({ n_x, n_a, n_y }, random, 0.7),
    ba: randomNormal(n_a, 1, random, 0.3),
    by: randomNormal(n_y, 1, random, 0.3),
  };
  const x = Sequence.of(normalSteps<"n_x">(T_x, n_x, m, random));
  const a_0 = randomNormal<"n_a", "m">(n_a, m, random);
  const y = Sequence.build(T_x, () =>
    oneHot(
      Array.from({ length: m }, () => random.integer(n_y)),
      n_y,
    ),
  );
  const mask = Sequence.build<"1", "m">(T_x, (t) =>
    Mat.build(1, m, (_, i) => (t <= T_x - i ? 1 : 0)),
  );

  it("rnnCellBackward", () => {
    const upstream = randomNormal<"n_a", "m">(n_a, m, random);
    const x_t = x.at(1);
    const value = (x_1: typeof x_t, a_prev: typeof a_0, p: RnnParameters): number =>
      rnnCellForward(x_1, a_prev, p).a_next.times(upstream).sum();
    const { cache } = rnnCellForward(x_t, a_0, parameters);
    const { dx_t, da_prev, dWax, dWaa, dba } = rnnCellBackward(upstream, cache);
    assertGradient("dx_t", (theta) => value(theta, a_0, parameters), x_t, dx_t);
    assertGradient("da_prev", (theta) => value(x_t, theta, parameters), a_0, da_prev);
    assertGradient("dWax", (Wax) => value(x_t, a_0, { ...parameters, Wax }), parameters.Wax, dWax);
    assertGradient("dWaa", (Waa) => value(x_t, a_0, { ...parameters, Waa }), parameters.Waa, dWaa);
    assertGradient("dba", (ba) => value(x_t, a_0, { ...parameters, ba }), parameters.ba, dba);
  });

  for (const [where, only] of [
    ["every step", undefined],
    ["the first step only", 1],
    ["the last step only", T_x],
  ] as const) {
    it(`rnnBackward with a gradient into ${where}`, () => {
      const da = Sequence.build<"n_a", "m">(T_x, (t) =>
        only === undefined || only === t ? randomNormal(n_a, m, random) : Mat.zeros(n_a, m),
      );
      const value = (xs: typeof x, first: typeof a_0, p: RnnParameters): number => {
        const { a } = rnnForward(xs, first, p);
        return Array.from(a, (a_t, index) => a_t.times(da.at(index + 1)).sum()).reduce(
          (s, v) => s + v,
        );
      };
      const { dx, da_0, dWax, dWaa, dba } = rnnBackward(da, rnnForward(x, a_0, parameters).caches);
      for (let t = 1; t <= T_x; t++) {
        assertGradient(
          `dx⟨${t}⟩`,
          (x_t) =>
            value(
              x.map((old, s) => (s === t ? x_t : old)),
              a_0,
              parameters,
            ),
          x.at(t),
          dx.at(t),
        );
      }
      assertGradient("da_0", (theta) => value(x, theta, parameters), a_0, da_0);
      assertGradient("dWax", (Wax) => value(x, a_0, { ...parameters, Wax }), parameters.Wax, dWax);
      assertGradient("dWaa", (Waa) => value(x, a_0, { ...parameters, Waa }), parameters.Waa, dWaa);
      assertGradient("dba", (ba) => value(x, a_0, { ...parameters, ba }), parameters.ba, dba);
    });
  }

  for (const [title, used] of [
    ["", undefined],
    [" with a mask", mask],
  ] as const) {
    it(`softmaxCrossEntropy${title}`, () => {
      const z = Sequence.of(normalSteps<"n_y">(T_x, n_y, m, random));
      const { dz } = softmaxCrossEntropy(z, y, used);
      for (let t = 1; t <= T_x; t++) {
        const f = (z_t: Mat<"n_y", "m">): number =>
          softmaxCrossEntropy(
            z.map((old, s) => (s === t ? z_t : old)),
            y,
            used,
          ).total;
        assertGradient(`dz⟨${t}⟩`, f, z.at(t), dz.at(t));
      }
    });

    it(`rnnLossAndGradients${title}: many to many, synced`, () => {
      const { gradients } = rnnLossAndGradients(x, y, a_0, parameters, used);
      assertGradients((p) => rnnLossAndGradients(x, y, a_0, p, used).total, parameters, gradients);
    });

    for (const read of ["last", "mean"] as const) {
      it(`manyToOneLossAndGradients${title}, reading the ${read} state`, () => {
        const options = used === undefined ? { read } : { read, mask: used };
        const f = (p: RnnParameters): number =>
          manyToOneLossAndGradients(x, y.at(1), a_0, p, options).total;
        assertGradients(
          f,
          parameters,
          manyToOneLossAndGradients(x, y.at(1), a_0, parameters, options).gradients,
        );
      });
    }

    it(`oneToManyLossAndGradients${title}`, () => {
      const own = initializeRnn({ n_x: n_y, n_a, n_y }, random, 0.7);
      const x_1 = randomNormal<"n_x", "m">(n_y, m, random);
      const f = (p: RnnParameters): number => oneToManyLossAndGradients(x_1, y, a_0, p, used).total;
      assertGradients(f, own, oneToManyLossAndGradients(x_1, y, a_0, own, used).gradients);
    });

    it(`encodeDecodeLossAndGradients${title}`, () => {
      const decoder = initializeRnn({ n_x: n_y, n_a, n_y }, random, 0.7);
      const y_0 = oneHot(
        Array.from({ length: m }, () => 0),
        n_y,
      );
      const longer = Sequence.build<"n_y", "m">(T_x + 2, (t) => y.at(Math.min(t, T_x)));
      const masks =
        used === undefined
          ? {}
          : {
              input: used,
              output: longer.map((_, t) =>
                Mat.build<"1", "m">(1, m, (_row, i) => (t <= T_x + 2 - i ? 1 : 0)),
              ),
            };
      const run = (
        enc: RnnParameters,
        dec: RnnParameters,
      ): ReturnType<typeof encodeDecodeLossAndGradients> =>
        encodeDecodeLossAndGradients(x, longer, a_0, { encoder: enc, decoder: dec }, y_0, masks);
      const { gradients } = run(parameters, decoder);
      assertGradients((p) => run(p, decoder).total, parameters, gradients.encoder);
      assertGradients((p) => run(parameters, p).total, decoder, gradients.decoder);
    });
  }

  it("outputBackward", () => {
    const dz = Sequence.of(normalSteps<"n_y">(T_x, n_y, m, random));
    const { a } = rnnForward(x, a_0, parameters);
    const value = (states: typeof a, Wya: RnnParameters["Wya"], by: RnnParameters["by"]): number =>
      Array.from(states, (a_t, n) =>
        Wya.dot(a_t)
          .add(by)
          .times(dz.at(n + 1))
          .sum(),
      ).reduce((s, v) => s + v);
    const { da, dWya, dby } = outputBackward(dz, a, parameters);
    const { Wya, by } = parameters;
    assertGradient("dWya", (theta) => value(a, theta, by), Wya, dWya);
    assertGradient("dby", (theta) => value(a, Wya, theta), by, dby);
    for (let t = 1; t <= T_x; t++) {
      assertGradient(
        `da⟨${t}⟩`,
        (a_t) =>
          value(
            a.map((old, s) => (s === t ? a_t : old)),
            Wya,
            by,
          ),
        a.at(t),
        da.at(t),
      );
    }
  });

  it("oneToOneLossAndGradients", () => {
    const W = randomNormal<"n_y", "n_x">(n_y, n_x, random);
    const b = randomNormal<"n_y", "1">(n_y, 1, random);
    const { gradients } = oneToOneLossAndGradients(x.at(1), y.at(1), { W, b });
    assertGradient(
      "dW",
      (theta) => oneToOneLossAndGradients(x.at(1), y.at(1), { W: theta, b }).total,
      W,
      gradients.dW,
    );
    assertGradient(
      "db",
      (theta) => oneToOneLossAndGradients(x.at(1), y.at(1), { W, b: theta }).total,
      b,
      gradients.db,
    );
  });

  it("a single step and a single example are no special case", () => {
    const short = Sequence.of([x.at(1).column(0)]);
    const label = Sequence.of([y.at(1).column(0)]);
    const first = a_0.column(0);
    const f = (p: RnnParameters): number => rnnLossAndGradients(short, label, first, p).total;
    assertGradients(f, parameters, rnnLossAndGradients(short, label, first, parameters).gradients);
  });

  describe("rnnBackwardTruncated", () => {
    const da = Sequence.of(normalSteps<"n_a">(T_x, n_a, m, random));
    const { caches, a } = rnnForward(x, a_0, parameters);
    const keys = ["da_0", "dWax", "dWaa", "dba", "dx"] as const;

    for (const k of [T_x, T_x + 5, Infinity]) {
      it(`with k = ${k} ≥ T_x is the full gradient`, () => {
        const full = rnnBackward(da, caches);
        const cut = rnnBackwardTruncated(da, caches, k);
        for (const key of keys) assertClose(cut[key], full[key], { what: key });
      });
    }

    for (const k of [1, 4]) {
      it(`with k = ${k} is the gradient of a network whose state is a constant at each block's start`, () => {
        // The state that enters a block is held at its value: central differences see no way past it.
        const value = (p: RnnParameters): number => {
          let total = 0;
          for (let t = 1, a_prev = a_0; t <= T_x; t++) {
            if ((t - 1) % k === 0) a_prev = t === 1 ? a_0 : a.at(t - 1);
            a_prev = rnnCellForward(x.at(t), a_prev, p).a_next;
            total += a_prev.times(da.at(t)).sum();
          }
          return total;
        };
        const { dWax, dWaa, dba } = rnnBackwardTruncated(da, caches, k);
        assertGradient("dWax", (Wax) => value({ ...parameters, Wax }), parameters.Wax, dWax);
        assertGradient("dWaa", (Waa) => value({ ...parameters, Waa }), parameters.Waa, dWaa);
        assertGradient("dba", (ba) => value({ ...parameters, ba }), parameters.ba, dba);
      });
    }

    it("refuses a block of no steps", () => {
      assert.throws(() => rnnBackwardTruncated(da, caches, 0), {
        name: "OutOfRangeError",
        message: "rnnBackwardTruncated: expected a whole number of steps k of at least 1, got 0",
      });
    });
  });

  it("lossShares add up to the whole gradient by each state, and nothing comes from earlier losses", () => {
    const { yhat: z, caches } = rnnForward(x, a_0, parameters, rnnCellScores);
    const { dz } = softmaxCrossEntropy(z, y);
    const shares = lossShares(dz, caches);
    const { da } = outputBackward(dz, rnnForward(x, a_0, parameters).a, parameters);
    const { da_0 } = rnnBackward(da, caches);
    const total = shares.map((share) => share.at(1)).reduce((s, v) => s.add(v));
    assertClose(rnnCellBackward(total, caches[0]!).da_prev, da_0, { what: "∂L/∂a⟨0⟩" });
    shares.forEach((share, index) => {
      for (let t = index + 2; t <= T_x; t++) assert.equal(share.at(t).norm(), 0);
      assert.ok(share.at(1).norm() > 0);
    });
    // One share by itself: L⟨3⟩ alone, with a⟨2⟩ as the place where the sequence starts.
    const tail = (a_2: Mat<"n_a", "m">): number => {
      const rest = rnnForward(x.slice(3, T_x), a_2, parameters, rnnCellScores);
      return softmaxCrossEntropy(rest.yhat, y.slice(3, T_x)).perStep.get(0, 0);
    };
    assertGradient("∂L⟨3⟩/∂a⟨2⟩", tail, rnnForward(x, a_0, parameters).a.at(2), shares[2]!.at(2));
  });
});

describe("numericalGradient and gradientCheck", () => {
  const theta = Mat.from<"r", "c">([
    [1, -2, 3],
    [0.5, 0, -1],
  ]);
  const cubes = (w: Mat): number => w.map((v) => v ** 3).sum();
  const gradient = theta.map((v) => 3 * v * v);

  it("find the gradient of Σ θ³", () => {
    assertClose(numericalGradient(cubes, theta), gradient, { atol: 1e-9 });
    assert.ok(gradientCheck(cubes, theta, gradient).relativeError < 1e-10);
  });

  it("the error of central differences falls with h²: 4 times smaller for half the step", () => {
    const error = (h: number): number => numericalGradient(cubes, theta, h).sub(gradient).norm();
    assert.ok(Math.abs(error(1e-2) / error(5e-3) - 4) < 1e-3);
  });

  it("relativeError is ‖n − g‖ / (‖n‖ + ‖g‖) and the place is the largest difference, from 1", () => {
    const wrong = gradient.map((v, i, j) => (i === 1 && j === 2 ? v + 1 : v));
    const { relativeError, row, column } = gradientCheck(cubes, theta, wrong);
    assert.deepEqual([row, column], [2, 3]);
    assert.ok(Math.abs(relativeError - 1 / (gradient.norm() + wrong.norm())) < 1e-9);
  });

  it("relativeError is 0 where both gradients are zero, 1 where one is", () => {
    const constant = (): number => 7;
    assert.equal(gradientCheck(constant, theta, Mat.zeros(2, 3)).relativeError, 0);
    assert.equal(gradientCheck(constant, theta, Mat.filled(2, 3, 1)).relativeError, 1);
  });

  it("refuse a step that is not above 0, and a gradient of another shape", () => {
    assert.throws(() => numericalGradient(cubes, theta, 0), {
      message: "numericalGradient: expected a step h above 0, got 0",
    });
    assert.throws(() => gradientCheck<string, string>(cubes, theta, theta.T), {
      message:
        "gradientCheck: gradient is (3, 2) but theta is (2, 3); gradient's rows must equal theta's rows (rows)",
    });
  });

  it("padded inputs of padBatch have no influence on the masked loss", () => {
    const { x, mask } = padBatch([[0, 1, 2], [2]], 3);
    const parameters = initializeRnn({ n_x: 3, n_a: 4, n_y: 3 }, seededRandom(3), 0.5);
    const a_0 = Mat.zeros<"n_a", "m">(4, 2);
    const spoilt = x.map((x_t, t) => x_t.map((v, _, i) => (mask.at(t).get(0, i) === 1 ? v : 9)));
    const one = rnnLossAndGradients(x, x, a_0, parameters, mask);
    const other = rnnLossAndGradients(spoilt, x, a_0, parameters, mask);
    assert.equal(one.total, other.total);
    for (const name of names) assertClose(one.gradients[`d${name}`], other.gradients[`d${name}`]);
  });
});
