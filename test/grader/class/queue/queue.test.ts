import { strict as assert } from "node:assert";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { GradeQueue, type QueuedHandIn } from "../../../../grader/class/queue/queue.js";
import { Postgres } from "../../../../grader/class/store/postgres.js";
import type { Sandbox } from "../../../../grader/sandbox/sandbox.js";
import { inFolder, sandboxOrSkip } from "../../sandbox/box.js";
import { gradeForTest } from "../gradeForTest.js";
import { contentOf, killGrade, killWorkers, writeClass } from "../killing.js";
import { PostgresServer } from "../store/postgresServer.js";

const STUDENTS = 10;

describe("a class on more than one machine", function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  let server: PostgresServer;

  before(async function () {
    sandbox = await sandboxOrSkip(this);
    server = PostgresServer.startOrSkip(this);
  });
  after(async () => {
    server?.remove();
    await sandbox?.close();
  });

  /** A class, and the gradebook that it has when nothing disturbs it. */
  async function inClass(
    use: (folder: string, expected: readonly string[], files: () => string) => Promise<void>,
  ): Promise<void> {
    await inFolder({}, async (home) => {
      const folder = join(home, "ps1");
      writeClass(folder, STUDENTS);
      let number = 0;
      const files = (): string => join(home, `grades-${++number}.sqlite`);
      const file = files();
      await gradeForTest(folder, file, sandbox);
      const expected = await contentOf(file);
      assert.equal(expected.length, STUDENTS);
      await use(folder, expected, files);
    });
  }

  it("has the gradebook that one machine has, in PostgreSQL as in SQLite, and grades nothing again", async () => {
    await inClass(async (folder, expected) => {
      const address = server.newDatabase();
      const { graded } = await gradeForTest(folder, address, sandbox);
      assert.equal(graded.length, STUDENTS);
      assert.deepEqual(await contentOf(address), expected);
      assert.deepEqual((await gradeForTest(folder, address, sandbox)).graded, []);
      assert.deepEqual(await contentOf(address), expected);
    });
  });

  it("loses nothing and grades nothing twice when workers are killed", async () => {
    await inClass(async (folder, expected) => {
      const { contents, moments } = await killWorkers(folder, () => server.newDatabase(), {
        ...{ kills: 3, sandbox },
      });
      for (const content of contents)
        assert.deepEqual(content, expected, `killed at ${moments.join(", ")}`);
    });
  });

  it("goes on after grade was killed, and ends with the identical gradebook, in both stores", async () => {
    await inClass(async (folder, expected, files) => {
      for (const newPlace of [files, () => server.newDatabase()]) {
        const { contents, moments } = await killGrade(folder, newPlace, 5);
        for (const content of contents)
          assert.deepEqual(content, expected, `killed at ${moments.join(", ")}`);
      }
    });
  });

  it("goes on when the server was away while it graded", async () => {
    await inClass(async (folder, expected) => {
      const address = server.newDatabase();
      let wasAway = false;
      await gradeForTest(folder, address, sandbox, {
        onGraded: () => {
          if (wasAway) return;
          wasAway = true;
          server.stop();
          server.resume();
        },
      });
      assert.ok(wasAway);
      assert.deepEqual(await contentOf(address), expected);
    });
  });

  /** A queue of a new database, whose hand-ins "pack" can grade. */
  async function withQueue(
    packVersion: string,
    use: (queue: GradeQueue, address: string) => Promise<void>,
  ): Promise<void> {
    const address = server.newDatabase();
    const database = await Postgres.open(address);
    const queue = await GradeQueue.open(database, { packVersion, sandbox: "bubblewrap" });
    try {
      await use(queue, address);
    } finally {
      await queue.close();
      await database.close();
    }
  }

  const QUEUED: QueuedHandIn = {
    handIn: {
      ...{ student: "ada", assignment: "ps1", solutions: new Map<string, never>() },
      ...{ remarks: [], hash: "h", mentionsMathjs: false },
    },
    facts: { number: 1, key: "k", seed: 1, packVersion: "1", sandbox: "bubblewrap" },
    exercises: [],
  };

  it("is refused in one line by a worker of another version of the pack", async () => {
    await withQueue("other", async (queue, address) => {
      await queue.send(QUEUED);
      const program = `import { main } from ${JSON.stringify(inPack("dist/grader/cli.js"))};
        process.exitCode = await main(["worker", "--database", ${JSON.stringify(address)}]);`;
      const { status, stderr } = spawnSync(
        process.execPath,
        ["--input-type=module", "-e", program],
        { encoding: "utf8" },
      );
      assert.equal(status, 1, stderr);
      assert.match(
        stderr,
        /^worker: what waits needs pack other in bubblewrap, and this is pack [0-9a-f]{16} in bubblewrap: bring both machines to the same version .*\n$/,
      );
      assert.equal((await queue.waiting()).size, 1);
    });
  });

  it("does not grade what was handed in before, once it was changed: neither what waits nor what is being graded", async () => {
    await withQueue("1", async (queue) => {
      const changedTo = (key: string): QueuedHandIn => ({
        ...QUEUED,
        facts: { ...QUEUED.facts, key },
      });
      await queue.send(changedTo("first"));
      const first = (await queue.take())!;
      await queue.send(changedTo("second"));
      await queue.send(changedTo("third"));
      assert.equal((await queue.waiting()).size, 1);
      const taken = [await queue.take(), await queue.take()].filter((one) => one !== undefined);
      assert.deepEqual(
        taken.map(({ facts }) => facts.key),
        ["third"],
      );
      await queue.finish(first, { ...first.handIn, results: [], score: 0, maxScore: 0 });
      assert.equal((await queue.waiting()).size, 1);
    });
  });

  it("ends a job with its attempt, together or not at all", async () => {
    await withQueue("1", async (queue) => {
      const job = await queue.send(QUEUED);
      const taken = (await queue.take())!;
      const graded = { ...QUEUED.handIn, results: [], score: 0, maxScore: 0 };
      // No assignment of that name is there yet, so that the attempt is refused.
      await assert.rejects(queue.finish(taken, graded), /null value/);
      assert.deepEqual(Array.from(await queue.waiting()), [job]);
      await queue.giveBack(taken, "the attempt was refused");
      assert.equal((await queue.take())?.job, job);
    });
  });

  it("tells a hand-in that no worker could grade, with the reason, and can be sent it again", async () => {
    await withQueue("1", async (queue) => {
      const job = await queue.send(QUEUED);
      assert.equal(await queue.send(QUEUED), job, "sent once");
      let tries = 0;
      for (let taken = await queue.take(); taken !== undefined; taken = await queue.take()) {
        tries++;
        assert.deepEqual(taken, { job, ...QUEUED });
        await queue.giveBack(taken, "no box");
      }
      assert.equal(tries, 6);
      assert.deepEqual(Array.from(await queue.lost()), [[job, "no box"]]);
      assert.equal((await queue.waiting()).size, 0);
      assert.equal(await queue.send(QUEUED), job);
      assert.equal((await queue.take())?.job, job, "sent again, it waits again");
    });
  });
});
