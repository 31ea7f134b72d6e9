/** What the laws are asked of: networks of every form, drawn from sizes and a seed, and what can be made of one. */
import fc from "fast-check";
import {
  type CellName,
  initializeBidirectional,
  initializeDeep,
  initializeGru,
  initializeLstm,
  initializeRnn,
  Mat,
  mapMatrices,
  oneHot,
  type Random,
  randomNormal,
  type RnnParameters,
  seededRandom,
  Sequence,
} from "unrolled";

/** The forms of networks. */
export const forms = [
  "one to one",
  "one to many",
  "many to one, last state",
  "many to one, mean state",
  "many to many",
  "encoder and decoder",
  "deep",
  "bidirectional",
] as const;
export type Form = (typeof forms)[number];

/** A network with a batch. */
export interface Problem {
  readonly form: Form;
  readonly cell: CellName;
  /** The readable function's set. */
  readonly parameters: object;
  /** The inputs, (n_x, m) a step; of one to many they are not read. */
  readonly x: Sequence<"n_x", "m">;
  /** One-hot labels, (n_y, m) a step; one step where there is one answer. */
  readonly y: Sequence<"n_y", "m">;
  /** The first input of what is fed its own answers, (n_y, m). */
  readonly first: Mat<"n_x", "m">;
  readonly a_0: Mat<"n_a", "m">;
  /** Of the inputs, (1, m) a step. */
  readonly mask: Sequence<"1", "m">;
  /** Of the labels, (1, m) a step. */
  readonly labelMask: Sequence<"1", "m">;
}

/** What a problem is drawn from; plain numbers, so that a failing one shrinks. */
export interface Draw {
  readonly form: Form;
  readonly cell: CellName;
  readonly n_x: number;
  readonly n_a: number;
  readonly n_y: number;
  readonly m: number;
  readonly T: number;
  readonly seed: number;
  /** Where padding may stand. */
  readonly padding: Padding;
}

/** Nowhere, behind each example's end, or at any steps but one. */
export type Padding = "none" | "end" | "anywhere";

/** Small sizes, the ones among them, and sizes around the borders of the engine's kernels. */
export const draws = (
  of: readonly Form[],
  cells: readonly CellName[],
  paddings: readonly Padding[],
): fc.Arbitrary<Draw> => {
  const size = (most: number, ...others: number[]): fc.Arbitrary<number> =>
    fc.oneof(
      { weight: 9, arbitrary: fc.integer({ min: 1, max: most }) },
      { weight: 1, arbitrary: fc.constantFrom(1, ...others) },
    );
  return fc.record({
    form: fc.constantFrom(...of),
    cell: fc.constantFrom(...cells),
    n_x: size(6, 9, 17),
    n_a: size(6, 8, 17, 33, 64),
    n_y: size(5, 9, 17),
    m: size(5, 8, 9),
    T: size(6, 9),
    seed: fc.integer({ min: 0, max: 0xffff_ffff }),
    padding: fc.constantFrom(...paddings),
  });
};

const initialize = { rnn: initializeRnn, gru: initializeGru, lstm: initializeLstm } as const;

function parametersOf(form: Form, cell: CellName, { n_x, n_a, n_y }: Draw, random: Random): object {
  const sizes = { n_x, n_a, n_y };
  const biased = (set: object): object =>
    mapMatrices(set as RnnParameters, (W) => W.add(randomNormal(W.rows, W.cols, random, 0.1)));
  switch (form) {
    case "one to one":
      return { W: randomNormal(n_y, n_x, random), b: randomNormal(n_y, 1, random) };
    case "encoder and decoder":
      return biased({
        encoder: initialize[cell](sizes, random),
        decoder: initialize[cell]({ ...sizes, n_x: n_y }, random),
      });
    case "deep":
      return biased(initializeDeep(cell, { ...sizes, L: 2 }, random));
    case "bidirectional":
      return biased(initializeBidirectional(cell, sizes, random));
    default:
      return biased(
        initialize[cell](form === "one to many" ? { ...sizes, n_x: n_y } : sizes, random),
      );
  }
}

