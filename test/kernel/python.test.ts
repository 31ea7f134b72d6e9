import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installKernelspec } from "../../src/kernel/start/kernelspec.js";
import { packFolder } from "../../src/kernel/start/paths.js";
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
    const probe = spawnSync(python, [
      "-c",
      "import jupyter_console, jupyter_kernel_test, nbclient, nbconvert, papermill",
    ]);
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

  function run(args: readonly string[], input = ""): string {
    const { status, stdout, stderr } = spawnSync(python, args, {
      cwd: folder,
      env,
      input,
      encoding: "utf8",
      timeout: 60_000,
    });
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    return stdout + stderr;
  }

  function execute(
    sources: readonly (string | { source: string; metadata: object })[],
    flags: readonly string[],
  ): Cell[] {
    const path = write(sources);
    run(["-m", "nbconvert", "--execute", "--to", "notebook", "--inplace", ...flags, path]);
    return read(path);
  }

  /** A notebook with these cells. */
  function write(sources: readonly (string | { source: string; metadata: object })[]): string {
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
    return path;
  }

  function read(path: string): Cell[] {
    return (JSON.parse(readFileSync(path, "utf8")) as { cells: Cell[] }).cells;
  }

  it("jupyter_kernel_test: no failure, no error", () => {
    const output = run([join(packFolder, "test", "kernel", "protocol_test.py"), "-v"]);
    assert.match(output, /^OK/m);
    assert.doesNotMatch(output, /skipped/);
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

  it("nbclient stops at a failed cell, and what waits behind it does not run", () => {
    const path = write(["1", "throw new RangeError('no');", "console.log('ran')"]);
    const script =
      "import sys, nbformat; from nbclient import NotebookClient; from nbclient.exceptions import CellExecutionError\n" +
      "notebook = nbformat.read(sys.argv[1], 4)\n" +
      "try: NotebookClient(notebook, kernel_name='tslab').execute()\n" +
      "except CellExecutionError as error: print('stopped:', error.ename, error.evalue)\n" +
      "nbformat.write(notebook, sys.argv[1])";
    assert.match(run(["-c", script, path]), /stopped: RangeError no/);
    const cells = read(path);
    assert.equal(cells[1]!.outputs[0]!["ename"], "RangeError");
    assert.deepEqual(cells[2]!.outputs, []);
    assert.equal(cells[2]!.execution_count, null);
  });

  it("nbconvert makes a page and a script of an executed notebook", () => {
    execute(["const shown: number = 6 * 7;", "shown"], []);
    const path = join(folder, "notebook.ipynb");
    run(["-m", "nbconvert", "--to", "html", path]);
    assert.match(readFileSync(join(folder, "notebook.html"), "utf8"), /<pre>42<\/pre>/);
    run(["-m", "nbconvert", "--to", "script", path]);
    const script = readFileSync(join(folder, "notebook.ts"), "utf8");
    assert.match(script, /const shown: number = 6 \* 7;/);
  });

  it("papermill runs a notebook", () => {
    const path = write(["const steps = 21;", "steps * 2"]);
    const output = join(folder, "milled.ipynb");
    run(["-m", "papermill", path, output, "--log-level", "ERROR"]);
    assert.deepEqual(read(output).at(-1)!.outputs[0]!["data"], { "text/plain": ["42"] });
  });

  it("jupyter console runs what is typed", () => {
    const args = ["-m", "jupyter", "console", "--kernel", "tslab", "--simple-prompt"];
    const shown = run(args, "const a: number = 20;\na + 22\nconst wrong: string = a;\n");
    assert.match(shown, /Unrolled .*: TypeScript/);
    assert.match(shown, /Out\[2\]: 42/);
    assert.match(shown, /TS2322/);
  });
});
