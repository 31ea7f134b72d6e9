import assert from "node:assert/strict";
import type { Argument } from "../../../../exercises/exercise.js";
import {
  type Cause,
  type ObservedCase,
  REFUSAL,
} from "../../../../grader/judge/diagnosis/explanation.js";
import { otherPartsValue, otherValue } from "../../../../grader/judge/diagnosis/otherValue.js";
import type { Mat } from "../../../../src/index.js";
import { anExercise, aPart, mat, observed, steps } from "./observed.js";

/** What is said of a bare answer, from what was expected beside what came. */
function said(...pairs: readonly (readonly [unknown, unknown])[]): string | undefined {
  return otherValue(aPart(pairs.map(([right, got]) => observed(right, got))))?.mistake;
}

/** Two cases' matrices U and V. */
const U = [mat([1, 2]), mat([3, -5])];
const V = [mat([4, 8]), mat([2, 7])];

/** The cases of { U, V } where U came as this. */
function cases(
  got: (right: Mat, other: Mat) => unknown,
  ...args: readonly (readonly Argument[])[]
): readonly ObservedCase[] {
  return U.map((right, n) => ({
    ...observed({ U: right, V: V[n] }, { U: got(right, V[n]!), V: V[n] }),
    args: args[n] ?? [],
  }));
}

function causeOf(wrong: readonly ObservedCase[]): Cause | undefined {
  return otherValue(aPart(wrong, [], "U"));
}

describe("a part in another order", () => {
  it("is a list's or a sequence's, from its end, or one entry throughout", () => {
    const hint = "In which order does the loop put them there?";
    for (const [name, mistake, order] of [
      ["entries-reversed", "The entries are in reverse: the last step's comes first.", [3, 2, 1]],
      ["entries-all-the-last", "Every entry is the last one.", [3, 3, 3]],
      ["entries-all-the-first", "Every entry is the first one.", [1, 1, 1]],
    ] as const) {
      const list = observed([1, 2, 3], order);
      const sequence = observed(steps(1, 2, 3), steps(...order));
      for (const one of [list, sequence])
        assert.deepEqual(otherValue(aPart([one, one])), { names: [name], mistake, hint });
    }
  });

  it("is so in every case, the right ones too", () => {
    assert.equal(
      said(
        [
          [1, 2],
          [2, 1],
        ],
        [
          [1, 2],
          [2, 2],
        ],
      ),
      undefined,
    );
    const wrong = [observed([1, 2], [2, 1]), observed([1, 3], [3, 1])];
    assert.equal(otherValue(aPart(wrong, [observed([1, 4], [1, 4])])), undefined);
    assert.ok(otherValue(aPart(wrong, [observed([4, 4], [4, 4])])));
  });
});

describe("a part that stands one level too deep", () => {
  const cache = (value: unknown): unknown => ({ other: 0, a_next: value });

  it("is told by the key that it stands under", () => {
    const wrong = [observed(1, cache(1)), observed(2, cache(2))];
    assert.deepEqual(otherValue(aPart(wrong)), {
      names: ["one-level-too-deep"],
      mistake: "What belongs there stands one level deeper, under a_next.",
      hint: "Hand on its .a_next in place of the whole.",
    });
  });

  it("may be so in every entry of a list", () => {
    assert.equal(
      said(
        [
          [1, 2],
          [cache(1), cache(2)],
        ],
        [[3], [cache(3)]],
      ),
      "What belongs there stands one level deeper, under a_next, in every entry.",
    );
  });

  it("is so in every case and every entry, under one key", () => {
    assert.equal(said([1, cache(1)], [2, cache(3)]), undefined);
    assert.equal(said([1, cache(1)], [2, { other: 2, a_next: 0 }]), undefined);
    assert.equal(said([1, cache(1)], [2, 3]), undefined);
    assert.equal(
      said(
        [
          [1, 2],
          [cache(1), 2],
        ],
        [[3], [cache(3)]],
      ),
      undefined,
    );
    assert.equal(said([1, {}], [2, {}]), undefined);
    assert.equal(said([undefined, { a: 1 }], [undefined, { a: 1 }]), undefined);
  });
});

