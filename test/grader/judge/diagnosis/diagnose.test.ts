import assert from "node:assert/strict";
import type {
  AnyFunction,
  Argument,
  Exercise,
  Family,
  Mutant,
  Size,
} from "../../../../exercises/exercise.js";
import { diagnose } from "../../../../grader/judge/diagnosis/diagnose.js";
import type { ObservedCase } from "../../../../grader/judge/diagnosis/explanation.js";
import { callHere, observationOf } from "../../../../grader/judge/observe.js";
import type { Diagnosis } from "../../../../grader/judge/verdict.js";
import { type Mat, randomNormal, seededRandom } from "../../../../src/index.js";
import { anExercise } from "./observed.js";

const random = seededRandom(5);
const draw = (cols = 3): Mat => randomNormal(2, cols, random);
const [sine, cosine, exponential, tanh] = [Math.sin, Math.cos, Math.exp, Math.tanh].map(
  (f) => (W: Mat) => W.map((value) => f(value)),
) as [(W: Mat) => Mat, (W: Mat) => Mat, (W: Mat) => Mat, (W: Mat) => Mat];

type Answer = Readonly<Record<"Z" | "U" | "V", Mat>>;

/** The exercise: three parts, each of them made of W. */
function right(W: Mat): Answer {
  return { Z: W.times(W), U: W.times(2), V: W.times(3) };
}

/** A known mistake that changes these parts. */
function mutant(name: string, change: (W: Mat) => object): Mutant {
  return changing(name, (correct) => (W) => ({ ...(correct(W) as object), ...change(W) }));
}

function changing(
  name: string,
  wrong: (correct: (W: Mat) => unknown) => (W: Mat) => unknown,
): Mutant {
  const words = { mistake: `${name}.`, hint: `${name}?`, caughtBy: "" };
  return { name, ...words, wrong: (correct) => wrong(correct as never) as AnyFunction };
}

/** What a function did in cases of these arguments. */
function observe(
  { reference }: Exercise,
  run: AnyFunction,
  cases: readonly (readonly [readonly Argument[], Size])[],
): readonly ObservedCase[] {
  return cases.map(([args, size]) => ({
    args,
    size,
    expected: callHere(reference, args).outcome,
    seen: observationOf(args, callHere(run, args), callHere(run, args)),
  }));
}

const CASES = [3, 4].map((cols) => [[draw(cols)], { n: 2 }] as const);

/** What is said of a function where these are the known mistakes. */
function diagnosisOf(
  run: (W: Mat) => unknown,
  mutants: readonly Mutant[],
  more: Partial<Exercise> = {},
  cases: readonly (readonly [readonly Argument[], Size])[] = CASES,
): Diagnosis | undefined {
  const reference = right as AnyFunction;
  const exercise = { ...anExercise, argumentNames: ["W"], reference, mutants, ...more };
  return diagnose(exercise, observe(exercise, run as AnyFunction, cases));
}

function madeBy(...mistakes: readonly Mutant[]): (W: Mat) => unknown {
  return mistakes.reduceRight<AnyFunction>(
    (inner, { wrong }) => wrong(inner),
    right as AnyFunction,
  ) as never;
}

/** In short: its kind, and its lines. */
function told(...asked: Parameters<typeof diagnosisOf>): readonly string[] | undefined {
  const found = diagnosisOf(...asked);
  return found && [found.kind, ...found.mistake.split("\n")];
}

const sineU = mutant("sine in U", (W) => ({ U: sine(W) }));
const cosineV = mutant("cosine in V", (W) => ({ V: cosine(W) }));
const squashed = changing("squashed", (correct) => (W) => correct(tanh(W)));

