/** Every formula of the lessons is one that MathJax (JupyterLab) and KaTeX (VS Code, GitHub's like) can set. */
import assert from "node:assert/strict";
import katex from "katex";
import { readTerms } from "../../grader/authoring/terms.js";
import { proseCells } from "./prose.js";

/** A formula, and where it stands. */
interface Formula {
  readonly where: string;
  readonly tex: string;
  readonly display: boolean;
}

const inLessons: readonly Formula[] = proseCells.flatMap(({ lesson, id, text }) => {
  const prose = text.replace(/```[^]*?```|`[^`\n]*`/g, " ");
  return Array.from(prose.matchAll(/\$\$([^]+?)\$\$|\$([^$\n]+)\$/g), ([, display, inline]) => ({
    where: `${lesson}, ${id}`,
    tex: display ?? inline!,
    display: display !== undefined,
  }));
});

const inNotation: readonly Formula[] = readTerms().symbols.map(({ symbol }) => ({
  where: "notebooks/terms.json",
  tex: symbol,
  display: false,
}));

/** What KaTeX objects to; nothing where the formula is right. */
function faultOf({ tex, display }: Formula): string {
  try {
    katex.renderToString(tex, {
      displayMode: display,
      // ⟨, ŷ and the like within \text are set by either; only what is no LaTeX is strict's.
      strict: (code) => (code === "unicodeTextInMathMode" ? "ignore" : "error"),
    });
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("a formula of the lessons", () => {
  it("is set by KaTeX without an error or a warning", () => {
    const formulas = [...inLessons, ...inNotation];
    assert.ok(formulas.length > 300, `${formulas.length} formulas`);
    const faults = formulas
      .map((formula) => ({ ...formula, fault: faultOf(formula) }))
      .filter(({ fault }) => fault !== "");
    assert.deepEqual(faults, []);
  });

  it("with a brace too few, or a command that there is not, is told", () => {
    for (const tex of ["\\frac{a}{b", "\\softmax(z)"])
      assert.notEqual(faultOf({ where: "", tex, display: true }), "", tex);
  });

  it("has its dollars in pairs", () => {
    for (const { lesson, id, text } of proseCells) {
      const prose = text.replace(/```[^]*?```|`[^`\n]*`/g, " ");
      assert.equal(prose.split("$").length % 2, 1, `${lesson}, ${id}`);
    }
  });
});
