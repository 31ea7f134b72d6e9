import assert from "node:assert/strict";
import { bones, coordinates, joints, motion } from "unrolled/data";
import type { MotionExample } from "unrolled/data";

const column = (name: string): number => coordinates.indexOf(name);

/** How far a coordinate moves in a clip, seen from another or from the floor. */
function travel({ x }: MotionExample, name: string, origin?: string): number {
  const from = (frame: readonly number[]): number => (origin ? frame[column(origin)]! : 0);
  const values = x.map((frame) => frame[column(name)]! - from(frame));
  return Math.max(...values) - Math.min(...values);
}

describe("data: a stick figure's movements", () => {
  it("are 100 clips of each activity in frames of 22 numbers", async () => {
    const { examples, labels, split } = await motion();
    for (const label of labels) {
      const count = (clips: readonly MotionExample[]): number =>
        clips.filter(({ y }) => y === label).length;
      assert.deepEqual([count(examples), count(split.train), count(split.test)], [100, 80, 20]);
    }
    assert.equal(coordinates.length, 22);
    assert.ok(examples.every(({ x }) => x.every((frame) => frame.length === 22)));
  });

  it("connect known joints by bones, none left out", () => {
    assert.deepEqual(new Set(bones.flat()), new Set(joints));
  });

  it("show what they are called", async () => {
    const { examples } = await motion();
    for (const clip of examples) {
      assert.equal(
        travel(clip, "rightHand y", "neck y") > 0.35,
        clip.y === "wave" || clip.y === "jump",
      );
      assert.equal(travel(clip, "hip y") > 0.16, clip.y === "jump" || clip.y === "sit");
      const feetApart = clip.x.map((frame) =>
        Math.abs(frame[column("leftFoot x")]! - frame[column("rightFoot x")]!),
      );
      assert.equal(Math.max(...feetApart) > 0.2, clip.y === "walk");
    }
  });

  it("begin and end standing still, so that the last frame gives nothing away", async () => {
    const { examples } = await motion();
    for (const { x, from, to } of examples) {
      assert.ok(from >= 5 && to <= x.length - 10);
      const first = x[0]!;
      const last = x.at(-1)!;
      assert.ok(last.every((value, k) => Math.abs(value - first[k]!) < 0.12));
    }
  });
});
