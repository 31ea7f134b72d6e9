/**
 * The chain over the gradebook's history. Each row that is added gets an entry: a hash of what it says and a salt, and a
 * hash over that and the entry before. Who changes, takes out or puts in a row afterwards, or an entry, breaks it.
 *
 * It is no seal: who owns the database can make the whole chain anew. Its end, kept elsewhere, shows that too, and
 * that nothing was cut off at the end. The salt keeps an entry from being guessed back into a name after its
 * student is deleted, when the salt goes with the rows.
 */
import { createHash, randomBytes } from "node:crypto";
import type { Row, Sql } from "./sql.js";

/** The rows of one kind: their columns, and where they are, those with ids between two numbers. */
interface Kind {
  readonly columns: readonly string[];
  readonly rows: string;
  readonly greatest: string;
  /** What a row is in words. */
  readonly words: (row: Row) => string;
}

const VERDICT_COLUMNS = [
  ...["position", "exercise", "status", "passed", "total", "score", "points"],
  ...["place", "console", "verdict"],
];
/** Columns that came later, and what they hold where there was nothing yet: of that a verdict says nothing. */
const LATER_COLUMNS: readonly (readonly [column: string, empty: string])[] = [
  ["code", "[]"],
  ["behaviour", ""],
];

const about = ({ student, assignment }: Row): string => `${String(student)}, ${String(assignment)}`;

const KINDS = {
  attempt: {
    columns: [
      ...["student", "assignment", "number", "key", "graded_at", "seed", "pack_version"],
      ...["sandbox", "score", "max_score", "is_whole", "remarks"],
    ],
    rows: `SELECT a.id, s.name AS student, g.name AS assignment, a.number, a.key, a.graded_at, a.seed,
             a.pack_version, a.sandbox, a.score, a.max_score, a.is_whole, a.remarks
           FROM attempts a JOIN students s ON s.id = a.student JOIN assignments g ON g.id = a.assignment
           WHERE a.id BETWEEN ? AND ?`,
    greatest: "SELECT max(id) AS id FROM attempts",
    words: (row) => `attempt ${String(row["number"])} of ${about(row)}`,
  },
  content: {
    columns: ["hash"],
    rows: "SELECT attempt AS id, hash FROM attempt_contents WHERE attempt BETWEEN ? AND ?",
    greatest: "SELECT max(attempt) AS id FROM attempt_contents",
    words: ({ id }) => `what was handed in for attempt row ${String(id)}`,
  },
  decision: {
    columns: ["student", "assignment", "kind", "score", "text", "decided_by", "decided_at"],
    rows: "SELECT * FROM decisions WHERE id BETWEEN ? AND ?",
    greatest: "SELECT max(id) AS id FROM decisions",
    words: (row) => `the decision "${String(row["kind"])}" about ${about(row)}`,
  },
  submission: {
    columns: ["student", "assignment", "hash", "submitted_at"],
    rows: "SELECT * FROM submissions WHERE id BETWEEN ? AND ?",
    greatest: "SELECT max(id) AS id FROM submissions",
    words: (row) => `the time of a hand-in of ${about(row)}`,
  },
  deletion: {
    columns: ["positions", "deleted_by", "deleted_at"],
    rows: "SELECT * FROM deletions WHERE id BETWEEN ? AND ?",
    greatest: "SELECT max(id) AS id FROM deletions",
    words: ({ id }) => `deletion ${String(id)}`,
  },
} satisfies Record<string, Kind>;

/** What is entered. */
export type HistoryKind = keyof typeof KINDS;

/** How many rows are read at a time. */
const BATCH = 500;

/**
 * Enters a row, in the transaction that has added it.
 *
 * @param sql - of that transaction: of two, one waits here for the other
 * @param kind - which table it is in
 * @param id - the row's
 * @throws Error when there is no such row
 */
export async function enterHistory(sql: Sql, kind: HistoryKind, id: number): Promise<void> {
  const text = (await textsOf(sql, kind, id, id)).get(id)?.text;
  if (text === undefined) throw new Error(`history: there is no ${kind} ${id}`);
  const [end] = await sql.all(
    "UPDATE history_end SET position = position + 1 RETURNING position, hash",
  );
  const salt = randomBytes(16).toString("hex");
  const content = sha256(`${salt}\n${text}`);
  const entry = { position: Number(end!["position"]), kind, id, content };
  const hash = hashOf(String(end!["hash"]), entry);
  await sql.all(
    "INSERT INTO history (position, kind, id, salt, content, hash) VALUES (?, ?, ?, ?, ?, ?)",
    ...[entry.position, kind, id, salt, content, hash],
  );
  await sql.all("UPDATE history_end SET hash = ?", hash);
}

/** The hash of the last entry; empty where there is none. */
export async function historyEnd(sql: Sql): Promise<string> {
  const [end] = await sql.all("SELECT hash FROM history_end");
  return String(end?.["hash"] ?? "");
}

/** What came of looking through a history. */
export interface HistoryReport {
  readonly entries: number;
  /** The last entry's hash: whoever keeps it can show later that nothing before it has changed. */
  readonly end: string;
  /** Rows that are older than the chain, which it says nothing about. */
  readonly older: number;
  /** What was found, a line each; none where the history is as it was written. */
  readonly faults: readonly string[];
}

