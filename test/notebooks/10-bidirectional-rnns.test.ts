import {
  countParameters,
  initializeBidirectional,
  initializeLayer,
  initializeRnn,
  seededRandom,
} from "unrolled";
import { dna, firstNames, nameTags } from "unrolled/data";
import { countedNats } from "./countedNats.js";
import { testLesson } from "./lesson.js";

const [sentences, genes, { split: names }] = [await nameTags(), await dna(), await firstNames()];

/** The share of a junction's sequences that have these bases from step t on. */
function shareWith(junction: string, t: number, bases: string): number {
  const all = genes.examples.filter(({ y }) => y === junction);
  const having = all.filter(({ x }) => x.slice(t - 1, t - 1 + bases.length).join("") === bases);
  return having.length / all.length;
}

/** The first question's sizes, its bidirectional network and one layer of it. */
const sizes = { n_x: 100, n_a: 50, n_y: 3 };
const asked = initializeBidirectional("rnn", sizes, seededRandom(1));
const layer = initializeLayer("rnn", sizes, seededRandom(1));

testLesson({
  name: "10-bidirectional-rnns",
  charts: 7,
  claims: [
    {
      what: "every output depends on every input",
      says: [
        "ŷ⟨t⟩ has the whole square: every output depends on every input.",
        "- Every output depends on every input;",
      ],
      pattern: /ŷ⟨t⟩: (\d+) of 36/,
      atLeast: 36,
    },
    {
      what: "a forward state depends on what came before it alone",
      says: ["the triangle on and below the diagonal, 21 of 36 pairs."],
      pattern: /a→⟨t⟩: (\d+) of 36/,
      atLeast: 21,
      atMost: 21,
    },
    {
      what: "a backward state depends on what comes behind it alone",
      pattern: /a←⟨t⟩: (\d+) of 36/,
      atLeast: 21,
      atMost: 21,
    },
    {
      what: "an input moves the output at its own step more than 0.1",
      says: "Five steps from the diagonal the outputs move less than on it;",
      pattern: /ŷ⟨t⟩ moves by (\d\.\d+) where s = t/,
      atLeast: 0.1,
    },
    {
      what: "and an output five steps away by less than half of that",
      says: "Five steps from the diagonal the outputs move less than on it;",
      pattern: /where s = t, by (\d\.\d+) five steps away/,
      atMost: 0.05,
    },
    {
      what: "every word of the unseen sentences was in training",
      pattern: /words that no training sentence has: (\d+)/,
      atMost: 0,
    },
    {
      what: "the most frequent tag is right for less than two thirds of the ambiguous words",
      pattern: /most frequent tag: \d\.\d+ of all words, (\d\.\d+)/,
      atLeast: 0.55,
      atMost: 0.66,
    },
    {
      what: "the RNN is right for most of them",
      says: "often the words before a name are enough.",
      pattern: /\bRNN: \d\.\d+ of all words, (\d\.\d+)/,
      atLeast: 0.87,
      atMost: 0.94,
    },
    {
      what: "the bidirectional RNN for nearly all",
      pattern: /bidirectional RNN: \d\.\d+ of all words, (\d\.\d+)/,
      atLeast: 0.99,
    },
    {
      what: "the RNN is wrong where a person or a plant may follow",
      pattern: /(\d+) behind said, us, saw/,
      atLeast: 15,
    },
    {
      what: "and nowhere else but at the beginning",
      // 35 words: 26 behind said, us, saw; 9 at the beginning
      pattern: /the RNN is wrong at (35) words: 26 behind said, us, saw; 9 at the beginning/,
      atLeast: 35,
    },
    {
      what: "at rose the RNN gives the odds, in the one sentence",
      says: "There it can only give the odds.",
      pattern: /p\(person\) at rose: RNN (\d\.\d+)/,
      atLeast: 0.25,
      atMost: 0.75,
    },
    {
      what: "and the same odds in the other one",
      pattern: /p\(person\) at rose: RNN (\d\.\d+), bidirectional RNN \d\.\d+, RNN \1,/,
      atLeast: 0.25,
    },
    {
      what: "the bidirectional RNN is sure of the person",
      pattern: /at rose: RNN \d\.\d+, bidirectional RNN (\d\.\d+)/,
      atLeast: 0.95,
    },
    {
      what: "and of the plant",
      pattern: /at rose: .*, bidirectional RNN (\d\.\d+)\n/,
      atMost: 0.05,
    },
    {
      what: "neither sentence was in training",
      says: "Look at one of the two sentences below, then choose the other one in the list (neither of them was in training):",
      pattern: /sentences of the pair in training: (\d)/,
      atMost: 0,
    },
    {
      what: "DNA from the left: about 0.82",
      pattern: /from the left: (\d\.\d+)/,
      atLeast: 0.78,
      atMost: 0.85,
    },
    {
      what: "DNA from the right: about 0.72",
      pattern: /from the right: (\d\.\d+)/,
      atLeast: 0.68,
      atMost: 0.75,
    },
    {
      what: "DNA from both sides: about 0.95",
      says: "together they have it all.",
      pattern: /both sides: (\d\.\d+)/,
      atLeast: 0.93,
    },
    {
      what: "from the right nearly every EI is told",
      pattern: /from the right: .*EI (\d\.\d+)/,
      atLeast: 0.9,
    },
    {
      what: "and next to no IE",
      says: "The reader from the right finds next to none of them.",
      pattern: /from the right: .*IE (\d\.\d+)/,
      atMost: 0.2,
    },
    {
      what: "from the left many more IE are told than from the right",
      pattern: /from the left: .*IE (\d\.\d+)/,
      atLeast: 0.8,
    },
    {
      what: "and fewer EI, but more than half",
      says: "From the left more than half of EI are told without it:",
      pattern: /from the left: .*EI (\d\.\d+)/,
      atLeast: 0.51,
      atMost: 0.75,
    },
    {
      what: "a language model that sees the answer costs next to nothing",
      says: [
        "Next to nothing!",
        "The second mistake is easy to make, since nothing fails.",
        "it beats the RNN by two nats a letter",
      ],
      pattern: /whole name given\s+(\d\.\d+)/,
      atMost: 0.1,
    },
    {
      what: "that is two nats less than an honest one costs",
      says: "it beats the RNN by two nats a letter",
      pattern: /nats per letter\s+RNN\s+(\d\.\d+)/,
      atLeast: 2.1,
      atMost: 2.3,
    },
    {
      what: "without the answer it costs more than giving every letter the same probability",
      says: "Without the answer in its input it is worse than giving every letter the same probability:",
      pattern: /only the beginning given\s+(\d\.\d+)/,
      atLeast: 3.5,
    },
    {
      what: "which costs 3.30",
      says: "it is worse than giving every letter the same probability:",
      pattern: /every letter alike\s+(\d\.\d+)/,
      atLeast: 3.29,
      atMost: 3.31,
    },
    {
      what: "padding that is read moves a probability visibly",
      says: "the backward layer's state is no longer zero when it meets the last word:",
      pattern: /a probability moves by up to (\d\.\d+)/,
      atLeast: 0.1,
    },
    {
      what: "there are 1,200 sentences",
      says: "1,200 sentences made by a program;",
      value: () => sentences.examples.length,
      atLeast: 1200,
      atMost: 1200,
    },
    {
      what: "every word of them has one of three tags",
      says: "every word is tagged person, place or other.",
      value: () =>
        sentences.examples.filter(
          ({ x, tags }) =>
            x.length !== tags.length ||
            tags.some((tag) => !["person", "place", "other"].includes(tag)),
        ).length,
      atMost: 0,
    },
    {
      what: "none has a capital",
      says: "All is in lower case,",
      value: () =>
        sentences.examples.filter(({ x }) => x.some((word) => word !== word.toLowerCase())).length,
      atMost: 0,
    },
    {
      what: "960 sentences are there to train on",
      says: "Two networks train on the same 960 sentences for the same number of steps, with 16 units a layer:",
      value: () => sentences.split.train.length,
      atLeast: 960,
      atMost: 960,
    },
    {
      what: "an intron's GT stands behind an EI junction",
      says: [
        "its GT stands at t = 31 and 32, where only the reader from the right gets.",
        "So each side has a part of the evidence;",
        "(No number of units shows the reader from the left the GT at t = 31.)",
      ],
      value: () => shareWith("EI", 31, "GT"),
      atLeast: 0.98,
    },
    {
      what: "its AG before an IE junction",
      says: [
        "its AG stands at t = 29 and 30, at the end of what the reader from the left has read.",
        "So each side has a part of the evidence;",
      ],
      value: () => shareWith("IE", 29, "AG"),
      atLeast: 0.98,
    },
    {
      what: "82% of the exons before an EI junction end with G",
      says: "the last bases of an exon are not random either (82% end with G;",
      value: () => shareWith("EI", 30, "G"),
      atLeast: 0.815,
      atMost: 0.825,
    },
    {
      what: "26% of the sequences without a junction have one there",
      says: "of the sequences without a junction 26% have one there).",
      value: () => shareWith("N", 30, "G"),
      atLeast: 0.255,
      atMost: 0.265,
    },
    {
      what: "a trigram that is given the first letter pays 2.01 nats for the 100 names",
      says: "a trigram pays 2.01 on these names.",
      value: () => countedNats(names.train, names.test.slice(0, 100), 2),
      atLeast: 2.005,
      atMost: 2.015,
    },
    {
      what: "786 sequences are unseen",
      says: "(One seed, 786 unseen sequences.",
      value: () => genes.split.test.length,
      atLeast: 786,
      atMost: 786,
    },
    {
      what: "no name is on both sides",
      says: "on names that it has never seen, too.",
      value: () => names.test.filter((name) => names.train.includes(name)).length,
      atMost: 0,
    },
    {
      what: "two directions have twice a layer's parameters",
      says: "- Twice the parameters. Two layers of n_a units are no fair rival of one layer of n_a units.",
      value: () => countParameters([asked.forward, asked.backward]) / countParameters(layer),
      atLeast: 2,
      atMost: 2,
    },
    {
      what: "Wya reads both states",
      says: "Here they are stacked, so that W_ya has 2 n_a columns.",
      value: () => asked.Wya.cols / 50,
      atLeast: 2,
      atMost: 2,
    },
    {
      what: "the question's layer has 7,550 parameters",
      says: "50 · 100 + 50 · 50 + 50 = 7,550;",
      value: () => countParameters(layer),
      atLeast: 7550,
      atMost: 7550,
    },
    {
      what: "its RNN 7,703",
      says: "its output 3 · 50 + 3 = 153; together 7,703.",
      value: () => countParameters(initializeRnn(sizes, seededRandom(1))),
      atLeast: 7703,
      atMost: 7703,
    },
    {
      what: "its bidirectional RNN 15,403",
      says: "2 · 7,550 + 3 · 100 + 3 = 15,403.",
      value: () => countParameters(asked),
      atLeast: 15403,
      atMost: 15403,
    },
  ],
  noClaims: {
    minutes: ["About 20 minutes to read, and 25 for the exercises."],
    outline: [
      "You will join two layers that read in opposite directions, see what each of them knows, and meet two tasks for which one direction is not enough.",
      "Then you will train a network whose loss is wonderful and which is worth nothing.",
      "Take a network with random weights and a word of six letters.",
      "In lesson 00 two readers met at a possible splice junction between t = 30 and t = 31.",
      "Three networks of 12 units a layer, the same 300 steps, the same data: one reads the 30 bases before the junction, one the 30 bases behind it, from the far end, and one has both.",
      "That rules it out in two cases.",
    ],
    history: ["For text the course takes two LSTMs."],
    supposition: ["1. n_x = 100, n_a = 50, n_y = 3."],
    label: [
      "ŷ⟨t⟩ moves by … where s = t, by … five steps away",
      "most frequent tag",
      "several tags: … of … words",
      "the 30 bases before the junction",
      "the 30 bases behind the junction",
      "p(person) at “rose”: … before “was late”, … before “petals fell”; the RNN … in both",
      "The dashed line is what always saying N gets.)",
      "After 150 steps … nats per letter with one direction, … with both",
      "both directions, only the beginning given",
      "every letter alike",
    ],
    definition: [
      "An RNN has to answer at the third word, before it has read the fourth.",
      "## Two layers that never meet",
      "A bidirectional RNN has two layers.",
      "One reads x⟨1⟩, x⟨2⟩, …, x⟨T_x⟩, as always;",
      "And backpropagation through time needs nothing new:",
      "the two states at step t",
      "the two sets of $W_{aa}, W_{ax}, b_a$",
      "Depending on an input and making use of it are two things, as always.",
      "A third model is the simplest that one could want: it gives each word the tag that it most often had in training.",
      "(What is done instead: wait for a few steps, or read in chunks, and pay with a delay.)",
      "A language model reads x⟨t⟩ and predicts x⟨t+1⟩.",
      "it has read x⟨t+1⟩.",
      "it gets the beginning of a name and nothing else, and has to say what follows.",
      "A layer that has read x⟨t+1⟩ needs only to hand it on.)",
      "- Two layers with parameters of their own read in opposite directions;",
      "- It needs the whole input first, and must never predict what one of its layers has read.",
    ],
  },
});