describe("one known mistake", () => {
  it("is told with its name and its hint", () => {
    assert.deepEqual(diagnosisOf(madeBy(sineU), [cosineV, sineU]), {
      kind: "mistake",
      mutants: ["sine in U"],
      mistake: "sine in U.",
      hint: "sine in U?",
    });
  });

  it("is told with those that can't be told from it, but for more than three", () => {
    const twins = ["a", "b", "c", "d"].map((name) => mutant(name, (W) => ({ U: sine(W) })));
    assert.deepEqual(diagnosisOf(madeBy(sineU), twins.slice(0, 3)), {
      kind: "mistake",
      mutants: ["a", "b", "c"],
      mistake: "a. Or: b. Or: c.",
      hint: "a? Or: b? Or: c?",
    });
    assert.equal(diagnosisOf(madeBy(sineU), twins), undefined);
  });

  it("is told once where it is listed twice, and twice where its names differ", () => {
    assert.deepEqual(told(madeBy(sineU), [sineU, sineU]), ["mistake", "sine in U."]);
    const other = { ...sineU, name: "other" };
    assert.deepEqual(diagnosisOf(madeBy(sineU), [sineU, other])?.mutants, ["sine in U", "other"]);
  });

  it("may stand behind a guard, or spare one example", () => {
    const failing = changing("no loop", (correct) => (W) => {
      if (W.cols === 1) throw new RangeError("empty");
      return { ...(correct(W) as object), U: sine(W) };
    });
    const guarded = (W: Mat): unknown => (W.cols === 1 ? right(W) : madeBy(sineU)(W));
    const cases = [1, 3].map((m) => [[draw(m)], { m }] as const);
    assert.deepEqual(told(guarded, [cosineV, failing], {}, cases), ["mistake", "no loop."]);
    assert.deepEqual(told(guarded, [cosineV, sineU], {}, cases), ["mistake", "sine in U."]);
  });

  it("is looked for in the wrong cases first, the small ones before the large ones", () => {
    const order: number[] = [];
    const never = changing("never", (correct) => (W) => {
      if (!order.includes(W.cols)) order.push(W.cols);
      return correct(sine(W));
    });
    const sizes: readonly (readonly [number, Size])[] = [
      [1, { m: 1 }],
      [2, { m: 2, T_x: 5 }],
      [3, { m: 9, T_x: 0 }],
      [4, { m: 8 }],
    ];
    const cases = sizes.map(([cols, size]) => [[draw(cols)], size] as const);
    told((W) => (W.cols === 1 ? right(W) : madeBy(cosineV)(W)), [never], {}, cases);
    assert.deepEqual(order, [4, 3, 2, 1]);
  });
});

