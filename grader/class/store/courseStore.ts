/**
 * What a course keeps beside the attempts, in the same gradebook: an instructor's decisions, and when each
 * attempt was handed in. Both are only added, never changed; the newest decision of a kind counts, and the newest time.
 */
import type { Status } from "../../judge/verdict.js";
import type { Remark } from "../intake/remark.js";
import type { GradedExercise } from "../result/graded.js";
import { exerciseOf } from "./gradebook.js";
import { openDatabase } from "./open.js";
import {
  checkHistory,
  enterHistory,
  historyEnd,
  type HistoryKind,
  type HistoryReport,
} from "./history.js";
import type { Row, Sql, SqlDatabase, Value } from "./sql.js";

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
  /** Of everything that was handed in, where it is kept. */
  readonly hash?: string;
  /** The grader did not fail on it. */
  readonly isWhole: boolean;
  readonly exercises: readonly AttemptExercise[];
}

/** One exercise of an attempt. */
export interface AttemptExercise {
  readonly exercise: string;
  readonly status: Status;
  readonly passed: number;
  readonly total: number;
}

/** What the grader said of an attempt. */
export interface Evidence {
  readonly results: readonly GradedExercise[];
  readonly remarks: readonly Remark[];
}

/** What a student handed in, and when. */
export interface HandedIn {
  readonly student: string;
  readonly assignment: string;
  /** Of everything that was handed in: graded again, the same bytes were handed in at the same time. */
  readonly hash: string;
  /** Where somebody says it. */
  readonly at?: Date;
  /** An instructor says it: it counts in place of what was said before. Otherwise the first time said counts. */
  readonly isCorrection?: true;
}

/** When something was handed in, as it is kept. */
export interface KeptTime {
  /** ISO 8601, UTC; left out where nobody has said it. */
  readonly at?: string;
  /** What counted before, where it was corrected now. */
  readonly before?: string;
}

/**
 * Opens a gradebook's course.
 *
 * @param name - the path of an SQLite file, which is made where there is none, or a PostgreSQL address
 * @returns an open store
 * @throws GradebookError where it can't be opened
 */
export async function openCourseStore(name: string): Promise<CourseStore> {
  return new CourseStore(await openDatabase(name));
}

/** The time that counts of an attempt's bytes: the last one that was said. */
const NEWEST_TIME = `SELECT max(n.id) FROM submissions n
  WHERE n.student = s.name AND n.assignment = g.name AND n.hash = c.hash`;

/** What a course reads and adds. */
export class CourseStore {
  private readonly db: SqlDatabase;

  constructor(db: SqlDatabase) {
    this.db = db;
  }

  /** All attempts, in the order in which they were added. */
  async attempts(): Promise<readonly Attempt[]> {
    const rows = await this.db.all(
      `SELECT a.id, s.name AS student, g.name AS assignment, a.graded_at, t.submitted_at, a.is_whole, c.hash
       FROM attempts a JOIN students s ON s.id = a.student JOIN assignments g ON g.id = a.assignment
       LEFT JOIN attempt_contents c ON c.attempt = a.id
       LEFT JOIN submissions t ON t.id = (${NEWEST_TIME})
       ORDER BY a.id`,
    );
    const verdicts = await this.db.all(
      "SELECT attempt, exercise, status, passed, total FROM verdicts ORDER BY attempt, position",
    );
    const exercises = new Map<number, AttemptExercise[]>();
    for (const row of verdicts) {
      const attempt = Number(row["attempt"]);
      const one = {
        ...{ exercise: String(row["exercise"]), status: row["status"] as Status },
        ...{ passed: Number(row["passed"]), total: Number(row["total"]) },
      };
      const others = exercises.get(attempt);
      if (others === undefined) exercises.set(attempt, [one]);
      else others.push(one);
    }
    return rows.map((row) => ({
      ...{ id: Number(row["id"]), ...gradeOf(row), gradedAt: String(row["graded_at"]) },
      ...(row["submitted_at"] === null ? {} : { submittedAt: String(row["submitted_at"]) }),
      ...(row["hash"] === null ? {} : { hash: String(row["hash"]) }),
      isWhole: Number(row["is_whole"]) === 1,
      exercises: exercises.get(Number(row["id"])) ?? [],
    }));
  }

