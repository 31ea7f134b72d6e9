/**
 * What a course keeps beside the attempts, in the gradebook's own file: an instructor's decisions, and when each
 * attempt was handed in. Both are only added, never changed; the newest decision of a kind counts.
 */
import Database from "libsql";
import { Gradebook } from "./gradebook.js";
import { GradebookError } from "./store.js";

/** What an instructor decided about a grade: a score, a comment, that it does not count, or one of these undone. */
export type DecisionKind = "set" | "unset" | "comment" | "excuse" | "unexcuse";

/** One decision. */
export interface Decision {
  readonly student: string;
  readonly assignment: string;
  readonly kind: DecisionKind;
  /** Of a "set", out of the assignment's points. */
  readonly score?: number;
  /** The reason, or the comment. */
  readonly text: string;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** An attempt without its evidence. */
export interface Attempt {
  readonly id: number;
  readonly student: string;
  readonly assignment: string;
  readonly gradedAt: string;
  /** When it was handed in, where somebody said so. */
  readonly submittedAt?: string;
  /** The grader did not fail on it. */
  readonly isWhole: boolean;
  readonly exercises: readonly AttemptExercise[];
}

/** One exercise of an attempt. */
export interface AttemptExercise {
  readonly exercise: string;
  readonly status: string;
  readonly passed: number;
  readonly total: number;
}

/** What a student handed in, and when. */
export interface HandedIn {
  readonly student: string;
  readonly assignment: string;
  /** Of everything that was handed in: graded again, the same bytes were handed in at the same time. */
  readonly hash: string;
  /** Where somebody says it. */
  readonly at?: Date;
}

/** What a course reads and adds; each store has its own. */
export interface CourseStore {
  attempts(): Promise<readonly Attempt[]>;
  decisions(): Promise<readonly Decision[]>;
  decide(decision: Decision): Promise<void>;
  /** Says of newest attempts what was handed in, and when; the first time that is said of the same bytes counts. */
  handedIn(handIns: readonly HandedIn[]): Promise<void>;
  close(): Promise<void>;
}

const TABLES = `
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
  CREATE TRIGGER IF NOT EXISTS attempt_contents_stay BEFORE UPDATE ON attempt_contents
    BEGIN SELECT RAISE(ABORT, 'contents are only added'); END;
  CREATE TRIGGER IF NOT EXISTS attempt_contents_last BEFORE DELETE ON attempt_contents
    BEGIN SELECT RAISE(ABORT, 'contents are only added'); END;
  CREATE TRIGGER IF NOT EXISTS decisions_stay BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;
  CREATE TRIGGER IF NOT EXISTS decisions_last BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;
  CREATE TRIGGER IF NOT EXISTS hand_in_times_stay BEFORE UPDATE ON hand_in_times
    BEGIN SELECT RAISE(ABORT, 'times are only added'); END;
  CREATE TRIGGER IF NOT EXISTS hand_in_times_last BEFORE DELETE ON hand_in_times
    BEGIN SELECT RAISE(ABORT, 'times are only added'); END;
`;

interface AttemptRow {
  readonly id: number;
  readonly student: string;
  readonly assignment: string;
  readonly graded_at: string;
  readonly submitted_at: string | null;
  readonly is_whole: number;
}

interface ExerciseRow extends AttemptExercise {
  readonly attempt: number;
}

interface DecisionRow {
  readonly student: string;
  readonly assignment: string;
  readonly kind: DecisionKind;
  readonly score: number | null;
  readonly text: string;
  readonly decided_by: string;
  readonly decided_at: string;
}

/**
 * Opens a gradebook file's course.
 *
 * @param file - the gradebook's path; it is made where there is none
 * @returns an open store
 * @throws GradebookError where it can't be opened
 */
export async function openCourseStore(file: string): Promise<CourseStore> {
  await Gradebook.open(file).close(); // its tables, and that it is one
  try {
    const db = new Database(file);
    db.pragma("busy_timeout = 10000");
    db.pragma("foreign_keys = ON");
    db.exec(TABLES);
    return new SqliteCourseStore(db);
  } catch (error) {
    throw new GradebookError(
      `gradebook: ${file} can't be opened: ${(error as Error).message}; name a file that you can write to`,
    );
  }
}

class SqliteCourseStore implements CourseStore {
  private readonly db: Database.Database;

