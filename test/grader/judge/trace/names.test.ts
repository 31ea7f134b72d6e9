import assert from "node:assert/strict";
import type { Argument } from "../../../../exercises/exercise.js";
import {
  type Alike,
  carriedName,
  isBackward,
  type Named,
  namedValues,
  nameOf,
  placeOf,
} from "../../../../grader/judge/trace/names.js";
import type { Recording, StepCall } from "../../../../grader/judge/trace/recording.js";
import { isMat, Mat, Sequence } from "../../../../src/index.js";
import { leakySumExercise } from "../../fixtures.js";

/** A matrix (1, 1) that is like no other one. */
const one = (value: number): Mat => Mat.from([[value]]);

/** Matrices of the same numbers are alike, and so are records of them. */
const alike: Alike = (expected, got) =>
  isMat(expected) || isMat(got)
    ? isMat(expected) && isMat(got) && JSON.stringify(expected) === JSON.stringify(got)
    : expected === got;

/** The names of all values, with the number of each that is a matrix (1, 1). */
function names(
  argumentNames: readonly string[],
  args: readonly Argument[],
  step: string,
  calls: readonly StepCall[] = [],
): readonly unknown[] {
  const right = { step, calls, count: calls.length };
  const exercise = { ...leakySumExercise, argumentNames };
  return namedValues(exercise, args, right, alike).map(({ name, value }) =>
    isMat(value) && value.data.length === 1 ? `${name} = ${value.data[0]}` : name,
  );
}

describe("the names of what a function is given", () => {
  it("are x⟨t⟩ for the steps of a sequence, a⟨0⟩ for a_0, and no others have an index", () => {
    const x = Sequence.of([one(1), one(2)]);
    assert.deepEqual(
      names(
        ["x", "a_0", "W_12", "da_next", "a_0b"],
        [x, 3, 4, 5, 6].map((n) => (typeof n === "number" ? one(n) : n)),
        "waveCell",
      ),
      ["x⟨1⟩ = 1", "x⟨2⟩ = 2", "a⟨0⟩ = 3", "W⟨12⟩ = 4", "da_next = 5", "a_0b = 6"],
    );
  });

  it("are one for a record of matrices, and a key's each for a record of records", () => {
    const [encoder, decoder] = [{ W: one(1), n: 2 }, { W: one(2) }];
    assert.deepEqual(names(["parameters"], [encoder], "waveCell"), ["parameters"]);
    assert.deepEqual(names(["parameters"], [{ encoder, decoder }], "waveCell"), [
      "parameters.encoder",
      "parameters.decoder",
    ]);
  });

  it("are the keys alone where an argument is taken apart, or has no name", () => {
    const options = { a_0: one(1), parameters: { W: one(2) } };
    for (const argumentNames of [[""], []]) {
      assert.deepEqual(names(argumentNames, [options], "waveCell"), ["a⟨0⟩ = 1", "parameters"]);
    }
  });

  it("count a list's caches from t = 1", () => {
    const caches = [{ x_t: one(1) }, { x_t: one(2) }];
    assert.deepEqual(names(["caches"], [caches], "waveCellBackward"), [
      "the cache of t = 1",
      "the cache of t = 2",
    ]);
  });

  it("are none for a mask, and none for what is no matrix", () => {
    const mask = Sequence.of([one(1)]);
    assert.deepEqual(
      names(["mask", "T_y", "cell", "none"], [mask, 3, "text", null], "waveCell"),
      [],
    );
  });
});

