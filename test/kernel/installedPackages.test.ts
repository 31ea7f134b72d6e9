import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KernelClient } from "./kernelClient.js";

describe("kernel: packages that are installed while it runs", function () {
  this.timeout(40_000);
  let folder: string;
  let kernel: KernelClient;
  let installations = 0;

  /** What npm does: the package's folder anew, each file from the same time, and its own mark. */
  const install = (name: string, version: string, type: string, value: string): void => {
    const place = join(folder, "node_modules", name);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    const json = { name, version, type: "module", exports: "./index.js", types: "./index.d.ts" };
    writeFileSync(join(place, "package.json"), JSON.stringify(json));
    writeFileSync(join(place, "index.js"), `export const value = ${value};`);
    writeFileSync(join(place, "index.d.ts"), `export declare const value: ${type};`);
    writeFileSync(join(folder, "node_modules", ".package-lock.json"), " ".repeat(++installations));
  };

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "unrolled-packages-")));
    install("seen", "1.0.0", "number", "1");
    install("used", "1.0.0", "number", "1");
    kernel = await KernelClient.start({ folder });
  });
  after(async () => {
    await kernel.stop();
    rmSync(folder, { recursive: true });
  });

  it("one that was missing is found once it is there", async () => {
    const cell = 'import { value as later } from "later"; later';
    assert.match((await kernel.run(cell)).evalue, /Cannot find module 'later'/);
    install("later", "1.0.0", "number", "1");
    assert.equal((await kernel.run(cell)).result, "1");
  });

  it("one whose types alone were seen is the new one, in types and values", async () => {
    await kernel.run('import type { value as seen } from "seen"; type Seen = typeof seen;');
    install("seen", "2.0.0", "string", '"2"');
    const { result, traceback } = await kernel.run(
      'import { value as seen } from "seen"; seen.toUpperCase()',
    );
    assert.equal(result, "'2'", traceback);
  });

  it("one that is in use stays as it was, in types and values, and the next import says so, once", async () => {
    assert.equal((await kernel.run('import { value } from "used"; value')).result, "1");
    install("used", "2.0.0", "string", '"2"');
    const again = await kernel.run('import { value } from "used"; value.toFixed(1)');
    assert.equal(again.result, "'1.0'", again.traceback);
    assert.equal(
      again.stderr,
      "used is 2.0.0 now, but 1.0.0 was imported before: cells go on with 1.0.0 until the kernel is restarted\n",
    );
    assert.equal((await kernel.run('import { value } from "used"; value')).stderr, "");
  });
});
