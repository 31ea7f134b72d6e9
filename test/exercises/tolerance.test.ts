import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inPack } from "#common/pack-root";
import type { Exercise, Honest } from "../../exercises/exercise.js";
import { manifest } from "../../exercises/manifest.js";
import { judge } from "../../grader/judge/judge.js";
import type { Verdict } from "../../grader/judge/verdict.js";
import { inProcess } from "../../grader/practice/inProcess.js";
import * as student from "../../src/student.js";

const seeds = Array.from({ length: 20 }, (_, index) => index + 1);

/** The right solutions of an exercise: for tests alone, so that no bundle holds them. */
async function honestOf(id: string): Promise<readonly Honest[]> {
  const file = new URL(`../../exercises/${id}/honest.js`, import.meta.url);
  const { honest } = (await import(file.href)) as { readonly honest: readonly Honest[] };
  return honest;
}

/** The exercise with a tenth of its tolerance. */
function narrowed(exercise: Exercise): Exercise {
  const { atol, rtol, why } = exercise.tolerance;
  return { ...exercise, tolerance: { atol: atol / 10, rtol: rtol / 10, why } };
}

function judged(exercise: Exercise, run: Honest["write"], seed: number): Promise<Verdict> {
  return judge(exercise, inProcess(run), { seed, hidden: true });
}

describe("the right solutions in other words", function () {
  this.timeout(60_000);

  for (const exercise of manifest) {
    const { id } = exercise;
    const narrow = narrowed(exercise);

    it(`of ${id} are three or more, of different styles`, async () => {
      const styles = (await honestOf(id)).map(({ style }) => style);
      assert.ok(styles.length >= 3, `${styles.length}`);
      assert.equal(new Set(styles).size, styles.length);
      for (const style of styles) assert.ok(style.length > 10, style);
    });

    it(`of ${id} use of the library only what a graded submission may`, () => {
      const source = readFileSync(inPack("exercises", id, "honest.ts"), "utf8");
      for (const [, names] of source.matchAll(/import \{([^}]*)\} from "[^"]*src\/index\.js"/g)) {
        for (const name of names!.split(",").map((part) => part.trim())) {
          if (name === "" || name.startsWith("type ")) continue;
          assert.ok(name in student, `${name} is not in the students' library`);
        }
      }
    });

    it(`of ${id} pass with a tenth of its tolerance, whatever the seed`, async () => {
      for (const { style, write } of await honestOf(id)) {
        for (const seed of seeds) {
          const { status, cases } = await judged(narrow, write, seed);
          assert.equal(status, "passed", `${style}, seed ${seed}: ${JSON.stringify(cases)}`);
        }
      }
    });
  }
});
