import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CellCompiler } from "../../src/kernel/compile/cellCompiler.js";
import { compilerFor, loadTypeScript } from "../../src/kernel/start/compiler.js";
import { steadyText } from "../../src/kernel/start/nodeModules.js";
import { KernelClient } from "./kernelClient.js";

const json = (value: object): string => JSON.stringify(value);

/** A package that gives JSX its meaning: what it makes names the package. */
const jsxPackage = (name: string): Readonly<Record<string, string>> => ({
  [`node_modules/${name}/package.json`]: json({
    name,
    exports: { "./jsx-runtime": { types: "./jsx.d.ts", default: "./jsx.js" } },
  }),
  [`node_modules/${name}/jsx.js`]: `exports.jsx = exports.jsxs = (tag, given) => ({ by: "${name}", tag, given });`,
  [`node_modules/${name}/jsx.d.ts`]:
    "export declare function jsx(tag: string, given: object): object; export { jsx as jsxs };\n" +
    "export namespace JSX { type Element = { by: string }; interface IntrinsicElements { [tag: string]: object } }",
});

const files: Readonly<Record<string, string>> = {
  "package.json": json({ type: "module", imports: { "#here": "./here.ts" } }),
  "here.ts": 'export const here: string = "here";',
  "app/package.json": json({
    type: "module",
    imports: { "#unit": "./lib/unit.ts", "#lib/*": "./lib/*.ts", "#plain": "./lib/plain.js" },
  }),
  "app/lib/unit.ts": "export const unit: number = 5;",
  "app/lib/twice.ts": 'import { unit } from "#unit"; export const twice = (): number => unit * 2;',
  "app/lib/plain.js": "export const plain = 6;",
  "app/main.ts":
    'import { unit } from "#unit"; import { twice } from "#lib/twice"; import { plain } from "#plain"; export const all: number = unit + twice() + plain;',
  "packages/sources/package.json": json({ name: "@w/sources", exports: "./src/index.ts" }),
  "packages/sources/src/index.ts":
    'import { built } from "@w/built"; export const value: number = built + 1;',
  "packages/built/package.json": json({
    name: "@w/built",
    type: "module",
    exports: { types: "./dist/index.d.ts", default: "./dist/index.js" },
  }),
  "packages/built/dist/index.js": "export const built = 1;",
  "packages/built/dist/index.d.ts": "export declare const built: number;",
  "view.tsx": 'export const view = <b title="x" />;',
  "classic.tsx":
    "const React = { createElement: (...parts: unknown[]) => ({ parts }) };\nexport const view = <b />;\ndeclare global { namespace JSX { interface IntrinsicElements { [tag: string]: object } } }",
  ...jsxPackage("react"),
  ...jsxPackage("other"),
  "node_modules/old/package.json": json({ name: "old", main: "lib/index.js" }),
  "node_modules/old/part/package.json": json({ main: "../lib/part.js", types: "../lib/part.d.ts" }),
  "node_modules/old/lib/part.js": "exports.part = 1;",
  "node_modules/old/lib/part.d.ts": "export declare const part: number;",
  "node_modules/throws/package.json": json({ name: "throws" }),
  "node_modules/throws/index.js": "throw new Error('not here');",
  "node_modules/throws/index.d.ts": "export declare const part: number;",
  "wrong.ts": "export const wrong: number = 1;",
  "folder.ts/inner.ts": "export {};",
  "binary.ts": "export const a = 1;\0\u0001",
  "half.json": '{ "a": ',
};

