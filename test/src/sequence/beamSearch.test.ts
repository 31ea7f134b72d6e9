import assert from "node:assert/strict";
import fc from "fast-check";
import {
  beamSearch,
  type BeamSearchOptions,
  type DecoderStep,
  Mat,
  OutOfRangeError,
  seededRandom,
  ShapeError,
  softmax,
} from "unrolled";

/** A decoder whose probabilities hang on all that was said: its state is the list of tokens read. */
function randomDecoder(seed: number, n_y: number): DecoderStep<readonly number[]> {
  return (state, token) => {
    const read = [...state, token];
    const random = seededRandom(read.reduce((hash, k) => (hash * 31 + k + 1) % 1e9, seed + 1));
    const z = Mat.column(Array.from({ length: n_y }, () => 2 * random.normal()));
    return { state: read, yhat_t: softmax(z) };
  };
}

/** The likeliest token at each step. */
function greedy(
  step: DecoderStep<readonly number[]>,
  { end, T_y }: { readonly end: number; readonly T_y: number },
): { tokens: number[]; ended: boolean; logProbability: number } {
  let [state, last, logProbability]: [readonly number[], number, number] = [[], end, 0];
  const tokens: number[] = [];
  for (let t = 1; t <= T_y; t++) {
    const said = step(state, last);
    const data = Array.from(said.yhat_t.data);
    ({ state } = said);
    last = data.indexOf(Math.max(...data));
    logProbability += Math.log(data[last]!);
    if (last === end) return { tokens, ended: true, logProbability };
    tokens.push(last);
  }
  return { tokens, ended: false, logProbability };
}

interface Sentence {
  readonly tokens: readonly number[];
  readonly score: number;
}

/** Every sentence of at most T_y tokens, the best first. */
function everySentence(
  step: DecoderStep<readonly number[]>,
  n_y: number,
  options: { readonly end: number; readonly T_y: number; readonly alpha: number },
): Sentence[] {
  const { end, T_y, alpha } = options;
  const from = (state: readonly number[], tokens: readonly number[], log: number): Sentence[] => {
    const said = step(state, tokens.at(-1) ?? end);
    const T = tokens.length + 1;
    return Array.from({ length: n_y }, (_, k) => k).flatMap((k) => {
      const next = log + Math.log(said.yhat_t.get(k, 0));
      const score = next / T ** alpha;
      if (k === end) return [{ tokens, score }];
      const longer = [...tokens, k];
      return T === T_y ? [{ tokens: longer, score }] : from(said.state, longer, next);
    });
  };
  return from([], [], 0).sort((one, other) => other.score - one.score);
}

const seed = fc.integer({ min: 0, max: 1e6 });
const sizes = fc.record({
  n_y: fc.integer({ min: 2, max: 4 }),
  T_y: fc.integer({ min: 1, max: 4 }),
});
const alpha = fc.constantFrom(0, 0.7, 1);

