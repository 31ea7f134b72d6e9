/** tanh and σ of the engine at float32 numbers of every size, and what saturated units learn. */
import assert from "node:assert/strict";
import { gruLossAndGradients, Mat, rnnLossAndGradients, Sequence } from "unrolled";
import { type Engine, gruLossAndGradients as fastGru } from "unrolled/engine";
import { partsOf } from "../../../src/engine/engine.js";
import { activationErrors } from "./activationErrors.js";
import { openOrSkip } from "./paths.js";

/** A prime, so that mantissas of all kinds come up: some 8,000 numbers of each exponent. */
const stride = 1009;

for (const path of ["js", "wasm", "blas"] as const) {
  describe(`activations on the path ${path}`, function () {
    this.timeout(60_000);
    let engine: Engine;
    before(function () {
      engine = openOrSkip(this, path, 1);
    });
    after(() => engine?.close());

    for (const name of ["tanh", "sigmoid"] as const) {
      it(`${name} is right to 2 units in the last place, never falls and stays in its bounds, from −3.4e38 to 3.4e38`, () => {
        for (const sign of [1, -1] as const) {
          const { worst, at, falls, outside } = activationErrors(engine, name, sign, stride);
          assert.ok(worst <= 2, `${worst} units at ${at}`);
          assert.deepEqual({ falls, outside }, { falls: 0, outside: 0 });
        }
      });
    }

    it("tanh(−x) = −tanh x and σ(−x) = 1 − σ(x), ∞ has its limits, and NaN stays", () => {
      const count = 4096;
      const { memory, operations } = partsOf(engine);
      const block = memory.allocate(9 * count * 4);
      const place = (k: number): number => block.start + k * count * 4;
      const run = (name: "tanh" | "sigmoid", xs: readonly number[]): Float32Array => {
        block.floats(place(0), 9 * count).fill(0);
        block.floats(place(0), count).set(xs);
        const { length } = xs;
        if (name === "tanh") operations.rnnForward(place(0), place(3), place(1), length, length, 1);
        else operations.gruGates(place(0), place(3), place(5), length, place(6), length, length, 1);
        return block.floats(place(name === "tanh" ? 1 : 0), length).slice();
      };
      const xs = Array.from({ length: 2000 }, (_, n) => 1.03 ** (n - 1500) / 3);
      const opposite = xs.map((x) => -x);
      assert.deepEqual(
        run("tanh", opposite),
        run("tanh", xs).map((value) => -value),
      );
      const [low, high] = [run("sigmoid", opposite), run("sigmoid", xs)];
      if (path !== "js")
        assert.deepEqual(
          high,
          low.map((value) => 1 - value),
        );
      else high.forEach((value, n) => assert.ok(Math.abs(value - (1 - low[n]!)) <= 2 ** -24));
      assert.deepEqual([...run("tanh", [Infinity, -Infinity, NaN])], [1, -1, NaN]);
      assert.deepEqual([...run("sigmoid", [Infinity, -Infinity, NaN])], [1, 0, NaN]);
      block.free();
    });

    it("a saturated unit has no gradient, and a hundred steps of Adam leave its weight as it is", () => {
      const network = engine.network({ cell: "rnn", n_x: 1, n_a: 1, n_y: 2, m: 1, T_x: 1 });
      const one = (value: number): Mat => Mat.from([[value]]);
      const parameters = {
        Wax: one(1),
        Waa: one(0),
        ba: one(0),
        Wya: Mat.from([[1], [-1]]),
        by: Mat.zeros(2, 1),
      };
      network.setParameters(parameters);
      network.setInputs(new Float32Array([100]));
      network.setTargets(new Int32Array([1]));
      for (let step = 0; step < 100; step++) {
        network.lossAndGradients();
        assert.equal(network.gradients()["dWax"]!.get(0, 0), 0);
        network.adamStep();
      }
      assert.equal(network.parameters()["Wax"]!.get(0, 0), 1);
      const x = Sequence.of([one(100)]);
      const { gradients } = rnnLossAndGradients(
        x,
        Sequence.of([Mat.from([[0], [1]])]),
        one(0),
        parameters,
      );
      assert.ok(Math.abs(gradients.dWax.get(0, 0)) < 1e-80);
      network.close();
    });
  });
}

describe("gates that are all but closed", () => {
  it("the GRU's gradients are the readable function's with bu of −8, −20 and −30", () => {
    const random = (rows: number, cols: number): Mat =>
      Mat.build(rows, cols, (i, j) => Math.sin(7 * i + 3 * j + rows));
    const [x, y] = [Sequence.build(4, () => random(2, 3)), Sequence.build(4, () => halves(3))];
    for (const bu of [-30, -20, -8]) {
      const parameters = {
        Wu: random(2, 4),
        Wr: random(2, 4),
        Wc: random(2, 4),
        bu: Mat.filled(2, 1, bu),
        br: random(2, 1),
        bc: random(2, 1),
        Wya: random(2, 2),
        by: random(2, 1),
      };
      const wanted = gruLossAndGradients(x, y, random(2, 3), parameters).gradients;
      const got = fastGru(x, y, random(2, 3), parameters).gradients;
      for (const [name, gradient] of Object.entries<Mat>({ ...wanted })) {
        const error = (got as unknown as Record<string, Mat>)[name]!.sub(gradient).norm();
        const relative = error / gradient.norm();
        assert.ok(relative <= 1e-4, `${name} differs by ${relative} with bu = ${bu}`);
      }
    }
  });
});

/** Labels that are half of each class. */
function halves(m: number): Mat<"n_y", "m"> {
  return Mat.filled(2, m, 0.5);
}
