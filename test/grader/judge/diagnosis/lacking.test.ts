import assert from "node:assert/strict";
import { REFUSAL } from "../../../../grader/judge/diagnosis/explanation.js";
import { lackingPart } from "../../../../grader/judge/diagnosis/lacking.js";
import { Sequence } from "../../../../src/index.js";
import { aPart, mat, observed, refusing, steps } from "./observed.js";

/** What is told of a bare answer that is wrong in two cases. */
function toldOf(...pairs: readonly (readonly [expected: unknown, got: unknown])[]) {
  const twice = pairs.length === 1 ? [pairs[0]!, pairs[0]!] : pairs;
  return lackingPart(aPart(twice.map(([expected, got]) => observed(expected, got))));
}

const W = mat([1, 2, 3], [4, 5, 6], [7, 8, 9]);

describe("a part that is not there", () => {
  it("is told where it lacks in every case, as a key of the answer", () => {
    const lacks = observed({ dW: 1, db: 2 }, { db: 2 });
    assert.deepEqual(lackingPart(aPart([lacks, lacks], [], "dW")), {
      names: ["missing-part"],
      mistake: "Missing from the answer.",
      hint: "What does the statement's table say that the answer holds?",
    });
    const there = observed({ dW: 1, db: 2 }, { dW: 3, db: 2 });
    assert.equal(lackingPart(aPart([lacks, there], [], "dW")), undefined);
  });

  it("is not told where no answer with parts came at all, of one case, or of a refusal", () => {
    const none = observed({ dW: 1 }, undefined);
    assert.equal(lackingPart(aPart([none, none], [], "dW")), undefined);
    assert.equal(toldOf([1, undefined]), undefined);
    const lacks = observed({ dW: 1 }, {});
    assert.equal(lackingPart(aPart([lacks], [], "dW")), undefined);
    const refused = refusing(1);
    assert.equal(lackingPart(aPart([refused, refused], [], "dW")), undefined);
    assert.equal(lackingPart(aPart([lacks, lacks], [], REFUSAL)), undefined);
  });

  it("is told by its name within a record, where all else of that is right", () => {
    const whole = { x: 1, a: mat([2]) };
    assert.deepEqual(toldOf([whole, { x: 1 }]), {
      names: ["missing-part"],
      mistake: "a is missing inside, or under another name.",
      hint: "What does the statement's table say that it holds?",
    });
    assert.equal(toldOf([whole, { x: 9 }]), undefined);
    assert.equal(toldOf([whole, {}]), undefined);
    assert.equal(toldOf([whole, { x: 1 }], [whole, { a: mat([2]) }]), undefined);
    assert.equal(toldOf([whole, { x: 1 }], [whole, 7]), undefined);
    assert.equal(toldOf([7, { x: 1 }]), undefined);
  });
});

