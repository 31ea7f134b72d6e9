/** What the functions of "unrolled/data" are given beyond their bounds is refused in words. */
import assert from "node:assert/strict";
import { seededRandom } from "unrolled";
import {
  noteToken,
  numberTrack,
  numberWords,
  splitByGroup,
  tokenNote,
  tokenTrack,
  translation,
} from "unrolled/data";

const refused = (message: RegExp): object => ({ name: "OutOfRangeError", message });

describe("the data's functions refuse", () => {
  it("numbers and languages that have no words", async () => {
    for (const n of [1e6, 10_000, -1, 1.5, NaN]) {
      assert.throws(
        () => numberWords(n, "french"),
        refused(/^numberWords: expected .* for n, got/),
      );
    }
    const klingon = refused(/^numberWords: expected "english" .* for language, got "klingon"/);
    assert.throws(() => numberWords(1, "klingon" as never), klingon);
    await assert.rejects(translation("klingon" as never), klingon);
  });

  it("a split that leaves one part without examples", () => {
    const split = (testCount: number, groups = 4): unknown =>
      splitByGroup([1, 2, 3, 4], (n) => n % groups, testCount, seededRandom(1));
    for (const count of [0, -1, NaN, Infinity]) {
      assert.throws(() => split(count), refused(/^splitByGroup: expected .* for testCount, got/));
    }
    const none = refused(/^splitByGroup: 4 examples leave none to train on/);
    assert.throws(() => split(4), none);
    assert.throws(() => split(1, 1), none);
    assert.deepEqual(Object.keys(split(3) as object), ["train", "test"]);
  });

  it("tracks of ragged frames and of unknown tokens", () => {
    assert.throws(() => numberTrack([[1, 2], [3]], ["a", "b"]), {
      name: "ShapeError",
      message:
        "numberTrack: the frame of step ⟨2⟩ has 1 numbers but there are 2 names; expected one number a name",
    });
    assert.throws(
      () => tokenTrack(["a", "z"], ["a"]),
      refused(/^tokenTrack: step ⟨2⟩: .* got "z"/),
    );
  });

  it("notes that are none; those of a keyboard come back", () => {
    assert.throws(() => noteToken({} as never), refused(/for pitch, got undefined/));
    assert.throws(() => noteToken({ pitch: 128, duration: 1 }), refused(/for pitch, got 128/));
    for (const wrong of ["xyz", "H4/2", "E#4/2", "G#9/1", "C4/0", ""]) {
      assert.throws(() => tokenNote(wrong), refused(/^tokenNote: expected a note such as "G4\/2"/));
    }
    for (let pitch = 0; pitch < 128; pitch++) {
      for (const duration of [1, 12]) {
        assert.deepEqual(tokenNote(noteToken({ pitch, duration })), { pitch, duration });
      }
    }
  });
});
