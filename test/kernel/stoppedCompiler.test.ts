import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import type { CellCompiler } from "../../src/kernel/compile/cellCompiler.js";
import { compilerFor, loadTypeScript } from "../../src/kernel/start/compiler.js";
import { packFolder } from "../../src/kernel/start/paths.js";

describe("kernel: a compiler that was stopped in the middle", function () {
  this.timeout(60_000);

  it("compiles the next cell as one that was not, wherever it was stopped", () => {
    const compiler = compilerFor(loadTypeScript(), packFolder);
    const cell =
      'import { readFileSync } from "node:fs"; const size: number = readFileSync("x").length;';
    let stops = 0;
    for (let time = 10; !isDoneWithin(Math.ceil(time), compiler, cell); time *= 1.3) stops++;
    assert.ok(stops > 3, `stopped ${stops} times`);
    const compilation = compiler.compile("const wrong: string = new Headers().get(1);");
    assert.ok("problems" in compilation);
    assert.deepEqual(
      compilation.problems.map(({ code }) => code),
      [2322, 2345],
    );
  });
});

/** Compiles as a cell does that an interrupt ends: no `catch` and no `finally` of the compiler's runs. */
function isDoneWithin(timeout: number, compiler: CellCompiler, cell: string): boolean {
  let isRight = false;
  const compile = (): void => {
    isRight = "cell" in compiler.compile(cell);
  };
  try {
    runInNewContext("compile()", { compile }, { timeout });
  } catch (error) {
    assert.equal(
      (error as NodeJS.ErrnoException).code,
      "ERR_SCRIPT_EXECUTION_TIMEOUT",
      String(error),
    );
    return false;
  }
  assert.ok(isRight, "the cell is refused");
  return true;
}