describe("a part that holds another value", () => {
  it("has it in place of its own, added, taken away, multiplied in, or left out", () => {
    const other = "V's right value";
    for (const [name, got, mistake] of [
      ["is", (_u: Mat, v: Mat) => v, `There stands ${other}, unchanged.`],
      ["plus", (u: Mat, v: Mat) => u.add(v), `Right but for ${other}, which was added as well.`],
      [
        "minus",
        (u: Mat, v: Mat) => u.sub(v),
        `Right but for ${other}, which is missing from the sum, or was subtracted.`,
      ],
      [
        "times",
        (u: Mat, v: Mat) => u.times(v),
        `Right but for ${other}, which was multiplied in as well.`,
      ],
      [
        "without",
        (u: Mat, v: Mat) => u.times(v.map((value) => 1 / value)),
        `The factor ${other} is missing.`,
      ],
    ] as const) {
      assert.deepEqual(causeOf(cases(got)), {
        names: [`${name}-${other}`],
        mistake,
        hint: "Compare the line that makes it with the formula, letter by letter.",
      });
    }
  });

  it("calls another part by its symbol", () => {
    const answer = { V: { symbol: "V⟨t⟩", rows: "", columns: "" } };
    const part = {
      ...aPart(
        cases((_u, v) => v),
        [],
        "U",
      ),
      exercise: { ...anExercise, answer },
    };
    assert.equal(otherValue(part)?.mistake, "There stands V⟨t⟩'s right value, unchanged.");
    assert.equal(otherPartsValue(part)?.mistake, "There stands V⟨t⟩'s right value, unchanged.");
  });

  it("may be of what the function is given: a matrix, or a sequence's first or last step", () => {
    const given: readonly (readonly Argument[])[] = [
      [mat([9, 1]), steps(1)],
      [mat([6, 5]), steps(1)],
    ];
    const named = (mistake: string | undefined): string | undefined =>
      mistake?.replace("Right but for ", "").replace(/,.*/, "");
    let n = 0;
    const plus = cases((u) => u.add(given[n++]![0] as Mat), ...given);
    assert.equal(named(causeOf(plus)?.mistake), "x");
    const sequences = [steps(1, 2, 3), steps(4, 5)];
    const bare = (pick: (t: number) => number): string | undefined =>
      named(
        otherValue(
          aPart(
            sequences.map((x, k) => {
              const right = mat([10 * k + 7]);
              const got = right.add(x.at(pick(x.T_x)));
              return { ...observed(right, got), args: [x] };
            }),
          ),
        )?.mistake,
      );
    assert.equal(
      bare(() => 1),
      "x⟨1⟩",
    );
    assert.equal(
      bare((T_x) => T_x),
      "the last x⟨t⟩",
    );
    assert.equal(
      bare((T_x) => T_x - 1),
      undefined,
    );
  });

  it("has its shape", () => {
    const tall = (n: number): ObservedCase => ({
      ...observed(
        { U: mat([n, 2], [3, 4]), V: mat([5], [n]) },
        { U: mat([n + 5, 7], [3 + n, 4 + n]) },
      ),
    });
    assert.equal(causeOf([tall(1), tall(2)]), undefined);
    const wide = (n: number): ObservedCase => ({
      ...observed(
        { U: mat([n, 2], [3, 4]), V: mat([5, n]) },
        { U: mat([n + 5, 2 + n], [8, 4 + n]) },
      ),
    });
    assert.equal(causeOf([wide(1), wide(2)]), undefined);
  });

  it("is a matrix in every case, and makes numbers of it", () => {
    const odd = (v: unknown, got: Mat): ObservedCase => observed({ U: U[0], V: v }, { U: got });
    assert.equal(causeOf([odd(V[0], V[0]!), odd(7, V[0]!)]), undefined);
    const infinite = cases((u) => u.map(() => Infinity));
    const zero = infinite.map((one, n) => ({
      ...one,
      expected: { kind: "answer", value: { U: U[n], V: mat([0, 0]) } } as const,
    }));
    assert.equal(causeOf(zero), undefined);
  });

  it("is no multiple and no square of its own right value", () => {
    assert.equal(causeOf(cases((u) => u.times(2))), undefined);
    assert.equal(causeOf(cases((u) => u.times(u))), undefined);
  });

  it("is no factor that would have to be infinite in one place", () => {
    const zero = mat([0, 8]);
    const lacking = U.map((u) =>
      observed({ U: u, V: zero }, { U: u.times(zero.map((value) => 1 / value)) }),
    );
    assert.equal(causeOf(lacking), undefined);
  });

  it("is not what is missing, or what stands in an answer that is no record", () => {
    const apart = { U: U[0], V: mat([1], [2]) };
    assert.equal(causeOf([observed(apart, { V: 1 }), observed(apart, { V: 1 })]), undefined);
    assert.equal(causeOf([observed(apart, 7), observed(apart, 7)]), undefined);
    const within = { U: { a: 1, b: 2 } };
    assert.equal(causeOf([observed(within, 7), observed(within, 7)]), undefined);
  });

  it("is none of a part that is right, or of a case that expects no answer", () => {
    const list = cases((_u, v) => v);
    const threw = { kind: "threw", name: "RangeError", message: "no" } as const;
    assert.equal(causeOf([{ ...list[0]!, expected: threw }, list[1]!]), undefined);
    assert.equal(causeOf([list[0]!, { ...list[1]!, expected: threw }]), undefined);
    assert.equal(said([1, 2], [3, 4]), undefined);
  });
});