  /**
   * What the grader said of one attempt.
   *
   * @param attempt - its id
   * @returns its exercises in order, and the remarks on its files
   */
  async evidence(attempt: number): Promise<Evidence> {
    const [row] = await this.db.all("SELECT remarks FROM attempts WHERE id = ?", attempt);
    const verdicts = await this.db.all(
      "SELECT verdict, points, score, place, code, console, behaviour FROM verdicts WHERE attempt = ? ORDER BY position",
      attempt,
    );
    return {
      results: verdicts.map(exerciseOf),
      remarks: JSON.parse(String(row?.["remarks"] ?? "[]")) as Remark[],
    };
  }

  /**
   * What the grader said of one exercise, in all attempts of an assignment.
   *
   * @param assignment - its name
   * @param exercise - its id
   * @returns by the attempts' ids
   */
  async verdictsOf(
    assignment: string,
    exercise: string,
  ): Promise<ReadonlyMap<number, GradedExercise>> {
    const rows = await this.db.all(
      `SELECT v.attempt, v.verdict, v.points, v.score, v.place, v.code, v.console, v.behaviour
       FROM verdicts v JOIN attempts a ON a.id = v.attempt JOIN assignments g ON g.id = a.assignment
       WHERE g.name = ? AND v.exercise = ?`,
      ...[assignment, exercise],
    );
    return new Map(rows.map((row) => [Number(row["attempt"]), exerciseOf(row)]));
  }

  /** All decisions, oldest first. */
  async decisions(): Promise<readonly Decision[]> {
    const rows = await this.db.all("SELECT * FROM decisions ORDER BY id");
    return rows.map((row) => ({
      ...{ ...gradeOf(row), kind: row["kind"] as DecisionKind, text: String(row["text"]) },
      ...{ by: String(row["decided_by"]), at: String(row["decided_at"]) },
      ...(row["score"] === null ? {} : { score: Number(row["score"]) }),
    }));
  }

  /** Adds a decision. */
  decide({ student, assignment, kind, score, text, by, at }: Decision): Promise<void> {
    return this.db.transaction((sql) =>
      add(
        sql,
        "decision",
        `INSERT INTO decisions (student, assignment, kind, score, text, decided_by, decided_at)
         VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id`,
        ...[student, assignment, kind, score ?? null, text, by, at],
      ),
    );
  }

  /**
   * Says of newest attempts what was handed in, and when. The first time that is said of the same bytes counts, until
   * an instructor corrects it: what was said before stays in the history.
   *
   * @param handIns - what was handed in
   * @returns for each the time that counts now
   */
  handedIn(handIns: readonly HandedIn[]): Promise<readonly KeptTime[]> {
    return this.db.transaction(async (sql) => {
      const kept: KeptTime[] = [];
      for (const handIn of handIns) {
        const { student, assignment, hash } = handIn;
        await add(
          sql,
          "content",
          `INSERT INTO attempt_contents (attempt, hash)
           SELECT a.id, ? FROM attempts a JOIN students s ON s.id = a.student
           JOIN assignments g ON g.id = a.assignment
           WHERE s.name = ? AND g.name = ? ORDER BY a.id DESC LIMIT 1
           ON CONFLICT DO NOTHING RETURNING attempt AS id`,
          ...[hash, student, assignment],
        );
        const before = await timeOf(sql, handIn);
        const time = countingTime(before, handIn);
        kept.push(time);
        if (time.at === undefined || time.at === before) continue;
        await add(
          sql,
          "submission",
          `INSERT INTO submissions (student, assignment, hash, submitted_at) VALUES (?, ?, ?, ?)
           RETURNING id`,
          ...[student, assignment, hash, time.at],
        );
      }
      return kept;
    });
  }

  /** The time that would count if this were said now. */
  async submittedAt(handIn: HandedIn): Promise<string | undefined> {
    return countingTime(await timeOf(this.db, handIn), handIn).at;
  }

