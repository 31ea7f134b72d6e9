import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { runInNewContext } from "node:vm";
import type { AnyFunction, Argument } from "../../../exercises/exercise.js";
import { standIn, standIns } from "../../../exercises/standIns.js";
import {
  type Call,
  callHere,
  freshArguments,
  observationOf,
  outcomeOf,
  thrown,
} from "../../../grader/judge/observe.js";
import { Foreign } from "../../../grader/values/foreign.js";
import type { Outcome } from "../../../grader/values/outcome.js";
import { Mat, Sequence } from "../../../src/index.js";

const W = (): Mat => Mat.from([[1, 2]]);
const answer = (value: unknown): Outcome => ({ kind: "answer", value });
const threw = (message: string): Outcome => ({ kind: "threw", name: "Error", message });

/** A call that left these arguments. */
function call(outcome: Outcome, ...argsAfter: readonly unknown[]): Call {
  return { outcome, argsAfter };
}

describe("two calls with the same arguments", () => {
  it("show the first outcome and nothing more where nothing changed", () => {
    const seen = observationOf([W()], call(answer(3), W()), call(answer(3), W()));
    assert.deepEqual(seen, { outcome: answer(3) });
  });

  it("show an input that either of them changed, the first one first", () => {
    const changed = (value: number): Mat => Mat.from([[value, 2]]);
    const at = (first: Mat, second: Mat): unknown =>
      observationOf([W()], call(answer(3), first), call(answer(3), second)).changedInput;
    const change = { code: "[0].get(0, 0)", before: "1" };
    assert.deepEqual(at(changed(7), W()), { ...change, after: "7" });
    assert.deepEqual(at(W(), changed(8)), { ...change, after: "8" });
    assert.deepEqual(at(changed(7), changed(8)), { ...change, after: "7" });
  });

  it("show where the second answer is another one, but for the keys that don't count", () => {
    const first = answer({ y: 1, cache: 1 });
    const second = answer({ y: 1, cache: 2 });
    const changed = (ignore?: readonly string[]): unknown =>
      observationOf([], call(first), call(second), ignore).changedAnswer;
    assert.deepEqual(changed(), { code: ".cache", before: "1", after: "2" });
    assert.equal(changed(["cache"]), undefined);
  });

  it("show that one was answered and the other refused, and take two errors for the same", () => {
    const changed = (first: Outcome, second: Outcome): unknown =>
      observationOf([], call(first), call(second)).changedAnswer;
    assert.deepEqual(changed(answer("yes"), threw("no")), {
      code: "",
      before: 'the text "yes"',
      after: "an error (no)",
    });
    assert.deepEqual(changed(threw("no"), answer("yes")), {
      code: "",
      before: "an error (no)",
      after: 'the text "yes"',
    });
    assert.equal(changed(threw("no"), threw("not now")), undefined);
  });
});

describe("a call here", () => {
  it("is made with copies, and shows what was left of them", () => {
    const args = [W()];
    const spoiling = (mat: Mat): string => ((mat.data[0] = 9), "done");
    const { outcome, argsAfter } = callHere(spoiling as AnyFunction, args);
    assert.deepEqual(outcome, answer("done"));
    assert.deepEqual((argsAfter[0] as Mat).toArray(), [[9, 2]]);
    assert.deepEqual(args[0]!.toArray(), [[1, 2]]);
  });

  it("that throws tells the error, and the learner's line where it is found", () => {
    const error = new RangeError("too far");
    const throwing = (): never => {
      throw error;
    };
    const told = { kind: "threw", name: "RangeError", message: "too far" };
    assert.deepEqual(callHere(throwing, []).outcome, told);
    const at = { where: "In [3], line 7" };
    const locate = (caught: unknown): typeof at | undefined => (caught === error ? at : undefined);
    assert.deepEqual(callHere(throwing, [], { locate }).outcome, { ...told, at });
    const lost = outcomeOf(throwing, [], () => undefined);
    assert.ok(!("at" in lost));
  });

  it("never gives a promise as an answer, and lets no rejection of one end the process", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): unknown => unhandled.push(reason);
    process.on("unhandledRejection", listen);
    const { outcome } = callHere((() => Promise.reject(new Error("late"))) as AnyFunction, []);
    await setImmediate();
    process.off("unhandledRejection", listen);
    assert.deepEqual(outcome, answer(new Foreign("a promise")));
    assert.deepEqual(unhandled, []);
  });

  it("gives as it is whatever has no function then: nothing, null, a text, a key of that name", () => {
    const mat = W();
    for (const value of [undefined, null, "then", 3, mat, { then: 3 }]) {
      assert.deepEqual(
        outcomeOf(() => value, []),
        answer(value),
      );
    }
    const callable = Object.assign(() => 1, { then: () => 2 });
    assert.deepEqual(
      outcomeOf(() => callable, []),
      answer(callable),
    );
  });
});

