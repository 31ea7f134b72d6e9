/**
 * One promise for whatever takes a mask: each example is what it would be without its padding, wherever that
 * stands. So it equals the unpadded sequences one by one; what stands in the padding changes no bit; and the
 * gradients are those of central differences.
 */
import assert from "node:assert/strict";
import {
  bidirectionalForward,
  bidirectionalLossAndGradients,
  type CellName,
  deepForward,
  deepLossAndGradients,
  encodeDecode,
  encodeDecodeLossAndGradients,
  gruBackward,
  gruForward,
  gruLossAndGradients,
  initializeBidirectional,
  initializeDeep,
  initializeGru,
  initializeLayer,
  initializeLstm,
  initializeRnn,
  isMat,
  lstmBackward,
  lstmForward,
  lstmLossAndGradients,
  mapMatrices,
  Mat,
  type MatricesOf,
  manyToManySynced,
  manyToOne,
  manyToOneLossAndGradients,
  oneHot,
  oneToManyLossAndGradients,
  randomNormal,
  rnnBackward,
  rnnForward,
  rnnLossAndGradients,
  runLayer,
  seededRandom,
  Sequence,
  softmaxCrossEntropy,
} from "unrolled";
import { assertClose, assertGradient, assertGradients, normalSteps } from "../numeric.js";

const [n_x, n_a, n_y] = [2, 3, 2];
const sizes = { n_x, n_a, n_y };
const cells = ["rnn", "gru", "lstm"] satisfies CellName[];
const random = seededRandom(53);

/** The rows are the examples. */
const places: Readonly<Record<string, readonly (readonly number[])[]>> = {
  "at the end": [
    [1, 1, 1, 1, 1],
    [1, 0, 0, 0, 0],
    [1, 1, 1, 0, 0],
  ],
  "at the beginning": [
    [0, 0, 1, 1, 1],
    [1, 1, 1, 1, 1],
    [0, 0, 0, 0, 1],
  ],
  "in between": [
    [1, 0, 1, 0, 1],
    [0, 1, 0, 0, 1],
    [1, 1, 0, 0, 0],
  ],
};

type Mask = Sequence<"1", "m">;

/** What the forms read, each its own part of it. */
interface Batch {
  readonly x: Sequence<"n_x", "m">;
  readonly y: Sequence<"n_y", "m">;
  readonly mask?: Mask;
  /** 1 where a label counts, for the form that knows such steps. */
  readonly answered: Mask;
  /** A decoder's labels, longer than x. */
  readonly written: Sequence<"n_y", "m">;
  readonly writtenMask?: Mask;
  /** One label for the whole input. */
  readonly label: Mat<"n_y", "m">;
  /** A decoder's first input. */
  readonly first: Mat<"n_y", "m">;
  readonly a_0: Mat<"n_a", "m">;
  readonly c_0: Mat<"n_a", "m">;
}

const maskOf = (rows: readonly (readonly number[])[]): Mask =>
  Sequence.build(rows[0]!.length, (t) => Mat.build(1, rows.length, (_, i) => rows[i]![t - 1]!));
const labels = (m: number): Mat<"n_y", "m"> =>
  oneHot(
    Array.from({ length: m }, () => random.integer(n_y)),
    n_y,
  );

function batchOf(place: string): Batch {
  const rows = places[place]!;
  const [m, T] = [rows.length, rows[0]!.length];
  const longer = rows.map((row) => [row[0]!, row[0]!, ...row]).reverse();
  return {
    x: Sequence.of(normalSteps<"n_x">(T, n_x, m, random)),
    y: Sequence.build(T, () => labels(m)),
    mask: maskOf(rows),
    answered: Sequence.build(T, () => Mat.build(1, m, () => random.integer(2))),
    written: Sequence.build(T + 2, () => labels(m)),
    writtenMask: maskOf(longer),
    label: labels(m),
    first: randomNormal(n_y, m, random),
    a_0: randomNormal(n_a, m, random),
    c_0: randomNormal(n_a, m, random),
  };
}

/** The steps that example i has, from 1. */
const stepsOf = (mask: Mask, i: number): number[] =>
  Array.from(mask, (_, index) => index + 1).filter((t) => mask.at(t).get(0, i) === 1);

/** Example i's own steps alone. */
const compact = <R extends string>(
  sequence: Sequence<R, "m">,
  mask: Mask,
  i: number,
): Sequence<R, "m"> => Sequence.of(stepsOf(mask, i).map((t) => sequence.at(t).column(i)));

/** Example i by itself, without padding and without a mask. */
function alone(batch: Batch, i: number): Batch {
  const mask = batch.mask!;
  return {
    x: compact(batch.x, mask, i),
    y: compact(batch.y, mask, i),
    answered: compact(batch.answered, mask, i),
    written: compact(batch.written, batch.writtenMask!, i),
    label: batch.label.column(i),
    first: batch.first.column(i),
    a_0: batch.a_0.column(i),
    c_0: batch.c_0.column(i),
  };
}

