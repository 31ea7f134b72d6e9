import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { Gradebook } from "../../../../grader/class/store/gradebook.js";
import { GradebookError } from "../../../../grader/class/store/store.js";
import type { Sandbox } from "../../../../grader/sandbox/sandbox.js";
import { inFolder, sandboxOrSkip } from "../../sandbox/box.js";
import { gradeForTest, RIGHT } from "../gradeForTest.js";

describe("the gradebook", () => {
  let sandbox: Sandbox;

  before(async function () {
    this.timeout(20_000);
    sandbox = await sandboxOrSkip(this);
  });
  after(async () => {
    await sandbox?.close();
  });

  /** A class of right hand-ins, and the path of its gradebook. */
  async function inClass(
    students: number,
    use: (folder: string, file: string) => Promise<void>,
  ): Promise<void> {
    await inFolder({}, async (folder) => {
      for (let n = 1; n <= students; n++) {
        const home = join(folder, "ps1", `student-${n}`);
        await mkdir(home, { recursive: true });
        await writeFile(join(home, "leakySum.ts"), RIGHT);
      }
      await use(join(folder, "ps1"), join(folder, "grades.sqlite"));
    });
  }

  async function attemptsIn(file: string): Promise<number> {
    const gradebook = Gradebook.open(file);
    try {
      return await gradebook.countAttempts();
    } finally {
      await gradebook.close();
    }
  }

  it("grades only what changed, and keeps the attempts before", async function () {
    this.timeout(30_000);
    await inClass(3, async (folder, file) => {
      const first = await gradeForTest(folder, file, sandbox);
      assert.deepEqual(first.scores, [3, 3, 3]);
      assert.equal(first.graded.length, 3);
      const again = await gradeForTest(folder, file, sandbox);
      assert.deepEqual(again, { graded: [], scores: [3, 3, 3] });
      await writeFile(
        join(folder, "student-2", "leakySum.ts"),
        RIGHT.replace("add(x_t)", "add(y)"),
      );
      const changed = await gradeForTest(folder, file, sandbox);
      assert.deepEqual(changed, { graded: ["student-2"], scores: [3, 0, 3] });
      assert.equal(await attemptsIn(file), 4);
    });
  });

  it("grades anew when the pack's exercises or references changed", async function () {
    this.timeout(30_000);
    await inClass(1, async (folder, file) => {
      await gradeForTest(folder, file, sandbox);
      const { graded } = await gradeForTest(folder, file, sandbox, { version: "2" });
      assert.deepEqual(graded, ["student-1"]);
    });
  });

  it("loses nothing of what was graded when the run is killed, and goes on from there", async function () {
    this.timeout(60_000);
    await inClass(8, async (folder, file) => {
      const script = inPack("dist/test/grader/class/gradeForTest.js");
      const run = spawn(process.execPath, [script, "grade", folder, file], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const before: string[] = [];
      await new Promise((resolve) => {
        run.stdout.on("data", (chunk: Buffer) => {
          before.push(...chunk.toString().trim().split("\n"));
          if (before.length >= 2) run.kill("SIGKILL");
        });
        run.on("close", resolve);
      });
      assert.ok(before.length < 8, "the run was killed half-way");
      assert.ok((await attemptsIn(file)) >= before.length);
      const { graded, scores } = await gradeForTest(folder, file, sandbox);
      for (const student of before)
        assert.ok(!graded.includes(student), `${student} is graded twice`);
      assert.deepEqual(scores, new Array(8).fill(3));
      assert.equal(await attemptsIn(file), 8);
    });
  });

  it("refuses a file that is no gradebook, or in no folder", async () => {
    await inFolder({ "text.sqlite": "not a database".repeat(100) }, (folder) => {
      assert.throws(() => Gradebook.open(join(folder, "text.sqlite")), GradebookError);
      assert.throws(() => Gradebook.open(join(folder, "nowhere/grades.sqlite")), GradebookError);
      return Promise.resolve();
    });
  });
});
