import assert from "node:assert/strict";
import type { AnyFunction, Exercise, Mutant } from "../../../exercises/exercise.js";
import { exercise as exerciseOf, manifest } from "../../../exercises/manifest.js";
import { judge } from "../../../grader/judge/judge.js";
import type { Diagnosis, Verdict } from "../../../grader/judge/verdict.js";
import { inProcess } from "../../../grader/practice/inProcess.js";
import { otherParts } from "../../../grader/words/sentences.js";
import {
  encodeDecode,
  Mat,
  manyToOne,
  type RnnCellGradients,
  rnnCellBackward,
  rnnCellForward,
  Sequence,
  softmaxCrossEntropy,
} from "../../../src/index.js";

function verdictOn(exercise: Exercise, run: unknown): Promise<Verdict> {
  return judge(exercise, inProcess(run as AnyFunction), { seed: 7, hidden: true });
}

async function diagnosisOf(id: string, run: unknown): Promise<Diagnosis | undefined> {
  return (await verdictOn(exerciseOf(id), run)).diagnosis;
}

/** Right but for one change of the answer. */
function gradientsWith(change: (right: RnnCellGradients, m: number) => object): unknown {
  return (...[da_next, cache]: Parameters<typeof rnnCellBackward>) => {
    const right = rnnCellBackward(da_next, cache);
    return { ...right, ...change(right, da_next.cols) };
  };
}

describe("the diagnosis", function () {
  this.timeout(300_000);

  it("counts only the keys that count: a bare answer is named as one with more is", async () => {
    const bare = (...[x, a_0, parameters, y_0, T_y, cell]: Parameters<typeof encodeDecode>) => ({
      yhat: encodeDecode(x, a_0.times(0), parameters, y_0, T_y, cell).yhat,
    });
    assert.deepEqual((await diagnosisOf("encodeDecode", bare))?.mutants, ["a-0-ignored"]);
    const late = (...[x, a_0, parameters, cell]: Parameters<typeof manyToOne>) => ({
      yhat: manyToOne(x, a_0, parameters, cell).yhat,
    });
    assert.deepEqual((await diagnosisOf("manyToOne", late))?.mutants, ["padding-read"]);
  });

  it("tells a changed input first, before the numbers that it made wrong", async () => {
    const careless = (...[x_t, a_prev, parameters]: Parameters<typeof rnnCellForward>) => {
      const step = rnnCellForward(x_t, a_prev, parameters);
      a_prev.data.set(step.a_next.data);
      return rnnCellForward(x_t, a_prev, parameters);
    };
    const { cases } = await verdictOn(exerciseOf("rnnCellForward"), careless);
    assert.deepEqual(
      cases.map(({ difference }) => difference?.kind),
      cases.map(() => "mutated-input"),
    );
  });

  it("explains each wrong part by its own mistake, and says which part", async () => {
    const { mutants, reference } = exerciseOf("rnnCellBackward");
    const answer = (name: string): ((...args: never[]) => RnnCellGradients) =>
      mutants.find((mutant) => mutant.name === name)!.wrong(reference) as never;
    const [one, other] = ["transpose-missing", "new-state-in-dWaa"] as const;
    const run = (...args: never[]): unknown => ({
      ...rnnCellBackward(...(args as never as Parameters<typeof rnnCellBackward>)),
      da_prev: answer(one)(...args).da_prev,
      dWaa: answer(other)(...args).dWaa,
    });
    const diagnosis = await diagnosisOf("rnnCellBackward", run);
    assert.deepEqual(Array.from(diagnosis?.mutants ?? []).sort(), [one, other].sort());
  });

  it("tells by which of the sizes one part was divided", async () => {
    const run = gradientsWith(({ dba }, m) => ({ dba: dba.times(1 / m) }));
    const diagnosis = await diagnosisOf("rnnCellBackward", run);
    assert.equal(diagnosis?.kind, "parts");
    const twice = gradientsWith(({ dWax }) => ({ dWax: dWax.times(2) }));
    assert.match(
      (await diagnosisOf("rnnCellBackward", twice))!.mistake,
      /^dWax: .* 2 times the expected one/,
    );
    const perExample = (...[z, y, mask]: Parameters<typeof softmaxCrossEntropy>) => {
      const right = softmaxCrossEntropy(z, y, mask);
      return { ...right, perStep: right.perStep.times(1 / (z.cols * z.T_y)) };
    };
    const sized = await diagnosisOf("softmaxCrossEntropy", perExample);
    assert.equal(sized?.kind, "constant");
    assert.match(sized.mistake, /divided by (m·T_y|T_y·m)/);
  });

  it("tells the limit at which a part is cut off", async () => {
    const clip = (mat: Mat): Mat => mat.map((value) => Math.max(-0.75, Math.min(0.75, value)));
    const run = gradientsWith(({ dWaa }) => ({ dWaa: clip(dWaa) }));
    assert.match(
      (await diagnosisOf("rnnCellBackward", run))!.mistake,
      /^dWaa: .*±0\.75 is cut off/,
    );
  });

  it("tells the constant of every mistake that has one", async () => {
    for (const exercise of manifest) {
      const sizes = exercise.cases.map(({ size }) => size);
      for (const { name, mistake, constants, wrong } of exercise.families ?? []) {
        const all = constants(sizes);
        for (const k of [all[1]!, all[2]!]) {
          const { status, diagnosis } = await verdictOn(exercise, wrong(exercise.reference, k));
          assert.equal(status, "wrong", `${exercise.id}: ${name}, ${k}`);
          assert.ok(diagnosis !== undefined, `${exercise.id}: ${name}, ${k} is not explained`);
          const isOwn = diagnosis.kind === "constant" && diagnosis.mistake.includes(mistake(k));
          assert.ok(isOwn, `${exercise.id}: ${mistake(k)} is told as ${diagnosis.mistake}`);
        }
      }
    }
  });

  it("names one pattern that all failing cases show", async () => {
    const run = gradientsWith(({ dx_t }) => ({ dx_t: dx_t.times(0) }));
    const diagnosis = await diagnosisOf("rnnCellBackward", run);
    assert.equal(diagnosis?.kind, "pattern");
    assert.match(diagnosis.mistake, /^dx⟨t⟩: In every failing case: every entry is 0\.$/);
  });

  it("tells what is nearly right", async () => {
    const run = gradientsWith(({ dWax }) => ({ dWax: dWax.map(Math.fround) }));
    const diagnosis = await diagnosisOf("rnnCellBackward", run);
    assert.equal(diagnosis?.kind, "nearly");
    assert.match(diagnosis.hint, /Float32Array/);
  });

  it("stays silent where nothing explains the answers", async () => {
    const run = gradientsWith(({ dWax, dWaa }) => ({
      dWax: dWax.map((value, i, j) => value + Math.sin(i + 3 * j)),
      dWaa: dWaa.map((value, i) => value * (1 + i)),
    }));
    assert.equal(await diagnosisOf("rnnCellBackward", run), undefined);
    const noise = (x: Sequence): unknown => ({ a: x, yhat: x, caches: [] });
    assert.equal(await diagnosisOf("rnnForward", noise), undefined);
  });

  it("names at least nine in ten of two known mistakes at once, and no third", async () => {
    let total = 0;
    const wrongly: string[] = [];
    const silent: string[] = [];
    for (const exercise of manifest) {
      for (const [one, other] of pairsOf(exercise)) {
        if (UNDOING.includes(`${one.name}, ${other.name}`)) continue;
        const run = one.wrong(other.wrong(exercise.reference));
        const { status, diagnosis } = await verdictOn(exercise, run);
        assert.notEqual(status, "passed", `${exercise.id}: ${one.name}, ${other.name}`);
        total++;
        const what = `${exercise.id}: ${one.name}, ${other.name}`;
        if (diagnosis === undefined) silent.push(what);
        else if (
          // Two can add up to a third: then they are that mistake, answer for answer.
          diagnosis.kind !== "mistake" &&
          !diagnosis.mutants.some((name) => name === one.name || name === other.name)
        ) {
          wrongly.push(`${what}: ${diagnosis.mutants.join()}`);
        }
      }
    }
    assert.deepEqual(wrongly, []);
    assert.ok(silent.length <= total / 10, `${silent.length} of ${total}: ${silent.join("; ")}`);
  });
});

