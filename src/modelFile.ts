/**
 * A trained language model as a text that can be kept in a file, and back.
 *
 * The file is JSON: `{ "format": "unrolled-rnn", "version": 1, "tokens": [...], "parameters": { "Wax": [[...]], ... } }`.
 * Token k is row k of Wya and column k of Wax; a matrix is a list of its rows. JSON writes each float64 number so that
 * it is read as the same one (−0 as 0, which makes no other ŷ): what a loaded model writes is what the saved one wrote.
 */
import type { RnnParameters } from "./cells/rnn.js";
import { inWords, requireRecord } from "./core/arguments.js";
import { OutOfRangeError, ShapeError } from "./core/errors.js";
import { requireFinite } from "./core/finite.js";
import { checkShapes, Mat, shapeText } from "./core/matrix.js";
import { EOS, UNK, Vocabulary } from "./notation/vocabulary.js";

/** A language model: what it was trained on, and what it learned. */
export interface LanguageModel {
  /** Its tokens; n_x = n_y of them. */
  readonly vocabulary: Vocabulary;
  readonly parameters: RnnParameters;
}

const FORMAT = "unrolled-rnn";
const VERSION = 1;
const NAMES = ["Wax", "Waa", "Wya", "ba", "by"] as const;

/**
 * A model as JSON, which {@link modelFromJson} reads.
 *
 * @param model - its vocabulary and its parameters, n_x = n_y = the vocabulary's size
 * @returns the text of a file
 * @throws ShapeError when the matrices don't fit one another or the vocabulary; OutOfRangeError when the
 *   vocabulary is none, or an entry is NaN or infinite
 * @example
 * const vocabulary = Vocabulary.of("ab", { end: true });
 * const parameters = initializeRnn({ n_x: 3, n_a: 2, n_y: 3 }, seededRandom(1));
 * modelFromJson(modelToJson({ vocabulary, parameters })).vocabulary.size // → 3
 */
export function modelToJson(model: LanguageModel): string {
  requireRecord("modelToJson", "model", model);
  const { vocabulary, parameters } = model;
  requireVocabulary("modelToJson", "vocabulary", vocabulary);
  requireFitting("modelToJson", vocabulary, parameters);
  requireFinite("modelToJson", parameters);
  const matrices = Object.fromEntries(NAMES.map((name) => [name, parameters[name].toArray()]));
  const { tokens } = vocabulary;
  return `${JSON.stringify({ format: FORMAT, version: VERSION, tokens, parameters: matrices })}\n`;
}

/**
 * The model in a text that {@link modelToJson} made.
 *
 * @param text - of a file that may be broken, or another one
 * @param expected - the vocabulary that the model must have, such as that of the text at hand; any unless said
 * @returns the vocabulary and the parameters, the same numbers
 * @throws OutOfRangeError when it is no such file, its tokens are others than expected, or an entry is no finite
 *   number; ShapeError when its matrices don't fit one another or its tokens
 */
export function modelFromJson(text: string, expected?: Vocabulary): LanguageModel {
  if (expected !== undefined) requireVocabulary("modelFromJson", "expected", expected);
  const { format, version, tokens, parameters } = recordIn(text);
  if (format !== FORMAT) {
    throw new OutOfRangeError(
      `modelFromJson: expected a file with "format": "${FORMAT}", got ${inWords(format)}; is it a file that modelToJson made?`,
    );
  }
  if (version !== VERSION) {
    throw new OutOfRangeError(
      `modelFromJson: expected version ${VERSION}, got ${inWords(version)}; train again, or use the unrolled that saved it`,
    );
  }
  const vocabulary = vocabularyOf(tokens);
  if (expected !== undefined) requireSame(vocabulary, expected);
  const given = isRecord(parameters) ? parameters : {};
  const entries = NAMES.map((name) => [name, matrixOf(name, given[name])] as const);
  const read = Object.fromEntries(entries) as unknown as RnnParameters;
  requireFitting("modelFromJson", vocabulary, read);
  return { vocabulary, parameters: read };
}

