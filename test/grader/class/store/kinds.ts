/** The kinds of store that rules are tested on: an SQLite file, and a real PostgreSQL. */
import { join } from "node:path";
import Database from "libsql";
import { inFolder } from "../../sandbox/box.js";
import { PostgresServer } from "./postgresServer.js";

/** A kind of store: how an empty one is made and opened again, and how anybody's SQL gets to it. */
export interface Kind {
  readonly name: string;
  readonly prepare?: (context: Mocha.Context) => void;
  readonly remove?: () => void;
  readonly inNew: (use: (place: string) => Promise<void>) => Promise<void>;
  /** Runs a statement as somebody who has nothing to do with the pack. */
  readonly outside: (place: string, statement: string) => Promise<void>;
}

let server: PostgresServer;

const sqlite: Kind = {
  name: "SQLite",
  inNew: (use) => inFolder({}, (folder) => use(join(folder, "grades.sqlite"))),
  outside: async (place, statement) => {
    const db = new Database(place);
    try {
      db.exec(statement);
    } finally {
      db.close();
    }
  },
};

const postgres: Kind = {
  name: "PostgreSQL",
  prepare: (context) => {
    server = PostgresServer.startOrSkip(context);
  },
  remove: () => {
    server?.remove();
  },
  inNew: (use) => use(server.newDatabase()),
  outside: async (place, statement) => {
    const { default: pg } = await import("pg");
    const client = new pg.Client({ connectionString: place });
    await client.connect();
    try {
      await client.query(`SET search_path = unrolled; ${statement}`);
    } finally {
      await client.end();
    }
  },
};

/** All of them. */
export const KINDS: readonly Kind[] = [sqlite, postgres];
