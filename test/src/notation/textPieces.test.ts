import assert from "node:assert/strict";
import { EOS, OutOfRangeError, textPieces } from "../../../src/index.js";

describe("a text's pieces", () => {
  it("are its different lines, every fifth held back, and no piece is in both parts", () => {
    const { train, test, letters } = textPieces("b\r\n a \n\nb\nc\rd\ne\nf");
    assert.deepEqual(train, ["b", "a", "c", "d", "f"]);
    assert.deepEqual(test, ["e"]);
    assert.deepEqual(letters.tokens, ["a", "b", "c", "d", "e", "f", EOS]);
  });

  it("are cut where a line is longer, between characters of any size", () => {
    const { train, test } = textPieces("ab\u{1f600}cdefghi", { longest: 2 });
    assert.deepEqual([...train, ...test], ["ab", "\u{1f600}c", "de", "fg", "hi"]);
  });

  it("have one form of a letter that can be written in two ways", () => {
    assert.deepEqual(textPieces("e\u0301\n\u00e9\na\nb\nc\nd").train, ["\u00e9", "a", "b", "c"]);
  });

  const refused: Readonly<Record<string, readonly [text: unknown, says: RegExp]>> = {
    "an empty text": ["", /is empty/],
    "a text of blank lines": [" \n\t\n", /is empty/],
    "a text of one character": ["aa\na\naaa\naaaa\naaaaa", /one character only, "a"/],
    "a text of four lines": ["a\nb\nc\nd\nd", /five different lines.*got 4/],
    "what is no text": [null, /expected a text, got null/],
  };
  for (const [which, [text, says]] of Object.entries(refused)) {
    it(`cannot be made of ${which}`, () => {
      assert.throws(
        () => textPieces(text as string),
        (error) => error instanceof OutOfRangeError && says.test(error.message),
      );
    });
  }

  it("have a length of at least 1", () => {
    for (const longest of [0, 1.5, NaN]) {
      assert.throws(() => textPieces("a\nb", { longest }), /longest to be a whole number/);
    }
  });
});