  constructor(db: Database.Database) {
    this.db = db;
  }

  attempts(): Promise<readonly Attempt[]> {
    const rows = this.db
      .prepare(
        `SELECT a.id, s.name AS student, g.name AS assignment, a.graded_at, t.submitted_at, a.is_whole
         FROM attempts a JOIN students s ON s.id = a.student JOIN assignments g ON g.id = a.assignment
         LEFT JOIN attempt_contents c ON c.attempt = a.id
         LEFT JOIN hand_in_times t ON t.student = s.name AND t.assignment = g.name AND t.hash = c.hash
         ORDER BY a.id`,
      )
      .all() as AttemptRow[];
    const verdicts = this.db
      .prepare(
        "SELECT attempt, exercise, status, passed, total FROM verdicts ORDER BY attempt, position",
      )
      .all() as ExerciseRow[];
    const of = new Map<number, AttemptExercise[]>();
    for (const { attempt, ...one } of verdicts) {
      const others = of.get(attempt);
      if (others === undefined) of.set(attempt, [one]);
      else others.push(one);
    }
    return Promise.resolve(
      rows.map((row) => ({
        ...{ id: row.id, student: row.student, assignment: row.assignment },
        ...{ gradedAt: row.graded_at, isWhole: row.is_whole === 1 },
        ...(row.submitted_at === null ? {} : { submittedAt: row.submitted_at }),
        exercises: of.get(row.id) ?? [],
      })),
    );
  }

  decisions(): Promise<readonly Decision[]> {
    const rows = this.db.prepare("SELECT * FROM decisions ORDER BY id").all() as DecisionRow[];
    return Promise.resolve(
      rows.map((row) => ({
        ...{ student: row.student, assignment: row.assignment, kind: row.kind, text: row.text },
        ...{ by: row.decided_by, at: row.decided_at },
        ...(row.score === null ? {} : { score: row.score }),
      })),
    );
  }

  decide({ student, assignment, kind, score, text, by, at }: Decision): Promise<void> {
    return this.write(`the decision about ${student}`, () => {
      this.db
        .prepare(
          `INSERT INTO decisions (student, assignment, kind, score, text, decided_by, decided_at)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(student, assignment, kind, score ?? null, text, by, at);
    });
  }

  handedIn(handIns: readonly HandedIn[]): Promise<void> {
    const content = this.db.prepare(
      `INSERT INTO attempt_contents (attempt, hash)
       SELECT a.id, ? FROM attempts a JOIN students s ON s.id = a.student
       JOIN assignments g ON g.id = a.assignment
       WHERE s.name = ? AND g.name = ? ORDER BY a.id DESC LIMIT 1 ON CONFLICT DO NOTHING`,
    );
    const time = this.db.prepare(
      `INSERT INTO hand_in_times (student, assignment, hash, submitted_at)
       VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    return this.write("when the hand-ins came", () => {
      this.db.transaction(() => {
        for (const { student, assignment, hash, at } of handIns) {
          content.run(hash, student, assignment);
          if (at !== undefined) time.run(student, assignment, hash, at.toISOString());
        }
      })();
    });
  }

  close(): Promise<void> {
    this.db.close();
    return Promise.resolve();
  }

  private write(what: string, run: () => void): Promise<void> {
    try {
      run();
      return Promise.resolve();
    } catch (error) {
      throw new GradebookError(
        `gradebook: ${what} can't be written: ${(error as Error).message}; free some space, then give the same command again`,
      );
    }
  }
}
