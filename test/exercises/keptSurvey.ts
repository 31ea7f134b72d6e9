/**
 * What a long survey of an exercise has found so far, in a file: a run that was stopped goes on there.
 * What was found with other code does not count.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { importClosure } from "#common/import-graph";
import { packRoot } from "#common/pack-root";
import { writeWhole } from "#common/write-whole";
import type { Survey } from "./everySeed.js";

/** The seeds 1 … `seeds` of an exercise, and what came of them. */
export interface KeptSurvey extends Survey {
  readonly seeds: number;
  readonly milliseconds: number;
}

const NOTHING: KeptSurvey = { seeds: 0, milliseconds: 0, survivors: new Map(), failing: new Map() };

/** A {@link KeptSurvey} as it lies in its file. */
interface Stored {
  readonly code: string;
  readonly seeds: number;
  readonly milliseconds: number;
  readonly survivors: readonly (readonly [string, readonly number[]])[];
  readonly failing: readonly (readonly [string, readonly number[]])[];
}

/**
 * Goes on with a survey until it has so many seeds, and keeps what comes every few seeds.
 *
 * @param file - where it is kept
 * @param code - what the code is known by that is surveyed: {@link codeOf}
 * @param count - how many seeds it is to have
 * @param every - after so many seeds it is written
 * @param survey - what comes of some seeds
 * @returns all that is known; of more seeds than `count` where more were kept
 */
export function surveyOn(
  file: string,
  code: string,
  count: number,
  every: number,
  survey: (seeds: readonly number[]) => Survey,
): KeptSurvey {
  let kept = readKept(file, code);
  while (kept.seeds < count) {
    const { seeds } = kept;
    const begun = Date.now();
    const found = survey(
      Array.from({ length: Math.min(every, count - seeds) }, (_, n) => seeds + n + 1),
    );
    kept = {
      seeds: Math.min(seeds + every, count),
      milliseconds: kept.milliseconds + Date.now() - begun,
      survivors: joined(kept.survivors, found.survivors),
      failing: joined(kept.failing, found.failing),
    };
    write(file, code, kept);
  }
  return kept;
}

/**
 * What files are known by, and all that they import.
 *
 * @param files - built files, absolute
 * @returns a hash
 */
export function codeOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of Array.from(importClosure(files)).sort()) {
    hash
      .update(`${relative(packRoot, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

function readKept(file: string, code: string): KeptSurvey {
  let stored: Stored;
  try {
    stored = JSON.parse(readFileSync(file, "utf8")) as Stored;
  } catch {
    return NOTHING; // the first run, or a file that someone changed
  }
  if (stored.code !== code) return NOTHING;
  const { seeds, milliseconds } = stored;
  const [survivors, failing] = [new Map(stored.survivors), new Map(stored.failing)];
  return { seeds, milliseconds, survivors, failing };
}

/** The whole file at once, so that a run can be stopped at any moment. */
function write(file: string, code: string, kept: KeptSurvey): void {
  const { seeds, milliseconds } = kept;
  const [survivors, failing] = [Array.from(kept.survivors), Array.from(kept.failing)];
  const stored: Stored = { code, seeds, milliseconds, survivors, failing };
  writeWhole(file, JSON.stringify(stored));
}

function joined(before: Survey["failing"], after: Survey["failing"]): Survey["failing"] {
  const all = new Map(before);
  for (const [name, seeds] of after) all.set(name, [...(all.get(name) ?? []), ...seeds]);
  return all;
}
