import assert from "node:assert/strict";
import fc from "fast-check";
import { wrapped } from "../../../grader/words/wrapped.js";

describe("wrapped", () => {
  it("breaks between words, and keeps a line's indentation", () => {
    assert.equal(wrapped("  one two three\nfour", 9), "  one two\n  three\nfour");
  });

  it("leaves a word that is too long whole, and a line that fits as it is", () => {
    assert.equal(wrapped("a verylongword b", 6), "a\nverylongword\nb");
    assert.equal(wrapped("a  b", 4), "a  b");
  });

  it("counts no room for colours", () => {
    assert.equal(wrapped("\u001b[32mgreen\u001b[39m light", 11), "\u001b[32mgreen\u001b[39m light");
  });

  it("keeps every word, and no line of short words is too wide", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-zŷ⟨⟩]{1,8}$/)),
        fc.integer({ min: 8, max: 80 }),
        (words, columns) => {
          const text = wrapped(words.join(" "), columns);
          assert.deepEqual(text.split(/\s/), words.join(" ").split(/\s/));
          for (const line of text.split("\n")) assert.ok(Array.from(line).length <= columns);
        },
      ),
    );
  });
});
