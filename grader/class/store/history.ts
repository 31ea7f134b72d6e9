/**
 * The chain over the gradebook's history. Each row that is added gets an entry: a hash of what it says and a salt, and a
 * hash over that and the entry before. Who changes, takes out or puts in a row afterwards, or an entry, breaks it.
 * Rows that are older than the chain are entered when it begins, and how many they were is an entry too: nothing
 * counts as older afterwards. An assignment's seed may be set again, which is entered again: the newest entry counts.
 *
 * It is no seal: who owns the database can make the whole chain anew. Its end, kept elsewhere, shows that too, and
 * that nothing was cut off at the end. The salt keeps an entry from being guessed back into a name after its
 * student is deleted, when the salt goes with the rows.
 */
import { createHash, randomBytes } from "node:crypto";
import { type Row, runScript, type Script, type Sql } from "./sql.js";

/** The rows of one kind: their columns, and where they are, those with ids between two numbers, and all ids. */
interface Kind {
  readonly columns: readonly string[];
  readonly rows: string;
  readonly ids: string;
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
    ids: "SELECT id FROM attempts ORDER BY id",
    words: (row) => `attempt ${String(row["number"])} of ${about(row)}`,
  },
  content: {
    columns: ["hash"],
    rows: "SELECT attempt AS id, hash FROM attempt_contents WHERE attempt BETWEEN ? AND ?",
    ids: "SELECT attempt AS id FROM attempt_contents ORDER BY attempt",
    words: ({ id }) => `what was handed in for attempt row ${String(id)}`,
  },
  decision: {
    columns: ["student", "assignment", "kind", "score", "text", "decided_by", "decided_at"],
    rows: "SELECT * FROM decisions WHERE id BETWEEN ? AND ?",
    ids: "SELECT id FROM decisions ORDER BY id",
    words: (row) => `the decision "${String(row["kind"])}" about ${about(row)}`,
  },
  submission: {
    columns: ["student", "assignment", "hash", "submitted_at"],
    rows: "SELECT * FROM submissions WHERE id BETWEEN ? AND ?",
    ids: "SELECT id FROM submissions ORDER BY id",
    words: (row) => `the time of a hand-in of ${about(row)}`,
  },
  deletion: {
    columns: ["positions", "deleted_by", "deleted_at"],
    rows: "SELECT * FROM deletions WHERE id BETWEEN ? AND ?",
    ids: "SELECT id FROM deletions ORDER BY id",
    words: ({ id }) => `deletion ${String(id)}`,
  },
  assignment: {
    columns: ["name", "seed"],
    rows: "SELECT * FROM assignments WHERE id BETWEEN ? AND ?",
    ids: "SELECT id FROM assignments ORDER BY id",
    words: ({ name }) => `the assignment ${String(name)} with its seed`,
  },
  beginning: {
    columns: ["rows_there", "began_at"],
    rows: "SELECT * FROM beginnings WHERE id BETWEEN ? AND ?",
    ids: "SELECT id FROM beginnings ORDER BY id",
    words: () => "how many rows were there when the history began",
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
  await runScript(sql, entering(kind, [id]));
}

/**
 * Begins the history, as a step of the migrations: enters how many rows are there already, then each of them. A
 * gradebook whose history began before this step has entries for all but the oldest, which are known by
 * their greatest number; what lies past it without an entry was put in from outside, and stays without one.
 */
export function* beginHistory(): Script<void> {
  const older = new Map<HistoryKind, number[]>();
  for (const kind of Object.keys(KINDS) as HistoryKind[]) {
    const [before] = yield ["SELECT greatest FROM before_history WHERE kind = ?", kind];
    const greatest = kind === "assignment" ? Infinity : Number(before?.["greatest"] ?? 0);
    const entered = new Set(
      (yield ["SELECT id FROM history WHERE kind = ?", kind]).map(({ id }) => Number(id)),
    );
    const ids = (yield [KINDS[kind].ids]).map(({ id }) => Number(id));
    older.set(
      kind,
      ids.filter((id) => id <= greatest && !entered.has(id)),
    );
  }
  const there = Object.fromEntries([...older].map(([kind, { length }]) => [kind, length]));
  const [row] = yield [
    "INSERT INTO beginnings (rows_there, began_at) VALUES (?, ?) RETURNING id",
    ...[JSON.stringify(there), new Date().toISOString()],
  ];
  yield* entering("beginning", [Number(row!["id"])]);
  for (const [kind, ids] of older) yield* entering(kind, ids);
  yield ["DROP TABLE before_history"];
}

