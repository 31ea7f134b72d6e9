import assert from "node:assert/strict";
import type { ObservedCase } from "../../../../grader/judge/diagnosis/explanation.js";
import { REFUSAL } from "../../../../grader/judge/diagnosis/explanation.js";
import { answerParts } from "../../../../grader/judge/diagnosis/parts.js";
import { anExercise, mat, observed, refusing } from "./observed.js";

const right = { dW: mat([1, 2]), db: mat([3]) };
const wrong = { dW: mat([1, 9]), db: mat([3]) };

/** A case whose input must be refused. */
function badInput(seen: ObservedCase): ObservedCase {
  return { ...seen, expected: { kind: "threw", name: "RangeError", message: "no" } };
}

describe("the parts of an answer", () => {
  it("are named, each with its cases and those in which it is wrong", () => {
    const [first, second] = [observed(right, right), observed(right, wrong)];
    const exercise = {
      ...anExercise,
      answer: { dW: { symbol: "dW", rows: "unit", columns: "input" } },
    };
    const parts = answerParts(exercise, [first, second])!;
    assert.deepEqual(
      parts.map(({ part, symbol, cases, wrong: failing }) => [part, symbol, cases, failing]),
      [
        ["dW", "dW", [first, second], [second]],
        ["db", "db", [first, second], []],
      ],
    );
    assert.equal(parts[0]!.exercise, exercise);
  });

  it("of a bare answer are one, with the exercise's name", () => {
    const [part, ...rest] = answerParts(anExercise, [observed(1, 2)])!;
    assert.deepEqual([part!.part, part!.symbol, part!.wrong.length], ["", "anExercise", 1]);
    assert.deepEqual(rest, []);
  });

  it("are wrong where they can't be had", () => {
    const [dW, db] = answerParts(anExercise, [observed(right, 7)])!;
    assert.deepEqual([dW!.wrong.length, db!.wrong.length], [1, 1]);
    const [, lacking] = answerParts(anExercise, [observed(right, { dW: right.dW })])!;
    assert.equal(lacking!.wrong.length, 1);
  });

  it("can't be looked at where it threw, or changed its input or its answer", () => {
    const change = { code: "x", before: "1", after: "2" };
    const seen = observed(right, right);
    for (const one of [
      refusing(right),
      { ...seen, seen: { ...seen.seen, changedInput: change } },
      { ...seen, seen: { ...seen.seen, changedAnswer: change } },
    ])
      assert.equal(answerParts(anExercise, [seen, one]), undefined);
  });

  it("have one more where bad input must be refused: whether it was", () => {
    const [refused, answered] = [badInput(refusing(0)), badInput(observed(0, 7))];
    const parts = answerParts(anExercise, [observed(1, 1), refused, answered])!;
    assert.deepEqual(
      parts.map(({ part, symbol, wrong: failing }) => [part, symbol, failing]),
      [
        ["", "anExercise", []],
        [REFUSAL, "bad input", [answered]],
      ],
    );
  });

  it("are that one alone where every case is bad input", () => {
    const parts = answerParts(anExercise, [badInput(refusing(0))])!;
    assert.deepEqual(
      parts.map(({ part }) => part),
      [REFUSAL],
    );
  });
});