const numbersOf = (count: number, draw: () => number): readonly number[] =>
  Array.from({ length: count }, draw);

/** The problem of these numbers. */
export function problemOf(draw: Draw): Problem {
  const { form, cell, n_x, n_a, n_y, m, T, seed, padding } = draw;
  const random = seededRandom(seed);
  const parameters = parametersOf(form, cell, draw, random);
  const one = form.startsWith("many to one") || form === "one to one";
  const steps = one ? 1 : T;
  /** Each example has at least one step. */
  const drawMask = (): Sequence<"1", "m"> => {
    const lengths = numbersOf(m, () => (padding === "none" ? T : 1 + random.integer(T)));
    const kept = numbersOf(m, () => 1 + random.integer(T));
    return Sequence.build(T, (t) =>
      Mat.build(1, m, (_, i) => {
        if (padding === "anywhere") return t === kept[i]! || random.uniform() < 0.6 ? 1 : 0;
        return t <= lengths[i]! ? 1 : 0;
      }),
    );
  };
  const mask = drawMask();
  const ones = Sequence.of([Mat.filled<"1", "m">(1, m, 1)]);
  return {
    form,
    cell,
    parameters,
    x: Sequence.build(form === "one to one" ? 1 : T, () => randomNormal(n_x, m, random)),
    y: Sequence.build(steps, () =>
      oneHot(
        Array.from({ length: m }, () => random.integer(n_y)),
        n_y,
      ),
    ),
    first: randomNormal(n_y, m, random),
    a_0:
      form === "deep" || form === "bidirectional"
        ? Mat.zeros(n_a, m)
        : randomNormal(n_a, m, random),
    mask: form === "one to one" ? ones : mask,
    labelMask: one ? ones : form === "encoder and decoder" ? drawMask() : mask,
  };
}

/** The problem with each sequence's and matrix's columns taken anew. */
export function examplesOf(problem: Problem, examples: readonly number[]): Problem {
  const pick = <R extends string>(matrix: Mat<R, "m">): Mat<R, "m"> =>
    Mat.build(matrix.rows, examples.length, (k, i) => matrix.get(k, examples[i]!));
  const { x, y, first, a_0, mask, labelMask } = problem;
  return {
    ...problem,
    x: x.map(pick),
    y: y.map(pick),
    first: pick(first),
    a_0: pick(a_0),
    mask: mask.map(pick),
    labelMask: labelMask.map(pick),
  };
}

/** The problem with other parameters. */
export function withParameters(
  problem: Problem,
  change: (W: Mat, path: readonly string[]) => Mat,
): Problem {
  const parameters = mapMatrices(problem.parameters as RnnParameters, change);
  return { ...problem, parameters };
}

/** The problem with `more` padded steps behind, and `garbage()` wherever it is padded. */
export function padded(problem: Problem, more: number, garbage: () => number): Problem {
  const longer = <R extends string>(sequence: Sequence<R, "m">): Sequence<R, "m"> =>
    Sequence.of([
      ...sequence,
      ...Array.from({ length: more }, () => Mat.zeros<R, "m">(sequence.rows, sequence.cols)),
    ]);
  const spoil = <R extends string>(
    sequence: Sequence<R, "m">,
    mask: Sequence<"1", "m">,
  ): Sequence<R, "m"> =>
    sequence.map((step, t) =>
      step.map((value, _, i) => (mask.at(t).get(0, i) === 1 ? value : garbage())),
    );
  const oneAnswer = problem.y.T_y === 1 && problem.form.startsWith("many to one");
  const mask = longer(problem.mask);
  const labelMask = oneAnswer ? problem.labelMask : longer(problem.labelMask);
  return {
    ...problem,
    mask,
    labelMask,
    x: spoil(longer(problem.x), mask),
    y: oneAnswer ? problem.y : spoil(longer(problem.y), labelMask),
  };
}
