/**
 * Runs every second form through the judge over some seeds and prints what came of it:
 * `node dist/test/exercises/secondForms/measure.js`, the later sets with `--fresh` and `--later`.
 */
import { manifest } from "../../../exercises/manifest.js";
import { inProcess } from "../../../grader/practice/inProcess.js";
import { judge } from "../../../grader/judge/judge.js";
import { secondForms } from "./forms.js";
import { freshForms } from "./fresh.js";
import { laterForms } from "./later.js";
import type { Forms, SecondForms } from "./secondForm.js";

/** What came of one form at every seed. */
export interface Measured {
  readonly exercise: string;
  readonly group: "singles" | "pairs" | "right";
  readonly name: string;
  readonly what: string;
  /** At how many of the seeds it was rejected. */
  readonly rejected: number;
  /** What was told at each seed; undefined where the judge was silent about the cause. */
  readonly told: readonly (string | undefined)[];
}

/**
 * Judges every form of a set.
 *
 * @param set - by exercise
 * @param seeds - from which the cases are drawn
 * @returns one line a form
 */
export async function measure(
  set: Readonly<Record<string, SecondForms>>,
  seeds: readonly number[],
): Promise<readonly Measured[]> {
  const lines: Measured[] = [];
  for (const exercise of manifest) {
    const { singles, pairs, right } = set[exercise.id] ?? {};
    for (const [group, forms] of Object.entries({ singles, pairs, right }) as [
      Measured["group"],
      Forms | undefined,
    ][]) {
      for (const [name, [what, write]] of Object.entries(forms ?? {})) {
        const told: (string | undefined)[] = [];
        let rejected = 0;
        for (const seed of seeds) {
          const verdict = await judge(exercise, inProcess(write, exercise.ignore), {
            seed,
            hidden: false,
          });
          if (verdict.status !== "passed") rejected++;
          const { kind, mistake } = verdict.diagnosis ?? {};
          told.push(mistake === undefined ? undefined : `[${kind}] ${mistake}`);
        }
        lines.push({ exercise: exercise.id, group, name, what, rejected, told });
      }
    }
  }
  return lines;
}

if (process.argv[1]?.endsWith("measure.js") === true) {
  const seeds = [1, 2, 3];
  const set = process.argv.includes("--fresh")
    ? freshForms
    : process.argv.includes("--later")
      ? laterForms
      : secondForms;
  for (const { exercise, group, name, what, rejected, told } of await measure(set, seeds)) {
    const texts = Array.from(new Set(told.map((text) => text ?? "(silent)")));
    console.log(`${exercise} ${group} ${name} ${rejected}/${seeds.length}\n  made: ${what}`);
    for (const text of texts) console.log(`  told: ${text.replaceAll("\n", " | ")}`);
  }
}
