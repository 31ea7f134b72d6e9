import {
  EOS,
  initializeRnn,
  Mat,
  oneHot,
  optimizeStep,
  padBatch,
  type Random,
  randomNormal,
  rnnCellForward,
  type RnnParameters,
  sample,
  seededRandom,
  Sequence,
  temperatureSoftmax,
  train,
  Vocabulary,
} from "unrolled";
import { firstNames } from "unrolled/data";
import { rnnLossAndGradients } from "unrolled/engine";
import { testLesson } from "./lesson.js";

const names = await firstNames();
const { train: seen, test: unseen } = names.split;
const letters = Vocabulary.of(names.tokens, { end: true });
const K = letters.size;
const start = (n_a: number): RnnParameters =>
  initializeRnn({ n_x: K, n_a, n_y: K }, seededRandom(1));

/** The mean loss of a letter of some texts, each a list of tokens, and its gradients: the lesson's `letterLoss`. */
function letterLoss(texts: readonly (readonly string[])[], current: RnnParameters) {
  const m = texts.length;
  const { x: y, mask } = padBatch<"n_y">(
    texts.map((text) => letters.encode(text)),
    K,
  );
  const x = Sequence.build<"n_x", "m">(y.T_x, (t) =>
    t === 1 ? Mat.zeros(K, m) : (y.at(t - 1) as Mat),
  );
  const a_0 = Mat.zeros<"n_a", "m">(current.Waa.rows, m);
  const { total, gradients } = rnnLossAndGradients(x, y, a_0, current, mask);
  const share = m / [...mask].reduce((sum, mask_t) => sum + mask_t.sum(), 0);
  const { dWax, dWaa, dWya, dba, dby } = gradients;
  return {
    total: total * share,
    gradients: {
      ...{ dWax: dWax.times(share), dWaa: dWaa.times(share), dWya: dWya.times(share) },
      ...{ dba: dba.times(share), dby: dby.times(share) },
    },
  };
}
const draw = (random: Random): string[] =>
  Array.from({ length: 64 }, () => seen[random.integer(seen.length)]!);
const ended = (name: string): string[] => [...name, EOS];

/** What a letter of the unseen names costs after 600 plain steps, as large as the lesson's, of its large network. */
function natsAfterPlainSteps(): number {
  const random = seededRandom(1);
  let parameters = start(64);
  for (let step = 1; step <= 600; step++) {
    const lossAt = (at: RnnParameters) => letterLoss(draw(random).map(ended), at);
    ({ parameters } = optimizeStep(parameters, lossAt, 2, 0.05));
  }
  return letterLoss(unseen.map(ended), parameters).total;
}

/** How many of 200 names end before the limit when no training name had an end. */
function namesThatEnd(): number {
  const { parameters } = train({
    parameters: start(32),
    ...{ steps: 100, learningRate: 0.02 },
    lossAndGradients: (current, random) =>
      letterLoss(
        draw(random).map((name) => [...name]),
        current,
      ),
  });
  const random = seededRandom(3);
  const ends = (): boolean => {
    let [a_prev, x_t]: [Mat, Mat] = [Mat.zeros(32, 1), Mat.zeros(K, 1)];
    for (let length = 0; length < 20; length++) {
      const { a_next, yhat_t } = rnnCellForward(x_t, a_prev, parameters);
      const k = sample(yhat_t.column(0), random.uniform());
      if (letters.tokenAt(k) === EOS) return true;
      [a_prev, x_t] = [a_next, oneHot([k], K)];
    }
    return false;
  };
  return Array.from({ length: 200 }, ends).filter(Boolean).length;
}

/** By which factors a temperature changes the largest of 27 probabilities, for twenty columns of scores. */
const factorsOfLargest = (temperature: number): number[] =>
  Array.from({ length: 20 }, (_, k) => {
    const z = randomNormal<"n_y", "m">(K, 1, seededRandom(k + 1));
    const largest = (tau: number): number => Math.max(...temperatureSoftmax(z, tau).data);
    return largest(temperature) / largest(1);
  });

/** The largest and smallest of 27 probabilities at a temperature. */
function extremesAt(temperature: number): readonly [least: number, most: number] {
  const z = randomNormal<"n_y", "m">(K, 1, seededRandom(1));
  const { data } = temperatureSoftmax(z, temperature);
  return [Math.min(...data), Math.max(...data)];
}

/** How far apart the letters after vowels and those after others are: half the sum of the shares' differences. */
function vowelsAndOthers(): number {
  const sharesAfter = (vowels: boolean): ((token: string) => number) => {
    const next = seen.flatMap((name) =>
      ended(name).filter((_, t) => t > 0 && "aeiou".includes(name[t - 1]!) === vowels),
    );
    return (token) => next.filter((one) => one === token).length / next.length;
  };
  const [vowels, others] = [sharesAfter(true), sharesAfter(false)];
  const apart = letters.tokens.map((token) => Math.abs(vowels(token) - others(token)));
  return apart.reduce((sum, one) => sum + one, 0) / 2;
}

