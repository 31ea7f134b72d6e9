/** What a learner may hand to the lessons' functions by mistake is answered with what was expected, or with the mend. */
import assert from "node:assert/strict";
import {
  binaryCrossEntropy,
  clipByNorm,
  gradientCheck,
  initializeRnn,
  Mat,
  oneToMany,
  optimizeStep,
  padBatch,
  perplexity,
  rnnForward,
  rnnLossAndGradients,
  sample,
  seededRandom,
  Sequence,
  softmaxCrossEntropy,
  temperatureSoftmax,
  train,
  UnrolledError,
  Vocabulary,
} from "../../src/index.js";

const sizes = { n_x: 2, n_a: 3, n_y: 2 };
const parameters = initializeRnn(sizes, seededRandom(1));
const broken = { ...parameters, Waa: parameters.Waa.map(() => NaN) };
const columns = Mat.from<"n_x", "m">([
  [1, 0],
  [0, 1],
]);
const steps = (T: number): Sequence<"n_x", "m"> => Sequence.build(T, () => columns);
const labels = (T: number, m = 2): Sequence<"n_y", "m"> =>
  Sequence.build(T, () => Mat.build(2, m, (k) => 1 - k));
const scores = (T: number): Sequence<"n_y", "m"> => Sequence.build(T, () => Mat.zeros(2, 2));
const a_0 = Mat.zeros<"n_a", "m">(sizes.n_a, 2);
const lossOf = (given: typeof parameters): ReturnType<typeof rnnLossAndGradients> =>
  rnnLossAndGradients(steps(3), labels(3), a_0, given);

/** A mistake, and what the error has to say: what is wrong, and what is expected or mends it. */
const mistakes: readonly (readonly [what: string, call: () => unknown, says: RegExp])[] = [
  [
    "an unknown word",
    () => Vocabulary.of(["rose", "fell"]).encode(["tulip"]),
    /"tulip" is not among the 2 tokens; make the vocabulary with \{ unknown: true \}/,
  ],
  ["an index outside the vocabulary", () => Vocabulary.of(["rose"]).tokenAt(7), /from 0 to 0/],
  ["an empty vocabulary", () => Vocabulary.of([]), /at least one token, got none/],
  ["an empty sequence", () => Sequence.of([]), /at least one time step, got none/],
  ["T_x = 0", () => steps(0), /at least one time step, got none/],
  ["T_y = 0", () => oneToMany(columns, a_0, parameters, 0), /at least 1, got 0/],
  ["an example without a word", () => padBatch([[1], []], 2), /example 2 is empty.*; leave it out/],
  ["a batch without an example", () => padBatch([], 2), /at least one example, got none/],
  [
    "another number of examples in the first state",
    () => rnnForward(steps(3), Mat.zeros(sizes.n_a, 5), parameters),
    /a_prev is \(3, 5\) but x_t is \(2, 2\); a_prev's columns must equal x_t's columns \(m\)/,
  ],
  [
    "steps of unequal batches",
    () => Sequence.of([Mat.zeros(2, 2), Mat.zeros(2, 3)]),
    /x⟨1⟩ is \(2, 2\) but x⟨2⟩ is \(2, 3\).*padBatch/,
  ],
  [
    "another number of examples in the labels",
    () => softmaxCrossEntropy(scores(3), labels(3, 4)),
    /y's columns must equal z's columns \(m\)/,
  ],
  [
    "another number of steps in the labels",
    () => softmaxCrossEntropy(scores(3), labels(2)),
    /y has 2 steps but z has 3; both need the same number/,
  ],
  ["a temperature of 0", () => temperatureSoftmax(columns, 0), /above 0, got 0; for the most/],
  [
    "probabilities that are all 0",
    () => sample(Mat.column([0, 0]), 0.5),
    /sum to 0: expected 1; scores become probabilities by softmax/,
  ],
  [
    "scores where probabilities belong",
    () => binaryCrossEntropy(Mat.from([[2]]), Mat.from([[1]])),
    /from 0 to 1; scores become probabilities by sigmoid/,
  ],
  ["a NaN among probabilities", () => sample(Mat.column([NaN, 1]), 0.5), /is NaN: expected/],
  ["a mean loss of NaN", () => perplexity(NaN), /at least 0 nats, got NaN/],
  [
    "training from NaN weights",
    () => train({ parameters: broken, steps: 1, lossAndGradients: lossOf }),
    /finite numbers in Waa, got NaN in row 1, column 1/,
  ],
  ["a step with NaN weights", () => optimizeStep(broken, lossOf, 0.1, 5), /finite.*NaN/],
  [
    "clipping NaN gradients",
    () => clipByNorm(lossOf(broken).gradients, 5),
    /NaN or infinite: expected finite numbers; look for it in the step before/,
  ],
];

describe("a mistake in a lesson", () => {
  for (const [what, call, says] of mistakes) {
    it(`(${what}) is an error that teaches`, () => {
      assert.throws(call, (error: unknown) => {
        assert.ok(error instanceof UnrolledError, String(error));
        assert.match(error.message, /^[A-Za-z.]+: /);
        assert.match(error.message, says);
        return true;
      });
    });
  }

  it("(a probability of 0) costs much and not without limit; as a token it is never drawn", () => {
    assert.equal(binaryCrossEntropy(Mat.from([[0]]), Mat.from([[1]])).get(0, 0), 100);
    assert.equal(sample(Mat.column([0, 1]), 0), 1);
  });

  it("(a loss of NaN) never passes the gradient check", () => {
    const one = Mat.from([[1]]);
    assert.equal(gradientCheck(() => NaN, one, one).relativeError, Infinity);
  });

  it("(a vocabulary for unknown words) gives an unknown word the place of <UNK>", () => {
    const words = Vocabulary.of(["rose", "fell"], { unknown: true });
    assert.equal(words.tokenAt(words.encode(["tulip"])[0]!), "<UNK>");
  });
});
