/** The rows: forward, loss, BPTT and all gradients, all contestants in turns. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Contestant } from "./contestants.js";
import { cpuTimes, othersShare } from "./machine.js";
import { Peer } from "./peer.js";
import { writeProblem } from "./workload.js";
import type { About, BurstAnswer } from "./protocol.js";
import type { Row, Threads } from "./rows.js";
import { type Spread, spreadOf } from "./statistics.js";

/** How long to measure. */
export interface Effort {
  /** In each round every contestant has a burst, one after the other. */
  readonly rounds: number;
  /** Of a burst, at least, where they don't take longer than `mostMilliseconds`. */
  readonly repetitions: number;
  readonly milliseconds: number;
  readonly mostMilliseconds: number;
  /** Before a burst, in milliseconds; before the first one more, for compilers. */
  readonly warmUp: number;
  readonly firstWarmUp: number;
}

/** What a contestant took for a row, in one of its ways. */
export interface Measured extends Spread, About {
  readonly contestant: string;
  readonly variant: string;
  readonly loss: number;
  readonly gradientNorm: number;
  /** Whether it computes the library's function, so that the two above must be the others'. */
  readonly agrees: boolean;
}

/** A row at a number of threads. */
export interface MeasuredRow {
  readonly row: Row;
  readonly threads: Threads;
  readonly measured: readonly Measured[];
  /** The share of the processors' time that other programs took, where the system tells it. */
  readonly othersShare: number | undefined;
}

/** All rows, and what must be known about the run. */
export interface MeasuredRows {
  readonly rows: readonly MeasuredRow[];
  /** By contestant. */
  readonly versions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What was left out, and why: a line each. */
  readonly leftOut: readonly string[];
}

/**
 * Measures rows.
 *
 * @param say - told what is being done, a line each time
 */
export async function measureRows(
  rows: readonly Row[],
  contestants: readonly Contestant[],
  effort: Effort,
  say: (progress: string) => void,
): Promise<MeasuredRows> {
  const folder = mkdtempSync(join(tmpdir(), "unrolled-bench-"));
  const leftOut = new Set<string>();
  const versions: Record<string, Readonly<Record<string, string>>> = {};
  const measured: MeasuredRow[] = [];
  try {
    for (const row of rows) writeProblem(row.configuration, fileOf(folder, row));
    for (const threads of [1, 2] as const) {
      const wanted = rows.filter((row) => row.threads.includes(threads));
      if (wanted.length === 0) continue;
      const peers = await startAll(contestants, threads, leftOut);
      try {
        for (const [contestant, peer] of peers) versions[contestant.name] = peer.versions;
        for (const row of wanted) {
          say(`${row.name}, ${threads} thread${threads > 1 ? "s" : ""}`);
          measured.push(
            await measureRow(row, fileOf(folder, row), threads, peers, effort, leftOut),
          );
        }
      } finally {
        for (const peer of peers.values()) peer.close();
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const order = (one: MeasuredRow): number => rows.indexOf(one.row) + one.threads / 10;
  return {
    rows: measured.toSorted((a, b) => order(a) - order(b)),
    versions,
    leftOut: [...leftOut],
  };
}

function fileOf(folder: string, row: Row): string {
  return join(folder, `${row.name}.raw`);
}

async function startAll(
  contestants: readonly Contestant[],
  threads: Threads,
  leftOut: Set<string>,
): Promise<Map<Contestant, Peer>> {
  const peers = new Map<Contestant, Peer>();
  for (const contestant of contestants) {
    const missing = contestant.missing();
    if (missing === undefined) {
      try {
        peers.set(contestant, await Peer.start(contestant, threads));
      } catch (error) {
        leftOut.add(`${contestant.name}: ${(error as Error).message}`);
      }
    } else leftOut.add(`${contestant.name}: ${missing}`);
  }
  return peers;
}

/** One way of one contestant, and what its bursts have brought so far. */
interface Entry {
  readonly contestant: Contestant;
  readonly peer: Peer;
  readonly variant: string;
  readonly answers: BurstAnswer[];
  /** What the first round, which only compiles and warms up, brought. */
  first?: BurstAnswer;
}

async function measureRow(
  row: Row,
  file: string,
  threads: Threads,
  peers: ReadonlyMap<Contestant, Peer>,
  effort: Effort,
  leftOut: Set<string>,
): Promise<MeasuredRow> {
  const { configuration } = row;
  let entries = [...peers].flatMap(([contestant, peer]): Entry[] =>
    contestant
      .variants(row, threads)
      .map((variant) => ({ contestant, peer, variant, answers: [] })),
  );
  const pids = [process.pid, ...[...peers.values()].map((peer) => peer.pid)];
  const { repetitions, milliseconds, mostMilliseconds } = effort;
  let before = cpuTimes(pids);
  for (let round = 0; round <= effort.rounds; round++) {
    if (round === 1) before = cpuTimes(pids);
    for (const entry of entries) {
      const { contestant, peer, variant, answers, first } = entry;
      const slow = first !== undefined && first.milliseconds[0]! > mostMilliseconds;
      if (slow && round % 2 === 0) continue; // seconds a repetition: half as many do
      const request =
        round === 0
          ? { warmUp: effort.firstWarmUp, repetitions: 1, milliseconds: 0, check: true }
          : { warmUp: slow ? 0 : effort.warmUp, repetitions, milliseconds, check: false };
      try {
        const problem = { configuration, file, variant, mostMilliseconds };
        const answer = await peer.burst({ ...problem, ...request });
        if (round === 0) entry.first = answer;
        else answers.push(answer);
      } catch (error) {
        leftOut.add(`${contestant.name}, ${variant}: ${(error as Error).message}`);
        entries = entries.filter((other) => other !== entry);
      }
    }
  }
  const after = cpuTimes(pids);
  return {
    row,
    threads,
    measured: entries.map(({ contestant, variant, answers, first }) => {
      const { milliseconds: _, ...last } = answers.at(-1)!;
      return {
        ...last,
        ...spreadOf(answers.flatMap((answer) => answer.milliseconds)),
        gradientNorm: first!.gradientNorm!,
        contestant: contestant.name,
        variant,
        agrees: contestant.agrees(configuration, variant),
      };
    }),
    othersShare: before && after && othersShare(before, after),
  };
}
