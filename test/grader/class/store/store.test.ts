/** What every store holds to: the same rules on SQLite and on a real PostgreSQL. */
import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "libsql";
import type { Graded } from "../../../../grader/class/result/graded.js";
import { Gradebook } from "../../../../grader/class/store/gradebook.js";
import { MIGRATIONS } from "../../../../grader/class/store/migrations.js";
import { openGradebook } from "../../../../grader/class/store/open.js";
import { Postgres } from "../../../../grader/class/store/postgres.js";
import { openSqlite } from "../../../../grader/class/store/sqlite.js";
import {
  type AttemptFacts,
  GradebookError,
  type GradeStore,
} from "../../../../grader/class/store/store.js";
import { inFolder } from "../../sandbox/box.js";
import { KINDS } from "./kinds.js";
import { PostgresServer } from "./postgresServer.js";

/** Whatever a database might keep in another form. */
const STRANGE = `"'\\;--$1?{} \u0007 \u2028 é é 名前 👩🏽‍🎓 ${"long ".repeat(2000)}`;

function gradedBy(student: string, change: Partial<Graded> = {}): Graded {
  const verdict = {
    ...{ exercise: "oneHot", status: "wrong", passed: 1, total: 3, seed: 4_294_967_295 },
    cases: [{ name: STRANGE, status: "wrong", shown: true, message: "\u0000" }],
  } as unknown as Graded["results"][number]["verdict"];
  return {
    ...{ student, assignment: "ps1", score: 0.1 + 0.2, maxScore: 1e-7 },
    results: [
      {
        ...{ verdict: { ...verdict, exercise: "z" }, points: 1 / 3, score: 0 },
        ...{ place: "", code: [], console: "" },
      },
      {
        ...{ verdict, points: 2, score: 0.3, place: STRANGE },
        code: [{ place: STRANGE, from: 1, text: `${STRANGE}\u0000\ud800` }],
        console: STRANGE,
        behaviour: `${"0".repeat(16)}-${"1".repeat(64)}`,
      },
    ],
    remarks: [{ kind: "note", file: "", text: `${STRANGE}\u0000` }],
    ...change,
  };
}

function facts(number: number, key = `key ${number}`): AttemptFacts {
  return { number, key, seed: 4_294_967_295, packVersion: "1", sandbox: "bubblewrap" };
}

/** An attempt's columns, without its id. */
const COLUMNS =
  "student, assignment, number, key, graded_at, seed, pack_version, sandbox, score, max_score, is_whole, remarks";

