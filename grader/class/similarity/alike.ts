/**
 * Pairs of students whose code for an exercise is alike in what is neither given nor common.
 *
 * Theory of operation. Dolos' fingerprints (short runs of tokens, and who has the same ones) are taken of each code's words and marks.
 * A name that the code gives counts as any other one, and comments, layout and
 * semicolons do not count, so a renamed copy has the fingerprints of its original. What the
 * starter or the reference has as well says nothing of where a code comes from, nor does what many of the class
 * have: these fingerprints are left out. What remains has to be large enough, and most of it the same.
 *
 * Of Dolos this is the part with the algorithms (@dodona/dolos-core, 0.3 MB). @dodona/dolos-lib adds parsers as machine code,
 * which have to be compiled on many machines and take 450 MB: tokens are enough for one function.
 */
import {
  File,
  FingerprintIndex,
  Region,
  type SharedFingerprint,
  TokenizedFile,
} from "@dodona/dolos-core";
import { type Token, tokensOf } from "../../source/tokens.js";

/** A student's code for the exercise. */
export interface StudentCode {
  readonly student: string;
  readonly text: string;
}

/** Two students whose code is alike. */
export interface AlikePair {
  readonly students: readonly [string, string];
  /** Of what is their own, the share that both have: at least {@link LISTED}.share. */
  readonly share: number;
  /** So many tokens of it: at least {@link LISTED}.tokens. */
  readonly tokens: number;
  /** The lines of each one's text, counted from 0, in which these tokens stand. */
  readonly lines: readonly [readonly number[], readonly number[]];
}

/** From where on a pair is listed. */
export const LISTED = { tokens: 80, share: 0.5 } as const;

/** A fingerprint is a run of so many tokens. */
const RUN = 10;
/** What more students have is common, or more than this share of the class. */
const COMMON = { students: 8, share: 0.1 } as const;
/** Of longer code only the beginning counts: honest code has a tenth of it. */
const MOST_TOKENS = 4000;

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    "as async await break case catch class const continue default delete do else extends false finally for from function get " +
    "if import in instanceof interface let new null of readonly return set static super switch this throw true try type " +
    "typeof undefined var void while yield any boolean number string unknown"
  ).split(" "),
);

/** One code, with the line in which each token stands. */
interface Tokenized {
  readonly file: TokenizedFile;
  readonly lines: readonly number[];
}

/** A student's code and what is its own: its fingerprints, and the tokens in them. */
interface Own extends Tokenized {
  readonly fingerprints: ReadonlySet<SharedFingerprint>;
  readonly tokens: ReadonlySet<number>;
}

/**
 * The pairs that an instructor should look at.
 *
 * @param codes - of a class, one for each student
 * @param given - what everybody had: the starter, the reference
 * @returns those with most in common first
 */
export function alikePairs(
  codes: readonly StudentCode[],
  given: readonly string[],
): readonly AlikePair[] {
  const index = new FingerprintIndex(RUN, 1);
  const students = codes.map(({ student, text }) => tokenized(student, text));
  index.addFiles(students.map(({ file }) => file));
  for (const text of given) index.addIgnoredFile(tokenized("", text).file); // last: it looks at what is there
  const most = Math.max(COMMON.students, Math.floor(COMMON.share * codes.length));
  const isOwn = (one: SharedFingerprint): boolean => !one.ignored && one.fileCount() <= most;
  const entries = index.entries();
  const own = students.map((one, n): Own => {
    const fingerprints = new Set(Array.from(entries[n]!.shared).filter(isOwn));
    return { ...one, fingerprints, tokens: tokensIn(one, fingerprints) };
  });
  return candidates(index.sharedFingerprints().filter(isOwn), own)
    .map(([left, right]) => pairOf(left, right))
    .filter(({ tokens, share }) => tokens >= LISTED.tokens && share >= LISTED.share)
    .sort((left, right) => right.tokens * right.share - left.tokens * left.share);
}

/** Those that have so much in common that they are worth a closer look. */
function candidates(
  fingerprints: readonly SharedFingerprint[],
  own: readonly Own[],
): readonly (readonly [Own, Own])[] {
  const places = new Map(own.map(({ file }, place) => [file, place]));
  const inCommon = new Map<number, number>();
  for (const fingerprint of fingerprints) {
    const holders = fingerprint.files().map((file) => places.get(file)!);
    for (const [n, left] of holders.entries()) {
      for (const right of holders.slice(n + 1)) {
        const key = left * own.length + right;
        inCommon.set(key, (inCommon.get(key) ?? 0) + 1);
      }
    }
  }
  return Array.from(inCommon).flatMap(([key, count]) => {
    const pair = [own[Math.floor(key / own.length)]!, own[key % own.length]!] as const;
    return count * RUN < LISTED.tokens ? [] : [pair];
  });
}

function pairOf(left: Own, right: Own): AlikePair {
  const both = Array.from(left.fingerprints).filter((one) => right.fingerprints.has(one));
  const shared = [tokensIn(left, both), tokensIn(right, both)] as const;
  return {
    students: [left.file.path, right.file.path],
    share: (shared[0].size + shared[1].size) / (left.tokens.size + right.tokens.size),
    tokens: Math.min(shared[0].size, shared[1].size),
    lines: [linesOf(left, shared[0]), linesOf(right, shared[1])],
  };
}

/** The places of the tokens in a code's fingerprints. */
function tokensIn(
  { file }: Tokenized,
  fingerprints: Iterable<SharedFingerprint>,
): ReadonlySet<number> {
  const places = new Set<number>();
  for (const fingerprint of fingerprints) {
    for (const { side } of fingerprint.occurrencesOf(file)) {
      for (let n = side.start; n <= side.stop; n++) places.add(n);
    }
  }
  return places;
}

function linesOf({ lines }: Tokenized, tokens: ReadonlySet<number>): readonly number[] {
  const found = new Set(Array.from(tokens, (n) => lines[n]!));
  return Array.from(found).sort((a, b) => a - b);
}

function tokenized(student: string, text: string): Tokenized {
  const tokens: string[] = [];
  const lines: number[] = [];
  let [line, at] = [0, 0];
  let before = "";
  for (const token of tokensOf(text)) {
    for (; at < token.start; at++) if (text[at] === "\n") line++;
    const word = wordOf(token, before);
    before = token.text;
    if (word === undefined) continue;
    tokens.push(word);
    lines.push(line);
    if (tokens.length === MOST_TOKENS) break;
  }
  const regions = tokens.map((_, n) => new Region(0, n, 0, n + 1));
  return { file: new TokenizedFile(new File(student, text), tokens, regions), lines };
}

/** What of a token does not change in a renamed copy. */
function wordOf({ kind, text }: Token, before: string): string | undefined {
  if (kind === "string") return "string";
  if (kind !== "word") return text === ";" ? undefined : text;
  if (text === "const" || text === "var") return "let";
  return KEYWORDS.has(text) || before === "." ? text : "name";
}
