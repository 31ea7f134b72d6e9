/** Opens a gradebook by its name. */
import { resolve } from "node:path";
import { Gradebook } from "./gradebook.js";
import { isPostgres, Postgres } from "./postgres.js";
import type { GradeStore } from "./store.js";

/**
 * Opens the gradebook, and makes it where there is none.
 *
 * @param name - the path of an SQLite file, or a PostgreSQL address
 * @returns an open gradebook
 * @throws GradebookError when it can't be opened
 */
export async function openGradebook(name: string): Promise<GradeStore> {
  return isPostgres(name)
    ? new Gradebook(await Postgres.open(name))
    : Gradebook.open(resolve(name));
}
