/** Spoken digits, synthesised by eSpeak NG, as MFCC frames (synthetic). */
import { seededRandom } from "../core/random.js";
import { distinctTokens, numberTrack, splitGroups, tokenTrack } from "./dataSet.js";
import type { ApplicationInfo, DataSet } from "./dataSet.js";

/** One spoken digit. */
export interface SpeechExample {
  /** T_x frames of 16 ms with 13 coefficients each; each has mean 0, deviation 1 over the set. */
  readonly x: readonly (readonly number[])[];
  /** The letters of the word that is said. */
  readonly y: readonly string[];
  /** The word. */
  readonly label: string;
  /** The phoneme that sounds in each frame, in eSpeak NG's spelling; "-" is silence. */
  readonly phonemes: readonly string[];
  /** The synthesiser's voice. */
  readonly speaker: string;
}

/** Spoken digits with the distinct phonemes. */
export interface SpeechSet extends DataSet<SpeechExample> {
  readonly phonemes: readonly string[];
}

/** The number of coefficients in a frame: n_x. */
export const coefficients = 13;
/** The time from one frame to the next, in seconds. */
export const frameSeconds: number = 353 / 22050;

const words: readonly string[] = [
  ..."zero one two three four five six seven eight nine".split(" "),
];
const alphabet: readonly string[] = [..."abcdefghijklmnopqrstuvwxyz"];
const splitSeed = 1;
const byteSteps = 32; // a byte counts thirty-seconds of a standard deviation

/** What is known about the spoken digits. */
export const speechInfo: ApplicationInfo = {
  id: "speech",
  title: "Spoken digits",
  application: "speech recognition",
  source: "eSpeak NG 1.51, twelve English voices (src/data/prepare/speech.py)",
  licence: "MIT, as the pack",
  synthetic: true,
  x: "16 ms of sound: 13 mel-frequency cepstral coefficients",
  y: "a letter of the digit's name",
  T_x: [15, 55],
  T_y: [3, 5],
  timeline: async () => {
    const { examples } = await speech();
    const { x, y } = examples.find(({ label }) => label === "seven")!;
    const names = Array.from({ length: coefficients }, (_, k) => `MFCC ${k + 1}`);
    return { input: numberTrack(x, names), output: tokenTrack(y, alphabet) };
  },
};

/**
 * 480 utterances: twelve voices say each digit four times; three voices are for testing only.
 *
 * @returns the examples, the ten digits and the split; frames are numbers, so there are no tokens
 */
export async function speech(): Promise<SpeechSet> {
  const { speechFrames } = await import("./speechFrames.js");
  const examples = speechFrames.trim().split("\n").map(parseLine);
  return {
    info: speechInfo,
    examples,
    labels: words,
    tokens: [],
    phonemes: distinctTokens(examples.map(({ phonemes }) => phonemes)),
    split: splitGroups(
      examples,
      ({ speaker }) => speaker,
      examples.length / 4,
      seededRandom(splitSeed),
    ),
  };
}

function parseLine(line: string): SpeechExample {
  const [description, packed] = line.split("|");
  const [digit, speaker, ...runs] = description!.split(" ");
  const label = words[Number(digit)]!;
  return {
    x: unpack(packed!),
    y: [...label],
    label,
    phonemes: runs.flatMap(spread),
    speaker: speaker!,
  };
}

/** "s*3" is three frames of s. */
function spread(run: string): readonly string[] {
  const [phoneme, count] = run.split("*");
  return Array.from({ length: Number(count) }, () => phoneme!);
}

// Browsers and Node have it, though the language's own library does not declare it.
declare function atob(base64: string): string;

/** Frames of signed bytes in base64. */
function unpack(base64: string): readonly (readonly number[])[] {
  const bytes = Int8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const frame = (t: number): readonly number[] =>
    Array.from(
      bytes.subarray(t * coefficients, (t + 1) * coefficients),
      (byte) => byte / byteSteps,
    );
  return Array.from({ length: bytes.length / coefficients }, (_, t) => frame(t));
}
