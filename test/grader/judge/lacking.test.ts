import assert from "node:assert/strict";
import type { AnyFunction } from "../../../exercises/exercise.js";
import { exercise as findExercise } from "../../../exercises/manifest.js";
import { judge } from "../../../grader/judge/judge.js";
import type { Diagnosis } from "../../../grader/judge/verdict.js";
import { inProcess } from "../../../grader/practice/inProcess.js";
import {
  Mat,
  numericalGradient,
  rnnCellBackward,
  rnnCellForward,
  rnnForward,
} from "../../../src/index.js";

/** What is told of a wrong function. */
async function told(id: string, wrong: AnyFunction): Promise<Diagnosis | undefined> {
  const exercise = findExercise(id);
  const { status, diagnosis } = await judge(exercise, inProcess(wrong, exercise.ignore), {
    seed: 5,
    hidden: false,
  });
  assert.equal(status, "wrong");
  return diagnosis;
}

type Forward = Parameters<typeof rnnForward>;
type Slopes = Parameters<typeof numericalGradient>;
type Back = Parameters<typeof rnnCellBackward>;

describe("what a part of the answer lacks", () => {
  it("is a list's last or first entry, or one too many, where the other parts are whole", async () => {
    const caches =
      (change: (list: readonly unknown[]) => readonly unknown[]) =>
      (...args: Forward) => {
        const answer = rnnForward(...args);
        return { ...answer, caches: change(answer.caches) };
      };
    const changes: [RegExp, (list: readonly unknown[]) => readonly unknown[]][] = [
      [/^caches: The last entry is missing\.$/, (list) => list.slice(0, -1)],
      [/^caches: The first entry is missing\.$/, (list) => list.slice(1)],
      [/^caches: Behind the end stands one entry more\.$/, (list) => [...list, list[0]]],
      [/^caches: In front stands one entry more\.$/, (list) => [list.at(-1), ...list]],
    ];
    for (const [words, change] of changes)
      assert.match((await told("rnnForward", caches(change)))!.mistake, words);
  });

  it("is not told where the whole loop ends early: then that is the mistake", async () => {
    const early = (...[x, ...others]: Forward): unknown =>
      rnnForward(x.T_x === 1 ? x : x.slice(1, x.T_x - 1), ...others);
    assert.match((await told("rnnForward", early))!.mistake, /^The loop ends at T_x − 1/);
  });

  it("is a key of the answer, or of a record in it", async () => {
    const withoutBias = (...args: Back): unknown => ({
      ...rnnCellBackward(...args),
      dba: undefined,
    });
    assert.match(
      (await told("rnnCellBackward", withoutBias))!.mistake,
      /^dba: Missing from the answer\.$/,
    );
    const withoutState = (...args: Parameters<typeof rnnCellForward>): unknown => {
      const { cache, ...rest } = rnnCellForward(...args);
      return { ...rest, cache: { ...cache, a_prev: undefined } };
    };
    assert.match(
      (await told("rnnCellForward", withoutState))!.mistake,
      /^cache: a_prev is missing inside, or under another name\.$/,
    );
  });

  it("is a column or an entry that was left 0, and nothing where something else is wrong beside it", async () => {
    const but =
      (change: (value: number, i: number, j: number, mat: Mat) => number) =>
      (...args: Slopes) => {
        const gradient = numericalGradient(...args);
        return gradient.map((value, i, j) => change(value, i, j, gradient));
      };
    const column = but((value, _i, j, { cols }) => (j === cols - 1 ? 0 : value));
    const zero = await told("numericalGradient", column);
    assert.match(zero!.mistake, /The last column is left 0\.$/);
    const entry = but((value, i, j, { rows, cols }) =>
      i === rows - 1 && j === cols - 1 ? 0 : value,
    );
    assert.match((await told("numericalGradient", entry))!.mistake, /The last entry is left 0\.$/);
    const more = but((value, i, j, { cols }) => (j === cols - 1 ? 0 : value + 0.1 * i));
    assert.doesNotMatch((await told("numericalGradient", more))?.mistake ?? "", /left 0/);
  });

  it("and a mistake is named also where one step, or one example, was treated by itself", async () => {
    const wrong = (da_next: Back[0], cache: Back[1]): unknown => {
      const right = rnnCellBackward(da_next, cache);
      if (da_next.cols === 1) return right;
      const others = da_next.map((value, _k, i) => (i === da_next.cols - 1 ? 0 : value));
      return { ...right, dba: rnnCellBackward(others, cache).dba };
    };
    assert.match(
      (await told("rnnCellBackward", wrong))!.mistake,
      /^dba: The last example was left out/,
    );
  });
});
