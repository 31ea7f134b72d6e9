import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadExercise } from "../../grader/authoring/proof.js";
import { stackColumns, stackWeights } from "../../src/index.js";
import type { Mutant } from "../../exercises/exercise.js";
import { survey } from "./everySeed.js";
import { surveyOn } from "./keptSurvey.js";

describe("the survey over many seeds", () => {
  const seeds = [1, 2, 3];

  it("finds nothing where every mistake is rejected and every right solution passes", async () => {
    const { survivors, failing } = survey(await loadExercise("stackWeights"), seeds);
    assert.deepEqual([...survivors.keys(), ...failing.keys()], []);
  });

  it("names a mistake that no case shows, and a solution that is wrong in one case", async () => {
    const parts = await loadExercise("stackWeights");
    const mutant = (name: string, wrong: typeof stackWeights): Mutant => ({
      ...parts.exercise.mutants[0]!,
      name,
      wrong: () => wrong,
    });
    const sixth: typeof stackWeights = (Waa, Wax) =>
      stackColumns(Waa, Wax.cols === 6 ? Wax.times(2) : Wax);
    const mutants = [mutant("none", stackWeights), mutant("sixth", sixth)];
    const found = survey(
      {
        ...parts,
        exercise: { ...parts.exercise, mutants },
        honest: [{ style: "sixth", write: sixth }],
      },
      seeds,
    );
    assert.deepEqual(Array.from(found.survivors), [["none", seeds]]);
    assert.deepEqual(Array.from(found.failing), [["sixth", seeds]]);
  });

  it("sees arguments that were changed, and an answer that is not repeated", async () => {
    const parts = await loadExercise("stackWeights");
    let calls = 0;
    const forgetful: typeof stackWeights = (Waa, Wax) =>
      stackWeights(Waa, calls++ % 2 === 0 ? Wax : Wax.times(2));
    const careless: typeof stackWeights = (Waa, Wax) => {
      const answer = stackWeights(Waa, Wax);
      Waa.data.fill(0);
      return answer;
    };
    const honest = [forgetful, careless].map((write) => ({ style: write.name, write }));
    const { failing } = survey({ ...parts, honest }, seeds);
    assert.deepEqual(Array.from(failing.keys()), ["forgetful", "careless"]);
  });
});

describe("a survey that is kept", () => {
  const folder = mkdtempSync(join(tmpdir(), "kept-survey-"));
  const file = join(folder, "some", "one.json");
  after(() => rmSync(folder, { recursive: true }));
  /** Goes on by steps of two seeds; the mistake survives at each third seed. */
  const goOn = (count: number, code = "first", stopAt = Infinity) => {
    const asked: number[] = [];
    const { seeds, survivors } = surveyOn(file, code, count, 2, (some) => {
      if (some.includes(stopAt)) throw new Error("stopped");
      asked.push(...some);
      const found = some.filter((seed) => seed % 3 === 0);
      return {
        survivors: new Map(found.length > 0 ? [["third", found]] : []),
        failing: new Map<string, number[]>(),
      };
    });
    return { asked, seeds, third: survivors.get("third") };
  };

  it("goes on behind the last seeds that were kept, also where the run was stopped", () => {
    assert.deepEqual(goOn(3), { asked: [1, 2, 3], seeds: 3, third: [3] });
    assert.throws(() => goOn(9, "first", 6), /stopped/);
    assert.deepEqual(goOn(7), { asked: [6, 7], seeds: 7, third: [3, 6] });
  });

  it("asks for nothing, and tells all, where more seeds were kept", () => {
    assert.deepEqual(goOn(1), { asked: [], seeds: 7, third: [3, 6] });
  });

  it("begins anew with other code, or where the file says nothing", () => {
    assert.deepEqual(goOn(1, "second"), { asked: [1], seeds: 1, third: undefined });
    writeFileSync(file, "{");
    assert.deepEqual(goOn(2, "second"), { asked: [1, 2], seeds: 2, third: undefined });
  });
});
