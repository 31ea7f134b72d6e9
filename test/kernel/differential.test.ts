/** A program, cut into cells anywhere between its statements, gives the values that Node gives for it as one module. */
import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import ts from "typescript";
import { CellRunner } from "../../src/kernel/run/cellRunner.js";
import { ModuleLoader } from "../../src/kernel/run/modules.js";
import { Scope } from "../../src/kernel/run/scope.js";
import { compilerFor, loadTypeScript } from "../../src/kernel/start/compiler.js";
import { evaluate, metaOf, nodeModules } from "../../src/kernel/start/nodeModules.js";
import { packFolder } from "../../src/kernel/start/paths.js";

const programs = 500;
const loaded = loadTypeScript();

/** One step of a program: declares `name`, may use what stands before it. */
type Step = (name: string, pick: (i: number) => string, k: number) => string;

/** Each declares a number, or a function without parameters that gives one, under the name. */
const steps: readonly Step[] = [
  (x, a, k) => `let ${x} = ${a(0)} + ${k};`,
  (x, a, k) => `const ${x} = ${a(0)} * ${k} - ${a(1)};`,
  (x, a, k) => `var ${x} = ${a(0)}; ${x} += ${k};`,
  (x, a, k) => `let [${x}, ${x}_rest] = [${a(0)}, ${k}]; ${x} += ${x}_rest;`,
  (x, a, k) =>
    `const { v: ${x}, w: { u: ${x}_u = ${k} } = { u: ${a(1)} } } = { v: ${a(0)} } as { v: number; w?: { u?: number } };`,
  (x, a, k) =>
    `let ${x} = 0; const ${x}_up = () => { ${x} += ${k}; return ${x} + ${a(0)}; }; ${x}_up();`,
  (x, a, k) =>
    `function ${x}_f(n: number): number { return n <= 0 ? ${a(0)} : ${x}_f(n - 1) + 1; } let ${x} = ${x}_f(${k});`,
  (x, a, k) =>
    `class ${x}_C { static made = 0; n = ${a(0)}; constructor() { ${x}_C.made++; } get twice() { return this.n * 2 + ${x}_C.made; } } let ${x} = new ${x}_C().twice + ${k};`,
  (x, a, k) => `enum ${x}_E { A = ${k}, B } let ${x} = ${x}_E.A + ${x}_E.B + ${a(0)};`,
  (x, a, k) =>
    `namespace ${x}_N { export let n = ${k}; export const up = () => ++n + ${a(0)}; } let ${x} = ${x}_N.up() + ${x}_N.n;`,
  (x, a, k) =>
    `function* ${x}_g() { let i = ${a(0)}; while (true) yield i++ + ${a(1)}; } const ${x}_it = ${x}_g(); ${x}_it.next(); let ${x} = (${x}_it.next().value as number) + ${k};`,
  (x, a, k) =>
    `async function ${x}_later(n: number) { await null; return n + ${a(0)}; } let ${x} = await ${x}_later(${k});`,
  (x, a, k) =>
    `let ${x} = 0; for (let i = 0; i < ${k}; i++) { ${x} += i * ${a(0)}; if (${x} > 1e6) break; }`,
  (x, a, k) =>
    `let ${x} = 1; const ${x}_s: number[] = []; const ${x}_see = () => { ${x}_s.push(${x}); }; for (let i = 0; i < ${k}; i++) { ${x} = ${x} * 2 - ${a(0)} % 3; ${x} ||= 1; ++${x}; ${x}_see(); { let ${x} = 2; ${x}++; } if (${x} > 1e5) ${x} = -${x}; } out.push(${x}_s.join());`,
  (x, a, k) =>
    `let ${x} = ${k}; let ${x}_n = 0; const ${x}_set = () => { ${x}_n -= 1; }; while (${x}_n++ < 4) { ${x} += ${x}_n; const o = { ${x}, m() { return ${x}; } }; out.push(o.${x} + o.m()); if (${a(0)} % 2 === 0 && ${x}_n === 2) ${x}_set(), ${x}_n++; }`,
  (x, a, k) => `for (var ${x} = ${k}; ${x} < 20; ${x} += 7) { out.push(${a(0)} + ${x}); }`,
  (x, a, k) =>
    `let ${x} = 0; for (const one of [${a(0)}, ${k}, ${a(1)}]) { const ${a(0)}_s = one; ${x} += ${a(0)}_s; }`,
  (x, a, k) =>
    `const ${x}_o = { ${a(0)}, k: ${k}, m() { return this.k + this.${a(0)}; } }; let ${x} = ${x}_o.m();`,
  (x, a, k) =>
    `let ${x} = ${k}; try { ${x} = ((${a(0)}: number) => { if (${a(0)} > 5) throw new Error("e"); return ${a(0)}; })(${k} + 3); } catch (error) { ${x} = (error as Error).message.length; } finally { ${x}++; }`,
  (x, a, k) =>
    `let ${x}_u: number | undefined; ${x}_u ??= ${a(0)}; let ${x}: number = ${x}_u || ${k}; ${x} ||= ${k};`,
  (x, a, k) =>
    `const ${x}_t = (s: TemplateStringsArray, ...v: number[]) => s.length + v.reduce((p, q) => p + q, 0); let ${x} = ${x}_t\`a\${${a(0)}}b\${${k}}\`;`,
  (x, a, k) =>
    `type ${x}_T = { n: number }; interface ${x}_I extends ${x}_T { m?: number } const ${x}_v: ${x}_I = { n: ${a(0)} }; let ${x} = ${x}_v.n + (${x}_v.m ?? ${k});`,
  (x, a, k) =>
    `let ${x} = (() => ${a(0)})() satisfies number; switch (${x} % 3) { case 0: ${x} += ${k}; break; case 1: { let ${x} = 4; out.push(${x}); } default: ${x}--; }`,
];

