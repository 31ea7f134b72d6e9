/** Opens a gradebook by its name. */
import { resolve } from "node:path";
import { Gradebook } from "./gradebook.js";
import { isPostgres, Postgres } from "./postgres.js";
import type { SqlDatabase } from "./sql.js";
import { openSqlite } from "./sqlite.js";
import type { GradeStore } from "./store.js";

/**
 * Opens the gradebook's database, and makes it where there is none.
 *
 * @param name - the path of an SQLite file, or a PostgreSQL address
 * @returns an open database with the gradebook's tables
 * @throws GradebookError when it can't be opened
 */
export async function openDatabase(name: string): Promise<SqlDatabase> {
  return isPostgres(name) ? await Postgres.open(name) : openSqlite(resolve(name));
}

/**
 * Opens the gradebook, and makes it where there is none.
 *
 * @param name - the path of an SQLite file, or a PostgreSQL address
 * @returns an open gradebook
 * @throws GradebookError when it can't be opened
 */
export async function openGradebook(name: string): Promise<GradeStore> {
  return new Gradebook(await openDatabase(name));
}