/** Another value in each entry of the padding. */
const fillPadding = <R extends string>(
  sequence: Sequence<R, "m">,
  mask: Mask,
  value: number,
): Sequence<R, "m"> =>
  sequence.map((step, t) => step.map((old, _, i) => (mask.at(t).get(0, i) === 1 ? old : value)));

/** The batch with another value in all of its padding. */
function spoilt(batch: Batch, value: number): Batch {
  return {
    ...batch,
    x: fillPadding(batch.x, batch.mask!, value),
    y: fillPadding(batch.y, batch.mask!, value),
    written: fillPadding(batch.written, batch.writtenMask!, value),
  };
}

/** What a form gives; states and predictions are compared step by step. */
interface Given {
  readonly total: number;
  readonly gradients: object;
  /** Sequences over the input's steps. */
  readonly steps?: readonly Sequence<string, "m">[];
  /** The states, which padded steps hand on. */
  readonly held?: readonly Sequence<string, "m">[];
  /** Sequences over a decoder's steps. */
  readonly writtenSteps?: readonly Sequence<string, "m">[];
  /** Matrices with one column an example. */
  readonly columns?: readonly Mat<string, "m">[];
}

interface Form {
  readonly title: string;
  readonly run: (batch: Batch) => Given;
  readonly check: (batch: Batch) => void;
}

/** A form with parameters of its own, all of them random. */
function form<P extends MatricesOf<P>>(
  title: string,
  start: P,
  run: (parameters: P, batch: Batch) => Given,
): Form {
  const parameters = mapMatrices(start, ({ rows, cols }) => randomNormal(rows, cols, random, 0.6));
  return {
    title,
    run: (batch) => run(parameters, batch),
    check: (batch) => {
      const { gradients } = run(parameters, batch);
      assertGradients((moved) => run(moved, batch).total, parameters, gradients);
    },
  };
}

const forms: readonly Form[] = [
  form("rnnLossAndGradients", initializeRnn(sizes, random), (p, { x, y, a_0, mask }) => {
    const { yhat, a, ...rest } = rnnLossAndGradients(x, y, a_0, p, mask);
    const synced = manyToManySynced(x, a_0, p, undefined, mask);
    return { ...rest, steps: [yhat, synced.yhat], held: [a, synced.a] };
  }),
  form("gruLossAndGradients", initializeGru(sizes, random), (p, { x, y, a_0, mask }) => {
    const { yhat, a, ...rest } = gruLossAndGradients(x, y, a_0, p, mask);
    return { ...rest, steps: [yhat], held: [a] };
  }),
  form("lstmLossAndGradients", initializeLstm(sizes, random), (p, { x, y, a_0, c_0, mask }) => {
    const { yhat, a, c, ...rest } = lstmLossAndGradients(x, y, a_0, p, mask, c_0);
    return { ...rest, steps: [yhat], held: [a, c] };
  }),
  ...cells.flatMap((cell) => [
    form(
      `deepLossAndGradients of two ${cell} layers`,
      initializeDeep(cell, { ...sizes, L: 2 }, random),
      (p, { x, y, mask }) => {
        const { yhat, a, ...rest } = deepLossAndGradients(x, y, p, mask);
        const forward = deepForward(x, p, mask);
        return { ...rest, steps: [yhat, forward.yhat], held: [...a, ...forward.a] };
      },
    ),
    form(
      `bidirectionalLossAndGradients of ${cell} layers`,
      initializeBidirectional(cell, sizes, random),
      (p, { x, y, mask }) => {
        const { yhat, a, ...rest } = bidirectionalLossAndGradients(x, y, p, mask);
        const forward = bidirectionalForward(x, p, mask);
        return {
          ...rest,
          steps: [yhat, a.forward, a.backward, ...Object.values(forward.a), forward.yhat],
        };
      },
    ),
    form(
      `bidirectionalLossAndGradients of ${cell} layers, answered here and there`,
      initializeBidirectional(cell, sizes, random),
      (p, { x, y, mask, answered }) => {
        const { yhat, a, ...rest } = bidirectionalLossAndGradients(x, y, p, mask, answered);
        return { ...rest, steps: [yhat, a.forward, a.backward] };
      },
    ),
  ]),
  ...(["last", "mean"] as const).map((read) =>
    form(
      `manyToOneLossAndGradients, reading the ${read} state`,
      initializeRnn(sizes, random),
      (p, { x, label, a_0, mask }) => {
        const options = mask === undefined ? { read } : { read, mask };
        const { yhat, a, ...rest } = manyToOneLossAndGradients(x, label, a_0, p, options);
        const used = manyToOne(x, a_0, p, undefined, mask);
        return { ...rest, columns: [yhat, used.yhat], held: [a, used.a] };
      },
    ),
  ),
  form(
    "oneToManyLossAndGradients",
    initializeRnn({ n_x: n_y, n_a, n_y }, random),
    (p, { written, first, a_0, writtenMask }) => {
      const x_1 = first as Mat<string, "m">;
      const { yhat, a, ...rest } = oneToManyLossAndGradients(x_1, written, a_0, p, writtenMask);
      return { ...rest, writtenSteps: [yhat] };
    },
  ),
  form(
    "encodeDecodeLossAndGradients",
    {
      encoder: initializeRnn({ n_x, n_a, n_y: 1 }, random),
      decoder: initializeRnn({ n_x: n_y, n_a, n_y }, random),
    },
    (p, { x, written, first, a_0, mask, writtenMask }) => {
      const masks = {
        ...(mask && { input: mask }),
        ...(writtenMask && { output: writtenMask }),
      };
      const result = encodeDecodeLossAndGradients(x, written, a_0, p, first, masks);
      const used = encodeDecode(x, a_0, p, first, 3, undefined, mask);
      return { ...result, writtenSteps: [result.yhat], columns: Array.from(used.yhat) };
    },
  ),
];