describe("a list of another length", () => {
  const words: readonly (readonly [string, RegExp])[] = [
    ["last-entry-missing", /^The last X is missing\.$/],
    ["first-entry-missing", /^The first X is missing\.$/],
    ["entry-too-many-at-the-end", /^Behind the end stands one X more\.$/],
    ["entry-too-many-in-front", /^In front stands one X more\.$/],
  ];
  const changes: readonly ((list: readonly number[]) => readonly number[])[] = [
    (list) => list.slice(0, -1),
    (list) => list.slice(1),
    (list) => [...list, 8],
    (list) => [8, ...list],
  ];
  const builds: readonly (readonly [string, (list: readonly number[]) => unknown])[] = [
    ["entry", (list) => list],
    ["step", (list) => steps(...list)],
    [
      "column",
      (list) =>
        mat(
          list,
          list.map((value) => -value),
        ),
    ],
    [
      "row",
      (list) =>
        mat(
          list,
          list.map((value) => -value),
        ).T,
    ],
  ];

  it("is told with what it lacks or has too many: an entry, a step, a column, a row", () => {
    for (const [what, build] of builds)
      for (const [n, [name, said]] of words.entries()) {
        const cause = toldOf([build([1, 2, 3, 5]), build(changes[n]!([1, 2, 3, 5]))]);
        assert.deepEqual(cause?.names, [name], what);
        assert.match(cause.mistake.replace(what, "X"), said);
        assert.equal(cause.hint, "Where does the loop that fills it begin, and where does it end?");
      }
  });

  it("is not told where two lack, another entry is wrong, the cases differ, or nothing lacks", () => {
    for (const [, build] of builds) {
      const right = build([1, 2, 3, 5]);
      assert.equal(toldOf([right, build([1, 2])]), undefined);
      assert.equal(toldOf([right, build([1, 9, 3])]), undefined);
      assert.equal(toldOf([right, build([1, 2, 3])], [right, build([2, 3, 5])]), undefined);
      assert.equal(toldOf([right, build([1, 2, 3])], [right, 7]), undefined);
      assert.equal(toldOf([right, build([1, 2, 3, 9])]), undefined);
      assert.equal(toldOf([right, 7]), undefined);
      assert.equal(toldOf([7, right]), undefined);
    }
    assert.equal(toldOf([W, mat([1, 2], [4, 5])]), undefined);
  });

  it("is told of the wrong cases alone: others may be empty", () => {
    const lacks = observed([1, 2], [1]);
    assert.ok(lackingPart(aPart([lacks, lacks], [observed([], [])])));
  });
});

describe("what was left 0", () => {
  const zeroed = (isIn: (i: number, j: number) => boolean, of = W) =>
    of.map((value, i, j) => (isIn(i, j) ? 0 : value));
  const regions: readonly (readonly [string, (i: number, j: number) => boolean])[] = [
    ["last entry", (i, j) => i === 2 && j === 2],
    ["first entry", (i, j) => i === 0 && j === 0],
    ["last column", (_i, j) => j === 2],
    ["first column", (_i, j) => j === 0],
    ["last row", (i) => i === 2],
    ["first row", (i) => i === 0],
  ];

  it("is told by its place, in a matrix and in each of a sequence's", () => {
    for (const [where, isIn] of regions)
      for (const [right, got] of [
        [W, zeroed(isIn)],
        [Sequence.of([W, W.times(2)]), Sequence.of([zeroed(isIn), zeroed(isIn, W.times(2))])],
      ] as const)
        assert.deepEqual(toldOf([right, got]), {
          names: [`${where.replace(" ", "-")}-left-zero`],
          mistake: `The ${where} is left 0.`,
          hint: "Where does the loop that fills it begin, and where does it end?",
        });
  });

  it("is not told where another entry is wrong, the place differs, or the builds do", () => {
    const [[, last], [, first]] = regions as [(typeof regions)[0], (typeof regions)[0]];
    assert.equal(toldOf([W, zeroed(last).map((v) => (v === 5 ? 6 : v))]), undefined);
    assert.equal(toldOf([W, zeroed(last)], [W, zeroed(first)]), undefined);
    assert.equal(toldOf([W, zeroed((i, j) => i === 1 && j === 1)]), undefined);
    assert.equal(toldOf([W, zeroed(last)], [W, 7]), undefined);
    assert.equal(toldOf([W, zeroed(last)], [7, W]), undefined);
    assert.equal(toldOf([Sequence.of([W, W]), Sequence.of([zeroed(last)])]), undefined);
    assert.equal(
      toldOf([W, zeroed(last)], [W, mat([1, 2, 3, 4], [4, 5, 6, 7], [7, 8, 9, 1])]),
      undefined,
    );
  });

  it("is told only where one case has rows and columns beside it", () => {
    const row = mat([1, 2, 3]);
    assert.equal(toldOf([row, mat([1, 2, 0])]), undefined);
    assert.equal(toldOf([row.T, mat([1], [2], [0])]), undefined);
    assert.ok(toldOf([row, mat([1, 2, 0])], [W, zeroed((i, j) => i === 2 && j === 2)]));
  });
});
