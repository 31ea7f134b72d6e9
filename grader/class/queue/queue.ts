/**
 * Hand-ins that wait to be graded, in PostgreSQL, for any number of machines.
 *
 * `grade` puts each hand-in, read, into the table hand_ins and its job into a queue of pg-boss; workers take
 * jobs, grade, and write the attempt. What a worker takes and what it finishes is one transaction each:
 * killed in between, it leaves either a job that waits or an attempt that is there. A worker that holds
 * jobs keeps a lock as long as its connection lives; whoever is idle looks for jobs whose worker's lock
 * is gone, and gives them back to the queue at once, whatever time they would have had. The job of a hand-in has an
 * id that follows from what it is, and an attempt its number, so that sending or grading it again adds nothing.
 *
 * Jobs of another pack or sandbox are in another queue: a worker can't take by mistake what it
 * would grade differently.
 */
import { createHash, randomInt } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import type PgBoss from "pg-boss";
import type { PoolClient } from "pg";
import type { Case, Exercise } from "../../../exercises/exercise.js";
import type { FoundHandIn } from "../intake/foundHandIn.js";
import type { Solution } from "../intake/solution.js";
import type { Graded } from "../result/graded.js";
import { addAttempt } from "../store/gradebook.js";
import { optional, type Postgres, type PostgresSql } from "../store/postgres.js";
import { type AttemptFacts, GradebookError } from "../store/store.js";

/** What a worker is given. */
export interface QueuedHandIn {
  readonly handIn: FoundHandIn;
  readonly facts: AttemptFacts;
  /** What is graded, for how many points, and with which cases held back. */
  readonly exercises: readonly {
    readonly id: string;
    readonly points: number;
    readonly cases: readonly Case[];
  }[];
}

/** A hand-in that a worker has taken. */
export interface TakenHandIn extends QueuedHandIn {
  readonly job: string;
}

/** What grades: only machines with the same can share the work. */
export interface Needs {
  readonly packVersion: string;
  readonly sandbox: string;
  /** A hash over the teacher's own exercises, where there are some: they run on each machine, and are not sent. */
  readonly own?: string;
}

/**
 * What a machine needs to grade a teacher's own exercises.
 *
 * @param exercises - all of the course
 * @returns nothing where there are none
 */
export function ownNeeds(exercises: readonly Exercise[]): Pick<Needs, "own"> {
  if (exercises.length === 0) return {};
  const files = exercises.map(({ id, own }) => [id, own?.hash]).sort();
  const hash = createHash("sha256").update(JSON.stringify(files)).digest("hex");
  return { own: hash.slice(0, 16) };
}

/** A number, and the connection that holds its lock. */
interface Worker {
  readonly number: number;
  readonly client: PoolClient;
}

/** How often a hand-in is tried whose worker is lost each time. */
const RETRIES = 5;
/** After this time a job is given back although its worker lives: no hand-in takes nearly as long. */
const EXPIRY_SECONDS = 3600;
/** The first half of the key of each worker's lock, any number; the second is the worker's. */
const WORKER_LOCKS = 7_365_722;

/** Schema of pg-boss's tables. */
const SCHEMA = "unrolled_queue";

/** The queue of one pack's hand-ins in one sandbox. */
export class GradeQueue {
  /** What grades the hand-ins of this queue, in words. */
  readonly needs: string;
  private readonly name: string;
  private readonly database: Postgres;
  private readonly boss: PgBoss;
  private worker: Promise<Worker> | undefined;

  private constructor(database: Postgres, boss: PgBoss, { packVersion, sandbox, own }: Needs) {
    this.database = database;
    this.boss = boss;
    const withOwn = own === undefined ? "" : ` with own exercises ${own}`;
    this.needs = `pack ${packVersion} in ${sandbox}${withOwn}`;
    this.name = `grade-${packVersion}-${sandbox}${own === undefined ? "" : `-${own}`}`;
  }

