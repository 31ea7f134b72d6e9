/** Exercises that share a box: nothing of one reaches another, and what can't be told goes alone. */
import { strict as assert } from "node:assert";
import type { CallResult } from "../../../grader/judge/judge.js";
import { arePlain } from "../../../grader/sandbox/plain.js";
import type { Sandbox } from "../../../grader/sandbox/sandbox.js";
import { type Ran, runTogether, type SharedFunction } from "../../../grader/sandbox/together.js";
import { encode } from "../../../grader/values/codec.js";
import { NumberBlock } from "../../../grader/values/numberBlock.js";
import { Mat } from "../../../src/index.js";
import { standIn } from "../../../exercises/standIns.js";
import { sandboxOrSkip } from "./box.js";

type Files = SharedFunction["files"];

/** A function with one case. */
function shared(name: string, files: Files | string, ...args: unknown[]): SharedFunction {
  const block = new NumberBlock();
  const text = JSON.stringify([{ args: encode(args, block), from: 0 }]);
  const own = `files/${name}.ts`;
  return {
    name,
    file: typeof files === "string" ? own : files[0]!.path,
    files: typeof files === "string" ? [{ path: own, text: files }] : files,
    ignore: [],
    inputs: { args: [args], text, numbers: block.written() },
    placeOf: (file, line) => ({ where: `${file}:${line}` }),
  };
}

