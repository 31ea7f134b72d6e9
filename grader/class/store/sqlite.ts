/** The gradebook's database as one SQLite file: the default, for one machine. */
import { setTimeout as sleep } from "node:timers/promises";
import Database from "libsql";
import { MIGRATIONS } from "./migrations.js";
import { type Row, runScriptAtOnce, type Sql, type SqlDatabase, type Value } from "./sql.js";
import { GradebookError, type Trouble } from "./store.js";

/** How long a statement waits for another program that is writing to the file, in milliseconds. */
export interface FilePatience {
  /** With all else in this process waiting too: boxes are timed here. */
  readonly blocked: number;
  /** In all. */
  readonly total: number;
}

const PATIENCE: FilePatience = { blocked: 50, total: 20_000 };

/**
 * Opens the file, makes it where there is none, and brings its tables up to date.
 *
 * @throws GradebookError when it can't be written, or is no gradebook, or a newer pack's
 */
export function openSqlite(file: string, patience = PATIENCE): SqlDatabase {
  try {
    const db = new Database(file);
    db.pragma("journal_mode = WAL");
    db.pragma(`busy_timeout = ${patience.total}`);
    db.pragma("foreign_keys = ON");
    db.pragma("secure_delete = ON"); // what is deleted is overwritten
    migrate(db, file);
    db.pragma(`busy_timeout = ${patience.blocked}`);
    return new Sqlite(db, patience);
  } catch (error) {
    if (error instanceof GradebookError) throw error;
    throw new GradebookError(
      `gradebook: ${file} can't be opened: ${reasonAndMend(error)}`,
      troubleOf(error),
    );
  }
}

function migrate(db: Database.Database, file: string): void {
  if (versionOf(db) === MIGRATIONS.length) return;
  db.exec("BEGIN IMMEDIATE"); // from here on nobody else migrates
  try {
    const version = versionOf(db);
    if (version > MIGRATIONS.length) {
      throw new GradebookError(
        `gradebook: ${file} has format ${version}: expected at most ${MIGRATIONS.length}; open it with the pack that wrote it, or name another file`,
        "named",
      );
    }
    const rows = (statement: string, values: readonly Value[]): Row[] =>
      db.prepare(statement).all(...values) as Row[];
    for (const { sqlite, then } of MIGRATIONS.slice(version)) {
      db.exec(sqlite);
      if (then !== undefined) runScriptAtOnce(rows, then());
    }
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    db.exec("COMMIT");
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
}

function versionOf(db: Database.Database): number {
  return Number((db.prepare("PRAGMA user_version").get() as { user_version: number }).user_version);
}

/** Statements and transactions wait for one another: they share the file's one connection. */
class Sqlite implements SqlDatabase {
  private readonly db: Database.Database;
  private readonly patience: FilePatience;
  private readonly prepared = new Map<string, Database.Statement>();
  readonly alsoDelete: readonly string[] = [];
  private last: Promise<unknown> = Promise.resolve();

  constructor(db: Database.Database, patience: FilePatience) {
    this.db = db;
    this.patience = patience;
  }

  all(statement: string, ...values: readonly Value[]): Promise<readonly Row[]> {
    return this.inTurn(() => Promise.resolve(this.rows(statement, values)));
  }

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      this.db.exec("BEGIN IMMEDIATE");
      try {
        const result = await work({
          all: (statement, ...values) => Promise.resolve().then(() => this.rows(statement, values)),
        });
        this.db.exec("COMMIT");
        return result;
      } catch (error) {
        if (this.db.inTransaction) this.db.exec("ROLLBACK");
        throw error;
      }
    });
  }

  /** The log of what was written holds it too. */
  clean(): Promise<void> {
    return this.inTurn(async () => {
      await Promise.resolve(this.db.pragma("wal_checkpoint(TRUNCATE)"));
    });
  }

  async close(): Promise<void> {
    await this.last;
    this.db.close();
  }

  private rows(statement: string, values: readonly Value[]): readonly Row[] {
    let ready = this.prepared.get(statement);
    if (ready === undefined) {
      ready = this.db.prepare(statement);
      this.prepared.set(statement, ready);
    }
    return ready.all(...values) as Row[];
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(() => this.patiently(work));
    this.last = result.catch(() => undefined);
    return result;
  }

  private async patiently<T>(work: () => Promise<T>): Promise<T> {
    const end = performance.now() + this.patience.total;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof GradebookError) throw error;
        if (!isLocked(error) || performance.now() > end)
          throw new GradebookError(`gradebook: ${reasonAndMend(error)}`, troubleOf(error));
        await sleep(20 + 30 * Math.random()); // two who wait do not wait in step
      }
    }
  }
}

function isLocked(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test((error as { code?: string }).code ?? "");
}

/** A file that is none or not the user's; a disk or another program; else a statement of ours. */
function troubleOf(error: unknown): Trouble {
  const { code = "", message } = error as Error & { code?: string };
  if (message.includes("Unable to open connection")) return "named"; // libsql gives it no code
  if (/^SQLITE_(CANTOPEN|NOTADB|CORRUPT|PERM|AUTH)/.test(code)) return "named";
  return /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|NOMEM|NOLFS|PROTOCOL)/.test(code)
    ? "machine"
    : "ours";
}

/** What SQLite said, and what can be done. */
function reasonAndMend(error: unknown): string {
  const { message, code = "" } = error as Error & { code?: string };
  const goOn = "then run the same command again: what is graded stays graded";
  if (isLocked(error)) {
    return `another program has locked it for too long (${message}); close that program, ${goOn}`;
  }
  if (code.startsWith("SQLITE_FULL")) return `${message}; free some space, ${goOn}`;
  return `${message}; name a file in a folder that you can write to and that has space, ${goOn}`;
}
