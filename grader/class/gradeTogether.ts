/** Grades a class with all workers that reach the database; this process is one of them, and gathers what they made. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Exercise } from "../../exercises/exercise.js";
import { manifest } from "../../exercises/manifest.js";
import { type Begin, type ClassRun, gradeClass } from "./gradeClass.js";
import { GradeQueue, lostError, ownNeeds } from "./queue/queue.js";
import type { Graded } from "./result/graded.js";
import { Postgres } from "./store/postgres.js";
import { GradebookError, type GradeStore } from "./store/store.js";
import { type Work, work } from "./work.js";

/** How often it looks which hand-ins are graded. */
const LOOK_MS = 300;

/** A hand-in that was sent. */
interface Sent {
  readonly student: string;
  readonly assignment: string;
  readonly key: string;
  readonly done: (graded: Graded) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Grades a class as `gradeClass` does, with every worker that reaches the database.
 *
 * @param run - as for `gradeClass`; its workers may be 0, which leaves all grading to other machines
 * @param own - the teacher's own exercises, which every worker must have
 * @returns one grade a place
 * @throws what `gradeClass` throws, or GradebookError where the database is gone
 */
export async function gradeOnDatabase(
  address: string,
  run: ClassRun,
  own: readonly Exercise[],
): Promise<readonly Graded[]> {
  const { sandbox, packVersion, gradebook } = run;
  const database = await Postgres.open(address);
  try {
    const queue = await GradeQueue.open(database, {
      ...{ packVersion, sandbox: sandbox.kind },
      ...ownNeeds(own),
    });
    try {
      return await gradeTogether(
        { queue, sandbox, exercises: [...manifest, ...own], slots: run.workers },
        gradebook,
        (begin) => gradeClass({ ...run, begin }),
      );
    } finally {
      await queue.close().catch(() => undefined);
    }
  } finally {
    await database.close();
  }
}

/**
 * Runs what sends hand-ins to the queue, and works on it meanwhile.
 *
 * @param own - as for a worker; with no slots this process only sends and gathers
 * @param gradebook - where the workers' attempts come to be
 * @param use - is given what sends one
 * @returns what `use` returns
 * @throws what `use` throws, or what stops a worker
 */
async function gradeTogether<T>(
  own: Omit<Work, "signal">,
  gradebook: GradeStore,
  use: (begin: Begin) => Promise<T>,
): Promise<T> {
  const { queue } = own;
  const stop = new AbortController();
  const sent = new Map<string, Sent>();
  const begin: Begin = async (queued) => {
    const { student, assignment } = queued.handIn;
    const job = await queue.send(queued);
    let [done, failed]: [Sent["done"], Sent["failed"]] = [() => undefined, () => undefined];
    const graded = new Promise<Graded>((resolve, reject) => ([done, failed] = [resolve, reject]));
    sent.set(job, { student, assignment, key: queued.facts.key, done, failed });
    return { graded };
  };
  const ends = Promise.all([
    gather({ queue, gradebook, sent }, stop.signal),
    work({ ...own, signal: stop.signal }),
  ]);
  const failure = ends.then(() => new Promise<never>(() => undefined));
  try {
    return await Promise.race([use(begin), failure]);
  } finally {
    stop.abort();
    await ends.catch(() => undefined);
  }
}

/** Gives each hand-in that was sent its grade, as soon as it is there. */
async function gather(
  { queue, gradebook, sent }: { queue: GradeQueue; gradebook: GradeStore; sent: Map<string, Sent> },
  signal: AbortSignal,
): Promise<void> {
  const lost = new Map<string, string>();
  while (!signal.aborted) {
    const jobs = Array.from(sent.keys()); // before the look: what is sent later may not be seen by it
    const waiting = await queue.waiting();
    for (const [job, why] of await queue.lost()) {
      const one = sent.get(job);
      if (one === undefined) continue;
      lost.set(one.student, why);
      sent.delete(job);
    }
    for (const job of jobs.filter((job) => sent.has(job) && !waiting.has(job))) {
      const { student, assignment, key, done, failed } = sent.get(job)!;
      sent.delete(job);
      const kept = await gradebook.newest(student, assignment);
      if (kept?.key === key) done(kept.graded);
      else failed(otherError(student));
    }
    // Not before all others are graded: one hand-in does not stop the class.
    if (lost.size > 0 && sent.size === 0) throw lostError(lost);
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

function otherError(student: string): GradebookError {
  return new GradebookError(
    `grade: something else was graded for ${student} at the same time, by another run; give the same command again`,
  );
}
