import { initializeRnn, Mat, rnnBackward, rnnForward, seededRandom, Sequence } from "unrolled";
import { joints, motion, music, nameTags, sentiment, translation } from "unrolled/data";
import { manifest } from "../../exercises/manifest.js";
import { keptReadings, readingAccuracy, standardiser } from "../experiments/readings.js";
import { testLesson } from "./lesson.js";

const { examples: clips, labels: activities, split: clipSplit } = await motion();
type Clip = (typeof clips)[number];
const tunes = (await music()).split;
const numerals = await translation("german");
const threeDigits = (some: typeof numerals.examples): readonly string[] =>
  some.filter(({ x }) => x.length === 3).map(({ x }) => x.join(""));

/** How far a joint moves from one frame to the next, on average over some frames of a clip. */
function way({ x }: Clip, from: number, to: number): number {
  const frames = x.slice(from - 1, to);
  const ways = frames.slice(1).flatMap((frame, f) =>
    joints.map((_, k) => {
      const [dx, dy] = [2 * k, 2 * k + 1].map((at) => frame[at]! - frames[f]![at]!);
      return Math.hypot(dx!, dy!);
    }),
  );
  return ways.reduce((sum, one) => sum + one, 0) / ways.length;
}

/** How many times as far a joint moves in the action as before or after it, in the clip where that is least. */
const leastMotion = (): number =>
  Math.min(
    ...clips.map((clip) => {
      const still = Math.max(way(clip, 1, clip.from - 1), way(clip, clip.to + 1, clip.x.length));
      return way(clip, clip.from, clip.to) / still;
    }),
  );

/** The largest share of the last frame's gradient that reaches the action, over twenty fresh networks. */
function largestInfluence(): number {
  const { x: frames, from, to } = clipSplit.test[0]!;
  const standardised = standardiser(clipSplit.train);
  const x: Sequence = Sequence.of(frames.map((frame) => Mat.column(standardised(frame))));
  const shares = Array.from({ length: 20 }, (_, k) => {
    const sizes = { n_x: x.at(1).rows, n_a: 12, n_y: activities.length };
    const parameters = initializeRnn(sizes, seededRandom(k + 1));
    const { a, caches } = rnnForward(x, Mat.zeros(12, 1), parameters);
    const { dx } = rnnBackward(
      a.map((a_t, t) => a_t.map(() => (t === x.T_x ? 1 : 0))),
      caches,
    );
    return dx.at(Math.round((from + to) / 2)).norm() / dx.at(x.T_x).norm();
  });
  return Math.max(...shares);
}

/** The words of names in the tagged sentences, with all tags that they have there. */
async function tagsOfNames(): Promise<Map<string, Set<string>>> {
  const byWord = new Map<string, Set<string>>();
  for (const { x, tags } of (await nameTags()).examples)
    for (const [k, word] of x.entries())
      byWord.set(word, (byWord.get(word) ?? new Set()).add(tags[k]!));
  return new Map([...byWord].filter(([, tags]) => tags.has("person") || tags.has("place")));
}

