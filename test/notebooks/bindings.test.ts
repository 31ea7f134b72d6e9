import assert from "node:assert/strict";
import type { Notebook, NotebookCell } from "../../grader/notebook/lessonCells.js";
import { bindingsOf } from "./bindings.js";
import { lessonTexts, sentenceAt } from "./checkableWords.js";

function lesson(...sources: readonly (readonly [NotebookCell["cell_type"], string])[]): Notebook {
  const cells = sources.map(([cell_type, source], k) => ({
    ...{ id: `cell-0${k + 1}`, cell_type, metadata: {}, source: [source] },
  }));
  return { cells };
}

/** The checkable words of a lesson of one cell. */
function wordsOf(source: string, type: NotebookCell["cell_type"] = "markdown"): string[] {
  return lessonTexts(lesson([type, source])).flatMap(({ checkable }) =>
    checkable.map(({ word }) => word),
  );
}

describe("a lesson's checkable words", () => {
  it("are numbers, comparisons, counts and words that speak for all", () => {
    assert.deepEqual(wordsOf("It is **always** right for 0.95, more than 1,200 of the *two*."), [
      ...["always", "0.95", "more", "than", "1,200", "two"],
    ]);
  });

  it("are none of code, formulas, addresses, numbers of lists and lessons, or questions", () => {
    assert.deepEqual(wordsOf("1. `x[3]` is $x_4$ ([lesson 05](05-more.ipynb)), as 06 says."), []);
    assert.deepEqual(wordsOf("$$\n2 + 2\n$$\nWill all 60 do better?\n\n## Sources\n- 1997"), []);
  });

  it("are looked for in the texts of code, without the values put into them", () => {
    const code =
      'const n = 3; // never\nlog(`${n > 2 ? "2" : n} of the ` + "best 40 networks", "a 5");';
    assert.deepEqual(wordsOf(code, "code"), ["best", "40"]);
  });

  it("belong to the sentence around them", () => {
    const text = "One. It is 0.95 here. Then two.";
    assert.equal(sentenceAt(text, text.indexOf("0.95")), "It is 0.95 here.");
  });
});

describe("a lesson's claims", () => {
  const notebook = lesson(["markdown", "It is right for 0.95 of them. Guessing is never right."]);
  const claims = [{ says: "It is right for 0.95 of them." }];

  it("leave a sentence unproven whose words none of them has", () => {
    const { lost, unbound, checkable } = bindingsOf(notebook, { claims });
    assert.deepEqual(lost, []);
    assert.equal(checkable, 2);
    assert.deepEqual(unbound, [
      { cell: "cell-01", sentence: "Guessing is never right.", words: ["never"] },
    ]);
    const noClaims = { supposition: ["Guessing is never right."] };
    assert.deepEqual(bindingsOf(notebook, { claims, noClaims }).unbound, []);
  });

  it("are lost once the lesson says another number, which is then unproven", () => {
    const other = lesson(["markdown", "It is right for 0.96 of them."]);
    const { lost, unbound } = bindingsOf(other, { claims });
    assert.deepEqual(lost, ["It is right for 0.95 of them."]);
    assert.deepEqual(unbound[0]!.words, ["0.96"]);
  });

  it("are lost in words so few that they could stand anywhere", () => {
    assert.deepEqual(bindingsOf(notebook, { claims: [{ says: "for 0.95" }] }).lost, ["for 0.95"]);
  });
});
