/** The laws: what holds between a network's answers, whatever its numbers are. */
import assert from "node:assert/strict";
import {
  bidirectionalForward,
  type CellName,
  deepForward,
  encodeDecode,
  gruBackward,
  gruForward,
  isSequence,
  lstmBackward,
  lstmForward,
  manyToOne,
  Mat,
  oneToMany,
  oneToOne,
  randomNormal,
  reverseSteps,
  rnnBackward,
  rnnForward,
  seededRandom,
  Sequence,
} from "unrolled";
import { examplesOf, type Form, forms, padded, type Problem, withParameters } from "./problems.js";
import { readable, type Result, type Subject } from "./subjects.js";

/** Something that holds of every problem of these forms. */
export interface Law {
  readonly name: string;
  readonly forms: readonly Form[];
  /** Whom it can be asked of; everyone unless said. */
  readonly of?: (subject: Subject) => boolean;
  readonly hold: (subject: Subject, problem: Problem, seed: number) => void;
}

type Gradients = Readonly<Record<string, Mat>>;

/** The sum of results, each times its weight. */
function combined(results: readonly Result[], weights: readonly number[]): Result {
  const [first] = results as [Result];
  const gradients = Object.fromEntries(
    Object.keys(first.gradients).map((name) => [
      name,
      results
        .map((result, k) => result.gradients[name]!.times(weights[k]!))
        .reduce((sum, part) => sum.add(part)),
    ]),
  );
  const total = results.reduce((sum, result, k) => sum + result.total * weights[k]!, 0);
  return { ...first, total, gradients };
}

/** The norm of all gradients together: what a single one's rounding is measured by. */
const sizeOf = (gradients: Gradients): number =>
  Math.max(1e-3, ...Object.values(gradients).map((matrix) => matrix.norm()));

function assertSame(subject: Subject, got: Result, wanted: Result): void {
  const { tolerance } = subject;
  const scale = Math.max(1, Math.abs(wanted.total));
  assert.ok(
    Math.abs(got.total - wanted.total) <= tolerance * scale,
    `the loss is ${got.total}, and not ${wanted.total}`,
  );
  assertGradients(got.gradients, wanted.gradients, tolerance);
}

function assertGradients(got: Gradients, wanted: Gradients, tolerance: number): void {
  const size = sizeOf(wanted);
  for (const [name, matrix] of Object.entries(wanted)) {
    const isEncodersOutput = name === "encoder.dWya" || name === "encoder.dby";
    if (isEncodersOutput && got[name] === undefined) continue; // zeros: the engine has none
    const error = got[name]!.sub(matrix).norm();
    assert.ok(error <= tolerance * size, `${name} differs by ${error} of ${size}`);
  }
}

const numbers = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

/** Each of a layer's units renamed: unit k is unit order[k]. */
function renamed(W: Mat, name: string, order: readonly number[]): Mat {
  const n_a = order.length;
  const plain = name.replace(/^d/, "");
  const rows = plain !== "Wya" && plain !== "by";
  const columns = ["Waa", "Wya", "Wu", "Wr", "Wc", "Wf", "Wo"].includes(plain);
  return Mat.build(W.rows, W.cols, (i, j) =>
    W.get(rows ? order[i]! : i, columns && j < n_a ? order[j]! : j),
  );
}

const recurrent = forms.filter((form) => form !== "one to one");
const withMasks = recurrent;

/** What the functions that predict say of a problem; undefined where they are fed their own answers. */
function predicted(problem: Problem): Sequence<"n_y", "m"> {
  const { form, cell, x, y, a_0, first, mask, labelMask } = problem;
  const parameters = problem.parameters as never;
  switch (form) {
    case "one to one":
      return Sequence.of([oneToOne(x.at(1), parameters)]);
    case "one to many": // its later steps are fed the labels while it learns
      return oneToMany(first, a_0, parameters, 1).yhat;
    case "many to one, last state":
    case "many to one, mean state":
      return Sequence.of([manyToOne(x, a_0, parameters, undefined, mask).yhat]);
    case "many to many":
      if (cell === "rnn") return rnnForward(x, a_0, parameters, undefined, mask).yhat;
      if (cell === "gru") return gruForward(x, a_0, parameters, undefined, mask).yhat;
      return lstmForward(x, a_0, parameters, { mask }).yhat;
    case "encoder and decoder":
      return encodeDecode(x, a_0, parameters, first as never, 1, undefined, mask).yhat;
    case "deep":
      return deepForward(x, parameters, mask).yhat;
    case "bidirectional":
      return bidirectionalForward(x, parameters, mask).yhat;
  }
  return y.slice(1, labelMask.T_x); // every form is above
}

