import assert from "node:assert/strict";
import { seededRandom } from "unrolled";
import { orders, orderSymbols, temporalOrder } from "unrolled/data";

describe("temporalOrder", () => {
  const L = 40;
  const { symbols, x, y } = temporalOrder(400, L, seededRandom(1));
  const counts = (symbol: string): boolean => symbol === "X" || symbol === "Y";

  it("asks for the order of the two X or Y, which stand where the description says, each place drawn", () => {
    const seen = [new Set<number>(), new Set<number>()];
    for (const [i, example] of symbols.entries()) {
      const places = example.flatMap((symbol, k) => (counts(symbol) ? [k + 1] : []));
      assert.equal(places.length, 2);
      places.forEach((t, k) => seen[k]!.add(t));
      const answer = orders.findIndex((_, k) => y.get(k, i) === 1);
      assert.equal(orders[answer], example.filter(counts).join(""));
    }
    assert.deepEqual(
      seen.map((places) => Array.from(places).sort((one, other) => one - other)),
      [
        [5, 6, 7, 8],
        [21, 22, 23, 24],
      ],
    );
  });

  it("gives the symbols one-hot, and each order about as often as the others", () => {
    assert.deepEqual([x.T_x, x.rows, x.cols], [L, orderSymbols.length, 400]);
    for (let t = 1; t <= L; t++) {
      assert.deepEqual(
        symbols.map((example) => orderSymbols.indexOf(example[t - 1]!)),
        symbols.map((_, i) => Array.from(x.at(t).column(i).data).indexOf(1)),
      );
      assert.equal(x.at(t).sum(), 400);
    }
    for (const order of y.sumColumns().data) assert.ok(order > 70 && order < 130, `${order}`);
  });

  it("gives the same examples for the same seed, and refuses sizes that could not be", () => {
    assert.deepEqual(temporalOrder(400, L, seededRandom(1)).symbols, symbols);
    assert.throws(() => temporalOrder(0, L, seededRandom(1)), /at least 1 for m, got 0/);
    assert.throws(() => temporalOrder(4, 9, seededRandom(1)), /at least 10 for L, got 9/);
  });
});
