import { strict as assert } from "node:assert";
import { NotebookError, readNotebook } from "../../../../grader/class/intake/notebook.js";
import { definedNames, isExported, namedExercise } from "../../../../grader/class/intake/scan.js";
import { findSolutions, type Found, withHelper } from "../../../../grader/class/intake/solution.js";

const IDS = ["oneHot", "rnnForward"];

function found(files: Readonly<Record<string, string>>): Found {
  const handed = Object.entries(files).map(([path, text]) => ({ path, text }));
  return findSolutions({ student: "ada", assignment: "ps1", files: handed, remarks: [] }, IDS);
}

function notebook(...cells: readonly (string | object)[]): string {
  const whole = cells.map((cell) =>
    typeof cell === "string" ? { cell_type: "code", metadata: {}, source: cell } : cell,
  );
  return JSON.stringify({ nbformat: 4, cells: whole });
}

describe("scanning a source", () => {
  it("sees names that are defined at the start of a line, and whether they are exported", () => {
    const source = [
      "export function a() {}",
      "export async function* b() {}",
      "const c = () => { function inner() {} };",
      "  function indented() {}",
      "export const d = 1; class E {}",
      "export { c, local as e };",
    ].join("\n");
    assert.deepEqual(definedNames(source), ["a", "b", "c", "d"]);
    const exported = ["a", "b", "c", "d", "e", "local", "indented"].filter((name) =>
      isExported(source, name),
    );
    assert.deepEqual(exported, ["a", "b", "c", "d", "e"]);
  });

  it("reads the mark of an exercise near the top of a cell only", () => {
    assert.equal(namedExercise("// exercise: oneHot\nexport function f() {}"), "oneHot");
    assert.equal(namedExercise(`${" ".repeat(3000)}\n// exercise: oneHot`), undefined);
  });

  it("stays quick on sources made to keep it busy", () => {
    const start = performance.now();
    for (const hard of [
      "export ".repeat(40_000),
      "export\t".repeat(40_000),
      "export {".repeat(30_000),
    ]) {
      definedNames(hard);
      isExported(hard, "oneHot");
      namedExercise(hard);
      isExported(hard.replaceAll(" ", "\n"), "oneHot");
    }
    assert.ok(performance.now() - start < 2000);
  });
});

describe("reading a notebook", () => {
  it("takes sources as texts and as lists of lines", () => {
    const text = notebook("const a = 1;\r\n", {
      cell_type: "code",
      metadata: { unrolled: { exercise: "oneHot" } },
      source: ["// x\n", "const b = 2;"],
    });
    assert.deepEqual(readNotebook(text), [
      { number: 1, source: "const a = 1;\n" },
      { number: 2, source: "// x\nconst b = 2;", exercise: "oneHot" },
    ]);
  });

  it("passes over cells that are no cells", () => {
    const text = notebook({ cell_type: "code" }, { cell_type: "code", source: [1] }, { a: 1 });
    assert.deepEqual(readNotebook(text), []);
  });

  it("says what is wrong with what is no notebook", () => {
    assert.throws(() => readNotebook("{"), NotebookError);
    assert.throws(() => readNotebook("[]"), /no list of cells/);
    assert.throws(() => readNotebook("[".repeat(1_000_000)), NotebookError);
  });
});

describe("finding an exercise's function", () => {
  const WRITTEN = "export function oneHot() { return 1; }";
  const STARTER = 'export function oneHot() { throw new NotImplementedError("oneHot"); }';

  it("prefers what is written to the starter, and the file named for it to others", () => {
    const { solutions } = found({
      "00-oneHot.ts": STARTER,
      "mine.ts": WRITTEN,
      "a.ipynb": notebook(STARTER),
    });
    assert.equal(solutions.get("oneHot")!.place, "mine.ts");
    const named = found({ "00-oneHot.ts": WRITTEN, "zz.ts": WRITTEN });
    assert.equal(named.solutions.get("oneHot")!.place, "00-oneHot.ts");
    assert.match(named.remarks[0]!.text, /is in zz\.ts too/);
  });

  it("takes the last of several cells, as a notebook that runs from top to bottom would", () => {
    const { solutions, remarks } = found({ "a.ipynb": notebook(WRITTEN, "1;", WRITTEN) });
    assert.equal(solutions.get("oneHot")!.place, "a.ipynb, cell 3");
    assert.ok(remarks.some(({ text }) => text.includes("cell 1 too")));
  });

  it("joins a cell that was split, and says so", () => {
    const { solutions, remarks } = found({
      "a.ipynb": notebook("export function oneHot() {\n  const a = 1;", "  return a;\n}"),
    });
    assert.match(solutions.get("oneHot")!.files[0]!.text, /const a = 1;\n {2}return a;\n}/);
    assert.ok(remarks.some(({ text }) => text.includes("split over")));
  });

  it("exports what is defined without export, in files and in cells", () => {
    for (const file of ["a.ts", "a.ipynb"]) {
      const source = "const oneHot = () => 1;";
      const { solutions } = found({ [file]: file === "a.ts" ? source : notebook(source) });
      const solution = solutions.get("oneHot")!;
      const main = solution.files.find(({ path }) => path === solution.file)!;
      assert.match(main.text, /export \{ oneHot \}/);
    }
  });

  it("finds nothing where there is nothing, and reports a marked cell that lost its function", () => {
    const { solutions, remarks } = found({ "a.ipynb": notebook("// exercise: oneHot\n1;") });
    assert.equal(solutions.size, 0);
    assert.match(remarks[0]!.text, /cell 1 defines no function oneHot/);
  });

  it("adds the cell that a missing name comes from, once", () => {
    const { solutions } = found({
      "a.ipynb": notebook(
        "const helper = () => 2;",
        "export function oneHot() { return helper(); }",
      ),
    });
    const solution = solutions.get("oneHot")!;
    const helped = withHelper(solution, "helper")!;
    assert.match(
      helped.files[0]!.text,
      /^import \{ helper \} from "\.\/cell-1\.ts"; export function/,
    );
    assert.match(helped.files[1]!.text, /export \{ helper \};/);
    assert.equal(withHelper(helped, "helper"), undefined);
    assert.equal(withHelper(solution, "nowhere"), undefined);
  });
});
