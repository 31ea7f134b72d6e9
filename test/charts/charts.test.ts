import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
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

interface Control {
  readonly value?: unknown;
  readonly bind?: {
    readonly input: string;
    readonly min?: number;
    readonly max?: number;
    readonly options?: readonly unknown[];
  };
}
