import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CompiledCell } from "../../src/kernel/compile/cellCompiler.js";
import { CompiledCells } from "../../src/kernel/start/compiledCells.js";
import { kernelFolder, packFolder } from "../../src/kernel/start/paths.js";
import { KernelClient, type CellReport } from "./kernelClient.js";

describe("kernel: compiled cells that are kept", function () {
  this.timeout(60_000);
  let folder: string;
  let kept: string;
  beforeEach(() => {
    const root = mkdtempSync(join(tmpdir(), "unrolled-kept-"));
    folder = join(root, "notebooks");
    kept = join(root, "kept");
    mkdirSync(folder);
  });
  afterEach(() => {
    rmSync(join(folder, ".."), { recursive: true });
  });

  const env = (): NodeJS.ProcessEnv => ({ ...process.env, UNROLLED_COMPILED_CELLS: kept });

  /** The cells in a kernel of their own. */
  async function run(cells: readonly string[]): Promise<CellReport[]> {
    const kernel = await KernelClient.start({ folder, env: env() });
    try {
      const reports: CellReport[] = [];
      for (const cell of cells) reports.push(await kernel.run(cell));
      return reports;
    } finally {
      await kernel.stop();
    }
  }

  const files = (): string[] => readdirSync(kept).map((name) => join(kept, name));

  it("the second kernel runs what the first compiled", async () => {
    const cell = "const answer: number = 6 * 7;\nanswer";
    assert.equal((await run([cell]))[0]!.result, "42");
    assert.equal(files().length, 1);
    const [file] = files();
    writeFileSync(file!, readFileSync(file!, "utf8").replace("6 * 7", "6 * 8"));
    assert.equal((await run([cell]))[0]!.result, "48");
  });

  it("is compiled anew when tsconfig.json says something else", async () => {
    const cell = "function loose(x) { return x; }\nloose(1)";
    const strict = (isStrict: boolean): void => {
      const text = JSON.stringify({ compilerOptions: { strict: isStrict } });
      writeFileSync(join(folder, "tsconfig.json"), text);
    };
    strict(false);
    assert.equal((await run([cell]))[0]!.result, "1");
    strict(true);
    assert.match((await run([cell]))[0]!.traceback, /Parameter 'x' implicitly/);
  });

  it("gives the same results, tracebacks and type errors", async () => {
    const cells = [
      'import { Mat } from "unrolled";\nimport { sum } from "mathjs";\nconst W = Mat.from([[1, 2]]);',
      "const later = await Promise.resolve(W.cols);\nlater",
      "for await (const k of [1, 2]) console.log(k);",
      "function f(x: number): number {\n  if (x > 1) throw new RangeError(`not ${x}`);\n  return x;\n}",
      "let n = 2;",
      "n += f(1);\nf(n)",
      "sum([n, W.sum()])",
      'const wrong: number = "text";',
      "n + 1",
    ];
    const first = await run(cells);
    assert.equal(files().length, cells.length - 1, "all but the type error");
    const second = await run(cells);
    const told = ({ status, result, stdout, ename, evalue, traceback }: CellReport): unknown => ({
      ...{ status, result, stdout, ename, evalue, traceback },
    });
    assert.deepEqual(second.map(told), first.map(told));
    assert.match(second[5]!.traceback, /In \[4\]/);
    assert.equal(second[7]!.ename, "CompileError");
    assert.equal(second[8]!.result, "4");
    assert.equal(files().length, cells.length - 1);
  });

  it("a changed cell is compiled, and those after it when it declares something else", async () => {
    const [one, two] = ["const x = 1;", "x.toFixed(1)"];
    await run([one, two]);
    assert.deepEqual((await run(["const x = 2;", two])).at(-1)!.result, "'2.0'");
    const [, report] = await run(['const x = "text";', two]);
    assert.match(report!.evalue, /toFixed/);
  });

  it("completion knows what kept cells declare, at once and after a pause", async () => {
    const cells = ['import { Mat } from "unrolled";', "const states = Mat.zeros(2, 3);"];
    await run(cells);
    const kernel = await KernelClient.start({ folder, env: env() });
    try {
      for (const cell of cells) await kernel.run(cell);
      const matches = async (): Promise<unknown> => {
        const content = { code: "states.sumC", cursor_pos: 11 };
        return (await kernel.request("complete_request", content)).content["matches"];
      };
      assert.deepEqual(await matches(), ["sumColumns"]);
      await kernel.run(cells[1]!);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      assert.deepEqual(await matches(), ["sumColumns"]);
    } finally {
      await kernel.stop();
    }
  });

  it("a cell that imports the user's own files is compiled each time", async () => {
    const cell = 'import { own } from "./own.ts";\nown';
    writeFileSync(join(folder, "own.ts"), "export const own: number = 1;\n");
    assert.equal((await run([cell, "own + 1"])).at(-1)!.result, "2");
    writeFileSync(join(folder, "own.ts"), 'export const own: string = "1";\n');
    assert.equal((await run([cell, "own + 1"])).at(-1)!.result, "'11'");
  });

  it("what is damaged is compiled anew; a place that can't be written to is no trouble", async () => {
    const cell = "const k: number = 40; k + 2";
    await run([cell]);
    for (const damage of ["", "{", "null", '{"output": 1}']) {
      writeFileSync(files()[0]!, damage);
      assert.equal((await run([cell]))[0]!.result, "42", damage);
    }
    rmSync(kept, { recursive: true });
    writeFileSync(kept, "a file where a folder should be");
    assert.equal((await run([cell]))[0]!.result, "42");
  });

  it("compiled ahead, a notebook's cells are there before its kernel starts", async () => {
    const sources = [
      'import { Mat } from "unrolled";',
      'const no: number = "";',
      "Mat.zeros(1, 1)",
    ];
    const cells = sources.map((source) => ({ cell_type: "code", source: [source] }));
    writeFileSync(
      join(folder, "lesson.ipynb"),
      JSON.stringify({ cells: [{ cell_type: "markdown", source: "Hello" }, ...cells] }),
    );
    execFileSync(process.execPath, [join(kernelFolder, "start", "compileAhead.js"), folder], {
      env: env(),
    });
    assert.equal(files().length, 2);
    const before = files();
    const reports = await run(sources);
    assert.deepEqual(
      reports.map(({ status }) => status),
      ["ok", "error", "ok"],
    );
    assert.deepEqual(files(), before);
  });

  describe("on the disk", () => {
    const cell: CompiledCell = {
      ...{ code: "1", map: "{}", uses: [], declares: [], types: [] },
      marks: { holder: "in$", init: "init$", kernel: "kernel$", copy: "own$" },
    };
    const library = join(packFolder, "dist/src/index.d.ts");
    const find = (identity: string): CompiledCell | undefined =>
      new CompiledCells(folder, kept).find(identity);

    it("a cell is found by what stands for its text and its names", async () => {
      await new CompiledCells(folder, kept).keep("text", cell, [library]);
      assert.deepEqual(find("text"), cell);
      assert.equal(find("text "), undefined);
    });

    it("not in another folder, nor once the folder has packages of its own", async () => {
      await new CompiledCells(folder, kept).keep("text", cell, [library]);
      assert.equal(new CompiledCells(join(folder, ".."), kept).find("text"), undefined);
      mkdirSync(join(folder, "..", "node_modules", "mathjs"), { recursive: true });
      assert.equal(find("text"), undefined);
    });

    it("nothing that a user's file was read for", async () => {
      const own = join(folder, "node_modules", "mathjs", "index.d.ts");
      await new CompiledCells(folder, kept).keep("text", cell, [library, own]);
      assert.equal(find("text"), undefined);
    });

    it("the older half goes when there are more than 4,000", async () => {
      mkdirSync(kept);
      for (let k = 0; k < 4000; k++) writeFileSync(join(kept, `${k}.json`), "");
      await new CompiledCells(folder, kept).keep("text", cell, [library]);
      assert.equal(files().length, 2000);
      assert.deepEqual(find("text"), cell);
    });
  });
});
