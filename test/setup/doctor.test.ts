import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, it } from "mocha";
import { requireOrSkip } from "../requirements.js";
import { copyProject, remove, root, unrolled } from "./project.js";

interface Row {
  readonly name: string;
  readonly works: boolean;
  readonly lessons: boolean;
  readonly says: string;
  readonly mend?: string;
}

describe("unrolled doctor", function () {
  this.timeout(120_000);
  let project: string | undefined;
  afterEach(() => {
    if (project !== undefined) remove(project);
    project = undefined;
  });

  it("finds that the lessons can run where everything is set up", async function () {
    requireOrSkip(
      this,
      "JupyterLab and the kernel in .venv",
      existsSync(join(root, ".venv", ".installed-kernel")),
      "npx unrolled setup",
    );
    const { code, stdout } = await unrolled(root, ["doctor", "--json"]);
    assert.equal(code, 0, stdout);
    const rows = JSON.parse(stdout) as readonly Row[];
    const names = rows.map(({ name }) => name);
    for (const name of [
      "Node",
      "npm",
      "Python",
      "JupyterLab",
      "kernel",
      "engine",
      "sandbox",
      "tfjs-node",
      "browser",
    ]) {
      assert.ok(names.includes(name), name);
    }
    for (const { name, works, mend } of rows) assert.ok(works || mend, `${name} has a command`);
    assert.equal(rows.find(({ name }) => name === "kernel")?.says, "started, and answered 1 + 1");
    const engine = rows.find(({ name }) => name === "engine");
    assert.match(String(engine?.says), /^blas: OpenBLAS [\d.]+ \w+ multiplies/);
  });

  it("names what is missing and the command that mends it, with exit code 1", async () => {
    project = copyProject("linked packages");
    const { code, stdout } = await unrolled(project, ["doctor"]);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^✗ JupyterLab +not in \.venv; needed for the lessons; mend it with: npx unrolled setup$/m,
    );
    assert.match(stdout, /^The lessons can't run yet: JupyterLab, kernel\.$/m);
    assert.ok(!existsSync(join(project, ".venv")), "it installs nothing");
  });

  it("says so when the kernel is there but gives no right answer", async function () {
    requireOrSkip(
      this,
      "JupyterLab and the kernel in .venv",
      existsSync(join(root, ".venv", ".installed-kernel")),
      "npx unrolled setup",
    );
    project = copyProject("all");
    remove(join(project, "dist", "src", "kernel"));
    remove(join(project, ".venv", "share", "jupyter", "kernels", "tslab"));
    const { code, stdout } = await unrolled(project, ["doctor"]);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^✗ kernel +no right answer \(.+\); needed for the lessons; mend it with: /m,
    );
  });
});