/** Two that undo each other: together they are right. */
const UNDOING = [
  "one-step-short, one-step-too-many",
  "filled-down-the-columns, transposed",
  "squared-temperature, square-root-of-temperature",
];

/** Every twenty-ninth pair: all of them take an hour. */
function pairsOf({ mutants }: Exercise): (readonly [Mutant, Mutant])[] {
  return mutants
    .flatMap((one, n) => mutants.slice(n + 1).map((other) => [one, other] as const))
    .filter((_pair, n) => n % 29 === 0);
}

describe("a verdict on an answer of several parts", () => {
  it("names all wrong parts with their patterns, and the right ones", async () => {
    const run = gradientsWith(({ dWaa, dba }, m) => ({
      dWaa: dWaa.times(-1),
      dba: dba.times(1 / m),
    }));
    const exercise = exerciseOf("rnnCellBackward");
    const { cases } = await verdictOn(exercise, run);
    const lines = otherParts(cases[0]!);
    assert.deepEqual(lines, [
      "also wrong: dba, all 5 entries: every entry is 4 times too small (m is 4 here)",
      "right: dx⟨t⟩, da⟨t−1⟩, dWax",
    ]);
    assert.equal(cases[0]!.difference?.symbol, "dWaa");
    assert.equal(cases[0]!.difference.pattern, "signs are flipped");
  });

  it("calls a part within a part by its own name", async () => {
    const misfiled = (...[x_t, a_prev, parameters]: Parameters<typeof rnnCellForward>) => {
      const step = rnnCellForward(x_t, a_prev, parameters);
      return { ...step, cache: { ...step.cache, a_next: a_prev } };
    };
    const exercise = exerciseOf("rnnCellForward");
    const { cases } = await verdictOn(exercise, misfiled);
    assert.equal(cases[0]!.difference?.place, "cache.a_next, unit 1, example 1");
    const without = (...[x_t, a_prev, parameters]: Parameters<typeof rnnCellForward>) => ({
      ...rnnCellForward(x_t, a_prev, parameters),
      cache: { x_t, a_prev },
    });
    const missing = (await verdictOn(exercise, without)).cases[0]!;
    assert.equal(missing.difference?.kind, "missing");
    assert.equal(missing.difference.place, "cache.a_next");
  });
});
