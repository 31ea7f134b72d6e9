import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { exercise as findExercise, manifest } from "../../../exercises/manifest.js";
import { lessonFiles, readLesson } from "../../../grader/notebook/lessonCells.js";
import { type CellReset, resetCell } from "../../../grader/practice/resetCell.js";
import { starterFile } from "../../../grader/practice/workspace.js";
import { type KernelHook, kernelHook } from "../../../src/index.js";

const globals = globalThis as { [kernelHook]?: KernelHook };
const exercise = findExercise("oneHot");
const starter = readFileSync(starterFile(exercise), "utf8");
const cell = `// exercise: oneHot\n${starter.replace("export function", "function").trimEnd()}`;
const call = 'await reset("oneHot")';
const mine = "// mine\nfunction oneHot() { return 1; }";

describe("reset in a notebook", () => {
  let written: { readonly text: string; readonly replace: boolean }[] = [];
  let kept: string[] = [];
  afterEach(() => Reflect.deleteProperty(globals, kernelHook));

  /** A reset in the last of these cells. */
  function resetIn(inputs: readonly string[], hasPlace = true): CellReset {
    written = [];
    kept = [];
    globals[kernelHook] = {
      display: () => undefined,
      inputs,
      nextInput: (text, { replace }) => written.push({ text, replace }),
    };
    const keep = (text: string): string => `kept/${kept.push(text)}`;
    return resetCell(exercise, starter, hasPlace ? keep : undefined);
  }
  const words = ({ shown }: CellReset): string => String(shown["text/plain"]);

  it("turns a cell of its own into the starter, and keeps the newest version aside", () => {
    const done = resetIn(["function oneHot() {}", mine, "oneHot()", call]);
    assert.deepEqual(written, [{ text: cell, replace: true }]);
    assert.deepEqual(kept, [mine]);
    assert.match(words(done), /kept: kept\/1\nWhere/);
  });

  it("turns the function's own cell into the starter once its text is kept, and not before", () => {
    const own = `${mine}\n${call};`;
    resetIn([own]);
    assert.deepEqual([written, kept], [[{ text: cell, replace: true }], [own]]);
    const done = resetIn([own], false);
    assert.deepEqual([written, kept], [[{ text: cell, replace: false }], []]);
    assert.match(words(done), /No copy was kept/);
  });

  it("takes no text away from another cell: the starter comes below", () => {
    for (const other of ["const x = 1;", "// a note", "/* oneHot */"]) {
      resetIn([mine, `${other}\n${call}`]);
      assert.deepEqual(written, [{ text: cell, replace: false }]);
    }
  });

  it("finds the function however it was written", () => {
    for (const text of [
      "export default function oneHot() {}",
      "async function oneHot() {}",
      "const oneHot = () => 1;",
      "let x = 1;\n  var oneHot: unknown;",
    ]) {
      resetIn([text, "function oneHotToo() {} const a = oneHot;", call]);
      assert.deepEqual(kept, [text]);
    }
  });

  it("changes nothing where every cell is the starter", () => {
    for (const inputs of [[cell, call], [mine, cell, call], [`${cell}\n${call};`]]) {
      const done = resetIn(inputs);
      assert.equal(done.isReset, false);
      assert.deepEqual([written, kept], [[], []]);
      assert.match(words(done), /the starter already.*nothing was changed/);
    }
  });

  it("says what to do in a kernel that can't write, and gives the starter", () => {
    const done = resetCell(exercise, starter, () => assert.fail("nothing is to be kept"));
    assert.equal(done.isReset, false);
    assert.match(words(done), /can't write into the notebook/);
    assert.ok(words(done).includes(cell));
    assert.match(String(done.shown["text/html"]), /<summary>The starter<\/summary>/);
  });

  it("gives every exercise the cell that its lesson has", () => {
    const cells = lessonFiles().flatMap((file) => readLesson(file).cells);
    for (const one of manifest) {
      const { shown } = resetCell(one, readFileSync(starterFile(one), "utf8"), undefined);
      const text = cells
        .map(({ source }) => [source].flat().join(""))
        .find((source) => source.startsWith(`// exercise: ${one.id}\n`));
      assert.ok(text !== undefined && String(shown["text/plain"]).endsWith(text), one.id);
    }
  });
});
