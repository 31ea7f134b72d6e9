/** What the library does at the edges of its numbers: right, or refused in words; never silently wrong. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  adam,
  adamStart,
  binaryCrossEntropy,
  type CellName,
  clipByNorm,
  encodeDecodeLossAndGradients,
  gradientCheck,
  initializeDeep,
  initializeLayer,
  initializeRnn,
  largestRows,
  manyToOneLossAndGradients,
  masked,
  maskedStep,
  maskedStepBackward,
  Mat,
  numericalGradient,
  OutOfRangeError,
  outputLossAndGradients,
  outputPredictions,
  rnnForward,
  seededRandom,
  Sequence,
  sgd,
  sigmoidSlope,
  softmax,
  softmaxCrossEntropy,
  tanhSlope,
  train,
  TrainingStoppedError,
} from "unrolled";
import { assertClose } from "./numeric.js";

function lossOf(z: readonly number[], y: readonly number[]): number {
  const column = (values: readonly number[]): Sequence<"n_y", "m"> =>
    Sequence.of([Mat.column(values)]);
  return softmaxCrossEntropy(column(z), column(y)).total;
}

describe("softmaxCrossEntropy at the edges", () => {
  it("is exact for scores that are huge, far apart, or −∞", () => {
    assert.equal(lossOf([0, -Infinity], [1, 0]), 0);
    assert.equal(lossOf([0, -Infinity], [0, 1]), Infinity);
    assert.equal(lossOf([1e308, -1e308], [1, 0]), 0);
    assert.equal(lossOf([1e17, 1e17], [1, 0]), Math.LN2);
    assert.equal(lossOf([-1e17, -1e17], [0.5, 0.5]), Math.LN2);
    assert.equal(lossOf([800, 0], [0, 1]), 800);
  });

  it("refuses labels that are no distribution, and names where", () => {
    assert.throws(() => lossOf([0, 0], [1, 1]), {
      name: "OutOfRangeError",
      message:
        "softmaxCrossEntropy: the labels of example 1 at step ⟨1⟩ sum to 2: expected entries of at least 0 that sum to 1, such as a one-hot column; a step without a label is masked by a 0",
    });
    assert.throws(() => lossOf([0, 0], [0, 0]), /sum to 0/);
    assert.throws(() => lossOf([0, 0], [1.5, -0.5]), /have an entry below 0/);
    assert.throws(() => lossOf([0, 0], [NaN, 1]), /sum to NaN/);
  });

  it("asks nothing of labels in the padding, and an example of a batch", () => {
    const z = Sequence.of([Mat.from<"n_y", "m">([[0, 1], [0, 1]])]); // prettier-ignore
    const y = Sequence.of([Mat.from<"n_y", "m">([[1, NaN], [0, 7]])]); // prettier-ignore
    const mask = Sequence.of([Mat.from<"1", "m">([[1, 0]])]);
    assert.equal(softmaxCrossEntropy(z, y, mask).total, Math.LN2 / 2);
    const none = Sequence.of([Mat.zeros<"n_y", "m">(2, 0)]);
    assert.throws(() => softmaxCrossEntropy(none, none), /the batch is empty/);
  });
});

describe("binaryCrossEntropy at the edges", () => {
  it("refuses what is no probability", () => {
    for (const [yhat, y] of [
      [1.1, 1],
      [-0.1, 0],
      [NaN, 1],
      [0.5, 2],
    ] as const)
      // prettier-ignore
      assert.throws(
        () => binaryCrossEntropy(Mat.from([[0.5, yhat]]), Mat.from([[1, y]])),
        /row 1 of example 2: expected numbers from 0 to 1/,
      );
  });
});

describe("gradientCheck at the edges", () => {
  const square = (w: Mat): number => w.map((v) => v * v).sum();

  it("passes nothing that is NaN or infinite, and names the entry", () => {
    const theta = Mat.from([[1, 2, 3]]);
    for (const wrong of [NaN, Infinity, -Infinity]) {
      const { relativeError, column } = gradientCheck(square, theta, Mat.from([[2, wrong, 6]]));
      assert.equal(relativeError, Infinity);
      assert.equal(column, 2);
    }
    const undefinedThere = (w: Mat): number => Math.sqrt(w.get(0, 0));
    assert.equal(
      gradientCheck(undefinedThere, Mat.from([[0]]), Mat.from([[1]])).relativeError,
      Infinity,
    );
  });

  it("raises no false alarm for entries from 1e-12 to 1e12", () => {
    for (let power = -12; power <= 12; power++) {
      const theta = Mat.from([[3 * 10 ** power, -(10 ** power)]]);
      const { relativeError } = gradientCheck(square, theta, theta.times(2));
      assert.ok(relativeError < 1e-7, `10^${power}: ${relativeError}`);
    }
  });

  it("refuses an infinite step", () => {
    assert.throws(() => numericalGradient(square, Mat.from([[1]]), Infinity), OutOfRangeError);
  });
});

describe("optimisers at the edges", () => {
  const parameters = { w: Mat.from([[1]]) };
  const gradients = { dw: Mat.from([[1]]) };

  it("refuse settings that would climb, stand still or divide by 0", () => {
    const step = (options: object): unknown =>
      adam(parameters, gradients, adamStart(parameters), options);
    for (const [name, values] of Object.entries({
      learningRate: [NaN, -1, Infinity],
      beta1: [1, -0.1, NaN, 2],
      beta2: [1, -0.1, NaN],
      epsilon: [0, -1e-8, NaN, Infinity],
    })) {
      for (const value of values)
        assert.throws(
          () => step({ [name]: value }),
          new RegExp(`adam: expected a ${name} .*, got ${value}`),
        );
    }
    for (const value of [NaN, -1, Infinity])
      assert.throws(() => sgd(parameters, gradients, value), /sgd: expected a learningRate/);
  });

  it("refuse an epsilon below which a gradient's square is 0", () => {
    const W = { W: Mat.from([[1]]) };
    const dW = { dW: Mat.from([[1e-170]]) };
    assert.throws(() => adam(W, dW, adamStart(W), { epsilon: 1e-300 }), {
      name: "OutOfRangeError",
      message:
        /^adam: expected an epsilon of at least 1e-150, got 1e-300; the square of a gradient/,
    });
    const { parameters } = adam(W, dW, adamStart(W), { epsilon: 1e-150 });
    assert.equal(parameters.W.get(0, 0), 1);
  });

  it("clip by norm no gradient that has no direction", () => {
    for (const value of [NaN, Infinity, -Infinity])
      assert.throws(() => clipByNorm({ dw: Mat.from([[value, 1]]) }, 1), /NaN or infinite/);
  });

  it("train stops at a gradient that is no finite number, and says at which step", () => {
    const trained = (value: number, steps = 5): unknown =>
      train({
        parameters,
        steps,
        lossAndGradients: (_, __, step) => ({
          total: 1,
          gradients: { dw: Mat.from([[step === 3 ? value : 1]]) },
        }),
      });
    for (const value of [NaN, Infinity])
      assert.throws(() => trained(value), /the gradients' norm of step 3 is/);
    for (const steps of [NaN, 1.5, -1, Infinity])
      assert.throws(() => trained(1, steps), /train: expected a whole number of steps/);
  });
});

describe("matrices at the edges", () => {
  it("have no entries between their entries", () => {
    const matrix = Mat.from([[1, 2]]);
    for (const [i, j] of [
      [0.5, 0],
      [0, 0.5],
      [NaN, 0],
      [0, -0.5],
    ] as const)
      // prettier-ignore
      assert.throws(() => matrix.get(i, j), /no entry/);
  });

  it("of any size have a text, with the entries at the edges", () => {
    const text = String(Mat.build(400, 400, (i, j) => i + j));
    assert.equal(text.split("\n").length, 8);
    assert.match(text, /^Mat \(400, 400\)\n/);
    assert.match(text, /\[ +0, +1, +2, +…, +397, +398, +399\]/);
    assert.equal(String(Mat.zeros(1000, 1)).split("\n").length, 1001, "1,000 entries are shown");
  });

  it("are drawn for a cell that there is", () => {
    assert.throws(
      () => initializeLayer("gur" as CellName, { n_x: 1, n_a: 1 }, seededRandom(1)),
      /initializeLayer: expected a cell, one of "rnn", "gru", "lstm", got "gur"/,
    );
  });
});

const column = (values: readonly number[]): Sequence<"n_y", "m"> =>
  Sequence.of([Mat.column<"n_y">(values)]) as Sequence<"n_y", "m">;

describe("scores, infinite ones too", () => {
  it("equal scores cost log K, of whatever size", () => {
    for (const score of [1e17, -1e17, 1e308, -1e308, Infinity, -Infinity]) {
      assertClose(lossOf([score, score], [1, 0]), Math.LN2);
      assert.deepEqual(softmax(Mat.column([score, score])).toArray(), [[0.5], [0.5]]);
    }
  });

  it("dz is ŷ − y there too, and a NaN among the scores stays one", () => {
    const { dz } = softmaxCrossEntropy(column([0, -Infinity]), column([1, 0]));
    assert.deepEqual(dz.at(1).toArray(), [[0], [0]]);
    assert.ok(Number.isNaN(lossOf([NaN, 0], [1, 0])));
    assert.ok(Number.isNaN(lossOf([0, NaN], [1, 0])));
    assert.ok(Number.isNaN(softmax(Mat.column([0, NaN])).get(0, 0)));
  });

  it("a number added to all scores changes the loss by rounding alone, up to 1e15", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 5 }),
        fc.integer({ min: -1e15, max: 1e15 }),
        (z, shift) => {
          const y = z.map((_, k) => (k === 0 ? 1 : 0));
          assertClose(
            lossOf(
              z.map((score) => score + shift),
              y,
            ),
            lossOf(z, y),
          );
        },
      ),
    );
  });
});

describe("slopes", () => {
  it("keep all their digits where units are saturated", () => {
    for (let k = 1; k <= 53; k++) {
      const gap = 2 ** -k; // 1 − a, exactly
      for (const a of [1 - gap, gap - 1]) {
        const right = gap * 2 - gap * gap;
        assert.ok(Math.abs(tanhSlope(a) / right - 1) <= 4e-16, `a = ${a}`);
      }
      assert.ok(Math.abs(sigmoidSlope(1 - gap) / (gap - gap * gap) - 1) <= 4e-16);
    }
    assert.deepEqual([tanhSlope(1), tanhSlope(-1), sigmoidSlope(0), sigmoidSlope(1)], [0, 0, 0, 0]);
  });
});

describe("central differences of any size", () => {
  const square = (w: Mat): number => w.get(0, 0) ** 2;

  it("raises no false alarm for θ up to 1e12 and down to 1e-12, and misses no real mistake", () => {
    const exponents = Array.from({ length: 25 }, (_, k) => k - 12);
    const functions: readonly (readonly [(w: Mat) => number, (w: number) => number])[] = [
      [square, (w) => 2 * w],
      [(w) => 3 * w.get(0, 0), () => 3],
      [(w) => w.get(0, 0) ** 3, (w) => 3 * w * w],
    ];
    for (const exponent of exponents) {
      for (const mantissa of [1, -1.7, 3.3, 9.1]) {
        const w = mantissa * 10 ** exponent;
        for (const [f, slope] of functions) {
          if (f !== square && f !== functions[1]![0] && exponent < 0) continue; // a slope below h²
          const check = (g: number): number =>
            gradientCheck(f, Mat.from([[w]]), Mat.from([[g]])).relativeError;
          assert.ok(check(slope(w)) < 1e-7, `θ = ${w}: ${check(slope(w))}`);
          assert.ok(check(slope(w) * 1.001) > 1e-4, `θ = ${w}`);
        }
      }
    }
  });

  it("gradients whose norm float64 cannot hold are compared", () => {
    const huge = (w: Mat): number => 1e300 * w.sum();
    const theta = Mat.from([[1, 1]]);
    assert.ok(gradientCheck(huge, theta, Mat.from([[1e300, 1e300]])).relativeError < 1e-7);
    assert.equal(
      gradientCheck(huge, theta, Mat.from([[-1e300, -1e300]])).relativeError > 0.9,
      true,
    );
  });

  it("what is divided by is the step that was really taken", () => {
    const identity = (w: Mat): number => w.get(0, 0);
    assert.equal(numericalGradient(identity, Mat.from([[1]]), 1e-12).get(0, 0), 1);
    assert.equal(numericalGradient(identity, Mat.from([[3e9]])).get(0, 0), 1);
  });

  it("a step that float64 cannot add is refused", () => {
    assert.throws(() => numericalGradient(square, Mat.from([[1]]), 1e-30), {
      name: "OutOfRangeError",
      message: /^numericalGradient: a step h of 1e-30 leaves the entry 1 of theta as it is/,
    });
  });
});

describe("what Adam and clipping keep finite", () => {
  const set = { W: Mat.from([[1, 2]]) };
  const d = (values: readonly number[]): { readonly dW: Mat } => ({ dW: Mat.from([values]) });

  it("clipByNorm bounds what float64's norm cannot hold", () => {
    const { gradients, norm } = clipByNorm(d([1.5e308, -1.5e308]), 10);
    assert.equal(norm, Infinity);
    assertClose(gradients.dW, Mat.from([[10 / Math.SQRT2, -10 / Math.SQRT2]]));
  });

  it("sgd and adam refuse gradients that would spoil parameters or moments, and another's state", () => {
    const state = adamStart(set);
    for (const value of [NaN, Infinity]) {
      const refused = { name: "OutOfRangeError", message: / in dW, got .* in row 1, column 2$/ };
      assert.throws(() => sgd(set, d([1, value]), 1), refused);
      assert.throws(() => adam(set, d([1, value]), state), refused);
    }
    assert.throws(() => adam(set, d([1e200, 1]), state), {
      name: "OutOfRangeError",
      message:
        "adam: expected finite numbers in state.meanSquare.W, got Infinity in row 1, column 1",
    });
    const other = adamStart({ V: Mat.zeros(1, 2) }) as unknown as typeof state;
    assert.throws(() => adam(set, d([1, 1]), other), {
      name: "ShapeError",
      message: /^adam: the state's mean of W is missing/,
    });
    assert.throws(() => adam(set, d([1, 1]), adamStart({ W: Mat.zeros(2, 1) })), {
      name: "ShapeError",
    });
  });
});

describe("training that meets no number", () => {
  const spoiled =
    (at: number, loss: number, gradient: number) =>
    ({ w }: { w: Mat }, _: unknown, step: number) => ({
      total: step === at ? loss : w.get(0, 0) ** 2,
      gradients: { dw: step === at ? Mat.filled(1, 1, gradient) : w.times(2) },
    });
  const run = (loss: number, gradient: number, maxNorm = 5): TrainingStoppedError<{ w: Mat }> => {
    try {
      train({
        parameters: { w: Mat.from([[3]]) },
        lossAndGradients: spoiled(4, loss, gradient),
        steps: 10,
        maxNorm,
      });
    } catch (error) {
      assert.ok(error instanceof TrainingStoppedError);
      return error as TrainingStoppedError<{ w: Mat }>;
    }
    throw new Error("it was trained to the end");
  };
  const after = (steps: number, maxNorm = 5): Mat =>
    train({
      parameters: { w: Mat.from([[3]]) },
      lossAndGradients: spoiled(0, 0, 0),
      steps,
      maxNorm,
    }).parameters.w;

  it("stops at a loss that is no number, and keeps the last parameters that had one", () => {
    for (const loss of [NaN, Infinity]) {
      const error = run(loss, 1);
      assert.match(error.message, new RegExp(`^train: the loss of step 4 is ${loss}: `));
      assert.deepEqual([error.step, error.losses.length], [4, 3]);
      assert.deepEqual(error.parameters.w, after(2));
    }
  });

  it("stops at a gradient that is no number, whether it is clipped or not, and keeps what was learned", () => {
    for (const gradient of [NaN, Infinity]) {
      for (const maxNorm of [5, Infinity]) {
        const error = run(1, gradient, maxNorm);
        assert.match(error.message, /^train: the gradients' norm of step 4 is (NaN|Infinity)/);
        assert.deepEqual([error.step, error.losses.length], [4, 4]);
        assert.deepEqual(error.parameters.w, after(3, maxNorm));
      }
    }
  });

  it("refuses what is no loss with gradients, and what cannot be told of the steps", () => {
    const options = { parameters: { w: Mat.from([[3]]) }, steps: 2 };
    for (const told of [undefined, null, 3]) {
      assert.throws(
        () => train({ ...options, lossAndGradients: () => told as never }),
        /^OutOfRangeError: train: expected an object for lossAndGradients' answer, got /,
      );
    }
    for (const onStep of [null, 3, {}] as never[]) {
      assert.throws(
        () => train({ ...options, lossAndGradients: spoiled(0, 0, 0), onStep }),
        OutOfRangeError,
      );
    }
  });

  it("refuses options that are no training, before the first step", () => {
    let called = 0;
    const options = {
      parameters: { w: Mat.from([[1]]) },
      lossAndGradients: ({ w }: { w: Mat }) => {
        called++;
        return { total: 1, gradients: { dw: w } };
      },
      steps: 3,
    };
    for (const wrong of [
      { steps: NaN },
      { steps: 1.5 },
      { steps: -1 },
      { learningRate: NaN },
      { learningRate: -1 },
      { maxNorm: NaN },
      { maxNorm: -1 },
      { seed: -1 },
      { parameters: { w: Mat.from([[NaN]]) } },
    ]) {
      assert.throws(() => train({ ...options, ...wrong }), { name: "OutOfRangeError" });
    }
    assert.equal(called, 0);
    assert.deepEqual(train({ ...options, steps: 0 }).losses, []);
  });
});

describe("places, sizes and names that are none", () => {
  const A = Mat.from([[1, 2], [3, 4]]); // prettier-ignore

  it("an entry, a column and a step have whole numbers", () => {
    for (const [i, j] of [
      [0.5, 0],
      [0, 0.5],
      [NaN, 0],
      [0, NaN],
      [-1, 0],
      [0, 2],
    ] as const) {
      assert.throws(() => A.get(i, j), { name: "OutOfRangeError", message: /^Mat.get: no entry/ });
    }
    for (const j of [0.5, NaN, -1, 2]) {
      assert.throws(() => A.column(j), { name: "OutOfRangeError" });
      assert.throws(() => Mat.zeros(0, 2).column(j), { name: "OutOfRangeError" });
    }
    for (const T of [NaN, 1.5, Infinity]) {
      assert.throws(() => Sequence.build(T, () => A), { name: "OutOfRangeError" });
      assert.throws(() => Sequence.zeros(T, 1, 1), { name: "OutOfRangeError" });
    }
    assert.throws(() => Sequence.build(-1, () => A), { name: "ShapeError" });
    assert.throws(() => Sequence.of([A, A]).slice(1, 1.5), { name: "OutOfRangeError" });
  });

  it("a matrix of more entries than a machine holds is refused in words", () => {
    assert.throws(() => Mat.zeros(1e9, 1e9), { name: "ShapeError", message: /1 GB$/ });
  });

  it("sizes of networks are whole numbers of at least 1, cells and ways to read have names", () => {
    const random = seededRandom(1);
    for (const n of [0, 1.5, NaN, -1]) {
      assert.throws(() => initializeRnn({ n_x: n, n_a: 1, n_y: 1 }, random), {
        name: "OutOfRangeError",
        message: `initializeRnn: expected a whole number of at least 1 for n_x, got ${n}`,
      });
      assert.throws(() => initializeDeep("gru", { n_x: 1, n_a: 1, n_y: 1, L: n }, random), {
        name: "OutOfRangeError",
        message: `initializeDeep: expected a whole number of at least 1 for L, got ${n}`,
      });
    }
    assert.throws(() => initializeLayer("lstn" as "lstm", { n_x: 1, n_a: 1 }, random), {
      name: "OutOfRangeError",
      message: /^initializeLayer: expected a cell, one of/,
    });
    const rnn = initializeRnn({ n_x: 2, n_a: 1, n_y: 2 }, random);
    const read = "max" as "mean";
    assert.throws(
      () => manyToOneLossAndGradients(Sequence.of([A]), Mat.from([[1, 0], [0, 1]]), Mat.zeros(1, 2), rnn, { read }), // prettier-ignore
      { message: 'manyToOneLossAndGradients: expected "last" or "mean" for read, got "max"' },
    );
  });

  it("a mask has as many steps as what it masks, and null is none", () => {
    const z = Sequence.zeros<"n_y", "m">(1, 2, 1);
    const a = Sequence.zeros<"n_a", "m">(1, 3, 1);
    const y = Sequence.of([Mat.column<"n_y">([1, 0])]);
    const long = Sequence.of([Mat.filled<"1", "m">(1, 1, 1), Mat.filled<"1", "m">(1, 1, 1)]);
    const right = Sequence.of([Mat.filled<"1", "m">(1, 1, 1)]);
    const parameters = initializeRnn({ n_x: 2, n_a: 3, n_y: 2 }, seededRandom(1));
    const refused = { name: "OutOfRangeError", message: /has 2 steps but \w+ has 1/ };
    assert.throws(() => masked(z, long), refused);
    assert.throws(() => outputPredictions(z, long), refused);
    assert.throws(() => outputLossAndGradients(z, y, a, parameters, long, right), refused);
    assert.throws(() => outputLossAndGradients(z, y, a, parameters, right, long), refused);
    for (const name of ["input", "output"]) {
      assert.throws(
        () =>
          encodeDecodeLossAndGradients(
            z as Sequence,
            y,
            Mat.zeros(3, 1),
            { encoder: parameters, decoder: parameters },
            y.at(1),
            { [name]: null } as never,
          ),
        { name: "ShapeError", message: /expected a Sequence for mask, got null/ },
      );
    }
  });

  it("a matrix is made of numbers alone, a sequence of matrices", () => {
    const refused = (name: string, message: RegExp): object => ({ name, message });
    const number = refused("OutOfRangeError", /^Mat\.(map|build|filled): expected a number/);
    const f = refused("OutOfRangeError", /^Mat\.(map|build): expected a function for/);
    const list = refused("ShapeError", /^Mat: expected a list of numbers, row after row, got/);
    const one = Mat.filled(1, 2, 1);
    for (const wrong of [undefined, "1", null, true]) {
      assert.throws(() => one.map(() => wrong as never), number);
      assert.throws(() => Mat.build(1, 2, () => wrong as never), number);
      assert.throws(() => Mat.filled(1, 2, wrong as never), number);
      assert.throws(() => one.map(wrong as never), f);
      assert.throws(() => Mat.build(1, 2, wrong as never), f);
      assert.throws(() => new Mat(1, 1, [wrong] as never), list);
    }
    assert.throws(() => new Mat(1, 2, ["1", "x"] as never), list);
    assert.throws(() => Mat.column(null as never), list);
    assert.throws(() => Mat.column(new BigInt64Array(1) as never), list);
    assert.deepEqual(one.map(() => NaN).toArray(), [[NaN, NaN]]); // that is a number
    assert.deepEqual(Mat.from([new Float64Array([1, 2])]).toArray(), [[1, 2]]);
    assert.throws(() => Mat.from([{}] as never), /column 1, got an object$/);
    // prettier-ignore
    // eslint-disable-next-line no-sparse-arrays
    assert.throws(() => Mat.from([[1, , 3]] as never), /row 1, column 2, got undefined$/);
    assert.throws(
      () => Sequence.build(1, () => undefined as never),
      /a Mat for x⟨1⟩, got undefined/,
    );
    assert.throws(() => Sequence.build(1, undefined as never), /a function for step/);
  });

  it("a whole number is drawn where each is as likely, of lists that there are", () => {
    const random = seededRandom(1);
    assert.ok(random.integer(2 ** 32) < 2 ** 32);
    assert.throws(() => random.integer(2 ** 32 + 1), /at most 4294967296 .*got 4294967297/);
    assert.throws(() => random.shuffle(null as never), /Random.shuffle: expected a list for items/);
  });

  it("a Map is no set of parameters", () => {
    const W = Mat.zeros(1, 1);
    assert.throws(() => sgd(new Map([["W", W]]) as never, { dW: W } as never, 1), {
      name: "ShapeError",
      message: /expected a Mat, or a set of them, for the set, got an object/,
    });
  });

  it("a masked step has a cell and states", () => {
    const mask_t = Mat.filled<"1", "m">(1, 1, 1);
    const refused = (symbol: string): object => ({
      name: "OutOfRangeError",
      message: new RegExp(`^maskedStep(Backward)?: expected .* for ${symbol}, got null`),
    });
    const x_t = Mat.zeros<"n_x", "m">(2, 1);
    const cell = (): never => assert.fail();
    assert.throws(() => maskedStep(null as never, x_t, {} as never, mask_t), refused("cell"));
    assert.throws(() => maskedStep(cell, x_t, null as never, mask_t), refused("before"));
    const back = (...wrong: readonly unknown[]): unknown =>
      (maskedStepBackward as (...args: readonly unknown[]) => unknown)(...wrong);
    assert.throws(() => back(null, {}, {}), refused("cellBackward"));
    assert.throws(() => back(cell, null, { mask_t }), refused("into"));
    assert.throws(() => back(cell, {}, null), refused("cache"));
  });

  it("a mask holds 0 and 1 alone", () => {
    const rnn = initializeRnn({ n_x: 2, n_a: 1, n_y: 2 }, seededRandom(1));
    for (const value of [0.5, 2, -1, NaN]) {
      const mask = Sequence.of([Mat.from<"1", "m">([[1, value]])]);
      assert.throws(() => rnnForward(Sequence.of([A]), Mat.zeros(1, 2), rnn, undefined, mask), {
        name: "OutOfRangeError",
        message: `rnnForward: expected 1 (a step) or 0 (padding) in mask⟨1⟩, got ${value} for example 2`,
      });
    }
  });

  it("no class is the most likely where a score is NaN", () => {
    assert.throws(() => largestRows(Mat.from([[1, NaN], [0, 1]])), { name: "OutOfRangeError" }); // prettier-ignore
  });
});
