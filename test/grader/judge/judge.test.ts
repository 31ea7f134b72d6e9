import assert from "node:assert/strict";
import type { AnyFunction, Exercise } from "../../../exercises/exercise.js";
import { exercise as exerciseOf } from "../../../exercises/manifest.js";
import { inProcess } from "../../../grader/practice/inProcess.js";
import { type Caller, type CallResult, judge } from "../../../grader/judge/judge.js";
import type { Verdict } from "../../../grader/judge/verdict.js";
import {
  type Mat,
  NotImplementedError,
  type RnnCache,
  rnnCellBackward,
  type Sequence,
} from "../../../src/index.js";
import {
  dropsTheState,
  leakySum,
  leakySumExercise,
  meansForSum,
  squareRoot,
  squareRootExercise,
} from "../fixtures.js";

function verdictOn(
  fn: unknown,
  exercise: Exercise = leakySumExercise,
  hidden = true,
): Promise<Verdict> {
  return judge(exercise, inProcess(fn as AnyFunction), { seed: 11, hidden });
}

/** A caller whose n-th call (from 0) ends this way; the others answer rightly. */
function endingAt(n: number, kind: "timeout" | "memory" | "tampered", ends = 1): Caller {
  const right = inProcess(leakySum as AnyFunction);
  let calls = 0;
  return {
    call(args): Promise<CallResult> {
      const call = calls++;
      const isEnd = call >= n && call < n + ends;
      return isEnd ? Promise.resolve({ kind, message: "it ended" }) : right.call(args);
    },
  };
}

