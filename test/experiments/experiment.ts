/**
 * An experiment: many trainings, one a job, whose results a lesson or a test shows. Each result is written down as
 * soon as it is there, so that a run that was stopped goes on where it was; the last one writes the file that is kept.
 */
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { writeFormatted } from "../formatted.js";

/** One training. */
export interface Job<R> {
  /** Such as "LSTM, seed 3"; no two of an experiment are the same. */
  readonly name: string;
  /** Its result is JSON. */
  readonly run: () => R | Promise<R>;
}

/**
 * A job for each model and each seed from 1, model by model.
 *
 * @param models - by their names
 * @param seeds - how many seeds
 * @param run - one training
 * @returns the jobs, in the order that {@link byModel} takes apart
 */
export function overSeeds<M extends { readonly name: string }, R>(
  models: readonly M[],
  seeds: number,
  run: (model: M, seed: number) => R | Promise<R>,
): readonly Job<R>[] {
  return models.flatMap((model) =>
    Array.from({ length: seeds }, (_, k) => ({
      name: `${model.name}, seed ${k + 1}`,
      run: () => run(model, k + 1),
    })),
  );
}

/**
 * The results of {@link overSeeds}' jobs, model by model.
 *
 * @param results - in the jobs' order
 * @param seeds - how many seeds
 * @returns for each model the results of seed 1, 2, …
 */
export function byModel<R>(results: readonly R[], seeds: number): readonly (readonly R[])[] {
  return Array.from({ length: results.length / seeds }, (_, k) =>
    results.slice(k * seeds, (k + 1) * seeds),
  );
}

/** When and on what it was measured, and with which settings. */
export interface Provenance {
  readonly command: string;
  readonly date: string;
  readonly node: string;
  readonly settings: object;
}

/** What is measured, and where it is kept. */
export interface Experiment<R> {
  readonly name: string;
  /** What it trains, and about how long. */
  readonly about: string;
  /** All that the results depend on: with other settings nothing that was written down counts. */
  readonly settings: object;
  readonly jobs: readonly Job<R>[];
  /** The file that is kept, a path in the pack, and its text, from the results in the jobs' order. */
  readonly kept: (
    results: readonly R[],
    provenance: Provenance,
  ) => { readonly file: readonly string[]; readonly text: string };
}

/** What {@link runExperiment} may be told. */
export interface RunOptions {
  /** Where results are written down until the last is there; dist/experiments unless said. */
  readonly folder?: string;
  readonly tell?: (line: string) => void;
  /** Writes what is kept; formatted into the pack unless said. */
  readonly write?: (file: readonly string[], text: string) => Promise<void> | void;
}

/**
 * Runs the jobs that have no result yet, one after the other, and keeps all results when the last is there.
 *
 * @param experiment - what is run
 * @param options - where unfinished results stand, who is told, and what writes
 */
export async function runExperiment<R>(
  experiment: Experiment<R>,
  options: RunOptions = {},
): Promise<void> {
  const { folder = inPack("dist", "experiments"), tell = console.log } = options;
  const { write = (file, text) => writeFormatted(inPack(...file), text) } = options;
  const { name, jobs } = experiment;
  mkdirSync(folder, { recursive: true });
  const notes = join(folder, `${name}.jsonl`);
  const settings = JSON.stringify(experiment.settings);
  const known = readNotes<R>(notes, settings);
  if (known === undefined) writeFileSync(notes, `${settings}\n`);
  const results = known ?? new Map<string, R>();
  if (results.size > 0) tell(`${name}: ${results.size} results were there already`);
  for (const [index, job] of jobs.entries()) {
    if (results.has(job.name)) continue;
    const start = performance.now();
    const result = await job.run();
    results.set(job.name, result);
    appendFileSync(notes, `${JSON.stringify([job.name, result])}\n`);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    tell(`${name} ${index + 1} of ${jobs.length}: ${job.name}: ${JSON.stringify(result)} (${seconds} s)`); // prettier-ignore
  }
  const { file, text } = experiment.kept(
    jobs.map((job) => results.get(job.name)!),
    {
      command: `npm run experiments -- ${name}`,
      date: new Date().toISOString().slice(0, 10),
      node: process.versions.node,
      settings: experiment.settings,
    },
  );
  await write(file, text);
  rmSync(notes);
  tell(`${name}: kept in ${file.join("/")}`);
}

/** The results written down, by job; undefined where there are none for these settings. */
function readNotes<R>(notes: string, settings: string): Map<string, R> | undefined {
  let lines: string[];
  try {
    lines = readFileSync(notes, "utf8").split("\n");
  } catch {
    return undefined;
  }
  if (lines[0] !== settings) return undefined;
  // Behind the last line's end there is nothing, or a line that was cut off.
  return new Map(lines.slice(1, -1).map((line) => JSON.parse(line) as [string, R]));
}
