import assert from "node:assert/strict";
import fc from "fast-check";
import type { Exercise } from "../../../exercises/exercise.js";
import {
  compareAnswers,
  compareOutcomes,
  compareParts,
  type Comparison,
  comparisonOf,
} from "../../../grader/compare/compare.js";
import { Foreign } from "../../../grader/values/foreign.js";
import type { Difference } from "../../../grader/compare/difference.js";
import { Mat, Sequence } from "../../../src/index.js";

const answer: Exercise["answer"] = {
  "": { symbol: "A", rows: "unit", columns: "example" },
  a: { symbol: "a⟨{t}⟩", rows: "unit", columns: "example" },
  dWax: { symbol: "dWax", rows: "unit", columns: "input" },
  dba: { symbol: "dba", rows: "unit", columns: "" },
  T_x: { symbol: "T_x", rows: "example", columns: "" },
};
const how: Comparison = {
  tolerance: { atol: 1e-9, rtol: 1e-6, why: "" },
  answer,
  ignore: ["cache"],
  root: "f(…)",
  size: { m: 3, T_x: 4, n_a: 2 },
};

function differ(expected: unknown, got: unknown): Difference {
  const difference = compareAnswers(expected, got, how);
  assert.ok(difference, "expected a difference");
  return difference;
}

function same(expected: unknown, got: unknown): void {
  assert.equal(compareAnswers(expected, got, how), undefined);
}

const A = Mat.from([
  [1, 2, 3],
  [4, 5, 6.5],
]);
const a = Sequence.build(4, (t) => A.map((value, i, j) => value + t * t + i * j));

