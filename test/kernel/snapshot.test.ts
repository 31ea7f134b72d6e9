import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packFolder, startScript } from "../../src/kernel/start/paths.js";
import { makeSnapshot, snapshotFile, snapshotFits } from "../../src/kernel/start/snapshotFile.js";
import { KernelClient, ownArgv } from "./kernelClient.js";

describe("kernel: the start-up snapshot", function () {
  this.timeout(60_000);
  before(async () => {
    assert.equal(await makeSnapshot(), undefined);
  });

  /** Node's own flags in the kernel that an environment leads to. */
  async function flags(env: NodeJS.ProcessEnv = process.env): Promise<readonly string[]> {
    const kernel = await KernelClient.start({ env });
    try {
      assert.equal((await kernel.run("const n: number = 41; n + 1")).result, "42");
      const report = await kernel.run(
        'import { readFileSync } from "node:fs"; readFileSync("/proc/self/cmdline", "utf8").replaceAll("\\0", " ")',
      );
      return report.result!.slice(1, -1).split(" ");
    } finally {
      await kernel.stop();
    }
  }

  it("is used when it fits", async () => {
    assert.equal(await snapshotFits(), true);
    assert.ok((await flags()).includes(snapshotFile));
  });

  it("is left alone under NODE_OPTIONS, whose flags it was not made with", async () => {
    const used = await flags({ ...process.env, NODE_OPTIONS: "--max-old-space-size=2000" });
    assert.equal(used.includes(snapshotFile), false);
  });

  it("is left alone when Node, the processor or the pack's folder is another one", async () => {
    const conditions = `${snapshotFile}.conditions`;
    const before = readFileSync(conditions, "utf8");
    for (const part of before.trimEnd().split("\n").keys()) {
      const lines = before.split("\n");
      lines[part] = `${lines[part]} `;
      writeFileSync(conditions, lines.join("\n"));
      assert.equal(await snapshotFits(), false, lines[part]);
    }
    assert.equal((await flags()).includes(snapshotFile), false);
    writeFileSync(conditions, before);
    assert.equal(await snapshotFits(), true);
  });

  it("depends on what Node's file is, and not on how many links it has", () => {
    const folder = mkdtempSync(join(tmpdir(), "unrolled-node-"));
    const program = join(folder, "node");
    const conditions = (): string =>
      execFileSync("sh", [startScript, "--conditions", program], { encoding: "utf8" });
    try {
      writeFileSync(program, "a program");
      const before = conditions();
      linkSync(program, join(folder, "another"));
      assert.equal(conditions(), before);
      writeFileSync(program, "another program");
      assert.notEqual(conditions(), before);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is made again when the kernel or the packages are newer", async () => {
    const packages = join(packFolder, "node_modules", ".package-lock.json");
    const old = new Date(Date.now() - 3600_000 * 24 * 365 * 20);
    assert.ok(existsSync(packages));
    utimesSync(snapshotFile, old, old);
    assert.equal(await snapshotFits(), false);
    assert.equal(await makeSnapshot(), undefined);
    assert.equal(await snapshotFits(), true);
  });

  it("a kernel starts without one, and says so in one line of its log", async () => {
    renameSync(snapshotFile, `${snapshotFile}.away`);
    try {
      const kernel = await KernelClient.start();
      await kernel.until(() => /started without a start-up snapshot/.test(kernel.log));
      assert.equal((await kernel.run("1 + 1")).result, "2");
      await kernel.stop();
    } finally {
      renameSync(`${snapshotFile}.away`, snapshotFile);
    }
  });

  it("start.sh is plain sh", () => {
    execFileSync("/bin/sh", ["-n", startScript]);
    assert.deepEqual(ownArgv().slice(0, 2), ["/bin/sh", startScript]);
  });
});
