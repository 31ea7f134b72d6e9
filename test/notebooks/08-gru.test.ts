import assert from "node:assert/strict";
import {
  countParameters,
  gruCellForward,
  type GruState,
  gruStatePyTorch,
  gruStateTensorFlow,
  initializeGru,
  initializeLayer,
  Mat,
  randomNormal,
  seededRandom,
  Sequence,
  sigmoid,
} from "unrolled";
import { applicationResults, speech } from "unrolled/data";
import {
  farPercent,
  keptAblation,
  type NetworkName,
  networks,
  settings,
} from "../experiments/gruAblation.js";
import { readLesson, testLesson } from "./lesson.js";

const { percent } = keptAblation();
const full = (name: NetworkName): number => percent[name].filter((value) => value >= 99).length;
const least = (name: NetworkName): number => Math.min(...percent[name]);

/** A gate whose bias is 50. */
const openGate = sigmoid(Mat.from([[50]])).get(0, 0);

/** The first cell's example of a long dependency. */
const sentence = "The letters that my aunt sent from Lisbon every week were lost".split(" ");

/** The first question's sizes. */
const asked = { n_x: 50, n_a: 100 };

const digits = await speech();
const heard = applicationResults.find(({ application }) => application === "speech recognition")!;

function voicesOf(examples: typeof digits.examples): Set<string> {
  return new Set(examples.map(({ speaker }) => speaker));
}

const heardBefore = voicesOf(digits.split.train);

/** How far the states of the two other GRUs are from the course's at each of 12 steps, from one set of weights. */
function statesApart(): readonly Readonly<Record<"tensorFlow" | "torch", number>>[] {
  const random = seededRandom(7);
  const parameters = initializeGru({ n_x: 3, n_a: 4, n_y: 2 }, random, 0.8);
  const x = Sequence.build(12, () => randomNormal<"n_x", "m">(3, 1, random));
  const states = (step: GruState): readonly Mat[] => {
    let c = Mat.zeros<"n_a", "m">(4, 1);
    return Array.from(x, (x_t) => (c = step(x_t, c, parameters)));
  };
  const course = states((x_t, c, set) => gruCellForward(x_t, c, set).a_next);
  const [theirs, torch] = [states(gruStateTensorFlow), states(gruStatePyTorch)];
  return course.map((c, k) => ({
    tensorFlow: c.sub(theirs[k]!).norm(),
    torch: c.sub(torch[k]!).norm(),
  }));
}

