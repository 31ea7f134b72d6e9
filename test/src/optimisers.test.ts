import assert from "node:assert/strict";
import fc from "fast-check";
import {
  adam,
  adamStart,
  clipByNorm,
  clipByValue,
  globalNorm,
  initializeRnn,
  Mat,
  oneHot,
  type Random,
  rnnLossAndGradients,
  type RnnLossAndGradients,
  type RnnParameters,
  seededRandom,
  Sequence,
  sgd,
  train,
} from "unrolled";
import { assertClose } from "./numeric.js";

const sets = fc
  .array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 8, maxLength: 8 })
  .map((values) => ({ dW: new Mat(2, 3, values.slice(0, 6)), db: new Mat(2, 1, values.slice(6)) }));

describe("sgd", () => {
  it("W := W − α dW, for every parameter, leaving the old ones as they are", () => {
    const parameters = { W: Mat.from([[1, 2]]), b: Mat.from([[3]]) };
    const next = sgd(parameters, { dW: Mat.from([[10, -10]]), db: Mat.from([[1]]) }, 0.1);
    assertClose(next.W, Mat.from([[0, 3]]));
    assertClose(next.b, Mat.from([[2.9]]));
    assert.deepEqual(parameters.W.toArray(), [[1, 2]]);
  });

  it("takes sets within sets, by name and in lists", () => {
    const [W, V] = [Mat.from([[1]]), Mat.from([[2]])];
    const nested = { layers: [{ W }, { W: V }], output: { b: W }, b: V };
    const gradients = { layers: [{ dW: V }, { dW: V }], output: { db: V }, db: W };
    assert.deepEqual(sgd(nested, gradients, 1), {
      layers: [{ W: Mat.from([[-1]]) }, { W: Mat.from([[0]]) }],
      output: { b: Mat.from([[-1]]) },
      b: Mat.from([[1]]),
    });
    assertClose(globalNorm(gradients), Math.sqrt(2 ** 2 + 2 ** 2 + 2 ** 2 + 1));
    const clipped = clipByNorm(gradients, 1).gradients;
    assertClose(clipped.layers[1]!.dW, V.times(1 / Math.sqrt(13)));
    const short = { layers: [{ dW: V }, {}], output: { db: V }, db: W };
    assert.throws(() => sgd(nested, short as unknown as typeof gradients, 1), {
      name: "ShapeError",
      message:
        "sgd: the gradient layers.1.dW of layers.1.W is missing: expected one for every parameter, got none",
    });
  });

  it("refuses a missing gradient and one of another shape", () => {
    const W = Mat.zeros(2, 3);
    assert.throws(() => sgd({ W }, { db: W } as unknown as { dW: Mat }, 0.1), {
      name: "ShapeError",
      message: "sgd: the gradient dW of W is missing: expected one for every parameter, got db",
    });
    assert.throws(() => sgd({ W }, { dW: W.T }, 0.1), {
      name: "ShapeError",
      message: /^sgd: dW is \(3, 2\) but W is \(2, 3\)/,
    });
  });
});

describe("adam", () => {
  const options = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

  it("two steps with the gradients 2 and −1, worked out by hand", () => {
    // Step 1: v = 0.2, s = 0.004; corrected 2 and 4; W = 1 − 0.1 · 2/2 = 0.9 (but for ε).
    // Step 2: v = 0.18 − 0.1 = 0.08, s = 0.003996 + 0.001 = 0.004996; corrected 0.08/0.19 and
    // 0.004996/0.001999; W = 0.9 − 0.1 · 0.42105263/√2.49924962 = 0.87336629.
    const start = { W: Mat.from([[1]]) };
    const first = adam(start, { dW: Mat.from([[2]]) }, adamStart(start), options);
    assertClose(first.parameters.W.get(0, 0), 0.9, { atol: 1e-8 });
    assertClose(first.state.mean.W.get(0, 0), 0.2);
    assertClose(first.state.meanSquare.W.get(0, 0), 0.004);
    const second = adam(first.parameters, { dW: Mat.from([[-1]]) }, first.state, options);
    assertClose(second.state.mean.W.get(0, 0), 0.08);
    assertClose(second.state.meanSquare.W.get(0, 0), 0.004996);
    assertClose(
      second.parameters.W.get(0, 0),
      0.9 - (0.1 * (0.08 / 0.19)) / Math.sqrt(0.004996 / 0.001999),
      { atol: 2e-9 },
    );
    assert.equal(second.state.step, 2);
  });

  it("the bias correction makes the first step α long, whatever the gradient's size", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.boolean(),
        (size, negative) => {
          const gradient = negative ? -size : size;
          const start = { W: Mat.from([[0]]) };
          const { parameters } = adam(
            start,
            { dW: Mat.from([[gradient]]) },
            adamStart(start),
            options,
          );
          assertClose(parameters.W.get(0, 0), -0.1 * Math.sign(gradient), { atol: 1e-5 });
        },
      ),
    );
  });

  it("changes neither parameters, gradients nor state, and gives the same answer twice", () => {
    const start = { W: Mat.from([[1, 2]]) };
    const gradients = { dW: Mat.from([[3, -4]]) };
    const state = adamStart(start);
    const once = adam(start, gradients, state);
    const twice = adam(start, gradients, state);
    assert.deepEqual(once.parameters.W.toArray(), twice.parameters.W.toArray());
    assert.deepEqual(start.W.toArray(), [[1, 2]]);
    assert.deepEqual(gradients.dW.toArray(), [[3, -4]]);
    assert.deepEqual([state.step, state.mean.W.norm()], [0, 0]);
  });
});