describe("exercises that share a box", function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let boxes = 0;
  before(async function () {
    const real = await sandboxOrSkip(this);
    sandbox = {
      ...real,
      inOwnFolder: (work) =>
        real.inOwnFolder((own) =>
          work({
            ...own,
            start: () => {
              boxes++;
              return own.start();
            },
          }),
        ),
    };
  });
  beforeEach(() => {
    boxes = 0;
  });
  after(async () => {
    await sandbox?.close();
  });

  async function run(...all: SharedFunction[]): Promise<ReadonlyMap<string, Ran>> {
    return await runTogether(sandbox, all);
  }

  function first(ran: ReadonlyMap<string, Ran>, name: string): CallResult | undefined {
    return ran.get(name)?.cases[0]?.[0];
  }

  function valueOf(ran: ReadonlyMap<string, Ran>, name: string): unknown {
    const result = first(ran, name);
    return result?.kind === "answer" ? result.value : result;
  }

  it("take one box, and each gets its arguments, its answers and its console", async () => {
    const ran = await run(
      shared(
        "f",
        'console.log("f loads"); export const f = (x: number) => { console.log("f"); return x + 1; };',
        1,
      ),
      shared(
        "g",
        'import { Mat } from "unrolled"; function g(x: Mat) { return x.add(-0); }',
        Mat.column([NaN, -0]),
      ),
      shared(
        "h",
        'export function h(x: number[]) {\n  x.push(1);\n  throw new Error("no");\n}',
        [0],
      ),
    );
    assert.equal(boxes, 1);
    assert.equal(valueOf(ran, "f"), 2);
    assert.equal(ran.get("f")!.console, "f loads\nf\nf\n");
    assert.deepEqual(valueOf(ran, "g"), Mat.column([NaN, -0]));
    assert.equal(ran.get("g")!.console, "");
    assert.deepEqual(first(ran, "h"), {
      kind: "threw",
      name: "Error",
      message: "no",
      argsAfter: [[0, 1]],
      at: { where: "files/h.ts:3" },
    });
  });

  it("tell both calls where they differ", async () => {
    const counts = "let n = 0; export const f = () => ++n;";
    const [one, two] = (await run(shared("f", counts))).get("f")!.cases[0]!;
    assert.deepEqual(
      [one, two].map((call) => call.kind === "answer" && call.value),
      [1, 2],
    );
  });

  it("have the same digest for the same answers, whatever runs beside them and however they are made", async () => {
    const x = Mat.column([1, -2]);
    const digest = async (
      source: string,
      ...others: SharedFunction[]
    ): Promise<string | undefined> =>
      (await run(...others, shared("f", source, x))).get("f")!.digest;
    const plain =
      'import { Mat } from "unrolled"; export const f = (x: Mat) => ({ y: x.times(2) });';
    const other =
      'import { Mat } from "unrolled"; export function f(x: Mat) { console.log("f"); const y = x.add(x); return { y }; }';
    const beside = shared("g", "export const g = (x: number[][]) => x;", [[1, 2, 3]]);
    const same = await digest(plain);
    assert.match(same!, /^[0-9a-f]{64}$/);
    assert.equal(await digest(plain, beside, shared("h", plain.replaceAll("f =", "h ="), x)), same);
    assert.equal(await digest(other), same);
    for (const change of ["x.times(2.0000000001)", "x.times(-2)", "x", "x.T", "[x.times(2)]"])
      assert.notEqual(await digest(plain.replace("x.times(2)", change)), same, change);
    assert.notEqual(await digest(plain.replace("y:", "z:")), same);
    assert.notEqual(
      await digest(plain.replace("({ y: ", "((x.data[0] = 2, { y: ").replace("})", "}))")),
      same,
    );
    assert.equal(await digest('export const f = () => { throw new Error("no"); };'), undefined);
  });

  it("share no module, not even of one file or of a file that both import", async () => {
    const helper = { path: "files/h.ts", text: "let n = 0; export const next = () => ++n;" };
    const both = {
      path: "files/both.ts",
      text: 'import { next } from "./h"; let m = 0; export const f = () => [next(), ++m]; export const g = () => [next(), ++m];',
    };
    const ran = await run(shared("f", [both, helper]), shared("g", [both, helper]));
    assert.equal(boxes, 1);
    assert.deepEqual(
      [valueOf(ran, "f"), valueOf(ran, "g")],
      [
        [1, 1],
        [1, 1],
      ],
    );
  });

  it("share no memory: who writes past a matrix reaches no later one of another's", async () => {
    const writes = `import { Mat } from "unrolled";
const kept = Mat.zeros(1, 1);
export function f(x: Mat) {
  for (const { data } of [kept, x, Mat.zeros(1, 1)]) new Float64Array(data.buffer).fill(7);
  console.error("written");
  return 1;
}`;
    const reads = `import { Mat } from "unrolled";
const early = Mat.zeros(2, 2);
export const g = (x: Mat) => [early, Mat.zeros(1, 2), x];`;
    const x = Mat.column([1, 2]);
    const ran = await run(shared("f", writes, x), shared("g", reads, x));
    assert.equal(boxes, 1);
    assert.match(ran.get("f")!.console, /written/);
    assert.deepEqual(valueOf(ran, "g"), [Mat.zeros(2, 2), Mat.zeros(1, 2), x]);
  });

  for (const [what, attack, trace] of [
    ["a method of all arrays", "(Array.prototype as any).last = 1;", "([] as any).last"],
    [
      "a property of a language's function",
      "(Math.max as any).cache = 1;",
      "(Math.max as any).cache",
    ],
    ["a replaced function of the language", "Math.tanh = () => 1;", "Math.tanh(0)"],
    ["a frozen prototype", "Object.freeze(Map.prototype);", "Object.isFrozen(Map.prototype)"],
    ["a global name", "(globalThis as any).seen = 1;", "(globalThis as any).seen"],
    [
      "a method of the library's",
      "(Mat.prototype as any).last = 1;",
      "(Mat.prototype as any).last",
    ],
    ["a property of the library's function", "(tanh as any).calls = 1;", "(tanh as any).calls"],
    ["a property of a stand-in", "(cell as any).calls = 1;", "(cell as any).calls"],
    [
      "a property of what Deno makes when it is first read",
      '(globalThis as any)["set" + "Timeout"].calls = 1;',
      '(globalThis as any)["set" + "Timeout"].calls',
    ],
    [
      "a property of a class that no exercise needs",
      '(globalThis as any)["Buf" + "fer"].last = (URL as any).last = 1;',
      '[(globalThis as any)["Buf" + "fer"].last, (URL as any).last]',
    ],
    [
      "another value of a global name that no exercise needs",
      "(globalThis as any).URL = Map;",
      "URL === (Map as any)",
    ],
    [
      "a prototype's prototype",
      "Object.setPrototypeOf(Set.prototype, { own: 1 });",
      "(new Set() as any).own",
    ],
    [
      "a generator's method",
      "Object.getPrototypeOf(function* () {}).own = 1;",
      "(function* () {} as any).own",
    ],
  ] as const) {
    it(`run alone where one leaves ${what}`, async () => {
      const source = (name: string, body: string): string =>
        `import { Mat, tanh } from "unrolled"; export function ${name}(cell: any) { ${body} }`;
      const ran = await run(
        shared("f", source("f", `${attack} return 1;`), standIn("waveCell")),
        shared("g", source("g", `Mat; tanh; return ${trace};`), standIn("waveCell")),
      );
      assert.equal(ran.size, 0);
    });
  }

  it("lose nothing by another that hangs, ends the process or floods the console", async () => {
    const g = shared("g", "export const g = () => 5;");
    const h = shared("h", "export const h = () => 6;");
    for (const body of [
      "for (;;);",
      "(globalThis as any)['De' + 'no'].exit(3);",
      "for (;;) console.log('x'.repeat(1e5));",
    ]) {
      const ran = await run(g, shared("f", `export const f = () => { ${body} };`), h);
      assert.deepEqual(
        [valueOf(ran, "g"), valueOf(ran, "f"), valueOf(ran, "h")],
        [5, undefined, 6],
      );
    }
  });

  it("lose nothing by others whose file does not load, or fails when it is loaded", async () => {
    const [g, h] = [
      shared("g", "export const g = () => 5;"),
      shared("h", "export const h = () => 6;"),
    ];
    for (const text of [
      "export const f = (",
      "export const f = () => 1; null!.x;",
      'import "./no"; export const f = 1;',
    ]) {
      const both = { path: "files/f.ts", text };
      const ran = await run(g, shared("f", [both]), shared("f2", [both]), h);
      assert.deepEqual(
        [valueOf(ran, "g"), valueOf(ran, "f"), valueOf(ran, "h")],
        [5, undefined, 6],
      );
    }
  });

  it("leave to a box of its own what is no function, and what depends on the room there is", async () => {
    const ran = await run(
      shared("f", "export const f = 1;"),
      shared("g", "export function g(): number { return 1 + g(); }"),
      shared(
        "h",
        "export const h = () => ({ a: [] as unknown[] }), x = (() => { const a: any[] = []; a.push(a); return a; })();",
      ),
      shared("i", "const a: any[] = []; a.push(a); export const i = () => a;"),
    );
    assert.deepEqual(Array.from(ran.keys()), ["h"]);
  });

  it("get another box where the first does not greet", async () => {
    const broken: Sandbox = {
      ...sandbox,
      inOwnFolder: (work) =>
        sandbox.inOwnFolder((own) =>
          work({
            ...own,
            start: async () => {
              const started = await own.startAnew(); // a copy could greet until its server ends it
              started.kill();
              return started;
            },
          }),
        ),
    };
    const ran = await runTogether(broken, [shared("f", "export const f = () => 5;")]);
    assert.equal(valueOf(ran, "f"), 5);
  });

  it("run no timer and no promise of another's between the calls", async () => {
    const later = 'const later = () => console.error("LEAK");';
    const f = `${later} setTimeout(later, 0); export const f = () => { void Promise.resolve().then(later); return 1; };`;
    const ran = await run(shared("f", f), shared("g", "export const g = () => 1;"));
    assert.equal(ran.size, 2);
    for (const { console: said } of ran.values()) assert.doesNotMatch(said, /LEAK/);
  });

  it("run alone where nobody can say whose console it was", async () => {
    const f = 'void Promise.resolve().then(() => console.log("loaded")); export const f = () => 1;';
    const ran = await run(shared("f", f), shared("g", "export const g = () => 1;"));
    assert.equal(ran.size, 0);
  });
});

