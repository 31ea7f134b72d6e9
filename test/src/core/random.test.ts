import assert from "node:assert/strict";
import fc from "fast-check";
import { randomNormal, seededRandom } from "unrolled";

const seeds = fc.integer({ min: 0, max: 0xffffffff });

describe("seeded random numbers", () => {
  // Computed with an independent program in whole-number arithmetic, which from the state 1, 2, 3, 4
  // gives the generator's published outputs 11520, 0, 5927040, 70819200, 2031721883, 1637235492.
  const known: readonly (readonly [number, readonly number[]])[] = [
    [0, [0.8868539502021594, 0.012474988946590604, 0.032522145755498943, 0.024408060085556516]],
    [1, [0.5686059948349658, 0.8893939367683266, 0.4705824180198359, 0.35296769838967534]],
    [2026, [0.3345197973607569, 0.404376054597427, 0.6313242900194384, 0.2665680030849916]],
    [4294967295, [0.19461841469507213, 0.5485967281391287, 0.2282790634437124, 0.856209721965931]],
  ];
  for (const [seed, expected] of known) {
    it(`seed ${seed} gives the numbers of xoshiro128** behind splitmix32`, () => {
      const random = seededRandom(seed);
      assert.deepEqual(
        expected.map(() => random.uniform()),
        expected,
      );
    });
  }

  it("the same seed gives the same numbers, another seed others", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const draw = (s: number): number[] => {
          const random = seededRandom(s);
          return [random.uniform(), random.normal(), random.integer(1000), random.uniform()];
        };
        assert.deepEqual(draw(seed), draw(seed));
        assert.notDeepEqual(draw(seed), draw((seed + 1) % 2 ** 32));
      }),
    );
  });

  it("uniform lies in [0, 1) with mean 1/2 and variance 1/12", () => {
    const random = seededRandom(5);
    const values = Array.from({ length: 40_000 }, () => random.uniform());
    assert.ok(values.every((value) => value >= 0 && value < 1));
    const { mean, variance } = moments(values);
    assert.ok(Math.abs(mean - 1 / 2) < 5 * Math.sqrt(1 / 12 / values.length), `mean ${mean}`);
    assert.ok(
      Math.abs(variance - 1 / 12) < 5 * Math.sqrt(1 / 180 / values.length),
      `variance ${variance}`,
    );
  });

  it("normal has mean 0, variance 1 and the tails of a normal", () => {
    const random = seededRandom(6);
    const values = Array.from({ length: 40_000 }, () => random.normal());
    const { mean, variance } = moments(values);
    assert.ok(Math.abs(mean) < 5 / Math.sqrt(values.length), `mean ${mean}`);
    assert.ok(Math.abs(variance - 1) < 5 * Math.sqrt(2 / values.length), `variance ${variance}`);
    const beyond = values.filter((value) => Math.abs(value) > 1.96).length / values.length;
    assert.ok(Math.abs(beyond - 0.05) < 0.006, `beyond 1.96: ${beyond}`);
  });

  it("integer(n) takes each of 0 … n − 1 equally often", () => {
    const random = seededRandom(7);
    const counts = [0, 0, 0, 0, 0, 0];
    for (let k = 0; k < 12_000; k++) counts[random.integer(6)]!++;
    for (const count of counts)
      assert.ok(Math.abs(count - 2000) < 5 * Math.sqrt(12_000 * (5 / 36)), String(counts));
  });

  it("shuffle keeps the items and leaves the list as it is", () => {
    fc.assert(
      fc.property(seeds, fc.array(fc.integer()), (seed, items) => {
        const before = Array.from(items);
        const shuffled = seededRandom(seed).shuffle(items);
        assert.deepEqual(items, before);
        assert.deepEqual(
          shuffled.toSorted((a, b) => a - b),
          before.toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it("shuffle gives each of the 6 orders of 3 items equally often", () => {
    const random = seededRandom(8);
    const counts = new Map<string, number>();
    for (let k = 0; k < 6000; k++) {
      const order = random.shuffle(["a", "b", "c"]).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    assert.equal(counts.size, 6);
    for (const count of counts.values()) assert.ok(Math.abs(count - 1000) < 150, String(count));
  });

  it("randomNormal scales its entries", () => {
    const { mean, variance } = moments(
      randomNormal(100, 100, seededRandom(9), 0.1).toArray().flat(),
    );
    assert.ok(Math.abs(mean) < 0.005);
    assert.ok(Math.abs(variance - 0.01) < 0.001);
  });

  it("refuses seeds and sizes that are no whole numbers in range", () => {
    for (const seed of [-1, 0.5, 2 ** 32, NaN]) {
      assert.throws(() => seededRandom(seed), {
        name: "OutOfRangeError",
        message: `seededRandom: expected a whole number from 0 to 4294967295, got ${seed}`,
      });
    }
    assert.throws(() => seededRandom(1).integer(0), {
      message: "Random.integer: expected a whole number of at least 1, got 0",
    });
  });
});

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
}
