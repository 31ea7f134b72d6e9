/** Takes hand-ins out of the queue and grades them: in `grade` itself, and on other machines (`unrolled worker`). */
import { setTimeout as sleep } from "node:timers/promises";
import type { Exercise } from "../../exercises/exercise.js";
import type { Sandbox } from "../sandbox/sandbox.js";
import { gradeHandIn } from "./gradeHandIn.js";
import { withHeldBack } from "./course/ownCases.js";
import { AssignmentInputs } from "./inputs.js";
import type { GradeQueue, QueuedHandIn, TakenHandIn } from "./queue/queue.js";
import type { Graded } from "./result/graded.js";

/** What a worker needs. */
export interface Work {
  readonly queue: GradeQueue;
  readonly sandbox: Sandbox;
  /** All exercises that the pack has, and the teacher's own. */
  readonly exercises: readonly Exercise[];
  /** How many hand-ins are graded at the same time. */
  readonly slots: number;
  /** Ends the work, after the hand-ins that are being graded. */
  readonly signal: AbortSignal;
  /** Called after each hand-in. */
  readonly onGraded?: (graded: Graded) => void;
  /** Called when nothing waits. */
  readonly onIdle?: () => Promise<void>;
}

/** How long a worker that finds nothing waits before it looks again, and before it looks for lost workers. */
const IDLE_MS = 300;
const RESCUE_MS = 2_000;

/**
 * Grades what waits in the queue until it is told to stop.
 *
 * @throws what keeps the sandbox from starting a box, after giving the hand-in back; GradebookError when the database is gone
 */
export async function work(work: Work): Promise<void> {
  const { queue, sandbox, slots, signal, onGraded, onIdle } = work;
  const kept = new KeptInputs(work.exercises);
  const failed = new AbortController();
  const isOver = (): boolean => signal.aborted || failed.signal.aborted;
  let lookedAt = 0;
  const slot = async (): Promise<void> => {
    while (!isOver()) {
      const taken = await queue.take();
      if (taken === undefined) {
        await onIdle?.();
        if (performance.now() - lookedAt > RESCUE_MS) {
          lookedAt = performance.now();
          await queue.rescue();
        }
        await pause(IDLE_MS, signal);
        continue;
      }
      const graded = await gradeTaken(taken, { queue, sandbox, kept });
      await queue.finish(taken, graded);
      onGraded?.(graded);
    }
  };
  await Promise.all(
    Array.from({ length: slots }, async () => {
      try {
        await slot();
      } catch (error) {
        failed.abort();
        throw error;
      }
    }),
  );
}

async function gradeTaken(
  taken: TakenHandIn,
  { queue, sandbox, kept }: { queue: GradeQueue; sandbox: Sandbox; kept: KeptInputs },
): Promise<Graded> {
  try {
    const { seed } = taken.facts;
    return await gradeHandIn(taken.handIn, { sandbox, seed, ...kept.of(taken) });
  } catch (error) {
    await queue.giveBack(taken, (error as Error).message);
    throw error;
  }
}

/** Waits, but not longer than until the signal. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // It was told to stop.
  }
}

/** Exercises and inputs from one hand-in to the next: those of an assignment are the same. */
class KeptInputs {
  private readonly pack: ReadonlyMap<string, Exercise>;
  private readonly exercises = new Map<string, readonly Exercise[]>();
  private readonly inputs = new Map<number, AssignmentInputs>();

  constructor(exercises: readonly Exercise[]) {
    this.pack = new Map(exercises.map((one) => [one.id, one]));
  }

  of({ exercises: wanted, facts }: QueuedHandIn): {
    readonly exercises: readonly Exercise[];
    readonly inputs: AssignmentInputs;
  } {
    const key = JSON.stringify(wanted);
    const exercises =
      this.exercises.get(key) ??
      wanted.map(({ id, points, cases }) => {
        const own = this.pack.get(id);
        if (own === undefined)
          throw new Error(
            `worker: this pack has no exercise ${id}; it is not the pack that sent it`,
          );
        return withHeldBack({ ...own, points }, cases);
      });
    this.exercises.set(key, exercises);
    const inputs = this.inputs.get(facts.seed) ?? new AssignmentInputs(facts.seed);
    this.inputs.set(facts.seed, inputs);
    return { exercises, inputs };
  }
}
