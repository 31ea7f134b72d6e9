import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { inPack, packRoot } from "#common/pack-root";

/** What a program in the pack's folder prints as JSON, with or without the kernel's condition. */
function printed(program: string, options: readonly string[] = []): unknown {
  const args = [...options, "--input-type=module", "--eval", program];
  const output = execFileSync(process.execPath, args, {
    cwd: packRoot,
    encoding: "utf8",
    env: { ...process.env, UNROLLED_ENGINE: "wasm" },
  });
  return JSON.parse(output);
}

const condition = ["--conditions=notebook"];

describe("the library in few files, as notebooks import it", () => {
  const { exports } = JSON.parse(readFileSync(inPack("package.json"), "utf8")) as {
    exports: Record<string, unknown>;
  };
  const names = Object.keys(exports)
    .filter((path) => path !== "./package.json")
    .map((path) => `unrolled${path.slice(1)}`);

  it("exports what the library exports, from every part", () => {
    const program = `const parts = {};
      for (const name of ${JSON.stringify(names)}) parts[name] = Object.keys(await import(name)).sort();
      console.log(JSON.stringify(parts));`;
    assert.deepEqual(printed(program, condition), printed(program));
  });

  it("is found by the condition, and by that alone", () => {
    const program = `console.log(JSON.stringify(import.meta.resolve("unrolled")));`;
    assert.match(String(printed(program, condition)), /\/dist\/notebook\//);
    assert.doesNotMatch(String(printed(program)), /\/notebook\//);
  });

  it("finds the large data, which is there once", () => {
    const program = `const { dna, firstNames, speech } = await import("unrolled/data");
      const sets = await Promise.all([dna(), firstNames(), speech()]);
      console.log(JSON.stringify(sets.map(({ examples }) => examples.length > 100)));`;
    assert.deepEqual(printed(program, condition), [true, true, true]);
  });

  it("has one class of matrices in all its parts", () => {
    const program = `import { Mat, oneHot } from "unrolled";
      import { example } from "unrolled/check";
      const { args } = await example("rnnCellForward");
      console.log(JSON.stringify([oneHot([0], 2), ...args].filter((value) => value instanceof Mat).length));`;
    assert.equal(printed(program, condition), 3);
  });

  it("finds the engine's parts for Node", () => {
    const program = `import { openEngine } from "unrolled/engine";
      const engine = openEngine({ threads: 2 });
      console.log(JSON.stringify(engine.threads));
      engine.close();`;
    assert.equal(printed(program, condition), 2);
  });
});
