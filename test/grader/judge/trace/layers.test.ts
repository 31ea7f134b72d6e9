import assert from "node:assert/strict";
import type { AnyFunction } from "../../../../exercises/exercise.js";
import { exercise as exerciseOf } from "../../../../exercises/manifest.js";
import { judge } from "../../../../grader/judge/judge.js";
import { callHere } from "../../../../grader/judge/observe.js";
import { caseRandom } from "../../../../grader/judge/seed.js";
import { departureOf } from "../../../../grader/judge/trace/departure.js";
import { Recorder } from "../../../../grader/judge/trace/recording.js";
import { inProcess } from "../../../../grader/practice/inProcess.js";
import { traceSentence } from "../../../../grader/words/traceWords.js";
import {
  bidirectionalForward,
  type BidirectionalParameters,
  deepForward,
  type DeepParameters,
  type LayerForward,
  Sequence,
} from "../../../../src/index.js";

type X = Sequence<"n_x", "m">;
type Mask = Sequence<"1", "m">;

/** What is said of the calls in one case, the first one unless said. */
function traceOf(id: string, fn: unknown, name?: string): string {
  const exercise = exerciseOf(id);
  const { cases, draw } = exercise;
  const one = cases.find((each) => each.name === (name ?? cases[0]!.name))!;
  const args = draw(one.size, caseRandom(7, id, one.name), one.settings ?? {});
  const recorder = new Recorder();
  callHere(fn as AnyFunction, args, { watch: recorder.watch });
  const trace = departureOf(exercise, args, recorder.recording()!);
  return trace === undefined ? "" : traceSentence(trace);
}

type Call = Parameters<LayerForward>;

/** bidirectionalForward whose n-th call of its layer gets other arguments; without those, none is made. */
function bothWays(change: (n: number, ...call: Call) => Call): unknown {
  return (x: X, parameters: BidirectionalParameters, mask: Mask, layer: LayerForward) => {
    let n = 0;
    return bidirectionalForward(x, parameters, mask, (...call) => layer(...change(++n, ...call)));
  };
}

/** deepForward whose n-th layer gets other arguments. */
function upwards(change: (n: number, x: X, ...call: Call) => Call): unknown {
  return (x: X, parameters: DeepParameters, mask: Mask, layer: LayerForward) => {
    let n = 0;
    return deepForward(x, parameters, mask, (...call) => layer(...change(++n, x, ...call)));
  };
}

