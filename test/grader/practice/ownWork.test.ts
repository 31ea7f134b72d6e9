import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inPack } from "#common/pack-root";
import { exercise } from "../../../exercises/manifest.js";
import { ownWorkIn } from "../../../grader/practice/ownWork.js";
import { exerciseFile } from "../../../grader/practice/workspace.js";
import { Mat, perplexity, sample } from "../../../src/index.js";

const solutionOf = (id: string): string =>
  readFileSync(inPack("exercises", id, "solution.ts"), "utf8");

describe("a learner's own work", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "unrolled-own-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const writeFileOf = (id: string, text: string): void => {
    const file = exerciseFile(folder, exercise(id));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const writeNotebook = (cells: readonly (readonly [source: string, id?: string])[]): void => {
    const written = cells.map(([source, id]) => ({
      cell_type: "code",
      metadata: id === undefined ? {} : { unrolled: { exercise: id, role: "starter" } },
      source: [source],
    }));
    writeFileSync(join(folder, "06-own.ipynb"), JSON.stringify({ cells: written }));
  };

  it("is the library's where nothing is written, and where there is no folder", async () => {
    for (const place of [folder, undefined]) {
      const { functions, rows } = await ownWorkIn(place, ["sample"]);
      assert.equal(functions.sample, sample);
      assert.deepEqual(rows, [
        { function: "sample", whose: "the library's", why: "not written yet" },
      ]);
    }
  });

  it("is found in an exercise's file, and its matrices are the library's", async () => {
    writeFileOf("rnnCellForward", solutionOf("rnnCellForward"));
    const { functions, rows } = await ownWorkIn(folder, ["rnnCellForward"]);
    assert.deepEqual(
      rows.map(({ whose, why }) => [whose, why]),
      [["yours", "from 02-05-rnnCellForward.ts"]],
    );
    const one = Mat.zeros(1, 1);
    const parameters = { Wax: one, Waa: one, Wya: one, ba: one, by: one };
    const { a_next } = functions.rnnCellForward(one as Mat, one as Mat, parameters as never);
    assert.ok(a_next instanceof Mat);
  });

  it("is found in a lesson's cell, with what that takes from other cells", async () => {
    writeNotebook([
      ["const e: number = Math.E;"],
      [
        "function perplexity(loss: number): number { if (!(loss >= 0)) throw new Error('no'); return e ** loss; }",
        "perplexity",
      ],
      ["perplexity(-1)"],
    ]);
    const { functions, rows } = await ownWorkIn(folder, ["perplexity"]);
    assert.equal(rows[0]!.why, "from 06-own.ipynb");
    assert.notEqual(functions.perplexity, perplexity);
    assert.ok(Math.abs(functions.perplexity(1) - Math.E) < 1e-12);
  });

  it("is the library's where the learner's is wrong, and says where that stands", async () => {
    writeNotebook([["function perplexity(loss: number) { return loss; }", "perplexity"]]);
    const { functions, rows } = await ownWorkIn(folder, ["perplexity"]);
    assert.equal(functions.perplexity, perplexity);
    assert.equal(rows[0]!.why, "yours in 06-own.ipynb does not pass: run its check there");
  });

  it("goes on to the file where the notebook's does not pass", async () => {
    writeNotebook([["function perplexity(loss: number) { return loss; }", "perplexity"]]);
    writeFileOf("perplexity", solutionOf("perplexity"));
    const { rows } = await ownWorkIn(folder, ["perplexity"]);
    assert.equal(rows[0]!.whose, "yours");
  });

  it("says what can't be run", async () => {
    writeFileOf("perplexity", "import { log } from 'mathjs'; export const perplexity = log;");
    const { rows } = await ownWorkIn(folder, ["perplexity"]);
    assert.match(rows[0]!.why, /can't be run: it imports "mathjs"/);
  });

  it("passes over what is no notebook", async () => {
    writeFileSync(join(folder, "broken.ipynb"), "{");
    const { rows } = await ownWorkIn(folder, ["sample"]);
    assert.equal(rows[0]!.why, "not written yet");
  });
});