/** Forms that can have examples without any label. */
const labelledForms = forms.filter(
  (form) => form !== "one to one" && !form.startsWith("many to one"),
);

/** The problem whose examples from `first` on have no label. */
function withoutLabels(problem: Problem, first: number): Problem {
  const labelMask = problem.labelMask.map((mask_t) =>
    mask_t.map((value, _, i) => (i < first ? value : 0)),
  );
  // With an output at every step in one direction, what is an input has a label.
  const isOneMask = problem.form === "many to many" || problem.form === "deep";
  return { ...problem, labelMask, mask: isOneMask ? labelMask : problem.mask };
}

type OfStates = Sequence<"n_a", "m">;

const scaledBy = <R extends string>(sequence: Sequence<R, "m">, factor: number): Sequence<R, "m"> =>
  sequence.map((step) => step.times(factor));

/** What each cell's backpropagation through time makes of gradients by the states: all matrices, in one order. */
function backwards(problem: Problem, da: OfStates): readonly Mat[] {
  const { cell, x, a_0, mask } = problem;
  const parameters = problem.parameters as never;
  const back = {
    rnn: () => rnnBackward(da, rnnForward(x, a_0, parameters, undefined, mask).caches),
    gru: () => gruBackward(da, gruForward(x, a_0, parameters, undefined, mask).caches),
    lstm: () => lstmBackward(da, lstmForward(x, a_0, parameters, { mask }).caches),
  }[cell]();
  return Object.values(back).flatMap((one: Mat | Sequence) => (isSequence(one) ? [...one] : [one]));
}

/** The problem with its cells' weights and biases times a factor; the output's stay. */
function timesWeights(problem: Problem, factor: number): Problem {
  return withParameters(problem, (W, path) =>
    ["Wya", "by"].includes(path.at(-1)!) ? W : W.times(factor),
  );
}

const law = (given: Law): Law => given;

