import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { loadTensorFlow } from "../../src/tensorflow.js";
import { requireOrSkip } from "../requirements.js";

const addon = join(
  ...[import.meta.dirname, "..", "..", "..", "node_modules", "@tensorflow", "tfjs-node"],
  ...["lib", "napi-v8", "tfjs_binding.node"],
);

describe("TensorFlow", function () {
  this.timeout(60_000);

  it("computes and differentiates, whatever its backend is", async () => {
    const { tf, backend } = await loadTensorFlow();
    assert.equal(tf.getBackend(), backend);
    // d/dW of the sum of tanh(W x) is (1 - tanh²) xᵀ
    const x = tf.tensor2d([0.5, -1], [2, 1]);
    const W = tf.tensor2d([0.1, 0.2, -0.3, 0.4], [2, 2]);
    const dW = tf.grad((w) => tf.tanh(tf.matMul(w as typeof W, x)).sum())(W);
    const slope = (z: number): number => 1 - Math.tanh(z) ** 2;
    const expected = [-0.15, -0.55].flatMap((z) => [slope(z) * 0.5, slope(z) * -1]);
    const got = [...dW.dataSync()];
    for (const [i, value] of expected.entries()) assert.ok(Math.abs(got[i]! - value) < 1e-6);
  });

  it("uses tfjs-node's native part, and trains a layer with it", async function () {
    requireOrSkip(this, "tfjs-node's native part", existsSync(addon), "npm run setup:native");
    const { tf, backend } = await loadTensorFlow();
    assert.equal(backend, "tensorflow");
    const model = tf.sequential({
      layers: [
        tf.layers.simpleRNN({
          units: 4,
          inputShape: [3, 2],
          kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
          recurrentInitializer: tf.initializers.glorotUniform({ seed: 2 }),
        }),
        tf.layers.dense({
          units: 1,
          kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }),
        }),
      ],
    });
    model.compile({ optimizer: tf.train.adam(0.02), loss: "meanSquaredError" });
    const x = tf.randomNormal([32, 3, 2], 0, 1, "float32", 4);
    const y = x.sum([1, 2]).reshape([32, 1]).tanh();
    const { history } = await model.fit(x, y, { epochs: 30, verbose: 0, shuffle: false });
    const losses = history["loss"] as number[];
    assert.ok(losses.at(-1)! < losses[0]! / 2, `the loss falls: ${losses[0]} to ${losses.at(-1)}`);
  });
});
