import assert from "node:assert/strict";
import { exercise as findExercise } from "../../../exercises/manifest.js";
import { judge } from "../../../grader/judge/judge.js";
import { inProcess } from "../../../grader/practice/inProcess.js";
import { strangersForms } from "./stranger.js";

describe("mistakes that no exercise lists", function () {
  this.timeout(60_000);

  for (const { exercise: id, made, told, notTold, write } of strangersForms) {
    it(`are told as a teacher would: ${id}, ${made}`, async () => {
      const exercise = findExercise(id);
      const { status, diagnosis } = await judge(exercise, inProcess(write, exercise.ignore), {
        seed: 4,
        hidden: false,
      });
      assert.equal(status, "wrong");
      assert.match(diagnosis?.mistake ?? "", told);
      if (notTold !== undefined) assert.doesNotMatch(diagnosis?.mistake ?? "", notTold);
    });
  }
});
