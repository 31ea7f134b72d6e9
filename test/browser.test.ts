import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { relative } from "node:path";
import { importClosure, specifiersOf } from "#common/import-graph";
import { inPack } from "#common/pack-root";

/** What is to run in a browser, as it is built. */
const doors: Readonly<Record<string, string>> = {
  unrolled: "dist/src/index.js",
  "unrolled/charts": "dist/src/charts/index.js",
  "unrolled/data": "dist/src/data/index.js",
  "unrolled/display": "dist/src/show.js",
  "unrolled/engine": "dist/src/engine/index.js",
  "the judging part of unrolled/check": "dist/grader/practice/practice.js",
};

describe("the browser boundary", () => {
  for (const [door, file] of Object.entries(doors)) {
    it(`${door} reaches no module of Node's, by whatever way`, () => {
      const files = Array.from(importClosure([inPack(file)]));
      const nodes = files.flatMap((one) =>
        specifiersOf(readFileSync(one, "utf8"))
          .filter((specifier) => isBuiltin(specifier))
          .map((specifier) => `${relative(inPack(), one)} -> ${specifier}`),
      );
      assert.deepEqual(nodes, []);
      assert.ok(files.length > 5, "the walk went nowhere");
    });
  }

  it("is seen where there is one: unrolled/check in Node keeps its progress in a file", () => {
    const files = importClosure([inPack("dist/grader/practice/check.js")]);
    const all = Array.from(files).flatMap((one) => specifiersOf(readFileSync(one, "utf8")));
    assert.ok(all.includes("node:fs"));
  });
});