describe("a source that may share a box", () => {
  const plain = (text: string, path = "files/f.ts"): boolean =>
    arePlain([
      { path, text },
      { path: "files/sub/g.ts", text: "" },
    ]);

  it("imports the pack and its neighbours", () => {
    for (const text of [
      'import { Mat } from "unrolled";\nimport { check } from "unrolled/check";',
      "import { g } from './sub/g'; export * from \"./sub/../sub/g.js\";",
      "export const important = 1; const from = 2; // imports from elsewhere",
    ]) {
      assert.ok(plain(text), text);
    }
  });

  it("neither goes on after it has ended nor reaches beyond", () => {
    for (const text of [
      "await 1;",
      'import("./sub/g");',
      'import ("x")',
      "import.meta.url",
      "require('x')",
      'import { add } from "mathjs";',
      'import fs from "node:fs";',
      'import x from "file:///pack/grader/sandbox/box/marks.js";',
      'import x from/**/"../e1/files/f.ts";',
      'import x from "../e1/files/f.ts";',
      'import x from "./../../pack/x.js";',
      'import x from "./\\x2e\\x2e/e1/f.ts";',
      'import x from "./%2e%2e/e1/f.ts";',
      'export { x } from "/pack/x.js";',
      'import "lodash";',
      "Deno.exit()",
      'new Worker("x")',
      "process.exit()",
    ]) {
      assert.ok(!plain(text), text);
    }
  });

  it("is told in a time that grows as its length", () => {
    for (const piece of ["import ", 'from "', "import\n\n\n", "from/", "from '../"]) {
      const time = (count: number): number => {
        const text = piece.repeat(count);
        const start = performance.now();
        plain(text);
        return performance.now() - start;
      };
      time(1000);
      assert.ok(time(100_000) < 2000, piece);
    }
    const start = performance.now();
    plain(`import${" ".repeat(500_000)}`);
    assert.ok(performance.now() - start < 1000);
  });
});
