/** Runs and workers that are killed at random moments, and what is in the gradebook afterwards. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inPack } from "#common/pack-root";
import Database from "libsql";
import { isPostgres } from "../../../grader/class/store/postgres.js";
import type { Sandbox } from "../../../grader/sandbox/sandbox.js";
import { gradeForTest, RIGHT } from "./gradeForTest.js";

/** A class of so many students, of every kind: right, wrong, failing, empty. */
export function writeClass(folder: string, students: number): void {
  const texts = [
    ...[RIGHT, RIGHT.replace("add(x_t)", "sub(x_t)"), RIGHT.replace("let previous", "let another")],
    ...["", `console.log("I was here");\n${RIGHT}`],
  ];
  for (let student = 1; student <= students; student++) {
    const home = join(folder, `student-${student}`);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "leakySum.ts"), `${texts[student % texts.length]!}// ${student}\n`);
  }
}

/** All that is in a gradebook but the ids and the times, in one order. */
export async function contentOf(place: string): Promise<readonly string[]> {
  const statement = `
    SELECT s.name AS student, g.name AS assignment, g.seed AS of_assignment, number, key, a.seed, pack_version, sandbox,
      a.score AS of_all, max_score, is_whole, remarks,
      position, exercise, status, passed, total, v.score, points, place, console, verdict
    FROM attempts a JOIN students s ON s.id = a.student JOIN assignments g ON g.id = a.assignment
    LEFT JOIN verdicts v ON v.attempt = a.id`;
  const rows = await (isPostgres(place)
    ? fromPostgres(place, statement)
    : fromSqlite(place, statement));
  return rows
    .map((row) =>
      JSON.stringify(Object.entries(row).map(([name, value]) => `${name} ${String(value)}`)),
    )
    .sort();
}

function fromSqlite(place: string, statement: string): Promise<readonly object[]> {
  const db = new Database(place);
  try {
    return Promise.resolve(db.prepare(statement).all() as object[]);
  } finally {
    db.close();
  }
}

async function fromPostgres(place: string, statement: string): Promise<readonly object[]> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: place });
  await client.connect();
  try {
    await client.query("SET search_path = unrolled");
    return (await client.query<object>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** One run of `grade`, in a process of its own. */
function begin(...args: readonly string[]): {
  child: ChildProcess;
  ready: Promise<void>;
  end: Promise<number | null>;
} {
  const child = spawn(
    process.execPath,
    [inPack("dist/test/grader/class/gradeForTest.js"), ...args],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ready = new Promise<void>((resolve) => {
    child.stdout!.once("data", () => {
      resolve();
    });
  });
  const end = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, ready: Promise.race([ready, end.then(() => undefined)]), end };
}

/** What kills were like. */
export interface Kills {
  /** What each gradebook held in the end. */
  readonly contents: readonly (readonly string[])[];
  /** How many hand-ins were there at each kill. */
  readonly moments: readonly number[];
}

/**
 * Runs `grade` once undisturbed; then kills it so often, at random moments of the time which that took, and gives the
 * same command again. Where a run ends before its kill, it begins with another gradebook.
 */
export async function killGrade(
  folder: string,
  newPlace: () => string,
  kills: number,
): Promise<Kills> {
  const contents: (readonly string[])[] = [];
  const moments: number[] = [];
  let place = newPlace();
  const toItsEnd = async (): Promise<void> => {
    const code = await begin("grade", folder, place).end;
    if (code !== 0) throw new Error(`grade ended with ${code}`);
    contents.push(await contentOf(place));
    place = newPlace();
  };
  const start = performance.now();
  await toItsEnd();
  const took = performance.now() - start;
  while (moments.length < kills) {
    const { child, end } = begin("grade", folder, place);
    const isOver = await Promise.race([
      sleep(Math.random() * took).then(() => false),
      end.then(() => true),
    ]);
    child.kill("SIGKILL");
    await end;
    if (isOver) await toItsEnd();
    else moments.push(await handInsIn(place));
  }
  await toItsEnd();
  return { contents, moments };
}

/** How many hand-ins are there, in a gradebook that may not be one yet. */
function handInsIn(place: string): Promise<number> {
  return contentOf(place).then(
    ({ length }) => length,
    () => 0,
  );
}

/**
 * Grades a class by workers alone: first by one that nobody disturbs; then they are killed so often, at random moments of the time
 * that it took, and others come.
 */
export async function killWorkers(
  folder: string,
  newAddress: () => string,
  { kills, sandbox }: { kills: number; sandbox: Sandbox },
): Promise<Kills> {
  const contents: (readonly string[])[] = [];
  const moments: number[] = [];
  let took = Infinity;
  do {
    const address = newAddress();
    let isOver = false;
    const grading = gradeForTest(folder, address, sandbox, { workers: 0 }).finally(
      () => (isOver = true),
    );
    const isUndisturbed = took === Infinity;
    while (!isOver) {
      const { child, ready, end } = begin("worker", address);
      await ready;
      const start = performance.now();
      const stays = isUndisturbed || moments.length >= kills;
      await Promise.race([
        stays ? new Promise(() => undefined) : sleep(Math.random() * took),
        grading.catch(() => undefined),
        end,
      ]);
      if (isUndisturbed) took = performance.now() - start;
      else if (!isOver && child.exitCode === null) moments.push(await handInsIn(address));
      child.kill("SIGKILL");
      await end;
    }
    await grading;
    contents.push(await contentOf(address));
  } while (moments.length < kills);
  return { contents, moments };
}
