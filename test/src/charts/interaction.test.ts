import assert from "node:assert/strict";
import * as charts from "../../../src/charts/index.js";
import { Mat } from "../../../src/core/matrix.js";
import { Sequence } from "../../../src/notation/sequence.js";
import { rendered } from "./rendering.js";

interface Slider {
  readonly name: string;
  readonly bind: { readonly min: number; readonly max: number; readonly step: number };
}

function slider(spec: charts.VegaLiteSpec): Slider["bind"] {
  return (spec["params"] as readonly Slider[]).find(({ name }) => name === "t")!.bind;
}

/** The texts that the chart shows, those of axes and legends too. */
function texts(svg: string): readonly string[] {
  return Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), (found) => found[1]!);
}

describe("controls", () => {
  const a = Sequence.build(6, (t) => Mat.column([t / 10, -t / 10]));

  it("a slider runs over the data's steps, 1 to T_x", () => {
    const expected = { min: 1, max: 6, step: 1 };
    for (const spec of [
      charts.hiddenStateHeatMap(a),
      charts.rolledUnrolled({ T_x: 6 }),
      charts.dependencyGraph(6),
    ]) {
      const { min, max, step } = slider(spec);
      assert.deepEqual({ min, max, step }, expected);
    }
  });

  it("a motion's slider runs over the longest motion, and a shorter one keeps its last frame", async () => {
    const still = (T: number): number[][] => Array.from({ length: T }, () => [0, 0, 1, 1]);
    const spec = charts.motionTrace(
      [
        { name: "short", frames: still(2) },
        { name: "long", frames: still(9) },
      ],
      { joints: ["hip", "head"], bones: [["hip", "head"]] },
    );
    assert.equal(slider(spec).max, 9);
    const [early, late] = [await rendered(spec, { t: 1 }), await rendered(spec, { t: 9 })];
    assert.equal(late.marks, early.marks);
  });

  it("the switch goes from the unrolled RNN to the rolled one", async () => {
    const spec = charts.rolledUnrolled({ T_x: 3 });
    assert.ok(texts((await rendered(spec)).svg).includes("x⟨3⟩"));
    const rolled = texts((await rendered(spec, { view: "rolled" })).svg);
    assert.ok(rolled.includes("x⟨t⟩") && !rolled.includes("x⟨3⟩"));
  });

  it("hovering an arrow lights up every arrow with the same parameters, and no other", async () => {
    const { view } = await rendered(charts.rolledUnrolled({ T_x: 3 }));
    const lit = async (): Promise<number> =>
      (await view.toSVG()).match(/<path [^>]*stroke-width="1.8"[^>]*opacity="1"/g)?.length ?? 0;
    assert.equal(await lit(), 9);
    view.data("shared_store", [
      { unit: "layer_2", fields: [{ type: "E", field: "parameter" }], values: ["Waa"] },
    ]);
    assert.equal(await lit(), 3);
  });

  it("hovering an output lights up what it was computed from", async () => {
    const { view } = await rendered(charts.fiveTypes({ first: "many-to-one" }));
    const lit = async (): Promise<number> =>
      (await view.toSVG()).match(/<path [^>]*roledescription="point"[^>]*opacity="1"/g)?.length ??
      0;
    const hover = (id: string): void => {
      view.data("hovered_store", [
        { unit: "layer_5", fields: [{ type: "E", field: "id" }], values: [id] },
      ]);
    };
    assert.equal(await lit(), 10);
    hover("x2 of many-to-one");
    assert.equal(await lit(), 1);
    hover("a3 of many-to-one");
    assert.equal(await lit(), 7); // a⟨0⟩ … a⟨3⟩ and x⟨1⟩ … x⟨3⟩
    hover("y4 of many-to-one");
    assert.equal(await lit(), 10);
  });

  it("the slider of the dependency graph tells which losses reach a⟨t⟩", async () => {
    const spec = charts.dependencyGraph(4);
    const said = async (t: number): Promise<string | undefined> =>
      texts((await rendered(spec, { t })).svg).find((text) => text.startsWith("∂L"));
    assert.equal(await said(2), "∂L/∂a⟨2⟩ is a sum over 3 losses: L⟨2⟩ … L⟨4⟩");
    assert.equal(await said(4), "∂L/∂a⟨4⟩ is a sum over 1 loss: L⟨4⟩");
  });

  it("slider and switch tell what an output of a bidirectional RNN is computed from", async () => {
    const spec = charts.bothDirections(4);
    const said = async (t: number, view: string): Promise<string | undefined> =>
      texts((await rendered(spec, { t, view })).svg).find((text) => text.includes("computed"));
    assert.equal(await said(3, "both"), "ŷ⟨3⟩ is computed from x⟨1⟩ … x⟨4⟩: 4 of 4 inputs");
    assert.equal(
      await said(3, "from the start"),
      "ŷ⟨3⟩ is computed from x⟨1⟩ … x⟨3⟩: 3 of 4 inputs",
    );
    assert.equal(await said(4, "from the end"), "ŷ⟨4⟩ is computed from x⟨4⟩: 1 of 4 inputs");
  });

  it("all that an output of a bidirectional RNN is computed from is lit, and nothing else", async () => {
    const spec = charts.bothDirections(4);
    const lit = async (t: number, view: string): Promise<number> =>
      (await rendered(spec, { t, view })).svg.match(
        /<path [^>]*roledescription="point"[^>]*opacity="1"/g,
      )?.length ?? 0;
    assert.equal(await lit(2, "both"), 4 + 2 + 3 + 1); // x⟨1⟩ … x⟨4⟩, a→⟨1⟩, a→⟨2⟩, a←⟨2⟩ … a←⟨4⟩, ŷ⟨2⟩
    assert.equal(await lit(2, "from the start"), 2 + 2 + 1);
    assert.equal(await lit(2, "from the end"), 3 + 3 + 1);
  });

  it("the sliders of a deep RNN light up the layers below and the steps before, and count them", async () => {
    const spec = charts.deepGrid(4, 3);
    const { svg } = await rendered(spec, { l: 2, t: 3 });
    const lit = svg.match(/<path [^>]*roledescription="point"[^>]*opacity="1"/g)?.length;
    assert.equal(lit, 3 + 6); // x⟨1⟩ … x⟨3⟩ and two layers' states
    assert.ok(texts(svg).includes("a[2]⟨3⟩ is computed from 3 inputs and 5 other states"));
  });

  it("the list of a reach chart shows one square at a time, a 0 where nothing moves", async () => {
    const spec = charts.reachHeatMap({ all: Mat.filled(3, 3, 1), none: Mat.zeros(3, 3) });
    const zeros = async (shown: string): Promise<number> =>
      texts((await rendered(spec, { shown })).svg).filter((text) => text === "0").length;
    const scale = await zeros("all"); // the legend's 0, where it has one
    assert.equal((await zeros("none")) - scale, 9);
  });

  it("the list of types shows each type's own inputs and outputs", async () => {
    const spec = charts.fiveTypes();
    const count = async (type: string): Promise<readonly number[]> => {
      const shown = texts((await rendered(spec, { type })).svg);
      return [/^(x(⟨|$)|start)/, /^[as](⟨[1-9]|$)/, /^ŷ(⟨|$)/].map(
        (pattern) => shown.filter((text) => pattern.test(text)).length,
      );
    };
    const counts: Record<string, readonly number[]> = {};
    for (const name of charts.fiveTypeNames) counts[name] = await count(name);
    assert.deepEqual(counts, {
      "one-to-one": [1, 1, 1],
      "one-to-many": [1, 4, 4],
      "many-to-one": [4, 4, 1],
      "many-to-many, T_x = T_y": [4, 4, 4],
      "many-to-many, T_x ≠ T_y": [4, 5, 2],
    });
  });

  it("without the mask the bars of the padded steps appear, and another total", async () => {
    const spec = charts.perStepLoss(Mat.from([[1, 0]]), { withoutMask: Mat.from([[1, 2]]) });
    const totals = async (masked: boolean): Promise<readonly string[]> =>
      texts((await rendered(spec, { masked })).svg).filter((text) => text.startsWith("L = "));
    assert.deepEqual(await totals(true), ["L = Σ L⟨t⟩ = 1 nats"]);
    assert.deepEqual(await totals(false), ["L = Σ L⟨t⟩ = 3 nats"]);
  });

  it("the slope's switch draws the derivative", async () => {
    const spec = charts.activationCurves();
    assert.notEqual((await rendered(spec)).svg, (await rendered(spec, { shown: "slope" })).svg);
  });

  it("a state's slider draws that state as bars", async () => {
    const { view } = await rendered(charts.hiddenStateHeatMap(a), { t: 4 });
    const bars = Object.keys(
      view.getState({ data: (name) => name?.startsWith("data_") === true }).data,
    );
    const rows = bars.map((name) => view.data(name) as readonly { t: number; value: number }[]);
    const shown = rows.find((list) => list.length === 2 && list.every((row) => row.t === 4));
    assert.deepEqual(
      shown?.map((row) => row.value),
      [0.4, -0.4],
    );
  });
});

describe("accuracyBars", () => {
  it("a number stands inside its bar, or behind a bar too short for it", async () => {
    const { svg } = await rendered(
      charts.accuracyBars([
        { model: "none", accuracy: 0, knows: "nothing" },
        { model: "most", accuracy: 0.9, knows: "much" },
      ]),
    );
    const anchor = (text: string): string | undefined =>
      new RegExp(`text-anchor="(\\w+)"[^>]*font-weight="bold"[^>]*>${text}</text>`).exec(svg)?.[1];
    assert.equal(anchor("0"), "start");
    assert.equal(anchor("0\\.9"), "end");
  });
});