describe("a stand-in among the arguments", () => {
  it("becomes its function, wherever it stands", () => {
    const cell = standIns["waveCell"]!;
    const args = [
      1,
      standIn("waveCell"),
      [standIn("waveCell")],
      { options: { cell: standIn("waveCell") } },
    ];
    const functions = [1, cell, [cell], { options: { cell } }];
    assert.deepEqual(freshArguments(args), functions);
  });

  it("becomes what a watch makes of its name and its function", () => {
    const seen: unknown[] = [];
    const other = (): void => undefined;
    const watch = (name: string, fn: AnyFunction): AnyFunction => (seen.push(name, fn), other);
    const args = [{ cell: standIn("waveCell") }, [standIn("constant")]];
    assert.deepEqual(freshArguments(args, watch), [{ cell: other }, [other]]);
    assert.deepEqual(seen, ["waveCell", standIns["waveCell"], "constant", standIns["constant"]]);
    assert.equal(
      callHere(((f: unknown) => f === other) as never, [standIn("constant")], { watch }).outcome
        .kind,
      "answer",
    );
  });

  it("is refused by name where there is no such function", () => {
    assert.throws(() => freshArguments([standIn("waveSell")]), {
      message: "no stand-in is called waveSell",
    });
  });

  it("in fresh arguments stands beside copies, which share nothing with what was drawn", () => {
    const args: readonly Argument[] = [W(), Sequence.of([W()]), { W: W() }];
    const fresh = freshArguments(args);
    assert.deepEqual(fresh, args);
    (fresh[0] as Mat).data[0] = 5;
    (fresh[1] as Sequence).at(1).data[0] = 5;
    (fresh[2] as { W: Mat }).W.data[0] = 5;
    assert.deepEqual(args, [W(), Sequence.of([W()]), { W: W() }]);
  });
});

describe("what was thrown", () => {
  it("keeps an error's name and message, also of another realm or of one's own making", () => {
    const told = { kind: "threw", name: "TypeError", message: "no" };
    assert.deepEqual(thrown(new TypeError("no")), told);
    assert.deepEqual(thrown(runInNewContext('new TypeError("no")')), told);
    assert.deepEqual(thrown({ name: "TypeError", message: "no" }), told);
  });

  it("takes an error's name and message as text, whatever they are", () => {
    const odd = Object.assign(new Error("no"), { name: 7, message: [1, 2] });
    assert.deepEqual(thrown(odd), { kind: "threw", name: "7", message: "1,2" });
    const long = thrown(new RangeError("a".repeat(1_000_000)));
    assert.deepEqual(long, { kind: "threw", name: "RangeError", message: "a".repeat(2000) });
  });

  it("that is no error is told in words, without a name", () => {
    for (const [value, message] of [
      ["a text", 'the text "a text"'],
      [undefined, "nothing (undefined)"],
      [null, "null"],
      [{ name: "TypeError" }, "an object { name }"],
      [{ message: "no" }, "an object { message }"],
      [{ name: 7, message: "no" }, "an object { name, message }"],
      [{ name: "TypeError", message: 7 }, "an object { name, message }"],
    ] as const) {
      assert.deepEqual(thrown(value), { kind: "threw", name: "", message });
    }
    const callable = Object.assign(() => 1, { message: "no" });
    assert.equal(thrown(callable).name, "");
  });

  it("is told even where its words can't be read", () => {
    const hostile = new Error("no");
    Object.defineProperty(hostile, "message", {
      get(): never {
        throw new Error("never");
      },
    });
    const message = "something whose words can't be read";
    assert.deepEqual(thrown(hostile), { kind: "threw", name: "", message });
  });
});
