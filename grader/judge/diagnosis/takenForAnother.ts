/**
 * Mistakes that can be made in every exercise: one of the values that the function is given stands where another belongs
 * (Wu for Wr, bu for bf), or is turned round. Each is the reference with other arguments, so that no exercise has to
 * list them. What the function hands through, as a cache does, is as it was given.
 */
import type { AnyFunction, Exercise } from "../../../exercises/exercise.js";
import type { Mat, Sequence } from "../../../src/index.js";
import { isPlainRecord } from "../../values/describe.js";
import type { ObservedCase } from "./explanation.js";
import { type Given, givenMatrices, givenSequences, type Path } from "./givenValues.js";
import type { Mistake } from "./mistakes.js";

/** What stands at a path in place of what was given. */
type Change = readonly [path: Path, change: (args: readonly unknown[]) => unknown];

const READ_AGAIN = "Read the line that uses it letter by letter.";

/**
 * Matrices that stand in the place of others of their shape.
 *
 * @param isTried - which matrices
 */
export function matricesForOthers(
  exercise: Exercise,
  cases: readonly ObservedCase[],
  isTried: (one: Given<Mat>) => boolean,
): readonly Mistake[] {
  return alikeOf(givenMatrices(exercise, cases).filter(isTried)).map(([one, other]) =>
    withChanges(
      `${other.name}-for-${one.name}`,
      `${other.name} was used where ${one.name} belongs.`,
      [[one.path, copyFrom(other.path)]],
    ),
  );
}

/** Matrices that stand in the place of others of their shape, and two in each other's. */
export function misplacedMatrices(
  exercise: Exercise,
  cases: readonly ObservedCase[],
): readonly Mistake[] {
  const all = givenMatrices(exercise, cases);
  const exchanged = alikeOf(all)
    .filter(([one, other]) => all.indexOf(one) < all.indexOf(other))
    .map(([one, other]) =>
      withChanges(
        `${one.name}-and-${other.name}-exchanged`,
        `${one.name} and ${other.name} were taken for each other.`,
        [
          [one.path, copyFrom(other.path)],
          [other.path, copyFrom(one.path)],
        ],
      ),
    );
  return [...matricesForOthers(exercise, cases, () => true), ...exchanged];
}

/** Square matrices that are transposed, and sequences that are read in another order. */
export function turnedValues(
  exercise: Exercise,
  cases: readonly ObservedCase[],
): readonly Mistake[] {
  const squares = givenMatrices(exercise, cases).filter(({ values }) =>
    values.every(({ rows, cols }) => rows === cols && rows > 1),
  );
  const transposed = squares.map(({ name, path }) =>
    withChanges(`${name}-transposed`, `${name} was used transposed.`, [
      [path, (args) => (at(args, path) as Mat).T],
    ]),
  );
  const reordered = givenSequences(exercise, cases).flatMap(({ name, path }) =>
    ORDERS.map((order) =>
      withChanges(`${name}-${order.name}`, `${name} ${order.words}`, [
        [path, (args) => order.of(at(args, path) as Sequence)],
      ]),
    ),
  );
  return [...transposed, ...reordered];
}

/** A sequence's steps in another order. */
const ORDERS: readonly {
  readonly name: string;
  readonly words: string;
  readonly of: (x: Sequence) => Sequence;
}[] = [
  {
    name: "one-step-late",
    words: "is read one step late: step t gets that of t − 1, and the first one zeros.",
    of: (x) => x.map((x_t, t) => (t === 1 ? x_t.times(0) : x.at(t - 1))),
  },
  {
    name: "one-step-late-from-the-first",
    words: "is read one step late: step t gets that of t − 1, and the first one its own.",
    of: (x) => x.map((_, t) => x.at(Math.max(1, t - 1))),
  },
  {
    name: "one-step-early",
    words: "is read one step early: step t gets that of t + 1, and the last one zeros.",
    of: (x) => x.map((x_t, t) => (t === x.T_x ? x_t.times(0) : x.at(t + 1))),
  },
  {
    name: "one-step-early-to-the-last",
    words: "is read one step early: step t gets that of t + 1, and the last one its own.",
    of: (x) => x.map((_, t) => x.at(Math.min(x.T_x, t + 1))),
  },
  { name: "reversed", words: "is read from its end.", of: (x) => x.reverse() },
  {
    name: "first-step-only",
    words: "is read at its first step only: every step gets that one.",
    of: (x) => x.map(() => x.at(1)),
  },
  {
    name: "last-step-only",
    words: "is read at its last step only: every step gets that one.",
    of: (x) => x.map(() => x.at(x.T_x)),
  },
  {
    name: "zero-but-for-the-first",
    words: "counts at its first step only: the others get zeros.",
    of: (x) => x.map((x_t, t) => (t === 1 ? x_t : x_t.times(0))),
  },
  {
    name: "zero-but-for-the-last",
    words: "counts at its last step only: the others get zeros.",
    of: (x) => x.map((x_t, t) => (t === x.T_x ? x_t : x_t.times(0))),
  },
];

/** Each two that have one shape in every case, in both orders. */
function alikeOf(all: readonly Given<Mat>[]): readonly (readonly [Given<Mat>, Given<Mat>])[] {
  const isAlike = (one: Given<Mat>, other: Given<Mat>): boolean =>
    one.values.every(
      ({ rows, cols }, n) => rows === other.values[n]!.rows && cols === other.values[n]!.cols,
    );
  return all.flatMap((one) =>
    all
      .filter((other) => other !== one && isAlike(one, other))
      .map((other) => [one, other] as const),
  );
}

function withChanges(name: string, mistake: string, changes: readonly Change[]): Mistake {
  return {
    cause: { names: [name], mistake, hint: READ_AGAIN },
    wrong:
      (right: AnyFunction): AnyFunction =>
      (...args: readonly unknown[]) => {
        const given = new Map<unknown, unknown>();
        // All are taken from what was given before the first is put in place.
        const values = changes.map(([path, change]) => [path, change(args)] as const);
        const changed = values.reduce(
          (all, [path, value]) => put(all, path, value, given) as readonly unknown[],
          args,
        );
        return asGiven(right(...(changed as never[])), given);
      },
  };
}

function at(root: unknown, path: Path): unknown {
  return path.reduce((value, key) => (value as Record<number | string, unknown>)[key], root);
}

/** A copy, so that what is put in its place is told from what it was taken from. */
function copyFrom(path: Path): (args: readonly unknown[]) => Mat {
  return (args) => (at(args, path) as Mat).times(1);
}

/** The same with another value at the path; `given` then knows what each new one stands for. */
function put(
  root: unknown,
  [key, ...rest]: Path,
  value: unknown,
  given: Map<unknown, unknown>,
): unknown {
  let made = value;
  if (key !== undefined) {
    const old = (root as Record<number | string, unknown>)[key];
    const inner = put(old, rest, value, given);
    made = Array.isArray(root)
      ? root.map((one: unknown, n) => (n === key ? inner : one))
      : { ...(root as object), [key]: inner };
  }
  given.set(made, given.get(root) ?? root);
  return made;
}

/** An answer in which what was changed on the way in is again what was given. */
function asGiven(value: unknown, given: ReadonlyMap<unknown, unknown>): unknown {
  if (given.has(value)) return given.get(value);
  if (Array.isArray(value)) return value.map((one) => asGiven(one, given));
  if (!isPlainRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asGiven(one, given)]));
}
