/**
 * The engine agrees with the readable functions: loss, predictions and states to 1e-5, every gradient to 1e-4 of
 * its norm, on each path, with one thread and with two, over random shapes.
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bidirectionalLossAndGradients,
  deepLossAndGradients,
  encodeDecodeLossAndGradients,
  gruLossAndGradients,
  initializeBidirectional,
  initializeDeep,
  initializeGru,
  initializeLstm,
  initializeRnn,
  isMat,
  isSequence,
  lstmLossAndGradients,
  manyToOneLossAndGradients,
  Mat,
  oneHot,
  oneToManyLossAndGradients,
  type Random,
  randomNormal,
  rnnLossAndGradients,
  seededRandom,
  Sequence,
  train,
} from "unrolled";
import * as fast from "unrolled/engine";
import type { Engine } from "unrolled/engine";
import { enginePaths, openOrSkip } from "./paths.js";

/** The readable functions that the engine has too. */
const readable = {
  rnnLossAndGradients,
  gruLossAndGradients,
  lstmLossAndGradients,
  oneToManyLossAndGradients,
  manyToOneLossAndGradients,
  encodeDecodeLossAndGradients,
  bidirectionalLossAndGradients,
  deepLossAndGradients,
};

const cells = {
  rnn: { initialize: initializeRnn, readable: rnnLossAndGradients },
  gru: { initialize: initializeGru, readable: gruLossAndGradients },
  lstm: { initialize: initializeLstm, readable: lstmLossAndGradients },
} as const;
type Cell = keyof typeof cells;

/** Sizes around the borders of what the kernels treat differently: 4 and 8 rows, panels of 64, batches of 1 to 4. */
const shapes = fc.record({
  n_x: fc.integer({ min: 1, max: 70 }),
  n_a: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(31, 32, 63, 64, 65, 100, 130)),
  n_y: fc.integer({ min: 1, max: 67 }),
  m: fc.integer({ min: 1, max: 37 }),
  T: fc.integer({ min: 1, max: 12 }),
  seed: fc.integer({ min: 1, max: 1000 }),
});

/** The largest difference of two results, each matrix's against its norm. */
function difference(got: unknown, wanted: unknown): number {
  if (typeof wanted === "number")
    return Math.abs((got as number) - wanted) / Math.max(Math.abs(wanted), 1e-6);
  if (isMat(wanted)) {
    assert.deepEqual((got as Mat).shape, wanted.shape);
    return (got as Mat).sub(wanted).norm() / Math.max(wanted.norm(), 1e-6);
  }
  if (isSequence(wanted)) {
    assert.equal((got as Sequence).T_x, wanted.T_x);
    return Math.max(
      ...Array.from(wanted, (step, k) => difference((got as Sequence).at(k + 1), step)),
    );
  }
  assert.deepEqual(Object.keys(got as object).sort(), Object.keys(wanted as object).sort());
  return Math.max(
    ...Object.entries(wanted as object).map(([name, value]) =>
      difference((got as Record<string, unknown>)[name], value),
    ),
  );
}

function assertAgrees(got: object, wanted: object): void {
  const { gradients, ...forward } = wanted as { gradients: object };
  const { gradients: gotGradients, ...gotForward } = got as { gradients: object };
  const forwardError = difference(gotForward, forward);
  const gradientError = difference(gotGradients, gradients);
  assert.ok(forwardError <= 1e-5, `forward differs by ${forwardError}`);
  assert.ok(gradientError <= 1e-4, `gradients differ by ${gradientError}`);
}

const randomSequence = (T: number, rows: number, m: number, random: Random): Sequence =>
  Sequence.build(T, () => randomNormal(rows, m, random));
const randomLabels = (count: number, n_y: number, random: Random): Int32Array =>
  Int32Array.from({ length: count }, () => random.integer(n_y));
/** Labels as one-hot columns. */
const columnsOf = (labels: Int32Array, n_y: number, m: number): Sequence<"n_y", "m"> =>
  Sequence.build(labels.length / m, (t) => oneHot([...labels.subarray((t - 1) * m, t * m)], n_y));
/** Each example has 1 to T steps. */
function randomMask(T: number, m: number, random: Random): Sequence<"1", "m"> {
  const lengths = Array.from({ length: m }, () => 1 + random.integer(T));
  return Sequence.build(T, (t) => Mat.build(1, m, (_, i) => (t <= lengths[i]! ? 1 : 0)));
}

