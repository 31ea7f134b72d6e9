import assert from "node:assert/strict";
import type { AnyFunction, Exercise, Mutant } from "../../exercises/exercise.js";
import { manifest } from "../../exercises/manifest.js";
import { comparisonOf, compareOutcomes } from "../../grader/compare/compare.js";
import { callHere, observationOf } from "../../grader/judge/observe.js";
import { caseRandom } from "../../grader/judge/seed.js";
import {
  initializeRnn,
  randomNormal,
  type rnnCellForward,
  seededRandom,
  tanh,
} from "../../src/index.js";

/** Whether two functions do something different in some case: in the answer, or to the input. */
function differ(exercise: Exercise, one: AnyFunction, other: AnyFunction): boolean {
  return exercise.cases.some(({ name, size, settings = {} }) => {
    const args = exercise.draw(size, caseRandom(1, exercise.id, name), settings);
    const [first, second] = [one, other].map((run) => {
      const call = callHere(run, args);
      return observationOf(args, call, call, exercise.ignore);
    });
    const comparison = { ...comparisonOf(exercise, size), isNaNSame: true };
    return (
      first!.outcome.kind !== second!.outcome.kind ||
      (first!.changedInput === undefined) !== (second!.changedInput === undefined) ||
      compareOutcomes(first!.outcome, second!.outcome, comparison) !== undefined
    );
  });
}

/** Whether one function can hold both mistakes: it is neither right nor wrong in one way alone. */
function combine(exercise: Exercise, one: Mutant, other: Mutant): boolean {
  const { reference } = exercise;
  const both = [one.wrong(other.wrong(reference)), other.wrong(one.wrong(reference))];
  const alone = [reference, one.wrong(reference), other.wrong(reference)];
  return both.some((run) => alone.every((less) => differ(exercise, run, less)));
}

/** Each two mistakes of an exercise, once. */
function pairsOf({ mutants }: Exercise): (readonly [Mutant, Mutant])[] {
  return mutants.flatMap((one, n) => mutants.slice(n + 1).map((other) => [one, other] as const));
}

function everySeventh<T>(list: readonly T[]): readonly T[] {
  return list.filter((_one, n) => n % 7 === 0);
}

describe("two mistakes at once", function () {
  this.timeout(60_000);

  it("can be made in every exercise, each mistake with some other", () => {
    for (const exercise of manifest) {
      const { mutants } = exercise;
      const single = mutants.filter(
        (one) => !mutants.some((other) => other !== one && combine(exercise, one, other)),
      );
      assert.deepEqual(single, [], `${exercise.id}: these combine with none`);
    }
  });

  it("can be made of four pairs in five: the others are two answers to one question", () => {
    const pairs = manifest.flatMap((exercise) =>
      everySeventh(pairsOf(exercise)).map(([one, other]) => combine(exercise, one, other)),
    );
    const share = pairs.filter(Boolean).length / pairs.length;
    assert.ok(share >= 0.8, `${pairs.filter(Boolean).length} of ${pairs.length}`);
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