describe("clipping", () => {
  it("by value: nothing lies beyond the bound, what lay within stays, twice is once", () => {
    fc.assert(
      fc.property(sets, fc.double({ min: 0, max: 120, noNaN: true }), (gradients, bound) => {
        const clipped = clipByValue(gradients, bound);
        for (const name of ["dW", "db"] as const) {
          clipped[name].data.forEach((value, n) => {
            const before = gradients[name].data[n]!;
            assert.ok(Math.abs(value) <= bound);
            if (Math.abs(before) <= bound) assert.equal(value, before);
            else assert.ok(value === bound * Math.sign(before));
          });
        }
        assert.deepEqual(clipByValue(clipped, bound), clipped);
      }),
    );
  });

  it("by norm: the norm of all taken together is bounded, the direction kept, the norm before told", () => {
    fc.assert(
      fc.property(sets, fc.double({ min: 0.01, max: 500, noNaN: true }), (gradients, bound) => {
        const { gradients: clipped, norm } = clipByNorm(gradients, bound);
        assertClose(norm, Math.hypot(...gradients.dW.data, ...gradients.db.data));
        assert.ok(globalNorm(clipped) <= bound * (1 + 1e-12));
        if (norm <= bound) assert.deepEqual(clipped, gradients);
        else
          assertClose(clipped.dW.times(norm), gradients.dW.times(bound), {
            atol: 1e-9,
            rtol: 1e-9,
          });
      }),
    );
  });

  it("an infinite bound clips nothing; a bound below 0 or NaN is refused", () => {
    const gradients = { dW: Mat.from([[1e9]]) };
    assert.equal(clipByNorm(gradients, Infinity).gradients.dW.get(0, 0), 1e9);
    assert.throws(() => clipByNorm(gradients, NaN), {
      message: "clipByNorm: expected a maxNorm of at least 0, got NaN",
    });
    assert.throws(() => clipByValue(gradients, -1), {
      name: "OutOfRangeError",
      message: "clipByValue: expected a maxValue of at least 0, got -1",
    });
  });

  it("leaves its argument as it is", () => {
    const gradients = { dW: Mat.from([[9, -9]]) };
    clipByValue(gradients, 1);
    clipByNorm(gradients, 1);
    assert.deepEqual(gradients.dW.toArray(), [[9, -9]]);
  });
});