testLesson({
  name: "08-gru",
  charts: 7,
  claims: [
    {
      what: "seed 1: the mean of the frames hears most digits of unheard voices",
      says: "Most of what tells these digits apart is which sounds there are.",
      pattern: /digits: mean (\S+), GRU/,
      atLeast: 0.7,
      atMost: 0.8,
    },
    {
      what: "and the GRU some more",
      pattern: /digits: mean \S+, GRU (\S+) \(seed 1\)/,
      atLeast: 0.81,
    },
    {
      what: "the GRU is ahead in 18 of 20 seeds",
      says: "it is ahead in 18 of 20 seeds,",
      pattern: /20 seeds: .* ahead in (\d+)/,
      atLeast: 18,
      atMost: 18,
    },
    {
      what: "by seven points: the baseline's mean",
      says: "by seven points on average",
      pattern: /20 seeds: mean of the frames (\S+), from 0\.775 to 0\.792; GRU/,
      atLeast: 0.78,
      atMost: 0.788,
    },
    {
      what: "and the GRU's",
      says: "by seven points on average",
      pattern: /20 seeds: .* GRU (\S+), from 0\.750 to 0\.950/,
      atLeast: 0.85,
      atMost: 0.858,
    },
    {
      what: "a gate of 0.01 has kept 61% of a memory after 50 steps",
      pattern: /After 50 steps is left: .*?(\d+)% at 0\.01,/,
      atLeast: 60,
      atMost: 62,
    },
    {
      what: "with the update gate shut the memory does not move",
      says: "With the bias b_u at −50 and no weights, Γu = σ(−50): the memory does not move, whatever comes in.",
      pattern: /its gates, (\d\.\de[+-]\d+) with Γu shut/,
      atMost: 0,
    },
    {
      what: "with its gates as they are it does",
      pattern: /c⟨0⟩‖: (\d\.\de[+-]\d+) with its gates/,
      atLeast: 0.5,
    },
    {
      what: "the GRU's state has three times the weights, 84",
      says: ["three matrices where the plain cell has one", "and three biases"],
      pattern: /weights in the state: (\d+) for the GRU, 28 for the plain cell/,
      atLeast: 84,
      atMost: 84,
    },
    {
      what: "live, both gates are right far from the capital",
      pattern: /both gates: (\d+\.\d)% now/,
      atLeast: 98,
    },
    {
      what: "live, the update gate alone is right far from the capital",
      pattern: /update gate only: (\d+\.\d)% now/,
      atLeast: 95,
    },
    {
      what: "live, the network without gates is not, though it is better than guessing",
      pattern: /no gate: (\d+\.\d)% now/,
      atLeast: 20,
      atMost: 85,
    },
    {
      what: "the update gate is wide open at capitals",
      pattern: /Γu is (0\.\d+) at capitals/,
      atLeast: 0.8,
    },
    {
      what: "and lower elsewhere",
      says: "stays lower elsewhere,",
      pattern: /at capitals and (0\.\d+) elsewhere/,
      atMost: 0.5,
    },
    {
      what: "every answer under the text is right",
      says: "and every answer under the text is right.",
      pattern: /right: (\d+) of 36/,
      atLeast: 36,
    },
    {
      what: "no unit's gate is shut: the least after A is near 0.05",
      says: "The least, after A, stands near 0.05,",
      pattern: /after A: Γu of a unit (0\.\d+) to/,
      atLeast: 0.03,
      atMost: 0.09,
    },
    {
      what: "and the least after C near 0.15",
      says: "After C the least stands near 0.15:",
      pattern: /after C: Γu of a unit (0\.\d+) to/,
      atLeast: 0.1,
      atMost: 0.19,
    },
    {
      what: "after F it is not lower than after A",
      pattern: /after F: Γu of a unit (0\.\d+) to/,
      atLeast: 0.09,
    },
    ...["C", "F", "A"].map((capital) => ({
      what: `after ${capital} the candidate mostly has the memory's sign`,
      pattern: new RegExp(`after ${capital}: .* the sign of c⟨t−1⟩ in (\\d+)% of the entries`),
      says: "mostly it proposes what is there already: the same sign.",
      atLeast: 80,
    })),
    {
      what: "60 steps back the GRU has some of its gradient left",
      pattern: /gradient 60 steps back: GRU (\d[\d.]*(?:e-\d+)?),/,
      atLeast: 1e-6,
      atMost: 1,
    },
    {
      what: "the plain cell has less than a billionth",
      says: "Of the plain cell's there is less than a billionth left:",
      pattern: /gradient 60 steps back: .*no gate (\d[\d.]*(?:e-\d+)?),/,
      atMost: 1e-9,
    },
    {
      what: "the GRU with one way forgotten fades faster than the plain cell",
      says: "The third line is the GRU again with one of the four ways missing, and it fades faster than the plain cell.",
      pattern: /gradient 60 steps back: .*one way forgotten (\d[\d.]*e-\d+)/,
      atMost: 1e-30,
    },
    {
      what: "trained weights: the course's loss",
      says: [
        "the last column has about the same loss for it.",
        "Reset after the product the network loses more than twice as much per step,",
      ],
      pattern: /course\s+σ\s+before\s+\S+\s+0\.0000\s+(\d\.\d+)/,
      atLeast: 0.0003,
      atMost: 0.0006,
    },
    {
      what: "trained weights lose about the same with TensorFlow.js's hard sigmoid",
      says: "the last column has about the same loss for it.",
      pattern: /hard sigmoid\s+before\s+\S+\s+0\.0375\s+(\d\.\d+)/,
      atLeast: 0.0003,
      atMost: 0.0006,
    },
    {
      what: "trained weights lose more than twice as much where PyTorch resets",
      says: "Reset after the product the network loses more than twice as much per step,",
      pattern: /PyTorch\s+σ\s+after\s+\S+\s+0\.0868\s+(\d\.\d+)/,
      atLeast: 0.0012,
    },
    {
      what: "the worst of twenty seeds with an update gate gets 98.7%",
      says: "at least 98.7% of these answers were right from every one of the twenty seeds.",
      value: () => Math.min(least("both gates"), least("update gate only")),
      atLeast: 98.7,
      atMost: 98.7,
    },
    {
      what: "with the relevance gate alone ten seeds reach 99%",
      says: [
        "With the relevance gate alone, 10 of the 20 seeds reached 99%,",
        "The relevance gate alone is not enough from half of the seeds.",
      ],
      value: () => full("relevance gate only"),
      atLeast: 10,
      atMost: 10,
    },
    {
      what: "and the worst gets 52.7%",
      says: "and the worst got 52.7%.",
      value: () => least("relevance gate only"),
      atLeast: 52.7,
      atMost: 52.7,
    },
    {
      what: "with no gate none reaches 99%, the worst gets 41.5%",
      says: "With no gate not one did: they end between 41.5% and 89%, where guessing gets 12.5%.",
      value: () => least("no gate"),
      atLeast: 41.5,
      atMost: 41.5,
    },
    {
      what: "and the best 89%",
      says: "With no gate not one did: they end between 41.5% and 89%, where guessing gets 12.5%.",
      value: () => Math.max(...percent["no gate"]),
      atLeast: 89,
      atMost: 89,
    },
    {
      what: "guessing among 8 capitals gets an eighth",
      says: "where guessing gets 12.5%.",
      pattern: /guessing among (\d+) capitals/,
      atLeast: 100 / 12.5,
      atMost: 100 / 12.5,
    },
    {
      what: "both gates reach 99% from all twenty seeds",
      says: "With both gates 20 of 20 seeds reach 99%, with the update gate alone 19: these seeds do not tell the two apart.",
      value: () => full("both gates"),
      atLeast: 20,
      atMost: 20,
    },
    {
      what: "the update gate alone from nineteen",
      says: "With both gates 20 of 20 seeds reach 99%, with the update gate alone 19: these seeds do not tell the two apart.",
      value: () => full("update gate only"),
      atLeast: 19,
      atMost: 19,
    },
    {
      what: "a bias of 50 opens a gate to the last digit",
      says: "a gate with weights 0 and bias +50 stands at σ(50) = 1 for good,",
      value: () => openGate,
      atLeast: 1,
      atMost: 1,
    },
    {
      what: "and leaves it no slope",
      says: "since its slope Γ(1 − Γ) is 0 to the last digit of the numbers it is trained with.",
      value: () => openGate * (1 - openGate),
      atMost: 0,
    },
    {
      what: "a gate of 0.05 keeps a third over twenty steps",
      says: "and of what it guards $0.95^{20}$ is left after twenty letters: a third.",
      value: () => 0.95 ** 20,
      atLeast: 0.3,
      atMost: 0.37,
    },
    {
      what: "one of 0.15 a twenty-sixth",
      says: "$0.85^{20}$ is a twenty-sixth.",
      value: () => 0.85 ** 20,
      atLeast: 0.0378,
      atMost: 0.0393,
    },
    {
      what: "one of 0.05 more than half for thirteen steps",
      says: "0.95¹³ = 0.513 and 0.95¹⁴ = 0.488: after 14.",
      value: () => 0.95 ** 13,
      atLeast: 0.5125,
      atMost: 0.5135,
    },
    {
      what: "and less after fourteen",
      says: "0.95¹³ = 0.513 and 0.95¹⁴ = 0.488: after 14.",
      value: () => 0.95 ** 14,
      atLeast: 0.4875,
      atMost: 0.4885,
    },
    {
      what: "the question's GRU has 45,300 weights and biases in its state",
      says: "15,100 for the plain cell, three times that, 45,300, for the GRU.",
      value: () => countParameters(initializeLayer("gru", asked, seededRandom(1))),
      atLeast: 45_300,
      atMost: 45_300,
    },
    {
      what: "the plain cell 15,100",
      says: [
        "(100, 150) has 15,000 weights, and there are 100 biases:",
        "15,100 for the plain cell, three times that, 45,300, for the GRU.",
      ],
      value: () => countParameters(initializeLayer("rnn", asked, seededRandom(1))),
      atLeast: 15_100,
      atMost: 15_100,
    },
    {
      what: "there are 480 spoken digits",
      says: "480 spoken digits, made by a program that speaks, as frames of 16 ms with 13 numbers each.",
      value: () => digits.examples.length,
      atLeast: 480,
      atMost: 480,
    },
    {
      what: "each frame has 13 numbers",
      says: "as frames of 16 ms with 13 numbers each.",
      value: () => digits.examples.filter(({ x }) => x.some((frame) => frame.length !== 13)).length,
      atMost: 0,
    },
    {
      what: "twelve voices speak",
      says: "Three of the twelve voices are for testing only.",
      value: () => voicesOf(digits.examples).size,
      atLeast: 12,
      atMost: 12,
    },
    {
      what: "three of them in the test alone",
      says: "Three of the twelve voices are for testing only.",
      value: () =>
        Array.from(voicesOf(digits.split.test)).filter((voice) => !heardBefore.has(voice)).length,
      atLeast: 3,
      atMost: 3,
    },
    {
      what: "the GRU's worst seed gets 0.75",
      says: "how well the GRU does there hangs on the seed, from 0.75 to 0.95,",
      value: () => Math.min(...heard.network.shares),
      atLeast: 0.75,
      atMost: 0.75,
    },
    {
      what: "its best 0.95",
      says: "how well the GRU does there hangs on the seed, from 0.75 to 0.95,",
      value: () => Math.max(...heard.network.shares),
      atLeast: 0.95,
      atMost: 0.95,
    },
    {
      what: "the mean of the frames' worst seed gets 0.775",
      says: "while the mean of the frames stays between 0.775 and 0.792.",
      value: () => Math.min(...heard.baseline.shares),
      atLeast: 0.775,
      atMost: 0.775,
    },
    {
      what: "its best 0.792",
      says: "while the mean of the frames stays between 0.775 and 0.792.",
      value: () => Math.max(...heard.baseline.shares),
      atLeast: 0.7915,
      atMost: 0.7925,
    },
    {
      what: "the verb lies nine words after what it agrees with",
      says: "the verb hangs on a word that lies nine words back,",
      value: () => sentence.indexOf("were") - sentence.indexOf("letters"),
      atLeast: 9,
      atMost: 9,
    },
    {
      what: "TensorFlow.js's state is up to 0.11 away",
      pattern: /From one set of weights, in 12 steps: .*as it comes is up to (0\.\d+) away/,
      atLeast: 0.11,
      atMost: 0.11,
    },
    {
      what: "PyTorch's up to 0.47",
      pattern: /From one set of weights, in 12 steps: .*PyTorch is up to (0\.\d+) away/,
      atLeast: 0.47,
      atMost: 0.47,
    },
    {
      what: "course and PyTorch agree at t = 1",
      says: "At t = 1 PyTorch's state is the course's: the memory is 0, and there is nothing to reset.",
      value: () => statesApart()[0]!.torch,
      atMost: 0,
    },
    {
      what: "from then on neither of the two states is the course's",
      says: [
        "From then on neither of the two agrees with the course's.",
        "these are two functions.",
      ],
      value: () =>
        Math.min(
          ...statesApart()
            .slice(1)
            .flatMap((apart) => Object.values(apart)),
        ),
      atLeast: 1e-3,
    },
    {
      what: "with Γu = 1 − z, −Wu and −bu TensorFlow's form is the same function",
      says: "So z = 1 − Γu, and −W_u and −b_u in place of W_u and b_u turn one into the other.",
      value: () => 1 - sigmoid(Mat.from([[0.7]])).get(0, 0) - sigmoid(Mat.from([[-0.7]])).get(0, 0),
      atLeast: -1e-15,
      atMost: 1e-15,
    },
  ],
  noClaims: {
    minutes: ["About 25 minutes to read, and 60 for the exercises."],
    outline: [
      "You will write one step of a gated recurrent unit and the step back, find out by removal which of its two gates remembers, watch the gates while it reads, and tell apart three functions that are all called GRU.",
      "(It keeps the letter c because in an LSTM, lesson 09, the two part ways.)",
      "Below, each of the four trains on the same streams from seed 1: eight units, 300 updates.",
      "So test on fresh streams, and count only the steps at which the capital lies 20 letters or more back.",
      "One seed may be luck, so the same was done beforehand from twenty seeds (a dot each, a tick at the median); the diamond is the run above.",
      "All four had the same 300 updates, and the three with a gate taken away also have fewer weights to learn with.",
      "But read the three lines of numbers: no unit's gate is shut.",
      "A third line makes a mistake on purpose.",
      "(Both are the networks of seed 1; how fast a gradient fades depends on what was learned.)",
      "## Three functions called GRU",
      "There are three things to know, and only two of them matter:",
      "All three from the same parameters, over the same 12 random inputs,",
    ],
    interface: ["0.2z + 0.5, cut off at 0 and 1."],
    history: [
      "(How much more depends on how the training was rounded: the same seed has given 3 times as much on one path of the engine, and more than 100 times on another.)",
    ],
    supposition: [
      "A step that forgot that way would draw the first line where the third lies now.",
      "1. n_a = 100, n_x = 50.",
      "Γu = 0.05 at every step.",
      "Nobody told the network to do it this way, and another seed may find another mixture of keeping and rewriting.",
    ],
    label: [
      "update gate only",
      "relevance gate only",
      "guessing among 8 capitals costs … nats a step",
      "right answers 20 letters or more later (%)",
      "…: …% now; of 20 seeds … reach 99%, the least has …%",
      "Γu of a unit … to … on average; c̃⟨t⟩ has the sign of c⟨t−1⟩ in …% of the entries",
      "From one set of weights, in 12 steps: …",
      "Seed 1: of … digits of unheard voices the mean gets …, the GRU …",
      "digits: mean …, GRU … (seed 1)",
      "20 seeds: mean of the frames …, …; GRU …, …; ahead in …",
    ],
    definition: [
      'in "The letters that my aunt sent from Lisbon every week were lost"',
      "and three singular words between the two must not change the network's mind.",
      "Cut W_c in two,",
      "(PyTorch has a second bias there,",
      "The course's GRU has none, so it is 0 below.)",
      "A plain RNN rewrites its whole state at every step.",
      "It is a number between 0 and 1, one for each unit, that says which share of a unit is written anew.",
      "Between the two it fades: of what was written, the share $(1-\\Gamma_u)^k$ is left after k steps.",
      "To keep something over 50 steps, the gate has to stay almost shut all the while.",
      "So the gate must be computed, from the memory and the input, at every step.",
      "The GRU (gated recurrent unit) computes two gates in the same way, each with weights of its own.",
      "memory and candidate, between −1 and 1",
      "gates, between 0 and 1",
      "The memory stays between −1 and 1 for a simple reason: it is a mean, with the weights Γu and 1 − Γu, of two numbers that do (if c⟨0⟩ does).",
      "Here is a task that needs memory and nothing else.",
      "A stream of 100 letters begins with a capital;",
      "Which capital came last? is asked at every step.",
      "The lower-case letters say nothing, and the network must not let them in.",
      "Take the gates away, one at a time:",
      "the candidate sees all of the memory",
      "| update gate only | learned | 1 |",
      "| relevance gate only | 1 | learned | the memory is replaced at every step |",
      "| no gate | 1 | 1 |",
      "What fades through 1 − Γu is written again by c̃.",
      "The slopes cost nothing once the forward pass is done:",
      "The blend has three factors that can change:",
      "(it stands there twice, once with a minus)",
      "The last of the three is the point of it all.",
      "The plain cell is the network without gates: the same function with Γu = Γr = 1.",
      "It forgets one of the four ways back, the one through 1 − Γu.",
      "The course scales c⟨t−1⟩ before the product with W_c, PyTorch's `nn.GRU` after it.",
      "Nothing is reported in either case:",
      "The GRU reads frame by frame; it learns to say the digit at every frame, and its answer is the one at the word's last frame.",
      "Γu stands in the blend twice.",
      "nothing crashes, and the gate learns the wrong thing.",
      "- A memory that leaks. c⟨0⟩ = 0 for every new sequence:",
      "- A gate is a share between 0 and 1, computed at every step. c⟨t⟩ = Γu ∗ c̃⟨t⟩ + (1 − Γu) ∗ c⟨t−1⟩.",
      "- c⟨t−1⟩ is used in four places; the way through 1 − Γu is the one that carries far.",
      "- z = 1 − Γu is a name;",
      "All three are zero: dz_c has the factor Γu, dz_u the slope Γu(1 − Γu), and dz_r comes from dz_c. dc⟨t−1⟩ = dc⟨t⟩: the step is not there.",
    ],
  },
});

