/**
 * Reviews whose sentiment hangs on word order (synthetic).
 *
 * The grammar makes them in groups of which no bag of words can tell the good from the bad: in a
 * pair, both sentences have the same words in another order; in a square, a "not" turns what the
 * adjective says, so that each word occurs as often in good reviews as in bad ones.
 */
import { seededRandom } from "../core/random.js";
import { distinctTokens, splitGroups, tokenTrack } from "./dataSet.js";
import type { ApplicationInfo, DataSet } from "./dataSet.js";

/** Whether the writer liked it. */
export type Sentiment = "negative" | "positive";

/** One review. */
export interface SentimentExample {
  readonly x: readonly string[];
  readonly y: Sentiment;
  /** Reviews of one group have the same frame and words; together they balance every word. */
  readonly group: number;
}

const sentiments: readonly Sentiment[] = ["negative", "positive"];
const seed = 3;
const groupCount = 480;

const things: readonly string[] = [
  ..."film book meal room song play hotel lesson story show trip game".split(" "),
];
const good: readonly string[] = [
  ..."good great lovely clever funny warm fresh bright brilliant charming".split(" "),
];
const bad: readonly string[] = [
  ..."bad awful dull boring cold stale dreadful silly poor gloomy".split(" "),
];

/** Sentences whose last-named adjective wins, or whose first one does. */
const pairFrames: readonly { readonly frame: string; readonly wins: "first" | "second" }[] = [
  { frame: "the THING was FIRST , not SECOND", wins: "first" },
  { frame: "the THING was not FIRST but SECOND", wins: "second" },
  { frame: "i thought the THING would be FIRST but it was SECOND", wins: "second" },
  { frame: "the THING was FIRST although they had told me it was SECOND", wins: "first" },
  { frame: "they call the THING FIRST but it really is SECOND", wins: "second" },
];
/** Sentences of one adjective, as they are and turned round. */
const squareFrames: readonly { readonly plain: string; readonly turned: string }[] = [
  { plain: "the THING was FIRST", turned: "the THING was not FIRST" },
  { plain: "everybody found the THING FIRST", turned: "nobody found the THING FIRST" },
  {
    plain: "it is true that the THING was FIRST",
    turned: "it is not true that the THING was FIRST",
  },
];

/** What is known about the reviews. */
export const sentimentInfo: ApplicationInfo = {
  id: "sentiment",
  title: "Reviews with negation",
  application: "sentiment classification",
  source: "a grammar of this pack (src/data/sentiment.ts)",
  licence: "MIT, as the pack",
  synthetic: true,
  x: "a word of the review",
  y: "negative or positive",
  T_x: [4, 12],
  T_y: [1, 1],
  timeline: async () => {
    const { examples, tokens } = await sentiment();
    const example = examples.find(({ x }) => x.includes("not"))!;
    return {
      input: tokenTrack(example.x, tokens),
      output: tokenTrack([example.y], sentiments),
    };
  },
};

/**
 * Short reviews in lower case, half of them good; a group is never torn apart by the split.
 *
 * @returns the examples, both classes, the words and the split
 */
export async function sentiment(): Promise<DataSet<SentimentExample>> {
  const random = seededRandom(seed);
  const pick = (list: readonly string[]): string => list[random.integer(list.length)]!;
  const seen = new Set<string>();
  const examples: SentimentExample[] = [];
  while (seen.size < groupCount) {
    const thing = pick(things);
    const frame = random.integer(pairFrames.length + squareFrames.length);
    const isPair = frame < pairFrames.length;
    const up = pick(good);
    // In a square each adjective has one opponent: else two squares could share a sentence.
    const down = isPair ? pick(bad) : bad[good.indexOf(up)]!;
    const key = [frame, thing, up, down].join(" ");
    if (seen.has(key)) continue;
    seen.add(key);
    const reviews = isPair
      ? pair(pairFrames[frame]!, thing, up, down)
      : square(squareFrames[frame - pairFrames.length]!, thing, up, down);
    for (const [sentence, isGood] of reviews) {
      const y = isGood ? "positive" : "negative";
      examples.push({ x: sentence.split(" "), y, group: seen.size });
    }
  }
  return {
    info: sentimentInfo,
    examples,
    labels: sentiments,
    tokens: distinctTokens(examples.map(({ x }) => x)),
    split: splitGroups(examples, ({ group }) => group, examples.length / 5, random),
  };
}

type Review = readonly [sentence: string, isGood: boolean];

function pair(
  { frame, wins }: (typeof pairFrames)[number],
  thing: string,
  up: string,
  down: string,
): readonly Review[] {
  const fill = (first: string, second: string): string =>
    frame.replace("THING", thing).replace("FIRST", first).replace("SECOND", second);
  return [
    [fill(up, down), wins === "first"],
    [fill(down, up), wins === "second"],
  ];
}

function square(
  { plain, turned }: (typeof squareFrames)[number],
  thing: string,
  up: string,
  down: string,
): readonly Review[] {
  const fill = (frame: string, adjective: string): string =>
    frame.replace("THING", thing).replace("FIRST", adjective);
  return [
    [fill(plain, up), true],
    [fill(plain, down), false],
    [fill(turned, up), false],
    [fill(turned, down), true],
  ];
}
