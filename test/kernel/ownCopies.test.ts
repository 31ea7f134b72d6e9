import assert from "node:assert/strict";
import ts from "typescript";
import { assignmentsOf } from "../../src/kernel/compile/ownCopies.js";

const loop = "let n = 0; for (let i = 0; i < 3; i++) n += i;";

/** The names of a cell that a loop may keep copies of. */
function copied(rest: string): string[] {
  const file = ts.createSourceFile("cell.ts", `${loop} ${rest}`, ts.ScriptTarget.Latest, true);
  return [...assignmentsOf(ts as never, file).copied];
}

describe("kernel: a loop's copy of a name", () => {
  for (const rest of [
    "const f = () => { let n = 1; n = 2; };",
    "function f(n: number) { n++; return () => { n = 1; }; }",
    "function f({ a: [n] }: any) { n = 1; }",
    "const f = () => { if (true) { var n = 1; } n = 2; };",
    "const f = function n() { (n as any) = 1; };",
    "const f = () => { for (let n = 0; n < 2; n++) {} for (const n of []) {} };",
    "const f = () => { try {} catch (n) { n = 1; } };",
    "const f = () => { switch (1) { case 1: let n = 1; default: n = 2; } };",
    "const f = () => { n = 1; function n() {} };",
    "namespace N { let n = 1; n = 2; }",
    "{ let n = 1; (n as any)++ + 1; }",
  ])
    it(`is kept where a function assigns another of that name: ${rest}`, () => {
      assert.deepEqual(copied(rest), ["n"]);
    });

  for (const rest of [
    "const f = () => { n = 1; };",
    "const f = () => { { let n = 1; } n = 2; };",
    "const f = () => { for (let n = 0; n < 2; n++) {} n = 1; };",
    "const f = (a = (n = 5)) => { var n = 1; return a; };",
    "const f = () => { const g = (n: number) => n; n = 1; };",
    "const f = () => { try {} catch (n) {} n = 1; };",
    "const f = () => { for (n of [1]) {} };",
    "class C { static { n = 1; } }",
    "const f = () => { ({ n } = { n: 1 }); };",
    "const f = function () { const h = function n() {}; n = 1; };",
  ])
    it(`is not kept where a function assigns the cell's: ${rest}`, () => {
      assert.deepEqual(copied(rest), []);
    });
});
