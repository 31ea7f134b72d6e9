import assert from "node:assert/strict";
import type { AnyFunction } from "../../../../exercises/exercise.js";
import { exercise as exerciseOf } from "../../../../exercises/manifest.js";
import { judge } from "../../../../grader/judge/judge.js";
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
  Sequence,
} from "../../../../src/index.js";

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
