import assert from "node:assert/strict";
import { plainMath, plainStatement, withPlainMath } from "../../../grader/words/plainMath.js";

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
    [String.raw`\frac{\partial L}{\partial a}`, "∂L/∂a"],
    [String.raw`\frac{1}{m}`, "1/m"],
    [String.raw`1 - a^2`, "1 - a²"],
    [String.raw`W_{aa}^\top dz`, "Waaᵀ dz"],
    [String.raw`W_{ax}^{T}`, "Waxᵀ"],
    [String.raw`(n_a, n_x)`, "(n_a, n_x)"],
    [String.raw`\{1, \dots, T_x\}`, "{1, …, T_x}"],
    [String.raw`10^{-5}`, "10⁻⁵"],
    [String.raw`\sqrt{x+1} \le \text{relative error}`, "√(x+1) ≤ relative error"],
    [String.raw`\frac{\partial \mathcal L}{\partial a^{\langle t\rangle}}`, "∂L/∂a⟨t⟩"],
    [String.raw`\frac1m \log\hat y`, "1/m log ŷ"],
    [String.raw`W_{ax}x^{\langle t\rangle} + W_{aa}`, "Wax x⟨t⟩ + Waa"],
    [String.raw`\frac{\partial\mathcal L}{\partial a^{\langle t-1\rangle}}`, "∂L/∂a⟨t-1⟩"],
    [
      String.raw`x = \begin{cases} 1 & k = \text{indices}_i \\ 0 & \text{otherwise}\end{cases}`,
      "x = { 1 if k = indices_i; 0 otherwise }",
    ],
    [String.raw`\lVert n - g \rVert`, "‖n - g‖"],
  ];
  for (const [latex, plain] of readings) {
    it(`writes ${latex} as ${plain}`, () => {
      assert.equal(plainMath(latex), plain);
    });
  }

  it("writes a table as a list, the explanations below", () => {
    const table = `Text.

|       | shape     |           |
| ----- | --------- | --------- |
| \`x_t\` | $(n_x, m)$ | the input |
| \`T_y\` | a number  |           |

More.`;
    assert.equal(
      plainStatement(table),
      "Text.\n\n  x_t                       (n_x, m)\n      the input\n  T_y                       a number\n\nMore.",
    );
  });

  it("changes formulas alone: text, code and prices in it stay", () => {
    assert.equal(
      withPlainMath("Compute $W_{ax}$ with `x_t`.\n\n$$a^{\\langle 1 \\rangle}$$\nIt costs 5 $."),
      "Compute Wax with `x_t`.\n\n  a⟨1⟩\nIt costs 5 $.",
    );
  });
});
