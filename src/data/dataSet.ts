/** What every data set has in common: its examples, what is known about it, and its split. */
import {
  inWords,
  requireList,
  requireFunction,
  requireNumber,
  requireRandom,
} from "../core/arguments.js";
import { OutOfRangeError, ShapeError } from "../core/errors.js";
import type { Random } from "../core/random.js";

/** The seven applications of the course, and the names that the language model learns. */
export type DataSetId =
  "speech" | "music" | "sentiment" | "dna" | "translation" | "motion" | "nameTags" | "firstNames";

/** What is known about a data set before it is loaded. */
export interface DataSetInfo {
  readonly id: DataSetId;
  readonly title: string;
  /** The application in the course's words. */
  readonly application: string;
  readonly source: string;
  readonly licence: string;
  /** True where a program made the examples. */
  readonly synthetic: boolean;
  /** What x⟨t⟩ is. */
  readonly x: string;
  /** What y⟨t⟩, or the single y, is. */
  readonly y: string;
  /** The shortest and the longest input, in steps. */
  readonly T_x: readonly [number, number];
  /** The shortest and the longest output, in steps. */
  readonly T_y: readonly [number, number];
}

/** The examples that a model learns from and those that it is measured on. Both are shuffled. */
export interface Split<Example> {
  readonly train: readonly Example[];
  readonly test: readonly Example[];
}

/** A loaded data set. */
export interface DataSet<Example> {
  readonly info: DataSetInfo;
  readonly examples: readonly Example[];
  /** The classes in a fixed order; empty where the output is no class. */
  readonly labels: readonly string[];
  /** The distinct input tokens in a fixed order; empty where the input is numbers. */
  readonly tokens: readonly string[];
  readonly split: Split<Example>;
}

/** One value of a timeline: a token (`value` is its index) or one number of a vector. */
export interface TimelineRow {
  /** The step, from 1. */
  readonly t: number;
  /** The token, or the name of the vector's entry. */
  readonly label: string;
  readonly value: number;
}

/** One side of an example, ready to be drawn: one row a step for tokens, n rows for numbers. */
export interface Track {
  readonly kind: "tokens" | "numbers";
  readonly rows: readonly TimelineRow[];
}

/** An example's input and output over time. */
export interface Timeline {
  readonly input: Track;
  readonly output: Track;
}

/** An application: what is known about its data, and one example to draw. */
export interface ApplicationInfo extends DataSetInfo {
  /** Loads the data and gives one of its examples as a timeline. */
  readonly timeline: () => Promise<Timeline>;
}

/**
 * A track of tokens; a token's value is its index among `vocabulary`.
 *
 * @param tokens - T_x tokens
 * @param vocabulary - the distinct tokens, in the order of their indices
 * @returns a row for each step
 * @throws OutOfRangeError for a token that is not in the vocabulary, and for what is no list
 */
export function tokenTrack(tokens: readonly string[], vocabulary: readonly string[]): Track {
  requireList("tokenTrack", "tokens", tokens);
  requireList("tokenTrack", "vocabulary", vocabulary);
  const rows = tokens.map((label, index) => {
    const value = vocabulary.indexOf(label);
    if (value >= 0) return { t: index + 1, label, value };
    throw new OutOfRangeError(
      `tokenTrack: step ⟨${index + 1}⟩: expected one of the ${vocabulary.length} tokens of the vocabulary, got ${inWords(label)}`,
    );
  });
  return { kind: "tokens", rows };
}

/**
 * A track of numbers.
 *
 * @param frames - T_x vectors of n numbers each
 * @param names - the n entries' names
 * @returns a row for each number of each step
 * @throws ShapeError when a frame has not one number a name; OutOfRangeError for what is no list
 */
export function numberTrack(
  frames: readonly (readonly number[])[],
  names: readonly string[],
): Track {
  requireList("numberTrack", "frames", frames);
  requireList("numberTrack", "names", names);
  for (const [index, frame] of frames.entries()) {
    requireList("numberTrack", `the frame of step ⟨${index + 1}⟩`, frame);
    if (frame.length === names.length) continue;
    throw new ShapeError(
      `numberTrack: the frame of step ⟨${index + 1}⟩ has ${frame.length} numbers but there are ${names.length} names; expected one number a name`,
    );
  }
  const rows = frames.flatMap((frame, index) =>
    names.map((label, k) => ({ t: index + 1, label, value: frame[k]! })),
  );
  return { kind: "numbers", rows };
}

/**
 * The distinct tokens of all sequences, in alphabetical order.
 *
 * @param sequences - an iterable of token lists
 * @returns each token once
 */
export function distinctTokens(sequences: Iterable<readonly string[]>): readonly string[] {
  const seen = new Set<string>();
  for (const sequence of sequences) for (const token of sequence) seen.add(token);
  return [...seen].sort();
}

/**
 * Splits examples at random so that a group is never torn apart: all of a group's examples are
 * for training or all are for testing. Examples that give each other away belong in one group.
 *
 * @param examples - what is split
 * @param groupOf - an example's group; the example itself where each stands alone
 * @param testCount - the test set takes whole groups until it has at least so many examples; above 0
 * @param random - draws the order of the groups
 * @returns both parts, shuffled
 * @throws OutOfRangeError when an argument is none that it could be, or nothing is left to train on
 */
export function splitByGroup<Example>(
  examples: readonly Example[],
  groupOf: (example: Example) => string | number,
  testCount: number,
  random: Random,
): Split<Example> {
  requireList("splitByGroup", "examples", examples);
  requireFunction("splitByGroup", "groupOf", groupOf);
  requireNumber("splitByGroup", "testCount", testCount, { above: 0 });
  requireRandom("splitByGroup", random, "shuffle");
  const split = splitGroups(examples, groupOf, testCount, random);
  if (split.train.length > 0) return split;
  throw new OutOfRangeError(
    `splitByGroup: ${examples.length} examples leave none to train on when whole groups of at least ${testCount} are for testing: expected a smaller testCount, or more groups`,
  );
}

/**
 * {@link splitByGroup} for the data sets' own numbers, which need no door.
 *
 * @param examples - what is split
 * @param groupOf - an example's group
 * @param testCount - the test set takes whole groups until it has at least so many examples
 * @param random - draws the order of the groups
 * @returns both parts, shuffled
 */
export function splitGroups<Example>(
  examples: readonly Example[],
  groupOf: (example: Example) => string | number,
  testCount: number,
  random: Random,
): Split<Example> {
  const groups = new Map<string | number, Example[]>();
  for (const example of examples) {
    const key = groupOf(example);
    const group = groups.get(key);
    if (group) group.push(example);
    else groups.set(key, [example]);
  }
  const train: Example[] = [];
  const test: Example[] = [];
  for (const group of random.shuffle([...groups.values()])) {
    (test.length < testCount ? test : train).push(...group);
  }
  return { train: random.shuffle(train), test: random.shuffle(test) };
}
