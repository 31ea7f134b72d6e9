import { charts, type Output } from "./execute.js";
import { readLesson, testLesson } from "./lesson.js";

/** A point of the picture that the lesson keeps: the median of 20 networks. */
interface Point {
  readonly series: string;
  readonly view: "linear" | "tanh";
  readonly lag: number;
  readonly log: number;
}

const picture = readLesson("07-vanishing-and-exploding-gradients").cells.find(
  ({ id }) => id === "cell-12",
)!;
const [{ data }] = charts({ outputs: (picture.outputs ?? []) as readonly Output[] }) as [
  { readonly data: { readonly values: readonly Point[] } },
];

/** The spectral radii that are drawn, but for 1. */
const farFrom1 = [0.5, 0.9, 1.1, 1.5];

/** log10 of the product's norm over so many steps. */
function logAt(rho: number, view: Point["view"], steps = 50): number {
  return data.values.find(
    (one) => one.series === `ρ = ${rho}` && one.view === view && one.lag === steps,
  )!.log;
}

/** How far a linear line is from the straight one between its ends, as a share of what it reaches. */
function bendOf(rho: number): number {
  const end = logAt(rho, "linear");
  const off = [10, 20, 30, 40].map((n) => Math.abs(logAt(rho, "linear", n) - (end * n) / 50));
  return Math.max(...off) / Math.abs(end);
}