/** A gradient's matrices in order. */
function matricesIn(gradients: unknown): Mat[] {
  if (isMat(gradients)) return [gradients];
  return Object.values(gradients as object).flatMap(matricesIn);
}

for (const place of Object.keys(places)) {
  describe(`with padding ${place}`, () => {
    const batch = batchOf(place);
    const mask = batch.mask!;
    const { m, T_x } = { m: batch.x.cols, T_x: batch.x.T_x };

    for (const { title, run, check } of forms) {
      describe(title, () => {
        it("agrees with central differences in every parameter", () => {
          check(batch);
        });

        it("does not read the padding: NaN and ∞ there change no bit", () => {
          const clean = run(batch);
          for (const value of [NaN, Infinity, -Infinity, 1e300]) {
            assert.deepEqual(run(spoilt(batch, value)), clean, String(value));
          }
        });

        it("is the unpadded sequences one by one", () => {
          const together = run(batch);
          const each = Array.from({ length: m }, (_, i) => run(alone(batch, i)));
          assertClose(together.total, each.reduce((sum, { total }) => sum + total, 0) / m);
          matricesIn(together.gradients).forEach((gradient, n) => {
            const sum = each
              .map(({ gradients }) => matricesIn(gradients)[n]!)
              .reduce((one, other) => one.add(other));
            assertClose(gradient, sum.times(1 / m), { what: `gradient ${n}` });
          });
          each.forEach((single, i) => {
            const own = (name: "steps" | "held" | "writtenSteps", used: Mask): void => {
              (together[name] ?? []).forEach((sequence, n) => {
                assertClose(compact(sequence, used, i), single[name]![n]!, { what: name });
              });
            };
            own("steps", mask);
            own("held", mask);
            own("writtenSteps", batch.writtenMask!);
            (together.columns ?? []).forEach((columns, n) => {
              assertClose(columns.column(i), single.columns![n]!, { what: "columns" });
            });
          });
        });

        it("holds the state and predicts zeros where an example is padded", () => {
          const { steps = [], held = [], writtenSteps = [] } = run(batch);
          for (let i = 0; i < m; i++) {
            for (let t = 1; t <= T_x; t++) {
              if (mask.at(t).get(0, i) === 1) continue;
              for (const sequence of steps) assert.equal(sequence.at(t).column(i).norm(), 0);
              if (t === 1) continue;
              for (const a of held) {
                assert.deepEqual(a.at(t).column(i), a.at(t - 1).column(i));
              }
            }
            for (let t = 1; t <= T_x + 2; t++) {
              if (batch.writtenMask!.at(t).get(0, i) === 1) continue;
              for (const sequence of writtenSteps) {
                assert.equal(sequence.at(t).column(i).norm(), 0);
              }
            }
          }
        });
      });
    }

    describe("softmaxCrossEntropy", () => {
      const z = Sequence.of(normalSteps<"n_y">(T_x, n_y, m, random));

      it("agrees with central differences in every score", () => {
        const { dz } = softmaxCrossEntropy(z, batch.y, mask);
        for (let t = 1; t <= T_x; t++) {
          const f = (z_t: Mat<"n_y", "m">): number =>
            softmaxCrossEntropy(withStep(z, t, z_t), batch.y, mask).total;
          assertGradient(`dz⟨${t}⟩`, f, z.at(t), dz.at(t));
        }
      });

      it("does not read the padding: NaN and ∞ there change no bit", () => {
        const clean = softmaxCrossEntropy(z, batch.y, mask);
        for (const value of [NaN, Infinity, -Infinity]) {
          const [z_, y_] = [fillPadding(z, mask, value), fillPadding(batch.y, mask, value)];
          assert.deepEqual(softmaxCrossEntropy(z_, y_, mask), clean, String(value));
        }
      });
    });

    describe("the way back of a layer, with a gradient into every state, padded ones too", () => {
      const { x, a_0, c_0 } = batch;
      const da = Sequence.of(normalSteps<"n_a">(T_x, n_a, m, random));
      const weighed = (a: Sequence<"n_a", "m">): number =>
        Array.from(a, (a_t, index) => a_t.times(da.at(index + 1)).sum()).reduce(
          (s, one) => s + one,
        );
      const noisy = <P extends MatricesOf<P>>(set: P): P =>
        mapMatrices(set, ({ rows, cols }) => randomNormal(rows, cols, random, 0.6));

      /** Every gradient by central differences: by the inputs, by the states before the first step, by the parameters. */
      function checkBackward<P extends MatricesOf<P>>(
        states: (x: Sequence<"n_x", "m">, starts: readonly Mat<"n_a", "m">[], p: P) => typeof da,
        starts: readonly Mat<"n_a", "m">[],
        parameters: P,
        got: { dx: Sequence<"n_x", "m">; starts: readonly Mat<"n_a", "m">[]; gradients: object },
      ): void {
        for (let t = 1; t <= T_x; t++) {
          const f = (x_t: Mat<"n_x", "m">): number =>
            weighed(states(withStep(x, t, x_t), starts, parameters));
          assertGradient(`dx⟨${t}⟩`, f, x.at(t), got.dx.at(t));
        }
        got.starts.forEach((gradient, n) => {
          const f = (moved: Mat<"n_a", "m">): number =>
            weighed(states(x, starts.with(n, moved), parameters));
          assertGradient(`start ${n}`, f, starts[n]!, gradient);
        });
        assertGradients((moved) => weighed(states(x, starts, moved)), parameters, got.gradients);
      }

      it("rnnBackward", () => {
        const { Wya, by, ...layer } = noisy(initializeRnn(sizes, random));
        const forward = (xs: typeof x, first: typeof a_0, p: typeof layer) =>
          rnnForward(xs, first, { ...p, Wya, by }, undefined, mask);
        const back = (xs: typeof x) => rnnBackward(da, forward(xs, a_0, layer).caches);
        const { dx, da_0, ...gradients } = back(x);
        const got = { dx, starts: [da_0], gradients };
        checkBackward((xs, [first], p) => forward(xs, first!, p).a, [a_0], layer, got);
        assert.deepEqual(back(spoilt(batch, NaN).x), back(x));
      });

      it("gruBackward", () => {
        const { Wya, by, ...layer } = noisy(initializeGru(sizes, random));
        const forward = (xs: typeof x, first: typeof a_0, p: typeof layer) =>
          gruForward(xs, first, { ...p, Wya, by }, undefined, mask);
        const back = (xs: typeof x) => gruBackward(da, forward(xs, a_0, layer).caches);
        const { dx, da_0, ...gradients } = back(x);
        const got = { dx, starts: [da_0], gradients };
        checkBackward((xs, [first], p) => forward(xs, first!, p).a, [a_0], layer, got);
        assert.deepEqual(back(spoilt(batch, NaN).x), back(x));
      });

      it("lstmBackward", () => {
        const { Wya, by, ...layer } = noisy(initializeLstm(sizes, random));
        const forward = (
          xs: typeof x,
          [first, memory]: readonly Mat<"n_a", "m">[],
          p: typeof layer,
        ) => lstmForward(xs, first!, { ...p, Wya, by }, { c_0: memory, mask });
        const back = (xs: typeof x) => lstmBackward(da, forward(xs, [a_0, c_0], layer).caches);
        const { dx, da_0, dc_0, ...gradients } = back(x);
        const got = { dx, starts: [da_0, dc_0], gradients };
        checkBackward((...args) => forward(...args).a, [a_0, c_0], layer, got);
        assert.deepEqual(back(spoilt(batch, NaN).x), back(x));
      });

      for (const cell of cells) {
        it(`runLayer of ${cell}`, () => {
          const layer = noisy(initializeLayer(cell, sizes, random));
          const got = runLayer(x, layer, mask).backward(da);
          checkBackward((xs, _, p) => runLayer(xs, p, mask).a, [], layer, { ...got, starts: [] });
          assert.deepEqual(runLayer(spoilt(batch, NaN).x, layer, mask).backward(da), got);
        });
      }
    });
  });
}

/** x with another step t. */
function withStep<R extends string>(
  x: Sequence<R, "m">,
  t: number,
  step: Mat<R, "m">,
): Sequence<R, "m"> {
  return x.map((old, s) => (s === t ? step : old));
}
