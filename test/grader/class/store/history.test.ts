/** The chain over a gradebook's history, on SQLite and on a real PostgreSQL. */
import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CourseStore } from "../../../../grader/class/store/courseStore.js";
import { Gradebook } from "../../../../grader/class/store/gradebook.js";
import { MIGRATIONS } from "../../../../grader/class/store/migrations.js";
import { openDatabase } from "../../../../grader/class/store/open.js";
import type { SqlDatabase } from "../../../../grader/class/store/sql.js";
import { passing } from "../formats/samples.js";
import { KINDS } from "./kinds.js";

const SECRET = "Zaphod Beeblebrox";
const FACTS = { key: "k", number: 1, seed: 1, packVersion: "1", sandbox: "bubblewrap" };
const AT = "2026-12-01T10:00:00.000Z";

/** Each table of the history with its rows' key and the columns that are entered. */
const ENTERED = {
  attempts: {
    key: "id",
    columns:
      "number key graded_at seed pack_version sandbox score max_score is_whole remarks student",
  },
  verdicts: {
    key: "exercise",
    columns: "position status passed total score points place code console behaviour verdict",
  },
  students: { key: "id", columns: "name" },
  assignments: { key: "id", columns: "name seed" },
  beginnings: { key: "id", columns: "rows_there began_at" },
  attempt_contents: { key: "attempt", columns: "hash" },
  decisions: {
    key: "id",
    columns: "student assignment kind score text decided_by decided_at",
  },
  submissions: { key: "id", columns: "student assignment hash submitted_at" },
  history: { key: "position", columns: "kind id salt content hash" },
} as const;
const NUMBERS = new Set(
  "number seed score max_score is_whole student_id position passed total points id".split(" "),
);

