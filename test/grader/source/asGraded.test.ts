import assert from "node:assert/strict";
import { asWhereGraded, type Cells } from "../../../grader/source/asGraded.js";
import * as library from "../../../src/index.js";

describe("a call as where an exercise is graded", () => {
  const own = (): string => "own";
  const names = new Map<string, unknown>();
  const exchange: NonNullable<Cells["exchange"]> = (name, valueOf) => {
    if (!names.has(name)) return () => undefined;
    const before = names.get(name);
    names.set(name, valueOf(before));
    return () => void names.set(name, before);
  };
  beforeEach(() => {
    names.clear();
    for (const name of ["red", "b", "f", "rest"]) names.set(name, own);
  });

  /** What a name means while a call runs behind these cells. */
  async function meaning(name: string, ...inputs: readonly string[]): Promise<unknown> {
    const around = await asWhereGraded({ inputs, exchange });
    const value = around(() => names.get(name), own);
    assert.equal(names.get("red"), own);
    return value;
  }

  async function assertGone(name: string, ...inputs: readonly string[]): Promise<void> {
    const value = (await meaning(name, ...inputs)) as () => void;
    assert.throws(() => value(), /picocolors can't be used in an exercise/, inputs.join("; "));
  }

  const IMPORT = 'import pc from "picocolors"';

  it("has no name that the cells import from another package, and gives it back", async () => {
    await assertGone("red", 'import { red } from "picocolors";');
    const around = await asWhereGraded({ inputs: ['import red from "a";'], exchange });
    const fail = (): never => {
      throw new Error("the call's own");
    };
    assert.throws(() => around(fail, own), /the call's own/);
    assert.equal(names.get("red"), own);
  });

  it("has the names that the cells declared since, and those that are the pack's", async () => {
    const name = 'import { red } from "picocolors";';
    assert.equal(await meaning("red", name, "const red = 1;"), own);
    assert.equal(await meaning("red", name, "function red() {}"), own);
    assert.equal(await meaning("red", 'import { red } from "mathjs"; // from "chalk"'), own);
    const around = await asWhereGraded({});
    assert.equal(
      around(() => 7, own),
      7,
    );
  });

  it("has nothing that was taken from a package before", async () => {
    for (const line of [
      "const red = pc.red;",
      "const red = pc?.red!.bold as any;",
      "let a = 1, red: Map<string, number> = pc.colors(a, [1, 2]).red, c = 2;",
      "const { a, red } = pc",
      "const { x: { red = 1 }, ...more } = pc.all;",
      "const { x: red } = { x: pc.red };",
      "const red = new pc.Colors(true);",
      "const red = (await pc.load());",
      "const red = (pc as any)['red'];",
      "const again = pc.red; const red = again;",
      "let red; red = pc.red;",
      "const p = { q: [1, pc.red] }; const red = p.q[1];",
    ])
      await assertGone("red", IMPORT, line);
    await assertGone("red", 'const red = (await import("picocolors")).default.red');
    await assertGone("red", 'const { red } = require("picocolors");');
  });

  it("has what was computed in another way", async () => {
    for (const line of [
      "const red = 1 + pc.red;",
      "const red = pc.red + 1;",
      "const red = pc.red ? 1 : 2;",
      "const red = [pc.red].length;",
      "const red = (text) => pc.red(text);",
      "const red = f(pc.red);",
      "const red = `${pc.red}`;",
      "const { [pc]: red } = { a: 1 };",
    ])
      assert.equal(await meaning("red", IMPORT, line), own, line);
  });

  it("has a copy of an object whose parts were taken from a package", async () => {
    const paint = { ok: own, bad: [own, own], scale: 3 };
    names.set("paint", paint);
    const copy = (await meaning(
      "paint",
      IMPORT,
      "const paint = { ok: pc.ok, bad: [x => x, pc.red], scale: 3 };",
    )) as typeof paint;
    assert.equal(copy.scale, 3);
    assert.equal(copy.bad[0], own);
    for (const gone of [copy.ok, copy.bad[1]!]) assert.throws(gone, /picocolors can't be used/);
    assert.equal(paint.bad[1]!(), "own");
  });

  it("has none of the library's functions that are exercises, by any name", async () => {
    for (const inputs of [
      ['import { rnnForward as f } from "unrolled";'],
      ['import * as u from "unrolled";', "const f = u.rnnForward;"],
      ['const { rnnForward: f } = await import("unrolled");'],
    ]) {
      const f = (await meaning("f", ...inputs)) as () => void;
      assert.throws(() => f(), /rnnForward can't be imported from "unrolled"/, inputs.join(" "));
    }
    assert.equal(await meaning("f", 'import { tanh as f } from "unrolled";'), own);
    assert.equal(await meaning("f", 'import { show as f } from "unrolled";'), own);
    names.set("u", library);
    const u = (await meaning("u", 'import * as u from "unrolled";')) as typeof library;
    assert.equal(u.Mat, library.Mat);
    assert.throws(() => (u.rnnForward as unknown as () => void)(), /can't be imported/);
  });

  it("is not made where the function is the library's own", async () => {
    const around = await asWhereGraded({ inputs: [], exchange });
    assert.throws(
      () => around(() => 7, library.rnnForward),
      /^Error: rnnForward can't be imported from "unrolled" where an exercise is graded/,
    );
    assert.equal(
      around(() => 7, library.tanh),
      7,
    );
  });

  it("requires what stands for a module", async () => {
    names.set("require", () => library);
    const around = await asWhereGraded({ inputs: ['require("picocolors")'], exchange });
    around(() => {
      const require = names.get("require") as (name: string) => Record<string, () => void>;
      assert.throws(() => require("picocolors")["red"]!(), /picocolors can't be used/);
      assert.throws(() => require("unrolled")["rnnForward"]!(), /can't be imported/);
      assert.equal(require("unrolled")["tanh"], library.tanh);
      assert.equal(require("mathjs"), library);
    }, own);
  });
});
