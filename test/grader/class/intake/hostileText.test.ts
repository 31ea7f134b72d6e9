/** What is written to keep the grader busy costs it no more than its length. */
import { manifest } from "../../../../exercises/manifest.js";
import { findSolutions } from "../../../../grader/class/intake/solution.js";
import type { HandedFile } from "../../../../grader/class/intake/readHandIn.js";
import { assertGrowsLinearly } from "../../growth.js";

const HAND_IN = { student: "ada", assignment: "forms", remarks: [] };
const ids = manifest.map(({ id }) => id);
const FUNCTION = "function rnnCellForward() {}";

function sources(count: number, text: string): readonly HandedFile[] {
  return Array.from({ length: count }, (_, n) => ({ path: `f${n}.ts`, text }));
}

function notebook(cells: readonly string[]): readonly HandedFile[] {
  const code = cells.map((source) => ({ cell_type: "code", metadata: {}, source }));
  return [{ path: "a.ipynb", text: JSON.stringify({ nbformat: 4, cells: code }) }];
}

/** A file that is named for an exercise and has no such function. */
function namedFile(text: string): readonly HandedFile[] {
  return [{ path: "rnnCellForward.ts", text }];
}

function names(count: number): string {
  return Array.from({ length: count }, (_, n) => `a${n}`).join(",");
}

/** By what they are: hand-ins of a size of k. */
const hostile: Readonly<Record<string, (k: number) => readonly HandedFile[]>> = {
  "spaces behind a word": (k) => sources(1, `function${" ".repeat(60_000 * k)}`),
  "spaces behind require": (k) => sources(1, `require${" ".repeat(60_000 * k)}(`),
  "files of open export lists": (k) => sources(10 * k, "export{\n".repeat(31_250)),
  "open brackets": (k) => notebook([FUNCTION + "[".repeat(100_000 * k)]),
  "lists of parameters in one another": (k) =>
    notebook([
      `function rnnCellForward() { ${"(a,".repeat(20_000 * k)}${")=>1".repeat(20_000 * k)} }`,
    ]),
  "templates in one another": (k) => notebook([`${FUNCTION}\n${"`${".repeat(60_000 * k)}`]),
  "strings without an end": (k) => notebook([`${FUNCTION}\n${"'\\\n".repeat(60_000 * k)}`]),
  "comments without an end": (k) => notebook([`${FUNCTION}\n${"/* a ".repeat(40_000 * k)}`]),
  "regular expressions without an end": (k) =>
    notebook([`${FUNCTION}\n${"=/[a\n".repeat(30_000 * k)}`]),
  "the function in every cell": (k) => notebook(Array<string>(2000 * k).fill(FUNCTION)),
  "a split function in every cell": (k) =>
    notebook(Array<string>(2000 * k).fill("function rnnCellForward() { {")),
  "many imported names": (k) =>
    notebook([
      `import { ${names(2000 * k)} } from "x"; function rnnCellForward() { ${names(2000 * k)} }`,
    ]),
  "a name that is declared in every cell": (k) =>
    notebook(["function rnnCellForward() { a }", ...Array<string>(4000 * k).fill("let a = 1")]),
  "marks of Markdown": (k) => notebook([`${"```\n".repeat(60_000 * k)}${FUNCTION}`]),
  "comments before marks of Markdown": (k) => notebook([`${"/*\n```\n".repeat(30_000 * k)}`]),
  "the function again and again in one file": (k) => sources(1, `${FUNCTION}\n`.repeat(2000 * k)),
  "exports in one another": (k) => sources(1, "exports={a:module.exports={".repeat(20_000 * k)),
  "many exports": (k) =>
    sources(1, Array.from({ length: 5000 * k }, (_, n) => `exports.a${n}=()=>1;`).join("\n")),
  "many required files": (k) =>
    sources(1, Array.from({ length: 5000 * k }, (_, n) => `require("./a${n}");`).join("\n")),
  "default exports": (k) => sources(20, "export default ()=>1\n".repeat(1000 * k)),
  "classes that mention the function": (k) =>
    namedFile("class A { x() { rnnCellForward } }\n".repeat(3000 * k)),
  "words before the function's name": (k) => namedFile("funtio rnnCellForward(".repeat(10_000 * k)),
  "comments with the function": (k) => namedFile("// function rnnCellForward\n".repeat(10_000 * k)),
  "Python without an end": (k) => namedFile("def a(\n".repeat(30_000 * k)),
  "a chain of helpers": (k) =>
    notebook([
      "function rnnCellForward() { a0 }",
      ...Array.from({ length: 1000 * k }, (_, n) => `function a${n}() { a${n + 1} }`),
    ]),
  "all exercises using one another": (k) =>
    notebook([
      `function rnnCellForward() { ${ids.map((id) => `my_${id}`).join()} }`,
      ...Array<string>(500 * k).fill("function oneHot() {} function padBatch() {}"),
    ]),
};

describe("hostile text", function () {
  this.timeout(120_000);
  for (const [what, handInOf] of Object.entries(hostile)) {
    it(`${what}: four times as much takes no more than eight times as long`, async () => {
      await assertGrowsLinearly((k) => {
        findSolutions({ ...HAND_IN, files: handInOf(k) }, ids);
      });
    });
  }
});
