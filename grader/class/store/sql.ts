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