describe("judge", () => {
  it("passes the reference in every case", async () => {
    const verdict = await verdictOn(leakySum);
    assert.equal(verdict.status, "passed");
    assert.equal(verdict.passed, 3);
    assert.equal(verdict.total, 3);
    assert.equal(verdict.diagnosis, undefined);
  });

  it("a factor is compared with the case's sizes, never with its settings", async () => {
    const exercise = exerciseOf("rnnCellBackward");
    const fiftyfold = (da_next: Mat<"n_a", "m">, cache: RnnCache): object =>
      Object.fromEntries(
        Object.entries(rnnCellBackward(da_next, cache)).map(([key, d]) => [key, d.times(50)]),
      );
    const { cases } = await verdictOn(fiftyfold, exercise);
    const large = exercise.cases.find(({ settings }) => settings?.["upstream"] === 50)!;
    const { difference } = cases.find(({ name }) => name === large.name)!;
    assert.equal(difference?.pattern, "every entry is 50 times too large");
  });

  it("runs the shown cases alone in practice", async () => {
    const verdict = await verdictOn(leakySum, leakySumExercise, false);
    assert.deepEqual(
      verdict.cases.map(({ name }) => name),
      ["ordinary sizes", "m = 1"],
    );
  });

  it("draws the same inputs from the same seed, and others from another", async () => {
    const drawn = async (seed: number): Promise<string> => {
      const seen: unknown[] = [];
      await judge(
        leakySumExercise,
        inProcess(((x: Sequence, s: number) => {
          seen.push(x.toArray(), s);
          return leakySum(x, s);
        }) as AnyFunction),
        { seed, hidden: true },
      );
      return JSON.stringify(seen);
    };
    assert.equal(await drawn(1), await drawn(1));
    assert.notEqual(await drawn(1), await drawn(2));
  });

  it("names the mistake when the answers are one mutant's in all cases", async () => {
    const verdict = await verdictOn((x: Sequence) => ({ ...leakySum(x, 0), extra: 1 }));
    assert.equal(verdict.status, "wrong");
    assert.deepEqual(verdict.diagnosis?.mutants, ["state-dropped"]);
    assert.match(verdict.diagnosis.mistake, /left out/);
    assert.equal(verdict.cases[0]?.difference?.pattern, "only ⟨1⟩ is right");
  });

  it("names a tie as a tie", async () => {
    const twin = { ...leakySumExercise.mutants[0]!, name: "twin", mistake: "Another." };
    const exercise = { ...leakySumExercise, mutants: [...leakySumExercise.mutants, twin] };
    const { diagnosis } = await verdictOn(dropsTheState, exercise);
    assert.deepEqual(diagnosis?.mutants, ["state-dropped", "twin"]);
    assert.match(diagnosis.mistake, /left out.*Or: Another/);
  });

  it("stays silent where no mutant fits in all cases", async () => {
    const inOneCase = await verdictOn((x: Sequence, s: number) =>
      x.T_x === 5 ? dropsTheState(x, s) : leakySum(x, s),
    );
    assert.equal(inOneCase.status, "wrong");
    assert.equal(inOneCase.passed, 2);
    assert.equal(inOneCase.diagnosis, undefined);
    const mixed = await verdictOn((x: Sequence, s: number) =>
      x.T_x === 5 ? dropsTheState(x, s) : meansForSum(x, s),
    );
    assert.equal(mixed.diagnosis, undefined);
  });

  it("does not take a wrong part for the mutant's alone where it is the mutant's but for a factor", async () => {
    const both = await verdictOn((x: Sequence, s: number) => meansForSum(x, s * 0));
    assert.equal(both.diagnosis?.kind, "pair");
    assert.deepEqual(both.diagnosis.mutants, ["divided-by-T_x", "state-dropped"]);
  });

  it("calls a missing part missing and not a mutant's wrong one, and is silent on a changed input", async () => {
    const { diagnosis } = await verdictOn((x: Sequence) => ({ y: leakySum(x, 0).y }));
    assert.deepEqual(diagnosis?.mutants, ["missing-part", "state-dropped"]);
    assert.equal(
      diagnosis.mistake,
      "Σy, T_x: Missing from the answer.\ny: The state of the step before is left out.",
    );
    const changing = await verdictOn((x: Sequence, s: number) => {
      const answer = dropsTheState(x, s);
      x.at(1).data[0] = 5;
      return answer;
    });
    assert.equal(changing.diagnosis, undefined);
  });

  it("knows a mutant that changes its input, answers differently each time, or gives NaN", async () => {
    const changing = (x: Sequence, s: number): unknown => {
      const answer = leakySum(x, s);
      x.at(1).data[0] = 5;
      return answer;
    };
    let calls = 0;
    const unsteady = (x: Sequence, s: number): unknown => {
      const answer = leakySum(x, s);
      return ++calls % 2 === 0 ? { ...answer, steps: 0 } : answer;
    };
    const overflowing = (x: Sequence, s: number): unknown => {
      const answer = leakySum(x, s);
      return { ...answer, total: answer.total.times(NaN) };
    };
    for (const run of [changing, unsteady, overflowing]) {
      const mutant = {
        ...leakySumExercise.mutants[0]!,
        name: run.name,
        wrong: () => run as AnyFunction,
      };
      const harmless = { ...mutant, name: "harmless", wrong: () => leakySum as AnyFunction };
      const exercise = { ...leakySumExercise, mutants: [harmless, mutant] };
      calls = 0;
      const verdict = await verdictOn(run, exercise);
      assert.notEqual(verdict.status, "passed", run.name);
      assert.deepEqual(verdict.diagnosis?.mutants, [run.name]);
      assert.equal((await verdictOn(leakySum, exercise)).diagnosis, undefined);
    }
  });

  it("takes errors alone for no proof of a mistake, and errors beside a wrong answer for one", async () => {
    const throwing = (x: Sequence, s: number): unknown => {
      if (x.T_x > 4) throw new TypeError("a mutant's error");
      return dropsTheState(x, s);
    };
    const mutant = {
      ...leakySumExercise.mutants[0]!,
      name: "throws",
      wrong: () => throwing as AnyFunction,
    };
    const exercise = { ...leakySumExercise, mutants: [mutant] };
    const own = (x: Sequence, s: number): unknown => {
      if (x.T_x > 4) throw new RangeError("a learner's error");
      return dropsTheState(x, s);
    };
    assert.deepEqual((await verdictOn(own, exercise)).diagnosis?.mutants, ["throws"]);
    const always = {
      ...mutant,
      wrong: () =>
        (() => {
          throw new TypeError("always");
        }) as AnyFunction,
    };
    const slip = await verdictOn(
      () => {
        throw new ReferenceError("a slip");
      },
      { ...exercise, mutants: [always] },
    );
    assert.equal(slip.status, "crashed");
    assert.equal(slip.diagnosis, undefined);
  });

  it("knows a mutant of a bare answer, and one that leaves a part out", async () => {
    const root = (run: (x: number) => number): Exercise => ({
      ...squareRootExercise,
      cases: squareRootExercise.cases.slice(0, 1),
      mutants: [{ ...leakySumExercise.mutants[0]!, name: "half", wrong: () => run as AnyFunction }],
    });
    const half = (x: number): number => x / 2;
    assert.deepEqual((await verdictOn(half, root(half))).diagnosis?.mutants, ["half"]);
    const partless = (x: Sequence, s: number): unknown => {
      const { y, total } = leakySum(x, s);
      return { y, total };
    };
    const mutant = {
      ...leakySumExercise.mutants[0]!,
      name: "partless",
      wrong: () => partless as AnyFunction,
    };
    const exercise = { ...leakySumExercise, mutants: [mutant] };
    assert.deepEqual((await verdictOn(partless, exercise)).diagnosis?.mutants, ["partless"]);
    const another = await verdictOn(
      (x: Sequence, s: number) => ({ ...leakySum(x, s), steps: 0 }),
      exercise,
    );
    assert.equal(another.status, "wrong");
    assert.equal(another.diagnosis, undefined, "the part is there, but wrong");
  });

  it("names the mistake also when it shows in one case alone", async () => {
    const shy = (x: Sequence, s: number): unknown => leakySum(x, x.T_x === 4 ? 0 : s);
    const mutant = {
      ...leakySumExercise.mutants[0]!,
      name: "shy",
      wrong: () => shy as AnyFunction,
    };
    const verdict = await verdictOn(shy, { ...leakySumExercise, mutants: [mutant] });
    assert.equal(verdict.passed, 2);
    assert.deepEqual(verdict.diagnosis?.mutants, ["shy"]);
  });

  it("calls the whole wrong when only its later cases are, and some were not run", async () => {
    const verdict = await verdictOn((x: Sequence, s: number) => {
      if (x.T_x === 5) throw new NotImplementedError("leakySum");
      return dropsTheState(x, s);
    });
    assert.deepEqual(
      verdict.cases.map(({ status }) => status),
      ["not-run", "wrong", "wrong"],
    );
    assert.equal(verdict.status, "wrong");
  });

  it("finds an input that is changed in the second call only", async () => {
    let calls = 0;
    const verdict = await verdictOn((x: Sequence, s: number) => {
      const answer = leakySum(x, s);
      if (++calls % 2 === 0) x.at(1).data[0] = 5;
      return answer;
    });
    assert.equal(verdict.cases[0]?.difference?.kind, "mutated-input");
  });

  it("says nothing of a mistake when a case had to be stopped", async () => {
    const right = inProcess(dropsTheState as AnyFunction);
    let calls = 0;
    const caller: Caller = {
      call: (args) =>
        ++calls === 5 ? Promise.resolve({ kind: "timeout", message: "" }) : right.call(args),
    };
    const verdict = await judge(leakySumExercise, caller, { seed: 1, hidden: true });
    assert.equal(verdict.diagnosis, undefined);
    assert.equal(verdict.status, "wrong", "the first that did not pass");
  });

  it("says that a function is not written yet, and counts nothing against it", async () => {
    const verdict = await verdictOn(() => {
      throw new NotImplementedError("leakySum");
    });
    assert.equal(verdict.status, "not-run");
    assert.equal(verdict.passed, 0);
  });

  it("says what a crash said", async () => {
    const verdict = await verdictOn(() => {
      throw new TypeError("no such thing");
    });
    assert.equal(verdict.status, "crashed");
    assert.equal(verdict.cases[0]?.message, "it threw TypeError: no such thing");
    const odd = await verdictOn(() => {
      throw "a text";
    });
    assert.match(odd.cases[0]?.message ?? "", /a text/);
  });

  it("wants inputs unchanged, and says which one was changed where", async () => {
    const verdict = await verdictOn((x: Sequence, s: number) => {
      const answer = leakySum(x, s);
      x.at(2).data[1] = 7;
      return answer;
    });
    assert.equal(verdict.status, "wrong");
    const difference = verdict.cases[0]?.difference;
    assert.equal(difference?.kind, "mutated-input");
    assert.equal(difference?.symbol, "x");
    assert.equal(difference?.code, "x.at(2).get(0, 1)");
    assert.equal(difference?.got, "7");
  });

  it("wants the same answer again from a second call", async () => {
    let calls = 0;
    const verdict = await verdictOn((x: Sequence, s: number) => {
      const answer = leakySum(x, s);
      return ++calls % 2 === 0 ? { ...answer, total: answer.total.add(1e-13) } : answer;
    });
    assert.equal(verdict.cases[0]?.difference?.kind, "not-repeatable");
    assert.equal(verdict.cases[0]?.difference?.code, "total.get(0, 0)");
  });

  it("never counts a promise as an answer, nor lets its rejection end the process", async () => {
    const verdict = await verdictOn(async () => {
      throw new Error("late");
    });
    assert.equal(verdict.status, "wrong");
    assert.equal(verdict.cases[0]?.difference?.got, "a promise");
  });

  it("passes an error where the reference throws one, and nothing else there", async () => {
    const exercise = squareRootExercise;
    assert.equal((await verdictOn(squareRoot, exercise)).status, "passed");
    assert.equal((await verdictOn(Math.sqrt, exercise)).cases[1]?.difference?.kind, "should-throw");
    const unwritten = await verdictOn(() => {
      throw new NotImplementedError("squareRoot");
    }, exercise);
    assert.equal(unwritten.status, "not-run", "an unwritten function throws, but refuses nothing");
    const ownError = await verdictOn((x: number) => {
      if (x < 0) throw new Error("mine");
      return Math.sqrt(x);
    }, exercise);
    assert.equal(ownError.status, "passed");
  });

  it("reports each way to be stopped, goes on once, and then gives up", async () => {
    const once = await judge(leakySumExercise, endingAt(0, "timeout"), { seed: 1, hidden: true });
    assert.deepEqual(
      once.cases.map(({ status }) => status),
      ["timeout", "passed", "passed"],
    );
    assert.equal(once.status, "timeout");
    const twice = await judge(leakySumExercise, endingAt(0, "memory", 2), {
      seed: 1,
      hidden: true,
    });
    assert.deepEqual(
      twice.cases.map(({ status }) => status),
      ["memory", "memory", "not-run"],
    );
    const second = await judge(leakySumExercise, endingAt(1, "timeout"), { seed: 1, hidden: true });
    assert.equal(second.cases[0]?.status, "timeout", "the second call counts too");
  });

  it("runs nothing more once an answer was tampered with", async () => {
    const verdict = await judge(leakySumExercise, endingAt(2, "tampered"), {
      seed: 1,
      hidden: true,
    });
    assert.deepEqual(
      verdict.cases.map(({ status }) => status),
      ["passed", "tampered", "not-run"],
    );
    assert.equal(verdict.status, "tampered");
  });

  it("calls a failure of our own by its name", async () => {
    const broken = {
      ...leakySumExercise,
      reference: (() => {
        throw new TypeError("our mistake");
      }) as AnyFunction,
    };
    const verdict = await verdictOn(leakySum, broken);
    assert.equal(verdict.status, "internal-error");
    assert.match(verdict.cases[0]?.message ?? "", /our mistake/);
    const lost: Caller = { call: () => Promise.reject(new Error("gone")) };
    const unreachable = await judge(leakySumExercise, lost, { seed: 1, hidden: false });
    assert.equal(unreachable.status, "internal-error");
  });

  it("tells of each case as it begins and ends", async () => {
    const heard: string[] = [];
    await judge(leakySumExercise, inProcess(leakySum as AnyFunction), {
      seed: 1,
      hidden: false,
      onStart: (name) => heard.push(`${name} begins`),
      onCase: ({ name, status }) => heard.push(`${name} ${status}`),
    });
    assert.deepEqual(heard, [
      "ordinary sizes begins",
      "ordinary sizes passed",
      "m = 1 begins",
      "m = 1 passed",
    ]);
  });
});
