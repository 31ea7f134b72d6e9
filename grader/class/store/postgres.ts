/**
 * The gradebook's database as PostgreSQL, for more than one machine.
 *
 * The packages `pg` and `pg-boss` are optional and loaded here and in queue/ alone: who grades on one machine needs
 * neither them nor a server. A statement or transaction whose connection is lost is run again until the
 * server is back or patience ends; what it adds is numbered, so that nothing is there twice.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { ClientBase, Pool, PoolClient } from "pg";
import { MIGRATIONS } from "./migrations.js";
import { type Row, runScript, type Sql, type SqlDatabase, type Value } from "./sql.js";
import { GradebookError, type Trouble } from "./store.js";

/** How long a lost connection is tried again, and who is told of it. */
export interface Patience {
  /** When it is opened: a wrong address should be told soon. */
  readonly toOpen: number;
  /** Once it has worked. */
  readonly once: number;
  readonly onLost: (message: string) => void;
}

const PATIENCE: Patience = {
  toOpen: 5_000,
  once: 60_000,
  onLost: (message) => {
    console.error(message);
  },
};

const CONNECT_MS = 5_000;
/** No statement of ours takes long: one that does has lost its connection. */
const STATEMENT_MS = 30_000;
/** The key of the lock under which tables are made, any number. */
const MIGRATION_LOCK = 7_365_721;

/** What a student's deletion takes rows from. */
const DELETED_FROM = [
  ...["verdicts", "attempt_contents", "attempts", "decisions", "submissions", "students"],
  ...["history", "hand_ins"],
];

/** The pool waits for it. A machine that lost its power is noticed by the server, which then frees what it held. */
function prepare(client: ClientBase): unknown {
  return client.query(
    "SET search_path = unrolled; SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3",
  );
}

/** Whether a gradebook's name is a PostgreSQL address. */
export function isPostgres(name: string): boolean {
  return /^postgres(ql)?:\/\//.test(name);
}

/** An address without its password, for messages. */
export function withoutPassword(address: string): string {
  try {
    const url = new URL(address);
    const host = url.searchParams.get("host") ?? url.host;
    return `postgres://${url.username === "" ? "" : `${url.username}@`}${host}${url.pathname}`;
  } catch {
    return "the database's address";
  }
}

/** An optional package, or the command that installs it. */
export async function optional<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new GradebookError(
      `database: PostgreSQL needs the optional package ${name}, which can't be loaded (${(error as Error).message.split("\n")[0]}); install it: npm ci --ignore-scripts --include=optional`,
    );
  }
}

