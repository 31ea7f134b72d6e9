import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import * as unrolled from "unrolled";

/** An example's lines, from a docstring. A line `expression // → value` states what it gives. */
interface Example {
  readonly file: string;
  readonly lines: readonly string[];
}

function examplesIn(file: string): Example[] {
  const source = readFileSync(inPack(file), "utf8");
  return Array.from(
    source.matchAll(/\* @example\n((?: +\* .*\n)+?)(?= +\* @| +\*\/)/g),
    ([, block]) => ({
      file,
      lines: block!
        .trimEnd()
        .split("\n")
        .map((line) => line.replace(/^ *\* /, "")),
    }),
  );
}

/** Runs an example with all of "unrolled" and its own module in scope; tells how many values it states. */
async function run({ file, lines }: Example): Promise<number> {
  const own = (await import(inPack("dist", file.replace(/ts$/, "js")))) as object;
  const scope: Readonly<Record<string, unknown>> = { ...unrolled, ...own };
  const body: string[] = [];
  let stated = 0;
  for (const line of lines) {
    const [expression, value] = line.split(" // → ");
    if (value === undefined) {
      body.push(line);
    } else {
      body.push(`same(${expression!.replace(/;$/, "")}, ${value});`);
      stated++;
    }
  }
  const same = (got: unknown, expected: unknown): void => {
    assert.deepEqual(got, expected);
  };
  // The examples are our own source's, not a stranger's.
  const source = `"use strict"; return (async () => {\n${body.join("\n")}\n})();`;
  const example = new Function("same", ...Object.keys(scope), source) as (
    ...values: unknown[]
  ) => Promise<void>;
  await example(same, ...Object.values(scope));
  return stated;
}

describe("the examples in docstrings give the values that they state", function () {
  this.timeout(60_000); // one loads tfjs-node's native part: hundreds of MB, from a disk that may be cold
  const files = ["src", "grader"].flatMap((room) =>
    readdirSync(inPack(room), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(room, file)),
  );
  const examples = files.flatMap(examplesIn);

  // An exercise's check keeps what is reached in the nearest my-work: not in a learner's own.
  const here = process.cwd();
  const elsewhere = mkdtempSync(join(tmpdir(), "unrolled-examples-"));
  before(() => {
    process.chdir(elsewhere);
  });
  after(() => {
    process.chdir(here);
    rmSync(elsewhere, { recursive: true });
  });

  it("every @example in src/ and grader/ is among them", () => {
    const written = files.flatMap((file) =>
      Array.from(readFileSync(inPack(file), "utf8").matchAll(/^ *\* @example\b/gm), () => file),
    );
    assert.ok(written.length >= 10, `found ${written.length}`);
    assert.deepEqual(
      examples.map(({ file }) => file),
      written,
    );
  });

  for (const example of examples) {
    it(`${example.file}: ${example.lines[0]!}`, async () => {
      assert.ok((await run(example)) >= 1, "no line states a value with // →");
    });
  }
});
