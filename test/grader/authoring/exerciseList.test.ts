import assert from "node:assert/strict";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import {
  argumentNamesOf,
  listExercises,
  listFile,
  strayFaults,
} from "../../../grader/authoring/exerciseList.js";
import { folderFaults } from "../../../grader/authoring/folder.js";

describe("the list of the exercises", () => {
  it("is as the folders, starters and notebooks say (mend: npm run sync)", () => {
    const { faults, text } = listExercises();
    assert.deepEqual(faults, []);
    assert.equal(readFileSync(listFile, "utf8"), text);
  });

  describe("made of folders with mistakes", () => {
    let folder: string;
    const lesson = (...ids: readonly string[]): string => {
      const file = join(folder, "00-lesson.ipynb");
      const cells = ids.map((exercise) => ({
        metadata: { unrolled: { exercise, role: "statement" } },
      }));
      writeFileSync(file, JSON.stringify({ cells }));
      return file;
    };
    const faults = (...asked: readonly string[]): readonly string[] =>
      listExercises(join(folder, "exercises"), [lesson(...asked)]).faults;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "unrolled-list-"));
      for (const id of ["oneHot", "padBatch"]) {
        cpSync(inPack("exercises", id), join(folder, "exercises", id), { recursive: true });
      }
    });
    afterEach(() => {
      rmSync(folder, { recursive: true });
    });

    it("is in the order in which the lessons ask", () => {
      const { text } = listExercises(join(folder, "exercises"), [lesson("padBatch", "oneHot")]);
      assert.match(text, /definitions: .*\[padBatch, oneHot\]/);
      assert.match(text, /oneHot: \["indices","n_x"\]/);
    });

    it("names a file that is missing", () => {
      for (const name of ["mutants.ts", "honest.ts"]) {
        rmSync(join(folder, "exercises", "oneHot", name));
      }
      assert.deepEqual(faults("oneHot", "padBatch"), [
        "exercises/oneHot/mutants.ts is missing; write it as CONTRIBUTING.md says",
        "exercises/oneHot/honest.ts is missing; write it as CONTRIBUTING.md says",
      ]);
    });

    it("names an exercise that no notebook has, or that two cells have", () => {
      assert.deepEqual(faults("padBatch", "padBatch"), [
        "exercises/oneHot: no notebook has its cells; mend it with: npx unrolled exercise new oneHot --lesson NN",
        "exercises/padBatch: 2 notebook cells hold its statement; leave it in one",
      ]);
    });

    it("names a file that is none of an exercise's, and what is no exercise", () => {
      const exercises = join(folder, "exercises");
      writeFileSync(join(exercises, "oneHot", "notes.txt"), "");
      writeFileSync(join(exercises, "oneHot", ".hidden"), "");
      assert.deepEqual(faults("oneHot", "padBatch"), [
        "exercises/oneHot/notes.txt: it is none of an exercise's files; move it away, or into exercise.ts",
      ]);
      for (const name of ["old.ts", ".DS_Store", "draws.ts"])
        writeFileSync(join(exercises, name), "");
      for (const name of ["twoHot", ".ipynb_checkpoints"]) mkdirSync(join(exercises, name));
      assert.deepEqual(strayFaults(exercises), [
        "exercises/old.ts: this file is no exercise's; move it away",
        "exercises/twoHot: this folder is empty; delete it, or begin it with: npx unrolled exercise new twoHot",
      ]);
    });

    it("nothing lies among the pack's own exercises", () => {
      assert.deepEqual(strayFaults(), []);
    });

    it("names what a starter or a solution exports beside its function", () => {
      const exercises = join(folder, "exercises");
      for (const [file, text] of [
        ["starter.ts", "export function helper(): number { return 1; }"],
        [
          "solution.ts",
          "export const one = 1;\nconst two = 2;\nexport { two };\nexport type T = 1;",
        ],
      ] as const)
        appendFileSync(join(exercises, "oneHot", file), text);
      assert.deepEqual(folderFaults("oneHot", exercises, [lesson("oneHot", "padBatch")]), [
        "exercises/oneHot/starter.ts: it exports helper beside oneHot; take the word export away",
        ...["one", "two", "T"].map(
          (name) =>
            `exercises/oneHot/solution.ts: it exports ${name} beside oneHot; take the word export away`,
        ),
      ]);
    });

    it("names two folders of one name", () => {
      mkdirSync(join(folder, "exercises", "onehot"));
      writeFileSync(join(folder, "exercises", "onehot", "starter.ts"), "");
      assert.ok(
        faults("oneHot", "padBatch").includes(
          "exercises/onehot: another folder has this name; rename one of them",
        ),
      );
    });

    it("names an argument without a type, an answer without one, and a function that is not there", () => {
      assert.equal(
        argumentNamesOf("export function f(x): number { return 1; }", "f"),
        "x has no type; write one behind it: x: Mat",
      );
      assert.equal(
        argumentNamesOf("export function f(x: number) { return 1; }", "f"),
        'f says no type for its answer; write one behind the ")"',
      );
      assert.equal(
        argumentNamesOf("function f(x: number): number { return 1; }", "f"),
        "it exports no function f; begin it with: export function f(",
      );
    });

    it("takes the names from a starter, whatever their types", () => {
      const source =
        "export function f(x_t: Mat<'n_x', 'm'>, { Wax }: P, g: (theta: Mat) => number, h?: number): Mat {}";
      assert.deepEqual(argumentNamesOf(source, "f"), ["x_t", "", "g", "h"]);
    });
  });
});