describe("lesson 08's prose", () => {
  const text = readLesson("08-gru")
    .cells.map(({ source }) => [source].flat().join(""))
    .join("\n");
  it("has the numbers of the kept experiment, of twenty seeds each", () => {
    for (const [name, values] of Object.entries(percent)) {
      assert.equal(values.length, 20);
      const [, list = ""] = new RegExp(`^ {2}"${name}": \\[([^\\]]*)\\]`, "m").exec(text) ?? [];
      const shown = list.split(",").filter((entry) => entry.trim() !== "");
      assert.deepEqual(shown.map(Number), values, name);
    }
  });

  it("trains as the experiment does", () => {
    const { n_a, T, m, steps, learningRate, far } = settings;
    assert.match(text, new RegExp(`const n_a = ${n_a};.*\\nconst T_x = ${T};`));
    assert.match(text, new RegExp(`steps: ${steps},\\n\\s+learningRate: ${learningRate},`));
    assert.match(text, new RegExp(`lastCapital\\(random, \\{ T: T_x, m: ${m} \\}\\)`));
    assert.match(text, new RegExp(`\\[t - 1\\]! < ${far}\\) continue`));
  });

  it("is reproduced by the experiment's own code", function () {
    this.timeout(120_000);
    for (const name of ["both gates", "no gate"] as const) {
      assert.ok(name in networks);
      const again = farPercent(name, 1);
      assert.ok(Math.abs(again - percent[name][0]!) < 8, `${name}: ${again}`);
    }
  });
});
