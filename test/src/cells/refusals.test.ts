/** What the cells refuse, in words that name the function, the argument, and what was expected. */
import assert from "node:assert/strict";
import {
  gruCellBackward,
  gruCellForward,
  initializeGru,
  initializeLstm,
  initializeRnn,
  lstmCellBackward,
  lstmCellForward,
  Mat,
  OutOfRangeError,
  rnnCellBackward,
  rnnCellForward,
  rnnCellForwardStacked,
  seededRandom,
  ShapeError,
} from "unrolled";
import { initializers, requireCell } from "../../../src/cells/cellByName.js";

/** A call with any arguments, as from JavaScript. */
type AnyCall = (...values: readonly unknown[]) => unknown;

const random = seededRandom(1);
const x_t = Mat.zeros(2, 4);
const state = Mat.zeros(3, 4);
const notAnObject = 7;

function refuses(name: string, call: AnyCall, values: readonly unknown[], why: string): void {
  assert.throws(
    () => call(...values),
    (error) => error instanceof OutOfRangeError && error.message === `${name}: ${why}`,
  );
}

const cells = [
  { name: "rnn", forward: rnnCellForward, backward: rnnCellBackward, initialize: initializeRnn },
  { name: "gru", forward: gruCellForward, backward: gruCellBackward, initialize: initializeGru },
  {
    name: "lstm",
    forward: lstmCellForward,
    backward: lstmCellBackward,
    initialize: initializeLstm,
  },
] as const;

describe("a cell refuses in words", () => {
  for (const { name, forward, backward, initialize } of cells) {
    const states = name === "lstm" ? [state, state] : [state];
    const title = `${name[0]!.toUpperCase()}${name.slice(1)}`;

    it(`${name}: parameters, a cache and a cache's parameters that are no objects`, () => {
      refuses(
        `${name}CellForward`,
        forward as AnyCall,
        [x_t, ...states, notAnObject],
        "expected an object for parameters, got 7",
      );
      refuses(
        `${name}CellBackward`,
        backward as AnyCall,
        [...states, notAnObject],
        "expected an object for cache, got 7",
      );
      refuses(
        `${name}CellBackward`,
        backward as AnyCall,
        [...states, { parameters: notAnObject }],
        "expected an object for cache.parameters, got 7",
      );
    });

    it(`${name}: a cache in which any one matrix does not fit, where a column would stand for all examples`, () => {
      const parameters = initialize({ n_x: 2, n_a: 3, n_y: 2 }, random);
      const { cache } = (forward as AnyCall)(x_t, ...states, parameters) as {
        readonly cache: Readonly<Record<string, unknown>>;
      };
      const matrices = Object.keys(cache).filter((part) => part !== "parameters");
      assert.ok(matrices.length >= 3);
      for (const part of matrices) {
        const narrow = { ...cache, [part]: (cache[part] as Mat).column(0) };
        assert.throws(() => (backward as AnyCall)(...states, narrow), ShapeError, part);
      }
      const wide = initialize({ n_x: 4, n_a: 3, n_y: 2 }, random);
      assert.throws(
        () => (backward as AnyCall)(...states, { ...cache, parameters: wide }),
        ShapeError,
      );
    });

    it(`${name}: the cache of a step with a mask, and says which way goes back`, () => {
      const parameters = initialize({ n_x: 2, n_a: 3, n_y: 1 }, random);
      const step = (forward as AnyCall)(x_t, ...states, parameters) as { cache: object };
      const cache = { ...step.cache, mask_t: Mat.zeros(1, 4) };
      refuses(
        `${name}CellBackward`,
        backward as AnyCall,
        [...states, cache],
        "expected a whole step, got the cache of a step with a mask, at which padded examples were " +
          `skipped; go back with ${name}Backward or with maskedStepBackward`,
      );
    });

    it(`${name}: sizes that are none`, () => {
      const refused = (sizes: unknown, why: string): void =>
        refuses(`initialize${title}`, initialize as AnyCall, [sizes, random], why);
      refused(5, "expected an object for sizes, got 5");
      refused({ n_x: 0, n_a: 3, n_y: 1 }, "expected a whole number of at least 1 for n_x, got 0");
      refused({ n_x: 2, n_a: 0, n_y: 1 }, "expected a whole number of at least 1 for n_a, got 0");
      refused(
        { n_x: 2, n_a: 3, n_y: 1.5 },
        "expected a whole number of at least 0 for n_y, got 1.5",
      );
    });
  }

  it("lstm: a forget bias that is no number", () => {
    refuses(
      "initializeLstm",
      initializeLstm as AnyCall,
      [{ n_x: 2, n_a: 3, n_y: 1 }, random, { forgetBias: "1" }],
      'expected a finite number for forgetBias, got "1"',
    );
  });

  it("rnn in the stacked form: parameters that are no object", () => {
    refuses(
      "rnnCellForwardStacked",
      rnnCellForwardStacked as AnyCall,
      [x_t, state, notAnObject],
      "expected an object for parameters, got 7",
    );
  });

  it("a name that no cell has, and takes those that one has", () => {
    const known = 'expected a cell, one of "rnn", "gru", "lstm", got ';
    for (const [value, shown] of [
      ["tanh", '"tanh"'],
      ["toString", '"toString"'],
      [5, "number"],
      [["rnn"], "object"],
    ])
      refuses("f", requireCell as AnyCall, ["f", value], known + String(shown));
    for (const name of ["rnn", "gru", "lstm"]) requireCell("f", name);
    assert.deepEqual(Object.values(initializers), [initializeRnn, initializeGru, initializeLstm]);
  });
});
