import assert from "node:assert/strict";
import type { AnyFunction } from "../../../../exercises/exercise.js";
import {
  Explanation,
  insideParts,
  type ObservedCase,
  type Part,
  partOf,
  REFUSAL,
} from "../../../../grader/judge/diagnosis/explanation.js";
import type { Observation } from "../../../../grader/judge/observe.js";
import type { Outcome } from "../../../../grader/values/outcome.js";
import { Mat } from "../../../../src/index.js";
import { anExercise, mat } from "./observed.js";

const cause = { names: ["x"], mistake: "X.", hint: "X?" };
const threw = (message = "no"): Outcome => ({ kind: "threw", name: "Error", message });
const answer = (value: unknown): Outcome => ({ kind: "answer", value });
const change = { code: "x", before: "1", after: "2" };

/** Whether a function is the whole explanation of one case. */
function isWhole(
  run: (W: Mat) => unknown,
  expected: Outcome,
  seen: Partial<Observation> & { outcome: Outcome },
  ignore: readonly string[] = [],
): boolean {
  const one: ObservedCase = { args: [mat([1, 2])], size: {}, expected, seen };
  return explains(run, ignore).isWhole([one]);
}

function explains(run: (W: Mat) => unknown, ignore: readonly string[] = []): Explanation {
  return new Explanation({ ...anExercise, ignore }, cause, run as AnyFunction);
}

const no = (): never => {
  throw new Error("other words");
};

describe("an explanation of the whole", () => {
  it("gives the learner's answer, which is wrong", () => {
    assert.ok(isWhole(() => 2, answer(1), { outcome: answer(2) }));
    assert.ok(!isWhole(() => 3, answer(1), { outcome: answer(2) }));
    assert.ok(!isWhole(() => 1, answer(1), { outcome: answer(1) }));
  });

  it("throws where the learner's function throws; but errors alone prove nothing", () => {
    assert.ok(!isWhole(no, answer(1), { outcome: threw() }));
    assert.ok(!isWhole(no, answer(1), { outcome: answer(2) }));
    assert.ok(!isWhole(() => 2, answer(1), { outcome: threw() }));
    const run = ({ data }: Mat): unknown => (data[0] === 1 ? no() : 2);
    const both = [
      { args: [mat([1, 2])], size: {}, expected: answer(1), seen: { outcome: threw() } },
      { args: [mat([3, 2])], size: {}, expected: answer(1), seen: { outcome: answer(2) } },
    ];
    assert.ok(explains(run).isWhole(both));
    assert.ok(explains(run).isWhole(both.toReversed()));
  });

  it("counts NaN as NaN", () => {
    assert.ok(isWhole(() => NaN, answer(1), { outcome: answer(NaN) }));
  });

  it("changes its input, or its answer from call to call, where the learner's function does", () => {
    const changing = (W: Mat): number => ((W.data[0] = 9), 1);
    assert.ok(isWhole(changing, answer(1), { outcome: answer(1), changedInput: change }));
    assert.ok(!isWhole(changing, answer(1), { outcome: answer(1) }));
    assert.ok(!isWhole(() => 2, answer(1), { outcome: answer(2), changedInput: change }));
    let calls = 0;
    const counting = (): number => 1 + (calls++ % 2);
    assert.ok(isWhole(counting, answer(1), { outcome: answer(1), changedAnswer: change }));
    assert.ok(!isWhole(() => 2, answer(1), { outcome: answer(2), changedAnswer: change }));
    calls = 0;
    assert.ok(!isWhole(counting, answer(1), { outcome: answer(1) }));
  });

  it("leaves out the parts that the learner's answer leaves out, but for those that don't count", () => {
    const right = answer({ a: 1, b: 2 });
    const seen = { outcome: answer({ a: 3 }) };
    assert.ok(isWhole(() => ({ a: 3 }), right, seen));
    assert.ok(!isWhole(() => ({ a: 3, b: 2 }), right, seen));
    assert.ok(!isWhole(() => ({ a: 3 }), right, { outcome: answer({ a: 3, b: 2 }) }));
    assert.ok(isWhole(() => ({ a: 3, b: 2 }), right, seen, ["b"]));
  });

  it("leaves out what the learner's leaves out in a record within the answer, too", () => {
    const right = answer({ cache: { x: 1, y: 2 } });
    const [short, whole] = [{ cache: { x: 3 } }, { cache: { x: 3, y: 2 } }];
    assert.ok(isWhole(() => short, right, { outcome: answer(short) }));
    assert.ok(isWhole(() => whole, right, { outcome: answer(whole) }));
    assert.ok(!isWhole(() => short, right, { outcome: answer(whole) }));
    assert.ok(!isWhole(() => whole, right, { outcome: answer(short) }));
    assert.ok(isWhole(() => 7, right, { outcome: answer(7) }));
  });
});

