import { strict as assert } from "node:assert";
import { assertGrowsLinearly } from "../growth.js";
import { attack, inputOf } from "./fuzz.js";
import { type Parser, parsers } from "./parsers.js";

/** In all some ten thousand; `npm run fuzz` tries a million. */
const inputs = 1300;

describe("parsers of what others wrote", function () {
  this.timeout(60_000);

  for (const parser of parsers) {
    it(`${parser.name}: read or refused in its own words, whatever the bytes`, async () => {
      for (const bytes of parser.corpus) await parser.read(bytes);
      // Another thousand each day would find something on a day when nobody looks.
      const [fall] = await attack(parser, { from: 1, to: inputs + 1 });
      assert.equal(
        fall,
        undefined,
        `seed ${fall?.seed}: ${fall?.why}\n${JSON.stringify(
          Buffer.from(fall?.bytes ?? [])
            .toString("latin1")
            .slice(0, 2000),
        )}`,
      );
    });
  }

  for (const parser of parsers) {
    it(`${parser.name}: four times as much takes no more than eight times as long`, async () => {
      const inputs = new Map([1, 2, 4].map((k) => [k, parser.hostile(k)]));
      await assertGrowsLinearly((k) => parser.read(inputs.get(k)!));
    });
  }

  it("a parser that falls or waits is told, with the seed that makes the same input again", async () => {
    const weak: Parser = {
      ...{
        name: "weak",
        corpus: [new TextEncoder().encode("abc")],
        words: ["x"],
        hostile: () => new Uint8Array(),
      },
      read(bytes) {
        if (bytes.includes(120)) throw new RangeError("an x");
      },
    };
    const falls = await attack(weak, { from: 1, to: 50 });
    assert.ok(falls.length > 0);
    for (const { seed, bytes, why } of falls) {
      assert.deepEqual(inputOf(weak, seed), bytes);
      assert.equal(why, "RangeError: an x");
    }
  });

  it("a pause of the machine is no fall, a parser that is slow again is one", async () => {
    let reads = 0;
    const slow = (isSlow: () => boolean): Parser => ({
      ...{ name: "slow", corpus: [new Uint8Array(9)], words: ["x"] },
      hostile: () => new Uint8Array(),
      read() {
        reads++;
        if (isSlow()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2050);
      },
    });
    assert.deepEqual(
      await attack(
        slow(() => reads === 1),
        { from: 1, to: 3 },
      ),
      [],
    );
    const [fall] = await attack(
      slow(() => true),
      { from: 1, to: 2 },
    );
    assert.match(fall!.why, /^took 2\d\d\d ms$/);
  });
});
