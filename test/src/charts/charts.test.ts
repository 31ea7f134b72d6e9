import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import * as charts from "../../../src/charts/index.js";
import type { VegaLiteSpec } from "../../../src/charts/index.js";
import { Mat } from "../../../src/core/matrix.js";
import { Sequence } from "../../../src/notation/sequence.js";
import { examples } from "./examples.js";
import { rendered, type RenderedChart } from "./rendering.js";

const require = createRequire(import.meta.url);

describe("every chart", () => {
  const ajv = new Ajv({ strict: false, allowUnionTypes: true, logger: false });
  const schema: unknown = JSON.parse(
    readFileSync(require.resolve("vega-lite/build/vega-lite-schema.json"), "utf8"),
  );
  const valid = ajv.compile(schema as object);

  it("is held against the schema of the version that JupyterLab has, 5.6.1", () => {
    const { version } = require("vega-lite/package.json") as { version: string };
    assert.equal(version, "5.6.1");
  });

  it("would be refused with a wrong property (the schema does check)", () => {
    const [first] = examples;
    assert.ok(!valid({ ...first!.draw(), width: "wide" }));
  });

  for (const { name, draw, inputs } of examples) {
    describe(name, () => {
      let picture: RenderedChart;
      before(async () => {
        picture = await rendered(draw());
      });

      it("is valid Vega-Lite", () => {
        assert.ok(valid(draw()), ajv.errorsText(valid.errors?.slice(0, 3)));
      });

      it("is plain JSON, and the same for the same data", () => {
        assert.deepEqual(JSON.parse(JSON.stringify(draw())), draw());
      });

      it("compiles and draws without a warning", () => {
        assert.deepEqual(picture.warnings, []);
      });

      it("draws marks at finite places", () => {
        assert.ok(picture.marks > 2, `${picture.marks} marks`);
        assert.doesNotMatch(picture.svg, /NaN|undefined|Infinity/);
      });

      it("lets the page's own colour through", () => {
        assert.equal(draw()["background"], "transparent");
        assert.doesNotMatch(picture.svg, /fill="(#fff|#ffffff)"[^>]*d="M0,0h/);
      });

      it("fits a notebook", () => {
        assert.ok(picture.width <= 900, `${picture.width} pixels wide`);
      });

      it("has an alt text that says more than the title", () => {
        const { description } = draw();
        assert.ok(description.length > 60, description);
        assert.doesNotMatch(description, /NaN|undefined|Infinity/);
      });

      it("makes one claim with a number in its title", () => {
        const { text } = draw()["title"] as { text: readonly string[] };
        assert.match(text.join(" "), /\d/);
        assert.doesNotMatch(text.join(" "), /NaN|undefined|Infinity/);
      });

      it("shows every control's initial value as one that can be chosen", () => {
        const params = (draw()["params"] ?? []) as readonly Control[];
        for (const { value, bind } of params) {
          if (bind?.input === "range") {
            assert.ok((value as number) >= bind.min! && (value as number) <= bind.max!);
          } else if (bind?.options !== undefined) {
            assert.ok(bind.options.includes(value));
          }
        }
      });

      it("leaves its data as they were", () => {
        const before = JSON.stringify(inputs);
        draw();
        assert.equal(JSON.stringify(inputs), before);
      });
    });
  }
});

describe("numbers that are not finite", () => {
  const broken = Mat.from([
    [NaN, 1],
    [Infinity, -2],
  ]);
  const drawn: Readonly<Record<string, VegaLiteSpec>> = {
    heatMap: charts.heatMap(broken),
    hiddenStateHeatMap: charts.hiddenStateHeatMap(Sequence.of([broken, broken])),
    trainingCurve: charts.trainingCurve([
      { step: 0, loss: 2 },
      { step: 1, loss: 3 },
      { step: 2, loss: NaN },
    ]),
  };
  for (const name in drawn) {
    it(`leave the rest of ${name} drawn`, async () => {
      const { svg, warnings, marks } = await rendered(drawn[name]!);
      assert.deepEqual(warnings, []);
      assert.ok(marks > 0);
      assert.doesNotMatch(
        svg,
        / (d|[xy]2?|transform|width|height|fill|opacity)="[^"]*(NaN|Infinity)/,
      );
    });
  }

  it("are what the title speaks of", () => {
    assert.match(
      JSON.stringify(drawn["heatMap"]!["title"]),
      /2 of the 2 × 2 entries are no finite/,
    );
    assert.match(
      JSON.stringify(drawn["hiddenStateHeatMap"]!["title"]),
      /4 of the 4 entries of a⟨1⟩ … a⟨2⟩ are no finite/,
    );
    assert.match(JSON.stringify(drawn["trainingCurve"]!["title"]), /from 2 to NaN/);
  });
});

describe("heat maps of too many cells", () => {
  it("are refused before they freeze the page", () => {
    assert.throws(
      () => charts.heatMap(Mat.zeros(200, 101)),
      /200 × 101 cells are too many.*draw a part/,
    );
    assert.throws(() => charts.hiddenStateHeatMap(Sequence.zeros(101, 200, 1)), /too many/);
    assert.throws(() => charts.paddedBatch(Sequence.zeros(201, 1, 100)), /too many/);
    assert.throws(
      () => charts.oneHotHeatMap(Sequence.zeros(3, 10000, 1), Array<string>(10000).fill("a")),
      /too many/,
    );
  });
});

interface Control {
  readonly value?: unknown;
  readonly bind?: {
    readonly input: string;
    readonly min?: number;
    readonly max?: number;
    readonly options?: readonly unknown[];
  };
}
