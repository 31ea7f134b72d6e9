import assert from "node:assert/strict";
import { Explanation, type ObservedCase } from "../../../../grader/judge/diagnosis/explanation.js";
import { causesThrough } from "../../../../grader/judge/diagnosis/through.js";
import type { AnswerPart } from "../../../../grader/judge/diagnosis/parts.js";
import { anExercise, mat } from "./observed.js";

const cause = { names: ["doubled"], mistake: "Doubled.", hint: "Twice?" };
const numbers = [mat([1, -2], [3, 4]), mat([5, 6], [-7, 8])];

/** The parts of answers { U, V }, where the reference gives both as they are. */
function partsOf(
  gotU: (W: (typeof numbers)[0]) => unknown,
  gotV: (W: (typeof numbers)[0]) => unknown,
) {
  const cases: ObservedCase[] = numbers.map((W) => ({
    args: [W],
    size: {},
    expected: { kind: "answer", value: { U: W, V: W } },
    seen: { outcome: { kind: "answer", value: { U: gotU(W), V: gotV(W) } } },
  }));
  const part = (name: "U" | "V", wrong: boolean): AnswerPart => ({
    part: name,
    symbol: name,
    cases,
    wrong: wrong ? cases : [],
    exercise: anExercise,
  });
  return part;
}

/** The mistake: U is doubled. */
const doubled = () =>
  new Explanation(anExercise, cause, ((W: (typeof numbers)[0]) => ({
    U: W.times(2),
    V: W,
  })) as never);

describe("a mistake seen through one thing more", () => {
  it("is the mistake and a factor, or the mistake and a transpose", () => {
    const part = partsOf(
      (W) => W.times(-2),
      (W) => W,
    );
    assert.deepEqual(causesThrough([part("U", true), part("V", false)], [doubled()]), [
      {
        names: ["doubled", "sign-flipped-throughout"],
        mistake: "Two things at once: Doubled. And: Every sign is flipped.",
        hint: "Twice? Then: Which of two terms is taken from which?",
      },
    ]);
    const turned = partsOf(
      (W) => W.times(2).T,
      (W) => W,
    );
    const [found] = causesThrough([turned("U", true), turned("V", false)], [doubled()]);
    assert.deepEqual(found?.names, ["doubled", "transposed"]);
  });

  it("is none where the mistake alone is in every part, or makes no part wrong", () => {
    const part = partsOf(
      (W) => W.times(2),
      (W) => W,
    );
    assert.deepEqual(causesThrough([part("U", true), part("V", false)], [doubled()]), []);
    const right = new Explanation(anExercise, cause, ((W: unknown) => ({ U: W, V: W })) as never);
    const flipped = partsOf(
      (W) => W.times(-1),
      (W) => W,
    );
    assert.deepEqual(causesThrough([flipped("U", true), flipped("V", false)], [right]), []);
  });

  it("is none where a part is neither, two parts have two things, or a right part would be wrong", () => {
    const neither = partsOf(
      (W) => W.map((v, i) => v + i),
      (W) => W,
    );
    assert.deepEqual(causesThrough([neither("U", true), neither("V", false)], [doubled()]), []);
    const two = partsOf(
      (W) => W.times(-2),
      (W) => W.T,
    );
    assert.deepEqual(causesThrough([two("U", true), two("V", true)], [doubled()]), []);
    const rightU = partsOf(
      (W) => W,
      (W) => W.times(-1),
    );
    assert.deepEqual(causesThrough([rightU("U", false), rightU("V", true)], [doubled()]), []);
  });

  it("with a factor that has a name is told before one with a number", () => {
    const part = partsOf(
      (W) => W.times(-2),
      (W) => W,
    );
    const tripled = new Explanation(anExercise, { ...cause, names: ["tripled"] }, ((
      W: (typeof numbers)[0],
    ) => ({ U: W.times(3), V: W })) as never);
    const both = [part("U", true), part("V", false)];
    assert.deepEqual(
      causesThrough(both, [tripled]).map(({ names }) => names),
      [["constant-factor", "tripled"]],
    );
    assert.deepEqual(
      causesThrough(both, [tripled, doubled()]).map(({ names }) => names),
      [["doubled", "sign-flipped-throughout"]],
    );
  });
});
