import assert from "node:assert/strict";
import { basename } from "node:path";
import { manifest } from "../../../exercises/manifest.js";
import { lessonFiles, type Notebook, notebookText } from "../../../grader/notebook/lessonCells.js";
import { synced, syncLessons } from "../../../grader/authoring/sync.js";
import { readLesson } from "../../notebooks/lesson.js";

const lessons = lessonFiles().map((file) => basename(file, ".ipynb"));

describe("the exercises in the lessons", () => {
  it("are as their own files say (mend: npm run sync)", () => {
    assert.deepEqual(syncLessons({ write: false }), []);
  });

  it("stand in their own lesson, each once, in the manifest's order", () => {
    const found = lessons.flatMap((name) =>
      starters(readLesson(name)).map((id) => `${name.slice(0, 2)} ${id}`),
    );
    assert.deepEqual(
      found,
      manifest.map(({ lesson, id }) => `${lesson} ${id}`),
    );
  });

  it("are brought up to date without touching anything else", () => {
    const lesson = readLesson("02-the-rnn-cell");
    const stale: Notebook = {
      ...lesson,
      cells: lesson.cells.map((cell) =>
        "unrolled" in cell.metadata ? { ...cell, source: ["old"] } : cell,
      ),
    };
    assert.notEqual(notebookText(stale), notebookText(lesson));
    assert.equal(notebookText(synced(stale)), notebookText(lesson));
  });
});

describe("a lesson as it is stored", () => {
  for (const name of lessons) {
    it(`${name} has cells with ids of their own`, () => {
      const { cells } = readLesson(name);
      assert.equal(new Set(cells.map(({ id }) => id)).size, cells.length);
    });
  }
});

function starters(notebook: Notebook): string[] {
  return notebook.cells.flatMap((cell) => {
    const mark = cell.metadata["unrolled"] as { exercise: string; role: string } | undefined;
    return mark?.role === "starter" ? [mark.exercise] : [];
  });
}