/** All of them. */
export const laws: readonly Law[] = [
  law({
    name: "a batch is its examples one by one",
    forms,
    hold: (subject, problem) => {
      const m = problem.y.cols;
      const alone = numbers(m).map((i) => subject.evaluate(examplesOf(problem, [i])));
      assertSame(
        subject,
        subject.evaluate(problem),
        combined(
          alone,
          numbers(m).map(() => 1 / m),
        ),
      );
    },
  }),
  law({
    name: "gradients of parts of a batch add up",
    forms,
    hold: (subject, problem, seed) => {
      const m = problem.y.cols;
      const cut = seed % (m + 1);
      const parts = [numbers(cut), numbers(m - cut).map((i) => cut + i)].filter(
        ({ length }) => length > 0,
      );
      const results = parts.map((part) => subject.evaluate(examplesOf(problem, part)));
      const wanted = combined(
        results,
        parts.map(({ length }) => length / m),
      );
      assertSame(subject, subject.evaluate(problem), wanted);
    },
  }),
  law({
    name: "a batch that is repeated costs the same: the loss is a mean",
    forms,
    hold: (subject, problem, seed) => {
      const m = problem.y.cols;
      const times = 2 + (seed % 2);
      const repeated = examplesOf(
        problem,
        numbers(times).flatMap(() => numbers(m)),
      );
      assertSame(subject, subject.evaluate(repeated), subject.evaluate(problem));
    },
  }),
  law({
    name: "examples without a label add nothing: loss and gradients scale with the share of those that have one",
    forms: labelledForms,
    hold: (subject, problem, seed) => {
      const m = problem.y.cols;
      const more = 1 + (seed % 4);
      const diluted = withoutLabels(
        examplesOf(problem, [...numbers(m), ...numbers(more).map((k) => k % m)]),
        m,
      );
      const wanted = combined([subject.evaluate(problem)], [m / (m + more)]);
      assertSame(subject, subject.evaluate(diluted), wanted);
    },
  }),
  law({
    name: "what comes out of the way back scales with what goes in, by 1e-30 to 1e30",
    forms: ["many to many"],
    of: (subject) => subject === readable,
    hold: (_, problem, seed) => {
      const factor = (seed % 2 === 0 ? 1 : -1) * 2 ** ((seed % 201) - 100);
      const { a_0, x } = problem;
      const random = seededRandom(seed);
      const da = x.map(() => randomNormal<"n_a", "m">(a_0.rows, a_0.cols, random));
      const once = backwards(problem, da);
      const scaled = backwards(problem, scaledBy(da, factor));
      once.forEach((matrix, k) => {
        const error = scaled[k]!.sub(matrix.times(factor)).norm();
        assert.equal(error, 0, `result ${k + 1}`); // a power of 2 rounds nothing
      });
    },
  }),
  law({
    name: "padding makes no difference, a NaN in it neither",
    forms: withMasks,
    hold: (subject, problem, seed) => {
      const random = seededRandom(seed);
      const kinds = [NaN, Infinity, -Infinity, 1e30, -7, 0];
      const garbage = (): number => kinds[random.integer(kinds.length)]!;
      const spoiled = padded(problem, seed % 4, garbage);
      assertSame(subject, subject.evaluate(spoiled), subject.evaluate(problem));
    },
  }),
  law({
    name: "time turned round, both directions change places",
    forms: ["bidirectional"],
    hold: (subject, problem) => {
      const { x, y, mask } = problem;
      const set = problem.parameters as { forward: object; backward: object; Wya: Mat; by: Mat };
      const n_a = set.Wya.cols / 2;
      const swapped = (Wya: Mat): Mat => Wya.map((_, i, j) => Wya.get(i, (j + n_a) % (2 * n_a)));
      const turned = {
        ...problem,
        x: reverseSteps(x, mask),
        y: reverseSteps(y, mask),
        parameters: { ...set, forward: set.backward, backward: set.forward, Wya: swapped(set.Wya) },
      };
      const result = subject.evaluate(turned);
      const gradients = Object.fromEntries(
        Object.entries(result.gradients).map(([name, gradient]) => {
          if (name === "dWya") return [name, swapped(gradient)];
          const other = name.startsWith("forward.") ? "backward." : "forward.";
          return [name.replace(/^(for|back)ward\./, other), gradient];
        }),
      );
      assertSame(subject, { ...result, gradients }, subject.evaluate(problem));
    },
  }),
  law({
    name: "the units of a layer have no order",
    forms: recurrent.filter((form) => form !== "encoder and decoder"),
    hold: (subject, problem, seed) => {
      const order = seededRandom(seed).shuffle(numbers(problem.a_0.rows));
      const touched = (way: readonly string[]): boolean =>
        way.length === 1 || way[0] === "forward" || (way[0] === "layers" && way[1] === "1");
      /** Layer 1's inputs are layer 0's states, in their own order; its units are the first columns. */
      const rename = (matrix: Mat, way: readonly string[]): Mat => {
        if (!touched(way)) return matrix;
        return renamed(matrix, way.at(-1)!, order);
      };
      const other = withParameters(
        { ...problem, a_0: problem.a_0.map((_, k, i) => problem.a_0.get(order[k]!, i)) },
        rename,
      );
      const wanted = subject.evaluate(problem);
      const gradients = Object.fromEntries(
        Object.entries(wanted.gradients).map(([name, matrix]) => [
          name,
          rename(matrix, name.split(".")),
        ]),
      );
      assertSame(subject, subject.evaluate(other), { ...wanted, gradients });
    },
  }),
  law({
    name: "checkpoints change nothing",
    forms: ["many to many", "deep", "one to many"],
    of: (subject) => subject !== readable,
    hold: (subject, problem) => {
      assertSame(subject, subject.evaluate(problem, true), subject.evaluate(problem));
    },
  }),
  law({
    name: "the loss is that of the predictions",
    forms,
    hold: (subject, problem) => {
      const { y, labelMask } = problem;
      const { perStep, yhat, total } = subject.evaluate(problem);
      const costs = Array.from(y, (y_t, index) => {
        const t = index + 1;
        const costs_t = numbers(y.cols).map((i) => {
          if (labelMask.at(t).get(0, i) === 0) return 0;
          const p = numbers(y.rows).reduce(
            (sum, k) => sum + y_t.get(k, i) * yhat.at(t).get(k, i),
            0,
          );
          return -Math.log(p);
        });
        return costs_t.reduce((sum, cost) => sum + cost) / y.cols;
      });
      const close = (a: number, b: number): boolean =>
        Math.abs(a - b) <= subject.tolerance * Math.max(1, Math.abs(b));
      costs.forEach((cost, k) => {
        assert.ok(
          close(perStep[k]!, cost),
          `L⟨${k + 1}⟩ is ${perStep[k]}, the predictions' ${cost}`,
        );
      });
      assert.ok(
        close(
          total,
          costs.reduce((sum, cost) => sum + cost),
        ),
      );
    },
  }),
  law({
    name: "what is predicted is what the loss predicts",
    forms: forms.filter((form) => form !== "many to one, mean state"),
    hold: (subject, problem) => {
      if (!readable.cellsOf(problem.form).includes(problem.cell)) return; // no function predicts with it
      const { yhat } = subject.evaluate(problem);
      predicted(problem)
        .toArray()
        .forEach((step, t) =>
          step.forEach((row, k) =>
            row.forEach((value, i) => {
              if (problem.labelMask.at(t + 1).get(0, i) === 0) return;
              const got = yhat.at(t + 1).get(k, i);
              assert.ok(
                Math.abs(got - value) <= subject.tolerance,
                `ŷ⟨${t + 1}⟩: ${got}, not ${value}`,
              );
            }),
          ),
        );
    },
  }),
  law({
    name: "gradients are the slope along any direction",
    forms,
    hold: (subject, problem, seed) => {
      if (!readable.cellsOf(problem.form).includes(problem.cell)) return;
      const random = seededRandom(seed);
      const ways = new Map<string, Mat>();
      const moved = (h: number): number =>
        readable.evaluate(
          withParameters(problem, (W, path) => {
            const way = path.join(".");
            const direction = ways.get(way) ?? randomNormal(W.rows, W.cols, random);
            ways.set(way, direction);
            return W.add(direction.times(h));
          }),
        ).total;
      const h = 1e-5;
      const slope = (moved(h) - moved(-h)) / (2 * h);
      const { gradients } = subject.evaluate(problem);
      let expected = 0;
      let size = 1;
      for (const [way, direction] of ways) {
        const gradient = gradients[way.replace(/([^.]+)$/, "d$1")];
        if (gradient === undefined) continue; // the outputs of an encoder: they play no part
        expected += direction.times(gradient).sum();
        size += direction.norm() * gradient.norm();
      }
      const error = Math.abs(slope - expected);
      assert.ok(error <= Math.max(subject.tolerance, 1e-6) * size, `${expected} for ${slope}`);
    },
  }),
  law({
    name: "tiny weights, to 1e-30: the loss and the gradients are the readable ones",
    forms: recurrent,
    hold: (subject, problem, seed) => {
      if (!readable.cellsOf(problem.form).includes(problem.cell)) return;
      const inside = timesWeights(problem, 10 ** -[3, 6, 10, 20, 30][seed % 5]!);
      assertSame(subject, subject.evaluate(inside), readable.evaluate(inside));
    },
  }),
  law({
    name: "saturated units, weights to 1e30: the loss is a number, and no gradient is NaN",
    forms: recurrent,
    hold: (subject, problem, seed) => {
      const inside = timesWeights(problem, 10 ** [2, 4, 8, 15, 30][seed % 5]!);
      const { total, gradients } = subject.evaluate(inside);
      assert.ok(Number.isFinite(total) && total >= 0, `the loss is ${total}`);
      for (const [name, { data }] of Object.entries(gradients)) {
        assert.ok(!data.some(Number.isNaN), `${name} holds a NaN`);
      }
    },
  }),
];

/** The forms that a law asks a subject for, each with the cells that the subject has of it. */
export function askedOf(law: Law, subject: Subject): ReadonlyMap<Form, readonly CellName[]> {
  const both = law.forms.filter((form) => subject.forms.includes(form));
  if (law.of?.(subject) === false) return new Map();
  return new Map(both.map((form) => [form, subject.cellsOf(form)]));
}
