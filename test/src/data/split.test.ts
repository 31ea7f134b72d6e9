import assert from "node:assert/strict";
import { seededRandom } from "unrolled";
import { splitByGroup } from "unrolled/data";

describe("splitByGroup", () => {
  const numbers = Array.from({ length: 40 }, (_, i) => i);

  it("never tears a group apart", () => {
    const { train, test } = splitByGroup(numbers, (n) => n % 7, 10, seededRandom(1));
    const trained = new Set(train.map((n) => n % 7));
    assert.ok(test.length >= 10 && test.every((n) => !trained.has(n % 7)));
    assert.deepEqual(new Set([...train, ...test]), new Set(numbers));
  });

  it("takes no more than it needs where each example stands alone", () => {
    const { train, test } = splitByGroup(numbers, (n) => n, 10, seededRandom(1));
    assert.deepEqual([train.length, test.length], [30, 10]);
  });
});
