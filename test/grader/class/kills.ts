/**
 * `npm run kills [-- --kills 50]`: `grade` on either store, and the workers of a database, are killed at random moments;
 * each time the same command is given again. The gradebooks have to be identical with one that nothing
 * disturbed. kills.md beside this file keeps the last run.
 */
import { strict as assert } from "node:assert";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openWorkingSandbox } from "../../../grader/sandbox/status.js";
import { inFolder, TEST_LIMITS } from "../sandbox/box.js";
import { gradeForTest } from "./gradeForTest.js";
import { contentOf, killGrade, killWorkers, writeClass } from "./killing.js";
import { PostgresServer } from "./store/postgresServer.js";

const { values } = parseArgs({
  options: { kills: { type: "string" }, students: { type: "string" } },
});
const kills = Number(values.kills ?? 50);
const students = Number(values.students ?? 20);

const server = PostgresServer.start();
const sandbox = await openWorkingSandbox({ kind: "bubblewrap", limits: TEST_LIMITS });
try {
  await inFolder({}, async (home) => {
    const folder = join(home, "ps1");
    writeClass(folder, students);
    let number = 0;
    const newFile = (): string => join(home, `grades-${++number}.sqlite`);
    const newDatabase = (): string => server.newDatabase();
    const undisturbed = newFile();
    await gradeForTest(folder, undisturbed, sandbox);
    const expected = await contentOf(undisturbed);
    console.log(
      `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} cores: ${students} students, ${kills} kills each, at random moments of an undisturbed run`,
    );
    const ways = [
      ["workers", () => killWorkers(folder, newDatabase, { kills, sandbox })],
      ["grade, SQLite", () => killGrade(folder, newFile, kills)],
      ["grade, PostgreSQL", () => killGrade(folder, newDatabase, kills)],
    ] as const;
    for (const [name, killed] of ways) {
      const { contents, moments } = await killed();
      for (const content of contents) assert.deepEqual(content, expected);
      const [least, most] = [Math.min(...moments), Math.max(...moments)];
      assert.ok(least < students / 2 && most > students / 2, `killed at ${moments.join(", ")}`);
      console.log(
        `${name}: ${moments.length} kills, with ${least} to ${most} hand-ins graded; ${contents.length} gradebooks, all identical with the undisturbed one`,
      );
    }
  });
} finally {
  await sandbox.close();
  server.remove();
}