  /**
   * Opens the queue, and makes its tables where there are none.
   *
   * @throws GradebookError when the database can't be reached or written
   */
  static async open(database: Postgres, needs: Needs): Promise<GradeQueue> {
    const Boss = (await optional("pg-boss", () => import("pg-boss"))).default;
    const boss = new Boss({
      db: { executeSql: (text, values) => database.raw(text, values) },
      ...{ schema: SCHEMA, schedule: false, maintenanceIntervalSeconds: 30 },
    });
    boss.on("error", () => undefined); // of its maintenance: the next statement of ours tells
    await boss.start();
    const queue = new GradeQueue(database, boss, needs);
    await boss.createQueue(queue.lostName);
    await boss.createQueue(queue.name, {
      ...{ name: queue.name, deadLetter: queue.lostName },
      ...{ retryLimit: RETRIES, retryDelay: 0, expireInSeconds: EXPIRY_SECONDS },
    });
    return queue;
  }

  /** Where jobs go that were tried too often. */
  private get lostName(): string {
    return `${this.name}-lost`;
  }

  /** Puts a hand-in in, unless it waits already, in the place of the same student's older one; the id of its job. */
  async send(queued: QueuedHandIn): Promise<string> {
    const { handIn, facts } = queued;
    const job = idOf([this.name, handIn.student, handIn.assignment, facts.key, facts.number]);
    await this.database.transaction(async (sql) => {
      const [row] = await sql.all("SELECT 1 AS found FROM hand_ins WHERE job = ? FOR UPDATE", job);
      const known = await this.boss.getJobById(this.name, job, {
        ...bossOn(sql),
        includeArchive: false,
      });
      const isAlive = known !== null && ["created", "retry", "active"].includes(known.state);
      if (row !== undefined && isAlive) return;
      // What waits of an older run, before the hand-in or the pack changed, must not be graded any more.
      await sql.all(
        "DELETE FROM hand_ins WHERE student = ? AND assignment = ? AND job <> ?",
        ...[handIn.student, handIn.assignment, job],
      );
      if (known !== null) await this.boss.deleteJob(this.name, job, bossOn(sql));
      await sql.all(
        `INSERT INTO hand_ins (job, student, assignment, needs, content) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (job) DO UPDATE SET worker = NULL`,
        ...[job, handIn.student, handIn.assignment, this.needs, packed(queued)],
      );
      await this.boss.send(this.name, { job }, { id: job, ...bossOn(sql) });
    });
    return job;
  }

  /** The next hand-in; undefined where none waits. */
  async take(): Promise<TakenHandIn | undefined> {
    const worker = await this.workerNumber();
    const content = await this.database.transaction(async (sql) => {
      const [job] = await this.boss.fetch<object>(this.name, bossOn(sql));
      if (job === undefined) return undefined;
      const [row] = await sql.all(
        "UPDATE hand_ins SET worker = ? WHERE job = ? RETURNING job, content",
        ...[worker, job.id],
      );
      if (row === undefined) await this.boss.complete(this.name, job.id, {}, bossOn(sql)); // it is graded
      return row;
    });
    if (content === undefined) return undefined;
    return { job: String(content["job"]), ...unpacked(content["content"] as Uint8Array) };
  }

  /** Writes the attempt and ends the job, together or not at all; nothing where another worker was quicker. */
  async finish({ job, facts }: TakenHandIn, graded: Graded): Promise<void> {
    await this.database.transaction(async (sql) => {
      const [row] = await sql.all("DELETE FROM hand_ins WHERE job = ? RETURNING job", job);
      if (row === undefined) return;
      await this.boss.complete(this.name, job, {}, bossOn(sql));
      await addAttempt(sql, graded, facts);
    });
  }

  /** Gives a hand-in back that could not be graded here; after some tries it is lost. */
  async giveBack({ job }: TakenHandIn, why: string): Promise<void> {
    await this.database.transaction(async (sql) => {
      await sql.all("UPDATE hand_ins SET worker = NULL WHERE job = ?", job);
      await this.boss.fail(this.name, job, { message: why }, bossOn(sql));
    });
  }