describe("the names of what a cell gave", () => {
  const parameters = { W: one(100) };

  /** A call of a cell that was given this state, and gave these. */
  function call(a_prev: number, a_next: number, yhat_t: number, of = parameters): StepCall {
    const result = { a_next: one(a_next), yhat_t: one(yhat_t) };
    return { args: [one(0), one(a_prev), of], result };
  }

  it("are the states and the predictions, step by step", () => {
    assert.deepEqual(
      names(["parameters"], [parameters], "waveCell", [call(1, 2, 20), call(2, 3, 30)]),
      ["parameters", "a⟨1⟩ = 2", "ŷ⟨1⟩ = 20", "a⟨2⟩ = 3", "ŷ⟨2⟩ = 30"],
    );
  });

  it("are two where the state that was handed on is not the one that the cell gave", () => {
    assert.deepEqual(
      names(["parameters"], [parameters], "waveCell", [call(1, 2, 20), call(5, 3, 30)]).slice(1),
      [
        "a⟨1⟩ = 5",
        "ŷ⟨1⟩ = 20",
        "a⟨2⟩ = 3",
        "ŷ⟨2⟩ = 30",
        "a_next of call 1 as the cell gave it = 2",
      ],
    );
  });

  it("include a memory where the cell has one", () => {
    const memory = (c_prev: number, a_next: number, c_next: number): StepCall => ({
      args: [one(0), one(1), one(c_prev), parameters],
      result: { a_next: one(a_next), c_next: one(c_next), yhat_t: one(9) },
    });
    const calls = [memory(4, 1, 5), memory(6, 2, 7)];
    assert.deepEqual(names(["parameters"], [parameters], "waveMemoryCell", calls).slice(1), [
      "a⟨1⟩ = 1",
      "c⟨1⟩ = 6",
      "ŷ⟨1⟩ = 9",
      "a⟨2⟩ = 2",
      "c⟨2⟩ = 7",
      "ŷ⟨2⟩ = 9",
    ]);
  });

  it("of a second network begin again with s⟨1⟩, and the first one's predictions say whose they are", () => {
    const [encoder, decoder] = [{ W: one(100) }, { W: one(200) }];
    const calls = [
      call(1, 2, 20, encoder),
      call(2, 3, 30, encoder),
      call(3, 4, 40, decoder),
      call(4, 5, 50, decoder),
    ];
    assert.deepEqual(names(["parameters"], [{ encoder, decoder }], "waveCell", calls).slice(2), [
      "a⟨1⟩ = 2",
      "encoder's ŷ⟨1⟩ = 20",
      "a⟨2⟩ = 3",
      "encoder's ŷ⟨2⟩ = 30",
      "s⟨1⟩ = 4",
      "ŷ⟨1⟩ = 40",
      "s⟨2⟩ = 5",
      "ŷ⟨2⟩ = 50",
    ]);
  });

  it("are none where the cell was never to be called, or has no state", () => {
    assert.deepEqual(names(["parameters"], [parameters], "waveCell"), ["parameters"]);
    const loss = { args: [parameters], result: { a_next: one(1) } };
    assert.deepEqual(names(["parameters"], [parameters], "waveLoss", [loss]), ["parameters"]);
  });
});

describe("the names of what a step back gave", () => {
  it("say which step carried it back: the first call is the last step", () => {
    const back = (da_prev: number): StepCall => ({ args: [], result: { da_prev: one(da_prev) } });
    assert.deepEqual(names([], [], "waveCellBackward", [back(1), back(2)]), [
      "what t = 2 carried back = 1",
      "what t = 1 carried back = 2",
    ]);
  });

  it("tell the state's from the memory's, and pass over a call that gave none", () => {
    const both = { da_prev: one(1), dc_prev: one(2) };
    const calls = [
      { args: [], result: both },
      { args: [], result: {} },
    ];
    assert.deepEqual(names([], [], "waveMemoryCellBackward", calls), [
      "what t = 2 carried back to the state = 1",
      "what t = 2 carried back to the memory = 2",
    ]);
  });

  it("belong to cells that take a cache", () => {
    const recording = (step: string): Recording => ({ step, calls: [], count: 0 });
    assert.ok(isBackward(recording("waveCellBackward")));
    assert.ok(!isBackward(recording("waveCell")));
    assert.equal(placeOf("waveMemoryCellBackward", "dc_next"), 1);
    assert.equal(placeOf("waveCellBackward", "dc_next"), -1);
    assert.equal(
      carriedName(recording("waveCellBackward"), 3, "da_prev"),
      "what t = 3 carried back",
    );
  });
});

