import assert from "node:assert/strict";
import { forms as gruCellBackward } from "./gruCellBackward.js";
import { forms as gruCellForward } from "./gruCellForward.js";
import { measure } from "./measure.js";

/**
 * Unlike the others of this folder, these were written by who wrote the mistakes: they are no measure of
 * how many are named, and hold that a name does not hang on how the code is written.
 */
describe("the GRU's mistakes, written unit by unit", function () {
  this.timeout(60_000);

  it("are rejected and named, alone and two at once, and what is right passes", async () => {
    const lines = await measure({ gruCellForward, gruCellBackward }, [1]);
    assert.ok(lines.length >= 40);
    for (const { exercise, group, name, rejected, told } of lines) {
      assert.equal(rejected, group === "right" ? 0 : 1, `${exercise} ${name}`);
      if (group === "right") continue;
      const kinds = group === "singles" ? /^\[mistake\]/ : /^\[(pair|parts)\]/;
      assert.match(told[0] ?? "(silent)", kinds, `${exercise} ${name}`);
    }
  });
});
