import assert from "node:assert/strict";
import { cutCell, type Slice, sliceOf } from "../../../grader/source/slice.js";

/** The slice for f, which the last cell but `behind` declares. */
function slice(sources: readonly string[], behind = 0, name = "f"): Slice {
  const cells = sources.map((source, n) => cutCell({ number: n + 1, source }));
  return sliceOf(name, cells.at(-1 - behind)!, cells, ["f", "oneHot"]);
}

describe("what a function needs of a notebook", () => {
  it("is what its names lead to, and nothing else", () => {
    const { text, taken } = slice([
      'import { Mat, tanh } from "unrolled";',
      "const unused = train();\nconst one = 1;",
      "const g = (x) => x + one;\nconsole.log(g(2));",
      "function f(x) { return g(x); }\nawait show(f(1));",
    ]);
    assert.equal(text, "const one = 1;\nconst g = (x) => x + one;\nfunction f(x) { return g(x); }");
    assert.deepEqual(taken, ["g", "one"]);
  });

  it("leaves a variable outside whose name is a parameter inside", () => {
    const { text } = slice(["const x = train();", "function f(x) { return x; }"]);
    assert.equal(text, "function f(x) { return x; }");
  });

  it("takes each import once, from whichever cells", () => {
    const { text } = slice([
      'import { Mat, tanh } from "unrolled";\nconst g = () => tanh(Mat);',
      'import { Mat } from "unrolled";\nfunction f() { return g(Mat); }',
    ]);
    assert.equal(text.match(/Mat } from/g)?.length, 1);
    assert.match(text, /import \{ tanh \} from "unrolled";/);
  });

  it("takes the definition that the cell sees when the notebook runs from top to bottom", () => {
    const { text } = slice(
      [
        "const g = () => 1;",
        "const g = () => 2;",
        "function f() { return g(); }",
        "const g = () => 3;",
      ],
      1,
    );
    assert.match(text, /2/);
    assert.doesNotMatch(text, /[13]/);
    assert.match(slice(["function f() { return g(); }", "const g = () => 3;"], 1).text, /3/);
  });

  it("takes what fills a table that it uses", () => {
    const { text } = slice([
      "const table = [];\nfor (const k of [1, 2]) table.push(k);\ntable[0] = 3;\ntable.push(4);",
      "function f() { return table; }",
    ]);
    assert.match(text, /for .*\ntable\[0\] = 3;\ntable\.push\(4\);/);
  });

  it("takes my_… for the hand-in's own function, with its check or without", () => {
    const own = "function oneHot() { return 1; }";
    const checked = slice([
      own,
      'const my_oneHot = await check("oneHot", oneHot);',
      "function f() { return my_oneHot(); }",
    ]);
    assert.match(checked.text, /^import \{ check \} from "unrolled\/check";/);
    assert.deepEqual(checked.uses, ["oneHot"]);
    const bare = slice([own, "function f() { return my_oneHot(); }"]);
    assert.match(bare.text, /const my_oneHot = \(\.\.\.args\) => oneHot\(\.\.\.args\);/);
    assert.deepEqual(bare.uses, ["oneHot"]);
  });

  it("says of my_… that there is none where the notebook has none", () => {
    const { text } = slice(["function f() { return my_oneHot(); }"]);
    assert.match(text, /my_oneHot is the hand-in's own oneHot, and there is none in this notebook/);
  });
});