for (const { name, prepare, remove, inNew, outside } of KINDS) {
  describe(`the history of a gradebook in ${name}`, function () {
    this.timeout(60_000);
    before(function () {
      prepare?.(this);
    });
    after(() => {
      remove?.();
    });

    /** A gradebook with attempts of two students, a decision about each, and when they handed in. */
    async function withBook(
      use: (book: {
        readonly db: SqlDatabase;
        readonly gradebook: Gradebook;
        readonly store: CourseStore;
        readonly place: string;
      }) => Promise<void>,
    ): Promise<void> {
      await inNew(async (place) => {
        const db = await openDatabase(place);
        const [gradebook, store] = [new Gradebook(db), new CourseStore(db)];
        try {
          await gradebook.seedOf("ps1", 1);
          for (const student of ["ada", SECRET]) {
            const graded = passing(student);
            const said = `I am ${student}`;
            const code = [{ place: "ps1.ts", from: 1, text: `// ${said}` }];
            const results = graded.results.map((one) => ({
              ...{ ...one, code, console: said, behaviour: "the same answers" },
            }));
            await gradebook.add({ ...graded, assignment: "ps1", results }, FACTS);
            await store.handedIn([
              { student, assignment: "ps1", hash: `hash of ${student}`, at: new Date(AT) },
            ]);
            await store.decide({
              ...{ student, assignment: "ps1", kind: "set", score: 1 },
              ...{ text: `spoke with ${student}`, by: "me", at: AT },
            });
          }
          await use({ db, gradebook, store, place });
        } finally {
          await db.close();
        }
      });
    }

    /** Takes away what keeps from slips, as the database's owner can. */
    async function withoutTriggers(db: SqlDatabase, place: string): Promise<void> {
      if (name !== "SQLite") {
        for (const table of [...Object.keys(ENTERED), "deletions"])
          await outside(place, `ALTER TABLE ${table} DISABLE TRIGGER ALL`);
        return;
      }
      for (const row of await db.all("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        await outside(place, `DROP TRIGGER ${String(row["name"])}`);
    }

    it("is whole as it was written, and an earlier end stays a part of it", async () => {
      await withBook(async ({ store, gradebook }) => {
        const { entries, end, older, faults } = await store.check();
        assert.deepEqual([entries, older, faults], [10, 0, []]);
        await gradebook.add({ ...passing("ada"), assignment: "ps1" }, { ...FACTS, number: 2 });
        const later = await store.check(end);
        assert.deepEqual([later.entries, later.faults], [11, []]);
        assert.notEqual(later.end, end);
        const [fault] = (await store.check("another")).faults;
        assert.match(fault!, /the end another is not part of this history/);
      });
    });

    it("stays whole when many write at the same time", async () => {
      await withBook(async ({ gradebook, store }) => {
        const students = Array.from({ length: 20 }, (_, i) => `student ${i}`);
        await Promise.all(
          students.map((student) =>
            gradebook.add({ ...passing(student), assignment: "ps1" }, FACTS),
          ),
        );
        const { entries, faults } = await store.check();
        assert.deepEqual([entries, faults], [30, []]);
      });
    });

    it("tells of a change to any column of any row", async () => {
      await withBook(async ({ db, store, place }) => {
        await withoutTriggers(db, place);
        if (name === "SQLite") await db.all("PRAGMA foreign_keys = OFF");
        for (const [table, { key, columns }] of Object.entries(ENTERED)) {
          for (const column of columns.split(" ")) {
            const [row] = await db.all(
              `SELECT * FROM ${table} ORDER BY ${table === "verdicts" ? "attempt" : key} LIMIT 1`,
            );
            const isNumber = NUMBERS.has(column) || (table === "attempts" && column === "student");
            const other =
              table === "attempts" && column === "student"
                ? 2
                : isNumber
                  ? Number(row![column]) + 100
                  : `${String(row![column])}!`;
            const put = async (value: unknown, at: unknown): Promise<void> => {
              const text = (v: unknown): string =>
                typeof v === "number" ? String(v) : `'${String(v).replaceAll("'", "''")}'`;
              await outside(
                place,
                `UPDATE ${table} SET ${column} = ${isNumber ? Number(value) : text(value)} WHERE ${key} = ${text(at)}${table === "verdicts" ? " AND attempt = 1" : ""}`,
              );
            };
            // Two attempts of one student may not have one number.
            if (column === "student" && table === "attempts")
              await outside(place, "UPDATE attempts SET number = 7 WHERE id = 2");
            const at = row![key];
            await put(other, at);
            const { faults } = await store.check();
            assert.ok(faults.length > 0, `${table}.${column}`);
            await put(row![column], column === key ? other : at);
            if (column === "student" && table === "attempts")
              await outside(place, "UPDATE attempts SET number = 1 WHERE id = 2");
            assert.deepEqual((await store.check()).faults, [], `${table}.${column}, put back`);
          }
        }
      });
    });

    it("tells what was put in, what was taken out, and that the end was cut off", async () => {
      await withBook(async ({ db, store, place }) => {
        await withoutTriggers(db, place);
        const { end } = await store.check();
        await outside(place, "DELETE FROM submissions WHERE student = 'ada'");
        const [gone] = (await store.check()).faults;
        assert.match(gone!, /^submission 1 is missing: entry 5 tells of it$/);
        await outside(
          place,
          "INSERT INTO decisions (student, assignment, kind, text, decided_by, decided_at) VALUES ('ada', 'ps1', 'set', 'x', 'me', '')",
        );
        const { faults } = await store.check();
        assert.ok(
          faults.includes('the decision "set" about ada, ps1 was put in past the history'),
          faults.join("\n"),
        );
        await outside(place, "DELETE FROM decisions WHERE id = 3");
        // The last decision goes with its entry, and the chain's end is set back.
        await outside(
          place,
          `DELETE FROM decisions WHERE id = 2; DELETE FROM history WHERE position IN (5, 10)`,
        );
        assert.match((await store.check()).faults.join("\n"), /entry 5 is missing/);
        assert.match((await store.check()).faults.join("\n"), /the last entries are missing/);
        await outside(
          place,
          `UPDATE history_end SET position = 9, hash = (SELECT hash FROM history WHERE position = 9)`,
        );
        assert.doesNotMatch((await store.check()).faults.join("\n"), /the last entries/);
        assert.match(
          (await store.check(end)).faults.join("\n"),
          /is not part of this history/,
          "a kept end shows it",
        );
      });
    });

    it("one student is deleted for good: nothing names them, and the history is whole", async () => {
      await withBook(async ({ db, gradebook, store, place }) => {
        const { end } = await store.check();
        assert.deepEqual(await store.deleteStudent(SECRET, "me", AT), {
          attempts: 1,
          decisions: 1,
        });
        const { entries, faults } = await store.check(end);
        assert.deepEqual([entries, faults], [11, []]);
        assert.deepEqual(
          (await store.attempts()).map(({ student }) => student),
          ["ada"],
        );
        assert.equal((await store.decisions()).length, 1);
        const tables =
          name === "SQLite"
            ? await db.all("SELECT name FROM sqlite_master WHERE type = 'table'")
            : await db.all(
                "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'unrolled'",
              );
        for (const { name: table } of tables)
          assert.doesNotMatch(
            JSON.stringify(await db.all(`SELECT * FROM ${String(table)}`)),
            /Zaphod/,
            String(table),
          );
        if (name === "SQLite") {
          for (const file of readdirSync(dirname(place)))
            assert.equal(
              readFileSync(join(dirname(place), file)).includes("Zaphod"),
              false,
              `${file} still holds the name`,
            );
        }
        // The rule for everybody else still holds, and who is deleted may hand in again.
        await assert.rejects(outside(place, "DELETE FROM decisions"), /only added/);
        await assert.rejects(outside(place, "DELETE FROM history"), /only added/);
        assert.equal(await gradebook.add({ ...passing(SECRET), assignment: "ps1" }, FACTS), true);
        assert.deepEqual((await store.check()).faults, []);
      });
    });

    it("has an assignment's seed, also when it is set again, and tells of one that was put there", async () => {
      await withBook(async ({ gradebook, store, place }) => {
        const { end } = await store.check();
        await gradebook.setSeed("ps1", 1);
        assert.equal((await store.check()).end, end, "the same seed is no change");
        await gradebook.setSeed("ps1", 2);
        assert.deepEqual((await store.check(end)).faults, []);
        await outside(place, "UPDATE assignments SET seed = 1");
        assert.deepEqual((await store.check()).faults, [
          "the assignment ps1 with its seed was changed after it was written",
        ]);
      });
    });

    it("takes nothing for older than itself that was put in later, whatever its number", async () => {
      await withBook(async ({ store, place }) => {
        await outside(
          place,
          `CREATE TABLE before_history (kind TEXT PRIMARY KEY, greatest INTEGER NOT NULL);
           INSERT INTO before_history VALUES ('decision', 10000)`,
        );
        for (const id of [-3, 0, 9]) {
          const overriding = name === "SQLite" ? "" : "OVERRIDING SYSTEM VALUE";
          await outside(
            place,
            `INSERT INTO decisions (id, student, assignment, kind, score, text, decided_by, decided_at)
             ${overriding} VALUES (${id}, 'ada', 'ps1', 'set', 9, 'x', 'me', '')`,
          );
        }
        const { older, faults } = await store.check();
        assert.equal(older, 0);
        assert.deepEqual(
          faults,
          Array<string>(3).fill('the decision "set" about ada, ps1 was put in past the history'),
        );
      });
    });

    /** A gradebook of an earlier format. */
    async function ofFormat(place: string, version: number): Promise<void> {
      const steps = MIGRATIONS.slice(0, version);
      if (name === "SQLite") {
        const made = steps.map(({ sqlite }) => sqlite).join(";\n");
        await outside(place, `${made}; PRAGMA user_version = ${version}`);
        return;
      }
      // The path to the tables is set before the schema is there, which PostgreSQL allows.
      await outside(
        place,
        `CREATE SCHEMA unrolled; ${steps.map(({ postgres }) => postgres).join(";\n")};
         CREATE TABLE format (version INTEGER NOT NULL); INSERT INTO format VALUES (${version})`,
      );
    }

    it("enters what is older than it when it begins: how much it was, and each row as it was then", async () => {
      await inNew(async (place) => {
        await ofFormat(place, 2);
        await outside(
          place,
          `INSERT INTO students (name) VALUES ('ada'); INSERT INTO assignments (name, seed) VALUES ('ps1', 7);
           INSERT INTO attempts (student, assignment, number, key, graded_at, seed, pack_version, sandbox, score, max_score, is_whole, remarks)
           VALUES (1, 1, 1, 'k', '2026', 7, '1', 'bubblewrap', 1, 9, 1, '[]')`,
        );
        const db = await openDatabase(place);
        try {
          await new Gradebook(db).add(
            { ...passing("ada"), assignment: "ps1" },
            { ...FACTS, number: 2 },
          );
          const store = new CourseStore(db);
          const { entries, older, faults } = await store.check();
          assert.deepEqual([entries, older, faults], [4, 2, []]);
          await withoutTriggers(db, place);
          await outside(place, "UPDATE attempts SET score = 9 WHERE number = 1");
          assert.deepEqual((await store.check()).faults, [
            "attempt 1 of ada, ps1 was changed after it was written",
          ]);
        } finally {
          await db.close();
        }
      });
    });

    it("goes on with a chain that began before how it begins was part of it", async () => {
      await inNew(async (place) => {
        await ofFormat(place, 5);
        const decided = (text: string): string =>
          `INSERT INTO decisions (student, assignment, kind, text, decided_by, decided_at) VALUES ('ada', 'ps1', 'comment', '${text}', 'me', '')`;
        const said = JSON.stringify(["ada", "ps1", "comment", "null", "second", "me", ""]);
        const sha = (text: string): string => createHash("sha256").update(text).digest("hex");
        const content = sha(`salt\n${said}`);
        const hash = sha(["", 1, "decision", 2, content].join("\n"));
        // The first is older than the chain, the second is entered in it, the third came past it.
        await outside(
          place,
          `${decided("first")}; ${decided("second")}; ${decided("third")};
           UPDATE before_history SET greatest = 1 WHERE kind = 'decision';
           INSERT INTO history VALUES (1, 'decision', 2, 'salt', '${content}', '${hash}');
           UPDATE history_end SET position = 1, hash = '${hash}'`,
        );
        const db = await openDatabase(place);
        try {
          const { entries, older, faults } = await new CourseStore(db).check(hash);
          assert.deepEqual(
            [entries, older, faults],
            [3, 1, ['the decision "comment" about ada, ps1 was put in past the history']],
          );
        } finally {
          await db.close();
        }
      });
    });
  });
}
