import assert from "node:assert/strict";
import type { AnyFunction } from "../../../../exercises/exercise.js";
import { MOST_CALLS, Recorder } from "../../../../grader/judge/trace/recording.js";
import { Foreign } from "../../../../grader/values/foreign.js";
import { Mat, Sequence } from "../../../../src/index.js";

type Cell = (...args: readonly unknown[]) => unknown;

/** A recorder, and a cell that it watches. */
function watched(cell: Cell = () => ({})): { recorder: Recorder; call: Cell } {
  const recorder = new Recorder();
  return { recorder, call: recorder.watch("waveCell", cell) as Cell };
}

/** What is kept of an argument. */
function kept(value: unknown): unknown {
  const { recorder, call } = watched();
  call(value);
  return recorder.recording()!.calls[0]!.args[0];
}

describe("a recording", () => {
  it("keeps arguments as they were at the call, and counts what it does not keep", () => {
    const { recorder, call } = watched();
    const buffer = Mat.from([[1, 2]]);
    call(buffer);
    buffer.data[0] = 9;
    for (let n = 0; n < MOST_CALLS + 5; n++) call(buffer);
    const { calls, count } = recorder.recording()!;
    assert.deepEqual((calls[0]!.args[0] as Mat).toArray(), [[1, 2]]);
    assert.deepEqual((calls[1]!.args[0] as Mat).toArray(), [[9, 2]]);
    assert.equal(calls.length, MOST_CALLS);
    assert.equal(count, MOST_CALLS + 6);
  });

  it("leaves alone what is no step of a sequence", () => {
    const recorder = new Recorder();
    const f = (() => 1) as AnyFunction;
    assert.equal(recorder.watch("cubicWave", f), f);
    assert.equal(recorder.watch("toString", f), f);
    assert.equal(recorder.recording(), undefined);
  });

  it("is there, and empty, where a cell was handed over and never called", () => {
    assert.deepEqual(watched().recorder.recording(), { step: "waveCell", calls: [], count: 0 });
  });

  it("does not stand between a function and its cell: arguments, answers and errors go through", () => {
    const { call } = watched((...args) => args);
    const mat = Mat.from([[1]]);
    const [first, second] = call(mat, 2) as unknown[];
    assert.equal(first, mat);
    assert.equal(second, 2);
    const error = new Error("no");
    const throwing = watched(() => {
      throw error;
    });
    assert.throws(() => throwing.call(), error);
  });

  it("keeps what a cell gave by its keys, and nothing where it threw or gave no record", () => {
    const answers = [{ a_next: 1 }, 7, new Error("no"), { a_next: 2 }];
    const { recorder, call } = watched((n) => {
      const answer = answers[n as number];
      if (answer instanceof Error) throw answer;
      return answer;
    });
    for (const n of answers.keys()) {
      try {
        call(n);
      } catch {
        // the third one throws
      }
    }
    assert.deepEqual(recorder.recording()!.calls, [
      { args: [0], result: { a_next: 1 } },
      { args: [1], result: {} },
      { args: [2], result: {} },
      { args: [3], result: { a_next: 2 } },
    ]);
  });

  it("keeps no answer in another call's place once it only counts", () => {
    const { recorder, call } = watched((n) => ({ n }));
    for (let n = 0; n <= MOST_CALLS; n++) call(n);
    assert.deepEqual(recorder.recording()!.calls.at(-1), {
      args: [MOST_CALLS - 1],
      result: { n: MOST_CALLS - 1 },
    });
  });

  it("does not grow once it was taken", () => {
    const { recorder, call } = watched();
    call(1);
    const { calls } = recorder.recording()!;
    call(2);
    assert.equal(calls.length, 1);
  });

  it("keeps what is no object as it is, and containers as words", () => {
    const f = (): number => 1;
    for (const value of [undefined, null, 3, "text", f]) assert.equal(kept(value), value);
    const step = Mat.from([[1], [2]]);
    const long = Sequence.of(new Array<Mat>(1_000_000).fill(step));
    for (const [value, words] of [
      [[1, 2], "an array of 2"],
      [long, "a Sequence of 1000000 steps, each (2, 1)"],
      [new Float32Array(2), "a Float32Array of 2 numbers"],
    ] as const)
      assert.deepEqual(kept(value), new Foreign(words));
  });

  it("keeps a sequence as it was at the call", () => {
    const step = Mat.from([[1], [2]]);
    const { recorder, call } = watched();
    call(Sequence.of([step]));
    step.data[0] = 9;
    const [x] = recorder.recording()!.calls[0]!.args;
    assert.deepEqual(x, Sequence.of([Mat.from([[1], [2]])]));
  });

  it("copies the matrices in parameters and caches, at any depth, and a record only once", () => {
    const Wax = Mat.from([[1]]);
    const parameters = { Wax };
    const cache: Record<string, unknown> = { x_t: Mat.from([[5]]), parameters };
    cache["itself"] = cache;
    const { recorder, call } = watched();
    call(parameters, cache);
    call(parameters, cache);
    Wax.data[0] = 9;
    const [first, second] = recorder.recording()!.calls;
    const [own, copy] = first!.args as { Wax: Mat; parameters: unknown; itself: unknown }[];
    assert.deepEqual(own, { Wax: Mat.from([[1]]) });
    assert.equal(copy!.parameters, own);
    assert.equal(copy!.itself, copy);
    assert.equal(second!.args[0], own);
    assert.equal(second!.args[1], copy);
  });

  it("says of a value that throws when it is looked at that it can't be read, and goes on", () => {
    const hostile = {
      get data(): never {
        throw new Error("no");
      },
    };
    const { recorder, call } = watched(() => ({ a_next: 1 }));
    assert.deepEqual(call(hostile, 2), { a_next: 1 });
    assert.deepEqual(recorder.recording()!.calls[0], {
      args: [new Foreign("a value that can't be read"), 2],
      result: { a_next: 1 },
    });
  });
});
