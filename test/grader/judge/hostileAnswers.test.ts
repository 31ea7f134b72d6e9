import type { AnyFunction } from "../../../exercises/exercise.js";
import { exercise as exerciseOf } from "../../../exercises/manifest.js";
import { inProcess } from "../../../grader/practice/inProcess.js";
import { judge } from "../../../grader/judge/judge.js";
import { Mat, Sequence } from "../../../src/index.js";
import { assertGrowsLinearly } from "../growth.js";

/** An object with so many keys. */
function record(keys: number, value: (n: number) => unknown = (n) => n): object {
  return Object.fromEntries(Array.from({ length: keys }, (_, n) => [`k${n}`, value(n)]));
}

function list(length: number, value: unknown): unknown[] {
  return new Array<unknown>(length).fill(value);
}

/** Answers that are larger than any right one, of a size of k. */
const ANSWERS: readonly (readonly [name: string, of: (k: number) => unknown])[] = [
  ["an object with many keys", (k) => record(2000 * k)],
  [
    "a long list whose first entry has many keys",
    (k) => list(4000 * k, 1).with(0, record(400 * k)),
  ],
  ["a long list of one object with many keys", (k) => list(100 * k, record(20 * k))],
  ["a long list", (k) => list(8000 * k, 0.5)],
  ["a long list of lists", (k) => list(100 * k, list(20, 0.5))],
  ["a large matrix", (k) => Mat.zeros(50, 50 * k)],
  ["many matrices by name", (k) => record(100 * k, () => Mat.zeros(2, 2))],
  ["a long sequence", (k) => Sequence.of(list(100 * k, Mat.zeros(2, 3)) as Mat[])],
  ["a long text", (k) => "a(".repeat(10_000 * k)],
  ["objects in objects", (k) => list(100 * k, 0).reduce((inner) => ({ inner, k1: 1 }), {})],
];

/** With one answer, and with one of several parts. */
const EXERCISES = ["stackWeights", "rnnForward"].map(exerciseOf);

describe("a hostile answer's verdict", function () {
  this.timeout(120_000);

  for (const [name, of] of ANSWERS) {
    it(`takes time that grows as the answer does: ${name}`, async () => {
      for (const exercise of EXERCISES) {
        const parts = Object.keys(exercise.answer).filter((key) => key !== "");
        const whole = (k: number): AnyFunction => (() => of(k)) as AnyFunction;
        const inParts = (k: number): AnyFunction =>
          (() => Object.fromEntries(parts.map((key) => [key, of(k)]))) as AnyFunction;
        for (const made of parts.length === 0 ? [whole] : [whole, inParts])
          await assertGrowsLinearly(async (k) => {
            await judge(exercise, inProcess(made(k)), { seed: 1, hidden: true });
          });
      }
    });
  }
});
