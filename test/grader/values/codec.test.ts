import assert from "node:assert/strict";
import fc from "fast-check";
import { standIn } from "../../../exercises/standIns.js";
import {
  CodecError,
  copyOf,
  decode as decodeWith,
  encode as encodeInto,
  type Json,
  MAX_DEPTH,
  MAX_TEXT,
  MAX_VALUES,
} from "../../../grader/values/codec.js";
import { Foreign } from "../../../grader/values/foreign.js";
import { NumberBlock } from "../../../grader/values/numberBlock.js";
import { findChange } from "../../../grader/values/same.js";
import { isAsEncoded, isSameEncoding } from "../../../grader/values/sameEncoding.js";
import { Mat, Sequence } from "../../../src/index.js";

function encode(value: unknown, skip: readonly string[] = []): Json {
  return encodeInto(value, new NumberBlock(), skip);
}

function decode(json: unknown, numbers: Float64Array = new Float64Array(4)): unknown {
  return decodeWith(json, numbers);
}

/** Through JSON's text and a block, in which other values lie before it, as between two processes. */
function travel(value: unknown): unknown {
  const block = new NumberBlock(2);
  encodeInto(Mat.zeros(3, 3), block);
  const text = JSON.stringify(encodeInto(value, block));
  return decode(JSON.parse(text), block.written(block.from));
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

  it("copies a value into one that shares nothing with it", () => {
    const A = Mat.column([1, 2]);
    const copy = copyOf([A, A]) as readonly Mat[];
    copy[0]!.data[0] = 5;
    assert.deepEqual([A.get(0, 0), copy[0]!.get(0, 0), copy[1]!.get(0, 0)], [1, 5, 1]);
  });

  it("tells from two encodings what findChange tells from the values", () => {
    const encoded = (one: unknown): { readonly json: Json; readonly numbers: Float64Array } => {
      const block = new NumberBlock();
      const json = encodeInto(one, block);
      return { json, numbers: block.written() };
    };
    fc.assert(
      fc.property(value, value, (one, other) => {
        assert.ok(isSameEncoding(encoded(one), encoded(copyOf(one))));
        if (isAsEncoded(other, encoded(one)))
          assert.ok(isSameEncoding(encoded(one), encoded(other)));
        if (isSameEncoding(encoded(one), encoded(other))) {
          assert.equal(findChange(one, travel(other)), undefined);
        }
      }),
    );
    const [a, b] = [Mat.column([0, 1]), Mat.column([-0, 1])];
    const plain = { a, list: [1, "x", null, true, undefined, { b }], x: Sequence.of([a, b]) };
    assert.ok(isAsEncoded(copyOf(plain), encoded(plain)));
    assert.ok(isAsEncoded({ ...plain, cache: 1 }, encoded(plain), ["cache"]));
    for (const other of [
      { ...plain, a: b },
      { ...plain, a: a.T },
      { ...plain, cache: 1 },
      { list: plain.list, a, x: plain.x },
      { ...plain, list: plain.list.slice(1) },
      { ...plain, list: [...plain.list, 1] },
      { ...plain, list: [-1, ...plain.list.slice(1)] },
      { ...plain, x: Sequence.of([a]) },
      { ...plain, x: Sequence.of([a, b, a]) },
      { ...plain, x: [a, b] },
      Object.defineProperty({ ...plain }, "hidden", { value: 1 }),
      Object.assign(
        Object.create({
          get more() {
            return 1;
          },
        }) as object,
        plain,
      ),
      null,
    ])
      assert.ok(!isAsEncoded(other, encoded(plain)), JSON.stringify(other));
    assert.ok(!isSameEncoding(encoded(a), encoded(b)));
    assert.ok(isSameEncoding(encoded([a, a]), encoded([a, Mat.column([0, 1])])));
    assert.ok(isSameEncoding(encoded({ f: standIn("cell") }), encoded({ f: () => 1 })));
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

  it("keeps words for what only looks like a sequence: without steps, or with others than matrices of one shape", () => {
    const words = new Foreign("an object with T_x and at");
    const like = (...steps: readonly unknown[]): object => ({
      T_x: 1_000_000_000,
      at: () => Mat.zeros(1, 1),
      [Symbol.iterator]: () => steps[Symbol.iterator](),
    });
    assert.deepEqual(travel({ T_x: 1_000_000_000, at: () => Mat.zeros(1, 1) }), words);
    for (const steps of [[], [1], [Mat.zeros(1, 1), null], [Mat.zeros(2, 1), Mat.zeros(1, 2)]])
      assert.deepEqual(travel(like(...steps)), words);
    assert.deepEqual(travel(like(Mat.zeros(1, 2))), Sequence.zeros(1, 1, 2));
  });

  it("does not begin with a list or a record that is too long", () => {
    const begun = {
      enumerable: true,
      get(): never {
        throw new Error("begun");
      },
    };
    const record = Object.fromEntries(Array.from({ length: 500_001 }, (_, n) => [n, n]));
    for (const [value, words] of [
      [new Array(500_001), "more than 500000 values"],
      [new Array(2 ** 32 - 1), "more than 500000 values"],
      [record, "an object with more than 1000 keys"],
    ] as const) {
      Object.defineProperty(value, "0", begun);
      assert.throws(() => encode([value]), new RegExp(`^CodecError: encode: ${words}`));
    }
    const forged = Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [n, n]));
    assert.throws(() => decode(forged), /^CodecError: decode: an object with more than 1000 keys/);
  });

  it("leaves out the keys that are skipped", () => {
    assert.deepEqual(encode({ a: 1, caches: () => 1 }, ["caches"]), { a: 1 });
    assert.deepEqual(encode({ a: { caches: 2 } }, ["caches"]), { a: { caches: 2 } });
    assert.equal(encode(1, ["caches"]), 1);
  });

  it("brings each kind of value home", () => {
    for (const value of [null, undefined, true, "text", 1.5, -0, NaN, Infinity, -Infinity]) {
      assert.deepEqual(travel(value), value);
      assert.deepEqual(travel({ inside: [value] }), { inside: [value] });
    }
    assert.deepEqual(encode(null), null);
    assert.deepEqual(encode(standIn("cell")), { $: "standIn", name: "cell" });
  });

  it("refuses what is too deep, holds itself, or is too large, and says how to mend it", () => {
    const nested = (inside: unknown, depth: number): unknown => {
      let value = inside;
      for (let n = 0; n < depth; n++) value = n % 2 === 0 ? [value] : { inside: value };
      return value;
    };
    const tooDeep = `nested more than ${MAX_DEPTH} deep, or it holds itself; return a flatter value`;
    const steps = { $: "sequence", steps: [{ $: "mat", rows: 1, cols: 1, count: 1, at: 0 }] };
    for (const [caller, run, sequence] of [
      ["encode", (one: unknown) => encode(one), Sequence.zeros(1, 1, 1)],
      ["decode", (one: unknown) => decode(one), steps],
    ] as const) {
      const refused = { name: "CodecError", message: `${caller}: ${tooDeep}` };
      for (const [inside, room] of [
        [1, 0],
        [sequence, 1],
      ] as const) {
        assert.doesNotThrow(() => run(nested(inside, MAX_DEPTH - room)));
        assert.throws(() => run(nested(inside, MAX_DEPTH - room + 1)), refused);
      }
    }
    const itself: unknown[] = [];
    itself.push(itself);
    assert.throws(() => encode(itself), CodecError);
    assert.doesNotThrow(() => encode(Mat.zeros(1, MAX_VALUES - 1)));
    assert.throws(() => encode(Mat.zeros(1, MAX_VALUES)), {
      message: `encode: more than ${MAX_VALUES} values; return less`,
    });
    assert.equal(travel("x".repeat(MAX_TEXT)), "x".repeat(MAX_TEXT));
    assert.throws(() => encode("x".repeat(MAX_TEXT + 1)), {
      message: `encode: a text of more than ${MAX_TEXT} characters`,
    });
  });

  it("cuts the words for what no answer can hold, so that they can be read again", () => {
    class Long {
      readonly kept = 1;
      toArray(): number[] {
        return [this.kept]; // a container of its own kind
      }
    }
    Object.defineProperty(Long, "name", { value: "x".repeat(MAX_TEXT) });
    assert.equal((travel(new Long()) as Foreign).what.length, MAX_TEXT);
  });

  it("refuses JSON that no value became, and says what it is", () => {
    const mat = (rows: number, cols: number): unknown => encode(Mat.zeros(rows, cols));
    const shape = "a matrix whose numbers do not fill its shape";
    const absent = "a matrix whose numbers are not there";
    const differ = "a sequence whose steps differ in shape";
    for (const [forged, message] of [
      [{ $: "mat", rows: 2, cols: 2, count: 3, at: 0 }, shape],
      [{ $: "mat", rows: -1, cols: -1, count: 1, at: 0 }, shape],
      [{ $: "mat", rows: 1.5, cols: 2, count: 3, at: 0 }, shape],
      [{ $: "mat", rows: 2, cols: 1.5, count: 3, at: 0 }, shape],
      [{ $: "mat", rows: "1", cols: 1, count: 1, at: 0 }, shape],
      [{ $: "mat", rows: 1, cols: 1 }, shape],
      [{ $: "mat", rows: 1, cols: 1, count: 1 }, absent],
      [{ $: "mat", rows: 1, cols: 1, count: 1, at: -1 }, absent],
      [{ $: "mat", rows: 1, cols: 1, count: 1, at: 0.5 }, absent],
      [{ $: "mat", rows: 1, cols: 1, count: 1, at: 4 }, absent],
      [{ $: "mat", rows: 5, cols: 1, count: 5, at: 0 }, absent],
      [{ $: "sequence" }, "a sequence without steps"],
      [{ $: "sequence", steps: [] }, "a sequence without steps"],
      [{ $: "sequence", steps: [1] }, differ],
      [{ $: "sequence", steps: [mat(1, 1), mat(1, 2)] }, differ],
      [{ $: "sequence", steps: [mat(1, 1), mat(2, 1)] }, differ],
      [{ $: "sequence", steps: [mat(1, 1), null] }, differ],
      [{ $: "sequence", steps: [null, mat(1, 1)] }, differ],
      [{ $: "number", value: "12" }, "an unknown number"],
      [{ $: "number", value: 12 }, "a number without its text"],
      [{ $: "standIn" }, "a stand-in without a name"],
      [{ $: "record", record: [] }, "a record that is no object"],
      [{ $: "record", record: null }, "a record that is no object"],
      [{ $: "record", record: "ab" }, "a record that is no object"],
      [{ $: "record", record: 3 }, "a record that is no object"],
      [{ $: "record" }, "a record that is no object"],
      [{ $: "foreign", what: 3 }, "a foreign value without words"],
      [{ $: "other" }, "an unknown kind of value"],
      [{ $: null }, "an unknown kind of value"],
      [Infinity, "an unknown number"],
      [JSON.parse("-0"), "an unknown number"], // said again it would be 0, of which another is right
      [undefined, "expected JSON, got a undefined"],
      [() => 1, "expected JSON, got a function"],
    ] as const) {
      const refused = { name: "CodecError", message: `decode: ${message}` };
      assert.throws(() => decode(forged), refused, JSON.stringify(forged));
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
