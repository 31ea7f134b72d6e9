import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inPack } from "#common/pack-root";
import { faultsApart } from "../../../grader/authoring/proofApart.js";

/** What is added to a built file of an exercise's, and the fault that follows. */
type Change = readonly [file: string, code: string, fault: RegExp];

const changes: Readonly<Record<string, Change>> = {
  "a mistake that loops": [
    "mutants.js",
    "mutants[1] = { ...mutants[1], wrong: () => () => { for (;;); } };",
    /mutants\.ts: stacked-downwards has not ended after 2 s; mend its loop/,
  ],
  "a mistake that calls the right function again and again": [
    "mutants.js",
    "mutants[0] = { ...mutants[0], wrong: (right) => (...given) => { for (;;) right(...given); } };",
    /mutants\.ts: order-swapped has not ended/,
  ],
  "a mistake that loops where it makes its function": [
    "mutants.js",
    "mutants[2] = { ...mutants[2], wrong: () => { for (;;); } };",
    /mutants\.ts: \S+ has not ended/,
  ],
  "a right way that loops": [
    "honest.js",
    "honest[1] = { style: 'patient', write: () => { for (;;); } };",
    /honest\.ts: "patient" has not ended/,
  ],
  "a solution that loops": [
    "solution.js",
    "stackWeights = () => { for (;;); };",
    /solution\.ts: the solution has not ended/,
  ],
  "a starter that loops": [
    "starter.js",
    "stackWeights = () => { for (;;); };",
    /starter\.ts: the starter has not ended/,
  ],
  "a draw that loops": [
    "exercise.js",
    "exercise.draw = () => { for (;;); };",
    /exercise\.ts: draw has not ended/,
  ],
  "a reference that loops": [
    "exercise.js",
    "exercise.reference = () => { for (;;); };",
    /exercise\.ts: the reference has not ended/,
  ],
  "a file that loops when it is loaded": [
    "honest.js",
    "for (;;);",
    /: to load its files has not ended after 8 s/,
  ],
  "a mistake that fills the memory": [
    "mutants.js",
    "mutants[1] = { ...mutants[1], wrong: () => () => { const all = []; for (;;) all.push({}); } };",
    /mutants\.ts: \S+ fills more than 100 MB; mend its loop/,
  ],
  "a solution that ends the process": [
    "solution.js",
    "stackWeights = () => process.exit(0);",
    /solution\.ts: the solution ends the process; let it return its answer/,
  ],
};

describe("the proof of an exercise in a process of its own names", function () {
  this.timeout(30_000);
  let pack: string;
  const built = (name: string): string => join(pack, "dist", "exercises", "stackWeights", name);
  const limits = { loading: 8, seconds: 2, megabytes: 100 };

  beforeEach(() => {
    pack = mkdtempSync(join(tmpdir(), "unrolled-proof-"));
    writeFileSync(join(pack, "package.json"), '{ "type": "module" }');
    for (const folder of ["exercises", "dist/exercises"])
      cpSync(inPack(folder, "stackWeights"), join(pack, folder, "stackWeights"), {
        recursive: true,
      });
    const library = (path: string): string => pathToFileURL(inPack("dist", path)).href;
    for (const name of ["exercise.js", "starter.js", "solution.js", "honest.js", "mutants.js"]) {
      const text = readFileSync(built(name), "utf8")
        .replace(/"\.\.\/\.\.\/(src\/[^"]+)"/g, (_, path: string) => `"${library(path)}"`)
        .replace(/"\.\.\/(\w+\.js)"/g, (_, path: string) => `"${library(`exercises/${path}`)}"`)
        .replaceAll('"unrolled"', `"${library("src/index.js")}"`);
      writeFileSync(built(name), text);
    }
    mkdirSync(join(pack, "node_modules"));
  });
  afterEach(() => rmSync(pack, { recursive: true }));

  it("nothing, where it is whole", async () => {
    assert.deepEqual(
      await faultsApart("stackWeights", { loading: 20, seconds: 10, megabytes: 500 }, pack),
      [],
    );
  });

  for (const [what, [file, code, fault]] of Object.entries(changes)) {
    it(what, async () => {
      writeFileSync(built(file), `${readFileSync(built(file), "utf8")}\n${code}\n`);
      const faults = await faultsApart("stackWeights", limits, pack);
      assert.equal(faults.length, 1, faults.join("\n"));
      assert.match(faults[0]!, fault);
      assert.match(faults[0]!, /^exercises\/stackWeights[/:]/);
    });
  }
});
