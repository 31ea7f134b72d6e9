import assert from "node:assert/strict";
import {
  describeValue,
  formatDigits,
  formatNumber,
  formatPair,
  isPlainRecord,
  quote,
} from "../../../grader/values/describe.js";
import { Mat, Sequence } from "../../../src/index.js";

describe("a value in words", () => {
  it("says what it is, and how large", () => {
    const letters = (count: number): object =>
      Object.fromEntries([..."abcdefg".slice(0, count)].map((key) => [key, 1]));
    for (const [value, words] of [
      [undefined, "nothing (undefined)"],
      [null, "null"],
      [0.5, "the number 0.5"],
      [-0, "the number 0"],
      ["a", 'the text "a"'],
      [true, "true"],
      [() => 1, "a function"],
      [7n, "a bigint"],
      [Mat.zeros(3, 2), "a Mat (3, 2)"],
      [Sequence.zeros(4, 3, 2), "a Sequence of 4 steps, each (3, 2)"],
      [Sequence.zeros(1, 3, 2), "a Sequence of 1 step, each (3, 2)"],
      [[1, 2], "an array of 2"],
      [{}, "an empty object {}"],
      [letters(2), "an object { a, b }"],
      [letters(6), "an object { a, b, c, d, e, f }"],
      [letters(7), "an object { a, b, c, d, e, f, … }"],
      [new Float32Array(3), "a Float32Array of 3 numbers"],
      [Promise.resolve(), "a promise"],
      [
        (function* () {
          yield 1;
        })(),
        "a generator",
      ],
      [
        (async function* () {
          yield await Promise.resolve(1);
        })(),
        "a generator",
      ],
      [[1, 2].entries(), "an iterator"],
      [new Map().keys(), "an iterator"],
      [new Map(), "an object of the class Map"],
    ] as const) {
      assert.equal(describeValue(value), words);
    }
  });

  it("counts numbers only where there are some, and names a class only where it has a name", () => {
    class Queue {
      readonly length = 3;
    }
    class Odd {
      override = 1;
    }
    Object.defineProperty(Odd.prototype, "constructor", { value: 5 });
    assert.equal(
      describeValue(new DataView(new ArrayBuffer(8))),
      "an object of the class DataView",
    );
    assert.equal(describeValue(new Queue()), "an object of the class Queue");
    const Nameless = (() => class extends Queue {})();
    assert.equal(describeValue(new Nameless()), "an object of the class Object");
    assert.equal(describeValue(new Odd()), "an object of the class Object");
  });

  it("takes an object for a record that has no class, also one without a prototype", () => {
    assert.equal(isPlainRecord(Object.create(null)), true);
    assert.equal(isPlainRecord({ a: 1 }), true);
    assert.equal(isPlainRecord([]), false);
    assert.equal(isPlainRecord(new Map()), false);
    assert.equal(isPlainRecord(null), false);
  });
});

describe("a number as text", () => {
  it("has so many significant digits, and no needless zeros", () => {
    assert.equal(formatNumber(1 / 3), "0.333333");
    assert.equal(formatNumber(2.5), "2.5");
    assert.equal(formatDigits(2 / 3, 2), "0.67");
  });

  it("tells -0 from 0, and names what is no finite number", () => {
    assert.deepEqual([0, -0, NaN, Infinity, -Infinity].map(formatNumber), [
      ...["0", "-0", "NaN", "Infinity", "-Infinity"],
    ]);
  });

  it("beside another has as many digits as tell them apart: from four to seventeen", () => {
    assert.deepEqual(formatPair(1 / 3, 2 / 3), ["0.3333", "0.6667"]);
    assert.deepEqual(formatPair(0.123456, 0.123457), ["0.123456", "0.123457"]);
    assert.deepEqual(formatPair(0.1, 0.1 + 2 ** -56), ["0.1", "0.10000000000000002"]);
    assert.deepEqual(formatPair(1, 1), ["1", "1"]);
  });
});

describe("a quoted text", () => {
  it("is whole up to sixty characters, and cut beyond", () => {
    assert.equal(quote("x".repeat(60)), `"${"x".repeat(60)}"`);
    assert.equal(quote("x".repeat(61)), `"${"x".repeat(57)}…"`);
    assert.equal(quote('a "b"'), '"a \\"b\\""');
  });
});
