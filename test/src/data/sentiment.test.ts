import assert from "node:assert/strict";
import { sentiment } from "unrolled/data";
import type { SentimentExample } from "unrolled/data";

const target = ({ y }: SentimentExample): number => (y === "positive" ? 1 : 0);

/** How often a word occurs in good and in bad reviews. */
function countsOf(examples: readonly SentimentExample[], word: string): readonly [number, number] {
  const counts: [number, number] = [0, 0];
  for (const example of examples) {
    counts[target(example)]! += example.x.filter((other) => other === word).length;
  }
  return counts;
}

/** Logistic regression on the features that `featuresOf` counts; the accuracy on the test set. */
async function accuracy(
  featuresOf: (x: readonly string[]) => readonly string[],
): Promise<{ readonly train: number; readonly test: number }> {
  const { split } = await sentiment();
  const weights = new Map<string, number>();
  const score = (x: readonly string[]): number =>
    featuresOf(x).reduce((sum, feature) => sum + (weights.get(feature) ?? 0), 0);
  for (let epoch = 1; epoch <= 60; epoch++) {
    for (const example of split.train) {
      const error = target(example) - 1 / (1 + Math.exp(-score(example.x)));
      for (const feature of featuresOf(example.x)) {
        weights.set(feature, (weights.get(feature) ?? 0) + (0.1 / epoch) * error);
      }
    }
  }
  const right = (examples: readonly SentimentExample[]): number =>
    examples.filter((e) => (score(e.x) > 0 ? 1 : 0) === target(e)).length / examples.length;
  return { train: right(split.train), test: right(split.test) };
}

describe("data: reviews", () => {
  it("balance every word between good and bad reviews", async () => {
    const { examples, tokens } = await sentiment();
    for (const word of tokens) {
      const [bad, good] = countsOf(examples, word);
      assert.equal(good, bad, word);
    }
  });

  it("defeat a bag of words: below 0.65 on both parts of the split", async () => {
    const result = await accuracy((x) => x);
    assert.ok(result.test < 0.65 && result.train < 0.65, JSON.stringify(result));
  });

  it("are decided by order: with each word's place known, the same regression gets more", async () => {
    const placed = await accuracy((x) => x.map((word, index) => `${x.length} ${index} ${word}`));
    assert.ok(placed.test > 0.7, JSON.stringify(placed));
  });

  it("never get two labels", async () => {
    const { examples } = await sentiment();
    const labels = new Map<string, string>();
    for (const { x, y } of examples) {
      const sentence = x.join(" ");
      assert.equal(labels.get(sentence) ?? y, y, sentence);
      labels.set(sentence, y);
    }
  });
});