testLesson({
  name: "05-types-of-rnns",
  charts: 7,
  claims: [
    {
      what: "a bag of words guesses at the reviews' meaning",
      pattern: /bag of words: (\S+) are right/,
      atLeast: 0.44,
      atMost: 0.56,
    },
    {
      what: "beam search says no other sentence at three digits",
      says: [
        "Beam search gains nothing here.",
        "At three digits it finds the very sentences of greedy decoding:",
        "16 beginnings kept, none of them led to a likelier end.",
      ],
      pattern: /84 of 3 digits +16 +\S+ +\S+ +(\d+)/,
      atMost: 0,
    },
    {
      what: "some others at four digits",
      says: "At four digits, which this network never learned, it says some numbers otherwise (last column).",
      pattern: /84 of 4 digits +16 +\S+ +\S+ +(\d+)/,
      atLeast: 1,
    },
    {
      what: "likelier ones",
      pattern: /four digits: B = 16 gains (\S+) nats/,
      atLeast: 0.001,
    },
    {
      what: "all of them are wrong as before",
      says: "Beam search gains nothing here.",
      pattern: /84 of 4 digits +16 +(\S+)/,
      atMost: 0,
    },
    {
      what: "a frame from the middle of the action is enough",
      says: "where one frame alone was enough",
      pattern: /middle of the action: (\d\.\d+)/,
      atLeast: 0.95,
    },
    {
      what: "the last frame says nothing",
      says: "The last frame says nothing: a standing figure looks like a standing figure.",
      pattern: /the last frame: (\d\.\d+)/,
      atLeast: 0.15,
      atMost: 0.35,
    },
    {
      what: "after the action the figure stands still, but for the camera's noise",
      pattern: /in the action and (\d\.\d+) after it/,
      atMost: 0.02,
    },
    {
      what: "one-to-one takes one frame and no two",
      says: "Two frames at once do not fit, because W has one column for each number of one frame:",
      pattern: /W is \(4, 22\) but x is \((\d+), 1\)/,
      atLeast: 44,
      atMost: 44,
    },
    {
      what: "with the note before, a note costs little more than 2 nats",
      pattern: /fed back: (\d\.\d+), nothing/,
      atMost: 2.4,
    },
    {
      what: "without it, a note costs about 3",
      pattern: /nothing fed back: (\d\.\d+),/,
      atLeast: 2.9,
    },
    {
      what: "melodies of decisions end by themselves",
      says: "far fewer of them come to an end (one network, of seed 1).",
      pattern: /within 40 notes: (\d\.\d+) with decisions/,
      atLeast: 0.5,
    },
    {
      what: "reviews are judged right from the last state",
      says: "Up to 12 words, and the last state is enough.",
      pattern: /sentiment: (\d\.\d+)/,
      atLeast: 0.97,
    },
    {
      what: "the last state has lost the action",
      pattern: /seeds: (\d\.\d+) from the last state/,
      atMost: 0.5,
    },
    {
      what: "the mean of the states knows it",
      pattern: /last state, (\d\.\d+) from the mean of the states/,
      atLeast: 0.9,
    },
    {
      what: "hardly any gradient reaches the action from the last state",
      pattern: /as a share of that at frame \d+: (\d\.\de[+-]\d+)/,
      atMost: 0.01,
    },
    { what: "name tags are mostly right", pattern: /name tags: (\d\.\d+)/, atLeast: 0.95 },
    {
      what: "the tags' errors stand at the beginning",
      pattern: /(\d\.\d+) at t = 1 … 4/,
      atMost: 0.99,
    },
    { what: "and not later", pattern: /at t = 1 … 4, (\d\.\d+) later/, atLeast: 0.995 },
    {
      what: "what comes later changes nothing at t = 3",
      says: 'The same numbers to the last bit: at t = 3 the network has not read "was" or "petals" yet',
      pattern: /between the two ŷ⟨3⟩: (\S+)/,
      atMost: 0,
    },
    {
      what: "unseen numbers of three digits are put into German",
      pattern: /unseen numbers of three digits: (\d\.\d+)/,
      atLeast: 0.9,
    },
    ...[2, 4].map((length) => ({
      what: `not one of ${length} digits is right`,
      says: "here not one number of another length comes out right.",
      pattern: new RegExp(`${length} digits: (\\S+), knows`),
      atMost: 0,
    })),
    {
      what: "no vocabulary holds a note that training lacks",
      pattern: /notes that no training melody has: (\d+)/,
      atLeast: 0,
      atMost: 0,
    },
    {
      what: "no vocabulary holds a review's word that training lacks",
      pattern: /words that no training review has: (\d+)/,
      atLeast: 0,
      atMost: 0,
    },
    {
      what: "no vocabulary holds a sentence's word that training lacks",
      pattern: /words that no training sentence has: (\d+)/,
      atLeast: 0,
      atMost: 0,
    },
    {
      what: "two German parts never occur in training, tausend among them",
      says: "tausend it could not know: no number of three digits has it",
      pattern: /German parts that training lacks: (\d+), null and tausend/,
      atLeast: 2,
      atMost: 2,
    },
    {
      what: "the melodies fed a blur repeat themselves more",
      says: "its melodies repeat themselves more",
      pattern: /fed decisions, (\d+\.\d) fed the blur/,
      atMost: 8.5,
    },
    {
      what: "than those fed decisions",
      says: "its melodies repeat themselves more",
      pattern: /last 20 of 41: (\d+\.\d) fed decisions/,
      atLeast: 10.5,
    },
    {
      what: "few of the blurred melodies come to an end",
      says: "far fewer of them come to an end (one network, of seed 1).",
      pattern: /with decisions, (0\.\d+) with the blur/,
      atMost: 0.3,
    },
    {
      what: "the music chart's title tells the training loss that its curve ends at",
      pattern: /the loss ends at (\d\.\d+) nats per note/,
      atLeast: 1.7,
      atMost: 2.05,
    },
    {
      says: "You will write four of them",
      value: () => manifest.filter(({ lesson }) => lesson === "05").length,
      atLeast: 4,
      atMost: 4,
    },
    ...([Math.min, Math.max] as const).map((choose, k) => ({
      what: `${choose.name} of a clip's frames`,
      says: "A clip has 28 to 59 frames of 22 numbers",
      value: () => choose(...clips.map(({ x }) => x.length)),
      ...[
        { atLeast: 28, atMost: 28 },
        { atLeast: 59, atMost: 59 },
      ][k],
    })),
    ...([Math.min, Math.max] as const).map((choose) => ({
      what: `${choose.name} of a frame's numbers is twice the joints'`,
      says: "frames of 22 numbers, x and y of 11 joints.",
      value: () => choose(2 * joints.length, ...clips.flatMap(({ x }) => x.map((f) => f.length))),
      atLeast: 22,
      atMost: 22,
    })),
    {
      what: "in each clip a joint moves farther per frame in the action than before and after it",
      says: "Every clip begins and ends with the figure standing still.",
      value: leastMotion,
      atLeast: 1.2,
    },
    ...([Math.min, Math.max] as const).map((choose, k) => ({
      what: `${choose.name} of the frames of standing still`,
      says: [
        "Then come 10 to 22 frames of standing still",
        "all frames, the action 10 to 22 steps ago",
      ],
      value: () => choose(...clips.map(({ x, to }) => x.length - to)),
      ...[
        { atLeast: 10, atMost: 10 },
        { atLeast: 22, atMost: 22 },
      ][k],
    })),
    ...([Math.min, Math.max] as const).map((choose) => ({
      what: `each activity is a quarter of the unseen clips: ${choose.name}`,
      says: "the last frame: … (guessing gets 0.25)",
      value: () => {
        const { test } = clipSplit;
        const shares = activities.map((one) => test.filter(({ y }) => y === one).length);
        return choose(...shares) / test.length;
      },
      atLeast: 0.25,
      atMost: 0.25,
    })),
    {
      says: "192 of them, made by a program",
      value: () => tunes.train.length,
      atLeast: 192,
      atMost: 192,
    },
    {
      what: "48 melodies are in no training melody's place",
      says: "the loss per note on 48 unseen melodies.",
      value: () => {
        const seen = new Set(tunes.train.map(({ tokens }) => tokens.join(" ")));
        return tunes.test.filter(({ tokens }) => !seen.has(tokens.join(" "))).length;
      },
      atLeast: 48,
      atMost: 48,
    },
    {
      says: "Up to 12 words, and the last state is enough.",
      value: async () => Math.max(...(await sentiment()).examples.map(({ x }) => x.length)),
      atLeast: 12,
      atMost: 12,
    },
    {
      what: "what reaches the action is at most three thousandths, in twenty fresh networks",
      says: "what arrives there is next to nothing (in 20 fresh networks at most three thousandths).",
      value: largestInfluence,
      atLeast: 0.001,
      atMost: 0.003,
    },
    {
      says: "Over 20 seeds the last state is right about 0.35 of the clips at most",
      value: () => Math.max(...keptReadings("clips", "last")),
      atLeast: 0.35,
      atMost: 0.35,
    },
    {
      says: "the mean about 0.91 at least.",
      value: () => Math.min(...keptReadings("clips", "mean")),
      atLeast: 0.91,
      atMost: 0.9149,
    },
    {
      says: "the last state is right about all of them in each of 20 seeds",
      value: () => Math.min(...keptReadings("reviews", "last")),
      atLeast: 1,
    },
    {
      says: "the mean in 17, and in the worst about 0.93 of them.",
      value: () => keptReadings("reviews", "mean").filter((share) => share === 1).length,
      atLeast: 17,
      atMost: 17,
    },
    {
      says: "the mean in 17, and in the worst about 0.93 of them.",
      value: () => Math.min(...keptReadings("reviews", "mean")),
      atLeast: 0.93,
      atMost: 0.935,
    },
    {
      what: "all four were kept over twenty seeds",
      says: [
        "Over 20 seeds the last state",
        "the last state is right about all of them in each of 20 seeds",
      ],
      value: () =>
        (["clips", "reviews"] as const)
          .flatMap((task) => (["last", "mean"] as const).map((read) => keptReadings(task, read)))
          .filter(({ length }) => length === 20).length,
      atLeast: 4,
    },
    ...(["last", "mean"] as const).map((read) => ({
      // Float32 on another path of the engine may train a little otherwise.
      what: `clips, ${read}: seed 1 gives again what was kept, within 0.06`,
      value: async () =>
        Math.abs((await readingAccuracy("clips", read, 1)) - keptReadings("clips", read)[0]!),
      atMost: 0.06,
    })),
    {
      says: "All is in lower case",
      value: async () =>
        (await nameTags()).tokens.filter((word) => word !== word.toLowerCase()).length,
      atMost: 0,
    },
    {
      says: "18 of the 49 words in names have another tag elsewhere:",
      value: async () => [...(await tagsOfNames()).values()].filter(({ size }) => size > 1).length,
      atLeast: 18,
      atMost: 18,
    },
    {
      says: "18 of the 49 words in names have another tag elsewhere:",
      value: async () => (await tagsOfNames()).size,
      atLeast: 49,
      atMost: 49,
    },
    {
      what: "of those three words",
      says: '"rose" and "wood" are things, too, and "georgia" is a person or a place.',
      value: async () => {
        const tags = await tagsOfNames();
        const both = { rose: "other person", wood: "other person", georgia: "person place" };
        return Object.entries(both).filter(
          ([word, expected]) => [...tags.get(word)!].sort().join(" ") === expected,
        ).length;
      },
      atLeast: 3,
    },
    {
      what: "234 has five German parts, the last digit before the one in front of it",
      says: [
        "234 is zwei hundert vier und dreißig: two hundred four and thirty.",
        "Three digits, five parts (German writes them as one word), and the last digit is spoken before the one in front of it.",
      ],
      value: () => {
        const { y } = numerals.examples.find(({ x }) => x.join("") === "234")!;
        return y.join(" ") === "zwei hundert vier und dreißig" ? y.length : 0;
      },
      atLeast: 5,
      atMost: 5,
    },
    {
      says: "816 of the 900 numbers from 100 to 999 are for learning",
      value: () => threeDigits(numerals.split.train).length,
      atLeast: 816,
      atMost: 816,
    },
    {
      says: "816 of the 900 numbers from 100 to 999 are for learning",
      value: () => new Set(threeDigits(numerals.examples)).size,
      atLeast: 900,
      atMost: 900,
    },
    {
      says: "the other 84 it never sees.",
      value: () => {
        const seen = new Set(threeDigits(numerals.split.train));
        return threeDigits(numerals.split.test).filter((number) => !seen.has(number)).length;
      },
      atLeast: 84,
      atMost: 84,
    },
    {
      what: "the loss falls from 19 nats a number",
      pattern: /The loss falls from (\d+\.\d) to/,
      atLeast: 18,
      atMost: 20,
    },
    {
      what: "to less than a quarter of a nat",
      says: "The loss falls from … to … nats per number (mean of the last 50 updates)",
      pattern: /The loss falls from \S+ to (\d\.\d+) nats/,
      atMost: 0.25,
    },
    {
      says: "It runs on two, and on four.",
      pattern: /exact match: two digits (\d\.\d\d), four digits \d\.\d\d/,
      atLeast: 0,
      atMost: 0,
    },
    {
      says: "It puts hundreds in front of 20",
      pattern: /\b(20) +\S+ hundert zwanzig +zwanzig/,
      atLeast: 20,
    },
    {
      says: "of 1591 it loses the thousands and gets the tens wrong as well",
      pattern:
        /\b(1591) +fünf hundert ein und (?!neunzig)\S+zig +ein tausend fünf hundert ein und neunzig/,
      atLeast: 1591,
    },
  ],
  noClaims: {
    minutes: ["About 25 minutes to read, and 80 for the exercises."],
    outline: [
      "and train all five.",
      "Some of the trained networks fail, and those teach the most.",
      "## Five forms of one cell",
      "Part 5 measures it.",
      "## 1.",
      "Keep that in mind for part 3.",
      "## 2.",
      "Train two networks on the same melodies",
      "one reads the note before, the other reads nothing after x⟨1⟩, as in the picture without the arrow.",
      "## 3.",
      "### Aha: it has seen everything, and knows nothing",
      "now the network reads every frame.",
      "Read the answer in two ways:",
      "(Three seeds each.)",
      "## 4.",
      "Many-to-many, equal: an output at every step",
      "Look at two sentences that differ only after the word in question:",
      "## 5.",
      "In lesson 02 a network read twice as many bits as in training and did as well as before",
    ],
    history: [
      "The notes show the usual picture of the five types.",
      "| one-to-one | (1) |",
      "| one-to-many | (2) |",
      "| many-to-one | (3) |",
      "| many-to-many, unequal | (4) |",
      '| many-to-many, equal | (5) "synced" |',
      "> The notes say by that picture that four of the five differ only in where vectors stand.",
      '> The notes say that T_x and T_y "might not always be the same", and no more.',
      '> The notes say (quoting the picture\'s caption) that "in every case" the lengths are free, and that the cell "can be applied as many times as we like".',
      "Speech, video and text classifiers often pool, and this is a reason.",
    ],
    instruction: [
      "Length generalisation is a question for a measurement, every time.",
      "put the numbers of four digits into `seenNumerals`",
    ],
    supposition: ["The first word that looks best may lead to a sentence that is not."],
    arithmetic: [
      "The second network knows how many notes have gone by, and the first of them.",
      "The encoder-decoder has n_x = 10 and n_a = 32; parts has n_y tokens.",
      "32 both times: s⟨0⟩ is (n_a, m) however long x was.",
      "A long sentence has more factors below 1, so its log P is lower",
      "It writes nothing before x⟨T_x⟩ has been read:",
    ],
    definition: [
      "The cell never changes in this lesson.",
      "There are five such forms.",
      "| one-to-one | 1 | 1 | one frame → activity |",
      "| one-to-many | 1 | many | a first note → a melody |",
      "| many-to-one | many | 1 | a review → good or bad; a film → activity |",
      "In fact the fourth differs in kind: it has two sets of parameters, the other recurrent ones have one.",
      "An encoder reads, a decoder writes, and only many-to-many with unequal lengths needs the two.",
      "In fact ŷ⟨t−1⟩ is fed back as the input x⟨t⟩; an arrow is missing.",
      "In fact one-to-one has no recurrence, and its sizes are fixed; and the second half says what can be computed, not that the result is any good.",
      "While it learns, the network reads the true y⟨t−1⟩ in place of its own ŷ⟨t−1⟩.",
      "There are two ways to feed back:",
      "Fed a blur, it reads what it has never met (in training every input was one note):",
      "The states are computed at every step and the answer is read from the last one:",
      "The last state could hold the answer: nothing in the equations forbids it.",
      "This is `rnnForward` itself; new is only what happens after an example's end.",
      "It can only bet.",
      "Waiting would help, and that is exactly what the fifth form does; reading from both sides helps too (lesson 10).",
      "An output at every step can do neither:",
      "Everything it knows about a number must pass through the 32 numbers of",
      "An answer counts only if every word is right and it stops in the right place (exact match).",
      "Beam search keeps the B best beginnings at each step",
      "and continues each of them with every word; B = 1 is greedy decoding.",
      "Beam search mends the search, not the network: it pays where greedy decoding misses sentences that the network holds likelier, and likelier means better.",
      "Nothing in the network says three digits: no parameter's shape has T_x in it.",
      "It was never told that other lengths exist.",
      "The cell can be applied as many times as we like.",
      "With the true y⟨t−1⟩ as inputs, a decoder never has to go on from a mistake of its own.",
      "They are two jobs with two sets.",
      "- One-to-many that feeds the state only.",
      "- Five forms, one cell: they differ in where x enters and where ŷ is read.",
      "- One-to-many: x⟨t+1⟩ = ŷ⟨t⟩.",
      "Equal: an answer at every step, from the past only.",
      "One-to-many. x⟨2⟩ is ŷ⟨1⟩, the first word; the picture enters once, at step 1 or as the first state.",
    ],
    label: [
      "per frame a joint moves … body heights in the action and … after it, where only the camera's noise is left",
      "nothing fed back",
      "on … unseen melodies: fed back: …, nothing fed back: …, all … tokens alike: … nats per note",
      "different notes among the last 20 of 41: … fed decisions, … fed the blur",
      "ended by <EOS> within 40 notes: … with decisions, … with the blur",
      "bag of words: … are right (guessing: 0.5)",
      "mean of three seeds: … from the last state, … from the mean of the states",
      "name tags: … of … words are right: … at t = 1 … 4, … later",
      "largest difference between the two ŷ⟨3⟩: …",
      "exact match on … unseen numbers of three digits: …",
      "other sentences than B = 1",
      "four digits: B = 16 gains … nats",
      "a length it never met (… numbers)",
      "the length it learned, numbers it never met (…)",
      "Exact match: … at three digits, … at two and … at four",
      "exact match: two digits …, four digits …",
    ],
  },
});