describe("a known mistake in each wrong part", () => {
  const sineUZ = mutant("sine in U and Z", (W) => ({ U: sine(W), Z: sine(W) }));
  const cosineVZ = mutant("cosine in V and Z", (W) => ({ V: cosine(W), Z: cosine(W) }));

  it("is told part by part, where none is in all of them", () => {
    const run = (W: Mat): unknown => ({ ...right(W), U: sine(W), V: cosine(W) });
    assert.deepEqual(diagnosisOf(run, [sineUZ, cosineVZ]), {
      kind: "parts",
      mutants: ["sine in U and Z", "cosine in V and Z"],
      mistake: "U: sine in U and Z.\nV: cosine in V and Z.",
      hint: "U: sine in U and Z?\nV: cosine in V and Z?",
    });
  });

  it("is told once for all parts that it explains, and first where these are the most", () => {
    const both = mutant("both", (W) => ({ U: sine(W), V: sine(W), Z: sine(W) }));
    const other = mutant("other", (W) => ({ Z: cosine(W), U: cosine(W) }));
    const run = (W: Mat): unknown => ({ Z: cosine(W), U: sine(W), V: sine(W) });
    assert.deepEqual(told(run, [other, both]), ["parts", "U, V: both.", "Z: other."]);
  });

  it("that explains fewer parts is not told beside one that explains more", () => {
    const all = (of: (W: Mat) => Mat) => (W: Mat) => ({ Z: of(W), U: of(W), V: of(W) });
    const most = mutant("most", all(sine));
    const fewer = mutant("fewer", (W) => ({ U: sine(W), V: cosine(W) }));
    const run = (W: Mat): unknown => ({ ...all(sine)(W), Z: right(W).Z });
    assert.deepEqual(told(run, [most, fewer]), ["parts", "U, V: most."]);
    const first = mutant("first", (W) => ({ ...all(sine)(W), V: cosine(W) }));
    const last = mutant("last", (W) => ({ ...all(sine)(W), Z: cosine(W) }));
    assert.deepEqual(told(all(sine), [first, last]), ["parts", "Z, U: first.", "V: last."]);
  });

  it("may be two at once in one part, where they leave right what is right", () => {
    const post = (name: string, of: (W: Mat) => Mat): Mutant =>
      changing(name, (correct) => (W) => {
        const answer = correct(W) as Answer;
        return { ...answer, U: of(answer.U) };
      });
    const both = [post("sine of U", sine), post("exponential of U", exponential)] as const;
    const run = (W: Mat): unknown => ({ ...(madeBy(...both)(W) as object), V: cosine(W) });
    assert.deepEqual(told(run, [...both, cosineVZ]), [
      "parts",
      "U: Two things at once: exponential of U. And: sine of U.",
      "V: cosine in V and Z.",
    ]);
  });

  it("is that which agrees in the most other parts", () => {
    const run = (W: Mat): unknown => ({ Z: exponential(W), U: sine(W), V: right(W).V });
    const more = mutant("sine in U, cosine in V", (W) => ({ U: sine(W), V: cosine(W) }));
    const exponentialZ = mutant("exponential in Z and V", (W) => ({
      Z: exponential(W),
      V: sine(W),
    }));
    assert.deepEqual(told(run, [more, sineU, exponentialZ]), [
      "parts",
      "Z: exponential in Z and V.",
      "U: sine in U.",
    ]);
  });

  it("is told with those that explain the very same parts, but for more than three", () => {
    const twins = ["a", "b", "c", "d"].map((name) => ({ ...sineUZ, name, mistake: `${name}.` }));
    const run = (W: Mat): unknown => ({ ...right(W), U: sine(W) });
    assert.deepEqual(told(run, twins.slice(0, 3)), ["parts", "U: a. Or: b. Or: c."]);
    assert.equal(told(run, twins), undefined);
  });

  it("is told by itself where another part is left without: of that one nothing is said", () => {
    const run = (W: Mat): unknown => ({ ...right(W), U: sine(W), V: exponential(W) });
    assert.deepEqual(told(run, [sineUZ, cosineVZ]), ["parts", "U: sine in U and Z."]);
    assert.equal(told(run, [cosineVZ]), undefined);
  });

  it("that makes one entry too few must do so in all that it makes", () => {
    const list = (W: Mat): unknown => ({ L: [1, 2, 3].map((n) => W.times(n)), U: W.times(2) });
    const early = mutant("a step short", (W) => ({
      L: [1, 2].map((n) => W.times(n)),
      U: sine(W),
    }));
    const reference = list as AnyFunction;
    const short = (W: Mat): unknown => ({
      ...(list(W) as object),
      L: [1, 2].map((n) => W.times(n)),
    });
    const known = mutant("short", (W) => ({ L: [1, 2].map((n) => W.times(n)) }));
    const shortToo = (W: Mat): unknown => ({ ...(short(W) as object), U: sine(W) });
    const sineUL = mutant("sine in U and L", (W) => ({ U: sine(W), L: 0 }));
    assert.deepEqual(told(shortToo, [known, sineUL], { reference }), [
      "parts",
      "L: short.",
      "U: sine in U and L.",
    ]);
    assert.deepEqual(told(short, [early], { reference }), [
      "parts",
      "L: The last entry is missing.",
    ]);
  });

  it("is no exchange of two parts where one of them is right", () => {
    const exchanged = mutant("exchanged", (W) => ({ U: right(W).V, V: right(W).U }));
    const run = (W: Mat): unknown => ({ ...right(W), U: right(W).V });
    assert.deepEqual(told(run, [exchanged]), [
      "parts",
      "U: There stands V's right value, unchanged.",
    ]);
  });

  it("stands beside what the part by itself shows", () => {
    const run = (W: Mat): unknown => ({ ...right(W), U: right(W).U.add(right(W).Z), V: cosine(W) });
    assert.deepEqual(told(run, [cosineVZ]), [
      "parts",
      "U: Right but for Z's right value, which was added as well.",
      "V: cosine in V and Z.",
    ]);
  });
});