describe("kernel: files around the notebook", function () {
  this.timeout(60_000);
  let folder: string;
  let kernel: KernelClient;
  const put = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const result = async (code: string): Promise<string | undefined> => {
    const { result: value, traceback } = await kernel.run(code);
    assert.equal(traceback, "");
    return value;
  };

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "unrolled-files-")));
    for (const [name, text] of Object.entries(files)) put(name, text);
    mkdirSync(join(folder, "node_modules/@w"), { recursive: true });
    for (const name of ["sources", "built"])
      symlinkSync(`../../packages/${name}`, join(folder, `node_modules/@w/${name}`));
    symlinkSync("circle.ts", join(folder, "circle.ts"));
    kernel = await KernelClient.start({ folder });
  });
  after(async () => {
    await kernel.stop();
    rmSync(folder, { recursive: true });
  });

  it("#imports mean what the package.json nearest to the importing file says", async () => {
    assert.equal(await result('import { all } from "./app/main.ts"; all'), "21");
    assert.equal(await result('import { here } from "#here"; here'), "'here'");
  });

  it("packages of the workspace: in TypeScript, which is compiled anew after a change, and built", async () => {
    assert.equal(await result('import { value } from "@w/sources"; value'), "2");
    assert.equal(await result('import { built } from "@w/built"; built'), "1");
    put("packages/sources/src/index.ts", 'export const value: string = "new";');
    assert.equal(await result('import { value } from "@w/sources"; value.toUpperCase()'), "'NEW'");
  });

  it("a file that changed is new to all that import it, though another cell has imported it anew", async () => {
    put("inner.js", "export const a = 1;");
    put("outer.mjs", 'export * from "./inner.js";');
    const both =
      'import * as i from "./inner.js"; import * as o from "./outer.mjs"; [i.a, o.a].join()';
    assert.equal(await result(both), "'1,1'");
    put("inner.js", "export const a = 2;");
    assert.equal(await result('import { a } from "./inner.js"; a'), "2");
    assert.equal(await result(both), "'2,2'");
  });

  it("a package without exports: its parts by their folders, and without their endings", async () => {
    assert.equal(await result('import { part } from "old/part"; part'), "1");
    assert.equal(await result('import { part as same } from "old/lib/part"; same'), "1");
  });

  it("a type error in a file blocks who imports it, directly or through an earlier cell, and nobody else", async () => {
    assert.equal(await result('import { wrong } from "./wrong.ts"; wrong'), "1");
    put("wrong.ts", 'export const wrong: number = "x";');
    assert.equal(await result("1 + 1"), "2");
    assert.match(
      (await kernel.run("wrong")).traceback,
      /wrong\.ts, line 1, column 14: Type 'string'/,
    );
    put("packages/sources/src/index.ts", "export const value: string = 5;");
    const { traceback } = await kernel.run('(await import("@w/sources")).value');
    assert.match(traceback, /packages\/sources\/src\/index\.ts, line 1/);
  });

  it("JSX in a .tsx file is React's where nothing is said, or what tsconfig.json says", async () => {
    const views: string[] = [];
    for (const options of [undefined, { jsx: "react-jsx", jsxImportSource: "other" }]) {
      if (options !== undefined) put("tsconfig.json", json({ compilerOptions: options }));
      const other = await KernelClient.start({ folder });
      try {
        const { result: by, traceback } = await other.run(
          'import { view } from "./view.tsx"; [view.by, (<i />).by].join()',
        );
        views.push(by ?? traceback);
      } finally {
        await other.stop();
      }
    }
    put("tsconfig.json", json({ compilerOptions: { jsx: "react" } }));
    const other = await KernelClient.start({ folder });
    try {
      const { result: made, traceback } = await other.run(
        'import { view } from "./classic.tsx"; JSON.stringify(view)',
      );
      views.push(made ?? traceback);
    } finally {
      await other.stop();
    }
    assert.deepEqual(views, ["'react,react'", "'other,other'", `'{"parts":["b",null]}'`]);
    const made = async (options: object, cells: readonly string[]): Promise<string> => {
      put("tsconfig.json", json({ compilerOptions: options }));
      const one = await KernelClient.start({ folder });
      try {
        for (const cell of cells.slice(0, -1)) assert.equal((await one.run(cell)).traceback, "");
        const { result: value, traceback } = await one.run(cells.at(-1)!);
        return value ?? traceback;
      } finally {
        await one.stop();
      }
    };
    // Of another program that was to read it there is nothing here.
    assert.equal(await made({ jsx: "preserve" }, ["(<i />).by"]), "'react'");
    const factories = { jsx: "react", jsxFactory: "hh", jsxFragmentFactory: "FF" };
    const declared = [
      "declare global { namespace JSX { interface IntrinsicElements { [tag: string]: object } } }",
      "const hh = (...parts: unknown[]) => parts; const FF = 'F';",
    ];
    assert.equal(
      await made(factories, [...declared, "JSON.stringify(<a>1</a>)"]),
      `'["a",null,"1"]'`,
    );
  });

  describe("a folder with a tsconfig.json of its own", () => {
    const inner = (options: object): void => {
      put("inner/tsconfig.json", json({ extends: "./base.json", compilerOptions: options }));
    };

    before(() => {
      put("inner/base.json", json({ compilerOptions: { strict: false } }));
      put("inner/lib/one.ts", "export const one: number = 1;");
      put(
        "inner/loose.ts",
        'import { one } from "@lib/one"; export function twice(x) { return x * 2 * one; } export const none: string = null;',
      );
      put(
        "inner/view.tsx",
        "export const h = (...parts: unknown[]) => parts; export const view = <b>1</b>;\n" +
          "declare global { namespace JSX { interface IntrinsicElements { [tag: string]: object } } }",
      );
    });

    it("is read as that says: paths, strict, jsx, and what it extends; the cells are as before", async () => {
      inner({ paths: { "@lib/*": ["./lib/*"] }, jsx: "react", jsxFactory: "h" });
      assert.equal(await result('import { twice } from "./inner/loose.ts"; twice(4)'), "8");
      assert.equal(
        await result('import { view } from "./inner/view.tsx"; JSON.stringify(view)'),
        `'["b",null,"1"]'`,
      );
      assert.match((await kernel.run("const text: string = null;")).traceback, /'null'/);
      assert.match((await kernel.run('import "@lib/one";')).traceback, /Cannot find .*'@lib\/one'/);
    });

    it("is read anew once it says something else, be it in what it extends", async () => {
      inner({ paths: { "@lib/*": ["./lib/*"] } });
      const cell = 'import { twice as again } from "./inner/loose.ts"; again(5)';
      assert.equal(await result(cell), "10");
      put("inner/base.json", json({ compilerOptions: { strict: true } }));
      assert.match(
        (await kernel.run(cell)).traceback,
        /inner\/loose\.ts, line 1, column \d+: .*'x'/,
      );
      put("inner/base.json", json({ compilerOptions: { strict: false } }));
      assert.equal(await result(cell), "10");
      inner({});
      assert.match((await kernel.run(cell)).traceback, /Cannot find .*'@lib\/one'/);
    });
  });

  it("the notebook's own tsconfig.json is read anew once it says something else", async () => {
    put("changing/tsconfig.json", json({ compilerOptions: { strict: false } }));
    const other = await KernelClient.start({ folder: join(folder, "changing") });
    try {
      const cell = "function loose(x) { return x; } loose(3)";
      assert.equal((await other.run("let kept = 1;")).traceback, "");
      assert.equal((await other.run(cell)).result, "3");
      put("changing/tsconfig.json", json({ compilerOptions: { strict: true } }));
      assert.match((await other.run(cell)).traceback, /Parameter 'x' implicitly/);
      assert.equal((await other.run("kept + loose(2)")).result, "3");
      rmSync(join(folder, "changing/tsconfig.json"));
      assert.match((await other.run(cell)).traceback, /Parameter 'x' implicitly/);
    } finally {
      await other.stop();
    }
  });

  it("class fields are assigned where tsconfig.json says so", async () => {
    const cell =
      "class Base { set at(x: number) { seen.push(x); } } var seen: number[] = [];\n" +
      "// @ts-ignore\nclass Own extends Base { at = 5; } new Own(); seen.length";
    assert.equal(await result(cell), "0");
    const options = { useDefineForClassFields: false, strict: false };
    put("fields/tsconfig.json", json({ compilerOptions: options }));
    const other = await KernelClient.start({ folder: join(folder, "fields") });
    try {
      assert.equal((await other.run(cell)).result, "1");
    } finally {
      await other.stop();
    }
  });

  it("a file in UTF-16 is read, in either order of its bytes", async () => {
    const bytes = Buffer.from('\ufeffexport const wide: string = "ħ";', "utf16le");
    writeFileSync(join(folder, "little.ts"), bytes);
    writeFileSync(join(folder, "big.ts"), Buffer.from(bytes).swap16());
    writeFileSync(join(folder, "wide.json"), Buffer.from('\ufeff{ "wide": 1 }', "utf16le"));
    const { result, traceback } = await kernel.run(
      'import { wide as little } from "./little.ts"; import { wide as big } from "./big.ts"; import { wide } from "./wide.json"; [little, big, wide]',
    );
    assert.equal(result ?? traceback, "[ 'ħ', 'ħ', 1 ]");
  });

  for (const [what, code, message] of [
    [
      "a folder",
      'import {} from "./folder.ts"',
      /'?"?\.\/folder\.ts"?'? is a folder; import a file/,
    ],
    ["a folder that is only run", 'import "./folder.ts"', /is a folder; import a file/],
    ["a link to itself", 'import "./circle.ts"', /Cannot find .*'?\.\/circle\.ts'?\.$/],
    ["a binary file", 'import { a } from "./binary.ts"; a', /binary\.ts: this is no text/],
    ["half a JSON file", 'import half from "./half.json"; half', /half\.json, line 1/],
    [
      "a file of TypeScript that is required",
      'require("./here.ts")',
      /here\.ts is TypeScript, .*; import it: import \{ … \} from "\.\/here\.ts"/,
    ],
    [
      "a missing file",
      'const name = "./none.ts"; await import(name)',
      /no file .*none\.ts; write it/,
    ],
  ] as const) {
    it(`${what} is one error, which names it`, async () => {
      const { evalue, exchange } = await kernel.run(code);
      assert.match(evalue, message);
      assert.equal((exchange.reply.content["traceback"] as string[]).length <= 3, true);
    });
  }

  it("a package that throws while it is loaded is told of once, each time that it is imported", async () => {
    for (let time = 0; time < 3; time++) {
      const { evalue, stderr, exchange } = await kernel.run('import { part } from "throws"; part');
      assert.deepEqual([evalue, stderr], ["not here", ""]);
      assert.match(JSON.stringify(exchange.reply.content["traceback"]), /throws\/index\.js/);
    }
  });

  it("an unreadable file is one error, which says how to make it readable", () => {
    const { world } = compilerFor(loadTypeScript(), folder);
    put("secret.ts", "export const secret = 1;");
    const readFile = (path: string): string | undefined =>
      path.endsWith("secret.ts") ? undefined : world.files.readFile(path);
    const compiler = new CellCompiler({ ...world, files: { ...world.files, readFile } }, String);
    const compilation = compiler.compile('import { secret } from "./secret.ts"; secret');
    assert.ok("problems" in compilation);
    assert.deepEqual(
      compilation.problems.map(({ message }) => message),
      [`this file cannot be read; give yourself the right to: chmod u+r ${folder}/secret.ts`],
    );
  });

  it("a file that changes while it is read is read again; one that goes on changing is an error", () => {
    let [stamp, changes] = [0, 3];
    const changing = {
      readFile: () => (changes-- > 0 ? `half ${stamp++}` : "whole"),
      stamp: () => `${stamp}`,
    };
    assert.equal(steadyText(changing, "/helper.ts"), "whole");
    changes = Infinity;
    assert.throws(() => steadyText(changing, "/helper.ts"), /helper\.ts changes while it is read/);
  });
});
