import assert from "node:assert/strict";
import fc from "fast-check";
import { wilsonInterval } from "unrolled";

describe("wilsonInterval", () => {
  it("solves (p − p̂)² = z² p (1 − p) / n, of which its ends are the roots", () => {
    const trialsAndSuccesses = fc
      .integer({ min: 1, max: 200 })
      .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n })));
    fc.assert(
      fc.property(trialsAndSuccesses, ([n, k]) => {
        for (const p of wilsonInterval(k, n)) {
          const difference = (p - k / n) ** 2 - (1.959964 ** 2 * p * (1 - p)) / n;
          assert.ok(Math.abs(difference) < 1e-12, `${k} of ${n}: ${difference}`);
        }
      }),
    );
  });

  it("lies around the share, within 0 and 1, and turns with it", () => {
    for (const [k, n] of [
      [0, 20],
      [3, 20],
      [20, 20],
    ] as const) {
      const [low, high] = wilsonInterval(k, n);
      assert.ok(low >= 0 && low <= k / n && k / n <= high && high <= 1);
      const [turnedLow, turnedHigh] = wilsonInterval(n - k, n);
      assert.ok(Math.abs(1 - turnedHigh - low) + Math.abs(1 - turnedLow - high) < 1e-12);
    }
  });

  it("refuses what cannot be counted", () => {
    assert.throws(() => wilsonInterval(3, 2), /at most as many successes as trials, 2, got 3/);
    assert.throws(() => wilsonInterval(0, 0), /at least 1 for trials, got 0/);
    assert.throws(() => wilsonInterval(0.5, 2), /for successes, got 0\.5/);
  });
});