function requireVocabulary(caller: string, name: string, value: unknown): void {
  if (value instanceof Vocabulary) return;
  throw new OutOfRangeError(
    `${caller}: expected ${name} to be a Vocabulary, got ${inWords(value)}; make one with Vocabulary.of(tokens)`,
  );
}

function recordIn(text: string): Readonly<Record<string, unknown>> {
  let json: unknown;
  try {
    json = JSON.parse(typeof text === "string" ? text.replace(/^\uFEFF/, "") : text); // some editors put a mark before it
  } catch {
    throw new OutOfRangeError(
      "modelFromJson: the text is no JSON: expected one that modelToJson made; was the file cut off?",
    );
  }
  if (isRecord(json)) return json;
  throw new OutOfRangeError(
    `modelFromJson: expected an object with format, version, tokens and parameters, got ${inWords(json)}`,
  );
}

/** Special tokens stand last, the others are sorted: else a row would get another token's numbers. */
function vocabularyOf(tokens: unknown): Vocabulary {
  const isList = Array.isArray(tokens) && tokens.every((token) => typeof token === "string");
  if (!isList || tokens.length === 0) {
    throw new OutOfRangeError(
      `modelFromJson: expected tokens to be a list of texts, got ${inWords(tokens)}`,
    );
  }
  const vocabulary = Vocabulary.of(tokens, {
    unknown: tokens.includes(UNK),
    end: tokens.includes(EOS),
  });
  const isSame =
    vocabulary.size === tokens.length && vocabulary.tokens.every((token, k) => token === tokens[k]);
  if (isSame) return vocabulary;
  throw new OutOfRangeError(
    "modelFromJson: the tokens are not in a vocabulary's order, each once: expected them as modelToJson wrote them; was the file changed by hand?",
  );
}

function requireSame({ tokens }: Vocabulary, expected: Vocabulary): void {
  const [one, other] = [new Set(tokens), new Set(expected.tokens)];
  const more = tokens.filter((token) => !other.has(token));
  const fewer = expected.tokens.filter((token) => !one.has(token));
  if (more.length + fewer.length === 0) return;
  const some = (list: readonly string[]): string =>
    list.length === 0
      ? "none"
      : list
          .slice(0, 5)
          .map((token) => JSON.stringify(token))
          .join(", ");
  throw new OutOfRangeError(
    `modelFromJson: the model has other tokens than expected: only the file has ${some(more)}, it lacks ${some(fewer)}; load it beside the text that it was trained on, or train again`,
  );
}

function matrixOf(name: string, rows: unknown): Mat {
  const isTable = Array.isArray(rows) && rows.length > 0 && rows.every((row) => Array.isArray(row));
  if (!isTable) {
    throw new OutOfRangeError(
      `modelFromJson: expected ${name} as a list of rows, got ${inWords(rows)}; the file lacks a part`,
    );
  }
  for (const [i, row] of (rows as unknown[][]).entries()) {
    for (const [j, value] of row.entries()) {
      if (typeof value === "number" && Number.isFinite(value)) continue;
      throw new OutOfRangeError(
        `modelFromJson: row ${i + 1}, column ${j + 1} of ${name} is ${inWords(value)}: expected a finite number (JSON has null for NaN); load an earlier file`,
      );
    }
  }
  return Mat.from(rows as number[][]);
}

function requireFitting(caller: string, { size }: Vocabulary, parameters: RnnParameters): void {
  requireRecord(caller, "parameters", parameters);
  const { Wax, Waa, Wya, ba, by } = parameters;
  checkShapes(caller, {
    Wax: [Wax, "n_a", "n_x"],
    Waa: [Waa, "n_a", "n_a"],
    Wya: [Wya, "n_y", "n_a"],
    ba: [ba, "n_a", "1"],
    by: [by, "n_y", "1"],
  });
  if (Wax.cols === size && Wya.rows === size) return;
  throw new ShapeError(
    `${caller}: Wax is ${shapeText(Wax)} and Wya ${shapeText(Wya)} but there are ${size} tokens: expected a column of Wax and a row of Wya for each; take the vocabulary that the model was trained with`,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
