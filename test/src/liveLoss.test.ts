import assert from "node:assert/strict";
import { kernelHook, type KernelHook } from "../../src/display/kernelHook.js";
import { lossSvg } from "../../src/display/lossSvg.js";
import { liveLoss, Mat, OutOfRangeError, train } from "unrolled";

interface Shown {
  readonly bundle: Readonly<Record<string, unknown>>;
  readonly place: { readonly display_id?: string; readonly update?: boolean };
}

/** 100 steps down a bowl; after `stopAt` steps the cell is stopped. */
function descend(live: { onStep: (step: never) => void }, stopAt = Infinity): void {
  train({
    parameters: { w: Mat.from([[3]]) },
    lossAndGradients: ({ w }, _random, step) => {
      if (step > stopAt) throw new Error("stopped");
      return { total: w.get(0, 0) ** 2, gradients: { dw: w.times(2) } };
    },
    steps: 100,
    onStep: live.onStep as () => void,
  });
}

describe("liveLoss", () => {
  const globals = globalThis as { [kernelHook]?: KernelHook | undefined };
  const { log } = console;
  let lines: string[];
  let shown: Shown[];

  beforeEach(() => {
    [lines, shown] = [[], []];
    console.log = (line: string) => void lines.push(line);
  });
  afterEach(() => {
    console.log = log;
    globals[kernelHook] = undefined;
  });
  const asOnOurKernel = (): void => {
    globals[kernelHook] = { display: (bundle, place) => void shown.push({ bundle, place }) };
  };

  it("shows one curve on our kernel that each new one replaces, and no line", () => {
    asOnOurKernel();
    descend(liveLoss("a bowl", 100));
    assert.equal(shown.length, 20);
    assert.deepEqual(
      shown.map(({ place }) => place.update),
      shown.map((_, k) => k > 0),
    );
    assert.equal(new Set(shown.map(({ place }) => place.display_id)).size, 1);
    assert.match(
      String(shown[0]!.bundle["text/plain"]),
      /^a bowl: step 5 of 100, loss 8\.\d\d nats$/,
    );
    assert.match(String(shown.at(-1)!.bundle["image/svg+xml"]), /^<svg .*step 100 of 100/);
    assert.deepEqual(lines, []);
  });

  it("shows two trainings in two places", () => {
    asOnOurKernel();
    for (const name of ["one", "other"]) descend(liveLoss(name, 100));
    assert.equal(new Set(shown.map(({ place }) => place.display_id)).size, 2);
  });

  it("tells a few lines elsewhere", () => {
    descend(liveLoss("a bowl", 100, "nats per ball"));
    assert.equal(lines.length, 5);
    assert.match(lines[0]!, /^a bowl: step 20 of 100, loss \d\.\d\d nats per ball$/);
  });

  it("keeps what was learned when the training is stopped", () => {
    const live = liveLoss<{ w: Mat }>("a bowl", 100);
    assert.equal(live.parameters, undefined);
    assert.throws(() => descend(live, 30), /stopped/);
    assert.equal(live.losses.length, 30);
    const { parameters } = train({
      parameters: { w: Mat.from([[3]]) },
      lossAndGradients: ({ w }) => ({ total: w.get(0, 0) ** 2, gradients: { dw: w.times(2) } }),
      steps: 30,
    });
    assert.deepEqual(live.parameters, parameters);
  });

  it("refuses steps that could not be", () => {
    assert.throws(() => liveLoss("a bowl", 0), /at least 1 for steps, got 0/);
    assert.throws(() => liveLoss(5 as unknown as string, 3), /a text for name, got 5/);
  });

  it("refuses a step without a loss, and has learned nothing of it", () => {
    const live = liveLoss("a bowl", 3);
    for (const step of [null, {}, { loss: "1" }] as never[])
      assert.throws(() => live.onStep(step), OutOfRangeError);
    assert.deepEqual([live.losses, live.parameters], [[], undefined]);
  });
});

describe("lossSvg", () => {
  const pointsOf = (svg: string): number[][] =>
    /points="([^"]*)"/
      .exec(svg)![1]!
      .split(" ")
      .map((point) => point.split(",").map(Number));

  it("draws the losses from left to right, the largest at the top, over all steps", () => {
    const points = pointsOf(lossSvg([4, 2, 0], 6, "c"));
    assert.deepEqual(
      points.map(([, y]) => y),
      [22, 69, 116],
    );
    assert.ok(points.at(-1)![0]! <= 240);
  });

  it("draws at most 240 points, leaves out what is not finite, and escapes its caption", () => {
    const svg = lossSvg(
      Array.from({ length: 5000 }, () => 1),
      5000,
      "a < b",
    );
    assert.ok(pointsOf(svg).length <= 240);
    assert.match(svg, /a &lt; b/);
    assert.equal(pointsOf(lossSvg([1, NaN, 1], 3, "c")).length, 2);
  });
});
