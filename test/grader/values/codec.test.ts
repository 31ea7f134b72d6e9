import assert from "node:assert/strict";
import fc from "fast-check";
import { standIn } from "../../../exercises/standIns.js";
import { CodecError, decode, encode, MAX_DEPTH } from "../../../grader/values/codec.js";
import { Foreign } from "../../../grader/values/foreign.js";
import { findChange } from "../../../grader/values/same.js";
import { Mat, Sequence } from "../../../src/index.js";

/** Through JSON's text, as between two processes. */
function travel(value: unknown): unknown {
  return decode(JSON.parse(JSON.stringify(encode(value))));
}

const number = fc.double();
const matrix = fc
  .tuple(fc.nat({ max: 4 }), fc.nat({ max: 4 }))
  .chain(([rows, cols]) =>
    fc
      .array(number, { minLength: rows * cols, maxLength: rows * cols })
      .map((data) => new Mat(rows, cols, data)),
  );
const sequence = fc
  .tuple(fc.integer({ min: 1, max: 3 }), matrix)
  .map(([T, step]) => Sequence.build(T, (t) => step.times(t)));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    number,
    fc.string(),
    fc.boolean(),
    fc.constantFrom(null, undefined, -0, NaN, Infinity, -Infinity, standIn("cell")),
    matrix,
    sequence,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("$", "__proto__", "constructor")),
      tie("value"),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  ),
}));

describe("codec", () => {
  it("brings every value home as it was: -0, NaN, infinities, undefined, keys called $ and __proto__", () => {
    fc.assert(
      fc.property(value, (sent) => {
        assert.equal(findChange(sent, travel(sent)), undefined);
        assert.deepEqual(encode(travel(sent)), encode(sent));
      }),
    );
  });

  it("gives matrices, sequences and stand-ins their types back", () => {
    const home = travel({
      A: Mat.column([1, -0]),
      a: Sequence.zeros(2, 1, 1),
      cell: standIn("cell"),
    });
    const { A, a, cell } = home as Record<string, unknown>;
    assert.ok(A instanceof Mat && Object.is(A.get(1, 0), -0));
    assert.ok(a instanceof Sequence && a.T_x === 2);
    assert.deepEqual(cell, standIn("cell"));
  });

  it("keeps the words for what no answer can hold", () => {
    const home = travel([() => 1, Promise.resolve(), new Float64Array(3), new Map(), Symbol("s")]);
    assert.deepEqual(
      (home as Foreign[]).map(({ what }) => what),
      [
        "a function",
        "a promise",
        "a Float64Array of 3 numbers",
        "an object of the class Map",
        "a symbol",
      ],
    );
  });

  it("leaves out the keys that are skipped", () => {
    assert.deepEqual(encode({ a: 1, caches: () => 1 }, ["caches"]), { a: 1 });
    assert.deepEqual(encode({ a: { caches: 2 } }, ["caches"]), { a: { caches: 2 } });
    assert.equal(encode(1, ["caches"]), 1);
  });

  it("refuses what is too deep, holds itself, or is too large", () => {
    let deep: unknown = 1;
    for (let n = 0; n <= MAX_DEPTH; n++) deep = [deep];
    assert.throws(() => encode(deep), CodecError);
    assert.throws(() => decode(deep), CodecError);
    const [justDeepEnough] = deep as [unknown];
    assert.deepEqual(decode(encode(justDeepEnough)), justDeepEnough);
    let records: unknown = 1;
    for (let n = 0; n <= MAX_DEPTH; n++) records = { inside: records };
    assert.throws(() => encode(records), CodecError);
    assert.throws(() => decode(records), CodecError);
    const itself: unknown[] = [];
    itself.push(itself);
    assert.throws(() => encode(itself), CodecError);
    assert.throws(() => encode(Mat.zeros(1000, 501)), CodecError);
    assert.throws(() => encode("x".repeat(10_001)), CodecError);
  });

  it("refuses JSON that no value became", () => {
    for (const forged of [
      { $: "mat", rows: 2, cols: 2, data: [1, 2, 3] },
      { $: "mat", rows: -1, cols: -1, data: [1] },
      { $: "mat", rows: 1.5, cols: 2, data: [1, 2, 3] },
      { $: "mat", rows: 1, cols: 1, data: ["one"] },
      { $: "mat", rows: 1, cols: 1, data: [Infinity] },
      { $: "mat", rows: 1, cols: 1 },
      { $: "sequence", steps: [] },
      { $: "sequence", steps: [1] },
      { $: "sequence", steps: [encode(Mat.zeros(1, 1)), encode(Mat.zeros(1, 2))] },
      { $: "number", value: "12" },
      { $: "number", value: 12 },
      { $: "standIn" },
      { $: "record", record: [] },
      { $: "foreign", what: 3 },
      { $: "other" },
      { $: null },
      Infinity,
      undefined,
      () => 1,
    ]) {
      assert.throws(() => decode(forged), CodecError, JSON.stringify(forged));
    }
  });

  it("never throws anything but a CodecError, whatever JSON comes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        try {
          decode(json);
        } catch (error) {
          assert.ok(error instanceof CodecError);
        }
      }),
    );
  });

  it("sets no prototype from a key called __proto__", () => {
    const home = decode(JSON.parse('{"__proto__": {"polluted": true}}')) as object;
    assert.equal(Object.getPrototypeOf(home), Object.prototype);
    assert.equal((home as { polluted?: unknown }).polluted, undefined);
  });
});