for (const { name, prepare, remove, inNew, outside } of KINDS) {
  describe(`a gradebook in ${name}`, function () {
    this.timeout(30_000);

    before(function () {
      prepare?.(this);
    });
    after(() => {
      remove?.();
    });

    async function withStore(
      use: (store: GradeStore, place: string) => Promise<void>,
    ): Promise<void> {
      await inNew(async (place) => {
        const store = await openGradebook(place);
        try {
          await use(store, place);
        } finally {
          await store.close();
        }
      });
    }

    it("gives back what was added, to the last bit and character, also when it is opened again", async () => {
      await withStore(async (store, place) => {
        assert.equal(await store.newest("ada", "ps1"), undefined);
        await store.seedOf("ps1", 7);
        const graded = gradedBy("ada");
        assert.equal(await store.add(graded, facts(1)), true);
        const kept = { number: 1, key: "key 1", isWhole: true, graded };
        assert.deepEqual(await store.newest("ada", "ps1"), kept);
        const again = await openGradebook(place);
        assert.deepEqual(await again.newest("ada", "ps1"), kept);
        const text = JSON.stringify((await again.newest("ada", "ps1"))!.graded.results);
        assert.ok(text === JSON.stringify(graded.results), "its keys are in another order");
        await again.close();
      });
    });

    it("keeps the whole of a text that holds NUL characters, and shows them", async () => {
      await withStore(async (store) => {
        await store.seedOf("ps1", 7);
        const [first, second] = gradedBy("ada").results;
        await store.add(
          gradedBy("ada", { results: [first!, { ...second!, console: "before\0after" }] }),
          facts(1),
        );
        const { graded } = (await store.newest("ada", "ps1"))!;
        assert.equal(graded.results[1]!.console, "before␀after");
      });
    });

    it("counts the newest attempt, and keeps those before", async () => {
      await withStore(async (store) => {
        await store.seedOf("ps1", 7);
        await store.seedOf("ps2", 8);
        await store.add(gradedBy("ada", { score: 1 }), facts(1));
        await store.add(gradedBy("ada", { score: 0 }), facts(2, "key 1"));
        await store.add(gradedBy("ada", { score: 5, assignment: "ps2" }), facts(1));
        await store.add(gradedBy("bob", { score: 6 }), facts(1));
        const { number, graded } = (await store.newest("ada", "ps1"))!;
        assert.deepEqual([number, graded.score], [2, 0]);
        assert.equal(await store.countAttempts(), 4);
      });
    });

    it("adds an attempt of one number once, also when two add it at the same time", async () => {
      await withStore(async (store, place) => {
        await store.seedOf("ps1", 7);
        const other = await openGradebook(place);
        const added = await Promise.all(
          Array.from({ length: 8 }, (_, index) =>
            (index % 2 === 0 ? store : other).add(gradedBy("ada", { score: index }), facts(1)),
          ),
        );
        assert.equal(added.filter((one) => one).length, 1);
        assert.equal(await store.countAttempts(), 1);
        const { graded } = (await other.newest("ada", "ps1"))!;
        assert.equal(graded.score, added.indexOf(true));
        assert.equal(graded.results.length, 2);
        await other.close();
      });
    });

    it("adds an attempt whole or not at all", async () => {
      await withStore(async (store) => {
        await store.seedOf("ps1", 7);
        const [first] = gradedBy("ada").results;
        await assert.rejects(store.add(gradedBy("ada", { results: [first!, first!] }), facts(1)));
        assert.equal(await store.countAttempts(), 0);
        assert.equal(await store.newest("ada", "ps1"), undefined);
        assert.equal(await store.add(gradedBy("ada"), facts(1)), true);
      });
    });

    it("marks an attempt in which the grader failed as one to be graded again", async () => {
      await withStore(async (store) => {
        await store.seedOf("ps1", 7);
        const [first] = gradedBy("ada").results;
        const failed = {
          ...first!,
          verdict: { ...first!.verdict, status: "internal-error" as const },
        };
        await store.add(gradedBy("ada", { results: [failed] }), facts(1));
        assert.equal((await store.newest("ada", "ps1"))!.isWhole, false);
      });
    });

    it("keeps one seed per assignment until another is asked for", async () => {
      await withStore(async (store) => {
        assert.equal(await store.seedOf("ps1", 11), 11);
        assert.equal(await store.seedOf("ps1", 12), 11);
        assert.equal(await store.seedOf("ps2", 4_294_967_295), 4_294_967_295);
        await store.setSeed("ps1", 99);
        assert.equal(await store.seedOf("ps1", 12), 99);
        await store.setSeed("ps3", 98);
        assert.equal(await store.seedOf("ps3", 12), 98);
      });
    });

    it("refuses, whoever asks, to change, delete, replace or rename what is history", async () => {
      await withStore(async (store, place) => {
        await store.seedOf("ps1", 7);
        await store.add(gradedBy("ada"), facts(1));
        const before = await store.newest("ada", "ps1");
        const attempts = ["UPDATE attempts SET score = 100", "DELETE FROM attempts"];
        const others = [
          ...["UPDATE verdicts SET status = 'passed'", "DELETE FROM verdicts"],
          ...["UPDATE students SET name = 'eve'", "DELETE FROM students"],
          ...["UPDATE assignments SET name = 'ps9'", "DELETE FROM assignments"],
          ...(name === "PostgreSQL"
            ? ["TRUNCATE verdicts", "TRUNCATE attempts CASCADE", "TRUNCATE students CASCADE"]
            : [
                `INSERT OR REPLACE INTO attempts (id, ${COLUMNS}) SELECT id, ${COLUMNS.replace("number", "9")} FROM attempts`,
                "INSERT OR REPLACE INTO verdicts SELECT * FROM verdicts",
                "REPLACE INTO students (id, name) VALUES (1, 'eve')",
                "REPLACE INTO assignments (id, name, seed) VALUES (1, 'ps9', 1)",
              ]),
        ];
        for (const statement of [...attempts, ...others])
          await assert.rejects(() => outside(place, statement), /are only added/, statement);
        if (name === "SQLite") {
          // These are left out without a word: what they would replace stays.
          await outside(place, "REPLACE INTO students (name) VALUES ('ada')");
          await outside(place, "REPLACE INTO assignments (name, seed) VALUES ('ps1', 1)");
          await outside(
            place,
            `REPLACE INTO attempts (${COLUMNS}) SELECT ${COLUMNS.replace(" score", " 100")} FROM attempts`,
          );
        }
        assert.deepEqual(await store.newest("ada", "ps1"), before);
        assert.equal(await store.seedOf("ps1", 8), 7);
        assert.equal(await store.countAttempts(), 1);
      });
    });

    it("brings a gradebook of the first version up to date, and refuses a newer pack's", async () => {
      await inNew(async (place) => {
        const [first] = MIGRATIONS;
        if (name === "SQLite") await outside(place, `${first!.sqlite}; PRAGMA user_version = 1`);
        else {
          await outside(
            place,
            `CREATE SCHEMA unrolled; ${first!.postgres};
             CREATE TABLE format (version INTEGER NOT NULL); INSERT INTO format VALUES (1)`,
          );
        }
        const row = (student: number, score: number): string =>
          `INSERT INTO attempts (${COLUMNS.replace(" number,", "")}) VALUES (${student}, 1, 'k', '2026', 7, '1', 'bubblewrap', ${score}, 9, 1, '[]')`;
        await outside(
          place,
          `INSERT INTO students (name) VALUES ('ada'), ('bob');
           INSERT INTO assignments (name, seed) VALUES ('ps1', 7);
           ${[row(1, 1), row(2, 5), row(1, 2)].join(";")}`,
        );
        const store = await openGradebook(place);
        const newest = await store.newest("ada", "ps1");
        assert.deepEqual([newest?.number, newest?.graded.score], [2, 2]);
        assert.equal((await store.newest("bob", "ps1"))?.number, 1);
        assert.equal(await store.add(gradedBy("ada"), facts(2)), false);
        assert.equal(await store.add(gradedBy("ada"), facts(3)), true);
        await store.close();
        await outside(
          place,
          name === "SQLite" ? "PRAGMA user_version = 99" : "UPDATE format SET version = 99",
        );
        await assert.rejects(openGradebook(place), /has format 99: expected at most/);
      });
    });
  });
}

