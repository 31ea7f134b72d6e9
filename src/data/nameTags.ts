/**
 * Sentences with people and places, every word tagged (synthetic).
 *
 * Many of the names are ordinary words too ("rose", "will", "georgia"), and everything is in lower
 * case: only the words around a word tell whether it is a name, and often only the words after it.
 */
import { seededRandom } from "../core/random.js";
import { distinctTokens, splitGroups, tokenTrack } from "./dataSet.js";
import type { ApplicationInfo, DataSet } from "./dataSet.js";

/** What a word belongs to. */
export type NameTag = "other" | "person" | "place";

/** A sentence with a tag for each of its words. */
export interface NameTagExample {
  readonly x: readonly string[];
  readonly tags: readonly NameTag[];
  /** Is this word part of a person's name? 1 for yes. */
  readonly y: readonly (0 | 1)[];
}

const tagNames: readonly NameTag[] = ["other", "person", "place"];
const seed = 7;
const sentenceCount = 1200;

/** Names that mean nothing else; all are in the list of first names. */
const plainNames = words("alice david emma harry hermione laura oliver peter ron sarah teddy tom");
/** Names that are things, too. */
const thingNames = words("daisy heather ivy jasmine lily olive rose violet");
/** Names that are places, too. */
const placeNames = words("charlotte florence georgia jordan sydney victoria virginia");
const surnames = words("baker granger green jones potter roosevelt smith taylor walker wood");
/** Capitals: plain facts. */
const capitals = words(
  "accra athens berlin cairo lima london madrid nairobi oslo rome tokyo vienna",
);

/** PERSON, SURNAME, PLACE and THING stand for words; the rest is the sentence. */
const frames: readonly string[] = [
  "PERSON went to PLACE",
  "PERSON SURNAME went to PLACE with PERSON",
  "PERSON is tired of PLACE",
  "PLACE is far from PLACE",
  "he said PERSON was late in PLACE",
  "he said PERSON SURNAME was a great president",
  "he said THING petals fell in PLACE",
  "he said THING bushes grow near PLACE",
  "she told us PERSON came home from PLACE",
  "she told us THING seeds came home from PLACE",
  "i saw PERSON near the old wood of PLACE",
  "i saw THING leaves near the old wood of PLACE",
  "yesterday PERSON and PERSON met in PLACE",
  "the train from PLACE to PLACE was full",
  "a baker in PLACE wrote to PERSON",
  "the green house in PLACE belongs to PERSON SURNAME",
];

/** What is known about the tagged sentences. */
export const nameTagsInfo: ApplicationInfo = {
  id: "nameTags",
  title: "People and places in sentences",
  application: "named entity recognition",
  source:
    "frames of this pack (src/data/nameTags.ts) filled with first names of the public-domain " +
    "list, common surnames and capitals",
  licence: "MIT, as the pack",
  synthetic: true,
  x: "a word of the sentence, in lower case",
  y: "is the word part of a name: a person's, a place's, or no name",
  T_x: [4, 10],
  T_y: [4, 10],
  timeline: async () => {
    const { examples, tokens, labels } = await nameTags();
    const example = examples.find(({ y }) => y.filter(Boolean).length === 3)!;
    return { input: tokenTrack(example.x, tokens), output: tokenTrack(example.tags, labels) };
  },
};

/**
 * 1,200 different sentences.
 *
 * @returns the examples, the tags, the words and the split
 */
export async function nameTags(): Promise<DataSet<NameTagExample>> {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[random.integer(list.length)]!;
  const fill: Readonly<Record<string, () => readonly [string, NameTag]>> = {
    PERSON: () => [pick(pick([plainNames, thingNames, placeNames])), "person"],
    SURNAME: () => [pick(surnames), "person"],
    PLACE: () => [pick(pick([capitals, placeNames])), "place"],
    THING: () => [pick(thingNames), "other"],
  };
  const bySentence = new Map<string, NameTagExample>();
  while (bySentence.size < sentenceCount) {
    const tagged = words(pick(frames)).map(
      (word): readonly [string, NameTag] => fill[word]?.() ?? [word, "other"],
    );
    const x = tagged.map(([word]) => word);
    if (new Set(x).size < x.length) continue; // nobody meets himself in "paris to paris"
    const tags = tagged.map(([, tag]) => tag);
    bySentence.set(x.join(" "), { x, tags, y: tags.map((tag) => (tag === "person" ? 1 : 0)) });
  }
  const examples = [...bySentence.values()];
  return {
    info: nameTagsInfo,
    examples,
    labels: tagNames,
    tokens: distinctTokens(examples.map(({ x }) => x)),
    split: splitGroups(examples, ({ x }) => x.join(" "), sentenceCount / 5, random),
  };
}

function words(text: string): readonly string[] {
  return text.split(" ");
}
