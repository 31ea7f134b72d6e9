/** A character language model trained on the pack's first names to a stated test loss, in seconds. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { builtPeers, environment, peers, python, pythonMissing } from "./contestants.js";
import { writeNames } from "./names.js";
import type { Threads } from "./rows.js";
import { type Spread, spreadOf } from "./statistics.js";
import { aligned } from "./table.js";

/** What a contestant tells behind an epoch. */
export interface LearningProgress {
  /** Of training so far; tests are not counted. */
  readonly seconds: number;
  /** In nats a character. */
  readonly testLoss: number;
}

/** A contestant's training runs. */
export interface Learned {
  readonly contestant: string;
  readonly threads: Threads;
  /** Seconds to the stated test loss. */
  readonly spread: Spread;
  /** Behind each epoch of the last run. */
  readonly epochs: readonly LearningProgress[];
}

/** The whole measurement. */
export interface LanguageModelResult {
  readonly target: number;
  readonly learned: readonly Learned[];
  readonly leftOut: readonly string[];
}

interface Learner {
  readonly contestant: string;
  readonly threads: Threads;
  readonly argv: (task: string) => readonly string[];
}

const run = promisify(execFile);

/** Trains with every contestant in turns, `rounds` times. */
export async function measureLanguageModel(
  rounds: number,
  say: (progress: string) => void,
): Promise<LanguageModelResult> {
  const folder = mkdtempSync(join(tmpdir(), "unrolled-names-"));
  try {
    const task = await writeNames(join(folder, "names.raw"));
    const missing = pythonMissing();
    const learners = [...engines(), ...(missing === undefined ? pyTorches() : [])];
    const seconds = new Map<Learner, number[]>(learners.map((learner) => [learner, []]));
    const epochs = new Map<Learner, readonly LearningProgress[]>();
    for (let round = 1; round <= rounds; round++) {
      for (const learner of learners) {
        say(`${learner.contestant}, ${learner.threads} threads, round ${round}`);
        const [program, ...args] = learner.argv(JSON.stringify(task));
        const { stdout } = await run(program!, args, { env: environment(learner.threads) });
        const lines = stdout.trim().split("\n");
        const progress = lines.map((line) => JSON.parse(line) as LearningProgress);
        epochs.set(learner, progress);
        seconds.get(learner)!.push(progress.at(-1)!.seconds);
      }
    }
    return {
      target: task.target,
      learned: learners.map((learner) => ({
        contestant: learner.contestant,
        threads: learner.threads,
        spread: spreadOf(seconds.get(learner)!),
        epochs: epochs.get(learner)!,
      })),
      leftOut: missing === undefined ? [] : [`PyTorch: ${missing}`],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function engines(): Learner[] {
  return (["blas", "wasm"] as const).flatMap((path) =>
    ([1, 2] as const).map((threads) => ({
      contestant: `engine ${path}`,
      threads,
      argv: (task) => [
        process.execPath,
        ...[join(builtPeers, "engineNames.js"), path, `${threads}`, task],
      ],
    })),
  );
}

function pyTorches(): Learner[] {
  return (["trimmed", "packed"] as const).flatMap((variant) =>
    ([1, 2] as const).map((threads) => ({
      contestant: `PyTorch, ${variant}`,
      threads,
      argv: (task) => [python, join(peers, "torch_names.py"), `${threads}`, task, variant],
    })),
  );
}

/** The result as text. */
export function languageModelTable({ target, learned, leftOut }: LanguageModelResult): string {
  const lines = learned.map(({ contestant, threads, spread, epochs }) => [
    `  ${contestant}`,
    `${threads}`,
    spread.median.toFixed(2),
    `${spread.lowerQuartile.toFixed(2)} … ${spread.upperQuartile.toFixed(2)}`,
    `${epochs.length}`,
    epochs.at(-1)!.testLoss.toFixed(4),
  ]);
  const titles = ["  training", "threads", "seconds", "quartiles", "epochs", "test loss"];
  return [
    `A language model of first names (LSTM n_a 128, m 32, Adam) to ${target} nats a character`,
    aligned([titles, ...lines]),
    ...leftOut.map((line) => `left out: ${line}`),
  ].join("\n");
}
