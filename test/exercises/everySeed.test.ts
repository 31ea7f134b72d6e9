import assert from "node:assert/strict";
import { loadExercise } from "../../grader/authoring/proof.js";
import { stackColumns, stackWeights } from "../../src/index.js";
import type { Mutant } from "../../exercises/exercise.js";
import { survey } from "./everySeed.js";

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
