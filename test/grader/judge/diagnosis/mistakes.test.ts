import assert from "node:assert/strict";
import type { AnyFunction } from "../../../../exercises/exercise.js";
import type { ObservedCase } from "../../../../grader/judge/diagnosis/explanation.js";
import {
  bothOf,
  explanationOf,
  guardedMistakes,
  type Mistake,
  mistakeOf,
  pairsOf,
  sparingOne,
} from "../../../../grader/judge/diagnosis/mistakes.js";
import { anExercise } from "./observed.js";

const plus = ((x: number) => x + 1) as AnyFunction;
const exercise = { ...anExercise, reference: plus };

/** A mistake of this name that does this to the right answer. */
function mistake(name: string, change: (answer: number) => number): Mistake {
  const wrong = (right: AnyFunction): AnyFunction =>
    ((x: number) => change((right as (x: number) => number)(x))) as AnyFunction;
  return { cause: { names: [name], mistake: `${name}.`, hint: `${name}?` }, wrong };
}

function aCase(x: number, size: object = {}): ObservedCase {
  const outcome = { kind: "answer", value: x + 1 } as const;
  return { args: [x], size: { ...size }, expected: outcome, seen: { outcome } };
}

const doubled = mistake("doubled", (answer) => answer * 2);
const minus = mistake("minus", (answer) => answer - 3);
const throwing = mistake("throwing", (answer) => {
  if (answer === 1) throw new Error("no steps");
  return answer * 5;
});

describe("a known mistake", () => {
  it("keeps the words of its mutant, and explains what the mutant does", () => {
    const one = mistakeOf({
      name: "doubled",
      mistake: "Doubled.",
      hint: "Twice?",
      caughtBy: "any",
      wrong: doubled.wrong as never,
    });
    assert.deepEqual(one.cause, { names: ["doubled"], mistake: "Doubled.", hint: "Twice?" });
    const explanation = explanationOf(exercise, one);
    assert.equal(explanation.cause, one.cause);
    assert.deepEqual(explanation.outcomeIn(aCase(4)), { kind: "answer", value: 10 });
  });

  it("that throws where an answer is expected is tried with a guard, the others are not", () => {
    const mistakes = [doubled, throwing];
    const explanations = mistakes.map((one) => explanationOf(exercise, one));
    const cases = [aCase(4), aCase(0)];
    const guarded = guardedMistakes(mistakes, explanations, cases);
    assert.deepEqual(
      guarded.map(({ cause }) => cause),
      [throwing.cause],
    );
    const run = guarded[0]!.wrong(plus) as (x: number) => number;
    assert.deepEqual([run(4), run(0)], [25, 1]);
    assert.deepEqual(guardedMistakes(mistakes, explanations, [aCase(4)]), []);
    const refused = { ...aCase(0), expected: { kind: "threw", name: "E", message: "" } as const };
    assert.deepEqual(guardedMistakes(mistakes, explanations, [refused]), []);
  });

  it("is tried as right at one step, or one example, where a case has one", () => {
    for (const name of ["T_x", "T_y", "m"]) {
      const [one, more] = [aCase(4, { [name]: 1, n_a: 1 }), aCase(4, { [name]: 2, n_a: 1 })];
      const [spared, ...others] = sparingOne(exercise, [doubled], [more, one]);
      assert.deepEqual(others, []);
      assert.equal(spared!.cause, doubled.cause);
      assert.deepEqual(spared!.outcomeIn(one), { kind: "answer", value: 5 });
      assert.deepEqual(spared!.outcomeIn(more), { kind: "answer", value: 10 });
      assert.deepEqual(sparingOne(exercise, [doubled], [more]), []);
    }
  });
});

describe("two mistakes at once", () => {
  it("are tried in both orders, and no mistake with itself", () => {
    const pairs = pairsOf(exercise, [doubled, minus], [doubled]);
    assert.deepEqual(
      pairs.map((one) => one.outcomeIn(aCase(4))),
      [7, 4].map((value) => ({ kind: "answer", value })),
    );
    for (const { cause } of pairs) assert.deepEqual(cause.names, ["doubled", "minus"]);
  });

  it("are told in the order of their names, whichever is outside", () => {
    const told = {
      names: ["doubled", "minus"],
      mistake: "Two things at once: doubled. And: minus.",
      hint: "doubled? Then: minus?",
    };
    assert.deepEqual(bothOf(doubled.cause, minus.cause), told);
    assert.deepEqual(bothOf(minus.cause, doubled.cause), told);
  });
});
