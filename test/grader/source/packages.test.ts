import assert from "node:assert/strict";
import { absent, absentPackage, loading } from "../../../grader/source/absent.js";
import { isOtherPackage, withoutPackages } from "../../../grader/source/packages.js";

describe("what stands for something that is not there", () => {
  type Anything = (new () => object) & ((n?: number) => Anything) & Record<string, () => Anything>;
  const make = (): Anything => absentPackage("not here") as Anything;

  it("can be called, read, listed and extended while a module is loaded", async () => {
    const gone = make();
    await loading(async () => {
      assert.equal(gone(1).red!().bold, gone);
      assert.deepEqual([...(gone as unknown as Iterable<unknown>)], []);
      assert.equal(`${gone as unknown as string}`, "");
      const Base: new () => object = gone;
      assert.ok(new (class extends Base {})());
      assert.equal(await (gone as unknown as Promise<unknown>), gone);
    });
  });

  it("says its words when it is used by a function that is called, and can be looked at", () => {
    const gone = make();
    for (const use of [() => gone(), () => new gone(), () => gone["red"]])
      assert.throws(use, /^Error: not here$/);
    assert.equal(typeof gone, "function");
    assert.equal(Object.prototype.toString.call(gone), "[object Function]");
  });

  it("says them while a module is loaded too, unless it is a package: nobody waits for its call", async () => {
    const gone = absent("not here") as Anything;
    await assert.rejects(
      loading(async () => Promise.resolve(gone())),
      /not here/,
    );
  });

  it("says them again once a module did not load", async () => {
    await assert.rejects(
      loading(() => Promise.reject(new Error("no"))),
      /^Error: no$/,
    );
    assert.throws(() => make()(), /not here/);
  });
});

describe("another package", () => {
  it("is none of the pack's, not mathjs, no module of Node's and no file of the learner's", () => {
    const there = ["unrolled", "unrolled/charts", "mathjs", "fs", "node:fs/promises", "util"];
    for (const name of [...there, "./a.js", "../b", "/etc/hosts", "npm:lodash"])
      assert.ok(!isOtherPackage(name), name);
    for (const name of ["lodash", "lodash/fp", "@scope/a", "mathjs/number", "unrolled/data"])
      assert.ok(isOtherPackage(name), name);
  });

  it("is taken out of a source, and every line stays where it is", () => {
    const source = [
      'import { Mat } from "unrolled";',
      "import a, {",
      "  b as c,",
      "} from 'lodash';",
      'import * as d from "chalk"; import "side"',
      'const text = `import e from "f"`; // import g from "h"',
      "export const f = a;",
    ];
    const lines = withoutPackages(source.join("\r\n")).split("\r\n");
    const whole = lines.join("\n");
    assert.equal(whole.split("\n").length, source.length);
    assert.match(
      whole,
      /const a = unrolled_absent\("lodash can't .*"\), c = unrolled_absent\("lodash/,
    );
    assert.match(whole, /const d = unrolled_absent\("chalk can't/);
    assert.doesNotMatch(whole, /\bside\b/);
    assert.deepEqual(lines.slice(-2), source.slice(-2));
  });

  it("leaves a source without one as it is", () => {
    for (const source of ['import fs from "fs";', 'const a = `from "chalk"`;', "from"])
      assert.equal(withoutPackages(source), source);
  });

  it("is taken out where it is imported by a call or required, and not out of a type", () => {
    const source = `const a = await import("chalk"), b = require('zod').z;
type C = import("chalk").Chalk;
const d: typeof import("chalk") = a; /* import("e") */ f(() => import("chalk"), "import('g')");`;
    const words = (name: string): string =>
      `${name} can't be used in an exercise: a hand-in can import "unrolled", "mathjs" and its own files, nothing else; do without it in the function`;
    const gone = (name: string): string => `unrolled_absent(${JSON.stringify(words(name))})`;
    assert.equal(
      withoutPackages(source).replace(/^import .*? from ".*?"; /, ""),
      source
        .replace('await import("chalk")', `await Promise.resolve(${gone("chalk")})`)
        .replace("require('zod')", gone("zod"))
        .replace('=> import("chalk")', `=> Promise.resolve(${gone("chalk")})`),
    );
  });
});
