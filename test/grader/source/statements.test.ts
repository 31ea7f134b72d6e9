import assert from "node:assert/strict";
import { type Statement, statementsOf } from "../../../grader/source/statements.js";
import { tokensOf } from "../../../grader/source/tokens.js";

const texts = (source: string): readonly string[] =>
  statementsOf(source).map((statement) => statement.text);
const only = (source: string): Statement => {
  const [first, ...more] = statementsOf(source);
  assert.deepEqual(more, [], source);
  return first!;
};

describe("the tokens of a source", () => {
  const words = (source: string): readonly string[] =>
    tokensOf(source).flatMap(({ kind, text }) => (kind === "word" ? [text] : []));

  it("are code alone: no strings, comments, templates or regular expressions", () => {
    assert.deepEqual(words(`a /* b */ "c" 'd' // e\n\`f \${g} h \${\`i\${j}\`} k\` / l / m`), [
      ..."agjlm",
    ]);
    assert.deepEqual(words("return /b'{/ + (c / d) / e"), ["return", "c", "d", "e"]);
    assert.deepEqual(
      words("x = /[/}]\\/y/g.test(z)"),
      ["x", "test", "z"].flatMap((w) => (w === "test" ? ["g", w] : [w])),
    );
  });

  it("take letters of every alphabet for letters", () => {
    assert.deepEqual(words("const ŷ_t = größe"), ["const", "ŷ_t", "größe"]);
  });

  it("come to an end where the source does not close what it opens", () => {
    for (const open of ['"abc', "'a\\", "`a${b", "/* a", "/a[", "{{{", "`${`${`"])
      assert.doesNotThrow(() => tokensOf(open), open);
  });
});

describe("the statements of a source", () => {
  it("end at a semicolon, a closed body, and where a line begins anew", () => {
    assert.deepEqual(
      texts("const a = 1; let b\nfunction f() {} class C {} f()\nif (a) { b } else { b }"),
      ["const a = 1;", "let b", "function f() {}", "class C {}", "f()", "if (a) { b } else { b }"],
    );
  });

  it("end at a block, also where the next stands on its line", () => {
    const text = (n: number): string => `export function f${n}() {}`;
    for (const block of [
      "for (const a of b) { c() }",
      "if (a) {} else { b }",
      "{ a }",
      "const o = { a }",
    ])
      assert.deepEqual(texts(`${block} ${text(1)} ${text(2)}`), [
        block,
        "function f1() {}",
        "function f2() {}",
      ]);
    assert.deepEqual(texts("do { a } while (b)\ntry { a } catch { b } finally { c }"), [
      "do { a } while (b)",
      "try { a } catch { b } finally { c }",
    ]);
  });

  it("go on over lines, result types with braces, and methods called on the next line", () => {
    for (const whole of [
      "function f(x: { a: 1 }): { b: Mat } { return x; }",
      "function f(): { a: 1 }[] { return []; }",
      "function f(): Promise<{ a: 1 }> { return g(); }",
      "const a =\n  1 +\n  2;",
      "const a = b\n  .c()\n  .d();",
      "const f = (x: number): { a: 1 } => {\n  return x;\n};",
      "type T =\n  | 1\n  | 2;",
      "class A extends B<{ a: 1 }> { c = 1; d() { return { e: 1 }; } }",
    ])
      assert.equal(only(whole).text, whole);
  });

  it("say what they declare, without export and default", () => {
    const declared = (source: string): readonly string[] => only(source).declares;
    assert.deepEqual(declared("export default async function* f() {}"), ["f"]);
    assert.equal(only("export default function f() {}").text, "function f() {}");
    assert.deepEqual(
      declared("const a = g(1, 2), { b, c: d, e: { f = 1 }, ...h } = x, [i, [j]] = y;"),
      [..."abdfhij"],
    );
    assert.deepEqual(declared("const a: Map<string, number> = new Map();"), ["a"]);
    assert.deepEqual(declared("export { a, b as c };"), ["a", "c"]);
    assert.deepEqual(declared('import x, { type A, b as c } from "y";'), ["x", "A", "c"]);
    assert.deepEqual(declared("export enum E { A }"), ["E"]);
    assert.deepEqual(declared("f(x);"), []);
  });

  it("say each name of an import by itself", () => {
    const imports = (source: string): readonly string[] =>
      Array.from(only(source).imports.values());
    assert.deepEqual(imports('import x, { b as c, d } from "y";'), [
      'import x from "y";',
      'import { b as c } from "y";',
      'import { d } from "y";',
    ]);
    assert.deepEqual(imports("import * as m from 'mathjs'"), ["import * as m from 'mathjs';"]);
    assert.deepEqual(imports('import type { T } from "y";'), ['import type { T } from "y";']);
  });

  it("give what they can of imports that are no TypeScript", () => {
    for (const source of ['async import { Mat } from "y";', 'as Mat import from "y"', "import as"])
      assert.doesNotThrow(() => statementsOf(source).map(({ imports }) => imports), source);
  });

  it("say what an import leads to, by names, by a default, by all or by nothing", () => {
    for (const code of [
      'import a, { b as c } from "m";',
      'import * as a from "m"',
      'import "m";',
      'import type { A } from "m" with { type: "json" };',
    ])
      assert.equal(only(code).imported, "m", code);
    assert.equal(only('import a = require("m");').imported, undefined);
    assert.equal(only('const from = "m";').imported, undefined);
  });

  it("tell functions that are written out from other values", () => {
    const kinds = (...sources: readonly string[]): readonly string[] =>
      sources.map((source) => only(source).kind);
    assert.deepEqual(
      kinds(
        "const f = x => x;",
        "const f = async (x: number): Promise<number> => x;",
        "const f = function () {};",
        "const f: (x: 1) => 2 = (x) => 2;",
      ),
      ["function", "function", "function", "function"],
    );
    assert.deepEqual(kinds("const a = f(x);", "const a = (b) * (c);", "let a;"), [
      "variable",
      "variable",
      "variable",
    ]);
  });

  it("know the names that are a function's own", () => {
    const { locals } = only(
      "function f(a, { b, c: d } = {}, ...e) { const [g] = h; for (let i of j) k((l, m) => n, o => p); }",
    );
    assert.deepEqual(Array.from(locals).sort(), [..."abdegilmo"]);
  });

  it("are found in a moment, whatever is written to keep the grader busy", () => {
    const start = performance.now();
    for (const hard of [
      "export ".repeat(40_000),
      "export {".repeat(30_000),
      "(".repeat(130_000) + ")=>".repeat(40_000),
      "`${".repeat(80_000),
      "const {".repeat(40_000),
      "function f(){}".repeat(18_000),
      `"function"${" ".repeat(200_000)}`,
      "/".repeat(250_000),
      "a\n".repeat(120_000),
      "}\n{".repeat(80_000),
      "async ".repeat(40_000),
    ]) {
      const before = performance.now();
      statementsOf(hard);
      const took = performance.now() - before;
      assert.ok(took < 3000, `${hard.slice(0, 20)}: ${took.toFixed(0)} ms`);
    }
    assert.ok(performance.now() - start < 15_000);
  }).timeout(30_000);
});