testLesson({
  name: "07-vanishing-and-exploding-gradients",
  charts: 5,
  claims: [
    {
      what: "0.9 to the power 100 is nearly nothing",
      says: "Ten percent less than 1, and after 100 steps almost nothing is left:",
      pattern: /w = 0\.9: after 10, 50 and 100 steps \S+ +\S+ +(\S+)/,
      atMost: 3e-5,
    },
    {
      what: "1.1 to the power 100 is thousands",
      says: "Ten percent more, and it grows to thousands:",
      pattern: /w = 1\.1: after 10, 50 and 100 steps \S+ +\S+ +(\S+)/,
      atLeast: 13000,
    },
    {
      what: "the product is what central differences say",
      says: "Move one unit of a⟨2⟩ a little, run the cell from there to step 6, and see how a⟨6⟩ moves:",
      pattern: /largest difference from central differences: (\S+)/,
      atMost: 1e-8,
    },
    {
      what: "at ρ = 0.5 the linear product vanishes like 0.5 to the power 50, which is 10^-15.1",
      pattern: /ρ = 0\.5: log10 after 50 steps (\S+) linear/,
      atLeast: -16.5,
      atMost: -14.5,
    },
    {
      what: "at ρ = 1.5 it explodes like 1.5 to the power 50, which is 10^8.8",
      pattern: /ρ = 1\.5: log10 after 50 steps (\S+) linear/,
      atLeast: 7.8,
      atMost: 9.2,
    },
    {
      what: "tanh hides that explosion",
      says: "above 1 the explosion is nearly gone,",
      pattern: /ρ = 1\.5: log10 after 50 steps \S+ linear, (\S+) tanh/,
      atLeast: -0.5,
      atMost: 1.5,
    },
    {
      what: "at ρ = 0.9 tanh makes the vanishing a little worse",
      says: "for ρ below 1 a little lower;",
      pattern: /ρ = 0\.9: log10 after 50 steps \S+ linear, (\S+) tanh/,
      atLeast: -3.8,
      atMost: -3,
    },
    {
      what: "than without it",
      says: "for ρ below 1 a little lower;",
      pattern: /ρ = 0\.9: log10 after 50 steps (\S+) linear/,
      atLeast: -2.9,
      atMost: -2.4,
    },
    {
      what: "at ρ = 1.1 the linear product grows",
      pattern: /ρ = 1\.1: log10 after 50 steps (\S+) linear/,
      atLeast: 1.2,
    },
    {
      what: "and with tanh it falls",
      says: ["and at ρ = 1.1 the line even falls.", "In the picture it does for ρ = 1.1."],
      pattern: /ρ = 1\.1: log10 after 50 steps \S+ linear, (\S+) tanh/,
      atMost: -0.2,
    },
    {
      what: "the slopes at ρ = 1.5 are smaller",
      says: "the slopes shrink and eat up what $W_{aa}$ adds.",
      pattern: /ρ = 1\.5, tanh: mean slope (\S+),/,
      atMost: 0.75,
    },
    {
      what: "than those at ρ = 0.5",
      pattern: /ρ = 0\.5, tanh: mean slope (\S+),/,
      atLeast: 0.95,
    },
    {
      what: "at ρ = 1.5 a network loses the gradient to below a tenth",
      says: [
        "The 20 networks with ρ = 1.5 differ by four powers of ten:",
        "in another it falls below a tenth.",
      ],
      pattern: /ρ = 1\.5, tanh: .* from 10\^(\S+) to/,
      atMost: -1.2,
    },
    {
      what: "and in one it grows more than a hundredfold",
      says: [
        "The 20 networks with ρ = 1.5 differ by four powers of ten:",
        "in one the product grows more than a hundredfold,",
      ],
      pattern: /ρ = 1\.5, tanh: .* to 10\^(\S+)/,
      atLeast: 2.2,
    },
    {
      what: "at ρ = 0.9 all 20 networks are below a thousandth",
      says: "At ρ = 0.9 the product is below a thousandth after 50 steps in all 20 networks.",
      pattern: /ρ = 0\.9, tanh: .* to 10\^(\S+)/,
      atMost: -3.05,
    },
    {
      what: "the two descents are the same for 21 steps",
      says: "For 21 steps the two descents are the same.",
      pattern: /at the same place for (\d+) steps/,
      atLeast: 21,
      atMost: 21,
    },
    {
      what: "the gradient at the wall has a norm of some 1,500",
      says: "where the gradient is some 20,000 times as long as the median over the map.",
      pattern: /not clipped: a gradient of norm (\d+)/,
      atLeast: 1400,
      atMost: 1600,
    },
    {
      what: "the median over the map is some 20,000 times smaller",
      says: "where the gradient is some 20,000 times as long as the median over the map.",
      pattern: /median norm over the map: (\S+)/,
      atLeast: 0.065,
      atMost: 0.08,
    },
    {
      what: "the free descent stays at a high loss",
      pattern: /not clipped: a gradient .*loss of (\S+) at the end/,
      atLeast: 0.45,
    },
    {
      what: "the clipped one comes below 0.001",
      says: "The clipped one takes a short step, and goes on to a loss below 0.001.",
      pattern: /^clipped: a gradient .*loss of (\S+) at the end/m,
      atMost: 0.0008,
    },
    {
      what: "clipping by value turns the direction: a cosine of at most",
      says: "A cosine of 1 is the same direction.",
      pattern: /by value: \S+ to (\S+)/,
      atMost: 0.95,
    },
    {
      what: "clipping by norm keeps it",
      says: "A cosine of 1 is the same direction.",
      pattern: /by norm: (\S+) to/,
      atLeast: 1,
    },
    {
      what: "the temporal order problem, seed 20: without clipping it costs about what guessing costs",
      pattern: /temporal order, seed 20: (\S+) nats not clipped/,
      atLeast: 1.3,
      atMost: 1.5,
    },
    {
      what: "with clipping next to nothing",
      pattern: /temporal order, seed 20: .* not clipped, (\S+) clipped/,
      atMost: 0.3,
    },
    {
      what: "not one of 20 networks solves it without clipping",
      says: "Without clipping not one of the 20 networks solves it,",
      pattern: /not clipped: (\d+) of 20 solved/,
      atMost: 0,
    },
    {
      what: "whose interval ends",
      pattern: /not clipped: 0 of 20 solved, interval 0\.00 to (\S+)/,
      atMost: 0.17,
    },
    {
      what: "before that of the clipped ones begins",
      pattern: /clipped at 1: 14 of 20 solved, interval (\S+) to/,
      atLeast: 0.47,
    },
    {
      what: "14 of 20 solve it with clipping, six do not",
      says: [
        "with clipping 14 do.",
        "But six had not solved it after 2,500 steps with clipping, too:",
      ],
      pattern: /clipped at 1: (\d+) of 20 solved/,
      atLeast: 14,
      atMost: 14,
    },
    {
      what: "the free descent ends at a loss of 0.49",
      says: "and it stays there at a loss of 0.49.",
      pattern: /not clipped: a gradient .*loss of (\S+) at the end/,
      atLeast: 0.485,
      atMost: 0.495,
    },
    {
      what: "a w of size 1 keeps it",
      says: "Only a w of size 1 keeps it.",
      pattern: /w = 1: after 10, 50 and 100 steps \S+ +\S+ +(\S+)/,
      atLeast: 1,
      atMost: 1,
    },
    {
      what: "without tanh the lines bend by less than a tenth of what they reach",
      says: "Linear: nearly straight lines,",
      value: () => Math.max(...farFrom1.map((rho) => bendOf(rho))),
      atMost: 0.1,
    },
    {
      what: "they go up above 1",
      says: [
        "up for ρ above 1 and down below it.",
        "- Without tanh its size goes like ρ to the power t − k: it vanishes for ρ < 1 and explodes for ρ > 1.",
      ],
      value: () => Math.min(logAt(1.1, "linear"), logAt(1.5, "linear")),
      atLeast: 1,
    },
    {
      what: "and down below it",
      says: [
        "up for ρ above 1 and down below it.",
        "- Without tanh its size goes like ρ to the power t − k: it vanishes for ρ < 1 and explodes for ρ > 1.",
      ],
      value: () => Math.max(logAt(0.5, "linear"), logAt(0.9, "linear")),
      atMost: -2,
    },
    {
      what: "tanh lowers every line",
      says: [
        "In this picture tanh makes it worse at every ρ:",
        "- In these networks tanh makes vanishing worse, and hides explosion behind flat slopes.",
      ],
      value: () =>
        Math.max(...[1, ...farFrom1].map((rho) => logAt(rho, "tanh") - logAt(rho, "linear"))),
      atMost: -0.2,
    },
    {
      what: "guessing one of four costs 1.39 nats",
      says: "Guessing costs ln 4 = 1.39 nats.",
      value: () => Math.log(4),
      atLeast: 1.385,
      atMost: 1.395,
    },
    {
      what: "0.8 to the power 20 is about 0.012",
      says: ["Every slope is 1 and each factor is 0.8:", "0.8²⁰ ≈ 0.012."],
      value: () => 0.8 ** 20,
      atLeast: 0.0115,
      atMost: 0.0125,
    },
  ],
  noClaims: {
    minutes: ["About 15 minutes to read, and 35 for the exercises."],
    outline: [
      "The picture: for each ρ, 20 random networks of 24 units, each with its $W_{aa}$ scaled to that ρ and its own small random inputs (standard deviation 0.1).",
      "The lines are the medians of the 20.",
      "Take the smallest RNN: one unit, no input, 50 steps.",
      "Two descents from the same place with the same learning rate, 200 steps each; one of them with your clip at c = 0.5.",
      "A plain RNN with 32 units learns by gradient descent, once without clipping and once with your `clipByNorm` at c = 1.",
      "Everything else is equal: the seed (20), the batches of 32, the learning rate of 0.1.",
      "The same was run beforehand with 20 seeds and up to 2,500 steps each (`npm run experiments -- temporal-order` keeps what came, with its settings and its date).",
    ],
    instruction: [
      "Choose between linear (all slopes 1, as if there were no tanh) and tanh.",
      "Look at the slopes 1 − a²:",
      "Compare what they do to the direction, for 20 random gradients with some large entries:",
    ],
    arithmetic: [
      "So the first symbol has to be kept for more than 30 steps, and the gradient has to find its way back.",
      "Its norm is 50, the factor 0.1:",
      "(3, 4).",
      "By value (5, 5), which points elsewhere.",
    ],
    supposition: [
      "W_aa is 0.8 times the identity, and all states are 0.",
      "2. ρ = 1.2.",
      "A gradient is (30, 40), and c = 5.",
    ],
    label: [
      "Clipped at 0.5 the descent ends at a loss of …, not clipped at …",
      "w = …: after 10, 50 and 100 steps …",
      "largest difference from central differences: …",
      "50 steps at ρ = 1.5:",
      "10^… linear, 10^… with tanh",
      "ρ = …: log10 after 50 steps … linear, … tanh",
      "ρ = …, tanh: mean slope …, after 50 steps …",
      "the two are at the same place for … steps",
      "Seed 20: the last 25 steps cost … nats without clipping, … with it",
      "temporal order, seed 20: … nats not clipped, … clipped",
    ],
    definition: [
      "With matrices it is the same, in more than one direction at a time.",
      "one row of the matrix at a time.",
      "For a matrix it is the spectral radius ρ: the largest absolute value among its eigenvalues (the factors by which a matrix stretches its own directions).",
      "After many multiplications the norm of $W^n$ grows or falls like $\\rho^n$.",
      "The norm is that of your product (the root of the sum of its squared entries), divided by √n_a, so that it is 1 at a distance of 0.",
      "Large weights push the states towards ±1, where tanh is flat:",
      "Nothing hides vanishing.",
      "slopes are at most 1.",
      "Such a network can compute something over 50 steps, but it is not told to: the gradient that should tell it is too small beside that of the near steps.",
      "Two parameters, so the loss can be drawn as a landscape.",
      "Clipping by norm shortens the gradient to a length c if it is longer.",
      "The temporal order problem gives 40 symbols, one a step.",
      "Two of them count, an X or a Y each; the others are a, b, c or d by chance and mean nothing.",
      "Of the two one stands at t = 5 … 8, the other at t = 21 … 24.",
      "Solved means that of 20 batches in a row more than 99% is right.",
      "The line is the interval in which the true share lies with 95% confidence (Wilson's interval):",
      "20 seeds do not tell it to the percent.",
      "- Clipping cures explosions only. A gradient that has vanished has nothing to be shortened.",
      "in which a state can be carried on with a factor near 1:",
      "- A bound that always clips. If nearly every step is clipped, c is a learning rate in disguise.",
      "- ∂a⟨t⟩/∂a⟨k⟩ is a product of t − k factors diag(1 − a⟨s⟩²) W_aa.",
      "Where the states are near ±1 the slopes are small, and the product can shrink all the same.",
    ],
  },
});
