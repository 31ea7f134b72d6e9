import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KernelClient, sleep } from "./kernelClient.js";

describe("kernel: errors speak of what the user wrote", function () {
  this.timeout(40_000);
  let kernel: KernelClient;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "unrolled-errors-"));
    writeFileSync(
      join(folder, "side.ts"),
      "interface Unused {\n  x: number;\n}\nexport function deep(): never {\n  throw new RangeError('deep');\n}\n",
    );
    kernel = await KernelClient.start({ folder });
  });
  after(async () => {
    await kernel.stop();
    rmSync(folder, { recursive: true });
  });

  it("a traceback names cell, line and column of the source and shows the line", async () => {
    const cell =
      "interface Gone {\n  a: number;\n}\nfunction inner(x: number): never {\n  throw new TypeError(`bad ${x}`);\n}\ninner(3);";
    const report = await kernel.run(cell);
    const count = report.exchange.reply.content["execution_count"];
    assert.equal(report.ename, "TypeError");
    assert.equal(report.evalue, "bad 3");
    assert.match(report.traceback, /> 5 \| {3}throw new TypeError/);
    assert.match(
      report.traceback,
      new RegExp(`at inner \\(In \\[${count}\\], line 5, column 9\\)`),
    );
    assert.match(report.traceback, new RegExp(`at In \\[${count}\\], line 7, column 1`));
  });

  it("shows what an error holds of its own, such as its code", async () => {
    const { traceback } = await kernel.run(
      'import { readFileSync } from "node:fs"; readFileSync("not there")',
    );
    assert.match(traceback, /\{ errno: -2, code: 'ENOENT', syscall: 'open', path: 'not there' \}/);
    const plain = await kernel.run('throw new Error("plain", { cause: "nothing" })');
    assert.doesNotMatch(plain.traceback, /^\{/m);
    const hostile = await kernel.run(
      'throw Object.assign(new Error("held"), { self: globalThis, get bad() { return 1; } }, new Proxy({ a: 1 }, {}))',
    );
    assert.equal(hostile.evalue, "held");
  });

  it("a library learns the cell and the line, with its text, of what was thrown", async () => {
    const { stdout, exchange } = await kernel.run(`interface Gone {
  a: number;
}
const { placeOf } = (globalThis as any)[Symbol.for("unrolled.kernel")];
const placeIn = (f: () => unknown) => {
  try {
    f();
  } catch (error) {
    return placeOf(error);
  }
};
const places = [() => ([] as Gone[])[0]!.a, () => { throw "a text"; }, () => JSON.parse("{")].map(placeIn);
console.log(JSON.stringify(places));`);
    const title = `In [${exchange.reply.content["execution_count"]}]`;
    const text =
      'const places = [() => ([] as Gone[])[0]!.a, () => { throw "a text"; }, () => JSON.parse("{")].map(placeIn);';
    const place = { title, line: 12, text };
    assert.deepEqual(JSON.parse(stdout), [place, null, place]);
  });

  it("a check says the cell and the line of an error, and no line of ours", async () => {
    const first = await kernel.run(
      "import { Mat as Matrix } from 'unrolled';\nfunction shapeOf(): never {\n  Matrix.from([[1], [1, 2]]);\n  throw 1;\n}",
    );
    const count = Number(first.exchange.reply.content["execution_count"]);
    const { exchange } = await kernel.run(
      "import { check } from 'unrolled/check';\nawait check('shapeOf', shapeOf as never);",
    );
    const shown = JSON.stringify(exchange.published.map(({ content }) => content));
    assert.ok(shown.includes(`at In [${count}], line 3: \`Matrix.from([[1], [1, 2]]);\``), shown);
  });

  it("a check lets its function use no package, which the cells have before and after", async () => {
    const { exchange } = await kernel.run(`import colours from "picocolors";
import { check } from "unrolled/check";
function shapeOf(): string { return colours.red("x"); }
shapeOf();
await check("shapeOf", shapeOf as never);`);
    const shown = JSON.stringify(exchange.published.map(({ content }) => content));
    assert.match(shown, /picocolors can't be used in an exercise/);
    assert.match((await kernel.run("shapeOf()")).result ?? "", /x/);
  });

  it("frames of the kernel, tslab and Node are hidden", async () => {
    const { traceback } = await kernel.run(
      "await Promise.resolve();\nnull!;\n[1].map(() => { throw new Error('x'); });",
    );
    assert.doesNotMatch(traceback, /tslab|src\/kernel|node:|__tslab__/);
    assert.match(traceback, /line 3/);
  });

  it("a function of an earlier cell keeps its cell's number", async () => {
    const first = await kernel.run("function later(): never {\n  throw new Error('later');\n}");
    const report = await kernel.run("\n\nlater();");
    const count = Number(first.exchange.reply.content["execution_count"]);
    assert.match(report.traceback, new RegExp(`at later \\(In \\[${count}\\], line 2`));
    assert.match(report.traceback, new RegExp(`at In \\[${count + 1}\\], line 3`));
  });

  it("a file beside the notebook is named with its line", async () => {
    const report = await kernel.run('import { deep } from "./side.ts";\ndeep();');
    assert.equal(report.ename, "RangeError");
    assert.match(report.traceback, /at (Object\.)?deep \(.*side\.ts, line 5/);
    assert.match(report.traceback, /> 5 \| {3}throw new RangeError/);
  });

  it("printing an error shows the source's lines too", async () => {
    const report = await kernel.run(
      "interface Gone { a: 1 }\n\nconsole.error(new Error('printed'));",
    );
    assert.match(report.stderr, /printed\n {4}at In \[\d+\], line 3, column 15/);
  });

  it("a type error is a protocol error with the code frame, and nothing of the cell runs", async () => {
    const report = await kernel.run('console.log("ran");\nconst n: number = "text";');
    assert.equal(report.status, "error");
    assert.equal(report.ename, "CompileError");
    assert.match(report.evalue, /^In \[\d+\], line 2, column 7: Type 'string' is not assignable/);
    assert.match(report.traceback, /TS2322[^]*> 2 \| const n[^]*\^/);
    assert.equal(report.stdout, "");
    const published = report.exchange.published.find(({ header }) => header.msg_type === "error");
    assert.equal(published?.content["ename"], "CompileError");
  });

  it("a syntax error is one too", async () => {
    const report = await kernel.run("const = 5;");
    assert.equal(report.ename, "CompileError");
    assert.match(report.evalue, /line 1/);
  });

  it("three errors are shown, then how many more there are; a name counts once", async () => {
    const report = await kernel.run("za + za; zb; zc; zd; ze;");
    assert.equal(report.traceback.match(/TS2304/g)?.length, 3);
    assert.match(report.traceback, /… and 2 more/);
  });

  it("a name of a cell that has not run: one word, which names the cell", async () => {
    const use = "const total: number = Mat.zeros(nA, 2).sum();\n[1].map((x) => x + nA)";
    const cells = ['import { Mat } from "unrolled";\nconst nA = 3;', use];
    writeFileSync(
      join(folder, "lesson.ipynb"),
      JSON.stringify({ cells: cells.map((source) => ({ cell_type: "code", source })) }),
    );
    const report = await kernel.run(use);
    assert.match(report.evalue, /Mat, nA are declared by a cell .* begins with: import \{ Mat \}/);
    assert.equal(report.traceback.match(/TS\d+/g)?.length, 1);
    await kernel.run(cells[0]!);
    assert.equal((await kernel.run(use)).status, "ok");
  });

  for (const [code, word] of Object.entries({
    "import numpy as np": /TypeScript's is: import/,
    "def f(x):\n    return x": /function name/,
    "if (1 > 0 and 2 > 1) { }": /`and` is &&/,
    'let fs1 = f"{a}"': /between backquotes/,
    "if true:\n  1": /braces/,
    "if (true) {} elif (false) {}": /`elif` is else if/,
    "raise new Error('x')": /`raise` is throw/,
    "const double = lambda x: 2 * x": /a lambda is an arrow/,
    "const part = [1, 2, 3]; part[0:2]": /xs\.slice\(a, b\)/,
    "const grown = [1]; grown.append(2)": /xs\.push\(x\)/,
    "[[1]].mpa((x, [y]) => x.filtr((z) => z))": /'mpa' does not exist/,
    'print("x")': /console\.log/,
    "len([1])": /x\.length/,
    "let none = None": /undefined or null/,
    'import { Mat } from "unrolled"; const A2 = Mat.zeros(1, 1); A2 + A2': /A\.add\(B\)/,
    "const soon = Promise.resolve(1); soon.toFixed(1)": /put `await` before/,
    "const call = Promise.resolve(() => 1); call()": /not callable[^]*put `await` before/,
    "const half = Promise.resolve(1); half * 2": /arithmetic[^]*put `await` before/,
    "for (const x of Promise.resolve([1])) x": /put `await` before/,
    "const like: PromiseLike<number[]> = Promise.resolve([1]); like.length": /put `await` before/,
  })) {
    it(`a hint for ${code.split("\n")[0]!}`, async () => {
      const report = await kernel.run(code);
      assert.match(report.evalue, word);
      assert.equal(report.traceback.match(/TS\d+/g)?.length, 1, report.traceback);
      assert.doesNotMatch(report.traceback, /import\("/);
    });
  }

  it("no hint of `await` where another promise is wanted", async () => {
    for (const value of ["1", 'Promise.resolve("a")']) {
      const { evalue } = await kernel.run(`const other: Promise<number> = ${value};`);
      assert.match(evalue, /is not assignable to type 'Promise<number>'/);
      assert.doesNotMatch(evalue, /put `await`/);
    }
  });

  it("a cell that takes all listeners off the process takes none of the kernel's", async () => {
    const { stderr } = await kernel.run(
      "process.removeAllListeners(); for (const listener of process.listeners('uncaughtException')) process.off('uncaughtException', listener); setTimeout(() => { throw new Error('thrown') }); void Promise.reject(new Error('rejected')); await new Promise((resolve) => setTimeout(resolve, 100));",
    );
    assert.match(stderr, /nobody awaited it:[^]*rejected/);
    assert.match(stderr, /Uncaught, in a callback:[^]*thrown/);
  });

  for (const [replaced, code] of [
    ["Array.prototype.push", "Array.prototype.push = () => { throw new Error('push'); };"],
    ["Array.prototype[Symbol(Symbol.iterator)]", "Array.prototype[Symbol.iterator] = null as any;"],
    ["Promise", "globalThis.Promise = null as any;"],
    ["Object.defineProperty", "Object.defineProperty = (() => { throw new Error(); }) as any;"],
    ["Map.prototype.get", "Map.prototype.get = () => undefined;"],
    ["RegExp.prototype.exec", "RegExp.prototype.exec = () => null;"],
  ] as const)
    it(`the kernel outlives a cell that replaces ${replaced}: it says so, and puts it back`, async () => {
      const both = [await kernel.run(code), await kernel.run("const [next] = [1]; next")];
      const said = both.find(({ ename }) => ename === "Replaced");
      assert.ok(said?.evalue.startsWith(`a cell has replaced ${replaced}, and`), said?.evalue);
      assert.equal(
        (await kernel.run("const [again] = [[2].map(String)]; again")).result,
        "[ '2' ]",
      );
    });

  it("what a cell replaces without harm stays", async () => {
    await kernel.run("const { stringify } = JSON; JSON.stringify = () => 'mine';");
    assert.equal((await kernel.run("({ a: 1 })")).result, "{ a: 1 }");
    assert.equal((await kernel.run("JSON.stringify(1)")).result, "'mine'");
    await kernel.run("JSON.stringify = stringify;");
  });

  it("a cell that is too deep for the compiler is told so", async () => {
    const { evalue, traceback } = await kernel.run(`const deep = ${"1+".repeat(20_000)}1;`);
    assert.match(evalue, /^the cell is nested too deeply for the compiler; make of it/);
    assert.doesNotMatch(traceback, /node_modules/);
  });

  it("the cause of an error and the members of an AggregateError are shown", async () => {
    const cause = await kernel.run("throw new Error('outer', { cause: new RangeError('inner') });");
    assert.match(cause.traceback, /outer[^]*Caused by RangeError: inner/);
    const plain = await kernel.run("throw new Error('outer', { cause: { code: 7 } });");
    assert.match(plain.traceback, /Caused by \{ code: 7 \}$/);
    const mixed = await kernel.run(
      "await Promise.any([Promise.reject('text'), Promise.reject(2)])",
    );
    assert.match(mixed.traceback, /One of them: text\nOne of them: 2$/);
    const aggregate = await kernel.run(
      "throw new AggregateError([new Error('one'), new Error('two')], 'both');",
    );
    assert.match(aggregate.traceback, /both[^]*one[^]*two/);
  });

  for (const [what, code] of Object.entries({
    "a string": "throw 'text';",
    undefined: "throw undefined;",
    null: "throw null;",
    "an object without a prototype": "throw Object.create(null);",
    "a hostile proxy":
      "throw new Proxy({}, { get() { throw new Error('no'); }, getPrototypeOf() { throw new Error('no'); }, has() { throw new Error('no'); } });",
    "an error with a hostile stack":
      "const e = new Error('x'); Object.defineProperty(e, 'stack', { get() { throw new Error('no'); } }); throw e;",
    "an error with a hostile message":
      "const e2 = new Error('x'); Object.defineProperty(e2, 'message', { get() { throw new Error('no'); } }); throw e2;",
    "an error from another realm":
      "import vm from 'node:vm'; vm.runInNewContext('throw new Error(\"far\")');",
    "too deep a recursion": "function down(): number { return down() + 1; }\ndown();",
  })) {
    it(`${what} can be thrown`, async () => {
      const report = await kernel.run(code);
      assert.equal(report.status, "error");
      assert.notEqual(report.ename, "");
      assert.equal((await kernel.run("1 + 1")).result, "2");
    });
  }

  it("a value whose display fails is an error of its cell", async () => {
    const report = await kernel.run(
      '({ [Symbol.for("Jupyter.display")]() { throw new Error("no picture"); } })',
    );
    assert.equal(report.evalue, "no picture");
    const hostile = await kernel.run(
      '({ [Symbol.for("nodejs.util.inspect.custom")]() { throw new Error("no text"); } })',
    );
    assert.equal(hostile.status, "ok");
    assert.equal((await kernel.run("1 + 1")).result, "2");
  });

  it("a late throw and a rejection that nobody awaits are told, and the kernel goes on", async () => {
    const late = await kernel.begin("setTimeout(() => { throw new Error('late'); }, 20);");
    await kernel.until(() =>
      kernel.published(late).some(({ content }) => /late/.test(String(content["text"]))),
    );
    const rejected = await kernel.begin("void Promise.reject(new Error('alone'));");
    await kernel.until(() =>
      kernel.published(rejected).some(({ content }) => /alone/.test(String(content["text"]))),
    );
    assert.equal((await kernel.run("1 + 1")).result, "2");
  });

  it("process.exit is an error that says what to do instead", async () => {
    const report = await kernel.run("import process from 'node:process';\nprocess.exit(3);");
    assert.match(report.evalue, /Kernel menu/);
    await sleep(100);
    assert.equal((await kernel.run("1 + 1")).result, "2");
  });

  it("a cell that fills the memory is stopped with a message, and the kernel goes on", async () => {
    const small = await KernelClient.start({
      env: { ...process.env, NODE_OPTIONS: "--max-old-space-size=1000" },
    });
    try {
      await small.run("const before = 42;");
      for (let i = 0; i < 3; i++) {
        const report = await small.run(
          "const filled: number[][] = []; while (true) filled.push(new Array(10_000).fill(1.5));",
        );
        assert.equal(report.ename, "OutOfMemory");
        assert.equal((await small.run("before")).result, "42");
      }
    } finally {
      await small.stop();
    }
  });

  it("cells that wait behind a failed one are aborted; with stop_on_error false they run", async () => {
    const pause = "await new Promise((resolve) => setTimeout(resolve, 200));";
    // The failing cells wait a little, so that the one after them is there when they fail.
    const failed = await kernel.begin(`${pause} throw new Error('stop');`);
    const waiting = await kernel.begin("1");
    assert.equal((await kernel.exchange(failed)).reply.content["status"], "error");
    assert.equal((await kernel.exchange(waiting)).reply.content["status"], "aborted");
    const allowed = await kernel.begin(`${pause} throw new Error('go on');`, {
      stop_on_error: false,
    });
    const after = await kernel.begin("1");
    await kernel.exchange(allowed);
    assert.equal((await kernel.exchange(after)).reply.content["status"], "ok");
    await kernel.run("throw new Error('again');");
    assert.equal((await kernel.run("1 + 1")).result, "2", "the next cell runs at once");
  });
});