describe("a gradebook that can't be had", function () {
  this.timeout(30_000);

  it("is a GradebookError in one line that never shows the password", async () => {
    const address = "postgres://teacher:secret@localhost:1/class";
    await assert.rejects(Postgres.open(address, { toOpen: 300 }), (error: Error) => {
      assert.ok(error instanceof GradebookError);
      assert.match(
        error.message,
        /^database: postgres:\/\/teacher@localhost:1\/class can't be reached: .*ECONNREFUSED.*give the same command again.*$/,
      );
      assert.doesNotMatch(error.message, /secret/);
      assert.equal(error.trouble, "machine");
      return true;
    });
    await assert.rejects(Postgres.open("postgres://[", { toOpen: 300 }), GradebookError);
  });

  it("says whose trouble it is: a name that is none, the machine, or ours", async function () {
    const server = PostgresServer.startOrSkip(this);
    try {
      const address = server.newDatabase();
      const trouble = async (at: string, statement?: string): Promise<unknown> => {
        try {
          const database = await Postgres.open(at, { toOpen: 300 });
          try {
            if (statement !== undefined) await database.all(statement);
          } finally {
            await database.close();
          }
          return "none";
        } catch (error) {
          return error instanceof GradebookError ? error.trouble : error;
        }
      };
      assert.equal(await trouble(address), "none");
      assert.equal(await trouble(`${address}_none`.replace(/(\?.*)(_none)$/, "$2$1")), "named");
      assert.equal(await trouble(address, "SELECT nothing FROM nowhere"), "ours");
    } finally {
      server.remove();
    }
    await inFolder({}, async (folder) => {
      const text = join(folder, "text.sqlite");
      await writeFile(text, "no database".repeat(500));
      for (const file of [text, join(folder, "nowhere/grades.sqlite")])
        assert.throws(
          () => openSqlite(file),
          (error: GradebookError) => error.trouble === "named",
        );
    });
  });

  it("waits for a file that another program has locked, then says so and how to go on", async function () {
    await inFolder({}, async (folder) => {
      const file = join(folder, "grades.sqlite");
      const store = new Gradebook(openSqlite(file, { blocked: 20, total: 200 }));
      const other = new Database(file);
      other.exec("BEGIN IMMEDIATE");
      await assert.rejects(
        store.seedOf("ps1", 7),
        /another program has locked it.*close that program/,
      );
      other.exec("COMMIT");
      other.close();
      assert.equal(await store.seedOf("ps1", 7), 7);
      await store.close();
    });
  });
});

describe("a gradebook in PostgreSQL whose server goes away", function () {
  this.timeout(60_000);
  let own: PostgresServer;

  before(function () {
    own = PostgresServer.startOrSkip(this);
  });
  after(() => {
    own?.remove();
  });

  it("waits for it and goes on, adding nothing twice; and gives up in one line when it stays away", async () => {
    const lost: string[] = [];
    const database = await Postgres.open(own.newDatabase(), {
      once: 20_000,
      onLost: (message) => lost.push(message),
    });
    const store = new Gradebook(database);
    await store.seedOf("ps1", 7);
    own.stop();
    const adding = Array.from({ length: 4 }, (_, index) =>
      store.add(gradedBy(`student ${index}`), facts(1)),
    );
    own.resume();
    assert.deepEqual(await Promise.all(adding), [true, true, true, true]);
    assert.equal(await store.countAttempts(), 4);
    assert.match(
      lost[0] ?? "",
      /^database: the connection to .* is lost .*: trying again for 20 s$/,
    );
    await store.close();

    const hasty = new Gradebook(
      await Postgres.open(own.newDatabase(), { once: 300, onLost: () => undefined }),
    );
    own.stop();
    await assert.rejects(
      hasty.countAttempts(),
      /^GradebookError: database: .* can't be reached: .*same command again/,
    );
    await hasty.close();
    own.resume();
  });
});
