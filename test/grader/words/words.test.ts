import assert from "node:assert/strict";
import type { AnyFunction } from "../../../exercises/exercise.js";
import { exercise as exerciseOf } from "../../../exercises/manifest.js";
import { inProcess } from "../../../grader/practice/inProcess.js";
import { verdictHtml } from "../../../grader/words/verdictHtml.js";
import { colorsFor, verdictText } from "../../../grader/words/verdictText.js";
import { differenceDetails, headline, summary } from "../../../grader/words/sentences.js";
import { judge } from "../../../grader/judge/judge.js";
import type { Verdict } from "../../../grader/judge/verdict.js";
import {
  type Mat,
  NotImplementedError,
  type Sequence,
  softmaxCrossEntropy,
} from "../../../src/index.js";
import { dropsTheState, leakySum, leakySumExercise, squareRootExercise } from "../fixtures.js";

const plain = { colors: colorsFor(false), again: "again: seed 5" };

function verdictOn(fn: unknown, hidden = false): Promise<Verdict> {
  return judge(leakySumExercise, inProcess(fn as AnyFunction), { seed: 5, hidden });
}

describe("a verdict's words", () => {
  it("never say that all tests passed: shown cases pass, others are held back", async () => {
    assert.equal(
      summary(await verdictOn(leakySum), leakySumExercise),
      "2 of 2 shown cases pass; 1 more run when graded",
    );
    assert.equal(summary(await verdictOn(leakySum, true), leakySumExercise), "3 of 3 cases pass");
    const root = await judge(squareRootExercise, inProcess(Math.sqrt as AnyFunction), {
      seed: 1,
      hidden: false,
    });
    assert.equal(summary(root, squareRootExercise), "1 of 2 cases passes");
  });

  it("say calmly that nothing was written yet", async () => {
    const verdict = await verdictOn(() => {
      throw new NotImplementedError("leakySum");
    });
    assert.equal(verdictText(verdict, leakySumExercise, plain), "leakySum: not written yet");
  });

  it("tell the place, the numbers, the pattern, the mistake, the hint and the seed", async () => {
    const text = verdictText(await verdictOn(dropsTheState), leakySumExercise, plain);
    assert.match(text, /^leakySum: 0 of 2 shown cases pass; 1 more run when graded$/m);
    assert.match(text, /✗ ordinary sizes$/m);
    assert.match(text, /y⟨2⟩, feature 1, example 1: got \S+, expected \S+$/m);
    assert.match(text, /off by \S+ \(.*\); allowed: \S+$/m);
    assert.match(text, /24 of 30 entries differ: only ⟨1⟩ is right$/m);
    assert.match(text, /in code: y\.at\(2\)\.get\(0, 0\)$/m);
    assert.match(text, /^What happened: The state of the step before is left out\.$/m);
    assert.match(text, /^Hint: What does/m);
    assert.match(text, /^again: seed 5$/m);
    // eslint-disable-next-line no-control-regex -- the escape of a colour
    assert.doesNotMatch(text, /\u001b/);
  });

  it("are coloured when asked to be", async () => {
    const colors = colorsFor(true);
    const text = verdictText(await verdictOn(leakySum), leakySumExercise, { colors });
    // eslint-disable-next-line no-control-regex -- the escape of a colour
    assert.match(text, /\u001b\[32m✓/);
  });

  it("give each other kind of difference a sentence", async () => {
    const sentence = async (fn: (x: Sequence, s: number) => unknown): Promise<string> =>
      headline((await verdictOn(fn)).cases[0]!) ?? "";
    assert.equal(
      await sentence((x, s) => ({ ...leakySum(x, s), total: leakySum(x, s).total.T })),
      "Σy has the shape (3, 2), expected (2, 3)",
    );
    assert.equal(
      await sentence((x, s) => ({ ...leakySum(x, s), y: leakySum(x, s).y.slice(1, 4) })),
      "y has 4 time steps, expected 5 time steps",
    );
    assert.match(
      await sentence((x, s) => ({ y: leakySum(x, s).y })),
      /^Σy is missing: got an object \{ y \}, expected a Mat \(2, 3\)$/,
    );
    assert.match(
      await sentence((x, s) => {
        const answer = leakySum(x, s);
        x.at(1).data[0] = 3;
        return answer;
      }),
      /^x was changed by the call: x\.at\(1\)\.get\(0, 0\) was \S+, afterwards it is 3$/,
    );
    assert.match(await sentence(() => undefined), /got nothing \(undefined\), expected an object/);
  });

  it("say how far off a number is only where less would have passed", () => {
    const difference = {
      kind: "value",
      symbol: "T_x",
      place: "T_x, example 2",
      code: "T_x[1]",
      got: "3",
      expected: "4",
      absoluteError: 1,
      relativeError: 0.25,
      wrong: 1,
      total: 2,
    } as const;
    assert.deepEqual(differenceDetails({ ...difference, tolerance: 0 }), [
      "1 of 2 entries differs",
    ]);
    assert.deepEqual(differenceDetails({ ...difference, tolerance: 0.5, relativeError: 25 }), [
      "off by 1 (25 times the expected value); allowed: 0.5",
      "1 of 2 entries differs",
    ]);
    assert.match(
      differenceDetails({ ...difference, tolerance: 0.5, relativeError: 0.0001 })[0] ?? "",
      /relative error 0\.0001/,
    );
  });

  it("never give two figures that read the same for an error and what is allowed", () => {
    const [line] = differenceDetails({
      kind: "value",
      symbol: "y",
      place: "y",
      code: "y",
      got: "1",
      expected: "2",
      absoluteError: 1.41e-9,
      tolerance: 1.4e-9,
      wrong: 1,
      total: 1,
    });
    assert.equal(line, "off by 1.41e-9; allowed: 1.4e-9");
  });

  it("name every wrong part with its pattern, and every right part, in text and in HTML", async () => {
    const softmax = exerciseOf("softmaxCrossEntropy");
    const meansForSums = (z: Sequence, y: Sequence): unknown => {
      const right = softmaxCrossEntropy(z, y);
      return {
        ...right,
        perStep: right.perStep.times(1 / z.T_x),
        dz: right.dz.map((dz_t) => dz_t.times(-1)),
      };
    };
    const verdict = await judge(softmax, inProcess(meansForSums as AnyFunction), {
      seed: 5,
      hidden: false,
    });
    const { size } = softmax.cases.find(({ name }) => name === verdict.cases[0]!.name)!;
    const text = verdictText(verdict, softmax, plain);
    assert.match(text, new RegExp(`entries differ: every entry is ${size["T_y"]} times too small`));
    assert.match(text, /also wrong: dz, all \d+ entries: signs are flipped$/m);
    assert.match(text, /^ +right: L$/m);
    assert.match(
      verdictHtml(verdict, softmax),
      /also wrong: dz, all \d+ entries: signs are flipped/,
    );
  });

  it("tell the first call of a cell that is not as expected, in text and in HTML", async () => {
    const forward = exerciseOf("rnnForward");
    const ignores = (x: Sequence, a_0: Mat, parameters: unknown, cell: unknown): unknown =>
      (forward.reference as (...args: unknown[]) => unknown)(x, a_0.times(0), parameters, cell);
    const verdict = await judge(forward, inProcess(ignores as AnyFunction), {
      seed: 5,
      hidden: false,
    });
    const sentence = "call 1 of cell got zeros as a_prev; a⟨0⟩ was expected";
    assert.ok(verdictText(verdict, forward, plain).includes(`\n      ${sentence}\n`));
    assert.ok(verdictHtml(verdict, forward).includes(`<br>${sentence}</td>`));
  });

  it("say in words what a generator, an iterator, a promise and a function are, and what to do", async () => {
    const said = async (answer: unknown): Promise<readonly string[]> => {
      const { difference } = (await verdictOn(() => answer)).cases[0]!;
      return [difference!.got, ...differenceDetails(difference!)];
    };
    const make = function* (): Generator<number> {
      yield 1;
    };
    assert.deepEqual(await said(make()), [
      "a generator",
      "it was never run: the function must not be a generator (function, not function*; return, not yield)",
    ]);
    assert.deepEqual(await said([1].values()), [
      "an iterator",
      "nothing was read from it: Array.from(answer) makes a list of it",
    ]);
    assert.deepEqual(await said(Promise.resolve(1)), [
      "a promise",
      "the function must not be async",
    ]);
    assert.deepEqual(await said(leakySum), ["a function", "return what it gives: call it"]);
  });

  it("call an argument as the starter does", async () => {
    const writes = (_da_next: unknown, cache: { a_prev: { data: Float64Array } }): unknown => {
      cache.a_prev.data[0] = 7;
      return {};
    };
    const backward = exerciseOf("rnnCellBackward");
    const verdict = await judge(backward, inProcess(writes as AnyFunction), {
      seed: 5,
      hidden: false,
    });
    assert.match(
      headline(verdict.cases[0]!) ?? "",
      /^cache was changed by the call: cache\.a_prev\.get\(0, 0\) was \S+, afterwards it is 7$/,
    );
  });

  it("give each way to be stopped a sentence", () => {
    const one = { name: "a case", shown: true } as const;
    assert.equal(headline({ ...one, status: "passed" }), undefined);
    assert.equal(headline({ ...one, status: "timeout" }), "took too long");
    assert.equal(
      headline({ ...one, status: "memory", message: "more than 512 MB" }),
      "ran out of memory: more than 512 MB",
    );
    assert.equal(headline({ ...one, status: "not-run" }), "not run");
    assert.equal(headline({ ...one, status: "crashed", message: "it threw x" }), "it threw x");
    assert.match(headline({ ...one, status: "internal-error" }) ?? "", /our mistake, not yours/);
  });

  it("become HTML in which a learner's text is only text", async () => {
    const html = verdictHtml(
      await verdictOn(() => {
        throw new Error("<script>alert('x')</script>&");
      }),
      leakySumExercise,
    );
    assert.doesNotMatch(html, /<script/);
    assert.match(html, /&lt;script&gt;alert\(&#39;x&#39;\)&lt;\/script&gt;&amp;/);
  });

  it("mark the wrong entries of a small matrix in HTML", async () => {
    const html = verdictHtml(await verdictOn(dropsTheState), leakySumExercise);
    assert.match(html, /y⟨2⟩, yours/);
    assert.match(html, /y⟨2⟩, expected/);
    assert.equal(html.match(/background:rgba\(217,83,79,\.28\)/g)?.length, 6);
  });
});
