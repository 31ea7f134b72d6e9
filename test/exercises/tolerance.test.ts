import assert from "node:assert/strict";
import { exercise as exerciseOf } from "../../exercises/manifest.js";
import { inProcess } from "../../grader/practice/inProcess.js";
import { judge } from "../../grader/judge/judge.js";
import { honestVariants } from "./honestVariants.js";

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

describe("the tolerances", function () {
  this.timeout(60_000);

  for (const [id, variant] of Object.entries(honestVariants)) {
    it(`of ${id} are ten times as wide as a right function in other words needs`, async () => {
      const exercise = exerciseOf(id);
      const { atol, rtol, why } = exercise.tolerance;
      const narrow = { ...exercise, tolerance: { atol: atol / 10, rtol: rtol / 10, why } };
      for (const seed of seeds) {
        const verdict = await judge(narrow, inProcess(variant), { seed, hidden: true });
        assert.equal(verdict.status, "passed", `seed ${seed}: ${JSON.stringify(verdict.cases)}`);
      }
    });
  }
});
