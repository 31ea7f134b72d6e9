/**
 * The gradebook: one SQLite file with every attempt that was ever graded.
 *
 * Attempts are only added, never changed; the newest one of a student counts. An attempt and its
 * verdicts are written in one transaction, so that a run that is killed loses at most the hand-in
 * that it was grading, and leaves none half-written. An attempt carries the key of all that its
 * grade depends on; what has been graded under the same key is not graded again.
 */
import Database from "libsql";
import { UnrolledError } from "../../../src/core/errors.js";
import type { Verdict } from "../../judge/verdict.js";
import type { Graded, GradedExercise } from "../result/graded.js";
import type { Remark } from "../intake/remark.js";

/** The gradebook can't be opened or written; the message says why. */
export class GradebookError extends UnrolledError {
  override name = "GradebookError";
}

/** What an attempt's grade depends on, and when and where it was made. */
export interface AttemptFacts {
  readonly key: string;
  readonly seed: number;
  readonly packVersion: string;
  readonly sandbox: string;
}

/** Version of the tables below. */
const SCHEMA = 1;

const TABLES = `
  CREATE TABLE IF NOT EXISTS students (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE IF NOT EXISTS assignments (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    seed INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS attempts (
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
  CREATE INDEX IF NOT EXISTS attempts_of_student ON attempts (assignment, student, id);
  CREATE TABLE IF NOT EXISTS verdicts (
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
  CREATE TRIGGER IF NOT EXISTS attempts_stay BEFORE UPDATE ON attempts
    BEGIN SELECT RAISE(ABORT, 'attempts are only added'); END;
  CREATE TRIGGER IF NOT EXISTS verdicts_stay BEFORE UPDATE ON verdicts
    BEGIN SELECT RAISE(ABORT, 'verdicts are only added'); END;
`;

interface AttemptRow {
  readonly id: number;
  readonly student: string;
  readonly assignment: string;
  readonly score: number;
  readonly max_score: number;
  readonly remarks: string;
}

interface VerdictRow {
  readonly verdict: string;
  readonly points: number;
  readonly score: number;
  readonly place: string;
  readonly console: string;
}

/** An open gradebook. */
export class Gradebook {
  private readonly db: Database.Database;

  private constructor(db: Database.Database) {
    this.db = db;
  }

  /**
   * Opens the file, and makes it where there is none.
   *
   * @throws GradebookError when it can't be written or is no gradebook of this version
   */
  static open(file: string): Gradebook {
    try {
      const db = new Database(file);
      db.pragma("journal_mode = WAL");
      db.pragma("busy_timeout = 10000");
      db.pragma("foreign_keys = ON");
      const version = versionOf(db);
      if (version !== 0 && version !== SCHEMA) {
        throw new GradebookError(
          `gradebook: ${file} has format ${version}: expected ${SCHEMA}; open it with the pack that wrote it, or name another file`,
        );
      }
      db.exec(TABLES);
      db.pragma(`user_version = ${SCHEMA}`);
      return new Gradebook(db);
    } catch (error) {
      if (error instanceof GradebookError) throw error;
      throw new GradebookError(
        `gradebook: ${file} can't be opened: ${(error as Error).message}; name a file in a folder that you can write to`,
      );
    }
  }

  close(): void {
    this.db.close();
  }

  /** The assignment's seed: the one on record, else `fresh`, which then is. */
  seedOf(assignment: string, fresh: number): number {
    this.db
      .prepare("INSERT INTO assignments (name, seed) VALUES (?, ?) ON CONFLICT DO NOTHING")
      .run(assignment, fresh);
    const row = this.db.prepare("SELECT seed FROM assignments WHERE name = ?").get(assignment);
    return (row as { seed: number }).seed;
  }

  /** Puts another seed on record for the assignment. */
  setSeed(assignment: string, seed: number): void {
    this.db
      .prepare(
        "INSERT INTO assignments (name, seed) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET seed = excluded.seed",
      )
      .run(assignment, seed);
  }

  /** The student's newest attempt, if it was graded under this key and the grader did not fail. */
  graded(student: string, assignment: string, key: string): Graded | undefined {
    const row = this.db
      .prepare(
        `SELECT a.id, s.name AS student, g.name AS assignment, a.score, a.max_score, a.remarks, a.key, a.is_whole
         FROM attempts a JOIN students s ON s.id = a.student JOIN assignments g ON g.id = a.assignment
         WHERE s.name = ? AND g.name = ? ORDER BY a.id DESC LIMIT 1`,
      )
      .get(student, assignment) as (AttemptRow & { key: string; is_whole: number }) | undefined;
    if (row === undefined || row.key !== key || row.is_whole === 0) return undefined;
    return this.withVerdicts(row);
  }

  /** Adds an attempt with all its verdicts, or nothing at all. */
  add(graded: Graded, facts: AttemptFacts): void {
    const isWhole = graded.results.every(({ verdict }) => verdict.status !== "internal-error");
    const write = this.db.transaction(() => {
      this.db
        .prepare("INSERT INTO students (name) VALUES (?) ON CONFLICT DO NOTHING")
        .run(graded.student);
      const { lastInsertRowid } = this.db
        .prepare(
          `INSERT INTO attempts (student, assignment, key, graded_at, seed, pack_version, sandbox, score, max_score, is_whole, remarks)
           VALUES ((SELECT id FROM students WHERE name = ?), (SELECT id FROM assignments WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          graded.student,
          graded.assignment,
          facts.key,
          new Date().toISOString(),
          facts.seed,
          facts.packVersion,
          facts.sandbox,
          graded.score,
          graded.maxScore,
          isWhole ? 1 : 0,
          JSON.stringify(graded.remarks),
        );
      const insert = this.db.prepare(
        `INSERT INTO verdicts (attempt, position, exercise, status, passed, total, score, points, place, console, verdict)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      );
      graded.results.forEach(({ verdict, score, points, place, console: said }, position) => {
        const { exercise, status, passed, total } = verdict;
        insert.run(
          ...[lastInsertRowid, position, exercise, status, passed, total],
          ...[score, points, place, said, JSON.stringify(verdict)],
        );
      });
    });
    try {
      write();
    } catch (error) {
      throw new GradebookError(
        `gradebook: the attempt of ${graded.student} can't be written: ${(error as Error).message}; free some space or name another file, then run the same command again: what is graded stays graded`,
      );
    }
  }

  /** How many attempts there are, of all students. */
  countAttempts(): number {
    return (this.db.prepare("SELECT count(*) AS n FROM attempts").get() as { n: number }).n;
  }

  private withVerdicts(row: AttemptRow): Graded {
    const rows = this.db
      .prepare(
        "SELECT verdict, points, score, place, console FROM verdicts WHERE attempt = ? ORDER BY position",
      )
      .all(row.id) as VerdictRow[];
    return {
      student: row.student,
      assignment: row.assignment,
      score: row.score,
      maxScore: row.max_score,
      remarks: JSON.parse(row.remarks) as Remark[],
      results: rows.map(({ verdict, points, score, place, console: said }): GradedExercise => ({
        verdict: JSON.parse(verdict) as Verdict,
        points,
        score,
        place,
        console: said,
      })),
    };
  }
}

function versionOf(db: Database.Database): number {
  return Number((db.prepare("PRAGMA user_version").get() as { user_version: number }).user_version);
}