describe("the trace of a layer's calls", () => {
  it("names what the layer that reads from the end got, and what it should have got", () => {
    const masked = "different lengths";
    for (const [said, fn, name] of [
      [
        "call 2 of layer got x; x from the last step to the first was expected",
        bothWays((n, x, ...rest) => [n === 2 ? x.reverse() : x, ...rest]),
      ],
      [
        "call 1 of layer got x from the last step to the first; x was expected",
        bothWays((n, x, ...rest) => [n === 1 ? x.reverse() : x, ...rest]),
      ],
      [
        "call 2 of layer got x; x from the last step to the first was expected",
        bothWays((n, x, parameters) => [n === 2 ? x.reverse() : x, parameters]), // all steps are read
      ],
      [
        "call 2 of layer got mask; mask from the last step to the first was expected",
        bothWays((n, x, parameters, mask) => [x, parameters, n === 2 ? mask!.reverse() : mask]),
        masked,
      ],
      [
        "call 1 of layer got ones as mask; mask was expected",
        bothWays((_n, x, parameters, mask) => [
          x,
          parameters,
          mask!.map((mask_t) => mask_t.map(() => 1)),
        ]),
        masked,
      ],
      [
        "call 1 of layer got nothing (undefined) as mask; mask was expected",
        bothWays((_n, x, parameters) => [x, parameters]),
        masked,
      ],
      [
        "call 2 of layer got x and mask; x from the last step to the first and mask from the last step to the first were expected",
        bothWays((_n, x, parameters, mask) => [
          _n === 2 ? x.reverse() : x,
          parameters,
          _n === 2 ? mask!.reverse() : mask,
        ]),
        masked,
      ],
    ] as const)
      assert.equal(traceOf("bidirectionalForward", fn, name), said);
  });

  it("names the parameters", () => {
    const oneForBoth = (
      x: X,
      { forward, ...rest }: BidirectionalParameters,
      mask: Mask,
      layer: LayerForward,
    ): unknown => bidirectionalForward(x, { ...rest, forward, backward: forward }, mask, layer);
    assert.equal(
      traceOf("bidirectionalForward", oneForBoth),
      "call 2 of layer got parameters.forward; parameters.backward was expected",
    );
    const firstForAll = (
      x: X,
      { layers, ...rest }: DeepParameters,
      mask: Mask,
      layer: LayerForward,
    ): unknown => deepForward(x, { ...rest, layers: layers.map(() => layers[0]!) }, mask, layer);
    assert.equal(
      traceOf("deepForward", firstForAll, "as many units as inputs"),
      "call 2 of layer got parameters.layers[0]; parameters.layers[1] was expected",
    );
  });

  it("names the states that a layer above should have read", () => {
    const square = "as many units as inputs";
    for (const [said, fn, name] of [
      [
        "call 2 of layer got x; the a of call 1 was expected",
        upwards((n, x, read, ...rest) => [n === 2 ? x : read, ...rest]),
        square,
      ],
      [
        "call 2 of layer got the a of call 1 from the last step to the first; the a of call 1 was expected",
        upwards((n, _x, read, ...rest) => [n === 2 ? read.reverse() : read, ...rest]),
      ],
      [
        "call 2 of layer got x + the a of call 1; the a of call 1 was expected",
        upwards((n, x, read, ...rest) => [
          n === 2 ? read.map((a_t, t) => a_t.add(x.at(t))) : read,
          ...rest,
        ]),
        square,
      ],
      [
        "call 2 of layer got −0.5 · the a of call 1; the a of call 1 was expected",
        upwards((n, _x, read, ...rest) => [
          n === 2 ? read.map((a_t) => a_t.times(-0.5)) : read,
          ...rest,
        ]),
      ],
      [
        "call 2 of layer got zeros as x; the a of call 1 was expected",
        upwards((n, _x, read, ...rest) => [
          n === 2 ? read.map((a_t) => a_t.times(0)) : read,
          ...rest,
        ]),
      ],
      [
        "call 2 of layer got another Sequence of 6 steps, each (5, 4) as x; the a of call 1 was expected",
        upwards((n, _x, read, ...rest) => [
          n === 2 ? read.map((a_t) => a_t.map(Math.tanh)) : read,
          ...rest,
        ]),
      ],
      [
        "call 1 of layer got a Mat (3, 4) as x; x was expected",
        (x: X, { layers }: DeepParameters, mask: Mask, layer: LayerForward): unknown =>
          layer(x.at(1) as never, layers[0]!, mask),
      ],
    ] as const)
      assert.equal(traceOf("deepForward", fn, name), said);
  });

  it("counts the calls", () => {
    const there = (
      x: X,
      { forward }: BidirectionalParameters,
      mask: Mask,
      layer: LayerForward,
    ): unknown => {
      const { a } = layer(x, forward, mask);
      return { a: { forward: a, backward: a }, yhat: a };
    };
    assert.equal(
      traceOf("bidirectionalForward", there),
      "2 calls of layer were expected, 1 came: none with x from the last step to the first and parameters.backward",
    );
    const own = (x: X, parameters: BidirectionalParameters, mask: Mask): unknown =>
      bidirectionalForward(x, parameters, mask);
    assert.equal(
      traceOf("bidirectionalForward", own),
      "layer was never called; 2 calls were expected",
    );
    const twice = (x: X, parameters: DeepParameters, mask: Mask, layer: LayerForward): unknown => {
      const answer = deepForward(x, parameters, mask, layer);
      const a = layer(answer.a.at(-1)! as Sequence as X, parameters.layers.at(-1)!, mask).a;
      return { ...answer, a: [...answer.a.slice(0, -1), a] };
    };
    assert.equal(
      traceOf("deepForward", twice),
      "2 calls of layer were expected, 3 came: call 3, with the a of call 2 and parameters.layers[1], is one too many",
    );
  });

  it("does not ask for an order where both are right, nor where the padding stands", () => {
    const all = /^all \d calls of layer got what was expected/;
    const backFirst = (
      x: X,
      { forward, backward }: BidirectionalParameters,
      mask: Mask,
      layer: LayerForward,
    ): unknown => {
      const back = layer(x.reverse(), backward, mask.reverse()).a;
      return { a: { forward: layer(x, forward, mask).a, backward: back }, yhat: back };
    };
    assert.match(traceOf("bidirectionalForward", backFirst), all);
    const oneByOne = (
      x: X,
      { forward, backward }: BidirectionalParameters,
      mask: Mask,
      layer: LayerForward,
    ): unknown => {
      const lengths = Array.from({ length: x.cols }, (_, i) =>
        Array.from(mask).reduce((T, mask_t) => T + mask_t.get(0, i), 0),
      );
      const turned = x.map((x_t, t) =>
        x_t.map((value, k, i) => (t <= lengths[i]! ? x.at(lengths[i]! + 1 - t).get(k, i) : value)),
      );
      const { a } = layer(x, forward, mask);
      return { a: { forward: a, backward: layer(turned, backward, mask).a }, yhat: a };
    };
    assert.match(traceOf("bidirectionalForward", oneByOne, "different lengths"), all);
    const hidden = upwards((_n, _x, read, parameters, mask) => [
      read.map((x_t, t) => x_t.times(mask!.at(t))),
      parameters,
      mask,
    ]) as AnyFunction;
    const silent = (...args: unknown[]): unknown => ({
      ...(hidden as (...rest: unknown[]) => object)(...args),
      yhat: 0,
    });
    assert.match(traceOf("deepForward", silent, "three layers, different lengths"), all);
  });

  it("says nothing of a way of its own: example by example, or longer and longer beginnings", () => {
    const eachExample = (
      x: X,
      { layers }: DeepParameters,
      mask: Mask,
      layer: LayerForward,
    ): unknown =>
      Array.from({ length: x.cols }, (_, i) =>
        layer(x.example(i + 1), layers[0]!, mask.example(i + 1)),
      );
    assert.equal(traceOf("deepForward", eachExample), "");
    const beginnings = (
      x: X,
      { layers }: DeepParameters,
      mask: Mask,
      layer: LayerForward,
    ): unknown =>
      Array.from(x, (_, n) => layer(x.slice(1, n + 1), layers[0]!, mask.slice(1, n + 1)));
    assert.equal(traceOf("deepForward", beginnings), "");
  });

  it("tells the step that is missing where no further calls came", () => {
    for (const [said, from, to] of [
      ["x without its last step and mask without its last step", 1, 5],
      ["x without its first step and mask without its last step", 2, 6],
    ] as const) {
      const cut = bothWays((_n, x, parameters, mask) => [
        x.slice(from, to),
        parameters,
        mask!.slice(from, to),
      ]);
      assert.equal(
        traceOf("bidirectionalForward", cut),
        `call 1 of layer got ${said}; x and mask were expected`,
      );
    }
  });

  it("is told in practice, and is evidence for words only: a right answer passes", async () => {
    const verdictOn = (fn: unknown): ReturnType<typeof judge> =>
      judge(exerciseOf("bidirectionalForward"), inProcess(fn as AnyFunction), {
        seed: 7,
        hidden: false,
        diagnosed: false,
      });
    const { cases } = await verdictOn(
      bothWays((n, x, ...rest) => [n === 2 ? x.reverse() : x, ...rest]),
    );
    const { trace } = cases.find(({ status }) => status !== "passed")!;
    assert.match(traceSentence(trace!), /^call 2 of layer got x; x from the last step/);
    const odd = await verdictOn(
      (x: X, parameters: BidirectionalParameters, mask: Mask, layer: LayerForward) => {
        layer(x.reverse(), parameters.forward, mask);
        return bidirectionalForward(x, parameters, mask, layer);
      },
    );
    assert.equal(odd.status, "passed");
    assert.ok(odd.cases.every(({ trace: none }) => none === undefined));
  });
});
