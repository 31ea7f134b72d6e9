import assert from "node:assert/strict";
import { lateLoss, type LateRule } from "../../../../grader/class/policy/late.js";

const MINUTES_A_DAY = 24 * 60;
const due = new Date("2026-03-01T12:00:00Z");
const rule: LateRule = { perDay: 0.1, upToDays: 3, graceMinutes: 15 };

/** The loss of a hand-in so many minutes after the due date; negative: before it. */
function lossAfter(minutes: number, by: LateRule | undefined = rule, points = 10): object {
  return lateLoss(new Date(due.getTime() + minutes * 60_000), due, by, points);
}

describe("what a late hand-in loses", () => {
  it("is nothing up to the last minute of grace, which counts whole", () => {
    for (const minutes of [-MINUTES_A_DAY, 0, 15])
      assert.deepEqual(lossAfter(minutes), { days: 0, points: 0 });
    assert.deepEqual(lossAfter(15 + 59 / 60), { days: 0, points: 0 });
    assert.deepEqual(lossAfter(16), { days: 1, points: 1 });
    assert.deepEqual(lossAfter(0.5, { ...rule, graceMinutes: 0 }), { days: 0, points: 0 });
  });

  it("is the day's share for each 24 hours begun since it was due", () => {
    assert.deepEqual(lossAfter(MINUTES_A_DAY), { days: 1, points: 1 });
    assert.deepEqual(lossAfter(MINUTES_A_DAY + 1), { days: 2, points: 2 });
    assert.deepEqual(lossAfter(3 * MINUTES_A_DAY), { days: 3, points: 3 });
  });

  it("is everything behind the last day that counts, and never more than that", () => {
    assert.deepEqual(lossAfter(3 * MINUTES_A_DAY + 1), { days: 4, points: 10 });
    assert.deepEqual(lossAfter(2 * MINUTES_A_DAY, { ...rule, perDay: 0.7 }), {
      days: 2,
      points: 10,
    });
  });

  it("is told to a hundredth of a point", () => {
    assert.deepEqual(lossAfter(60, { ...rule, perDay: 1 / 3 }, 7), { days: 1, points: 2.33 });
  });

  it("is nothing without a rule: the days are counted, from the due date itself", () => {
    assert.deepEqual(lateLoss(new Date(due.getTime() + 60_000), due, undefined, 10), {
      days: 1,
      points: 0,
    });
    assert.deepEqual(lateLoss(due, due, undefined, 10), { days: 0, points: 0 });
  });
});
