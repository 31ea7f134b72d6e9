import assert from "node:assert/strict";
import { exercise } from "../../../../exercises/manifest.js";
import { givenWith } from "../../../../grader/class/desk/alikeCode.js";
import {
  type AlikePair,
  alikePairs,
  LISTED,
  type StudentCode,
} from "../../../../grader/class/similarity/alike.js";
import { alikeApart, NotComparedError } from "../../../../grader/class/similarity/alikeApart.js";
import { assertGrowsLinearly } from "../../growth.js";
import { allPrograms, program } from "./programs.js";

const ONE_HOT = givenWith(exercise("oneHot"));
/** An honest one, and a renamed copy of it. */
const HONEST = program("oneHot", "honest-8");
const RENAMED = program("oneHot", "copy-8-renamed");

/** So many who hand in the same. */
function classOf(students: number, text: string): readonly StudentCode[] {
  return Array.from({ length: students }, (_, n) => ({ student: `s${n}`, text }));
}

function names(pairs: readonly AlikePair[]): readonly string[] {
  return pairs.map(({ students }) => students.toSorted().join(" "));
}

describe("alike code", () => {
  it("lists renamed copies, most of those in another order, and no honest ones but two that came to the same", () => {
    const falsely: string[] = [];
    const found: Record<string, number> = {};
    const all: Record<string, number> = {};
    for (const { exercise: id, honest, copies } of allPrograms()) {
      const given = givenWith(exercise(id));
      falsely.push(...names(alikePairs(honest, given)).map((pair) => `${id}: ${pair}`));
      for (const copy of copies) {
        const [, original, kind] = copy.student.split("-") as [string, string, string];
        const pair = [copy.student, `honest-${original}`].toSorted().join(" ");
        all[kind] = (all[kind] ?? 0) + 1;
        const isListed = names(alikePairs([...honest, copy], given)).includes(pair);
        found[kind] = (found[kind] ?? 0) + (isListed ? 1 : 0);
      }
    }
    assert.deepEqual(falsely, [
      "gradientCheck: honest-1 honest-7",
      "lstmCellForward: honest-2 honest-5",
    ]);
    assert.deepEqual(all, { partial: 20, renamed: 30, restyled: 30, shuffled: 30 });
    assert.deepEqual(found, { partial: 12, renamed: 28, restyled: 11, shuffled: 24 });
  });

  it("says how much both have, and in which lines", () => {
    const [pair, ...others] = alikePairs(
      [
        { student: "ann", text: HONEST },
        { student: "bob", text: `// mine\n\n${RENAMED}` },
        { student: "cy", text: program("oneHot", "honest-3") },
      ],
      ONE_HOT,
    );
    assert.deepEqual(others, []);
    assert.deepEqual(pair!.students, ["ann", "bob"]);
    assert.ok(pair!.share > 0.95 && pair!.tokens > LISTED.tokens);
    const [left, right] = pair!.lines;
    assert.ok(left.length > 5 && right.length > 5);
    assert.ok(Math.max(...left) < HONEST.split("\n").length);
    assert.ok(Math.min(...right) > 1, "its own first lines are not marked");
  });

  it("lists no one-liners, no starters and nothing that is the library's own", () => {
    const oneLine =
      "export const oneHot = (ids: number[], n: number) => Mat.from(ids.map((i) => row(i, n)));";
    const [starter] = givenWith(exercise("oneHot"));
    const reference = exercise("lstmBackward").reference.toString();
    assert.deepEqual(alikePairs(classOf(3, oneLine), ONE_HOT), []);
    assert.deepEqual(alikePairs(classOf(3, starter!), ONE_HOT), []);
    assert.deepEqual(alikePairs(classOf(3, reference), givenWith(exercise("lstmBackward"))), []);
    assert.equal(alikePairs(classOf(3, reference), []).length, 3, "which would be alike otherwise");
  });

  it("lists nothing that many have, and a few who have the same among them", () => {
    assert.deepEqual(alikePairs(classOf(20, HONEST), ONE_HOT), []);
    assert.equal(alikePairs(classOf(4, HONEST), ONE_HOT).length, 6);
    const many = classOf(30, program("oneHot", "honest-3"));
    const pair = [
      { student: "ann", text: HONEST },
      { student: "bob", text: RENAMED },
    ];
    assert.deepEqual(names(alikePairs([...many, ...pair], ONE_HOT)), ["ann bob"]);
  });

  it("is not kept busy by code that repeats itself", async () => {
    for (const piece of ["a.b(0);", "((((", "`${", "if (x) { y(1); } "])
      await assertGrowsLinearly((times) => {
        alikePairs(classOf(4, piece.repeat(100 * times)), []);
      });
  });

  it("compares in a process of its own", async () => {
    const codes = [
      { student: "ann", text: HONEST },
      { student: "bob", text: RENAMED },
    ];
    assert.deepEqual(await alikeApart({ codes, given: ONE_HOT }), alikePairs(codes, ONE_HOT));
  });

  it("gives up, in words, where it takes too long or too much", async function () {
    this.timeout(30_000);
    const distinct = Array.from({ length: 3000 }, (_, n) => `x.p${n}(${n})`).join(";\n");
    const question = { codes: classOf(8, distinct), given: [] };
    for (const [limits, words] of [
      [{ milliseconds: 5, megabytes: 500 }, "longer than 0.005 s"],
      [{ milliseconds: 20_000, megabytes: 8 }, "more than 8 MB"],
    ] as const)
      await assert.rejects(alikeApart(question, limits), (error: Error) => {
        assert.ok(error instanceof NotComparedError);
        assert.ok(error.message.includes(words), error.message);
        return true;
      });
  });
});
