/** Class grading on a machine in trouble: nothing is lost, nothing half-written, one clear line. */
import { strict as assert } from "node:assert";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { requireOrSkip } from "../../requirements.js";
import { inFolder, sandboxOrSkip } from "../sandbox/box.js";

const CLI = inPack("bin/unrolled.mjs");
const WRITTEN = "export function stackWeights() { return null; }\n";

/** Makes a class of `size` students in folder/ps1. */
function makeClass(folder: string, size: number): void {
  for (let student = 1; student <= size; student++) {
    mkdirSync(join(folder, "ps1", `student-${student}`), { recursive: true });
    writeFileSync(join(folder, "ps1", `student-${student}`, "a.ts"), WRITTEN);
  }
}

/** Grades with a small file system mounted on folder/place. */
function gradeOnto(
  folder: string,
  place: string,
  mount: string,
): { code: number | null; err: string } {
  mkdirSync(join(folder, place), { recursive: true });
  const script = `mount -t tmpfs -o ${mount} none ${place} && exec "$@" && ls ${place}`;
  const args = ["grade", "ps1", "--csv", `${place}/grades.csv`, "--report", `${place}/report`];
  const { status, stderr } = spawnSync(
    "unshare",
    ["--mount", "--map-root-user", "sh", "-c", script, "sh", process.execPath, CLI, ...args],
    { cwd: folder, encoding: "utf8" },
  );
  return { code: status, err: stderr };
}

describe("unrolled grade in trouble", function () {
  this.timeout(60_000);

  before(async function () {
    await (await sandboxOrSkip(this)).close();
    const { status } = spawnSync("unshare", ["--mount", "--map-root-user", "true"]);
    requireOrSkip(
      this,
      "unshare with mounts of its own",
      status === 0,
      "apt-get install util-linux (and allow user namespaces)",
    );
  });

  it("says that the disk is full, and that the grades are safe", async () => {
    await inFolder({}, (folder) => {
      makeClass(folder, 2);
      const { code, err } = gradeOnto(folder, "out", "size=4k");
      assert.equal(code, 1, err);
      assert.match(err, /^grade: out\/\S+ can't be written: ENOSPC.*the grades are safe in/m);
      assert.ok(existsSync(join(folder, "gradebook.sqlite")));
      return Promise.resolve();
    });
  });

  it("says that a folder is read-only, and that the grades are safe", async () => {
    await inFolder({}, (folder) => {
      makeClass(folder, 2);
      const { code, err } = gradeOnto(folder, "out", "ro");
      assert.equal(code, 1, err);
      assert.match(err, /^grade: out\/grades.csv can't be written: EROFS.*the grades are safe in/m);
      return Promise.resolve();
    });
  });

  it("takes its temporary files with it when it is stopped, and goes on from there", async () => {
    await inFolder({}, async (folder) => {
      makeClass(folder, 12);
      const temporary = join(folder, "temporary");
      mkdirSync(temporary);
      const env = { ...process.env, TMPDIR: temporary };
      const child = spawn(process.execPath, [CLI, "grade", "ps1", "--workers", "1"], {
        cwd: folder,
        env,
        stdio: ["ignore", "ignore", "pipe"],
      });
      let err = "";
      const code = await new Promise<number | null>((resolve) => {
        child.on("close", resolve);
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
          err += text;
          if (!child.killed && /student-\d+: \d/.test(err)) child.kill("SIGINT");
        });
      });
      assert.equal(code, 130, err);
      assert.match(err, /the same command goes on from here/);
      assert.deepEqual(readdirSync(temporary), []);

      const again = spawnSync(process.execPath, [CLI, "grade", "ps1"], {
        cwd: folder,
        env,
        encoding: "utf8",
      });
      assert.equal(again.status, 0, again.stderr);
      const [, graded, unchanged] = /(\d+) graded.*?(\d+) unchanged/s.exec(again.stdout) ?? [];
      assert.equal(Number(graded) + Number(unchanged), 12, again.stdout);
      assert.ok(Number(unchanged) >= 1, again.stdout);
    });
  });
});
