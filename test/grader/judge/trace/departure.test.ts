import assert from "node:assert/strict";
import type { AnyFunction, Argument, Exercise } from "../../../../exercises/exercise.js";
import { exercise as exerciseOf } from "../../../../exercises/manifest.js";
import { standIn } from "../../../../exercises/standIns.js";
import { judge } from "../../../../grader/judge/judge.js";
import { callHere } from "../../../../grader/judge/observe.js";
import { departureOf } from "../../../../grader/judge/trace/departure.js";
import { MOST_CALLS, Recorder, type Recording } from "../../../../grader/judge/trace/recording.js";
import type { Trace } from "../../../../grader/judge/trace/trace.js";
import type { Verdict } from "../../../../grader/judge/verdict.js";
import { inProcess } from "../../../../grader/practice/inProcess.js";
import { traceSentence } from "../../../../grader/words/traceWords.js";
import {
  encodeDecode,
  type LstmCache,
  type LstmCellBackward,
  lstmForward,
  type LstmOptions,
  type LstmParameters,
  type LstmStep,
  Mat,
  rnnBackward,
  type RnnCache,
  type RnnCell,
  type RnnCellBackward,
  rnnCellForward,
  rnnForward,
  type RnnParameters,
  randomNormal,
  seededRandom,
  Sequence,
} from "../../../../src/index.js";
import { leakySumExercise } from "../../fixtures.js";

type A = Mat<"n_a", "m">;
type X = Sequence<"n_x", "m">;
type Lstm = { a: A; c: A };

function verdictOn(id: string, fn: unknown): Promise<Verdict> {
  return judge(exerciseOf(id), inProcess(fn as AnyFunction), {
    seed: 7,
    hidden: false,
    diagnosed: false,
  });
}

/** What is said of the calls in the first case that does not pass. */
async function traceOf(id: string, fn: unknown): Promise<string> {
  const { cases } = await verdictOn(id, fn);
  const failing = cases.find(({ status }) => status !== "passed");
  assert.ok(failing, `${id} passes`);
  return failing.trace === undefined ? "" : traceSentence(failing.trace);
}

/** rnnForward with a loop of one's own: what each step gets, and from which step on. */
function unrolledBy(
  step: (t: number, a_prev: A, x: X, a_0: A, last: A) => readonly [Mat, A],
  end: (x: X) => number = (x) => x.T_x,
): unknown {
  return (x: X, a_0: A, parameters: RnnParameters, cell: RnnCell) => {
    const steps: ReturnType<RnnCell>[] = [];
    let [a_prev, last] = [a_0, a_0];
    for (let t = 1; t <= end(x); t++) {
      const [x_t, from] = step(t, a_prev, x, a_0, last);
      steps.push(cell(x_t, from, parameters));
      [last, a_prev] = [a_prev, steps.at(-1)!.a_next];
    }
    return {
      a: Sequence.of(steps.map((one) => one.a_next)),
      yhat: Sequence.of(steps.map((one) => one.yhat_t)),
      caches: steps.map((one) => one.cache),
    };
  };
}

