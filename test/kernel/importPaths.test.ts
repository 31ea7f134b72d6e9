import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { CellCompiler } from "../../src/kernel/compile/cellCompiler.js";
import { compilerFor, loadTypeScript } from "../../src/kernel/start/compiler.js";

const written: Readonly<Record<string, string>> = {
  "package.json": '{"imports": {"#one": "./lib/one.ts", "#lib/*": "./lib/*.ts", "#not/*": null}}',
  "tsconfig.json": '{"compilerOptions": {"paths": {"@lib/*": ["./lib/*"]}}}',
  "lib/one.ts": "export {};",
  "lib/inner/two.ts": "export {};",
  "node_modules/narrow/package.json":
    '{"exports": {".": "./n.js", "./sub": {"types": "./s.d.ts", "default": "./s.js"}, "./deep/*": "./d/*.js", "./deep/own/*": null}}',
  "node_modules/narrow/d/leaf.js": "",
  "node_modules/narrow/src/hidden.js": "",
  "node_modules/open/package.json": "{}",
  "node_modules/open/lib/leaf.js": "",
  "node_modules/broken/package.json": "{",
  "node_modules/@scope/inner/package.json": '{"exports": "./i.js"}',
};

describe("kernel: the path of an import is completed with what it can name", function () {
  this.timeout(40_000);
  let folder: string;
  let compiler: CellCompiler;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "unrolled-paths-"));
    for (const [name, text] of Object.entries(written)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    compiler = compilerFor(loadTypeScript(), folder);
  });
  after(() => rmSync(folder, { recursive: true }));

  const expected: Readonly<Record<string, readonly string[]>> = {
    "node:fs": ["node:fs", "node:fs/promises"],
    "node:fs/": ["promises"],
    child_pr: ["child_process"],
    "narrow/": ["deep/", "sub"],
    "narrow/deep/": ["leaf"],
    "narrow/s": ["sub"],
    "open/": ["lib/", "package.json"],
    "open/lib/": ["leaf.js"],
    "broken/": ["package.json"],
    "@scope/": ["inner"],
    "@scope/inner/": [],
    "#": ["#lib/", "#one"],
    "#lib/": ["inner/", "one"],
    "#lib/inner/": ["two"],
    "@lib/": ["inner/", "one.ts"],
    "./lib/": ["inner/", "one.ts"],
    "unrolled/d": ["data", "display"],
  };
  for (const [typed, names] of Object.entries(expected)) {
    it(`"${typed}"`, () => {
      for (const code of [`import x from "${typed}`, `await import('${typed}`]) {
        const { matches, start, end } = compiler.assist(code).complete(code.length);
        assert.deepEqual(matches, names);
        assert.equal(code.slice(start, end), typed.slice(typed.lastIndexOf("/") + 1));
      }
    });
  }
});