describe("beamSearch", () => {
  it("is greedy decoding with a width of 1", () => {
    fc.assert(
      fc.property(seed, sizes, alpha, (seed, { n_y, T_y }, alpha) => {
        const step = randomDecoder(seed, n_y);
        const [best, ...others] = beamSearch(step, { state: [], end: 0, width: 1, T_y, alpha });
        const { tokens, ended, logProbability } = best!;
        assert.deepEqual({ tokens, ended, logProbability }, greedy(step, { end: 0, T_y }));
        assert.equal(others.length, 0);
      }),
    );
  });

  it("finds what a search of all sentences finds, in its order, where nothing has to be left out", () => {
    fc.assert(
      fc.property(seed, sizes, alpha, (seed, { n_y, T_y }, alpha) => {
        const step = randomDecoder(seed, n_y);
        const all = everySentence(step, n_y, { end: 0, T_y, alpha });
        const found = beamSearch(step, { state: [], end: 0, width: n_y ** T_y, T_y, alpha });
        assert.deepEqual(
          found.map(({ tokens }) => tokens),
          all.map(({ tokens }) => tokens),
        );
      }),
    );
  });

  it("gives at most `width` different sentences, the best score first", () => {
    fc.assert(
      fc.property(seed, sizes, fc.integer({ min: 1, max: 9 }), (seed, { n_y, T_y }, width) => {
        const found = beamSearch(randomDecoder(seed, n_y), { state: [], end: 0, width, T_y });
        assert.ok(found.length >= 1 && found.length <= width);
        assert.equal(new Set(found.map(({ tokens }) => tokens.join(" "))).size, found.length);
        const scores = found.map(({ score }) => score);
        assert.deepEqual(
          scores,
          scores.toSorted((one, other) => other - one),
        );
      }),
    );
  });

  it("divides by the number of tokens to the power α, the end's token among them", () => {
    const step = randomDecoder(7, 3);
    for (const alpha of [0, 0.5, 1]) {
      for (const one of beamSearch(step, { state: [], end: 0, width: 8, T_y: 4, alpha })) {
        const T = one.tokens.length + (one.ended ? 1 : 0);
        assert.equal(one.score, one.logProbability / T ** alpha);
      }
    }
  });

  it("never says a token of probability 0", () => {
    const step: DecoderStep<number> = (state) => ({ state, yhat_t: Mat.column([0, 1, 0]) });
    const found = beamSearch(step, { state: 0, end: 2, width: 5, T_y: 3 });
    assert.deepEqual(found, [{ tokens: [1, 1, 1], ended: false, logProbability: 0, score: 0 }]);
  });

  it("reads `first` where the sentence does not begin with the end's token", () => {
    const read: number[] = [];
    const step: DecoderStep<number> = (state, token) => {
      read.push(token);
      return { state, yhat_t: Mat.column([0.1, 0.2, 0.7]) };
    };
    beamSearch(step, { state: 0, first: 1, end: 2, width: 1, T_y: 3 });
    assert.deepEqual(read, [1]);
  });

  describe("says what is wrong:", () => {
    const fine: BeamSearchOptions<readonly number[]> = { state: [], end: 0, width: 2, T_y: 3 };
    const step = randomDecoder(1, 3);
    const refused = (options: object, message: RegExp): void => {
      assert.throws(() => beamSearch(step, { ...fine, ...options }), {
        name: "OutOfRangeError",
        message,
      });
    };

    it("a width, a length, a token or an α that could not be", () => {
      refused({ width: 0 }, /expected a whole number of at least 1 for width, got 0/);
      refused({ width: 2.5 }, /for width, got 2\.5/);
      refused({ T_y: Infinity }, /for T_y, got Infinity/);
      refused({ end: -1 }, /for end, got -1/);
      refused({ first: "go" }, /for first, got "go"/);
      refused({ alpha: 2 }, /of at most 1 for alpha, got 2/);
      refused({ alpha: NaN }, /for alpha, got NaN/);
      refused(
        { end: 3 },
        /end is token 3, but yhat_t has only tokens 0 … 2; no sentence would end/,
      );
    });

    it("a step that is no function, or gives no probabilities of one example", () => {
      const gives = (yhat_t: Mat) => () =>
        beamSearch(() => ({ state: [], yhat_t: yhat_t as Mat<"n_y", "1"> }), fine);
      assert.throws(
        () => beamSearch(undefined as unknown as DecoderStep<readonly number[]>, fine),
        /expected a function for step/,
      );
      const nothing = (() => undefined) as unknown as DecoderStep<readonly number[]>;
      assert.throws(() => beamSearch(nothing, fine), /expected an object for step's answer/);
      assert.throws(gives(Mat.filled(3, 2, 0.5)), ShapeError);
      const growing: DecoderStep<number> = (t) => ({
        state: t + 1,
        yhat_t: Mat.filled(3 + t, 1, 1 / (3 + t)) as Mat<"n_y", "1">,
      });
      assert.throws(() => beamSearch(growing, { ...fine, state: 0 }), {
        name: "ShapeError",
        message: /expected \(n_y, 1\) = \(3, 1\) as in the steps before, got \(4, 1\)/,
      });
      assert.throws(gives(Mat.column([1, 2, 3])), OutOfRangeError);
      assert.throws(gives(Mat.column([NaN, 0.5, 0.5])), /probability of token 0 is NaN/);
    });
  });
});
