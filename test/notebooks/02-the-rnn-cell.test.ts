import {
  initializeRnn,
  Mat,
  oneHot,
  randomNormal,
  rnnCellForward,
  rnnForward,
  seededRandom,
  Sequence,
  Vocabulary,
} from "unrolled";
import { testLesson } from "./lesson.js";

/** The shortest way that a letter changed into z moves a state, among the steps: lesson 02's reader of its word. */
function smallestMove(changedStep: number, [from, to]: readonly [number, number]): number {
  const alphabet = Vocabulary.of([..."abcdefghijklmnopqrstuvwxyz"]);
  const sizes = { n_x: 26, n_a: 8, n_y: 26 };
  const read = (letters: string): Sequence =>
    rnnForward(
      Sequence.of(alphabet.encode([...letters]).map((index) => oneHot([index], 26))),
      Mat.zeros(8, 1),
      initializeRnn(sizes, seededRandom(4)),
    ).a;
  const word = "unrolled";
  const other = read(word.slice(0, changedStep - 1) + "z" + word.slice(changedStep));
  const moves = [...read(word)].map((a_t, k) => a_t.sub(other.at(k + 1)).norm());
  return Math.min(...moves.slice(from - 1, to));
}

/** The first step of the lesson. */
function firstStep(): Mat {
  const parameters = initializeRnn({ n_x: 3, n_a: 5, n_y: 2 }, seededRandom(2));
  return rnnCellForward(randomNormal(3, 4, seededRandom(3)), Mat.zeros(5, 4), parameters).a_next;
}

