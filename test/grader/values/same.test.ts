import assert from "node:assert/strict";
import { standIn } from "../../../exercises/standIns.js";
import { MAX_DEPTH } from "../../../grader/values/codec.js";
import { Foreign } from "../../../grader/values/foreign.js";
import { findChange } from "../../../grader/values/same.js";
import { Mat, Sequence } from "../../../src/index.js";

const A = Mat.from([
  [1, 2, 3],
  [4, 5, 6],
]);
const a = Sequence.build(3, (t) => A.times(t));

/** The place of the first change, or nothing. */
function placeOf(before: unknown, after: unknown): string | undefined {
  return findChange(before, after)?.code;
}

describe("findChange", () => {
  it("finds nothing in copies", () => {
    const value = { x: [1, "a", null, undefined, NaN, -0], A, a, deep: { list: [[A]], yes: true } };
    const copy = {
      x: [1, "a", null, undefined, NaN, -0],
      A: A.add(0),
      a: a.map((step) => step.add(0)),
      deep: { list: [[A.add(0)]], yes: true },
    };
    assert.equal(findChange(value, copy), undefined);
  });

  it("finds the last bit of the last entry, and tells both numbers apart", () => {
    const change = findChange(
      A,
      A.map((v) => (v === 6 ? 6 + 1e-15 : v)),
    );
    assert.equal(change?.code, ".get(1, 2)");
    assert.notEqual(change.before, change.after);
  });

  it("tells -0 from 0", () => {
    assert.deepEqual(findChange(0, -0), { code: "", before: "0", after: "-0" });
  });

  it("names the place in matrices, sequences, lists and records", () => {
    const last = a.map((step, t) => (t === 3 ? step.add(1) : step));
    assert.equal(placeOf({ p: { a } }, { p: { a: last } }), ".p.a.at(3).get(0, 0)");
    assert.equal(placeOf([1, [2, 3]], [1, [2, 4]]), "[1][1]");
  });

  it("finds another shape, even where the numbers agree", () => {
    assert.equal(placeOf(new Mat(2, 1, [1, 2]), new Mat(1, 2, [1, 2])), "");
    assert.equal(placeOf(new Mat(2, 3), new Mat(2, 2)), "");
    assert.equal(placeOf(new Mat(2, 3), new Mat(3, 3)), "");
    assert.equal(placeOf(a, a.slice(1, 2)), "");
    assert.equal(placeOf([1], [1, 2]), "");
  });

  it("finds keys that came and keys that went", () => {
    assert.equal(placeOf({ x: 1 }, { x: 1, y: 2 }), ".y");
    assert.equal(placeOf({ x: 1, y: 2 }, { x: 1 }), ".y");
  });

  it("says what both are when a number became a text, or a text a number", () => {
    const [number, text] = ["the number 1", 'the text "1"'];
    assert.deepEqual(findChange(1, "1"), { code: "", before: number, after: text });
    assert.deepEqual(findChange("1", 1), { code: "", before: text, after: number });
  });

  it("finds what only looks like a sequence or a list", () => {
    assert.equal(placeOf(a, { T_x: 3 }), "");
    assert.equal(placeOf({ T_x: 3 }, a), "");
    assert.equal(placeOf([1], { length: 1 }), "");
    assert.equal(placeOf({ length: 1 }, [1]), "");
  });

  it("finds a long text's other end, though its words are cut before it", () => {
    const long = "x".repeat(100);
    assert.equal(placeOf(`${long}a`, `${long}b`), "");
    assert.equal(placeOf([`${long}a`], [`${long}a`]), undefined);
  });

  it("finds another kind of value, text or truth", () => {
    assert.equal(placeOf(A, a), "");
    assert.equal(placeOf(1, "1"), "");
    assert.equal(placeOf("a", "b"), "");
    assert.equal(placeOf(true, false), "");
    assert.equal(placeOf(null, undefined), "");
    assert.equal(placeOf({}, null), "");
  });

  it("takes functions and other opaque values for the same when their words are", () => {
    assert.equal(placeOf([() => 1], [() => 1]), undefined);
    assert.equal(placeOf(new Foreign("a function"), new Foreign("a function")), undefined);
    assert.equal(placeOf(new Foreign("a function"), new Foreign("a promise")), "");
    assert.equal(placeOf([standIn("cell")], [() => 1]), undefined, "a stand-in became a function");
  });

  it("looks as deep as a value can be sent, and no deeper", () => {
    const nested = (inside: number, depth: number): unknown =>
      depth === 0 ? inside : [nested(inside, depth - 1)];
    const placeAt = (depth: number): string | undefined =>
      placeOf(nested(1, depth), nested(2, depth));
    assert.equal(placeAt(MAX_DEPTH), "[0]".repeat(MAX_DEPTH));
    assert.equal(placeAt(MAX_DEPTH + 1), undefined);
  });

  it("comes to an end where a value holds itself", () => {
    const ring = (): object => {
      const value: Record<string, unknown> = {};
      value["again"] = value;
      return value;
    };
    assert.equal(placeOf(ring(), ring()), undefined);
  });

  it("leaves out skipped keys, but only the outermost ones", () => {
    assert.equal(findChange({ c: 1, x: 2 }, { c: 5, x: 2 }, ["c"]), undefined);
    assert.equal(findChange({ x: { c: 1 } }, { x: { c: 5 } }, ["c"])?.code, ".x.c");
  });
});
