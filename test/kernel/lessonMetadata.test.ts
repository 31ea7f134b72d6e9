import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { inPack, packRoot } from "#common/pack-root";
import { kernelInfo } from "../../src/kernel/protocol/kernelInfo.js";
import { kernelspecMetadata } from "../../src/kernel/start/kernelspec.js";

describe("kernel: what the lessons say of it", () => {
  const lessons = readdirSync(inPack("notebooks")).filter((name) => name.endsWith(".ipynb"));
  for (const lesson of lessons) {
    it(`${lesson} has the metadata that the kernel gives: JupyterLab writes its own over any other, and the lesson opens as changed`, () => {
      const { metadata } = JSON.parse(readFileSync(inPack("notebooks", lesson), "utf8")) as {
        readonly metadata: object;
      };
      const { language_info } = kernelInfo(packRoot) as { readonly language_info: object };
      assert.deepEqual(metadata, { kernelspec: kernelspecMetadata, language_info });
    });
  }
});