testLesson({
  name: "02-the-rnn-cell",
  charts: 7,
  claims: [
    {
      what: "the stacked form gives the same numbers",
      pattern: /between the two forms: (\d\.\de[+-]\d+)/,
      atMost: 1e-14,
    },
    {
      what: "a changed last letter leaves every earlier state as it was",
      says: [
        "Change the last letter, and no earlier state moves",
        "a⟨t⟩ is made of x⟨1⟩ … x⟨t⟩ and of nothing later.",
      ],
      pattern: /x⟨8⟩ changed: (?:0 {2}){7}(\d\.\d+)/,
      atLeast: 0.1,
    },
    {
      what: "a changed first letter moves even the last state",
      pattern: /x⟨1⟩ changed: (?:\d\.\d+ {2}){7}(\d\.\d+)/,
      atLeast: 0.05,
    },
    {
      what: "the exclusive or of two bits costs next to nothing",
      says: [
        "It predicts the exclusive or nearly for free.",
        "The third is certain, if you remember the two before it",
      ],
      pattern: /predict the xor \(after two bits\): (\d\.\d+)/,
      atMost: 0.03,
    },
    {
      what: "a random bit costs one bit",
      says: [
        "nobody can predict them, and guessing costs exactly 1 bit",
        "And where nothing can be known it pays one bit",
      ],
      pattern: /predict a random bit: (\d\.\d+)/,
      atLeast: 0.98,
      atMost: 1.05,
    },
    {
      what: "the first half of a stream costs two thirds of a bit per prediction",
      says: "the second half costs what the first does",
      pattern: /bits per prediction: (\d\.\d+) in steps 1 to 30/,
      atLeast: 0.66,
      atMost: 0.7,
    },
    {
      what: "the second half, which is longer than training, costs the same",
      says: "It was trained on streams of 30 bits; here it reads 60, and the second half costs what the first does",
      pattern: /in steps 1 to 30, (\d\.\d+) in 31 to 60/,
      atLeast: 0.66,
      atMost: 0.7,
    },
    {
      what: "a stream that starts one bit late costs far more",
      pattern: /started one bit late: (\d\.\d+) bits/,
      atLeast: 0.8,
      atMost: 1,
    },
    {
      what: "at first it is sure and wrong: more than the bit that guessing costs",
      says: "At first it is sure and wrong, which costs more than guessing.",
      pattern: /one bit late: .* (\d\.\d+) in the first 30 steps/,
      atLeast: 1.03,
    },
    {
      what: "later it is back near two thirds of a bit",
      pattern: /first 30 steps and (\d\.\d+) in the rest/,
      atMost: 0.71,
    },
    {
      what: "the two l's have states that are far apart, beside their length",
      says: 'The two ls of "unrolled" are the same input, yet their columns differ',
      pattern: /a⟨6⟩ − a⟨5⟩ (\d\.\d+)/,
      atLeast: 0.3,
    },
    {
      what: "seven of eight units keep what no longer matters",
      says: "seven of the eight units are still spread widely",
      pattern: /at t = 18: 0\.\d+ for one, (0\.\d+) to/,
      atLeast: 0.5,
    },
    {
      says: "change the first, and every state does",
      value: () => smallestMove(1, [1, 8]),
      atLeast: 0.05,
    },
    {
      says: "Five rows (units), four columns (examples)",
      value: () => Number(firstStep().shape.join("")),
      atLeast: 54,
      atMost: 54,
    },
    {
      says: "every number between −1 and 1",
      value: () => Math.max(...firstStep().data.map(Math.abs)),
      atMost: 0.9999,
    },
    {
      what: "the loss settles near two thirds of a bit",
      says: "The loss settles near … bits: two coin flips in three",
      pattern: /The loss settles near (0\.\d+) bits/,
      atLeast: 0.66,
      atMost: 0.71,
    },
    {
      what: "the eighth unit is spread less than those seven",
      says: "Over 200, seven of eight units spread by … at t = 18",
      pattern: /at t = 18: (0\.\d+) for one/,
      atMost: 0.5,
    },
  ],
  noClaims: {
    arithmetic: [
      "It does not: seven of the eight units are still spread widely over −1 … 1 (a standard deviation of 1 would be half of the streams at −1 and half at 1).",
      "W_a is (100, 10,100):",
      "1,010,000 numbers.",
      "W_aa is 10,000 of them, one percent.",
      "With one-hot inputs nearly all parameters sit in W_ax.",
      "None.",
      "The same cell is used more often; the work doubles, the parameters stay.",
    ],
    instruction: ["Compare 200 streams at t = 18, the end of the sixth triple:"],
    supposition: [
      "Whether it predicts well at a length that it was never trained on is another question, which lesson 05 measures.)",
      "Another seed may do less; what a network learns is what its training streams asked for, and they never asked for this.",
      "<details><summary>1. n_a = 100, n_x = 10,000.",
      "The sequence gets twice as long.",
    ],
    label: [
      "largest difference between the two forms: …",
      "The same letter l at t = 5 and 6, and states … apart",
      "bits per prediction: … in steps 1 to 30, … in 31 to 60",
      "bits to predict the xor (after two bits): …",
      "started one bit late: … bits per prediction, … in the first 30 steps and … in the rest",
      "standard deviation of the units at t = 18: … for one, … for the other seven",
    ],
    history: ["The course often writes the cell with one matrix."],
    interface: ["(`initializeRnn` draws the three matrices at random and sets the biases to 0.)"],
    definition: [
      "| $b_a$, $b_y$ | $(n_a, 1)$, $(n_y, 1)$ | biases, added to every column |",
      "In fact the names matter (tanh and softmax in this lesson), and only the shapes above fit together.",
      "g₁ is tanh in these lessons: it keeps the state between −1 and 1 however long the sequence is. g₂ depends on the task: softmax for one class of many, sigmoid for yes or no (lesson 03), nothing at all for a number.",
      "3 inputs, 5 units, 4 examples side by side.",
      "Put $W_{aa}$ and $W_{ax}$ side by side, and the two vectors one above the other:",
      "The two brackets look alike on paper but stack in different directions.",
      "In fact only the matrices are; the vectors stand one above the other, or the shapes do not fit.",
      "Reading a whole sequence is a loop: start with a⟨0⟩, feed each state to the next step, keep every a⟨t⟩ and ŷ⟨t⟩ and what the way back will need (the caches).",
      "The parameters never change inside the loop; that is why one network reads sequences of any length.",
      "> The notes say that an RNN uses only what comes earlier.",
      "Jeffrey Elman (1990) asked a network to predict the next bit of a stream made like this: two random bits, then their exclusive or, again and again:",
      "1 0 1 0 0 0 1 1 0 …",
      "Two bits of three are coin flips: nobody can predict them, and guessing costs exactly 1 bit.",
      "(The cost is minus the base-2 logarithm of the probability that was given to what came; lesson 03 is about it.)",
      "Nobody tells the network that there are triples; but each stream below starts with a new triple and a⟨0⟩ = 0, so it can count from the start.",
      "To do that it must have found out that the stream comes in threes, must know its place in the triple, and must still have the two bits that the exclusive or is made of: all in eight numbers.",
      "Let every stream begin one bit later, in the middle of a triple, with a⟨0⟩ = 0 as before.",
      "The third bit of a triple now comes at t = 2, 5, 8, …:",
      "After every third bit a triple is over and nothing that was read matters any more.",
      "The prediction needs none of that; the state keeps it all the same.",
      "What a state holds and what the network uses are two things.",
      "- A state that leaks. a⟨0⟩ must be zero (or deliberately carried over) for every new sequence.",
      "Forget to reset it, and example 2 starts with the memory of example 1.",
      "Taking a⟨t−1⟩ still trains, one step late.",
      "Creating the weights inside the loop gives T_x networks that share nothing, and no memory of anything learned.",
      "- One cell, one set of parameters, used T_x times; a⟨0⟩ = 0.",
      "- a⟨t⟩ = tanh(W_aa a⟨t−1⟩ + W_ax x⟨t⟩ + b_a), ŷ⟨t⟩ = g₂(W_ya a⟨t⟩ + b_y).",
      "- The state knows the past only.",
      "No: a⟨5⟩ depends on x⟨1⟩ … x⟨5⟩ only.",
    ],
    outline: [
      "The next step gets two things: the next input and that state.",
      "The picture has two views.",
      "## Two matrices in one:",
      "## What it can never know: the future",
      "## Aha: what a state of eight numbers can learn",
    ],
    minutes: ["About 15 minutes to read, and 45 for the exercises."],
  },
});
