import assert from "node:assert/strict";
import { plainMath, withPlainMath } from "../../../grader/learn/plainMath.js";

describe("plainMath", () => {
  const readings: readonly (readonly [string, string])[] = [
    [String.raw`a^{\langle t \rangle}`, "a⟨t⟩"],
    [
      String.raw`a^{\langle t\rangle} = \tanh\left(W_{ax} x^{\langle t\rangle} + W_{aa} a^{\langle t-1\rangle} + b_a\right)`,
      "a⟨t⟩ = tanh(Wax x⟨t⟩ + Waa a⟨t-1⟩ + ba)",
    ],
    [String.raw`\hat{y}^{(i)\langle t \rangle}`, "ŷ⁽ⁱ⁾⟨t⟩"],
    [String.raw`x^{(i)\langle t \rangle} \in \mathbb{R}^{n_x}`, "x⁽ⁱ⁾⟨t⟩ ∈ ℝ^(n_x)"],
    [
      String.raw`\mathcal{L} = \sum_{t=1}^{T_y} \mathcal{L}^{\langle t\rangle}`,
      "L = Σ_(t=1)^(T_y) L⟨t⟩",
    ],
    [String.raw`\frac{\partial L}{\partial a}`, "(∂ L)/(∂ a)"],
    [String.raw`\frac{1}{m}`, "1/m"],
    [String.raw`1 - a^2`, "1 - a²"],
    [String.raw`W_{aa}^\top dz`, "Waaᵀ dz"],
    [String.raw`W_{ax}^{T}`, "Waxᵀ"],
    [String.raw`(n_a, n_x)`, "(n_a, n_x)"],
    [String.raw`\{1, \dots, T_x\}`, "{1, …, T_x}"],
    [String.raw`10^{-5}`, "10⁻⁵"],
    [String.raw`\sqrt{x+1} \le \text{relative error}`, "√(x+1) ≤ relative error"],
  ];
  for (const [latex, plain] of readings) {
    it(`writes ${latex} as ${plain}`, () => {
      assert.equal(plainMath(latex), plain);
    });
  }

  it("changes formulas alone: text, code and prices in it stay", () => {
    assert.equal(
      withPlainMath("Compute $W_{ax}$ with `x_t`.\n\n$$a^{\\langle 1 \\rangle}$$\nIt costs 5 $."),
      "Compute Wax with `x_t`.\n\n  a⟨1⟩\nIt costs 5 $.",
    );
  });
});
