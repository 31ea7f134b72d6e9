/**
 * Melodies in C major (synthetic). The grammar:
 *
 * melody → A A′ B A′; a phrase is two bars of four quarters, each over a chord (A: I V, A′: I I,
 * B: IV V); A′ repeats A's first bar and closes on a long C; a bar is one of a few rhythms; a note
 * on the beat belongs to the chord, any other is a step away from the note before it.
 */
import { OutOfRangeError } from "../core/errors.js";
import { inWords, requireNumber, requireRecord, requireWhole } from "../core/arguments.js";
import { seededRandom } from "../core/random.js";
import type { Random } from "../core/random.js";
import { distinctTokens, splitGroups, tokenTrack } from "./dataSet.js";
import type { ApplicationInfo, DataSet } from "./dataSet.js";

/** One note. */
export interface Note {
  /** MIDI's number: 60 is the middle C, one more is a semitone up. */
  readonly pitch: number;
  /** In eighths. */
  readonly duration: number;
}

/** A melody; as one-to-many, its first note is the input and what follows is the output. */
export interface MusicExample {
  readonly notes: readonly Note[];
  /** One token a note: name, octave and duration, such as "G4/2" for a quarter. */
  readonly tokens: readonly string[];
  readonly x: readonly string[];
  readonly y: readonly string[];
}

/** A melody cut in two: what a model is given, and what it has to go on with. */
export interface Continuation {
  readonly prompt: readonly string[];
  readonly continuation: readonly string[];
}

const seed = 2;
const melodyCount = 240;
const names: readonly string[] = [..."C C# D D# E F F# G G# A A# B".split(" ")];
const steps: readonly number[] = [0, 2, 4, 5, 7, 9, 11];
const highestPitch = 127; // of MIDI: G9
const lowestDegree = 0; // the middle C
const highestDegree = 11; // the G an octave and a fifth above it

/** Durations in eighths; each rhythm fills a bar. */
const rhythms: readonly (readonly number[])[] = [
  [2, 2, 2, 2],
  [2, 2, 1, 1, 2],
  [1, 1, 2, 2, 2],
  [3, 1, 2, 2],
  [2, 1, 1, 4],
  [4, 2, 2],
];
const closingRhythms: readonly (readonly number[])[] = [
  [2, 2, 4],
  [1, 1, 2, 4],
];
/** The degrees of the scale that make up a chord, within an octave: 0 is C. */
const chords = { I: [0, 2, 4], IV: [0, 3, 5], V: [1, 4, 6] } as const;

/** What is known about the melodies. */
export const musicInfo: ApplicationInfo = {
  id: "music",
  title: "Melodies in C major",
  application: "music generation",
  source: "a grammar of this pack (src/data/music.ts)",
  licence: "MIT, as the pack",
  synthetic: true,
  x: "the first note: name, octave and duration in eighths",
  y: "a note of the rest of the melody",
  T_x: [1, 1],
  T_y: [24, 36],
  timeline: async () => {
    const { examples, tokens } = await music();
    const { x, y } = examples[0]!;
    return { input: tokenTrack(x, tokens), output: tokenTrack(y, tokens) };
  },
};

/**
 * 240 different melodies of eight bars.
 *
 * @returns the examples, the notes' tokens and the split; a melody has no class
 */
export async function music(): Promise<DataSet<MusicExample>> {
  const random = seededRandom(seed);
  const byTokens = new Map<string, MusicExample>();
  while (byTokens.size < melodyCount) {
    const notes = melody(random);
    const tokens = notes.map(noteToken);
    byTokens.set(tokens.join(" "), { notes, tokens, x: tokens.slice(0, 1), y: tokens.slice(1) });
  }
  const examples = [...byTokens.values()];
  return {
    info: musicInfo,
    examples,
    labels: [],
    tokens: distinctTokens(examples.map(({ tokens }) => tokens)),
    split: splitGroups(examples, ({ tokens }) => tokens.join(" "), melodyCount / 5, random),
  };
}