  /** The history's end: another one as soon as anything is added. */
  historyEnd(): Promise<string> {
    return historyEnd(this.db);
  }

  /**
   * Whether the history is as it was written.
   *
   * @param end - what an earlier report told as its end: must still be part of it
   * @returns what was found
   */
  check(end?: string): Promise<HistoryReport> {
    return checkHistory(this.db, end);
  }

  /**
   * Deletes everything about a student for good: name, grades, verdicts with their code and outputs, decisions, times.
   * The history keeps an entry without a name, so that it stays whole.
   *
   * @param student - as the hand-ins name them
   * @param by - who decided it
   * @param at - ISO 8601, UTC
   * @returns how many attempts and decisions went
   */
  async deleteStudent(
    student: string,
    by: string,
    at: string,
  ): Promise<{ readonly attempts: number; readonly decisions: number }> {
    const gone = await this.db.transaction(async (sql) => {
      await sql.all("INSERT INTO deleting (student) VALUES (?)", student);
      const own =
        "SELECT a.id FROM attempts a JOIN students s ON s.id = a.student WHERE s.name = ?";
      const positions = await sql.all(
        `SELECT position FROM history
         WHERE kind IN ('attempt', 'content') AND id IN (${own})
           OR kind = 'decision' AND id IN (SELECT id FROM decisions WHERE student = ?)
           OR kind = 'submission' AND id IN (SELECT id FROM submissions WHERE student = ?)
         ORDER BY position`,
        ...[student, student, student],
      );
      const salted = positions.map((row) => Number(row["position"]));
      for (const position of salted)
        await sql.all("UPDATE history SET salt = '' WHERE position = ?", position);
      await sql.all(`DELETE FROM verdicts WHERE attempt IN (${own})`, student);
      await sql.all(`DELETE FROM attempt_contents WHERE attempt IN (${own})`, student);
      const attempts = await sql.all(
        `DELETE FROM attempts WHERE id IN (${own}) RETURNING id`,
        student,
      );
      const decisions = await sql.all(
        "DELETE FROM decisions WHERE student = ? RETURNING id",
        student,
      );
      await sql.all("DELETE FROM submissions WHERE student = ?", student);
      await sql.all("DELETE FROM students WHERE name = ?", student);
      for (const statement of this.db.alsoDelete) await sql.all(statement, student);
      await add(
        sql,
        "deletion",
        "INSERT INTO deletions (positions, deleted_by, deleted_at) VALUES (?, ?, ?) RETURNING id",
        ...[JSON.stringify(salted), by, at],
      );
      await sql.all("DELETE FROM deleting");
      return { attempts: attempts.length, decisions: decisions.length };
    });
    await this.db.clean();
    return gone;
  }

  close(): Promise<void> {
    return this.db.close();
  }
}

/** When the same bytes were handed in, where somebody has said so. */
async function timeOf(
  sql: Sql,
  { student, assignment, hash }: HandedIn,
): Promise<string | undefined> {
  const [row] = await sql.all(
    "SELECT submitted_at FROM submissions WHERE student = ? AND assignment = ? AND hash = ? ORDER BY id DESC LIMIT 1",
    ...[student, assignment, hash],
  );
  return row === undefined ? undefined : String(row["submitted_at"]);
}

/** Which time counts: the one that is kept, or what is said now. */
function countingTime(before: string | undefined, { at, isCorrection }: HandedIn): KeptTime {
  const said = at?.toISOString();
  if (before === undefined) return said === undefined ? {} : { at: said };
  if (said === undefined || said === before || isCorrection !== true) return { at: before };
  return { at: said, before };
}

/** Adds a row, where it is not there yet, and enters it in the history. */
async function add(
  sql: Sql,
  kind: HistoryKind,
  statement: string,
  ...values: readonly Value[]
): Promise<void> {
  const [row] = await sql.all(statement, ...values);
  if (row !== undefined) await enterHistory(sql, kind, Number(row["id"]));
}

function gradeOf(row: Row): { readonly student: string; readonly assignment: string } {
  return { student: String(row["student"]), assignment: String(row["assignment"]) };
}