describe("two known mistakes at once", () => {
  it("are told together", () => {
    assert.deepEqual(diagnosisOf(madeBy(squashed, sineU), [sineU, squashed]), {
      kind: "pair",
      mutants: ["sine in U", "squashed"],
      mistake: "Two things at once: sine in U. And: squashed.",
      hint: "sine in U? Then: squashed?",
    });
  });

  it("may be one behind a guard, and another", () => {
    const failing = changing("no loop", (correct) => (W) => {
      if (W.cols === 1) throw new RangeError("empty");
      return { ...(correct(W) as object), U: sine(W) };
    });
    const guarded = (W: Mat): unknown =>
      W.cols === 1 ? right(tanh(W)) : madeBy(squashed, sineU)(W);
    const cases = [1, 3].map((cols) => [[draw(cols)], { n: 2 }] as const);
    assert.deepEqual(told(guarded, [failing, squashed], {}, cases), [
      "pair",
      "Two things at once: no loop. And: squashed.",
    ]);
  });

  it("may be one, and a sign or a transpose", () => {
    const run = (W: Mat): unknown => ({ ...right(W), U: sine(W).times(-1) });
    assert.deepEqual(told(run, [sineU]), [
      "pair",
      "Two things at once: Every sign is flipped. And: sine in U.",
    ]);
  });
});

describe("a mistake with a constant", () => {
  const shifted: Family = {
    name: "shifted",
    mistake: (k) => `Shifted by ${k}.`,
    hint: "Shifted?",
    constants: () => [1, 2, 3],
    wrong:
      (correct, k) =>
      (...args) => {
        const answer = correct(...args) as Answer;
        return { ...answer, U: answer.U.map((value) => Math.sin(value + k)) };
      },
  };
  const by2 = changing("by 2", (correct) => shifted.wrong(correct as AnyFunction, 2) as never);

  it("is told with its constant, whether it is one that is told alone or not", () => {
    for (const isAlone of [true, false]) {
      const families = [{ ...shifted, isAlone }];
      assert.deepEqual(told(madeBy(by2), [], { families }), ["constant", "Shifted by 2."]);
    }
  });

  it("is told with another constant that gives the same", () => {
    const families = [{ ...shifted, constants: () => [2, 3, 2 + 2 * Math.PI] }];
    assert.deepEqual(told(madeBy(by2), [], { families }), [
      "constant",
      `Shifted by 2. Or: Shifted by ${2 + 2 * Math.PI}.`,
    ]);
  });

  it("is told beside another mistake, unless it is one that is told alone", () => {
    const families = [shifted];
    assert.deepEqual(told(madeBy(by2, squashed), [squashed], { families }), [
      "pair",
      "Two things at once: Shifted by 2. And: squashed.",
    ]);
    const alone = [{ ...shifted, isAlone: true }];
    assert.deepEqual(told(madeBy(by2, squashed), [squashed], { families: alone }), [
      "parts",
      "Z, V: squashed.",
    ]);
  });

  it("explains a part, beside known mistakes, where it leaves right what is right", () => {
    const cosineVZ = mutant("cosine in V and Z", (W) => ({ V: cosine(W), Z: cosine(W) }));
    const run = (W: Mat): unknown => ({ ...(madeBy(by2)(W) as object), V: cosine(W) });
    assert.deepEqual(told(run, [cosineVZ], { families: [shifted] }), [
      "constant",
      "U: Shifted by 2.",
      "V: cosine in V and Z.",
    ]);
    const spoiling: Family = {
      ...shifted,
      wrong:
        (correct, k) =>
        (...args) => ({
          ...(shifted.wrong(correct, k)(...args) as object),
          Z: 0,
        }),
    };
    assert.deepEqual(told(run, [cosineVZ], { families: [spoiling] }), [
      "parts",
      "V: cosine in V and Z.",
    ]);
  });

  it("may be a factor of one part", () => {
    const run = (W: Mat): unknown => ({ ...right(W), U: right(W).U.times(-1) });
    assert.deepEqual(told(run, []), ["constant", "U: Every sign is flipped."]);
  });
});

