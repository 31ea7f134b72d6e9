import assert from "node:assert/strict";
import { addingBaseline, addingProblem } from "../../../src/data/addingProblem.js";
import { addingProblemResults, addingProvenance } from "../../../src/data/addingProblemResults.js";
import { seededRandom } from "../../../src/core/random.js";

describe("the adding problem", () => {
  it("marks one step in each half, and y is the sum of the two marked numbers", () => {
    for (const T of [2, 3, 7, 20]) {
      const { x, y, marked } = addingProblem(50, T, seededRandom(T));
      assert.deepEqual([x.T_x, ...x.at(1).shape, ...y.shape], [T, 2, 50, 1, 50]);
      for (const [i, [first, second]] of marked.entries()) {
        assert.ok(first >= 1 && first <= Math.floor(T / 2), `${first} of ${T}`);
        assert.ok(second > Math.floor(T / 2) && second <= T, `${second} of ${T}`);
        const steps = Array.from(x, (x_t, k) => ({ t: k + 1, x: x_t.column(i).data }));
        const own = steps.filter((step) => step.x[1] === 1);
        assert.deepEqual(
          own.map(({ t }) => t),
          [first, second],
        );
        assert.ok(steps.every((step) => step.x[0]! >= 0 && step.x[0]! < 1));
        assert.equal(y.get(0, i), own[0]!.x[0]! + own[1]!.x[0]!);
      }
    }
  });

  it("has the mean squared error 1/6 for who always says 1", () => {
    const { y } = addingProblem(20_000, 4, seededRandom(1));
    const error = y.map((sum) => (1 - sum) ** 2).sum() / y.cols;
    assert.ok(Math.abs(error - addingBaseline) < 0.005, String(error));
  });

  it("refuses sizes that are none", () => {
    assert.throws(() => addingProblem(0, 5, seededRandom(1)), /of at least 1 for m, got 0/);
    assert.throws(() => addingProblem(2, 1, seededRandom(1)), /of at least 2 for T_x, got 1/);
  });
});

describe("the kept trainings of the adding problem", () => {
  const result = (model: string) => addingProblemResults.find((one) => one.model === model)!;

  it("are as many as the settings say, of each model", () => {
    for (const { testErrors, solvedAt } of addingProblemResults) {
      assert.equal(testErrors.length, addingProvenance.seeds);
      assert.equal(solvedAt.length, addingProvenance.seeds);
    }
  });

  it("hold what lesson 09 says: every LSTM with a forget bias of 1 has learned it, and no tanh RNN", () => {
    const [biased, unbiased] = [result("LSTM, bf = 1"), result("LSTM, bf = 0")];
    const solved = ({ solvedAt }: typeof biased): number[] =>
      solvedAt.filter((step) => step !== null).sort((one, other) => one - other);
    const middle = (steps: readonly number[]): number => steps[Math.floor(steps.length / 2)]!;
    assert.ok(Math.max(...biased.testErrors) < 0.01);
    assert.equal(solved(biased).length, 20);
    assert.equal(unbiased.testErrors.filter((error) => error < 0.01).length, 19);
    assert.equal(solved(unbiased).length, 19);
    assert.deepEqual([solved(biased), solved(unbiased)].map(middle), [949, 1113]);
    assert.ok(Math.min(...result("tanh").testErrors) > 0.15);
    assert.ok(Math.max(...result("tanh").testErrors) < 0.21);
    assert.ok(result("tanh").solvedAt.every((step) => step === null));
  });
});
