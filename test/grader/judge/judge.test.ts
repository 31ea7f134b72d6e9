import assert from "node:assert/strict";
import type { AnyFunction, Argument, Exercise } from "../../../exercises/exercise.js";
import { exercise as exerciseOf } from "../../../exercises/manifest.js";
import type { Difference } from "../../../grader/compare/difference.js";
import { inProcess } from "../../../grader/practice/inProcess.js";
import { type Caller, type CallResult, judge, verdictOf } from "../../../grader/judge/judge.js";
import type { CaseResult, Status, Verdict } from "../../../grader/judge/verdict.js";
import {
  Mat,
  NotImplementedError,
  type RnnCache,
  rnnCellBackward,
  type RnnCell,
  rnnForward,
  type RnnParameters,
  Sequence,
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

  it("counts no refusal of a function that throws at every input", async () => {
    for (const [id, message] of [
      ["oneHot", "no"],
      ["temperatureSoftmax", "RangeError"],
    ] as const) {
      const exercise = exerciseOf(id);
      const throws = await verdictOn(() => {
        throw new RangeError(message);
      }, exercise);
      assert.equal(throws.passed, 0, id);
      assert.equal(throws.status, "crashed");
      const refused = throws.cases.filter(({ status }) => status === "not-run");
      assert.ok(refused.length > 0);
      for (const one of refused) assert.match(one.message!, /threw at every input/);
    }
    const checks = await verdictOn((ids: readonly number[], n: number) => {
      if (ids.some((one) => !(one >= 0 && one < n && Number.isInteger(one))))
        throw new RangeError("no");
      return Mat.zeros(n, ids.length);
    }, exerciseOf("oneHot"));
    assert.ok(checks.passed > 0, "its refusals count, though it answers wrongly");
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

describe("a verdict", () => {
  const ended = (status: Status): CaseResult => ({ name: status, shown: true, status });

  it("has the gravest status, else that of the first case that ran and did not pass", () => {
    const table: readonly (readonly [Status, ...Status[]])[] = [
      ["internal-error", "wrong", "tampered", "internal-error"],
      ["tampered", "wrong", "tampered", "not-run"],
      ["crashed", "passed", "not-run", "crashed", "wrong"],
      ["wrong", "passed", "wrong"],
      ["not-run", "passed", "not-run"],
      ["not-run"],
      ["passed", "passed", "passed"],
    ];
    for (const [whole, ...statuses] of table) {
      assert.equal(verdictOf("f", statuses.map(ended), 1).status, whole, statuses.join());
    }
  });

  it("counts the cases that passed, and has a diagnosis only where there is one", () => {
    const cases = [ended("passed"), ended("wrong")];
    const counts = { exercise: "f", status: "wrong", cases, passed: 1, total: 2, seed: 5 };
    assert.deepEqual(verdictOf("f", cases, 5), counts);
    const diagnosis = { kind: "mistake", mutants: ["m"], mistake: "M.", hint: "M?" } as const;
    assert.deepEqual(verdictOf("f", cases, 5, diagnosis), { ...counts, diagnosis });
  });
});

describe("a case's result", () => {
  it("is shown where nothing is said of it, in practice too", async () => {
    const { name, size } = leakySumExercise.cases[0]!;
    const exercise = { ...leakySumExercise, cases: [{ name, size }] };
    const { cases } = await verdictOn(leakySum, exercise, false);
    assert.deepEqual(cases, [{ name, shown: true, status: "passed" }]);
  });

  it("says why it was not run", async () => {
    const messages = async (...ends: CallResult["kind"][]): Promise<unknown> => {
      const calls = ends.map((kind) => ({ kind, message: "it ended" }) as CallResult);
      const caller: Caller = { call: () => Promise.resolve(calls.shift()!) };
      const { cases } = await judge(leakySumExercise, caller, { seed: 1, hidden: true });
      return cases.map(({ message }) => message);
    };
    const ended = "it ended";
    const stopped = "not run: too many earlier cases had to be stopped";
    assert.deepEqual(await messages("timeout", "output-limit"), [ended, ended, stopped]);
    assert.deepEqual(await messages("memory", "timeout"), [ended, ended, stopped]);
    const tampered = "not run: an earlier case was tampered with";
    assert.deepEqual(await messages("tampered"), [ended, tampered, tampered]);
  });

  it("is a crash where a function calls another's starter: it is written itself", async () => {
    const { cases } = await verdictOn(() => {
      throw new NotImplementedError("anotherSum");
    });
    assert.equal(cases[0]?.status, "crashed");
  });

  it("tells the learner's line that threw, where it is found", async () => {
    const throwing = (() => {
      throw new TypeError("no");
    }) as AnyFunction;
    const first = async (at?: { where: string }): Promise<CaseResult | undefined> => {
      const caller = inProcess(throwing, [], () => at);
      return (await judge(leakySumExercise, caller, { seed: 1, hidden: false })).cases[0];
    };
    const at = { where: "In [3], line 7" };
    assert.deepEqual((await first(at))?.at, at);
    assert.ok(!("at" in (await first())!));
  });

  it("names the right parts, and the differences of all wrong ones, each once", async () => {
    const parts = async (change: object): Promise<unknown> => {
      const run = (x: Sequence, s: number): unknown => ({ ...leakySum(x, s), ...change });
      const { difference, others, right } = (await verdictOn(run)).cases[0]!;
      return [difference?.symbol, others?.map(({ symbol }) => symbol), right];
    };
    assert.deepEqual(await parts({ steps: 0 }), ["T_x", undefined, ["y", "Σy"]]);
    assert.deepEqual(await parts({ steps: 0, total: 0 }), ["Σy", ["T_x"], ["y"]]);
    assert.deepEqual(await parts({ steps: 0, total: 0, y: 0 }), ["y", ["Σy", "T_x"], undefined]);
    const answered = (await verdictOn(Math.sqrt, squareRootExercise)).cases[1]!;
    assert.deepEqual([answered.others, answered.right], [undefined, undefined]);
    assert.ok(!("others" in answered) && !("right" in answered));
    const { cases } = await verdictOn((x: Sequence, s: number) => {
      const answer = leakySum(x, s);
      x.at(1).data[0] = 5;
      return answer;
    });
    assert.ok(!("others" in cases[0]!));
  });

  it("accepts a refusal where the reference refuses in any of the library's ways", async () => {
    for (const name of ["UnrolledError", "ShapeError", "OutOfRangeError", "RangeError"]) {
      const reference = ((): never => {
        throw Object.assign(new Error("no"), { name });
      }) as AnyFunction;
      const refusing = { ...squareRootExercise, reference };
      assert.equal((await verdictOn(reference, refusing)).status, "passed", name);
    }
  });
});

describe("an input that is changed", () => {
  /** What is told of the argument that a function changes. */
  async function told(
    argumentNames: readonly string[],
    args: readonly Argument[],
    change: (...rest: never[]) => unknown,
  ): Promise<unknown> {
    const exercise = { ...leakySumExercise, argumentNames, draw: () => args };
    const right = { ...exercise, reference: () => 1, mutants: [] };
    const run = (...rest: never[]): number => (change(...rest), 1);
    return (await verdictOn(run, right)).cases[0]?.difference;
  }
  const advice = "work on a copy: map, add and times make new matrices";
  const rest = { kind: "mutated-input", wrong: 1, total: 1, advice };

  it("is told by its name, and the place in it", async () => {
    const W = Mat.from([[1, 2]]);
    assert.deepEqual(
      await told(["parameters"], [{ W }], (parameters: { W: Mat }) => (parameters.W.data[1] = 7)),
      {
        ...rest,
        symbol: "parameters",
        place: "parameters",
        code: "parameters.W.get(0, 1)",
        got: "7",
        expected: "2",
      },
    );
    const list = (await told(["all"], [[1, 2]], (all: number[]) => (all[1] = 7))) as Difference;
    assert.equal(list.code, "all[1]");
  });

  it("is told by its number where it has no name", async () => {
    const args = Array.from({ length: 12 }, () => Mat.from([[1]]));
    const change = (...all: Mat[]): unknown => (all[11]!.data[0] = 7);
    for (const argumentNames of [[], args.map(() => "")]) {
      const { symbol, code } = (await told(argumentNames, args, change as never)) as Difference;
      assert.equal(symbol, "argument 12");
      assert.equal(code, "argument 12.get(0, 0)");
    }
  });
});

describe("an answer that is another one the second time", () => {
  it("is told by the place in it, or as what the function gives", async () => {
    const told = async (first: unknown, second: unknown): Promise<unknown> => {
      let calls = 0;
      const run = (): unknown => (calls++ % 2 === 0 ? first : second);
      const exercise = { ...leakySumExercise, reference: () => first, mutants: [] };
      return (await verdictOn(run, exercise)).cases[0]?.difference;
    };
    const advice = "keep nothing outside the function that changes from call to call";
    const place = "the second call with the same inputs";
    const rest = { kind: "not-repeatable", symbol: "leakySum", place, wrong: 1, total: 1, advice };
    const change = { expected: "1", got: "2" };
    assert.deepEqual(await told(1, 2), { ...rest, ...change, code: "leakySum(…)" });
    assert.deepEqual(await told({ a: 1 }, { a: 2 }), { ...rest, ...change, code: "a" });
    assert.deepEqual(await told([{ a: 1 }], [{ a: 2 }]), { ...rest, ...change, code: "[0].a" });
  });
});

describe("the trace of a cell's calls, in a verdict", () => {
  type A = Mat<"n_a", "m">;
  type X = Sequence<"n_x", "m">;
  type Arguments = [x: X, a_0: A, parameters: RnnParameters, cell: RnnCell];

  /** The kinds of the traces of rnnForward, case by case. */
  async function traces(fn: (...args: Arguments) => unknown): Promise<readonly unknown[]> {
    const caller = inProcess(fn as AnyFunction);
    const options = { seed: 7, hidden: false, diagnosed: false };
    const { cases } = await judge(exerciseOf("rnnForward"), caller, options);
    return cases.map((one) => one.trace?.kind);
  }

  it("is that of the first case that does not pass", async () => {
    const own = await traces((x, a_0, parameters, cell) => {
      const answer = rnnForward(x, a_0, parameters, cell);
      return x.T_x === 1 ? answer : { ...answer, a: answer.a.map((a_t) => a_t.times(2)) };
    });
    assert.equal(own.filter((kind) => kind !== undefined).length, 1);
    assert.equal(own[0], "as-expected");
    assert.ok((await traces(rnnForward)).every((kind) => kind === undefined));
  });

  it("is none where the calls were not watched", async () => {
    const own = inProcess(((x: X) => ({ a: x })) as AnyFunction);
    const unwatched: Caller = { call: (args) => own.call(args) };
    const options = { seed: 7, hidden: false, diagnosed: false };
    const { cases } = await judge(exerciseOf("rnnForward"), unwatched, options);
    assert.ok(cases.every((one) => one.status === "wrong" && !("trace" in one)));
  });

  it("of calls that an error stopped, or of a changed input, tells of a wrong argument alone", async () => {
    const crashing = await traces((x, a_0, parameters, cell) => {
      cell(x.at(1), a_0, parameters);
      throw new Error("no");
    });
    assert.equal(crashing[0], undefined);
    const ownWay = inProcess(((...[x, a_0, parameters, cell]: Arguments) => {
      cell(x.at(1).column(0) as never, a_0.column(0) as never, parameters);
      throw new Error("no");
    }) as AnyFunction);
    const options = { seed: 7, hidden: false, diagnosed: false };
    const [first] = (await judge(exerciseOf("rnnForward"), ownWay, options)).cases;
    assert.deepEqual([first?.status, first && "trace" in first], ["crashed", false]);
    const after = await traces((x, a_0, parameters, cell) => {
      cell(x.at(1), a_0.times(0.5), parameters);
      throw new Error("no");
    });
    assert.equal(after[0], "wrong-argument");
    const changing = await traces((x, a_0, parameters, cell) => {
      const answer = rnnForward(x, a_0, parameters, cell);
      x.at(1).data[0] = 5;
      return answer;
    });
    assert.equal(changing[0], undefined);
  });

  it("is told once, and is asked for until a case fails, and for the first call alone", async () => {
    const asked: (boolean | undefined)[] = [];
    const own = inProcess(((x: X, a_0: A, parameters: RnnParameters, cell: RnnCell) =>
      x.T_x === 1 ? undefined : rnnForward(x, a_0, parameters, cell)) as AnyFunction);
    const caller: Caller = {
      call(args, isWatched) {
        asked.push(isWatched);
        return own.call(args, isWatched);
      },
    };
    const { cases } = await judge(exerciseOf("rnnForward"), caller, {
      seed: 7,
      hidden: false,
      diagnosed: false,
    });
    assert.deepEqual(asked.slice(0, 6), [true, undefined, true, undefined, false, undefined]);
    assert.equal(cases.filter(({ trace }) => trace !== undefined).length, 1);
  });
});
