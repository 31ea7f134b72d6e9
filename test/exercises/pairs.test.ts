import assert from "node:assert/strict";
import type { AnyFunction, Exercise, Mutant } from "../../exercises/exercise.js";
import { manifest } from "../../exercises/manifest.js";
import { comparisonOf, compareOutcomes } from "../../grader/compare/compare.js";
import { callHere, type Observation, observationOf } from "../../grader/judge/observe.js";
import { caseRandom } from "../../grader/judge/seed.js";
import {
  initializeRnn,
  randomNormal,
  type rnnCellForward,
  seededRandom,
  tanh,
} from "../../src/index.js";

/** What a function does in each case of an exercise; asked for again, it is remembered. */
class Behaviour {
  private readonly exercise: Exercise;
  private readonly run: AnyFunction;
  private readonly seen: Observation[] = [];

  constructor(exercise: Exercise, run: AnyFunction) {
    this.exercise = exercise;
    this.run = run;
  }

  in(n: number): Observation {
    const { id, cases, draw, ignore } = this.exercise;
    const { name, size, settings = {} } = cases[n]!;
    if (this.seen[n] === undefined) {
      const args = draw(size, caseRandom(1, id, name), settings);
      const call = callHere(this.run, args);
      this.seen[n] = observationOf(args, call, call, ignore);
    }
    return this.seen[n];
  }
}

/** Whether two functions do something different in some case: in the answer, or to the input. */
function differ(exercise: Exercise, one: Behaviour, other: Behaviour): boolean {
  return exercise.cases.some(({ size }, n) => {
    const [first, second] = [one.in(n), other.in(n)];
    const comparison = { ...comparisonOf(exercise, size), isNonFiniteSame: true };
    return (
      first.outcome.kind !== second.outcome.kind ||
      (first.changedInput === undefined) !== (second.changedInput === undefined) ||
      // In both directions: what an answer has beyond the expected one is no difference.
      compareOutcomes(first.outcome, second.outcome, comparison) !== undefined ||
      compareOutcomes(second.outcome, first.outcome, comparison) !== undefined
    );
  });
}

/** Each two mistakes of an exercise, and whether one function can hold both of them. */
function combinedPairs(exercise: Exercise): readonly {
  readonly pair: readonly [Mutant, Mutant];
  readonly isCombined: boolean;
}[] {
  const { reference, mutants } = exercise;
  const right = new Behaviour(exercise, reference);
  const alone = new Map(
    mutants.map((mutant) => [mutant, new Behaviour(exercise, mutant.wrong(reference))]),
  );
  // It is neither right nor wrong in one way alone.
  const isNew = (run: AnyFunction, ...known: readonly Behaviour[]): boolean => {
    const both = new Behaviour(exercise, run);
    return known.every((less) => differ(exercise, both, less));
  };
  return pairsOf(exercise).map((pair) => {
    const [one, other] = pair;
    const known = [right, alone.get(one)!, alone.get(other)!];
    return {
      pair,
      isCombined:
        isNew(one.wrong(other.wrong(reference)), ...known) ||
        isNew(other.wrong(one.wrong(reference)), ...known),
    };
  });
}

/** Each two mistakes of an exercise, once. */
function pairsOf({ mutants }: Exercise): (readonly [Mutant, Mutant])[] {
  return mutants.flatMap((one, n) => mutants.slice(n + 1).map((other) => [one, other] as const));
}

describe("two mistakes at once", function () {
  this.timeout(60_000);

  let combined: ReadonlyMap<Exercise, ReturnType<typeof combinedPairs>>;

  before(() => {
    combined = new Map(manifest.map((exercise) => [exercise, combinedPairs(exercise)]));
  });

  it("can be made in every exercise, each mistake with some other", () => {
    for (const [exercise, pairs] of combined) {
      const names = new Set(
        pairs
          .filter(({ isCombined }) => isCombined)
          .flatMap(({ pair }) => pair.map(({ name }) => name)),
      );
      const single = exercise.mutants.filter(({ name }) => !names.has(name));
      assert.deepEqual(single, [], `${exercise.id}: these combine with none`);
    }
  });

  it("can be made of four pairs in five: the others are two answers to one question", () => {
    const pairs = Array.from(combined.values()).flat();
    const made = pairs.filter(({ isCombined }) => isCombined).length;
    assert.ok(made / pairs.length >= 0.8, `${made} of ${pairs.length}`);
  });

  it("are wrong in both ways: no bias in the state, no softmax in the prediction", () => {
    const { mutants, reference } = manifest.find(({ id }) => id === "rnnCellForward")!;
    const [unbiased, unscored] = ["input-bias-forgotten", "softmax-forgotten"].map((name) =>
      mutants.find((mutant) => mutant.name === name)!,
    );
    const parameters = initializeRnn({ n_x: 2, n_a: 3, n_y: 2 }, seededRandom(4));
    const biased = { ...parameters, ba: parameters.ba.add(0.5), by: parameters.by.add(0.25) };
    const x_t = randomNormal<"n_x", "m">(2, 4, seededRandom(5));
    const a_prev = randomNormal<"n_a", "m">(3, 4, seededRandom(6));
    const both = unscored!.wrong(unbiased!.wrong(reference)) as typeof rnnCellForward;
    const { Wax, Waa, Wya, by } = biased;
    const a_next = tanh(Wax.dot(x_t).add(Waa.dot(a_prev)));
    const step = both(x_t, a_prev, biased);
    assert.ok(step.a_next.sub(a_next).norm() < 1e-12);
    assert.ok(step.yhat_t.sub(Wya.dot(a_next).add(by)).norm() < 1e-12);
  });
});