describe("the trace of a cell's calls", () => {
  it("names what a step got, and what it should have got", async () => {
    const state = "call 3 of cell got a⟨1⟩; a⟨2⟩ was expected";
    assert.equal(
      await traceOf(
        "rnnForward",
        unrolledBy((t, a_prev, x, _a_0, last) => [x.at(t), t === 3 ? last : a_prev]),
      ),
      state,
    );
    assert.equal(
      await traceOf(
        "rnnForward",
        unrolledBy((t, a_prev, x) => [x.at(x.T_x + 1 - t), a_prev]),
      ),
      "call 1 of cell got x⟨6⟩; x⟨1⟩ was expected",
    );
    assert.equal(
      await traceOf(
        "rnnForward",
        unrolledBy((t, a_prev, x, a_0) => [x.at(t), t === 2 ? a_prev.add(a_0) : a_prev]),
      ),
      "call 2 of cell got a⟨0⟩ + a⟨1⟩; a⟨1⟩ was expected",
    );
    assert.equal(
      await traceOf(
        "rnnForward",
        unrolledBy((t, a_prev, x) => [x.at(t), t === 2 ? a_prev.times(-0.5) : a_prev]),
      ),
      "call 2 of cell got −0.5 · a⟨1⟩; a⟨1⟩ was expected",
    );
    assert.equal(
      await traceOf(
        "rnnForward",
        unrolledBy((t, a_prev, x) => [x.at(t), a_prev.map((value) => Math.tanh(value))]),
      ),
      "call 1 of cell got another matrix (5, 4) as a_prev; a⟨0⟩ was expected",
    );
  });

  it("says that the same call came again where another one was expected", async () => {
    assert.equal(
      await traceOf(
        "rnnForward",
        unrolledBy((_t, _a_prev, x, a_0) => [x.at(1), a_0]),
      ),
      "call 2 of cell got x⟨1⟩ and a⟨0⟩; x⟨2⟩ and a⟨1⟩ were expected",
    );
  });

  it("counts the calls", async () => {
    const early = unrolledBy(
      (t, a_prev, x) => [x.at(t), a_prev],
      (x) => x.T_x - 1,
    );
    assert.equal(
      await traceOf("rnnForward", early),
      "6 calls of cell were expected, 5 came: none with x⟨6⟩ and a⟨5⟩",
    );
    const own = (x: X, a_0: A, parameters: RnnParameters): unknown =>
      rnnForward(x, a_0, parameters, rnnCellForward);
    assert.equal(await traceOf("rnnForward", own), "cell was never called; 6 calls were expected");
    const more = (x: X, a_0: A, parameters: RnnParameters, cell: RnnCell): unknown => {
      const answer = rnnForward(x, a_0, parameters, cell);
      const extra = cell(x.at(x.T_x), answer.a.at(x.T_x), parameters);
      return { ...answer, a: Sequence.of([...answer.a, extra.a_next]) };
    };
    assert.equal(
      await traceOf("rnnForward", more),
      "6 calls of cell were expected, 7 came: call 7, with x⟨6⟩ and a⟨6⟩, is one too many",
    );
  });

  it("says of a step back what it was not given", async () => {
    const back =
      (enters: (own: A, carried: A) => A) =>
      (da: Sequence<"n_a", "m">, caches: readonly RnnCache[], step: RnnCellBackward): unknown => {
        let carried = da.at(1).times(0);
        const right = rnnBackward(da, caches, step);
        const dx: Mat<"n_x", "m">[] = [];
        for (let t = da.T_x; t >= 1; t--) {
          const entering = t === 4 ? enters(da.at(t), carried) : da.at(t).add(carried);
          const { dx_t, da_prev } = step(entering, caches[t - 1]!);
          [carried, dx[t - 1]] = [da_prev, dx_t];
        }
        return { ...right, dx: Sequence.of(dx) };
      };
    // the reference's own calls come first here: they are the expected ones, and this is one too many
    const first = await traceOf(
      "rnnBackward",
      back((own) => own),
    );
    assert.match(first, /^6 calls of cellBackward were expected, 12 came: call 9, with da⟨4⟩ and/);
    const alone =
      (enters: (own: A, carried: A) => A) =>
      (da: Sequence<"n_a", "m">, caches: readonly RnnCache[], step: RnnCellBackward): unknown => {
        let carried = da.at(1).times(0);
        for (let t = da.T_x; t >= 1; t--) {
          const entering = t === 4 ? enters(da.at(t), carried) : da.at(t).add(carried);
          carried = step(entering, caches[t - 1]!).da_prev;
        }
        return { da_0: carried };
      };
    assert.equal(
      await traceOf(
        "rnnBackward",
        alone((own) => own),
      ),
      "the backward step of t = 4 was given da⟨4⟩ without what t = 5 carried back",
    );
    assert.equal(
      await traceOf(
        "rnnBackward",
        alone((_own, carried) => carried),
      ),
      "the backward step of t = 4 was given what t = 5 carried back, without da⟨4⟩",
    );
    assert.equal(
      await traceOf(
        "rnnBackward",
        alone((own, carried) => own.add(carried).add(own)),
      ),
      "the backward step of t = 4 was given da⟨4⟩ + da⟨4⟩ + what t = 5 carried back; da⟨4⟩ + what t = 5 carried back was expected",
    );
    const forwards = (
      da: Sequence<"n_a", "m">,
      caches: readonly RnnCache[],
      step: RnnCellBackward,
    ): unknown => da.map((da_t, t) => step(da_t, caches[t - 1]!).da_prev);
    assert.equal(
      await traceOf("rnnBackward", forwards),
      "call 1 of cellBackward got da⟨1⟩ and the cache of t = 1; da⟨6⟩ and the cache of t = 6 were expected",
    );
  });

  it("tells a memory from a state, on the way there", async () => {
    const memory =
      (enters: (t: number, now: Lstm, before: Lstm, x: X) => readonly [Mat, Mat, Mat]) =>
      (x: X, a_0: A, parameters: LstmParameters, { c_0, cell }: Required<LstmOptions>): unknown => {
        const steps: LstmStep[] = [];
        let [now, before]: Lstm[] = [
          { a: a_0, c: c_0! },
          { a: a_0, c: c_0! },
        ];
        for (let t = 1; t <= x.T_x; t++) {
          const [x_t, a_prev, c_prev] = enters(t, now!, before!, x);
          steps.push(cell(x_t, a_prev, c_prev, parameters));
          [before, now] = [now, { a: steps.at(-1)!.a_next, c: steps.at(-1)!.c_next }];
        }
        return {
          a: Sequence.of(steps.map(({ a_next }) => a_next)),
          c: Sequence.of(steps.map(({ c_next }) => c_next)),
          yhat: Sequence.of(steps.map(({ yhat_t }) => yhat_t)),
          caches: steps.map(({ cache }) => cache),
        };
      };
    for (const [said, enters] of [
      [
        "call 3 of cell got c⟨1⟩; c⟨2⟩ was expected",
        (t, { a, c }, before, x) => [x.at(t), a, t === 3 ? before.c : c],
      ],
      [
        "call 3 of cell got a⟨1⟩; a⟨2⟩ was expected",
        (t, { a, c }, before, x) => [x.at(t), t === 3 ? before.a : a, c],
      ],
      [
        "call 1 of cell got c⟨0⟩ and a⟨0⟩; a⟨0⟩ and c⟨0⟩ were expected",
        (t, { a, c }, _before, x) => [x.at(t), c, a],
      ],
      [
        "call 2 of cell got zeros as c_prev; c⟨1⟩ was expected",
        (t, { a, c }, _before, x) => [x.at(t), a, t === 2 ? c.times(0) : c],
      ],
      [
        "call 1 of cell got x⟨6⟩; x⟨1⟩ was expected",
        (t, { a, c }, _before, x) => [x.at(x.T_x + 1 - t), a, c],
      ],
    ] satisfies readonly (readonly [string, Parameters<typeof memory>[0]])[])
      assert.equal(await traceOf("lstmForward", memory(enters)), said);
    const early = (x: X, ...others: [A, LstmParameters, LstmOptions]): unknown =>
      lstmForward(x.T_x === 1 ? x : x.slice(1, x.T_x - 1), ...others);
    assert.equal(
      await traceOf("lstmForward", early),
      "6 calls of cell were expected, 5 came: none with x⟨6⟩, a⟨5⟩ and c⟨5⟩",
    );
  });

  it("tells the state's gradient from the memory's, on the way back", async () => {
    const back =
      (enters: (own: A, da: A, dc: A) => readonly [A, A]) =>
      (da: Sequence<"n_a", "m">, caches: readonly LstmCache[], step: LstmCellBackward): unknown => {
        let [da_carried, dc_carried] = [da.at(1).times(0), da.at(1).times(0)];
        for (let t = da.T_x; t >= 1; t--) {
          const [da_next, dc_next] =
            t === 4
              ? enters(da.at(t), da_carried, dc_carried)
              : ([da.at(t).add(da_carried), dc_carried] as const);
          ({ da_prev: da_carried, dc_prev: dc_carried } = step(da_next, dc_next, caches[t - 1]!));
        }
        return { da_0: da_carried };
      };
    const step = "the backward step of t = 4 was given";
    const memory = "what t = 5 carried back to the memory";
    for (const [said, enters] of [
      [`${step} da⟨4⟩ without what t = 5 carried back to the state`, (own, _da, dc) => [own, dc]],
      [`${step} what t = 5 carried back to the state, without da⟨4⟩`, (_own, da, dc) => [da, dc]],
      [`${step} zeros as dc_next; ${memory} was expected`, (own, da) => [own.add(da), da.times(0)]],
      [
        `${step} what t = 5 carried back to the state; ${memory} was expected`,
        (own, da) => [own.add(da), da],
      ],
      [
        `${step} da⟨4⟩ + ${memory}; ${memory} was expected`,
        (own, da, dc) => [own.add(da), dc.add(own)],
      ],
    ] satisfies readonly (readonly [string, Parameters<typeof back>[0]])[])
      assert.equal(await traceOf("lstmBackward", back(enters)), said);
    const forwards = (
      da: Sequence<"n_a", "m">,
      caches: readonly LstmCache[],
      cell: LstmCellBackward,
    ): unknown => da.map((da_t, t) => cell(da_t, da_t.times(0), caches[t - 1]!).da_prev);
    assert.equal(
      await traceOf("lstmBackward", forwards),
      "call 1 of cellBackward got da⟨1⟩ and the cache of t = 1; da⟨6⟩ and the cache of t = 6 were expected",
    );
  });

  it("keeps two networks apart", async () => {
    type Both = { encoder: RnnParameters; decoder: RnnParameters };
    const oneForBoth = (
      x: X,
      a_0: A,
      { encoder }: Both,
      y_0: Mat<"n_y", "m">,
      T_y: number,
      cell: RnnCell,
    ): unknown => encodeDecode(x, a_0, { encoder, decoder: encoder }, y_0, T_y, cell);
    assert.equal(
      await traceOf("encodeDecode", oneForBoth),
      "call 4 of cell got parameters.encoder; parameters.decoder was expected",
    );
    const notFed = (
      x: X,
      a_0: A,
      { encoder, decoder }: Both,
      y_0: Mat<"n_y", "m">,
      T_y: number,
      cell: RnnCell,
    ): unknown => {
      let a_prev = a_0;
      for (const x_t of x) a_prev = cell(x_t, a_prev, encoder).a_next;
      const said: Mat[] = [];
      for (let t = 1; t <= T_y; t++) {
        const step = cell(y_0 as Mat as Mat<"n_x", "m">, a_prev, decoder);
        a_prev = step.a_next;
        said.push(step.yhat_t);
      }
      return { yhat: Sequence.of(said) };
    };
    assert.equal(
      await traceOf("encodeDecode", notFed),
      "call 5 of cell got y⟨0⟩; ŷ⟨1⟩ was expected",
    );
  });

  it("does not look at examples that have ended", async () => {
    const notHeld = (
      x: X,
      a_0: A,
      parameters: RnnParameters,
      cell: RnnCell,
      mask: Sequence<"1", "m">,
    ): unknown => {
      const { a, yhat } = rnnForward(x, a_0, parameters, cell);
      return { a, yhat: yhat.map((yhat_t, t) => yhat_t.times(mask.at(t))) };
    };
    assert.equal(
      await traceOf("manyToManySynced", notHeld),
      "all 6 calls of cell got what was expected: look at what becomes of their answers",
    );
  });

  it("says nothing of a way of its own: one example at a time, or the same call twice", async () => {
    const column = (of: Mat, i: number): Mat => Mat.build(of.rows, 1, (k) => of.get(k, i));
    const oneByOne = (x: X, a_0: A, parameters: RnnParameters, cell: RnnCell): unknown => {
      const last = Array.from({ length: x.cols }, (_, i) => {
        const x_i = x.map((x_t) => column(x_t, i)) as Sequence as X;
        return rnnForward(x_i, column(a_0, i) as A, parameters, cell).yhat.at(1);
      });
      return { yhat: Mat.build(last[0]!.rows, x.cols, (k, i) => last[i]!.get(k, 0)) };
    };
    assert.equal(await traceOf("manyToOne", oneByOne), "");
    const twice = unrolledBy((t, a_prev, x) => [x.at(t), a_prev]) as AnyFunction;
    const doubled = (x: X, a_0: A, parameters: RnnParameters, cell: RnnCell): unknown => {
      const asked: RnnCell = (x_t, a_prev, shared) => {
        cell(x_t, a_prev, shared);
        return cell(x_t, a_prev, shared);
      };
      const call = twice as (...args: unknown[]) => ReturnType<typeof rnnForward>;
      const answer = call(x, a_0, parameters, asked);
      return { ...answer, caches: answer.caches.slice(1) };
    };
    assert.match(
      await traceOf("rnnForward", doubled),
      /^all 6 calls of cell got what was expected/,
    );
  });

  it("is told of what a call was handed that is no matrix", async () => {
    const undefinedState = (x: X, _a_0: A, parameters: RnnParameters, cell: RnnCell): unknown =>
      cell(x.at(1), undefined as never, parameters);
    assert.equal(
      await traceOf("rnnForward", undefinedState),
      "call 1 of cell got nothing (undefined) as a_prev; a⟨0⟩ was expected",
    );
    const hostile = (x: X, a_0: A, parameters: RnnParameters, cell: RnnCell): unknown =>
      cell(
        {
          get data(): never {
            throw new Error("no");
          },
        } as never,
        a_0,
        parameters,
      );
    const { cases } = await verdictOn("rnnForward", hostile);
    assert.equal(cases[0]?.status, "crashed");
  });

  it("is evidence for words only: a right answer passes however the cell was called", async () => {
    const odd = (x: X, a_0: A, parameters: RnnParameters, cell: RnnCell): unknown => {
      cell(x.at(x.T_x), a_0.times(0), parameters);
      return rnnForward(x, a_0, parameters, cell);
    };
    const { status, cases } = await verdictOn("rnnForward", odd);
    assert.equal(status, "passed");
    assert.ok(cases.every(({ trace }) => trace === undefined));
  });
});