/** How many counts the lesson's table holds that looks at some letters before: each context and each letter in it. */
function countsWith(order: number): number {
  const keys = new Set<string>();
  for (const name of seen) {
    const text = `${"^".repeat(order)}${name}$`;
    for (let t = order; t < text.length; t++)
      for (let n = 0; n <= order; n++) {
        const context = text.slice(t - n, t);
        keys.add(context).add(`${context}|${text[t]!}`);
      }
  }
  return keys.size;
}

testLesson({
  name: "06-language-model-and-sampling",
  charts: 6,
  claims: [
    {
      what: "no name is in both parts",
      says: "The RNN beats the trigram on names that it never saw.",
      pattern: /names in both parts: (\d+)/,
      atMost: 0,
    },
    {
      what: "27 equal choices are a perplexity of 27",
      pattern: /all tokens equal: a perplexity of (\d+\.\d)/,
      atLeast: 27,
      atMost: 27,
    },
    {
      what: "one nat less divides the choices by e",
      says: "One nat less divides the number of choices by e = 2.72.",
      pattern: /one nat less: (\d+\.\d)/,
      atLeast: 9.9,
      atMost: 10,
    },
    {
      what: "letters by their frequency cost 2.84 nats",
      pattern: /unigram: (\d\.\d+) nats/,
      atLeast: 2.83,
      atMost: 2.86,
    },
    {
      what: "a bigram pays 2.43 nats a letter",
      pattern: /^bigram: (\d\.\d+) nats/m,
      atLeast: 2.41,
      atMost: 2.44,
    },
    {
      what: "a trigram pays 2.16 nats a letter",
      pattern: /trigram: (\d\.\d+) nats/,
      atLeast: 2.15,
      atMost: 2.18,
    },
    {
      what: "the RNN beats the trigram, by more than 0.03 nats",
      says: "The RNN beats the trigram on names that it never saw. (This is one network, of seed 1.)",
      pattern: /RNN: (\d\.\d+) nats/,
      atLeast: 2.05,
      atMost: 2.12,
    },
    {
      what: "counting with three letters before beats the RNN",
      says: "counting with three or four letters before beats this RNN.",
      pattern: /counting with 3 letters before: (\d\.\d+)/,
      atMost: 2.02,
    },
    {
      what: "so does counting with four",
      says: "counting with three or four letters before beats this RNN.",
      pattern: /counting with 4 letters before: (\d\.\d+)/,
      atMost: 2,
    },
    {
      what: "the table of three letters holds 18,552 counts",
      says: "18,552 and 45,078 counts",
      pattern: /tables hold (\d+) and/,
      atLeast: 18552,
      atMost: 18552,
    },
    {
      what: "the table of four letters holds 45,078 counts",
      says: "18,552 and 45,078 counts",
      pattern: /tables hold \d+ and (\d+)/,
      atLeast: 45078,
      atMost: 45078,
    },
    {
      what: "the RNN holds 7,643 numbers",
      says: "The RNN has 7,643 numbers, however far back it looks.",
      pattern: /the RNN holds (\d+) numbers/,
      atLeast: 7643,
      atMost: 7643,
    },
    {
      what: "a gradient at 7 degrees points elsewhere once it is clipped by value",
      says: ["Each entry is cut by itself, so the direction turns: from 7 to 45 degrees here."],
      pattern: /\(8, 1\) points 7 degrees up, clipped (\d+)/,
      atLeast: 45,
      atMost: 45,
    },
    {
      what: "the step that is not clipped jumps far above knowing nothing",
      says: "With these seeds the step that is not clipped jumps above the 3.30 nats of knowing nothing before it comes back.",
      pattern: /the worst step: \d\.\d+ and (\d\.\d+)/,
      atLeast: 3.5,
    },
    {
      what: "clipped steps do not",
      pattern: /the worst step: (\d\.\d+) and/,
      atMost: 3.4,
    },
    {
      what: "a bigram pays 2.42 nats on the names that it counted",
      says: "Both runs end below the 2.42 that the bigram pays on the same training names:",
      pattern: /the bigram, on the training names: (\d\.\d+) nats/,
      atLeast: 2.42,
      atMost: 2.42,
    },
    {
      what: "200 plain steps, clipped, end below the bigram",
      says: "Both runs end below the 2.42 that the bigram pays on the same training names: in 200 steps the network has learned more than which letter follows which.",
      pattern: /^clipped: the last steps cost (\d\.\d+)/m,
      atMost: 2.38,
    },
    {
      what: "not clipped they do so too",
      says: "Both runs end below the 2.42 that the bigram pays on the same training names: in 200 steps the network has learned more than which letter follows which.",
      pattern: /not clipped: the last steps cost (\d\.\d+)/,
      atMost: 2.38,
    },
    {
      what: "2,000 draws come near to the probabilities",
      says: "each letter comes up as often as its probability says.",
      pattern: /between share and probability: (\d\.\d+)/,
      atMost: 0.03,
    },
    {
      what: "at τ = 0.5 about a fifth of the names are training names",
      says: "at τ = 0.5 a fifth of its names are names from the training list.",
      pattern: /τ = 0\.5 the share of training names is (\d\.\d+)/,
      atLeast: 0.15,
      atMost: 0.25,
    },
    {
      what: "at τ = 2 about one in a hundred is",
      says: "at τ = 2 it is one in a hundred.",
      pattern: /τ = 2 the share of training names is (\d\.\d+)/,
      atLeast: 0.005,
      atMost: 0.015,
    },
    {
      what: "the slider's entropy rises from nearly none",
      pattern: /the entropy goes from (\d\.\d+)/,
      atMost: 0.1,
    },
    {
      what: "to nearly that of equal letters",
      pattern: /the entropy goes from \d\.\d+ to (\d\.\d+)/,
      atLeast: 2.6,
    },
    {
      what: "one unit tells vowels from other letters",
      pattern: /the unit's two means are (\d\.\d+) apart/,
      atLeast: 0.7,
    },
    {
      what: "another one does not",
      says: "for another one the two means hardly differ.",
      pattern: /those of unit \d+: (\d\.\d+)/,
      atMost: 0.1,
    },
    {
      what: "without chance five seeds give one name, the greedy one",
      says: "With no chance there is one name, the same each time:",
      pattern: /different names: (\d+)/,
      atMost: 1,
    },
    {
      what: "names of the training part",
      says: "7,603 of them fill such tables well.",
      value: () => seen.length,
      atLeast: 7603,
      atMost: 7603,
    },
    {
      what: "27 equal choices cost 3.30 nats",
      says: "Whoever gives each of the K = 27 tokens the same probability pays log 27 = 3.30 nats a letter, whatever the text.",
      pattern: /uniform: (\d\.\d+) nats/,
      atLeast: 3.3,
      atMost: 3.3,
    },
    {
      says: "from 7 to 45 degrees here.",
      pattern: /\(8, 1\) points (\d+) degrees up/,
      atLeast: 7,
      atMost: 7,
    },
    {
      what: "600 plain steps leave a letter at 2.20 nats",
      says: "Plain gradient descent is slow: with 64 units, 600 steps like those above still end above the trigram, at 2.20 nats (seed 1, measured beforehand).",
      value: natsAfterPlainSteps,
      atLeast: 2.18,
      atMost: 2.22,
    },
    {
      what: "a table with one letter more holds more counts, for contexts of 4 to 7",
      says: "and more with each further letter of context.",
      value: () => {
        const counts = [4, 5, 6, 7].map(countsWith);
        return Math.min(...counts.slice(1).map((count, k) => count / counts[k]!));
      },
      atLeast: 1.2,
    },
    {
      what: "the largest probability of twenty columns grows at τ = 1/2",
      says: "Below 1 the probable becomes more probable",
      value: () => Math.min(...factorsOfLargest(0.5)),
      atLeast: 1.5,
    },
    {
      what: "and shrinks at τ = 2",
      says: "above 1 all letters come closer together.",
      value: () => Math.max(...factorsOfLargest(2)),
      atMost: 0.75,
    },
    {
      says: "At τ = 1 nothing changes.",
      value: () => {
        const z = randomNormal<"n_y", "m">(K, 1, seededRandom(1));
        const powers = z.map((score) => Math.exp(score));
        return temperatureSoftmax(z, 1)
          .sub(powers.times(1 / powers.sum()))
          .norm();
      },
      atMost: 1e-12,
    },
    ...[0, 1].map((k) => ({
      what: `as τ grows, the ${k === 0 ? "smallest" : "largest"} of 27 probabilities is 1/27`,
      says: "All scores near 0: every token gets 1/n_y.",
      value: () => K * extremesAt(1e6)[k]!,
      atLeast: 0.9999,
      atMost: 1.0001,
    })),
    {
      what: "at τ = 0.001 the largest score has it all",
      says: "As τ nears 0, all goes to the largest score",
      value: () => extremesAt(0.001)[1],
      atLeast: 0.9999,
    },
    {
      what: "half of the shares would have to be moved",
      says: "after a vowel other letters come than after a consonant.",
      value: vowelsAndOthers,
      atLeast: 0.4,
    },
    {
      says: "We looked through 64 units for the one that fits our question",
      pattern: /the RNN holds (\d+) numbers/,
      atLeast: 64 * (27 + 64 + 1) + 27 * (64 + 1),
      atMost: 64 * (27 + 64 + 1) + 27 * (64 + 1),
    },
    {
      what: "of 200 names one ends where no training name did",
      says: "then hardly a name ends (1 of 200 after 100 steps of training, seed 1, measured beforehand), and only the limit of 20 letters stops the others.",
      value: namesThatEnd,
      atLeast: 1,
      atMost: 1,
    },
    {
      what: "the third token, counted from 0",
      says: "The first that is greater than 0.7 is the last: token 2. (On paper. In float64 0.2 + 0.5 is 0.7 too.)",
      value: () => sample(Mat.column([0.2, 0.5, 0.3]), 0.7),
      atLeast: 2,
      atMost: 2,
    },
    {
      says: "In float64 0.2 + 0.5 is 0.7 too.",
      value: () => 0.2 + 0.5 - 0.7,
      atLeast: 0,
      atMost: 0,
    },
  ],
  noClaims: {
    minutes: ["About 20 minutes to read, and 45 for the exercises."],
    outline: [
      "Two parts: a guard against steps that are too large, and the step.",
      "Backpropagation through many steps can give huge gradients (lesson 07 shows why), and one huge step can undo all that was learned.",
      "32 units, 200 steps, 64 names at each.",
      "It does so twice from the same start, with a bold learning rate of 2: once clipped at 0.05, once not at all.",
      "It trains 64 units for 600 steps; the step size falls to 0.",
      "2,000 draws of a first letter, each with its own u.",
      "six names, written with the same uniform numbers at each temperature.",
      "(Shares of 200 names at each temperature, drawn with one seed.)",
      "the network reads unseen names one after the other (a⟨0⟩ = 0 for each)",
      "The first one shown is the unit that tells vowels (a e i o u) from the other letters best.",
      "Nobody told the network what a vowel is.",
    ],
    instruction: ["What is best depends on what you want: there is no right temperature."],
    supposition: [
      "A context that was rarely seen would give unreliable shares",
      "A function that takes the most probable letter would give one bar of height 1; one that is off by one would shift every bar from its tick.",
      'A model gives every letter of "anna" and its end the probability 1/2.',
      "<details><summary>2. ŷ = (0.2, 0.5, 0.3).",
    ],
    arithmetic: [
      "A model that is always sure and right has a perplexity of 1, one that knows nothing has K, and one that gave 0 to a letter which came has an infinite one.",
      "0 where one letter is sure, 3.30 where all 27 are equally probable.",
      "Products of many probabilities become tiny",
      "Always taking the most probable one would start every name alike.",
      "Five tokens:",
      "(1/2)⁵ = 1/32.",
      "The mean loss is log 2, and the perplexity 2.",
      "Running sums are 0.2, 0.7, 1.0.",
      "at 0 itself there is nothing to divide by.",
      "- Reusing a seed for every name: each name comes out the same, and looks like a network that has learned one name.",
    ],
    definition: [
      "A speech recogniser that hears two sentences which sound alike asks this to choose.",
      "They could be words: then a text has fewer steps, the vocabulary has thousands of tokens, and a word outside of it becomes `<UNK>` (lesson 01), in training and in what is written.",
      "A language model gives every text a probability.",
      "| $x^{\\langle t\\rangle}$ | $(n_x, m)$ | the letter before, one-hot; all zeros at t = 1 |",
      "a model with a perplexity of 8 is as unsure as one that must pick among 8 equally probable letters.",
      "a trigram model looks at the two letters before, and so on.",
      "so each model mixes in five letters' worth of the next shorter one.",
      "Clipping by value moves every entry of every gradient into [−c, c].",
      "So we sample: each letter comes up as often as its probability says.",
      "Chance comes in through a uniform number u in [0, 1).",
      'Between "always the most probable" and "as the probabilities say" lies a dial.',
      "- Always the most probable letter.",
      "A perplexity per letter and one per word are different things; so are those of two vocabularies.",
      "- τ divides the scores before the softmax: below 1 careful, above 1 bold.",
    ],
    label: [
      "RNN … nats a letter, four letters …",
      "twice as many tokens: …",
      "one nat less: …",
      "two letters before",
      "(8, 1) points … degrees up, clipped …",
      "The worst step costs … nats clipped, … not clipped",
      "the worst step: … and … nats",
      "counting with 3 letters before: … nats",
      "counting with 4 letters before: … nats",
      "at τ = 0.5 the share of training names is …",
      "at τ = 1 the share of training names is …",
      "at τ = 2 the share of training names is …",
      "the unit's two means are … apart",
    ],
  },
});