describe("compare", () => {
  it("passes what is equal, and what is off by no more than atol + rtol·|expected|", () => {
    same(A, A);
    same(1000, 1000 + 0.9e-3);
    same(0, 0.9e-9);
    differ(1000, 1000 + 1.1e-3);
    differ(0, 1.1e-9);
  });

  it("never passes NaN, nor an infinity, nor a NaN where one is expected", () => {
    for (const wrong of [NaN, Infinity, -Infinity]) {
      differ(1, wrong);
      differ(
        A,
        A.map((value, i) => (i === 1 ? wrong : value)),
      );
    }
    differ(NaN, NaN);
    differ(Infinity, -Infinity);
  });

  it("names the first wrong number in the course's terms, and in code", () => {
    const got = a.map((a_t, t) => (t < 3 ? a_t : a_t.map((v, i, j) => (i === 1 ? v + 1 + j : v))));
    const difference = differ({ a }, { a: got });
    assert.equal(difference.kind, "value");
    assert.equal(difference.symbol, "a⟨3⟩");
    assert.equal(difference.place, "a⟨3⟩, unit 2, example 1");
    assert.equal(difference.code, "a.at(3).get(1, 0)");
    assert.equal(difference.expected, "13");
    assert.equal(difference.got, "14");
    assert.equal(difference.absoluteError, 1);
    assert.ok(Math.abs(difference.relativeError! - 1 / 13) < 1e-12);
    assert.equal(difference.tolerance, 1e-9 + 13e-6);
    assert.equal(difference.wrong, 6);
    assert.equal(difference.total, 24);
    assert.equal(difference.pattern, "right up to ⟨2⟩, wrong from ⟨3⟩ on");
  });

  it("names a column's entry without its only column", () => {
    const difference = differ({ dba: Mat.column([1, 2]) }, { dba: Mat.column([1, 3]) });
    assert.equal(difference.place, "dba, unit 2");
    assert.equal(difference.code, "dba.get(1, 0)");
  });

  it("names a row or a column only where there are several", () => {
    const row = Mat.from([[1, 2, 3]]);
    const changed = row.map((value, _, j) => (j === 1 ? 9 : value));
    assert.equal(differ({ dWax: row }, { dWax: changed }).place, "dWax, input 2");
    const one = Mat.column([1]);
    assert.equal(differ({ dba: one }, { dba: one.add(1) }).place, "dba, unit 1");
    const steps = Sequence.build(2, () => row);
    assert.equal(
      differ({ a: steps }, { a: steps.map((step, t) => (t === 2 ? changed : step)) }).place,
      "a⟨2⟩, example 2",
    );
  });

  it("names a bare answer, and the entry of a list", () => {
    assert.equal(differ(A, A.times(A)).code, "f(…).get(0, 1)");
    const difference = differ({ T_x: [3, 4] }, { T_x: [3, 5] });
    assert.equal(difference.place, "T_x, example 2");
    assert.equal(difference.code, "T_x[1]");
  });

  it("writes both numbers with as many digits as it takes to tell them apart", () => {
    const difference = differ(0.123456789, 0.123456989);
    assert.notEqual(difference.got, difference.expected);
  });

  it("calls another shape wrong, and sees a transpose in it", () => {
    const difference = differ({ dWax: A }, { dWax: A.T });
    assert.equal(difference.kind, "shape");
    assert.equal(difference.got, "(3, 2)");
    assert.equal(difference.expected, "(2, 3)");
    assert.equal(difference.pattern, "transposed");
    assert.equal(differ({ dWax: A }, { dWax: A.T.add(1) }).pattern, undefined);
  });

  it("calls a shape wrong that differs in its rows or its columns alone", () => {
    assert.equal(differ({ dWax: A }, { dWax: Mat.zeros(2, 2) }).got, "(2, 2)");
    assert.equal(differ({ dWax: A }, { dWax: Mat.zeros(3, 3) }).got, "(3, 3)");
    assert.equal(differ({ dWax: A }, { dWax: Mat.zeros(3, 2) }).pattern, undefined);
    const turned = a.map((step) => step.T);
    assert.equal(differ({ a }, { a: turned }).pattern, "rows and columns are swapped");
    for (const [rows, cols] of [
      [3, 3],
      [2, 2],
      [4, 2],
    ] as const) {
      const difference = differ({ a }, { a: Sequence.zeros(4, rows, cols) });
      assert.equal(difference.kind, "shape");
      assert.equal(difference.pattern, undefined);
    }
  });

  it("calls another shape wrong where there are no numbers to differ", () => {
    assert.equal(differ(Mat.zeros(0, 3), Mat.zeros(0, 2)).kind, "shape");
    assert.equal(differ(Mat.zeros(3, 0), Mat.zeros(2, 0)).kind, "shape");
    assert.equal(differ(Mat.zeros(0, 3), Mat.zeros(5, 0)).pattern, undefined);
    assert.equal(differ(Mat.zeros(3, 0), Mat.zeros(0, 5)).pattern, undefined);
  });

  it("sees no transpose in the right numbers of another shape", () => {
    for (const [rows, cols] of [
      [1, 6],
      [6, 1],
    ] as const) {
      assert.equal(differ(A, new Mat(rows, cols, A.T.data)).pattern, undefined);
    }
  });

  it("calls the shape wrong of what has not as many numbers as it says", () => {
    const forged = (rows: number, cols: number): unknown => ({
      ...{ rows, cols, data: new Float64Array(3) },
    });
    assert.equal(differ(A, forged(2, 3)).kind, "shape");
    assert.equal(differ(A, forged(3, 2)).kind, "shape");
    assert.equal(differ(A, forged(3, 2)).pattern, undefined);
    assert.equal(differ(Mat.zeros(2, 2), forged(2, 2)).pattern, undefined);
  });

  it("allows exactly the tolerance", () => {
    const exact: Comparison = { ...how, tolerance: { atol: 0.5, rtol: 0.25, why: "" } };
    assert.equal(compareAnswers(2, 3, exact), undefined, "0.5 + 0.25 · 2 = 1");
    assert.ok(compareAnswers(2, 3.0000001, exact));
    assert.ok(compareAnswers(-2, -3.0000001, exact));
    assert.equal(compareAnswers(-2, -3, exact), undefined);
  });

  it("gives no relative error where 0 is expected, and no error of an infinite number", () => {
    assert.equal(differ(0, 1).relativeError, undefined);
    assert.equal(differ(1, Infinity).absoluteError, undefined);
  });

  it("names what the exercise does not name by its key", () => {
    const difference = differ({ other: A, more: 1 }, { other: A.add(1), more: 1 });
    assert.equal(difference.place, "other, row 1, column 1");
    assert.equal(
      differ({ deep: { dWax: A } }, { deep: { dWax: A.add(1) } }).code,
      "deep.dWax.get(0, 0)",
    );
    assert.equal(differ({ deep: { dWax: A } }, { deep: { dWax: A.add(1) } }).symbol, "deep.dWax");
  });

  it("names a bare answer that the exercise does not name", () => {
    const difference = compareAnswers(A, A.add(1), { ...how, answer: {} });
    assert.equal(difference?.place, "the answer, row 1, column 1");
  });

  it("finds a part's name by its whole path, else its dimensions by its last key", () => {
    const named: Comparison = {
      ...how,
      answer: { ...answer, "deep.dWax": { symbol: "∂L/∂Wax", rows: "unit", columns: "input" } },
    };
    const placeOf = (wrap: (inner: Mat) => unknown): string | undefined =>
      compareAnswers(wrap(A), wrap(A.add(1)), named)?.place;
    for (const [wrap, place] of [
      [(dWax: Mat) => ({ deep: { dWax } }), "∂L/∂Wax, unit 1, input 1"],
      [(dWax: Mat) => ({ more: { deep: { dWax } } }), "more.deep.dWax, unit 1, input 1"],
      [(x: Mat) => ({ dWax: { more: { x } } }), "dWax.more.x, row 1, column 1"],
      [(x: Mat) => ({ dWax: [x] }), "dWax, unit 1, input 1"],
      [(x: Mat) => ({ more: [x] }), "more[0], row 1, column 1"],
    ] as const) {
      assert.equal(placeOf(wrap), place);
    }
    const [deep, deepGot] = [A, A.add(1)].map((dWax) => ({ more: { deep: { dWax } } }));
    assert.equal(differ(deep, deepGot).code, "more.deep.dWax.get(0, 0)");
  });

  it("takes a key for an entry's number only when it is nothing but digits", () => {
    for (const key of ["dW1", "1st"]) {
      const [expected, got] = [{ [key]: A }, { [key]: A.add(1) }];
      assert.equal(differ(expected, got).code, `${key}.get(0, 0)`);
      assert.equal(differ({ x: expected }, { x: got }).code, `x.${key}.get(0, 0)`);
      assert.equal(differ(expected, { [key]: 1 }).place, key);
    }
    assert.equal(differ({ T_x: ["one"] }, { T_x: [1] }).place, "T_x, example 1");
    assert.equal(differ({ T_x: ["one"] }, { T_x: [1] }).code, "T_x[0]");
    assert.equal(differ([A], [1]).code, "f(…)[0]");
    assert.equal(differ([A], [1]).place, "A, unit 1");
    assert.equal(differ([2, 3], [2, "3"]).place, "A, unit 2");
  });

  it("asks for every key where none is the learner's own business", () => {
    const { ignore: _, ...asksAll } = how;
    assert.equal(compareAnswers({ a, cache: 1 }, { a }, asksAll)?.symbol, "cache");
    assert.equal(compareAnswers({ a }, { a }, asksAll), undefined);
  });

  it("calls another number of steps wrong", () => {
    const difference = differ({ a }, { a: a.slice(1, 3) });
    assert.equal(difference.kind, "shape");
    assert.equal(difference.got, "3 time steps");
    assert.equal(difference.pattern, "one step too few");
    assert.equal(difference.expected, "4 time steps");
    assert.equal(difference.total, 24);
    const longer = Sequence.build(5, () => A);
    assert.equal(differ({ a }, { a: longer }).pattern, "one step too many");
    const twoLonger = Sequence.build(6, () => A);
    assert.equal(differ({ a }, { a: twoLonger }).pattern, undefined);
    assert.equal(differ({ a }, { a: a.slice(1, 1) }).got, "1 time step");
  });

  it("asks for each key of the expected answer, and allows more keys", () => {
    const difference = differ({ a, dba: A }, { a });
    assert.equal(difference.kind, "missing");
    assert.equal(difference.symbol, "dba");
    assert.match(difference.advice!, /return dba too/);
    assert.equal(differ({ dba: A }, { dba: undefined }).kind, "missing");
    same({ a }, { a, more: 1 });
  });

  it("compares part by part: each key that counts, right, wrong or missing", () => {
    const expected = { a, dWax: A, dba: Mat.column([1]), cache: 1 };
    const got = { a, dWax: A.add(1), more: 1 };
    assert.deepEqual(
      compareParts(expected, got, how).map(({ key, symbol, difference }) => [
        ...[key, symbol, difference?.kind, difference?.place],
      ]),
      [
        ["a", "a", undefined, undefined],
        ["dWax", "dWax", "value", "dWax, unit 1, input 1"],
        ["dba", "dba", "missing", "dba"],
      ],
    );
  });

  it("compares a bare answer, and what is no record, as one part", () => {
    assert.deepEqual(compareParts(A, A, how), [{ key: "", symbol: "A" }]);
    const [whole, ...others] = compareParts({ a }, A, how);
    assert.deepEqual([whole?.key, whole?.difference?.kind, others.length], ["", "type", 0]);
    assert.equal(compareParts(A, { a }, how)[0]?.difference?.kind, "type");
  });

  it("writes 0 for -0: to a comparison they are the same", () => {
    const { got, expected } = differ(-0, 1);
    assert.deepEqual([got, expected], ["1", "0"]);
    assert.equal(differ(1, -0).got, "0");
  });

  it("leaves the ignored keys to the learner", () => {
    same({ a, cache: { x: 1 } }, { a });
    same({ a, cache: { x: 1 } }, { a, cache: () => 2 });
  });

  it("says how to wrap nested arrays, lists of steps, typed arrays and mathjs matrices", () => {
    const advice = (expected: unknown, got: unknown): string | undefined => {
      const difference = differ(expected, got);
      assert.equal(difference.kind, "type");
      return difference.advice;
    };
    assert.equal(advice({ dWax: A }, { dWax: A.toArray() }), "wrap it: Mat.from(dWax)");
    assert.match(advice({ dba: Mat.column([1]) }, { dba: [1] })!, /Mat\.column\(dba\)/);
    assert.equal(advice({ a }, { a: Array.from(a) }), "wrap it: Sequence.of(a)");
    assert.match(advice({ a }, { a: a.toArray() })!, /Sequence\.of\(a\.map/);
    assert.match(advice({ a }, { a: [A, [1]] })!, /Sequence\.of\(a\.map/);
    assert.equal(advice(A, new Float64Array(6)), "wrap it: new Mat(2, 3, answer)");
    assert.equal(
      advice(A, new Foreign("a Float64Array of 6 numbers")),
      "wrap it: new Mat(2, 3, answer)",
    );
    assert.match(advice(A, new Foreign("an object of the class DenseMatrix"))!, /Mat\.from/);
    assert.match(advice(1, Mat.column([1]))!, /\.get\(0, 0\)/);
    assert.match(advice(A, undefined)!, /return may be missing/);
    assert.match(advice(A, new Foreign("a promise"))!, /must not be async/);
  });

  it("compares texts, truth values and null exactly", () => {
    same(["one-to-many", true, null], ["one-to-many", true, null]);
    assert.equal(differ("one-to-many", "many-to-one").got, '"many-to-one"');
    assert.equal(differ(true, false).kind, "value");
    assert.equal(differ(true, 1).kind, "type");
    assert.equal(differ(null, undefined).kind, "type");
    assert.equal(differ([1, "x"], [1, "y"]).code, "f(…)[1]");
    assert.equal(differ([1, 2], [1, "2"]).kind, "type");
    assert.equal(differ(["x"], []).got, "0 entries");
    assert.equal(differ([], ["x"]).got, "1 entry");
  });

  it("wants an error where the reference refuses the inputs, whatever its words", () => {
    const refused = { kind: "threw", name: "OutOfRangeError", message: "no" } as const;
    const other = { kind: "threw", name: "Error", message: "another word" } as const;
    assert.equal(compareOutcomes(refused, other, how), undefined);
    const difference = compareOutcomes(refused, { kind: "answer", value: 3 }, how);
    assert.equal(difference?.kind, "should-throw");
    assert.equal(difference?.got, "the number 3");
    assert.equal(difference?.expected, "an error (no)");
    const thrown = compareOutcomes({ kind: "answer", value: 3 }, other, how);
    assert.equal(thrown?.kind, "type");
    assert.equal(thrown?.got, "Error: another word");
    assert.equal(thrown?.expected, "the number 3");
  });

  it("shows a small matrix around the difference, the wrong entries marked", () => {
    const { excerpt } = differ({ dWax: A }, { dWax: A.map((v, i, j) => (i + j === 3 ? 0 : v)) });
    assert.deepEqual(excerpt?.wrong, [
      [false, false, false],
      [false, false, true],
    ]);
    assert.equal(excerpt?.got[1]?.[2], "0");
    const near = differ(
      { dWax: A },
      { dWax: A.map((v, i, j) => (i + j === 0 ? v + 4e-5 : -v * 0)) },
    );
    assert.notEqual(near.excerpt?.got[0]?.[0], near.excerpt?.expected[0]?.[0]);
    assert.equal(near.excerpt?.got[0]?.[1], "0");
    const large = Mat.filled(9, 2, 1);
    assert.equal(differ(large, large.add(1)).excerpt, undefined);
  });

  it("reads from an exercise how its answers are compared", () => {
    const exercise = { id: "oneHot", tolerance: how.tolerance, answer } as unknown as Exercise;
    const { tolerance } = how;
    assert.deepEqual(comparisonOf(exercise), { tolerance, answer, ignore: [], root: "oneHot(…)" });
    assert.deepEqual(comparisonOf(exercise, { m: 2 }).size, { m: 2 });
    assert.equal("size" in comparisonOf(exercise), false);
    assert.equal(compareAnswers({ a: 1 }, { a: 1 }, comparisonOf(exercise)), undefined);
  });

  it("calls an answer in place of an error, and an error in place of an answer, by their words", () => {
    const refused = { kind: "threw", name: "RangeError", message: "no" } as const;
    const three = { kind: "answer", value: 3 } as const;
    const where = { symbol: "A", place: "A", code: "f(…)", wrong: 1, total: 1 };
    assert.deepEqual(compareOutcomes(refused, three, how), {
      ...where,
      kind: "should-throw",
      got: "the number 3",
      expected: "an error (no)",
    });
    assert.deepEqual(compareOutcomes(three, refused, how), {
      ...where,
      kind: "type",
      got: "RangeError: no",
      expected: "the number 3",
    });
  });

  it("leaves out what it has nothing to say about", () => {
    const lone = differ(1, 3);
    for (const key of ["pattern", "excerpt", "advice"]) assert.equal(key in lone, false, key);
    assert.equal("advice" in differ(1, "1"), false);
    assert.equal("pattern" in differ({ a }, { a: Sequence.zeros(9, 2, 3) }), false);
  });

  it("takes a NaN for the same as a NaN only when told to", () => {
    const lenient: Comparison = { ...how, isNonFiniteSame: true };
    assert.equal(compareAnswers(NaN, NaN, lenient), undefined);
    assert.ok(compareAnswers(1, NaN, lenient));
    assert.ok(compareAnswers(NaN, 1, lenient));
  });

  it("says how large a wrong shape should be, at each step of a sequence", () => {
    assert.equal(differ({ dWax: A }, { dWax: Mat.zeros(2, 2) }).total, 6);
    const narrow = differ({ a }, { a: Sequence.zeros(4, 3, 4) });
    assert.equal(narrow.expected, "(2, 3) at each step");
    assert.equal(narrow.total, 24);
    assert.equal(narrow.pattern, undefined);
    assert.equal(differ({ a }, { a: Sequence.zeros(4, 2, 2) }).got, "(2, 2)");
    const turnedButOne = A.T.map((value, i, j) => (i + j === 0 ? value + 1 : value));
    assert.equal(differ({ dWax: A }, { dWax: turnedButOne }).pattern, undefined);
    assert.equal(differ({ T_x: [1, 2] }, { T_x: [1] }).total, 2);
    assert.equal(differ({ T_x: [1, 2] }, { T_x: 1 }).kind, "type");
  });

  it("tells a key that is undefined from one that is not there", () => {
    const empty = differ({ dba: A }, { dba: undefined });
    assert.equal(empty.got, "dba is undefined");
    assert.equal(empty.advice, "give dba a value");
    assert.equal(empty.expected, "a Mat (2, 3)");
    assert.equal(differ({ dba: A }, {}).got, "an empty object {}");
  });

  it("ignores keys of the answer itself, not of what lies in it", () => {
    assert.equal(differ({ p: { cache: 1 } }, { p: { cache: 2 } }).code, "p.cache");
  });

  it("writes places in lists as an index in code and a number in words", () => {
    const list = Array.from({ length: 11 }, (_, n) => `x${n}`);
    const wrong = differ({ T_x: list }, { T_x: list.with(10, "z") });
    assert.equal(wrong.code, "T_x[10]");
    assert.equal(wrong.place, "T_x, example 11");
    const bare = differ(list, list.with(10, "z"));
    assert.equal(bare.code, "f(…)[10]");
    assert.equal(differ([["x"], ["y"]], [["x"], ["z"]]).code, "f(…)[1][0]");
    const named = { x1: { b2c: "x" } };
    assert.equal(differ(named, { x1: { b2c: "y" } }).code, "x1.b2c");
    assert.equal(differ({ "1x": "a" }, { "1x": "b" }).code, "1x");
    const nameless: Comparison = {
      ...how,
      answer: { list: { symbol: "L", rows: "", columns: "" } },
    };
    assert.equal(compareAnswers({ list: ["x"] }, { list: ["y"] }, nameless)?.place, "L, entry 1");
    assert.equal(compareAnswers("x", "y", nameless)?.place, "the answer");
    assert.equal(compareAnswers({ k: "x" }, { k: "y" }, nameless)?.place, "k");
  });

  it("says of a value that is no text what it is", () => {
    assert.equal(differ(true, false).got, "false");
    assert.equal(differ("x", "y").expected, '"x"');
    assert.equal(differ(null, {}).kind, "type");
    assert.equal(differ("x", new Foreign("a promise")).kind, "type");
  });

  it("says how to make an array, and gives no advice that does not fit", () => {
    const advice = (expected: unknown, got: unknown): string | undefined =>
      differ(expected, got).advice;
    assert.equal(
      advice({ T_x: [1, 2] }, { T_x: Mat.column([1, 2]) }),
      "make an array of it: Array.from(T_x.data)",
    );
    assert.equal(
      advice({ T_x: [1, 2] }, { T_x: new Foreign("a Float64Array of 2 numbers") }),
      "make an array of it: Array.from(T_x)",
    );
    assert.equal(advice({ T_x: [1, 2] }, { T_x: "12" }), undefined);
    assert.equal(advice(A, new Foreign("an object of the class Map")), undefined);
    assert.equal(advice(1, Mat.column([1, 2])), undefined);
    assert.equal(advice(1, "1"), undefined);
    assert.equal(advice("x", Mat.column([1])), undefined);
    assert.equal(advice({ a }, { a: A }), undefined);
    assert.equal(advice(A, [1, [2]]), "wrap it: Mat.from(answer)");
  });

  it("draws tables from two numbers up to eight rows and columns", () => {
    const excerptOf = (rows: number, cols: number): unknown => {
      const M = Mat.filled(rows, cols, 1);
      return differ(M, M.add(1)).excerpt;
    };
    for (const [rows, cols] of [
      [1, 2],
      [2, 1],
      [8, 8],
    ] as const) {
      assert.notEqual(excerptOf(rows, cols), undefined, `${rows}, ${cols}`);
    }
    for (const [rows, cols] of [
      [1, 1],
      [9, 1],
      [1, 9],
    ] as const) {
      assert.equal(excerptOf(rows, cols), undefined, `${rows}, ${cols}`);
    }
  });

  describe("its laws", () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
      .chain(([rows, cols]) =>
        fc
          .array(finite, { minLength: rows * cols, maxLength: rows * cols })
          .map((data) => new Mat(rows, cols, data)),
      );

    it("each matrix equals itself", () => {
      fc.assert(
        fc.property(
          matrix,
          (M) => compareAnswers(M, new Mat(M.rows, M.cols, M.data), how) === undefined,
        ),
      );
    });

    it("one wrong entry anywhere is found, alone, at its place", () => {
      fc.assert(
        fc.property(matrix, fc.nat(), (M, pick) => {
          const n = pick % M.data.length;
          const data = Array.from(M.data);
          data[n] = data[n]! > 0 ? -1 - data[n]! : 1 - 2 * data[n]!;
          const difference = differ(M, new Mat(M.rows, M.cols, data));
          assert.equal(difference.wrong, 1);
          assert.equal(difference.code, `f(…).get(${Math.floor(n / M.cols)}, ${n % M.cols})`);
        }),
      );
    });

    it("never throws, whatever comes for an answer", () => {
      fc.assert(
        fc.property(fc.anything(), (got) => {
          compareAnswers({ a, dWax: A, T_x: [1, 2] }, got, how);
          compareAnswers({ dWax: A }, { dWax: got }, how);
          compareAnswers([A, "x"], [got, got], how);
        }),
      );
    });
  });
});