describe("the departure of calls from the right ones", () => {
  const random = seededRandom(3);
  const draw = (rows: number, cols: number): Mat => randomNormal(rows, cols, random);

  /** x of T steps, a⟨0⟩, parameters and the cell, for m examples. */
  function argumentsOf(T: number, m: number, ...more: readonly Argument[]): readonly Argument[] {
    const x = Sequence.build(T, () => draw(2, m));
    const parameters = {
      Wax: draw(3, 2),
      Waa: draw(3, 3),
      Wya: draw(1, 3),
      ba: draw(3, 1),
      by: draw(1, 1),
    };
    return [x, draw(3, m), parameters, standIn("waveCell"), ...more];
  }

  type Calls = (x: X, a_0: A, parameters: RnnParameters, cell: RnnCell) => unknown;

  /** The right calls: one for each step, and one more for as long as it is asked for. */
  const unrolled =
    (more = 0): Calls =>
    (x, a_0, parameters, cell) => {
      let a_prev = a_0;
      for (const x_t of x) a_prev = cell(x_t, a_prev, parameters).a_next;
      for (let n = 0; n < more; n++) a_prev = cell(x.at(1), a_prev, parameters).a_next;
    };

  function exerciseWith(reference: unknown, more: readonly string[] = []): Exercise {
    const argumentNames = ["x", "a_0", "parameters", "cell", ...more];
    return { ...leakySumExercise, argumentNames, reference: reference as AnyFunction };
  }

  function recordingOf(args: readonly Argument[], fn: unknown): Recording {
    const recorder = new Recorder();
    callHere(fn as AnyFunction, args, { watch: recorder.watch });
    return recorder.recording()!;
  }

  function departure(
    fn: Calls,
    args = argumentsOf(3, 2),
    exercise = exerciseWith(unrolled()),
  ): Trace | undefined {
    return departureOf(exercise, args, recordingOf(args, fn));
  }

  it("calls the cell what the function calls it, an option by its key, and else by what it is", () => {
    const none = { step: "waveLoss", calls: [], count: 0 };
    const reference = (): undefined => undefined;
    const cellOf = (argumentNames: readonly string[], ...args: readonly Argument[]): unknown =>
      departureOf({ ...exerciseWith(reference), argumentNames }, args, none)?.cell;
    const loss = standIn("waveLoss");
    assert.equal(cellOf(["loss", "x"], loss, 1), "loss");
    assert.equal(cellOf(["x", "loss"], 1, loss), "loss");
    assert.equal(cellOf(["x", ""], 1, { rate: 2, lossOf: loss }), "lossOf");
    assert.equal(cellOf(["all"], [loss]), "the cell");
  });

  it("is not looked for where no cell is handed over, or where too many calls are right", () => {
    const loss = standIn("waveLoss");
    const none = { step: "waveLoss", calls: [], count: 0 };
    const calling = (count: number, args: readonly Argument[]): Trace | undefined => {
      const reference = (f: (parameters: object) => unknown): void => {
        for (let n = 0; n < count; n++) {
          try {
            f({});
          } catch {
            // no parameters: only the calls are counted
          }
        }
      };
      return departureOf(exerciseWith(reference), args, none);
    };
    assert.equal(calling(1, [1]), undefined);
    assert.equal(calling(MOST_CALLS, [loss])?.kind, "never-called");
    assert.equal(calling(MOST_CALLS + 1, [loss]), undefined);
  });

  it("is not told where more calls came than were kept, and all that were kept are right", () => {
    const args = argumentsOf(3, 2);
    const all = recordingOf(args, unrolled());
    const exercise = exerciseWith(unrolled());
    assert.equal(departureOf(exercise, args, all)?.kind, "as-expected");
    assert.equal(departureOf(exercise, args, { ...all, count: 4 }), undefined);
  });

  it("is where the calls end, and not at one that came twice before that", () => {
    const early: Calls = (x, a_0, parameters, cell) => {
      const { a_next } = cell(x.at(1), a_0, parameters);
      cell(x.at(1), a_0, parameters);
      cell(x.at(2), a_next, parameters);
    };
    const found = departure(early);
    assert.deepEqual(found, {
      cell: "cell",
      expected: 3,
      kind: "too-few",
      came: 3,
      next: ["x⟨3⟩", "a⟨2⟩"],
    });
  });

  it("is the first of several, and told with what was expected there", () => {
    const twoWrong: Calls = (x, a_0, parameters, cell) => {
      const a_1 = cell(x.at(1), a_0, parameters).a_next;
      cell(x.at(3), a_1, parameters);
      const a_2 = cell(x.at(2), a_1, parameters).a_next;
      cell(x.at(1), a_2, parameters);
    };
    assert.deepEqual(departure(twoWrong), {
      cell: "cell",
      expected: 3,
      kind: "wrong-argument",
      call: 2,
      wrong: [{ name: "x_t", got: "x⟨3⟩", expected: "x⟨2⟩" }],
    });
  });

  it("of one example alone is a way of its own, unless there is but one", () => {
    const column: Calls = (x, a_0, parameters, cell) =>
      cell(x.at(1).column(0).times(2) as never, a_0.column(0) as never, parameters);
    assert.equal(departure(column), undefined);
    const alone = departure(column, argumentsOf(3, 1));
    assert.deepEqual(alone?.kind === "wrong-argument" && alone.wrong, [
      { name: "x_t", got: "2 · x⟨1⟩", expected: "x⟨1⟩" },
    ]);
    const tall: Calls = (_x, a_0, parameters, cell) => {
      try {
        cell(draw(5, 1) as never, a_0, parameters);
      } catch {
        // a cell refuses what has not its shape
      }
    };
    const other = departure(tall);
    assert.deepEqual(
      other?.kind === "wrong-argument" && other.wrong[0]?.got,
      "another matrix (5, 1)",
    );
  });

  it("may be what is no matrix, with a mask or without", () => {
    const mask = Sequence.build(3, () => Mat.from([[1, 1]]));
    for (const more of [[], [mask]]) {
      for (const value of [undefined, 7, draw(2, 3)]) {
        const careless: Calls = (_x, a_0, parameters, cell) => {
          try {
            cell(value as never, a_0, parameters);
          } catch {
            // a cell refuses it
          }
        };
        const args = argumentsOf(3, 2, ...more);
        const found = departure(careless, args, exerciseWith(unrolled(), ["mask"]));
        assert.equal(found?.kind, "wrong-argument");
        assert.deepEqual(
          found.wrong.map(({ name }) => name),
          ["x_t"],
        );
      }
    }
  });

  it("is looked for in the calls beyond a mask's last step too", () => {
    const mask = Sequence.build(3, () => Mat.from([[1, 0]]));
    const args = argumentsOf(3, 2, mask);
    const exercise = exerciseWith(unrolled(1), ["mask"]);
    assert.equal(departure(unrolled(1), args, exercise)?.kind, "as-expected");
    const short = departure(unrolled(), args, exercise);
    assert.deepEqual(short?.kind === "too-few" && short.next, ["x⟨1⟩", "a⟨3⟩"]);
  });

  it("tells a loss's one argument, and of a cell's only those that it takes", () => {
    const args = [
      { Wax: draw(1, 2), Waa: draw(1, 1), Wya: draw(1, 1), ba: draw(1, 1), by: draw(1, 1) },
      standIn("waveLoss"),
    ];
    const once = (parameters: object, loss: (...of: unknown[]) => unknown): unknown =>
      loss(parameters);
    const twice = (parameters: RnnParameters, loss: (...of: unknown[]) => unknown): void => {
      loss(parameters);
      loss({ ...parameters, Wax: parameters.Wax.times(2) }, "more");
    };
    const exercise = { ...exerciseWith(once), argumentNames: ["parameters", "loss"] };
    const found = departureOf(exercise, args, recordingOf(args, twice));
    assert.ok(found?.kind === "too-many");
    assert.equal(found.call, 2);
    assert.equal(found.got.length, 1);
  });

  it("names the network of a call only where there are two", () => {
    const [, , encoder] = argumentsOf(1, 1);
    const [x, a_0, decoder, cell] = argumentsOf(2, 2);
    const args = [x!, a_0!, { encoder: encoder!, decoder: decoder! }, cell!];
    type Both = { readonly encoder: RnnParameters; readonly decoder: RnnParameters };
    const calling =
      (count: number) =>
      (of: X, from: A, { encoder: one, decoder: other }: Both, step: RnnCell): void => {
        let a_prev = from;
        for (const network of [one, one, other].slice(0, count)) {
          a_prev = step(of.at(1), a_prev, network).a_next;
        }
      };
    const exercise = exerciseWith(calling(3));
    const found = departureOf(exercise, args, recordingOf(args, calling(2)));
    assert.deepEqual(found?.kind === "too-few" && found.next, [
      "x⟨1⟩",
      "a⟨2⟩",
      "parameters.decoder",
    ]);
  });

  it("back in time expects what the step after it carried back, whatever else has its numbers", () => {
    const zeros = Mat.zeros<"n_a", "m">(2, 1);
    const gates = { gamma_f: zeros, gamma_u: zeros, c_next: zeros };
    const parameters = { Wo: draw(2, 3) };
    const cache = { x_t: draw(1, 1), a_prev: zeros, c_prev: draw(2, 1), ...gates, parameters };
    const back =
      (first: Mat, second: Mat) =>
      (da: Sequence, caches: readonly LstmCache[], step: LstmCellBackward): void => {
        const { da_prev, dc_prev } = step(da.at(2) as A, first as A, caches[1]!);
        step(da.at(1).add(da_prev as Mat) as A, dc_prev.add(second as A), caches[0]!);
      };
    const argumentNames = ["da", "caches", "cellBackward"];
    const exercise = { ...exerciseWith(back(zeros, zeros)), argumentNames };
    const expected = (da_t: Mat, first: Mat, second: Mat): unknown => {
      const args = [Sequence.of([da_t, da_t]), [cache, cache], standIn("waveMemoryCellBackward")];
      const found = departureOf(exercise, args, recordingOf(args, back(first, second)));
      assert.ok(found?.kind === "wrong-argument");
      return [found.t, found.wrong.map((one) => one.expected)];
    };
    const one = draw(2, 1);
    assert.deepEqual(expected(zeros, zeros, one), [1, ["what t = 2 carried back to the memory"]]);
    assert.deepEqual(expected(one, one.times(3), zeros), [2, ["zeros"]]);
  });
});