describe("a part that holds what another one should", () => {
  it("is told before what is added to it, and only where it is that unchanged", () => {
    assert.deepEqual(
      otherPartsValue(
        aPart(
          cases((_u, v) => v),
          [],
          "U",
        ),
      )?.names,
      ["is-V's right value"],
    );
    assert.equal(
      otherPartsValue(
        aPart(
          cases((u, v) => u.add(v)),
          [],
          "U",
        ),
      ),
      undefined,
    );
    assert.equal(otherPartsValue(aPart([observed(1, 2), observed(1, 2)])), undefined);
  });
});

describe("a record that is right but for some of its keys", () => {
  const right = (n: number): unknown => ({ a: n, b: n + 10, c: n + 20 });

  it("tells which key holds what another one should", () => {
    const exchanged = (n: number): unknown => ({ a: n + 10, b: n, c: n + 20 });
    assert.deepEqual(
      otherValue(aPart([observed(right(1), exchanged(1)), observed(right(2), exchanged(2))])),
      {
        names: ["another-inside"],
        mistake: "Inside, a holds what b should hold, and b holds what a should hold.",
        hint: "Which of your variables stands behind which key?",
      },
    );
    const copied = (n: number): unknown => ({ a: n + 20, b: n + 10, c: n + 20 });
    assert.equal(
      said([right(1), copied(1)], [right(2), copied(2)]),
      "Inside, a holds what c should hold.",
    );
  });

  it("says nothing where one of the wrong keys holds what no key should, or not in every case", () => {
    const half = (n: number): unknown => ({ a: n + 10, b: n + 5, c: n + 20 });
    assert.equal(said([right(1), half(1)], [right(2), half(2)]), undefined);
    const copied = (n: number): unknown => ({ a: n + 20, b: n + 10, c: n + 20 });
    assert.equal(said([right(1), copied(1)], [right(2), half(2)]), undefined);
    assert.equal(said([right(1), 7], [right(2), 7]), undefined);
  });

  it("says nothing of keys whose right value is not there to be had", () => {
    const lone = { a: 1, b: undefined };
    const none = { a: undefined, b: undefined };
    for (const got of [{ a: 2 }, none]) assert.equal(said([lone, got], [lone, got]), undefined);
    assert.equal(said([{}, 7], [{}, 7]), undefined);
  });
});

describe("another value", () => {
  it("is looked for where at least two cases are wrong, and never in a refusal", () => {
    const [first, second] = cases((_u, v) => v);
    for (const asked of [otherValue, otherPartsValue]) {
      assert.ok(asked(aPart([first!, second!], [], "U")));
      assert.equal(asked(aPart([first!], [], "U")), undefined);
      assert.equal(asked(aPart([first!, second!], [], REFUSAL)), undefined);
    }
    assert.equal(
      otherValue(aPart([observed([1, 2], [2, 1]), observed([3, 4], [4, 3])], [], REFUSAL)),
      undefined,
    );
  });
});