/** Runs statements, also those of packages that write PostgreSQL's own words. */
export interface PostgresSql extends Sql {
  raw(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** An open PostgreSQL database. */
export class Postgres implements SqlDatabase, PostgresSql {
  /** The address without its password. */
  readonly name: string;
  readonly alsoDelete: readonly string[] = ["DELETE FROM hand_ins WHERE student = ?"];
  private readonly pool: Pool;
  private readonly patience: Patience;
  private isOpen = false;
  /** One word about a loss is enough, however many statements wait. */
  private isLossTold = false;

  private constructor(name: string, pool: Pool, patience: Patience) {
    this.name = name;
    this.pool = pool;
    this.patience = patience;
  }

  /**
   * Opens the database, and brings its tables up to date.
   *
   * @throws GradebookError when it can't be reached or written, or a newer pack has been there
   */
  static async open(address: string, patience: Partial<Patience> = {}): Promise<Postgres> {
    const pg = (await optional("pg", () => import("pg"))).default;
    const name = withoutPassword(address);
    let pool: Pool;
    try {
      pool = new pg.Pool({
        connectionString: address,
        ...{ connectionTimeoutMillis: CONNECT_MS, query_timeout: STATEMENT_MS },
        ...{ keepAlive: true, application_name: "unrolled" },
        onConnect: prepare,
      });
    } catch (error) {
      throw new GradebookError(
        `database: ${name} is no address: ${(error as Error).message}; expected postgres://USER@HOST:PORT/DATABASE`,
        "named",
      );
    }
    pool.on("error", () => undefined); // an idle connection was lost: the next statement opens another
    const database = new Postgres(name, pool, { ...PATIENCE, ...patience });
    try {
      await database.transaction(migrate);
    } catch (error) {
      await database.close();
      throw error;
    }
    database.isOpen = true;
    return database;
  }

  all(statement: string, ...values: readonly Value[]): Promise<readonly Row[]> {
    return this.patiently((client) => sqlOf(client).all(statement, ...values));
  }

  transaction<T>(work: (sql: PostgresSql) => Promise<T>): Promise<T> {
    return this.patiently(async (client) => {
      await client.query("BEGIN");
      try {
        const result = await work(sqlOf(client));
        await client.query("COMMIT");
        return result;
      } catch (error) {
        if (!isLost(error)) await client.query("ROLLBACK");
        throw error;
      }
    });
  }

  raw(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> {
    return this.patiently((client) => sqlOf(client).raw(text, values));
  }

  /** A connection of one's own, to be released; what `work` does on it lives as long as it does, such as a lock. */
  keep(work: (sql: PostgresSql) => Promise<void>): Promise<PoolClient> {
    return this.untilBack(async () => {
      const client = await this.pool.connect();
      try {
        await work(sqlOf(client));
        return client;
      } catch (error) {
        client.release(true);
        throw error;
      }
    });
  }

  /** Rows that were deleted stay in the tables' files until then. */
  async clean(): Promise<void> {
    for (const table of DELETED_FROM) await this.raw(`VACUUM ${table}`);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private patiently<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.untilBack(() => this.onClient(work));
  }

  private async untilBack<T>(work: () => Promise<T>): Promise<T> {
    const { toOpen, once, onLost } = this.patience;
    const end = performance.now() + (this.isOpen ? once : toOpen);
    for (let pause = 100; ; pause = Math.min(2 * pause, 2_000)) {
      try {
        const result = await work();
        this.isLossTold = false;
        return result;
      } catch (error) {
        if (error instanceof GradebookError) throw error;
        const { message } = error as Error;
        if (!isLost(error))
          throw new GradebookError(`database: ${this.name}: ${message}`, troubleOf(error));
        if (performance.now() + pause > end) {
          throw new GradebookError(
            `database: ${this.name} can't be reached: ${reasonOf(error)}; start it or mend its address, then give the same command again: what is graded stays graded`,
          );
        }
        if (this.isOpen && !this.isLossTold) {
          onLost(
            `database: the connection to ${this.name} is lost (${reasonOf(error)}): trying again for ${Math.round(once / 1000)} s`,
          );
          this.isLossTold = true;
        }
        await sleep(pause);
      }
    }
  }

  /** A client that failed is not used again: what it was in the middle of is unknown. */
  private async onClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    const ignore = (): void => undefined; // a connection that breaks between two statements
    client.on("error", ignore);
    let failed = true;
    try {
      const result = await work(client);
      failed = false;
      return result;
    } finally {
      client.off("error", ignore);
      client.release(failed);
    }
  }
}

function sqlOf(client: PoolClient): PostgresSql {
  return {
    raw: (text, values) => client.query(text, values),
    async all(statement, ...values) {
      let number = 0;
      const text = statement.replaceAll("?", () => `$${++number}`);
      const { rows } = await client.query<Row>(text, values as unknown[]);
      return (rows as Row[] | undefined) ?? []; // none where the text was several statements
    },
  };
}

async function migrate(sql: Sql): Promise<void> {
  await sql.all("SELECT pg_advisory_xact_lock(?)", MIGRATION_LOCK);
  // Making something is a right that not everybody has who may use it: it is not asked for what is there.
  const [known] = await sql.all("SELECT to_regclass('unrolled.format') AS format");
  if (known!["format"] === null) {
    await sql.all("CREATE SCHEMA IF NOT EXISTS unrolled");
    await sql.all("CREATE TABLE format (version INTEGER NOT NULL)");
  }
  const [row] = await sql.all("SELECT version FROM format");
  const version = Number(row?.["version"] ?? 0);
  if (version > MIGRATIONS.length) {
    throw new GradebookError(
      `gradebook: the database has format ${version}: expected at most ${MIGRATIONS.length}; use the pack that wrote it, or name another database`,
      "named",
    );
  }
  if (version === MIGRATIONS.length) return;
  for (const { postgres, then } of MIGRATIONS.slice(version)) {
    await sql.all(postgres);
    if (then !== undefined) await runScript(sql, then());
  }
  await sql.all("DELETE FROM format");
  await sql.all("INSERT INTO format (version) VALUES (?)", MIGRATIONS.length);
}

/** What says that there is no server or no connection, rather than that a statement is wrong. */
const LOST_CODES = new Set([
  ...[
    "ECONNREFUSED",
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "ENOENT",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "EAI_AGAIN",
  ],
  ...["57P01", "57P02", "57P03"], // shut down, crashed, starting
  ...["53300", "40001", "40P01"], // too many connections; two transactions in each other's way
]);

/** A database, role or host that there is none of, or that may not do it; a server short of something; else ours. */
function troubleOf(error: unknown): Trouble {
  const { code, message } = error as { code?: unknown; message?: unknown };
  // The driver itself says it where a password is wanted and none is known.
  if (typeof message === "string" && message.includes("client password must be a string"))
    return "named";
  if (typeof code !== "string") return "ours";
  if (/^(28...|3D000|3F000|42501|ENOTFOUND|EACCES)$/.test(code)) return "named";
  return /^(53...|55P03|57014|58...)$/.test(code) ? "machine" : "ours";
}

function isLost(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isLost);
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === "string" && (LOST_CODES.has(code) || code.startsWith("08"))) return true;
  return (
    typeof message === "string" &&
    /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/.test(
      message,
    )
  );
}

function reasonOf(error: unknown): string {
  return error instanceof AggregateError
    ? (error.errors as Error[]).map(({ message }) => message).join(", ")
    : (error as Error).message;
}