/** Enters rows of a kind; their ids in order. */
function* entering(kind: HistoryKind, ids: readonly number[]): Script<void> {
  if (ids.length === 0) return;
  // The write comes first: of two transactions, one waits here for the other.
  const [end] = yield ["UPDATE history_end SET position = position RETURNING position, hash"];
  let [position, hash] = [Number(end!["position"]), String(end!["hash"])];
  for (let from = 0; from < ids.length; from += BATCH) {
    const some = ids.slice(from, from + BATCH);
    const texts = yield* textsOf(kind, some[0]!, some.at(-1)!);
    for (const id of some) {
      const text = texts.get(id)?.text;
      if (text === undefined) throw new Error(`history: there is no ${kind} ${id}`);
      const salt = randomBytes(16).toString("hex");
      const content = sha256(`${salt}\n${text}`);
      hash = hashOf(hash, { position: ++position, kind, id, content });
      yield [
        "INSERT INTO history (position, kind, id, salt, content, hash) VALUES (?, ?, ?, ?, ?, ?)",
        ...[position, kind, id, salt, content, hash],
      ];
    }
  }
  yield ["UPDATE history_end SET position = ?, hash = ?", position, hash];
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
  /** How many rows were there when the history began: what they were before that, it can't say. */
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
      if (entries.has(name) && entry.kind !== "assignment")
        faults.push(`entry ${position} tells of ${name} again`);
      entries.set(name, entry);
    }
  }
  const [end] = await sql.all("SELECT position, hash FROM history_end");
  if (Number(end?.["position"]) !== position || end?.["hash"] !== hash)
    faults.push("the last entries are missing: the end is another than the last entry's");
  if (!isKnown) faults.push(`the end ${known} is not part of this history`);
  // Looked at before the rows are, which takes their entries out.
  if (![...entries.values()].some(({ kind }) => kind === "beginning"))
    faults.push("no entry tells how the history began");
  for (const kind of Object.keys(KINDS) as HistoryKind[])
    await checkRows(sql, kind, entries, faults);
  for (const { kind, id, position: at } of entries.values())
    faults.push(`${kind} ${id} is missing: entry ${at} tells of it`);
  return { entries: position, end: hash, older: await olderRows(sql), faults };
}

/** How many rows the history's beginning counted; of one that was changed, which is a fault, none. */
async function olderRows(sql: Sql): Promise<number> {
  let sum = 0;
  for (const row of await sql.all("SELECT rows_there FROM beginnings")) {
    try {
      const counts = JSON.parse(String(row["rows_there"])) as Record<string, number>;
      for (const count of Object.values(counts)) sum += Number(count);
    } catch {
      continue;
    }
  }
  return sum;
}

/** Compares rows with their entries, which are taken out. */
async function checkRows(
  sql: Sql,
  kind: HistoryKind,
  entries: Map<string, Entry>,
  faults: string[],
): Promise<void> {
  const ids = (await sql.all(KINDS[kind].ids)).map(({ id }) => Number(id));
  for (let from = 0; from < ids.length; from += BATCH) {
    const some = ids.slice(from, from + BATCH);
    const texts = await runScript(sql, textsOf(kind, some[0]!, some.at(-1)!));
    for (const [id, { text, words }] of texts) {
      const entry = entries.get(`${kind} ${id}`);
      entries.delete(`${kind} ${id}`);
      if (entry === undefined) faults.push(`${words} was put in past the history`);
      else if (sha256(`${entry.salt}\n${text}`) !== entry.content)
        faults.push(`${words} was changed after it was written`);
    }
  }
}

/** What each row of a kind says, as the text that is hashed. */
function* textsOf(
  kind: HistoryKind,
  from: number,
  to: number,
): Script<ReadonlyMap<number, { readonly text: string; readonly words: string }>> {
  const { columns, rows, words }: Kind = KINDS[kind];
  const verdicts = new Map<number, string[][]>();
  if (kind === "attempt") {
    for (const row of yield [
      `SELECT * FROM verdicts WHERE attempt BETWEEN ? AND ? ORDER BY attempt, position`,
      ...[from, to],
    ]) {
      const attempt = Number(row["attempt"]);
      const later = LATER_COLUMNS.filter(([column, empty]) => row[column] !== empty);
      const said = valuesOf(row, [...VERDICT_COLUMNS, ...later.map(([column]) => column)]);
      verdicts.set(attempt, [...(verdicts.get(attempt) ?? []), said]);
    }
  }
  return new Map(
    (yield [rows, from, to]).map((row) => {
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
