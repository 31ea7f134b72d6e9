import assert from "node:assert/strict";
import { all, create, type MathNode } from "mathjs";
import {
  binaryCrossEntropy,
  Mat,
  rnnCellBackward,
  rnnCellForward,
  seededRandom,
  Sequence,
  sigmoid,
  softmaxCrossEntropy,
  tanh,
} from "unrolled";

const math = create(all!, {});

/** The derivative that mathjs finds, as a function of the variables. */
function derived(formula: string, by: string): (scope: Record<string, number>) => number {
  const node: MathNode = math.derivative(formula, by);
  return (scope) => Number(node.evaluate({ ...scope }));
}

describe("mathjs derives the same formulas", () => {
  const random = seededRandom(31);
  const points = Array.from({ length: 20 }, () => 3 * random.normal());

  function assertEqualTo(expected: number, got: number): void {
    assert.ok(
      Math.abs(got - expected) <= 1e-10 * (1 + Math.abs(expected)),
      `expected ${expected}, got ${got}`,
    );
  }

  it("tanh′(z) = 1 − tanh²(z): the factor in rnnCellBackward", () => {
    const slope = derived("tanh(z)", "z");
    const one = Mat.from([[1]]);
    const zero = Mat.from([[0]]);
    for (const z of points) {
      const a = tanh(Mat.from([[z]])).get(0, 0);
      assertEqualTo(slope({ z }), 1 - a * a);
      const parameters = { Wax: one, Waa: one, Wya: one, ba: zero, by: zero };
      const { cache } = rnnCellForward(Mat.from([[z]]), zero, parameters);
      assertEqualTo(slope({ z }), rnnCellBackward(one, cache).dba.get(0, 0));
    }
  });

  it("σ′(z) = σ(z) (1 − σ(z))", () => {
    const slope = derived("1 / (1 + exp(-z))", "z");
    for (const z of points) {
      const s = sigmoid(Mat.from([[z]])).get(0, 0);
      assertEqualTo(slope({ z }), s * (1 - s));
    }
  });

  it("binary cross-entropy behind a sigmoid: dz = ŷ − y", () => {
    const loss = "-(y * log(1 / (1 + exp(-z))) + (1 - y) * log(1 - 1 / (1 + exp(-z))))";
    const slope = derived(loss, "z");
    const value = math.parse(loss);
    for (const z of points) {
      for (const y of [0, 1, 0.3]) {
        const yhat = sigmoid(Mat.from([[z]]));
        assertEqualTo(
          Number(value.evaluate({ z, y })),
          binaryCrossEntropy(yhat, Mat.from([[y]])).get(0, 0),
        );
        assertEqualTo(slope({ z, y }), yhat.get(0, 0) - y);
      }
    }
  });

  it("cross-entropy behind a softmax over 3 classes: dz_k = ŷ_k − y_k", () => {
    const loss = "-(y1 * z1 + y2 * z2 + y3 * z3) + log(exp(z1) + exp(z2) + exp(z3))"; // Σ y = 1
    const slopes = ["z1", "z2", "z3"].map((by) => derived(loss, by));
    for (let n = 0; n < 20; n++) {
      const [z1, z2, z3] = [random.normal(), random.normal(), random.normal()];
      const [y1, y2, y3] = [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ][n % 3] as [number, number, number];
      const z = Sequence.of([Mat.from([[z1], [z2], [z3]])]);
      const y = Sequence.of([Mat.from([[y1], [y2], [y3]])]);
      const { total, dz } = softmaxCrossEntropy(z, y);
      assertEqualTo(Number(math.evaluate(loss, { z1, z2, z3, y1, y2, y3 })), total);
      slopes.forEach((slope, k) => {
        assertEqualTo(slope({ z1, z2, z3, y1, y2, y3 }), dz.at(1).get(k, 0));
      });
    }
  });
});
