import assert from "node:assert/strict";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { watchFolder } from "../../../../grader/practice/learn/watch.js";

describe("watchFolder", function () {
  this.timeout(20_000);
  for (const poll of [false, true]) {
    it(`tells of each saved TypeScript file, ${poll ? "by looking again and again" : "by the system"}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "unrolled-watch-"));
      writeFileSync(join(folder, "there.ts"), "1");
      const saved: string[] = [];
      const heard = async (name: string): Promise<void> => {
        for (let n = 0; n < 100 && !saved.includes(name); n++) await wait(50);
        assert.ok(saved.includes(name), `${name} among ${saved.join(", ")}`);
        saved.length = 0;
      };
      const watcher = watchFolder(folder, (file) => saved.push(basename(file)), { poll });
      await wait(500);
      assert.deepEqual(saved, [], "what was there before was not saved now");
      writeFileSync(join(folder, "there.ts"), "12");
      await heard("there.ts");
      // Editors write beside the file and rename.
      writeFileSync(join(folder, "beside"), "123");
      renameSync(join(folder, "beside"), join(folder, "there.ts"));
      await heard("there.ts");
      writeFileSync(join(folder, "notes.md"), "no exercise");
      writeFileSync(join(folder, "new.ts"), "1");
      await heard("new.ts");
      await watcher.close();
      rmSync(folder, { recursive: true });
    });
  }
});
