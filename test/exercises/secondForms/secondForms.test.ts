import assert from "node:assert/strict";
import { secondForms } from "./forms.js";
import { freshForms } from "./fresh.js";
import { laterForms } from "./later.js";
import { measure, type Measured } from "./measure.js";

/** Right where no case may tell: what the text leaves to the learner. */
const ALLOWED = ["empty-accepted", "no-check", "no-empty-check", "unchecked"];

/** What was told and is not the mistake, by reading, and may not come back. */
const WRONG_NAMES: Readonly<Record<string, RegExp>> = {
  "classifyTask majority": /single equal pair/,
  "classifyTask set-of-lengths": /added up/,
  "binaryCrossEntropy floor-ten": /times too small/,
  "binaryCrossEntropy absolute": /bounded|swapped/,
  "rnnForward yhat-reversed": /All three/,
  "rnnBackward da0-from-the-end": /goes back/,
  "gradientCheck by-claimed": /larger/,
  "gradientCheck largest-gradient": /those of the largest gradient,/,
  "manyToOne first-length": /mask is ignored/,
  "manyToManySynced first-mask": /ignored: /,
  "manyToManySynced first-example": /ignored/,
  "manyToManySynced last-example": /shortest/,
  "encodeDecode not-carried-y0": /reverse/,
  "rnnForward a-lacks-last": /loop/,
  "rnnBackward without-first": /loop/,
  "rnnBackward without-last": /loop/,
};

/** Whether a cause was told: a pattern only says where an answer is wrong. */
function isNamed({ told }: Measured): boolean {
  return told.every((text) => text !== undefined && !text.startsWith("[pattern]"));
}

describe("second forms of mistakes", function () {
  this.timeout(120_000);
  let first: readonly Measured[] = [];
  let fresh: readonly Measured[] = [];
  let later: readonly Measured[] = [];

  before(async () => {
    first = await measure(secondForms, [1]);
    fresh = await measure(freshForms, [1]);
    later = await measure(laterForms, [1]);
  });

  it("are rejected, and the right ones pass", () => {
    for (const { exercise, group, name, rejected } of [...first, ...fresh, ...later]) {
      if (ALLOWED.includes(name)) continue;
      assert.equal(rejected, group === "right" ? 0 : 1, `${exercise} ${name}`);
    }
  });

  it("are not told a name that was once found wrong, nor of “1 steps”", () => {
    for (const { exercise, name, told } of [...first, ...fresh, ...later]) {
      const wrong = WRONG_NAMES[`${exercise} ${name}`] ?? /^$/;
      for (const text of told) {
        assert.doesNotMatch(text ?? " ", wrong, `${exercise} ${name}`);
        assert.doesNotMatch(text ?? " ", /(?<![+−] )\b1 steps/, `${exercise} ${name}`);
      }
    }
  });

  it("are named as often as they were when last measured", () => {
    const share = (lines: readonly Measured[], group: Measured["group"]): number => {
      const all = lines.filter((line) => line.group === group && !ALLOWED.includes(line.name));
      return all.filter(isNamed).length / all.length;
    };
    assert.ok(share(first, "singles") >= SHARES.first.singles, `${share(first, "singles")}`);
    assert.ok(share(first, "pairs") >= SHARES.first.pairs, `${share(first, "pairs")}`);
    assert.ok(share(fresh, "singles") >= SHARES.fresh.singles, `${share(fresh, "singles")}`);
    assert.ok(share(fresh, "pairs") >= SHARES.fresh.pairs, `${share(fresh, "pairs")}`);
    assert.ok(share(later, "singles") >= SHARES.later.singles, `${share(later, "singles")}`);
  });
});

/** The shares at seed 1 when they were last measured (secondForms.md). */
const SHARES = {
  first: { singles: 0.9, pairs: 0.9 },
  fresh: { singles: 0.7, pairs: 0.8 },
  later: { singles: 0.9 },
};