interface Entry {
  readonly position: number;
  readonly kind: string;
  readonly id: number;
  readonly salt: string;
  readonly content: string;
}

/**
 * Looks through the whole history.
 *
 * @param sql - the gradebook's database
 * @param known - the end that an earlier report told: must be part of the history
 * @returns what was found
 */
export async function checkHistory(sql: Sql, known?: string): Promise<HistoryReport> {
  const faults: string[] = [];
  const deleted = new Set(
    (await sql.all("SELECT positions FROM deletions")).flatMap(
      (row) => JSON.parse(String(row["positions"])) as readonly number[],
    ),
  );
  const entries = new Map<string, Entry>();
  let [position, hash, isKnown] = [0, "", known === undefined || known === ""];
  for (;;) {
    const rows = await sql.all(
      "SELECT * FROM history WHERE position > ? ORDER BY position LIMIT ?",
      ...[position, BATCH],
    );
    if (rows.length === 0) break;
    for (const row of rows) {
      const entry = entryOf(row);
      if (entry.position !== position + 1)
        faults.push(`entry ${position + 1} is missing: ${entry.position} follows ${position}`);
      if (hashOf(hash, entry) !== row["hash"])
        faults.push(`entry ${entry.position} does not follow from the one before: one was changed`);
      position = entry.position;
      hash = String(row["hash"]);
      isKnown ||= hash === known;
      // SQLite gives the id of a row that was deleted again.
      if (deleted.has(position)) continue;
      const name = `${entry.kind} ${entry.id}`;
      if (entries.has(name)) faults.push(`entry ${position} tells of ${name} again`);
      entries.set(name, entry);
    }
  }
  const [end] = await sql.all("SELECT position, hash FROM history_end");
  if (Number(end?.["position"]) !== position || end?.["hash"] !== hash)
    faults.push("the last entries are missing: the end is another than the last entry's");
  if (!isKnown) faults.push(`the end ${known} is not part of this history`);
  let older = 0;
  for (const kind of Object.keys(KINDS) as HistoryKind[])
    older += await checkRows(sql, kind, entries, faults);
  for (const { kind, id, position: at } of entries.values())
    faults.push(`${kind} ${id} is missing: entry ${at} tells of it`);
  return { entries: position, end: hash, older, faults };
}

/** Compares rows with their entries, which are taken out; how many rows are older than the history. */
async function checkRows(
  sql: Sql,
  kind: HistoryKind,
  entries: Map<string, Entry>,
  faults: string[],
): Promise<number> {
  const [before] = await sql.all("SELECT greatest FROM before_history WHERE kind = ?", kind);
  const [last] = await sql.all(KINDS[kind].greatest);
  const first = Number(before?.["greatest"] ?? 0);
  const greatest = Number(last?.["id"] ?? 0);
  let older = 0;
  for (let from = 1; from <= greatest; from += BATCH) {
    for (const [id, { text, words }] of await textsOf(sql, kind, from, from + BATCH - 1)) {
      const entry = entries.get(`${kind} ${id}`);
      entries.delete(`${kind} ${id}`);
      if (entry === undefined && id <= first) older++;
      else if (entry === undefined) faults.push(`${words} was put in past the history`);
      else if (sha256(`${entry.salt}\n${text}`) !== entry.content)
        faults.push(`${words} was changed after it was written`);
    }
  }
  return older;
}

/** What each row of a kind says, as the text that is hashed. */
async function textsOf(
  sql: Sql,
  kind: HistoryKind,
  from: number,
  to: number,
): Promise<ReadonlyMap<number, { readonly text: string; readonly words: string }>> {
  const { columns, rows, words }: Kind = KINDS[kind];
  const verdicts = new Map<number, string[][]>();
  if (kind === "attempt") {
    for (const row of await sql.all(
      `SELECT * FROM verdicts WHERE attempt BETWEEN ? AND ? ORDER BY attempt, position`,
      ...[from, to],
    )) {
      const attempt = Number(row["attempt"]);
      const later = LATER_COLUMNS.filter(([column, empty]) => row[column] !== empty);
      const said = valuesOf(row, [...VERDICT_COLUMNS, ...later.map(([column]) => column)]);
      verdicts.set(attempt, [...(verdicts.get(attempt) ?? []), said]);
    }
  }
  return new Map(
    (await sql.all(rows, from, to)).map((row) => {
      const id = Number(row["id"]);
      const said = [...valuesOf(row, columns), ...(verdicts.get(id) ?? [])];
      return [id, { text: JSON.stringify(said), words: words(row) }];
    }),
  );
}

/** Two databases give the same number in different types. */
function valuesOf(row: Row, columns: readonly string[]): string[] {
  return columns.map((column) => String(row[column]));
}

function entryOf(row: Row): Entry {
  const text = (column: string): string => String(row[column]);
  return {
    ...{ position: Number(row["position"]), kind: text("kind"), id: Number(row["id"]) },
    ...{ salt: text("salt"), content: text("content") },
  };
}

function hashOf(
  before: string,
  { position, kind, id, content }: Pick<Entry, "position" | "kind" | "id" | "content">,
): string {
  return sha256([before, position, kind, id, content].join("\n"));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
