/**
 * The gradebook's tables, as steps from one version to the next: a gradebook of an older version is brought up to
 * date when it is opened. A step that has been released is never changed; what is new is a step of its own.
 *
 * History is only added to. Triggers refuse everything else, whoever asks: they keep a slip from doing harm, not
 * the database's owner, who can remove them.
 */
import { beginHistory } from "./history.js";
import type { Script } from "./sql.js";

/** One step, in the words of each database. */
export interface Migration {
  readonly sqlite: string;
  readonly postgres: string;
  /** What then is done in the words of both. */
  readonly then?: () => Script<void>;
}

/** The steps in order: the first leads from an empty database to version 1. */
export const MIGRATIONS: readonly Migration[] = [
  {
    sqlite: `
      CREATE TABLE students (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
      ) STRICT;
      CREATE TABLE assignments (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        seed INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE attempts (
        id INTEGER PRIMARY KEY,
        student INTEGER NOT NULL REFERENCES students (id),
        assignment INTEGER NOT NULL REFERENCES assignments (id),
        key TEXT NOT NULL,
        graded_at TEXT NOT NULL,
        seed INTEGER NOT NULL,
        pack_version TEXT NOT NULL,
        sandbox TEXT NOT NULL,
        score REAL NOT NULL,
        max_score REAL NOT NULL,
        is_whole INTEGER NOT NULL, -- 0 when the grader itself failed somewhere: graded again next time
        remarks TEXT NOT NULL
      ) STRICT;
      CREATE INDEX attempts_of_student ON attempts (assignment, student, id);
      CREATE TABLE verdicts (
        attempt INTEGER NOT NULL REFERENCES attempts (id),
        position INTEGER NOT NULL,
        exercise TEXT NOT NULL,
        status TEXT NOT NULL,
        passed INTEGER NOT NULL,
        total INTEGER NOT NULL,
        score REAL NOT NULL,
        points REAL NOT NULL,
        place TEXT NOT NULL,
        console TEXT NOT NULL,
        verdict TEXT NOT NULL,
        PRIMARY KEY (attempt, exercise)
      ) STRICT, WITHOUT ROWID;
      CREATE TRIGGER attempts_stay BEFORE UPDATE ON attempts
        BEGIN SELECT RAISE(ABORT, 'attempts are only added'); END;
      CREATE TRIGGER verdicts_stay BEFORE UPDATE ON verdicts
        BEGIN SELECT RAISE(ABORT, 'verdicts are only added'); END;
    `,
    postgres: `
      CREATE TABLE students (
        id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
      );
      CREATE TABLE assignments (
        id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        seed BIGINT NOT NULL
      );
      CREATE TABLE attempts (
        id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        student INTEGER NOT NULL REFERENCES students (id),
        assignment INTEGER NOT NULL REFERENCES assignments (id),
        key TEXT NOT NULL,
        graded_at TEXT NOT NULL,
        seed BIGINT NOT NULL,
        pack_version TEXT NOT NULL,
        sandbox TEXT NOT NULL,
        score DOUBLE PRECISION NOT NULL,
        max_score DOUBLE PRECISION NOT NULL,
        is_whole INTEGER NOT NULL, -- 0 when the grader itself failed somewhere: graded again next time
        remarks TEXT NOT NULL
      );
      CREATE TABLE verdicts (
        attempt INTEGER NOT NULL REFERENCES attempts (id),
        position INTEGER NOT NULL,
        exercise TEXT NOT NULL,
        status TEXT NOT NULL,
        passed INTEGER NOT NULL,
        total INTEGER NOT NULL,
        score DOUBLE PRECISION NOT NULL,
        points DOUBLE PRECISION NOT NULL,
        place TEXT NOT NULL,
        console TEXT NOT NULL,
        verdict TEXT NOT NULL, -- not JSON: that would put its keys in another order
        PRIMARY KEY (attempt, exercise)
      );
    `,
  },
  {
    // Attempts are numbered; nothing of history can be changed, deleted, replaced or renamed. SQLite's
    // REPLACE deletes without asking triggers about it, so those before INSERT look for what is there.
    sqlite: `
      DROP TRIGGER attempts_stay;
      DROP TRIGGER verdicts_stay;
      ALTER TABLE attempts ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
      UPDATE attempts SET number = (
        SELECT count(*) FROM attempts AS other
        WHERE other.assignment = attempts.assignment AND other.student = attempts.student AND other.id <= attempts.id
      );
      DROP INDEX attempts_of_student;
      CREATE UNIQUE INDEX attempts_in_order ON attempts (assignment, student, number);

      CREATE TRIGGER attempts_stay BEFORE UPDATE ON attempts
        BEGIN SELECT RAISE(ABORT, 'attempts are only added'); END;
      CREATE TRIGGER attempts_are_kept BEFORE DELETE ON attempts
        BEGIN SELECT RAISE(ABORT, 'attempts are only added'); END;
      CREATE TRIGGER attempts_are_not_replaced BEFORE INSERT ON attempts
        WHEN EXISTS (SELECT 1 FROM attempts WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'attempts are only added'); END;
      CREATE TRIGGER attempts_are_added_once BEFORE INSERT ON attempts
        WHEN EXISTS (
          SELECT 1 FROM attempts
          WHERE assignment = NEW.assignment AND student = NEW.student AND number = NEW.number
        )
        BEGIN SELECT RAISE(IGNORE); END;

      CREATE TRIGGER verdicts_stay BEFORE UPDATE ON verdicts
        BEGIN SELECT RAISE(ABORT, 'verdicts are only added'); END;
      CREATE TRIGGER verdicts_are_kept BEFORE DELETE ON verdicts
        BEGIN SELECT RAISE(ABORT, 'verdicts are only added'); END;
      CREATE TRIGGER verdicts_are_not_replaced BEFORE INSERT ON verdicts
        WHEN EXISTS (SELECT 1 FROM verdicts WHERE attempt = NEW.attempt AND exercise = NEW.exercise)
        BEGIN SELECT RAISE(ABORT, 'verdicts are only added'); END;

      CREATE TRIGGER students_stay BEFORE UPDATE ON students
        BEGIN SELECT RAISE(ABORT, 'students are only added'); END;
      CREATE TRIGGER students_are_kept BEFORE DELETE ON students
        BEGIN SELECT RAISE(ABORT, 'students are only added'); END;
      CREATE TRIGGER students_are_not_replaced BEFORE INSERT ON students
        WHEN EXISTS (SELECT 1 FROM students WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'students are only added'); END;
      CREATE TRIGGER students_are_added_once BEFORE INSERT ON students
        WHEN EXISTS (SELECT 1 FROM students WHERE name = NEW.name)
        BEGIN SELECT RAISE(IGNORE); END;

      CREATE TRIGGER assignments_stay BEFORE UPDATE OF id, name ON assignments
        BEGIN SELECT RAISE(ABORT, 'assignments are only added'); END;
      CREATE TRIGGER assignments_are_kept BEFORE DELETE ON assignments
        BEGIN SELECT RAISE(ABORT, 'assignments are only added'); END;
      CREATE TRIGGER assignments_are_not_replaced BEFORE INSERT ON assignments
        WHEN EXISTS (SELECT 1 FROM assignments WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'assignments are only added'); END;
      CREATE TRIGGER assignments_are_added_once BEFORE INSERT ON assignments
        WHEN EXISTS (SELECT 1 FROM assignments WHERE name = NEW.name)
        BEGIN SELECT RAISE(IGNORE); END;
    `,
    postgres: `
      ALTER TABLE attempts ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
      UPDATE attempts SET number = counted.number FROM (
        SELECT id, row_number() OVER (PARTITION BY assignment, student ORDER BY id) AS number FROM attempts
      ) AS counted WHERE counted.id = attempts.id;
      CREATE UNIQUE INDEX attempts_in_order ON attempts (assignment, student, number);

      CREATE TABLE hand_ins ( -- what waits to be graded (queue/queue.ts)
        job UUID PRIMARY KEY,
        student TEXT NOT NULL,
        assignment TEXT NOT NULL,
        needs TEXT NOT NULL, -- the pack and the sandbox that grade it
        content BYTEA NOT NULL,
        worker INTEGER -- who has taken it: the number of a lock that its connection holds
      );

      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% are only added', TG_TABLE_NAME; END $$;
      CREATE TRIGGER attempts_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON attempts
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER verdicts_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON verdicts
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER students_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON students
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER assignments_stay BEFORE UPDATE OF id, name OR DELETE OR TRUNCATE ON assignments
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `,
  },
  {
    // A course: an instructor's decisions, what was handed in and when; and the chain over all of history
    // (history.ts). What is older than the chain is known by its greatest number. Deleting one student
    // (CourseStore.deleteStudent) is the one thing that takes something out, while the name stands in `deleting`.
    sqlite: `
      CREATE TABLE IF NOT EXISTS decisions (
        id INTEGER PRIMARY KEY,
        student TEXT NOT NULL,
        assignment TEXT NOT NULL,
        kind TEXT NOT NULL,
        score REAL,
        text TEXT NOT NULL,
        decided_by TEXT NOT NULL,
        decided_at TEXT NOT NULL
      ) STRICT;
      CREATE TABLE IF NOT EXISTS attempt_contents (
        attempt INTEGER PRIMARY KEY REFERENCES attempts (id),
        hash TEXT NOT NULL
      ) STRICT;
      CREATE TABLE IF NOT EXISTS hand_in_times (
        student TEXT NOT NULL,
        assignment TEXT NOT NULL,
        hash TEXT NOT NULL,
        submitted_at TEXT NOT NULL,
        PRIMARY KEY (student, assignment, hash)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE submissions (
        id INTEGER PRIMARY KEY,
        student TEXT NOT NULL,
        assignment TEXT NOT NULL,
        hash TEXT NOT NULL,
        submitted_at TEXT NOT NULL,
        UNIQUE (student, assignment, hash)
      ) STRICT;
      INSERT INTO submissions (student, assignment, hash, submitted_at)
        SELECT student, assignment, hash, submitted_at FROM hand_in_times;
      DROP TABLE hand_in_times;

      CREATE TABLE history (
        position INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        id INTEGER NOT NULL,
        salt TEXT NOT NULL,
        content TEXT NOT NULL,
        hash TEXT NOT NULL
      ) STRICT;
      CREATE TABLE history_end (position INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
      INSERT INTO history_end VALUES (0, '');
      CREATE TABLE before_history (kind TEXT PRIMARY KEY, greatest INTEGER NOT NULL) STRICT;
      INSERT INTO before_history
        SELECT 'attempt', coalesce(max(id), 0) FROM attempts
        UNION ALL SELECT 'content', coalesce(max(attempt), 0) FROM attempt_contents
        UNION ALL SELECT 'decision', coalesce(max(id), 0) FROM decisions
        UNION ALL SELECT 'submission', coalesce(max(id), 0) FROM submissions;
      CREATE TABLE deletions (
        id INTEGER PRIMARY KEY,
        positions TEXT NOT NULL, -- of what was deleted, in the history
        deleted_by TEXT NOT NULL,
        deleted_at TEXT NOT NULL
      ) STRICT;
      CREATE TABLE deleting (student TEXT NOT NULL) STRICT;

      DROP TRIGGER attempts_are_kept;
      DROP TRIGGER verdicts_are_kept;
      DROP TRIGGER students_are_kept;
      DROP TRIGGER IF EXISTS decisions_stay;
      DROP TRIGGER IF EXISTS decisions_last;
      DROP TRIGGER IF EXISTS attempt_contents_stay;
      DROP TRIGGER IF EXISTS attempt_contents_last;
      CREATE TRIGGER attempts_are_kept BEFORE DELETE ON attempts
        WHEN NOT EXISTS (SELECT 1 FROM deleting)
        BEGIN SELECT RAISE(ABORT, 'attempts are only added'); END;
      CREATE TRIGGER verdicts_are_kept BEFORE DELETE ON verdicts
        WHEN NOT EXISTS (SELECT 1 FROM deleting)
        BEGIN SELECT RAISE(ABORT, 'verdicts are only added'); END;
      CREATE TRIGGER students_are_kept BEFORE DELETE ON students
        WHEN NOT EXISTS (SELECT 1 FROM deleting)
        BEGIN SELECT RAISE(ABORT, 'students are only added'); END;
      ${["decisions", "attempt_contents", "submissions", "deletions", "history"]
        .map(
          (table) => `
      CREATE TRIGGER ${table}_stay BEFORE UPDATE ON ${table}
        ${table === "history" ? "WHEN NOT EXISTS (SELECT 1 FROM deleting)" : ""}
        BEGIN SELECT RAISE(ABORT, '${table} are only added'); END;
      CREATE TRIGGER ${table}_are_kept BEFORE DELETE ON ${table}
        ${table === "history" || table === "deletions" ? "" : "WHEN NOT EXISTS (SELECT 1 FROM deleting)"}
        BEGIN SELECT RAISE(ABORT, '${table} are only added'); END;`,
        )
        .join("")}
    `,
    postgres: `
      CREATE TABLE decisions (
        id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        student TEXT NOT NULL,
        assignment TEXT NOT NULL,
        kind TEXT NOT NULL,
        score DOUBLE PRECISION,
        text TEXT NOT NULL,
        decided_by TEXT NOT NULL,
        decided_at TEXT NOT NULL
      );
      CREATE TABLE attempt_contents (
        attempt INTEGER PRIMARY KEY REFERENCES attempts (id),
        hash TEXT NOT NULL
      );
      CREATE TABLE submissions (
        id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        student TEXT NOT NULL,
        assignment TEXT NOT NULL,
        hash TEXT NOT NULL,
        submitted_at TEXT NOT NULL,
        UNIQUE (student, assignment, hash)
      );
      CREATE TABLE history (
        position INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        id INTEGER NOT NULL,
        salt TEXT NOT NULL,
        content TEXT NOT NULL,
        hash TEXT NOT NULL
      );
      CREATE TABLE history_end (position INTEGER NOT NULL, hash TEXT NOT NULL);
      INSERT INTO history_end VALUES (0, '');
      CREATE TABLE before_history (kind TEXT PRIMARY KEY, greatest INTEGER NOT NULL);
      INSERT INTO before_history
        SELECT 'attempt', coalesce(max(id), 0) FROM attempts
        UNION ALL SELECT 'content', 0 UNION ALL SELECT 'decision', 0 UNION ALL SELECT 'submission', 0;
      CREATE TABLE deletions (
        id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        positions TEXT NOT NULL, -- of what was deleted, in the history
        deleted_by TEXT NOT NULL,
        deleted_at TEXT NOT NULL
      );
      CREATE TABLE deleting (student TEXT NOT NULL);

      CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' AND TG_TABLE_NAME NOT IN ('history', 'deletions', 'assignments')
            OR TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'history'
          THEN
            IF EXISTS (SELECT 1 FROM deleting) THEN RETURN NULL; END IF;
          END IF;
          RAISE EXCEPTION '% are only added', TG_TABLE_NAME;
        END $$;
      ${["decisions", "attempt_contents", "submissions", "deletions", "history"]
        .map(
          (table) => `
      CREATE TRIGGER ${table}_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`,
        )
        .join("")}
    `,
  },
  {
    // The code that was graded, for whoever looks at the verdict.
    sqlite: "ALTER TABLE verdicts ADD COLUMN code TEXT NOT NULL DEFAULT '[]';",
    postgres: "ALTER TABLE verdicts ADD COLUMN code TEXT NOT NULL DEFAULT '[]';",
  },
  {
    // What a wrong function without a known cause answered, as a digest; empty for all others.
    sqlite: "ALTER TABLE verdicts ADD COLUMN behaviour TEXT NOT NULL DEFAULT '';",
    postgres: "ALTER TABLE verdicts ADD COLUMN behaviour TEXT NOT NULL DEFAULT '';",
  },
  {
    // A time that was said wrongly is corrected by another row: of the same bytes there may be several now.
    sqlite: `
      DROP TRIGGER submissions_stay;
      DROP TRIGGER submissions_are_kept;
      CREATE TABLE submissions_of_now (
        id INTEGER PRIMARY KEY,
        student TEXT NOT NULL,
        assignment TEXT NOT NULL,
        hash TEXT NOT NULL,
        submitted_at TEXT NOT NULL
      ) STRICT;
      INSERT INTO submissions_of_now SELECT id, student, assignment, hash, submitted_at FROM submissions;
      DROP TABLE submissions;
      ALTER TABLE submissions_of_now RENAME TO submissions;
      CREATE INDEX submissions_of_bytes ON submissions (student, assignment, hash);
      CREATE TRIGGER submissions_stay BEFORE UPDATE ON submissions
        BEGIN SELECT RAISE(ABORT, 'submissions are only added'); END;
      CREATE TRIGGER submissions_are_kept BEFORE DELETE ON submissions
        WHEN NOT EXISTS (SELECT 1 FROM deleting)
        BEGIN SELECT RAISE(ABORT, 'submissions are only added'); END;
    `,
    postgres: `
      ALTER TABLE submissions DROP CONSTRAINT submissions_student_assignment_hash_key;
      CREATE INDEX submissions_of_bytes ON submissions (student, assignment, hash);
    `,
  },
  {
    // How the history began is part of it, and so are what is older and the assignments' seeds: a table beside the
    // history that says what is older (before_history) could be written to by whoever puts in a row.
    sqlite: `
      CREATE TABLE beginnings (
        id INTEGER PRIMARY KEY,
        rows_there TEXT NOT NULL, -- how many of each kind
        began_at TEXT NOT NULL
      ) STRICT;
      CREATE TRIGGER beginnings_stay BEFORE UPDATE ON beginnings
        BEGIN SELECT RAISE(ABORT, 'beginnings are only added'); END;
      CREATE TRIGGER beginnings_are_kept BEFORE DELETE ON beginnings
        BEGIN SELECT RAISE(ABORT, 'beginnings are only added'); END;
    `,
    postgres: `
      CREATE TABLE beginnings (
        id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        rows_there TEXT NOT NULL, -- how many of each kind
        began_at TEXT NOT NULL
      );
      CREATE TRIGGER beginnings_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON beginnings
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `,
    then: beginHistory,
  },
];
