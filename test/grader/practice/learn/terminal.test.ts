import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { packRoot } from "#common/pack-root";
import { exercise as findExercise } from "../../../../exercises/manifest.js";
import { exerciseFile } from "../../../../grader/practice/workspace.js";
import { cellFile } from "./cellFile.js";

const id = "rnnCellForward";

describe("learn in a terminal", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "unrolled-terminal-"));
  const workspace = join(folder, "my-work");
  const file = exerciseFile(workspace, findExercise(id));
  let learn: ChildProcessWithoutNullStreams;
  let screens = "";
  let seen = 0;

  before(() => {
    mkdirSync(workspace);
    const cli = pathToFileURL(join(packRoot, "dist", "grader", "cli.js")).href;
    const script = `process.exitCode = await (await import("${cli}")).main(["learn", "${id}"])`;
    learn = spawn(
      "python3",
      [
        join(packRoot, "test", "grader", "practice", "learn", "terminal.py"),
        process.execPath,
        "--input-type=module",
        "-e",
        script,
      ],
      { cwd: folder, env: { ...process.env, TERM: "xterm", NO_COLOR: "1", FORCE_COLOR: "" } },
    );
    learn.stdout.setEncoding("utf8").on("data", (text: string) => (screens += text));
  });
  after(() => {
    learn.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  /** Waits for a screen, newer than those already seen, that shows this. */
  async function shows(what: RegExp): Promise<void> {
    for (let n = 0; n < 400; n++) {
      const at = screens.slice(seen).search(what);
      if (at >= 0) {
        seen += at + 1;
        return;
      }
      await wait(50);
    }
    assert.fail(`${what} was not shown:\n${screens.slice(seen)}`);
  }

  it("guides from the starter to a pass: saves, verdicts, hints, reset, quit", async () => {
    await shows(/Not written yet/);
    writeFileSync(file, cellFile("a_prev = a_prev.times(0);"));
    await shows(/✗ /);
    await shows(/the same inputs again: npx unrolled check rnnCellForward --seed \d+/);
    learn.stdin.write("h\n");
    await shows(/Hint 1 of 3/);
    writeFileSync(file, cellFile("const wrong: string = a_prev;"));
    await shows(/error TS2322/);
    writeFileSync(file, cellFile());
    await shows(/\d+ of \d+ cases pass/);
    await shows(/The library's own, src\/cells\/rnn\.ts/);
    await shows(/n next exercise/);
    learn.stdin.write("r\n");
    await shows(/Put the starter of rnnCellForward back\?/);
    learn.stdin.write("y\n");
    await shows(/The starter is back/);
    await shows(/Not written yet/);
    assert.match(readFileSync(file, "utf8"), /NotImplementedError/);
    const ended = new Promise<number | null>((resolve) => learn.on("close", resolve));
    learn.stdin.write("q\n");
    assert.equal(await ended, 0);
  });
});
