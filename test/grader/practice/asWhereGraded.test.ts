import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KernelClient } from "../../kernel/kernelClient.js";

const FAITHFUL = `function oneHot(indices: readonly number[], n_x: number): Mat<"n_x", "m"> {
  for (const k of indices) if (!Number.isInteger(k) || k < 0 || k >= n_x) throw new RangeError("no word");
  USE
  return Mat.build(n_x, indices.length, (k, i) => (indices[i] === k ? 1 : 0));
}`;

describe("check in a notebook, where packages are imported", function () {
  this.timeout(60_000);
  let folder: string;
  let kernel: KernelClient;
  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "unrolled-graded-")));
    mkdirSync(join(folder, "node_modules", "shout"), { recursive: true });
    const shout = join(folder, "node_modules", "shout");
    writeFileSync(join(shout, "package.json"), '{"name":"shout","types":"index.d.ts"}');
    writeFileSync(join(shout, "index.js"), "exports.loud = (text) => text.toUpperCase();");
    writeFileSync(join(shout, "index.d.ts"), "export declare function loud(text: string): string;");
    writeFileSync(
      join(folder, "log.ts"),
      'import { loud } from "shout";\nlet calls = 0;\nexport const log = (text: string): string => loud(`${text} ${++calls}`);\n',
    );
    kernel = await KernelClient.start({ folder });
    await kernel.run('import { Mat } from "unrolled"; import { check } from "unrolled/check";');
  });
  after(async () => {
    await kernel.stop();
    rmSync(folder, { recursive: true });
  });

  /** Whether a check gives the learner's own function back: it passes. */
  async function passes(use: string, ...cells: readonly string[]): Promise<string | undefined> {
    for (const cell of [...cells, FAITHFUL.replace("USE", use)]) {
      const { traceback } = await kernel.run(cell);
      assert.equal(traceback, "", cell);
    }
    return (await kernel.run('(await check("oneHot", oneHot)) === oneHot')).result;
  }

  it("the function can use no package, by its name, by what was taken from it, by require and by an own file", async () => {
    assert.equal(await passes(""), "true");
    assert.equal(await passes('loud("a");', 'import { loud } from "shout";'), "false");
    assert.equal(await passes('cry("a");', "const cry = loud;"), "false");
    assert.equal(await passes('again("a");', 'const { loud: again } = require("shout");'), "false");
    assert.equal(await passes('require("shout").loud("a");'), "false");
    assert.equal(await passes('log("a");', 'import { log } from "./log";'), "false");
    assert.equal(await passes(""), "true");
  });

  it("all is as it was behind a check, and an own file keeps what it counted", async () => {
    for (const [code, result] of [
      ['loud("a")', "'A'"],
      ['cry("a")', "'A'"],
      ['require("shout").loud("a")', "'A'"],
      ['log("a")', "'A 1'"],
    ])
      assert.equal((await kernel.run(code!)).result, result);
  });

  it("the library's own function is none that was written", async () => {
    const code = 'import * as all from "unrolled"; (await check("oneHot", all.oneHot)).name';
    const { exchange } = await kernel.run(code);
    const shown = JSON.stringify(exchange.published.map(({ content }) => content));
    assert.match(shown, /oneHot can't be imported from/);
  });
});
