import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { promisify } from "node:util";
import { XmlDocument } from "libxml2-wasm";
import { lessonFiles, type Notebook, notebookText } from "../../grader/notebook/lessonCells.js";
import { requireOrSkip } from "../requirements.js";
import { execute, type Output, python, pythonEnvironment } from "./execute.js";
import { keptCharts, keptOutputs, withOutputs } from "./keptOutputs.js";
import { readLesson } from "./lesson.js";

const lessons = lessonFiles().map((file) => basename(file, ".ipynb"));
const mostBytes = 1.5e6;

/** The code cells of a lesson as it is kept. */
function codeCells(lesson: Notebook): readonly (Notebook["cells"][number] & {
  readonly outputs: readonly Output[];
})[] {
  return lesson.cells.flatMap((cell) =>
    cell.cell_type === "code" ? [{ ...cell, outputs: (cell.outputs ?? []) as Output[] }] : [],
  );
}

describe("a lesson as it is kept (mend: npm run notebooks)", () => {
  for (const [k, name] of lessons.entries()) {
    const lesson = readLesson(name);

    it(`${name} has the outputs of one run in order, in less than 1.5 MB`, () => {
      assert.ok(statSync(lessonFiles()[k]!).size < mostBytes);
      for (const [index, cell] of codeCells(lesson).entries()) {
        assert.equal(cell.execution_count, index + 1, cell.id);
        assert.deepEqual(keptOutputs(cell), cell.outputs, cell.id);
      }
    });

    it(`${name} shows each chart as a picture too; title and alt text hold its number`, () => {
      for (const { id, title, description, picture } of keptCharts(lesson)) {
        assert.match(title, /\d/, id);
        assert.match(description, /\d/, id);
        assert.match(picture, /^<svg role="img" aria-label=/, id);
        XmlDocument.fromString(picture).dispose(); // throws where it is no XML
      }
    });
  }

  it("is one of a series with at least 45 charts", () => {
    assert.ok(lessons.flatMap((name) => keptCharts(readLesson(name))).length >= 45);
  });
});

describe("what a lesson shows where nothing runs", function () {
  this.timeout(60_000);
  before(function () {
    requireOrSkip(this, "the Python environment", pythonEnvironment, "npm run setup");
  });

  it("is the same to the byte when it runs again", async () => {
    const lesson = readLesson("01-notation");
    const again = withOutputs(lesson, await execute(lesson));
    assert.equal(notebookText(again), readFileSync(lessonFiles()[1]!, "utf8"));
  });

  it("has every chart as a picture in nbconvert's HTML", async () => {
    const args = ["-m", "jupyter", "nbconvert", "--to", "html", "--stdout", lessonFiles()[1]!];
    const { stdout } = await promisify(execFile)(python, args, { maxBuffer: 1e8 });
    const images = [...stdout.matchAll(/<img [^>]*src="data:image\/svg\+xml;base64,([^"]*)"/g)];
    const pictures = images.map(([, picture]) => Buffer.from(picture!, "base64").toString());
    assert.deepEqual(
      pictures,
      keptCharts(readLesson("01-notation")).map(({ picture }) => picture),
    );
  });
});