for (const { path, threads } of enginePaths) {
  describe(`the engine on the path ${path}, ${threads === 1 ? "one thread" : `${threads} threads`}`, function () {
    this.timeout(60_000);
    let engine: Engine;
    before(function () {
      engine = openOrSkip(this, path, threads);
      assert.equal(engine.path, path);
      assert.equal(engine.threads, threads);
    });
    after(() => engine?.close());

    for (const cell of Object.keys(cells) as Cell[]) {
      it(`${cell}: loss, predictions, states and gradients are the readable function's`, () => {
        fc.assert(
          fc.property(shapes, fc.boolean(), (shape, masked) => {
            const { n_x, n_a, n_y, m, T, seed } = shape;
            const random = seededRandom(seed);
            const parameters = cells[cell].initialize({ n_x, n_a, n_y }, random);
            const x = randomSequence(T, n_x, m, random);
            const labels = randomLabels(T * m, n_y, random);
            const a_0 = randomNormal<"n_a", "m">(n_a, m, random);
            const mask = masked ? randomMask(T, m, random) : undefined;
            const readably = cells[cell].readable as typeof rnnLossAndGradients;
            const y = columnsOf(labels, n_y, m);
            const wanted = readably(x, y, a_0, parameters as never, mask);
            const { yhat, a } = readably(x, y, a_0, parameters as never); // a network's mask is its loss's alone
            const network = engine.network({ cell, n_x, n_a, n_y, m, T_x: T });
            network.setParameters(parameters);
            network.setInputs(x);
            network.setInitialState(a_0);
            network.setTargets(labels, mask);
            network.lossAndGradients();
            const total = network.lossAndGradients(); // the second run starts as the first did
            const got = {
              total,
              yhat: network.predictions(),
              a: network.states(),
              gradients: network.gradients(),
            };
            network.close();
            assertAgrees(got, { total: wanted.total, yhat, a, gradients: wanted.gradients });
          }),
          { numRuns: 25, seed: 5 },
        );
        assert.equal(engine.usedBytes, threads === 1 ? 0 : 64 * (threads - 1));
      });

      it(`${cell}: inputs as indices give what one-hot columns give`, () => {
        fc.assert(
          fc.property(shapes, ({ n_x, n_a, n_y, m, T, seed }) => {
            const random = seededRandom(seed);
            const parameters = cells[cell].initialize({ n_x, n_a, n_y }, random);
            const indices = randomLabels(T * m, n_x, random);
            indices[0] = -1; // a column of zeros
            const labels = randomLabels(T * m, n_y, random);
            const results = (["columns", "indices"] as const).map((inputs) => {
              const network = engine.network({ cell, n_x, n_a, n_y, m, T_x: T, inputs });
              network.setParameters(parameters);
              network.setInputs(inputs === "indices" ? indices : columnsWithHole(indices, n_x, m));
              network.setTargets(labels);
              network.lossAndGradients();
              const total = network.lossAndGradients(); // nothing of the first run is left
              const result = { total, gradients: network.gradients() };
              network.close();
              return result;
            });
            assertAgrees(results[1]!, results[0]!);
          }),
          { numRuns: 10, seed: 6 },
        );
      });

      it(`${cell}: with checkpoints the gradients are the same`, () => {
        fc.assert(
          fc.property(shapes, fc.integer({ min: 1, max: 30 }), (shape, T) => {
            const { n_x, n_a, n_y, m, seed } = shape;
            const random = seededRandom(seed);
            const parameters = initializeDeep(cell, { n_x, n_a, n_y, L: 2 }, random);
            const x = randomSequence(T, n_x, m, random);
            const labels = randomLabels(T * m, n_y, random);
            const results = [false, true].map((checkpoints) => {
              const options = { cell, n_x, n_a, n_y, m, T_x: T, layers: 2, checkpoints };
              const network = engine.network(options);
              network.setParameters(parameters);
              network.setInputs(x);
              network.setTargets(labels);
              const total = network.lossAndGradients();
              const result = { total, gradients: network.gradients() };
              network.close();
              return result;
            });
            assertAgrees(results[1]!, results[0]!);
          }),
          { numRuns: 10, seed: 7 },
        );
      });
    }

    it("a label of −1 is padding, as a mask's 0 is", () => {
      const [n_x, n_a, n_y, m, T] = [5, 7, 6, 9, 6];
      const random = seededRandom(12);
      const parameters = initializeRnn({ n_x, n_a, n_y }, random);
      const x = randomSequence(T, n_x, m, random);
      const labels = randomLabels(T * m, n_y, random);
      const mask = randomMask(T, m, random);
      const padded = labels.map((label, j) =>
        mask.at(1 + Math.floor(j / m)).get(0, j % m) === 1 ? label : -1,
      );
      const network = engine.network({ cell: "rnn", n_x, n_a, n_y, m, T_x: T });
      network.setParameters(parameters);
      network.setInputs(x);
      network.setTargets(padded);
      const total = network.lossAndGradients();
      const start = Mat.zeros<"n_a", "m">(n_a, m);
      const wanted = rnnLossAndGradients(x, columnsOf(labels, n_y, m), start, parameters, mask);
      assertAgrees(
        { total, gradients: network.gradients() },
        { total: wanted.total, gradients: wanted.gradients },
      );
      network.close();
    });

    for (const inputs of ["columns", "indices"] as const) {
      it(`padded ${inputs} and targets that do not count are not read, on every thread`, () => {
        const [n_x, n_a, n_y, m, T] = [5, 7, 6, 9, 6];
        const random = seededRandom(13);
        const mask = randomMask(T, m, random);
        const runs = (column: number): boolean =>
          mask.at(1 + Math.floor(column / m)).get(0, column % m) === 1;
        const targets = inputs === "indices" ? "labels" : "columns";
        const network = engine.network({ cell: "gru", n_x, n_a, n_y, m, T_x: T, inputs, targets });
        network.setParameters(initializeGru({ n_x, n_a, n_y }, random));
        const indices = randomLabels(T * m, n_x, random);
        const labels = randomLabels(T * m, n_y, random);
        const results = ([0, 1] as const).map((other) => {
          if (inputs === "columns") {
            const spoil = <R extends string>(sequence: Sequence<R, "m">): Sequence<R, "m"> =>
              sequence.map((step, t) =>
                step.map((value, _, i) => (runs((t - 1) * m + i) || other === 0 ? value : NaN)),
              );
            network.setInputs(spoil(columnsOf(indices, n_x, m)), mask);
            network.setTargets(spoil(columnsOf(labels, n_y, m)), mask);
          } else {
            network.setInputs(
              indices.map((index, column) => (runs(column) ? index : other)),
              mask,
            );
            network.setTargets(labels, mask);
          }
          return { total: network.lossAndGradients(), gradients: network.gradients() };
        });
        assert.ok(Number.isFinite(results[0]!.total));
        assert.deepEqual(results[1], results[0]);
        assert.throws(() => network.setInputs(indices, mask.slice(1, 2)), {
          name: "ShapeError",
          message: `Network.setInputs: the mask has 2 steps of ${m} examples: expected ${T} of ${m}`,
        });
        network.close();
      });
    }

    it("a bidirectional network reads backwards from each example's own last step, on every thread", () => {
      const [n_x, n_a, n_y, m, T] = [5, 7, 3, 9, 6];
      const random = seededRandom(8);
      const parameters = initializeBidirectional("lstm", { n_x, n_a, n_y }, random);
      const x = randomSequence(T, n_x, m, random);
      const labels = randomLabels(T * m, n_y, random);
      const mask = randomMask(T, m, random);
      const wanted = bidirectionalLossAndGradients(x, columnsOf(labels, n_y, m), parameters, mask);
      const options = { cell: "lstm", n_x, n_a, n_y, m, T_x: T, bidirectional: true } as const;
      const network = engine.network(options);
      network.setParameters(parameters);
      network.setInputs(x);
      network.setTargets(labels, mask);
      network.setReversal(
        Array.from(
          { length: m },
          (_, i) => Array.from(mask).filter((one) => one.get(0, i) === 1).length,
        ),
      );
      const total = network.lossAndGradients();
      const { forward, backward, dWya, dby } = wanted.gradients;
      const flat = Object.fromEntries(
        Object.entries({ forward, backward }).flatMap(([half, set]) =>
          Object.entries(set).map(([name, matrix]) => [`${half}.${name}`, matrix]),
        ),
      );
      assertAgrees(
        { total, gradients: network.gradients() },
        { total: wanted.total, gradients: { ...flat, dWya, dby } },
      );
      network.close();
    });

    it("Adam with clipping takes the steps that the readable optimiser takes", () => {
      const [n_x, n_a, n_y, m, T] = [4, 9, 3, 6, 5];
      const random = seededRandom(9);
      const parameters = initializeRnn({ n_x, n_a, n_y }, random);
      const x = randomSequence(T, n_x, m, random);
      const labels = randomLabels(T * m, n_y, random);
      const network = engine.network({ cell: "rnn", n_x, n_a, n_y, m, T_x: T });
      network.setParameters(parameters);
      network.setInputs(x);
      network.setTargets(labels);
      const start = Mat.zeros<"n_a", "m">(n_a, m);
      const norms: number[] = [];
      const { parameters: trained } = train({
        parameters,
        steps: 30,
        learningRate: 0.02,
        maxNorm: 0.3,
        lossAndGradients: (current) =>
          rnnLossAndGradients(x, columnsOf(labels, n_y, m), start, current),
        onStep: ({ norm }) => norms.push(norm),
      });
      for (let step = 0; step < 30; step++) {
        network.lossAndGradients();
        const norm = network.adamStep({ learningRate: 0.02, maxNorm: 0.3 });
        assert.ok(Math.abs(norm - norms[step]!) <= 1e-4 * norms[step]!, `norm of step ${step + 1}`);
      }
      assert.ok(difference(network.parameters(), trained) <= 1e-4);
      network.close();
    });
  });
}