describe("train", () => {
  const bowl = ({ w }: { w: Mat }): { total: number; gradients: { dw: Mat } } => ({
    total: w.get(0, 0) ** 2,
    gradients: { dw: w.times(2) },
  });

  it("goes down to the bottom of a bowl, and tells every step", () => {
    const steps: number[] = [];
    const start = { w: Mat.from([[1]]) };
    const { parameters, losses } = train({
      parameters: start,
      lossAndGradients: bowl,
      steps: 400,
      learningRate: 0.05,
      onStep: ({ step, loss, norm }) => {
        steps.push(step);
        assert.ok(norm >= 0 && loss >= 0);
      },
    });
    assert.equal(losses.length, 400);
    assert.deepEqual(steps.slice(0, 3), [1, 2, 3]);
    assert.ok(Math.abs(parameters.w.get(0, 0)) < 1e-3);
    assert.equal(start.w.get(0, 0), 1);
  });

  it("trains several sets at once, each with its own gradients", () => {
    const target = { encoder: { W: 2 }, decoder: { W: -3 } };
    const { parameters } = train({
      parameters: { encoder: { W: Mat.from([[0]]) }, decoder: { W: Mat.from([[0]]) } },
      lossAndGradients: ({ encoder, decoder }) => {
        const e = encoder.W.sub(target.encoder.W);
        const d = decoder.W.sub(target.decoder.W);
        return {
          total: e.get(0, 0) ** 2 + d.get(0, 0) ** 2,
          gradients: { encoder: { dW: e.times(2) }, decoder: { dW: d.times(2) } },
        };
      },
      steps: 800,
      learningRate: 0.05,
    });
    assertClose(parameters.encoder.W.get(0, 0), 2, { atol: 1e-2 });
    assertClose(parameters.decoder.W.get(0, 0), -3, { atol: 1e-2 });
  });

  it("the seed decides the batches: the same twice, others for another seed", () => {
    const run = (seed: number): number[] => {
      const draws: number[] = [];
      train({
        parameters: { w: Mat.from([[1]]) },
        lossAndGradients: (p, random) => {
          draws.push(random.uniform());
          return bowl(p);
        },
        steps: 3,
        seed,
      });
      return draws;
    };
    assert.deepEqual(run(4), run(4));
    assert.notDeepEqual(run(4), run(5));
  });

  it("a recurrent network learns Elman's temporal XOR: certain of each third bit, of no other", function () {
    this.timeout(60_000);
    const n_a = 8;
    /** Two random bits and their exclusive or, again and again, one column an example. */
    const bits = (T: number, m: number, random: Random): Sequence<string, "m"> => {
      const streams = Array.from({ length: m }, () =>
        Array.from({ length: Math.ceil(T / 3) }, () => {
          const [first, second] = [random.integer(2), random.integer(2)];
          return [first, second, first ^ second];
        }).flat(),
      );
      return Sequence.build(T, (t) =>
        oneHot(
          streams.map((stream) => stream[t - 1]!),
          2,
        ),
      );
    };
    const predict = (
      T: number,
      m: number,
      parameters: RnnParameters,
      random: Random,
    ): RnnLossAndGradients => {
      const stream = bits(T + 1, m, random);
      return rnnLossAndGradients(
        stream.slice(1, T),
        stream.slice(2, T + 1),
        Mat.zeros(n_a, m),
        parameters,
      );
    };
    const { parameters } = train({
      parameters: initializeRnn({ n_x: 2, n_a, n_y: 2 }, seededRandom(3)),
      lossAndGradients: (p, random) => predict(30, 16, p, random),
      steps: 500,
      learningRate: 0.02,
      maxNorm: 1,
      seed: 3,
    });
    const { perStep } = predict(300, 16, parameters, seededRandom(99));
    const meanBits = [0, 1, 2].map((phase) => {
      const losses = perStep
        .toArray()[0]!
        .filter((_, index) => (index + 2) % 3 === phase && index > 2); // step t tells bit t + 1
      return losses.reduce((sum, loss) => sum + loss) / losses.length / Math.LN2;
    });
    assert.ok(meanBits[0]! < 0.05, `the predictable bits cost ${meanBits[0]!}`);
    for (const phase of [1, 2])
      assert.ok(Math.abs(meanBits[phase]! - 1) < 0.06, `random bits cost ${meanBits[phase]!}`);
  });

  it("takes a learning rate for all steps, or one for each", () => {
    const run = (learningRate: number | ((step: number) => number)): number =>
      train({
        parameters: { w: Mat.from([[3]]) },
        lossAndGradients: ({ w }) => ({ total: w.get(0, 0) ** 2, gradients: { dw: w.times(2) } }),
        steps: 4,
        learningRate,
      }).parameters.w.get(0, 0);
    const asked: number[] = [];
    const inTurn = run((step) => {
      asked.push(step);
      return 0.1;
    });
    assert.deepEqual(asked, [1, 2, 3, 4]);
    assert.equal(inTurn, run(0.1));
    assert.equal(
      run((step) => (step <= 2 ? 0.1 : 0)),
      train({
        parameters: { w: Mat.from([[3]]) },
        lossAndGradients: ({ w }) => ({ total: w.get(0, 0) ** 2, gradients: { dw: w.times(2) } }),
        steps: 2,
        learningRate: 0.1,
      }).parameters.w.get(0, 0),
    );
  });

  it("clips the gradients by their norm, tells the norm before, and 5 is the bound unless said", () => {
    const run = (sizes: readonly number[], maxNorm?: number): [number, number[]] => {
      const norms: number[] = [];
      const { parameters } = train({
        parameters: { w: Mat.from([[1]]) },
        lossAndGradients: (_, __, step) => ({
          total: 1,
          gradients: { dw: Mat.from([[sizes[step - 1]!]]) },
        }),
        steps: sizes.length,
        ...(maxNorm === undefined ? {} : { maxNorm }),
        onStep: ({ norm }) => norms.push(norm),
      });
      return [parameters.w.get(0, 0), norms];
    };
    assert.deepEqual(run([100, 1], 1), [run([1, 1])[0], [100, 1]]);
    assert.equal(run([100, 1])[0], run([5, 1], Infinity)[0]);
    assert.notEqual(run([100, 1], Infinity)[0], run([100, 1])[0]);
  });

  it("stops where the loss is no finite number, and says at which step", () => {
    const lossAndGradients = (
      p: { w: Mat },
      _: unknown,
      step: number,
    ): ReturnType<typeof bowl> => ({ ...bowl(p), total: step === 3 ? NaN : 1 });
    assert.throws(() => train({ parameters: { w: Mat.from([[1]]) }, lossAndGradients, steps: 5 }), {
      name: "OutOfRangeError",
      message:
        "train: the loss of step 3 is NaN: expected a finite number; a smaller learningRate or maxNorm may keep it so",
    });
  });
});
