import assert from "node:assert/strict";
import { continueFrom, music, noteToken, tokenNote } from "unrolled/data";

describe("data: melodies", () => {
  it("are eight bars in C major that end on a long C", async () => {
    const { examples } = await music();
    for (const { notes } of examples) {
      assert.equal(
        notes.reduce((sum, { duration }) => sum + duration, 0),
        64,
      );
      assert.ok(notes.every(({ pitch }) => [0, 2, 4, 5, 7, 9, 11].includes(pitch % 12)));
      assert.ok(notes.every(({ pitch }) => pitch >= 60 && pitch <= 79));
      const last = notes.at(-1)!;
      assert.deepEqual([last.pitch % 12, last.duration], [0, 4]);
    }
  });

  it("repeat their second phrase as the last one", async () => {
    const { examples } = await music();
    for (const { notes } of examples) {
      const starts = notes.map((_, i) => notes.slice(0, i).reduce((t, n) => t + n.duration, 0));
      const phrase = (number: number): readonly object[] =>
        notes.filter((_, i) => Math.floor(starts[i]! / 16) === number);
      assert.deepEqual(phrase(3), phrase(1));
    }
  });

  it("have tokens that name their notes and can be read back", async () => {
    assert.equal(noteToken({ pitch: 67, duration: 2 }), "G4/2");
    assert.equal(noteToken({ pitch: 73, duration: 8 }), "C#5/8");
    const { examples, tokens } = await music();
    for (const example of examples) {
      assert.deepEqual(example.tokens.map(tokenNote), example.notes);
      assert.ok(example.tokens.every((token) => tokens.includes(token)));
    }
  });

  it("are cut into prompt and continuation without loss", async () => {
    const { examples } = await music();
    const melody = examples[3]!;
    const { prompt, continuation } = continueFrom(melody, 5);
    assert.equal(prompt.length, 5);
    assert.deepEqual([...prompt, ...continuation], melody.tokens);
    assert.deepEqual(continueFrom(melody, 1), { prompt: melody.x, continuation: melody.y });
  });
});