/** Steps that change what stands before them; `let`s and `var`s alone can be assigned to. */
const changes: readonly ((a: string, b: string, k: number) => string)[] = [
  (a, b, k) => `${a} = ${b} + ${k};`,
  (a, b) => `[${a}, ${b}] = [${b}, ${a}];`,
  (a, b, k) => `({ x: ${a}, y: ${b} = ${k} } = { x: ${b} } as { x: number; y?: number });`,
  (a, _, k) => `${a}++; ${a} -= ${k}; --${a};`,
  (a, b, k) => `for (${a} of [${b}, ${k}]) { out.push(${a}); }`,
  (a, b, k) => `{ let ${b} = ${k}; ${a} += ${b}; }`,
  (a, b) => `(() => { ${a} = ${b} * 2 % 1000; })();`,
];

const programOf = fc
  .array(
    fc.record({
      step: fc.nat(steps.length + 5),
      uses: fc.tuple(fc.nat(50), fc.nat(50)),
      k: fc.integer({ min: 1, max: 6 }),
      cut: fc.boolean(),
    }),
    { minLength: 3, maxLength: 9 },
  )
  .map((choices) => {
    const statements: { readonly text: string; readonly cut: boolean }[] = [
      { text: "const out: unknown[] = []; let v0 = 1;", cut: true },
    ];
    const names = ["v0"];
    const lets = ["v0"];
    for (const { step, uses, k, cut } of choices) {
      const pick = (i: number): string => names[uses[i]! % names.length]!;
      const make = steps[step];
      let text: string;
      if (make === undefined) {
        const [a, b] = uses.map((use) => lets[use % lets.length]!) as [string, string];
        const other = a === b ? lets.find((one) => one !== a) : b;
        text =
          other === undefined ? `v0 += ${k};` : changes[(step + k) % changes.length]!(a, other, k);
      } else {
        const name = `v${names.length}`;
        text = make(name, pick, k);
        names.push(name);
        if (new RegExp(`(let|var) \\[?${name}\\b(?!:)`).test(text)) lets.push(name);
      }
      statements.push({ text: `${text} out.push(${names.at(-1)!});`, cut });
    }
    statements.push({ text: `out.push(${names.join(", ")});`, cut: true });
    return statements;
  });

/** What Node makes of the whole program as one module. */
async function asModule(text: string): Promise<string> {
  const { outputText } = ts.transpileModule(`${text}\nexport { out };`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const { out } = (await import(`data:text/javascript,${encodeURIComponent(outputText)}`)) as {
    out: unknown;
  };
  return inspect(out);
}

/** What the same text gives in cells. */
async function asCells(cells: readonly string[]): Promise<string> {
  const compiler = compilerFor(loaded, packFolder);
  const runner = new CellRunner(
    compiler,
    new Scope(),
    new ModuleLoader(nodeModules(compiler, packFolder, () => undefined)),
    {
      environment: {},
      meta: metaOf(packFolder),
      evaluate,
      bundleOf: (value) => Promise.resolve({ "text/plain": inspect(value) }),
      textOf: String,
      turn: () => Promise.resolve(),
      collectGarbage: () => undefined,
      notice: () => undefined,
    },
  );
  let last = "";
  for (const [i, code] of [...cells, "out"].entries()) {
    const outcome = await runner.execute({
      code,
      count: i + 1,
      allowStdin: false,
      expressions: {},
    });
    if (outcome.status === "error") throw new Error(`${code}\n${outcome.traceback.join("\n")}`);
    last = String(outcome.result?.["text/plain"] ?? "");
  }
  return last;
}

describe("kernel: cells and modules", function () {
  this.timeout(600_000);

  it(`${programs} programs give in cells what they give as one module`, async () => {
    await fc.assert(
      fc.asyncProperty(programOf, async (statements) => {
        const cells: string[] = [];
        for (const { text, cut } of statements) {
          if (cut || cells.length === 0) cells.push(text);
          else cells.push(`${cells.pop()!}\n${text}`);
        }
        const whole = statements.map(({ text }) => text).join("\n");
        assert.equal(await asCells(cells), await asModule(whole), cells.join("\n⏎⏎\n"));
      }),
      { numRuns: programs, seed: 2026 },
    );
  });
});
