import assert from "node:assert/strict";
import { coefficients, speech } from "unrolled/data";

describe("data: spoken digits", () => {
  it("are 48 utterances of each digit by twelve voices", async () => {
    const { examples, labels } = await speech();
    for (const word of labels) assert.equal(examples.filter((e) => e.label === word).length, 48);
    assert.equal(new Set(examples.map(({ speaker }) => speaker)).size, 12);
  });

  it("are tested on voices that were never heard in training", async () => {
    const { split } = await speech();
    const heard = new Set(split.train.map(({ speaker }) => speaker));
    assert.ok(split.test.every(({ speaker }) => !heard.has(speaker)));
  });

  it("have 13 coefficients a frame, each with mean 0 and deviation 1 over the set", async () => {
    const { examples } = await speech();
    const frames = examples.flatMap(({ x }) => x);
    assert.equal(coefficients, 13);
    assert.ok(frames.every((frame) => frame.length === coefficients));
    for (let k = 0; k < coefficients; k++) {
      const values = frames.map((frame) => frame[k]!);
      const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
      const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
      assert.ok(Math.abs(mean) < 0.01 && Math.abs(Math.sqrt(variance) - 1) < 0.02);
    }
  });

  it("spell the word that is said", async () => {
    const { examples } = await speech();
    assert.ok(examples.every(({ y, label }) => y.join("") === label));
  });

  it("name the phoneme of every frame in the order of the word", async () => {
    const { examples, phonemes } = await speech();
    for (const example of examples) {
      assert.equal(example.phonemes.length, example.x.length);
      assert.ok(example.phonemes.every((phoneme) => phonemes.includes(phoneme)));
    }
    const sounds = (word: string): Set<string> =>
      new Set(
        examples
          .filter(({ label }) => label === word)
          .map((e) => [...new Set(e.phonemes.filter((p) => p !== "-"))].join(" ")),
      );
    assert.deepEqual(sounds("six"), new Set(["s I k"]));
    assert.deepEqual(sounds("nine"), new Set(["n aI"]));
  });
});
