import assert from "node:assert/strict";
import {
  clipByValue,
  initializeRnn,
  Mat,
  oneHot,
  optimizeStep,
  OutOfRangeError,
  rnnLossAndGradients,
  seededRandom,
  Sequence,
  sgd,
  ShapeError,
} from "unrolled";

describe("optimizeStep", () => {
  const parameters = initializeRnn({ n_x: 3, n_a: 4, n_y: 3 }, seededRandom(1), 2);
  const x = Sequence.build<"n_x", "m">(5, (t) => oneHot([t % 3, 1], 3));
  const y = Sequence.build<"n_y", "m">(5, (t) => oneHot([(t + 1) % 3, 0], 3) as Mat);
  const lossAndGradients = (at: typeof parameters): ReturnType<typeof rnnLossAndGradients> =>
    rnnLossAndGradients(x, y, Mat.zeros(4, 2), at);

  it("is the gradient at the parameters that came in, clipped by value, and one step of descent", () => {
    const { total, gradients } = lossAndGradients(parameters);
    const largest = Math.max(...Object.values(gradients).flatMap((dW: Mat) => Array.from(dW.data)));
    const step = optimizeStep(parameters, lossAndGradients, 0.1, largest / 2);
    const clipped = clipByValue(gradients, largest / 2);
    assert.equal(step.loss, total);
    assert.deepEqual(step.gradients, clipped);
    assert.notDeepEqual(step.gradients, gradients);
    assert.deepEqual(step.parameters, sgd(parameters, clipped, 0.1));
  });

  it("lowers the loss where the step is small, and leaves the parameters that came in", () => {
    const before = JSON.stringify(parameters);
    const step = optimizeStep(parameters, lossAndGradients, 0.01, 5);
    assert.ok(lossAndGradients(step.parameters).total < step.loss);
    assert.equal(JSON.stringify(parameters), before);
  });

  it("takes sets of matrices too", () => {
    const nested = { layers: [{ W: Mat.from([[2]]) }], by: Mat.from([[1]]) };
    const step = optimizeStep(
      nested,
      () => ({
        total: 0,
        gradients: { layers: [{ dW: Mat.from([[9]]) }], dby: Mat.from([[0.5]]) },
      }),
      1,
      1,
    );
    assert.deepEqual(step.parameters.layers[0]!.W.toArray(), [[1]]);
    assert.deepEqual(step.parameters.by.toArray(), [[0.5]]);
  });

  it("refuses a gradient that is not finite: clipped, it would be an ordinary step", () => {
    for (const wrong of [Infinity, -Infinity, NaN]) {
      const told = { total: 0, gradients: { dW: Mat.from([[wrong]]) } };
      assert.throws(() => optimizeStep({ W: Mat.from([[1]]) }, () => told, 0.1, 5), {
        name: "OutOfRangeError",
        message: `optimizeStep: expected finite numbers in dW, got ${wrong} in row 1, column 1`,
      });
    }
  });

  it("refuses what is no step", () => {
    const f = lossAndGradients;
    assert.throws(() => optimizeStep(parameters, f, -1, 5), OutOfRangeError);
    assert.throws(() => optimizeStep(parameters, f, 0.1, -5), OutOfRangeError);
    assert.throws(() => optimizeStep(parameters, 3 as never, 0.1, 5), OutOfRangeError);
    assert.throws(
      () => optimizeStep(parameters, () => ({ total: 0, gradients: {} }) as never, 0.1, 5),
      ShapeError,
    );
    for (const total of [NaN, Infinity, "1", undefined]) {
      const told = { ...f(parameters), total } as never;
      assert.throws(() => optimizeStep(parameters, () => told, 0.1, 5), OutOfRangeError);
    }
  });
});
