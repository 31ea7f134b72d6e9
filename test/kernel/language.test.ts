import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KernelClient } from "./kernelClient.js";

describe("kernel: the language of the cells", function () {
  this.timeout(60_000);
  let kernel: KernelClient;
  let root: string;
  before(async () => {
    root = mkdtempSync(join(tmpdir(), "unrolled-language-"));
    for (const folder of ["notebooks", "src", "node_modules/waits"])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(
      join(root, "src/above.ts"),
      "export const above: string = 'above';\nexport function fails(): never {\n  throw new RangeError('from above');\n}\n",
    );
    writeFileSync(
      join(root, "notebooks/beside.ts"),
      "import { above } from '../src/above.ts';\nexport const both = (n: number): string => above + n;\n",
    );
    writeFileSync(join(root, "notebooks/data.json"), '{"rows": [1, 2, 3]}');
    const waits = join(root, "node_modules/waits");
    writeFileSync(
      join(waits, "package.json"),
      '{"name": "waits", "type": "module", "exports": {"types": "./index.d.ts", "default": "./index.js"}}',
    );
    writeFileSync(join(waits, "index.js"), "export const answer = await Promise.resolve(42);\n");
    writeFileSync(join(waits, "index.d.ts"), "export declare const answer: number;\n");
    kernel = await KernelClient.start({
      folder: join(root, "notebooks"),
      env: { ...process.env, UNROLLED_COMPILED_CELLS: "off" },
    });
  });
  after(async () => {
    await kernel.stop();
    rmSync(root, { recursive: true });
  });

  async function result(code: string): Promise<string | undefined> {
    const report = await kernel.run(code);
    assert.equal(report.status, "ok", report.traceback);
    return report.result;
  }

  it("the value of the last expression is the result", async () => {
    assert.equal(await result("[1, 2, 3].map((x) => x * 2)"), "[ 2, 4, 6 ]");
    assert.equal(await result("const x = 1;"), undefined);
    assert.equal(await result("undefined"), undefined);
    assert.equal(await result("0"), "0");
    assert.equal(await result("false"), "false");
  });

  it("a shorthand property takes its value from an earlier cell", async () => {
    await result("const n_a = 8; let n_x = 3; const spread = { m: 4 };");
    await result('import { basename } from "node:path";');
    assert.equal(await result("({ n_a })"), "{ n_a: 8 }");
    assert.equal(
      await result("[{ ...spread, n_x, inner: { n_a } }]"),
      "[ { m: 4, n_x: 3, inner: { n_a: 8 } } ]",
    );
    assert.equal(await result("({ basename }).basename('a/b')"), "'b'");
    assert.equal(await result("({ n_x } = { n_x: 5 });\nn_x"), "5");
    assert.equal(
      await result("const none: { n_x?: number } = {};\n({ n_x = 7 } = none);\nn_x"),
      "7",
    );
    assert.equal(await result("((n_a: number) => ({ n_a }))(1)"), "{ n_a: 1 }");
  });

  it("a const, a function, a class and an import can be declared again", async () => {
    for (let i = 1; i <= 2; i++) {
      assert.equal(
        await result(
          `const again = ${i}; export function twice(): number { return again * 2; }\ntwice()`,
        ),
        String(i * 2),
      );
      assert.equal(await result(`class Box { value = ${i}; }\nnew Box().value`), String(i));
      assert.equal(
        await result(`import { Mat } from "unrolled"; Mat.zeros(1, ${i}).cols`),
        String(i),
      );
    }
    assert.equal(await result("twice() + new Box().value"), "6");
  });

  it("the same cell runs again and again", async () => {
    await result("let runs = 0;");
    for (let k = 0; k < 4; k++) await result("runs++;\nconst twin: number = runs;");
    assert.equal(await result("twin"), "4");
  });

  it("a type-only import leaves the value that an earlier cell has imported", async () => {
    await result('import { Mat } from "unrolled";');
    for (const again of ["{ type Mat }", "{ softmax, type Mat }"]) {
      await result(`import ${again} from "unrolled"; const typed: Mat = Mat.zeros(1, 1);`);
      assert.equal(await result("Mat.zeros(1, 2).cols"), "2");
    }
    await result('import type { Mat } from "unrolled";');
    assert.equal(await result("Mat.zeros(1, 3).cols"), "3");
  });

  it("a name that was only imported as a type is no value", async () => {
    const report = await kernel.run('import { type Sequence } from "unrolled"; new Sequence()');
    assert.match(report.traceback, /cannot be used as a value/);
  });

  it("top-level await, for await, and dynamic import", async () => {
    assert.equal(await result("const waited = await Promise.resolve(7); waited"), "7");
    assert.equal(
      await result(
        "let sum = 0; for await (const x of [Promise.resolve(1), Promise.resolve(2)]) sum += x; sum",
      ),
      "3",
    );
    assert.equal(await result('const m = await import("mathjs"); m.add(1, 2)'), "3");
    assert.equal(await result('(await import("node:path")).sep.length'), "1");
  });

  it("cells run in strict mode, as the modules that they are written as", async () => {
    const report = await kernel.run(
      "const fixed: { x: number } = Object.freeze({ x: 1 });\nfixed.x = 2;",
    );
    assert.equal(report.ename, "TypeError");
    assert.match(report.traceback, /line 2|:2/);
  });

  it("strict types: an implicit any, a possible null and a wrong argument are errors", async () => {
    const implicit = await kernel.run("function f(x) { return x; }");
    assert.equal(implicit.ename, "CompileError");
    assert.match(implicit.traceback, /TS7006.*implicitly has an 'any' type/);
    assert.match(
      (await kernel.run("let n: string | null = null as string | null; n.length")).evalue,
      /possibly 'null'/,
    );
    assert.match(
      (await kernel.run('import { Mat } from "unrolled"; Mat.zeros("2", 3)')).evalue,
      /not assignable to parameter of type 'number'/,
    );
  });

  it("types of the library, its subpaths and the packages reach the cell", async () => {
    assert.match(
      (await kernel.run('import { Mat } from "unrolled"; const s: string = Mat.zeros(1, 1);'))
        .evalue,
      /Type 'Mat<.*>' is not assignable to type 'string'/,
    );
    for (const name of ["mathjs", "vega-lite", "vega", "@tensorflow/tfjs"]) {
      const report = await kernel.run(`import * as it from "${name}"; const n: number = it;`);
      assert.match(report.evalue, /is not assignable to type 'number'/, name);
    }
  });

  it("a file beside the notebook, one above it, and JSON", async () => {
    assert.equal(await result('import { both } from "./beside.ts"; both(1)'), "'above1'");
    assert.equal(await result('import { both as bare } from "./beside"; bare(2)'), "'above2'");
    assert.equal(await result('import { above } from "../src/above.ts"; above'), "'above'");
    assert.equal(await result('import data from "./data.json"; data.rows.length'), "3");
    assert.equal(await result('(await import("../src/above.ts")).above'), "'above'");
  });

  it("a changed file is compiled and loaded again", async () => {
    writeFileSync(join(root, "notebooks/changes.ts"), "export const version = 1;\n");
    assert.equal(await result('import { version } from "./changes.ts"; version'), "1");
    await new Promise((resume) => setTimeout(resume, 20));
    writeFileSync(join(root, "notebooks/changes.ts"), "export const version: string = 'two';\n");
    assert.equal(await result('import { version } from "./changes.ts"; version'), "'two'");
  });

  it("a file that was missing is found once it is there", async () => {
    assert.match(
      (await kernel.run('import { late } from "./late.ts"; late')).evalue,
      /Cannot find/,
    );
    writeFileSync(join(root, "notebooks/late.ts"), "export const late = 'here';\n");
    assert.equal(await result('import { late } from "./late.ts"; late'), "'here'");
  });

  it("an ES module with top-level await", async () => {
    assert.equal(await result('import { answer } from "waits"; answer'), "42");
    assert.equal(await result('(await import("waits")).answer'), "42");
  });

  it("a module cell defines a module", async () => {
    assert.equal(
      (await kernel.run("/** @module shared */\nexport const shared = 5;")).status,
      "ok",
    );
    assert.equal(await result('import { shared } from "./shared"; shared'), "5");
    const wrong = await kernel.run('/** @module faulty */\nexport const faulty: number = "x";');
    assert.equal(wrong.ename, "CompileError");
  });

  it("Unicode names of the course", async () => {
    assert.equal(await result("const ŷ = 1, μ = 2, aₜ = 3; ŷ + μ + aₜ"), "6");
  });

  it("packages written for the browser find no kernel internals", async () => {
    assert.equal(await result("typeof require"), "'function'");
    assert.equal(
      await result("import { readFileSync } from 'node:fs'; typeof readFileSync"),
      "'function'",
    );
  });

  it("inspection tells the documentation of what a cell uses: the language's, Node's, the library's", async () => {
    await result('import { Mat } from "unrolled"; import { readFileSync } from "node:fs";');
    await result("/** How many. */ type Count<T> = { n: T };");
    for (const [code, told] of [
      ["Math.hypot", /square root of the sum of squares/],
      ["Math.atan2(1, ", /angle/],
      ["readFileSync", /contents of the `path`/],
      ["Mat.zeros", /zeros/],
      ["Count", /type Count<T> = \{[^]*n: T;[^]*How many\./],
    ] as const) {
      const content = { code, cursor_pos: code.length };
      const { data } = (await kernel.request("inspect_request", content)).content;
      assert.match((data as Record<string, string>)["text/plain"]!, told);
    }
  });
});
