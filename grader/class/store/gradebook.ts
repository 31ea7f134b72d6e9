/**
 * The gradebook: every attempt that was ever graded, in SQLite or in PostgreSQL.
 *
 * Attempts are only added, never changed; the newest one of a student counts. An attempt and its
 * verdicts are written in one transaction, so that a run that is killed loses at most the hand-in
 * that it was grading, and leaves none half-written. An attempt carries the key of all that its
 * grade depends on; what has been graded under the same key is not graded again. It also carries its
 * number, and each number is given once: of two who grade the same hand-in at the same time, one adds it.
 */
import type { Verdict } from "../../judge/verdict.js";
import type { Remark } from "../intake/remark.js";
import type { Graded, GradedExercise } from "../result/graded.js";
import { enterHistory } from "./history.js";
import type { Row, Sql, SqlDatabase } from "./sql.js";
import { openSqlite } from "./sqlite.js";
import type { AttemptFacts, GradeStore, KeptAttempt } from "./store.js";

/** A gradebook in a database that speaks SQL. */
export class Gradebook implements GradeStore {
  private readonly db: SqlDatabase;

  constructor(db: SqlDatabase) {
    this.db = db;
  }

  /**
   * Opens an SQLite file, and makes it where there is none.
   *
   * @throws GradebookError when it can't be written, or is no gradebook, or a newer pack's
   */
  static open(file: string): Gradebook {
    return new Gradebook(openSqlite(file));
  }

  async seedOf(assignment: string, fresh: number): Promise<number> {
    const known = await this.knownSeed(assignment);
    if (known !== undefined) return known;
    await this.db.transaction((sql) => addAssignment(sql, assignment, fresh));
    return (await this.knownSeed(assignment))!;
  }

  async setSeed(assignment: string, seed: number): Promise<void> {
    await this.db.transaction(async (sql) => {
      const [changed] = await sql.all(
        "UPDATE assignments SET seed = ? WHERE name = ? AND seed <> ? RETURNING id",
        ...[seed, assignment, seed],
      );
      if (changed === undefined) await addAssignment(sql, assignment, seed);
      else await enterHistory(sql, "assignment", Number(changed["id"]));
    });
  }

  private async knownSeed(assignment: string): Promise<number | undefined> {
    const [row] = await this.db.all("SELECT seed FROM assignments WHERE name = ?", assignment);
    return row === undefined ? undefined : Number(row["seed"]);
  }

  async newest(student: string, assignment: string): Promise<KeptAttempt | undefined> {
    const [attempt] = await this.db.all(
      `SELECT a.id, a.number, a.key, a.is_whole, a.score, a.max_score, a.remarks
       FROM attempts a JOIN students s ON s.id = a.student JOIN assignments g ON g.id = a.assignment
       WHERE s.name = ? AND g.name = ? ORDER BY a.number DESC LIMIT 1`,
      ...[student, assignment],
    );
    if (attempt === undefined) return undefined;
    const verdicts = await this.db.all(
      "SELECT verdict, points, score, place, code, console, behaviour FROM verdicts WHERE attempt = ? ORDER BY position",
      Number(attempt["id"]),
    );
    return {
      number: Number(attempt["number"]),
      key: String(attempt["key"]),
      isWhole: Number(attempt["is_whole"]) === 1,
      graded: {
        ...{ student, assignment, results: verdicts.map(exerciseOf) },
        remarks: JSON.parse(String(attempt["remarks"])) as Remark[],
        score: Number(attempt["score"]),
        maxScore: Number(attempt["max_score"]),
      },
    };
  }

  add(graded: Graded, facts: AttemptFacts): Promise<boolean> {
    return this.db.transaction((sql) => addAttempt(sql, graded, facts));
  }

  async countAttempts(): Promise<number> {
    const [row] = await this.db.all("SELECT count(*) AS n FROM attempts");
    return Number(row!["n"]);
  }

  close(): Promise<void> {
    return this.db.close();
  }
}

/** A row of the verdicts, as it was graded. */
export function exerciseOf(row: Row): GradedExercise {
  return {
    verdict: JSON.parse(String(row["verdict"])) as Verdict,
    points: Number(row["points"]),
    score: Number(row["score"]),
    place: String(row["place"]),
    code: JSON.parse(String(row["code"])) as GradedExercise["code"],
    console: String(row["console"]),
    ...(row["behaviour"] === "" ? {} : { behaviour: String(row["behaviour"]) }),
  };
}

/** Adds an assignment with its seed, where there is none of that name yet, and enters it in the history. */
async function addAssignment(sql: Sql, assignment: string, seed: number): Promise<void> {
  const [row] = await sql.all(
    "INSERT INTO assignments (name, seed) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id",
    ...[assignment, seed],
  );
  if (row !== undefined) await enterHistory(sql, "assignment", Number(row["id"]));
}

/** Adds an attempt within a transaction; false where its number is taken. */
export async function addAttempt(sql: Sql, graded: Graded, facts: AttemptFacts): Promise<boolean> {
  const { student, assignment } = graded;
  await sql.all("INSERT INTO students (name) VALUES (?) ON CONFLICT DO NOTHING", student);
  const isWhole = graded.results.every(({ verdict }) => verdict.status !== "internal-error");
  const [attempt] = await sql.all(
    `INSERT INTO attempts (student, assignment, number, key, graded_at, seed, pack_version, sandbox, score, max_score, is_whole, remarks)
     VALUES ((SELECT id FROM students WHERE name = ?), (SELECT id FROM assignments WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (assignment, student, number) DO NOTHING RETURNING id`,
    ...[student, assignment, facts.number, facts.key, new Date().toISOString(), facts.seed],
    ...[facts.packVersion, facts.sandbox, graded.score, graded.maxScore, isWhole ? 1 : 0],
    JSON.stringify(graded.remarks),
  );
  if (attempt === undefined) return false;
  for (const [
    position,
    { verdict, score, points, place, code, console: said, behaviour = "" },
  ] of graded.results.entries()) {
    const { exercise, status, passed, total } = verdict;
    await sql.all(
      `INSERT INTO verdicts (attempt, position, exercise, status, passed, total, score, points, place, code, console, behaviour, verdict)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[Number(attempt["id"]), position, exercise, status, passed, total],
      ...[score, points, plain(place), JSON.stringify(code), plain(said), behaviour],
      JSON.stringify(verdict),
    );
  }
  await enterHistory(sql, "attempt", Number(attempt["id"]));
  return true;
}

/** A text as both databases keep it: SQLite would cut it at a NUL character, PostgreSQL refuses it. */
function plain(text: string): string {
  return text.replaceAll("\0", "␀");
}
