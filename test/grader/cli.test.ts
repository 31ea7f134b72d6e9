import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { packRoot } from "#common/pack-root";
import { exercise as findExercise, manifest } from "../../exercises/manifest.js";
import { fileStore } from "../../grader/practice/progressFile.js";
import { exerciseFile } from "../../grader/practice/workspace.js";

const cli = pathToFileURL(join(packRoot, "dist", "grader", "cli.js")).href;
const id = "rnnCellForward";

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const solved = `import { Mat, softmax, tanh } from "unrolled";
interface P { Wax: Mat; Waa: Mat; Wya: Mat; ba: Mat; by: Mat }
export function rnnCellForward(x_t: Mat, a_prev: Mat, parameters: P) {
  const { Wax, Waa, Wya, ba, by } = parameters;
  const a_next = tanh(Wax.dot(x_t).add(Waa.dot(a_prev)).add(ba));
  const yhat_t = softmax(Wya.dot(a_next).add(by));
  return { a_next, yhat_t, cache: { x_t, a_prev, a_next, parameters } };
}
`;

describe("the learners' commands", function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "unrolled-cli-"));
  const workspace = join(folder, "my-work");
  const file = exerciseFile(workspace, findExercise(id));
  before(() => mkdirSync(workspace));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a command in the folder that holds my-work, without a terminal. */
  function run(...args: string[]): Ran {
    return runIn(folder, ...args);
  }

  function runIn(cwd: string, ...args: string[]): Ran {
    const script = `process.exitCode = await (await import(${JSON.stringify(cli)})).main(process.argv.slice(1))`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--input-type=module", "-e", script, "--", ...args],
      { cwd, encoding: "utf8", env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "" } },
    );
    return { code: status, out: stdout, err: stderr };
  }

  it("check says 1 of an unwritten function, and copies the starters that are missing", () => {
    const { code, out, err } = run("check", id);
    assert.equal(err, "");
    assert.equal(code, 1);
    assert.match(out, /^my-work\/exercises\/\d\d-\d\d-rnnCellForward\.ts$/m);
    assert.match(out, /Not written yet/);
    assert.ok(manifest.every((exercise) => existsSync(exerciseFile(workspace, exercise))));
  });

  it("check says 0 of a right one, keeps it, and overwrites no file", () => {
    writeFileSync(file, solved);
    const { code, out } = run("check", id);
    assert.equal(code, 0);
    assert.match(out, /\d+ of \d+ cases pass/);
    assert.equal(readFileSync(file, "utf8"), solved);
    assert.equal(fileStore(workspace).read().progress[id]?.passed, true);
  });

  it("check draws the same inputs again from a seed", () => {
    writeFileSync(file, solved.replace(".add(ba)", ""));
    const first = run("check", id, "--seed", "7");
    assert.equal(first.code, 1);
    assert.match(first.out, /the same inputs again: npx unrolled check rnnCellForward --seed 7$/m);
    assert.equal(run("check", id, "--seed", "7").out, first.out);
    assert.notEqual(run("check", id, "--seed", "8").out, first.out);
    writeFileSync(file, solved);
  });

  it("list marks what passes", () => {
    run("check", id);
    const { code, out } = run("list");
    assert.equal(code, 0);
    assert.match(out, /✓ 02 rnnCellForward/);
    assert.match(out, new RegExp(`1 of ${manifest.length} exercises pass`));
  });

  it("learn without a terminal prints one verdict and ends", () => {
    const open = run("learn");
    assert.match(open.out, manifest.length > 1 ? /Not written yet/ : /exercises pass/);
    assert.equal(open.code, manifest.length > 1 ? 1 : 0);
    assert.equal(run("learn", id).code, 0);
  });

  it("hint gives one more each time", () => {
    assert.match(run("hint", id).out, /^Hint 1 of 3: /);
    assert.match(run("hint", id).out, /^Hint 2 of 3: /m);
  });

  it("solution is shown to those who have passed, and to nobody else", () => {
    const { code, out } = run("solution", id);
    assert.equal(code, 0);
    assert.match(out, /^src\/cells\/rnn\.ts$/m);
    assert.match(out, /export function rnnCellForward/);
    run("reset", id, "--yes");
    assert.equal(run("solution", id).code, 1);
  });

  it("reset asks, keeps the learner's version, and puts the starter back", () => {
    writeFileSync(file, solved);
    const unasked = run("reset", id);
    assert.equal(unasked.code, 2);
    assert.match(unasked.out, /unrolled reset rnnCellForward --yes/);
    assert.equal(readFileSync(file, "utf8"), solved);
    const { code, out } = run("reset", id, "--yes");
    assert.equal(code, 0);
    const kept = /Your version is (.*)$/m.exec(out)?.[1] ?? "";
    assert.equal(readFileSync(join(folder, kept), "utf8"), solved);
    const starter = readFileSync(file, "utf8");
    assert.match(starter, /NotImplementedError/);
    const again = run("reset", id, "--yes");
    assert.equal(again.code, 0);
    assert.match(again.out, /is the starter already: nothing was changed/);
    assert.doesNotMatch(again.out, /Your version/);
    assert.equal(readFileSync(file, "utf8"), starter);
  });

  it("wrong usage is 2, with one line that helps", () => {
    for (const args of [
      ["check", "rnnCellForwrd"],
      ["hint"],
      ["chek"],
      ["check", id, "--seed", "x"],
    ]) {
      const { code, err } = run(...args);
      assert.equal(code, 2, args.join(" "));
      assert.doesNotMatch(err, /\n {4}at /, "no stack trace");
      assert.notEqual(err, "");
    }
    assert.match(run("check", "rnnCellForwrd").err, /rnnCellForward/);
    assert.match(run("chek").err, /check/);
  });

  it("says what is wrong with a folder in one line", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "unrolled-cli-"));
    mkdirSync(join(elsewhere, "my-work"));
    writeFileSync(join(elsewhere, "my-work", "exercises"), "a file where a folder should be");
    const { code, err } = runIn(elsewhere, "check", id);
    rmSync(elsewhere, { recursive: true });
    assert.equal(code, 2);
    assert.match(err, /^\S+: .*move it away\n$/);
  });

  it("--help says what the exit codes mean", () => {
    const { code, out } = run("check", "--help");
    assert.equal(code, 0);
    assert.match(out, /2 {2}wrong usage or input/);
    assert.match(run("--help").out, /^ {2}grade/m);
  });
});
