import assert from "node:assert/strict";
import { motion, padFrames } from "unrolled/data";

describe("padFrames", () => {
  const short = [[5, 6]];
  const long = [
    [1, 2],
    [3, 4],
  ];

  it("fills the shorter examples with zeros at their end and masks them there", () => {
    const { x, mask, T_x } = padFrames([long, short]);
    assert.deepEqual(x.toArray(), [
      [
        [1, 5],
        [2, 6],
      ],
      [
        [3, 0],
        [4, 0],
      ],
    ]);
    assert.deepEqual(mask.toArray(), [[[1, 1]], [[1, 0]]]);
    assert.deepEqual(T_x, [2, 1]);
  });

  it("keeps every number of a batch of clips", async () => {
    const { split } = await motion();
    const clips = split.test.slice(0, 5);
    const { x, T_x } = padFrames(clips.map((clip) => clip.x));
    clips.forEach((clip, i) => {
      assert.equal(T_x[i], clip.x.length);
      clip.x.forEach((frame, t) => {
        assert.deepEqual(Array.from(x.at(t + 1).column(i).data), frame);
      });
    });
  });

  it("refuses an empty batch, an empty example and frames of different sizes", () => {
    assert.throws(() => padFrames([]), /the batch is empty: expected at least one example/);
    assert.throws(() => padFrames([long, []]), /example \(2\) is empty/);
    assert.throws(
      () => padFrames([long, [[1, 2], [3]]]),
      /expected 2 numbers, got 1 in x\^\(2\)⟨2⟩/,
    );
  });
});