  /** Gives back the hand-ins of workers that are gone. */
  async rescue(): Promise<void> {
    const rows = await this.database.all(
      `SELECT job, worker FROM hand_ins WHERE needs = ? AND worker IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM pg_locks
         WHERE locktype = 'advisory' AND classid = ${WORKER_LOCKS} AND objid = worker::oid AND granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
       )`,
      this.needs,
    );
    for (const { job, worker } of rows) {
      await this.database.transaction(async (sql) => {
        const [row] = await sql.all(
          "UPDATE hand_ins SET worker = NULL WHERE job = ? AND worker = ? RETURNING job",
          ...[String(job), Number(worker)],
        );
        const why = { message: "the worker that graded it was lost" };
        if (row !== undefined) await this.boss.fail(this.name, String(job), why, bossOn(sql));
      });
    }
  }

  /** The jobs that are not done yet. */
  async waiting(): Promise<ReadonlySet<string>> {
    const rows = await this.database.all("SELECT job FROM hand_ins WHERE needs = ?", this.needs);
    return new Set(rows.map(({ job }) => String(job)));
  }

  /** The jobs that were tried too often, each told once, and why. */
  async lost(): Promise<ReadonlyMap<string, string>> {
    const letters = await this.database.transaction(async (sql) => {
      const options = { ...bossOn(sql), includeMetadata: true as const, batchSize: 100 };
      const found = await this.boss.fetch<{ job: string }>(this.lostName, options);
      for (const { id, data } of found) {
        await sql.all("DELETE FROM hand_ins WHERE job = ?", data.job);
        await this.boss.complete(this.lostName, id, {}, bossOn(sql));
      }
      return found;
    });
    return new Map(
      letters.map(({ data, output }) => {
        const { message } = (output ?? {}) as { message?: unknown };
        return [data.job, typeof message === "string" ? message : "for an unknown reason"];
      }),
    );
  }

  /** What others' hand-ins need, where none wait that this machine could grade. */
  async foreignNeeds(): Promise<string | undefined> {
    const rows = await this.database.all("SELECT DISTINCT needs FROM hand_ins");
    const needs = rows.map((row) => String(row["needs"]));
    return needs.includes(this.needs) ? undefined : needs[0];
  }

  async close(): Promise<void> {
    await this.boss.stop({ graceful: false });
    (await this.worker)?.client.release(true);
    this.worker = undefined;
  }

  /** This worker's number: others see its lock as long as the connection lives. */
  private async workerNumber(): Promise<number> {
    this.worker ??= this.becomeWorker();
    try {
      return (await this.worker).number;
    } catch (error) {
      this.worker = undefined;
      throw error;
    }
  }

  private async becomeWorker(): Promise<Worker> {
    const number = randomInt(1, 2 ** 31);
    const client = await this.database.keep(async (sql) => {
      await sql.all(`SELECT pg_advisory_lock(${WORKER_LOCKS}, ?)`, number);
    });
    client.on("error", () => {
      client.release(true);
      this.worker = undefined; // the next hand-in is taken under a new one
    });
    return { number, client };
  }
}

/** What runs in a transaction of ours; `complete` and `fail` take it as their fourth argument only, whatever their types say. */
function bossOn(sql: PostgresSql): { readonly db: PgBoss.Db } {
  return { db: { executeSql: (text, values) => sql.raw(text, values) } };
}

/** A UUID that follows from these parts. */
function idOf(parts: readonly unknown[]): string {
  const hex = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
}

function packed({ handIn, ...rest }: QueuedHandIn): Uint8Array {
  const solutions = Array.from(handIn.solutions.values());
  return gzipSync(JSON.stringify({ handIn: { ...handIn, solutions }, ...rest }));
}

function unpacked(content: Uint8Array): QueuedHandIn {
  const { handIn, ...rest } = JSON.parse(gunzipSync(content).toString()) as Omit<
    QueuedHandIn,
    "handIn"
  > & {
    handIn: Omit<FoundHandIn, "solutions"> & { solutions: readonly Solution[] };
  };
  const solutions = new Map(handIn.solutions.map((one) => [one.exercise, one]));
  return { handIn: { ...handIn, solutions }, ...rest };
}

/** What a run says of hand-ins that no worker could grade. */
export function lostError(lost: ReadonlyMap<string, string>): GradebookError {
  const words = Array.from(lost, ([student, why]) => `${student} (${why})`).join(", ");
  return new GradebookError(
    `grade: not graded, although tried ${RETRIES + 1} times: ${words}; all others are; give the same command again`,
    "ours",
  );
}
