import assert from "node:assert/strict";
import { textOf } from "../../../../grader/class/intake/text.js";

describe("a file's bytes as text", () => {
  it("have Windows' characters where they are no UTF-8, on every version of Node", () => {
    const { text, note } = textOf(Uint8Array.from([0x93, 0x61, 0x94, 0x80, 0xfc, 0x9f]));
    assert.equal(text, "“a”€üŸ");
    assert.match(note!, /Windows-1252/);
  });

  it("end where the text does: no zeros, no mark of the end, no half of a character", () => {
    assert.equal(textOf(Uint8Array.from([0x61, 0x0a, 0x1a, 0, 0])).text, "a\n");
    assert.equal(textOf(Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x0a])).text, "a");
    assert.equal(textOf(Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x1a, 0])).text, "a");
  });

  it("have lines that end alike", () => {
    assert.equal(textOf(Buffer.from("a\r\nb\rc\n\r")).text, "a\nb\nc\n\n");
  });
});
