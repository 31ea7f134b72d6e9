/** What the gradebook needs of a database that speaks SQL. */

/** What a statement's "?" can stand for. */
export type Value = string | number | Uint8Array | null;
/** One row: its columns by name. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs statements. */
export interface Sql {
  /** The rows that one statement gives, none for one that gives none; each "?" in it is the next value. */
  all(statement: string, ...values: readonly Value[]): Promise<readonly Row[]>;
}

/** An open database whose tables are those of migrations.ts. */
export interface SqlDatabase extends Sql {
  /** Runs statements that happen together or not at all; they may be run more than once until they do. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** What it holds of a student beside the gradebook: statements whose "?" is the name. */
  readonly alsoDelete: readonly string[];
  /** Takes from the disk what was deleted. */
  clean(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Work on a database that yields each statement with its values and is given its rows: the same work for a database
 * that answers later and for one that answers at once.
 */
export type Script<T> = Generator<readonly [string, ...Value[]], T, readonly Row[]>;

/**
 * Does a script's work on a database that answers later.
 *
 * @param sql - what runs its statements
 * @param script - the work
 * @returns what it gives
 */
export async function runScript<T>(sql: Sql, script: Script<T>): Promise<T> {
  let step = script.next([]);
  while (step.done !== true) step = script.next(await sql.all(...step.value));
  return step.value;
}

/**
 * Does a script's work on a database that answers at once.
 *
 * @param rows - runs one statement
 * @param script - the work
 * @returns what it gives
 */
export function runScriptAtOnce<T>(
  rows: (statement: string, values: readonly Value[]) => readonly Row[],
  script: Script<T>,
): T {
  let step = script.next([]);
  while (step.done !== true) {
    const [statement, ...values] = step.value;
    step = script.next(rows(statement, values));
  }
  return step.value;
}