/**
 * A note's token: "G4/2" is the G above the middle C for two eighths.
 *
 * @param note - its pitch as a MIDI number (60 is the middle C) and its duration in eighths
 * @returns the letter, the octave and the duration
 * @throws OutOfRangeError for a pitch that is no whole number from 0 to 127, and a duration that is none of at least 1
 */
export function noteToken(note: Note): string {
  requireRecord("noteToken", "note", note);
  const { pitch, duration } = note;
  requireWhole("noteToken", "pitch", pitch);
  requireNumber("noteToken", "pitch", pitch, { to: highestPitch });
  requireWhole("noteToken", "duration", duration, 1);
  return `${names[pitch % 12]}${Math.floor(pitch / 12) - 1}/${duration}`;
}

/**
 * The note that a token stands for.
 *
 * @param token - such as "G4/2", as {@link noteToken} writes it
 * @returns its pitch as a MIDI number and its duration in eighths
 * @throws OutOfRangeError for anything that no note has as its token
 */
export function tokenNote(token: string): Note {
  const parts = typeof token === "string" ? /^([A-G]#?)(-1|\d)\/([1-9]\d*)$/.exec(token) : null;
  const [, name = "", octave, duration] = parts ?? [];
  const pitch = names.indexOf(name) + 12 * (Number(octave) + 1);
  if (!names.includes(name) || pitch > highestPitch) {
    throw new OutOfRangeError(
      `tokenNote: expected a note such as "G4/2" (letter, octave / duration), got ${inWords(token)}`,
    );
  }
  return { pitch, duration: Number(duration) };
}

/**
 * The first `promptLength` notes, and the rest.
 *
 * @param melody - its tokens
 * @param promptLength - how many notes are given, the others are to be found
 * @returns both parts of the melody
 */
export function continueFrom(
  { tokens }: Pick<MusicExample, "tokens">,
  promptLength: number,
): Continuation {
  return { prompt: tokens.slice(0, promptLength), continuation: tokens.slice(promptLength) };
}

/** A note as the grammar sees it: `degree` counts the white keys from the middle C. */
interface Step {
  readonly degree: number;
  readonly duration: number;
}

function melody(random: Random): readonly Note[] {
  const opening = bar(chords.I, pick(rhythms, random), 2 * random.integer(4), random);
  const half = bar(chords.V, pick(rhythms, random), lastDegree(opening), random);
  const close = closingBar(lastDegree(opening), random);
  const away = bar(chords.IV, pick(rhythms, random), lastDegree(close), random);
  const back = bar(chords.V, pick(rhythms, random), lastDegree(away), random);
  return [opening, half, opening, close, away, back, opening, close].flat().map(toNote);
}

/** A bar that starts near `from`: on the beat a tone of the chord, else a step up or down. */
function bar(
  chord: readonly number[],
  rhythm: readonly number[],
  from: number,
  random: Random,
): readonly Step[] {
  let degree = from;
  let time = 0;
  return rhythm.map((duration) => {
    const step = degree + (random.integer(2) ? 1 : -1);
    degree = time % 2 === 0 ? pick(nearChordTones(chord, degree), random) : within(step);
    time += duration;
    return { degree, duration };
  });
}

/** A bar over the tonic whose last note is the long C nearest to the note before it. */
function closingBar(from: number, random: Random): readonly Step[] {
  const steps = bar(chords.I, pick(closingRhythms, random), from, random);
  const before = steps.at(-2)!.degree;
  return [...steps.slice(0, -1), { degree: before < 4 ? 0 : 7, duration: 4 }];
}

/** The chord's tones within four steps of `degree`. */
function nearChordTones(chord: readonly number[], degree: number): readonly number[] {
  const tones = [...chord, ...chord.map((tone) => tone + 7)];
  return tones.filter((tone) => tone <= highestDegree && Math.abs(tone - degree) <= 4);
}

function within(degree: number): number {
  return Math.min(highestDegree, Math.max(lowestDegree, degree));
}

function lastDegree(steps: readonly Step[]): number {
  return steps.at(-1)!.degree;
}

function toNote({ degree, duration }: Step): Note {
  return { pitch: 60 + steps[degree % 7]! + 12 * Math.floor(degree / 7), duration };
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[random.integer(list.length)]!;
}