describe("an explanation of a part", () => {
  const one = (seen: unknown): ObservedCase => ({
    args: [mat([1, 2])],
    size: {},
    expected: answer({ a: 1, b: 2 }),
    seen: { outcome: answer(seen) },
  });

  it("has the learner's part in every case, NaN as NaN", () => {
    const run = explains(() => ({ a: 3, b: NaN }));
    assert.ok(run.has("a", [one({ a: 3 })]));
    assert.ok(!run.has("a", [one({ a: 3 }), one({ a: 4 })]));
    assert.ok(run.has("b", [one({ b: NaN })]));
    assert.ok(!run.has("a", [one(7)]));
    assert.ok(!explains(no).has("a", [one({ a: 3 })]));
  });

  it("leaves out what the learner's leaves out within it", () => {
    const [short, whole] = [{ x: 3 }, { x: 3, y: 2 }];
    const seen = (a: unknown): ObservedCase => ({
      ...one({ a }),
      expected: answer({ a: { x: 1, y: 2 } }),
    });
    const has = (mine: unknown, a: unknown): boolean =>
      explains(() => ({ a: mine })).has("a", [seen(a)]);
    assert.ok(has(short, short) && has(whole, whole));
    assert.ok(!has(short, whole) && !has(whole, short));
    const refused = { ...one({ a: 3 }), expected: threw() };
    assert.ok(explains(() => ({ a: 3 })).has("a", [refused]));
  });

  it("may have the expected part in every case", () => {
    assert.ok(explains(() => ({ a: 1 })).isRight("a", [one(0)]));
    assert.ok(!explains(() => ({ a: 2 })).isRight("a", [one(0)]));
    assert.ok(!explains(no).isRight("a", [one(0)]));
    const refused = { ...one(0), expected: threw() };
    assert.ok(!explains(() => ({ a: 1 })).isRight("a", [one(0), refused]));
  });

  it("is asked once for a case, however many parts there are", () => {
    let calls = 0;
    const run = explains(() => ({ a: calls++, b: 2 }));
    const same = one({ a: 0, b: 2 });
    assert.ok(run.has("a", [same]) && run.has("b", [same]) && run.isRight("b", [same]));
    assert.deepEqual(run.outcomeIn(same), answer({ a: 0, b: 2 }));
    assert.equal(calls, 1);
  });
});

describe("a part of an outcome", () => {
  it("is what stands under its key, the whole for a bare answer, and whether it was refused", () => {
    const table: readonly (readonly [Outcome, Part, unknown])[] = [
      [answer({ a: 1 }), "a", { value: 1 }],
      [answer({ a: 1 }), "b", { value: undefined }],
      [answer(7), "", { value: 7 }],
      [answer(7), "a", undefined],
      [threw(), "a", undefined],
      [threw(), "", undefined],
      [threw(), REFUSAL, { value: "refused" }],
      [answer(7), REFUSAL, { value: 7 }],
    ];
    for (const [outcome, part, expected] of table)
      assert.deepEqual(partOf(outcome, part), expected);
  });

  it("is compared with all its keys, also those that don't count in the whole", () => {
    assert.deepEqual(insideParts({ ...anExercise, ignore: ["a"] }, {}).ignore ?? [], []);
  });
});
