import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installKernelspec } from "../../src/kernel/kernelspec.js";
import { packFolder } from "../../src/kernel/paths.js";
import { requireOrSkip } from "../requirements.js";

const python = join(packFolder, ".venv", "bin", "python");

interface Cell {
  readonly cell_type: "code";
  readonly id?: string;
  readonly metadata: object;
  readonly source: string;
  readonly execution_count: number | null;
  readonly outputs: readonly Record<string, unknown>[];
}

describe("kernel: Jupyter's own programs", function () {
  this.timeout(120_000);
  let folder: string;
  let env: NodeJS.ProcessEnv;

  before(function () {
    const probe = spawnSync(python, ["-c", "import jupyter_kernel_test, nbclient, nbconvert"]);
    requireOrSkip(
      this,
      "the project's Python environment with its test packages",
      probe.status === 0,
      "npm test",
    );
    folder = mkdtempSync(join(tmpdir(), "unrolled-python-"));
    installKernelspec({ prefix: folder });
    env = {
      ...process.env,
      JUPYTER_PATH: join(folder, "share", "jupyter"),
      JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
      JUPYTER_CONFIG_DIR: join(folder, "config"),
      IPYTHONDIR: join(folder, "ipython"),
    };
  });
  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  function run(args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(python, args, {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    return stdout + stderr;
  }

  function execute(
    sources: readonly (string | { source: string; metadata: object })[],
    flags: readonly string[],
  ): Cell[] {
    const path = join(folder, "notebook.ipynb");
    const cells = sources.map((cell, i) => ({
      cell_type: "code",
      id: `cell-${i}`,
      metadata: typeof cell === "string" ? {} : cell.metadata,
      source: typeof cell === "string" ? cell : cell.source,
      execution_count: null,
      outputs: [],
    }));
    const kernelspec = { name: "tslab", display_name: "TypeScript", language: "typescript" };
    writeFileSync(
      path,
      JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells }),
    );
    run(["-m", "nbconvert", "--execute", "--to", "notebook", "--inplace", ...flags, path]);
    return (JSON.parse(readFileSync(path, "utf8")) as { cells: Cell[] }).cells;
  }

  it("jupyter_kernel_test: no failure, no error", () => {
    const output = run([join(packFolder, "test", "kernel", "protocol_test.py"), "-v"]);
    assert.match(output, /^OK/m);
    const skipped = Number(/skipped=(\d+)/.exec(output)?.[1] ?? 0);
    assert.ok(skipped <= 3, `${skipped} skipped; ipykernel skips 3`);
  });

  it("nbconvert runs a notebook; every cell has its number and its outputs", () => {
    const cells = execute(["const a = 1;", "a + 1", 'console.log("printed");'], []);
    assert.deepEqual(
      cells.map((cell) => cell.execution_count),
      [1, 2, 3],
    );
    assert.deepEqual(cells[1]!.outputs[0]!["data"], { "text/plain": ["2"] });
    assert.deepEqual(cells[2]!.outputs[0]!["text"], ["printed\n"]);
  });

  it("with --allow-errors the cells after a failed one run", () => {
    const cells = execute(
      ["const a = 1;", "throw new RangeError('no');", "a + 1"],
      ["--allow-errors"],
    );
    assert.equal(cells[1]!.outputs[0]!["ename"], "RangeError");
    assert.deepEqual(cells[2]!.outputs[0]!["data"], { "text/plain": ["2"] });
  });

  it("a cell tagged raises-exception does not stop the notebook", () => {
    const cells = execute(
      [{ source: "const n: number = 'x';", metadata: { tags: ["raises-exception"] } }, "5"],
      [],
    );
    assert.equal(cells[0]!.outputs[0]!["ename"], "CompileError");
    assert.deepEqual(cells[1]!.outputs[0]!["data"], { "text/plain": ["5"] });
  });
});
