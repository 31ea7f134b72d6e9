import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { unpack } from "../../../../grader/class/intake/archive.js";
import { findHandIns } from "../../../../grader/class/intake/handIn.js";
import { boundedReader } from "../../../../grader/class/intake/boundedReader.js";
import { exercise } from "../../../../exercises/manifest.js";
import { packHandIn } from "../../../../grader/practice/learn/handIn.js";
import { addMissingExercises, exerciseFile } from "../../../../grader/practice/workspace.js";
import { inFolder } from "../../sandbox/box.js";

const LIMITS = { files: 1000, bytes: 1e8, sizeOf: () => 1e7 };

describe("a learner's hand-in", () => {
  it("holds what was written, and neither starters nor outputs", async () => {
    await inFolder({ "broken.ipynb": "{" }, async (workspace) => {
      addMissingExercises(workspace);
      const file = exerciseFile(workspace, exercise("oneHot"));
      await writeFile(file, readFileSync(inPack("exercises/oneHot/solution.ts")));
      const code = {
        cell_type: "code",
        execution_count: 3,
        outputs: ["a plot"],
        metadata: {},
        source: "x",
      };
      const notebook = { cells: [code, { cell_type: "markdown", source: "y", metadata: {} }] };
      await writeFile(join(workspace, "notes.ipynb"), JSON.stringify(notebook));
      const { zip, exercises, notebooks, problems } = packHandIn(workspace);
      assert.deepEqual(exercises, ["oneHot"]);
      assert.deepEqual(notebooks, ["notes.ipynb"]);
      assert.match(problems[0]!, /^broken\.ipynb can't be read as a notebook/);
      const { entries } = await unpack(Buffer.from(zip), LIMITS);
      assert.deepEqual(
        entries.map(({ name }) => name),
        [file.slice(workspace.length + 1), "notes.ipynb"].toSorted(),
      );
      const kept = entries.find(({ name }) => name === "notes.ipynb")!;
      assert.doesNotMatch(Buffer.from(kept.bytes).toString(), /a plot/);
      assert.match(await readFile(join(workspace, "notes.ipynb"), "utf8"), /a plot/);
    });
  });

  it("is read by the class's intake as the exercises that it holds", async () => {
    await inFolder({}, async (workspace) => {
      addMissingExercises(workspace);
      const solution = readFileSync(inPack("exercises/oneHot/solution.ts"));
      await writeFile(exerciseFile(workspace, exercise("oneHot")), solution);
      const { zip } = packHandIn(workspace);
      await inFolder({}, async (class_) => {
        await writeFile(join(class_, "ada.zip"), zip);
        const [place] = await findHandIns(class_);
        const reader = boundedReader(["oneHot", "padBatch"]);
        const { student, solutions } = await reader.read(place!);
        reader.close();
        assert.equal(student, "ada");
        assert.deepEqual(Array.from(solutions.keys()), ["oneHot"]);
      });
    });
  });
});