describe("what a value is called", () => {
  const a: Named = { name: "a", value: Mat.from([[1, 2]]) };
  const b: Named = { name: "b", value: Mat.from([[0, 5]]) };
  const of = (value: unknown, ...known: readonly Named[]): string => nameOf(value, known, alike);

  it("is the first name that it has", () => {
    assert.equal(of(Mat.from([[1, 2]]), b, a, { ...a, name: "later" }), "a");
    assert.equal(of(7, { name: "T_y", value: 7 }), "T_y");
  });

  it("is what kind of value it is where that is no matrix", () => {
    assert.equal(of(undefined, a), "nothing (undefined)");
    assert.equal(of("text", a), 'the text "text"');
  });

  it("is zeros, or NaN", () => {
    assert.equal(of(Mat.from([[0, 0]]), a), "zeros");
    assert.equal(of(Mat.from([[0, NaN]]), a), "NaN");
    assert.equal(of(Mat.from([[NaN, NaN]])), "NaN");
  });

  it("is a known value's multiple, to four digits", () => {
    assert.equal(of(Mat.from([[-1, -2]]), a), "−a");
    assert.equal(of(Mat.from([[-2, -4]]), a), "−2 · a");
    assert.equal(of(Mat.from([[0.123456, 0.246912]]), a), "0.1235 · a");
    assert.equal(of(Mat.from([[0, 10]]), a, b), "2 · b");
    assert.equal(of(Mat.from([[1e-9, 2e-9]]), a), "1e−9 · a");
    assert.equal(of(Mat.from([[-1e-9, -2e-9]]), a), "−1e−9 · a");
  });

  it("is no multiple of zeros, nor an infinite one", () => {
    const zeros: Named = { name: "zeros", value: Mat.from([[0, 0]]) };
    assert.equal(of(Mat.from([[3, 1]]), zeros), "another matrix (1, 2)");
    const tiny: Named = { name: "tiny", value: Mat.from([[1e-300, 1e-300]]) };
    assert.equal(of(Mat.from([[Infinity, Infinity]]), { ...tiny }), "another matrix (1, 2)");
    assert.equal(of(Mat.from([[0, 5]]), tiny), "another matrix (1, 2)");
  });

  it("is the sum of two known values of its shape", () => {
    assert.equal(of(Mat.from([[1, 7]]), b, a), "b + a");
    const column: Named = { name: "column", value: Mat.from([[1], [1]]) };
    const square: Named = {
      name: "square",
      value: Mat.from([
        [1, 2],
        [3, 5],
      ]),
    };
    const row: Named = { name: "row", value: Mat.from([[1, 1]]) };
    const wide: Named = { name: "wide", value: Mat.from([[1, 1, 1]]) };
    const raised = Mat.from([
      [2, 3],
      [4, 6],
    ]);
    for (const broadcast of [column, row, wide]) {
      assert.equal(of(raised, broadcast, square), "another matrix (2, 2)");
    }
  });

  it("is no sum of two where too many are known to try them all", () => {
    const many = (count: number): readonly Named[] =>
      Array.from({ length: count }, (_, n) => ({ name: `v${n}`, value: Mat.from([[1, 4 ** n]]) }));
    assert.equal(of(Mat.from([[2, 5]]), ...many(200)), "v0 + v1");
    assert.equal(of(Mat.from([[2, 5]]), ...many(201)), "another matrix (1, 2)");
  });

  it("is a known value's transpose", () => {
    assert.equal(of(Mat.from([[1], [2]]), { name: "n", value: 3 }, a), "a transposed");
    assert.equal(of(Mat.from([[1], [3]]), { name: "n", value: 3 }, a), "another matrix (2, 1)");
  });
});
