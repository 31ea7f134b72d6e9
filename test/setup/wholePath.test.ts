/** The whole path after set-up, with the network unplugged: a lesson, the exercises, a class. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxOrSkip } from "../class/box.js";
import { requireOrSkip } from "../requirements.js";
import { root, start, type Ended } from "./project.js";
import { canUnplug, mendUnplug, unplugged } from "./unplugged.js";

const solution = join(root, "test/submissions/class/ada/02-05-rnnCellForward.ts");

describe("with the network unplugged", function () {
  this.timeout(180_000);
  let folder: string;

  before(async function () {
    requireOrSkip(this, "unshare with a network of its own", canUnplug(), mendUnplug);
    const kernel = existsSync(join(root, ".venv", ".installed-kernel"));
    requireOrSkip(this, "JupyterLab and the kernel in .venv", kernel, "npx unrolled setup");
    await (await sandboxOrSkip(this)).close();
    folder = mkdtempSync(join(tmpdir(), "unrolled-unplugged-"));
  });
  after(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  function offline(program: string, args: readonly string[]): Promise<Ended> {
    return start("unshare", [...unplugged, program, ...args], { cwd: folder }).ended;
  }
  function unrolledOffline(args: readonly string[]): Promise<Ended> {
    return offline(process.execPath, [join(root, "bin", "unrolled.mjs"), ...args]);
  }

  it("the network really is unplugged", async () => {
    const script =
      'fetch("https://example.org").then(() => 1, () => 0).then((c) => process.exit(c))';
    assert.equal((await offline(process.execPath, ["-e", script])).code, 0);
  });

  it("a lesson runs", async () => {
    const lesson = join(root, "notebooks", "02-the-rnn-cell.ipynb");
    const script = join(root, "test", "notebooks", "execute.py");
    const executed = join(folder, "executed.ipynb");
    const { code, stderr } = await offline(join(root, ".venv", "bin", "python"), [
      ...[script, lesson, executed, "tslab", folder, "120"],
    ]);
    assert.equal(code, 0, stderr);
    const text = readFileSync(executed, "utf8");
    assert.doesNotMatch(text, /"output_type": "error"/);
    assert.match(text, /application\/vnd\.vegalite\.v5\+json/);
  });

  it("an exercise is checked in the terminal", async () => {
    const exercises = join(folder, "my-work", "exercises");
    mkdirSync(exercises, { recursive: true });
    writeFileSync(join(exercises, "02-05-rnnCellForward.ts"), readFileSync(solution));
    const { code, stdout, stderr } = await unrolledOffline(["learn"]);
    assert.match(stdout, /classifyTask/, stderr); // the first that is not yet solved
    assert.equal(code, 1);
    const checked = await unrolledOffline(["check", "rnnCellForward"]);
    assert.equal(checked.code, 0, checked.stdout + checked.stderr);
  });

  it("a class is graded", async () => {
    mkdirSync(join(folder, "ps1", "ada"), { recursive: true });
    writeFileSync(join(folder, "ps1", "ada", "rnnCellForward.ts"), readFileSync(solution));
    const { code, stdout, stderr } = await unrolledOffline([
      "grade",
      "ps1",
      "--csv",
      "grades.csv",
      "--report",
      "report",
    ]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /1 graded/);
    assert.match(readFileSync(join(folder, "grades.csv"), "utf8"), /ada/);
    assert.ok(existsSync(join(folder, "report", "index.html")));
  });
});