describe("what no known mistake explains", () => {
  it("is told by the pattern that all failing cases show, or as nearly right", () => {
    const zeros = (W: Mat): unknown => ({ ...right(W), U: W.times(0) });
    assert.deepEqual(told(zeros, []), ["pattern", "U: In every failing case: every entry is 0."]);
    const rounded = diagnosisOf((W) => ({ ...right(W), U: right(W).U.map(Math.fround) }), []);
    assert.equal(rounded?.kind, "nearly");
  });

  it("is not told", () => {
    assert.equal(
      told((W) => ({ ...right(W), U: exponential(W) }), [sineU]),
      undefined,
    );
  });

  it("is not looked at part by part where an input is changed, or an error comes", () => {
    const changingToo = (W: Mat): unknown => {
      const answer = { ...right(W), U: right(W).U.times(-1) };
      W.data[0] = 5;
      return answer;
    };
    assert.equal(told(changingToo, [sineU]), undefined);
    const throwing = (W: Mat): unknown => {
      if (W.cols === 3) throw new Error("no");
      return { ...right(W), U: right(W).U.times(-1) };
    };
    assert.equal(told(throwing, [sineU]), undefined);
  });
});

describe("a matrix that is taken for another, in an exercise that does not list it", () => {
  type Weights = { readonly Wu: Mat; readonly Wr: Mat };
  const gates = ({ Wu, Wr }: Weights): unknown => ({
    u: Wu.times(2),
    r: Wr.times(3).map(Math.sin),
    both: Wu.times(Wr).map(Math.cos),
  });
  const reference = gates as AnyFunction;
  const more = { reference, argumentNames: ["parameters"] };
  const cases = [3, 4].map((cols) => [[{ Wu: draw(cols), Wr: draw(cols) }], { n: 2 }] as const);
  const said = (run: (weights: Weights) => unknown, mutants: readonly Mutant[]): unknown =>
    told(run as never, mutants, more, cases);

  it("is told by name", () => {
    assert.deepEqual(
      said(({ Wr }) => gates({ Wu: Wr, Wr }), []),
      ["mistake", "Wr was used where Wu belongs."],
    );
    assert.deepEqual(
      said(({ Wu, Wr }) => gates({ Wu: Wr, Wr: Wu }), []),
      ["mistake", "Wu and Wr were taken for each other."],
    );
  });

  it("is told of one part, and beside a known mistake", () => {
    const wrongR = mutant("sine of r, and of both", (weights) => {
      const { Wr } = weights as unknown as Weights;
      return { r: sine(sine(Wr)), both: sine(Wr) };
    });
    const inBoth = (weights: Weights): unknown => ({
      ...(gates(weights) as object),
      both: weights.Wu.times(weights.Wu).map(Math.cos),
      r: sine(sine(weights.Wr)),
    });
    assert.deepEqual(said(inBoth, [wrongR]), [
      "parts",
      "r: sine of r, and of both.",
      "both: Wu was used where Wr belongs.",
    ]);
    const negated = mutant("negated", (weights) => ({
      u: (weights as unknown as Weights).Wu.times(-2),
    }));
    const negating = negated.wrong(reference) as unknown as (weights: Weights) => unknown;
    const twice = ({ Wr }: Weights): unknown => negating({ Wu: Wr, Wr });
    assert.deepEqual(said(twice, [negated]), [
      "pair",
      "Two things at once: Wr was used where Wu belongs. And: negated.",
    ]);
  });

  it("is told beside a known mistake only where it is a parameter: all others would be too many", () => {
    const negated = mutant("negated", (W) => ({ u: (W as unknown as Weights).Wu.times(-2) }));
    const negating = negated.wrong(reference) as unknown as (weights: Weights) => unknown;
    const options = { reference, argumentNames: ["options"] };
    const run = ({ Wr }: Weights): unknown => negating({ Wu: Wr, Wr });
    assert.equal(told(run as never, [negated], options, cases), undefined);
  });

  it("and a square one that is used transposed", () => {
    const square = [2, 2].map((cols) => [[draw(cols)], { n: 2 }] as const);
    const doubled = (W: Mat): unknown => ({
      U: exponential(W),
      V: W.map((value, i, j) => value * (i + 2 * j)),
    });
    const turned = (W: Mat): unknown => doubled(W.T);
    assert.deepEqual(told(turned, [], { reference: doubled as AnyFunction }, square), [
      "mistake",
      "W was used transposed.",
    ]);
  });
});
