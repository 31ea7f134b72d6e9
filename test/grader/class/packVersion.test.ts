import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { packVersion } from "../../../grader/class/packVersion.js";

describe("the version of a grade", () => {
  let built: string;

  before(() => {
    const folder = mkdtempSync(join(tmpdir(), "unrolled-version-"));
    built = join(folder, "dist");
    for (const part of ["src", "exercises", "grader"]) {
      cpSync(inPack("dist", part), join(built, part), { recursive: true });
    }
    symlinkSync(inPack("bin"), join(folder, "bin"));
  });
  after(() => {
    rmSync(join(built, ".."), { recursive: true });
  });

  const changes = (file: string): boolean => {
    const before = packVersion(built);
    appendFileSync(join(built, file), "\n");
    return packVersion(built) !== before;
  };

  for (const file of [
    "grader/class/gradeHandIn.js",
    "grader/class/policy/score.js",
    "grader/class/intake/solution.js",
    "grader/sandbox/sandbox.js",
    "grader/sandbox/box/main.js",
    "grader/compare/patterns.js",
    "grader/values/codec.js",
    "exercises/rnnBackward/exercise.js",
    "exercises/rnnBackward/mutants.js",
    "exercises/draws.js",
    "src/core/matrix.js",
    "src/sequence/masks.js",
    "src/student.js",
  ]) {
    it(`changes with ${file}`, () => {
      assert.ok(changes(file));
    });
  }

  for (const file of [
    "grader/class/report/charts.js",
    "grader/class/summary.js",
    "grader/practice/learn/screen.js",
    "src/charts/heatMap.js",
    "src/kernel/start/main.js",
  ]) {
    it(`stays with ${file}, which decides nothing`, () => {
      assert.ok(!changes(file));
    });
  }
});