/** One-hot columns, zeros where the index is −1. */
function columnsWithHole(indices: Int32Array, n_x: number, m: number): Sequence {
  return Sequence.build(indices.length / m, (t) =>
    Mat.build(n_x, m, (k, i) => (indices[(t - 1) * m + i] === k ? 1 : 0)),
  );
}

describe("the functions of unrolled/engine", () => {
  const random = seededRandom(11);
  const [n_x, n_a, n_y, m, T] = [5, 12, 4, 7, 6];
  const sizes = { n_x, n_a, n_y };
  const x = randomSequence(T, n_x, m, random);
  const y = columnsOf(randomLabels(T * m, n_y, random), n_y, m);
  const a_0 = randomNormal<"n_a", "m">(n_a, m, random);
  const mask = randomMask(T, m, random);
  const rnn = initializeRnn(sizes, random);

  it("rnnLossAndGradients, gruLossAndGradients, lstmLossAndGradients", () => {
    assertAgrees(
      fast.rnnLossAndGradients(x, y, a_0, rnn, mask),
      rnnLossAndGradients(x, y, a_0, rnn, mask),
    );
    const gru = initializeGru(sizes, random);
    assertAgrees(
      fast.gruLossAndGradients(x, y, a_0, gru, mask),
      gruLossAndGradients(x, y, a_0, gru, mask),
    );
    const lstm = initializeLstm(sizes, random);
    const c_0 = randomNormal<"n_a", "m">(n_a, m, random);
    assertAgrees(
      fast.lstmLossAndGradients(x, y, a_0, lstm, mask, c_0),
      lstmLossAndGradients(x, y, a_0, lstm, mask, c_0),
    );
    assertAgrees(
      fast.lstmLossAndGradients(x, y, a_0, lstm), // the network that c⟨0⟩ was set in is used again
      lstmLossAndGradients(x, y, a_0, lstm),
    );
  });

  it("oneToManyLossAndGradients", () => {
    const square = initializeRnn({ n_x: n_y, n_a, n_y }, random);
    const x_1 = randomNormal<"n_x", "m">(n_y, m, random);
    assertAgrees(
      fast.oneToManyLossAndGradients(x_1, y, a_0, square, mask),
      oneToManyLossAndGradients(x_1, y, a_0, square, mask),
    );
  });

  it("one input, one unit, one class, one example, one step", () => {
    const one = initializeRnn({ n_x: 1, n_a: 1, n_y: 1 }, random);
    const single = Sequence.of([Mat.filled(1, 1, 1)]);
    assertAgrees(
      fast.rnnLossAndGradients(single, single, Mat.zeros(1, 1), one),
      rnnLossAndGradients(single, single, Mat.zeros(1, 1), one),
    );
  });

  it("manyToOneLossAndGradients, from the last state and from the mean", () => {
    for (const read of ["last", "mean"] as const) {
      assertAgrees(
        fast.manyToOneLossAndGradients(x, y.at(1), a_0, rnn, { read, mask }),
        manyToOneLossAndGradients(x, y.at(1), a_0, rnn, { read, mask }),
      );
    }
  });

  it("encodeDecodeLossAndGradients, with zeros for the encoder's outputs", () => {
    const parameters = {
      encoder: initializeRnn({ n_x, n_a, n_y: 1 }, random),
      decoder: initializeRnn({ n_x: n_y, n_a, n_y }, random),
    };
    const longer = columnsOf(randomLabels(9 * m, n_y, random), n_y, m);
    const y_0 = randomNormal<"n_y", "m">(n_y, m, random);
    const masks = { input: mask, output: randomMask(9, m, random) };
    assertAgrees(
      fast.encodeDecodeLossAndGradients(x, longer, a_0, parameters, y_0, masks),
      encodeDecodeLossAndGradients(x, longer, a_0, parameters, y_0, masks),
    );
  });

  it("bidirectionalLossAndGradients, deepLossAndGradients", () => {
    for (const cell of ["rnn", "gru", "lstm"] as const) {
      const both = initializeBidirectional(cell, sizes, random);
      for (const padding of [mask, undefined]) {
        assertAgrees(
          fast.bidirectionalLossAndGradients(x, y, both, padding),
          bidirectionalLossAndGradients(x, y, both, padding),
        );
      }
      const middle = mask.map((mask_t, t) => mask_t.times(t === 2 ? 1 : 0));
      assertAgrees(
        fast.bidirectionalLossAndGradients(x, y, both, mask, middle),
        bidirectionalLossAndGradients(x, y, both, mask, middle),
      );
      for (const L of [1, 3]) {
        const deep = initializeDeep(cell, { ...sizes, L }, random);
        assertAgrees(
          fast.deepLossAndGradients(x, y, deep, mask),
          deepLossAndGradients(x, y, deep, mask),
        );
      }
    }
  });

  /** Every function that takes masks, with these inputs, labels and mask. */
  const masked = (
    xs: typeof x,
    ys: typeof y,
    used: typeof mask,
    library: Pick<typeof fast, keyof typeof readable> = fast,
  ): Record<string, () => object> => {
    const gru = initializeGru(sizes, seededRandom(1));
    const lstm = initializeLstm(sizes, seededRandom(1));
    const deep = initializeDeep("lstm", { ...sizes, L: 2 }, seededRandom(1));
    const both = initializeBidirectional("gru", sizes, seededRandom(1));
    const square = initializeRnn({ n_x: n_y, n_a, n_y }, seededRandom(1));
    const first = Mat.zeros<string, "m">(n_y, m);
    const label = y.at(1);
    const translator = { encoder: rnn, decoder: square };
    const masks = { input: used, output: used };
    return {
      rnnLossAndGradients: () => library.rnnLossAndGradients(xs, ys, a_0, rnn, used),
      gruLossAndGradients: () => library.gruLossAndGradients(xs, ys, a_0, gru, used),
      lstmLossAndGradients: () => library.lstmLossAndGradients(xs, ys, a_0, lstm, used),
      oneToManyLossAndGradients: () =>
        library.oneToManyLossAndGradients(first, ys, a_0, square, used),
      manyToOneLossAndGradients: () =>
        library.manyToOneLossAndGradients(xs, label, a_0, rnn, { read: "mean", mask: used }),
      encodeDecodeLossAndGradients: () =>
        library.encodeDecodeLossAndGradients(xs, ys, a_0, translator, first, masks),
      bidirectionalLossAndGradients: () =>
        library.bidirectionalLossAndGradients(xs, ys, both, used),
      deepLossAndGradients: () => library.deepLossAndGradients(xs, ys, deep, used),
    };
  };

  it("do not read the padding: NaN and ∞ there change no bit", () => {
    const clean = masked(x, y, mask);
    for (const value of [NaN, Infinity]) {
      const spoil = <R extends string>(sequence: Sequence<R, "m">): Sequence<R, "m"> =>
        sequence.map((step, t) =>
          step.map((old, _, i) => (mask.at(t).get(0, i) === 1 ? old : value)),
        );
      for (const [name, run] of Object.entries(masked(spoil(x), spoil(y), mask))) {
        assert.deepEqual(run(), clean[name]!(), `${name}, ${value}`);
      }
    }
  });

  it("hold the state over padding wherever it stands: at the beginning, in between, at the end", () => {
    for (let seed = 1; seed <= 12; seed++) {
      const draw = seededRandom(seed);
      const full = draw.integer(T);
      const anywhere = mask.map((mask_t, t) =>
        mask_t.map(() => (t === full + 1 || draw.uniform() < 0.5 ? 1 : 0)),
      );
      const wanted = masked(x, y, anywhere, readable);
      for (const [name, run] of Object.entries(masked(x, y, anywhere))) {
        assertAgrees(run(), wanted[name]!());
      }
    }
  });
});
