/**
 * Values as JSON and a block of numbers, and back: how arguments reach a child process and answers
 * come home.
 *
 * The entries of matrices lie in the block, since as text they would cost more than computing them; a
 * matrix that a value holds twice lies there once. JSON alone loses what else a grader must see: NaN,
 * infinities, -0 and undefined. These, and matrices, sequences and stand-ins, become objects with the one key "$" that says what they
 * are; a plain record that has a key "$" itself is wrapped. What no answer can hold (a function,
 * a promise, an object of a class) becomes a {@link Foreign} that keeps the words for it.
 *
 * `decode` reads what a hostile process wrote: it takes nothing for granted, builds only new
 * values, and throws a CodecError at the first thing that `encode` would not have written.
 * Depth and size are bounded in both directions.
 */
import { isStandIn, standIn } from "../../exercises/standIns.js";
import { isMat, isSequence, Mat, Sequence, UnrolledError } from "../../src/index.js";
import { describeValue, fieldsOf, isRecord } from "./describe.js";
import { Foreign } from "./foreign.js";
import { NumberBlock } from "./numberBlock.js";

/** A value as JSON can hold it. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Nesting beyond this is refused. */
export const MAX_DEPTH = 16;
/** More numbers, texts, keys and containers than this are refused. */
export const MAX_VALUES = 500_000;
/** Objects with more keys are refused: no answer has them, and each comparison lists them anew. */
export const MAX_KEYS = 1000;
/** Longer texts and keys are refused. */
export const MAX_TEXT = 10_000;

/** A value that can't be sent, or JSON that no value became. */
export class CodecError extends UnrolledError {
  override name = "CodecError";
}

/**
 * The value as JSON, its matrices' entries in the block.
 *
 * @param value - an argument or an answer
 * @param block - what the entries are added to; places in it count from where this value begins
 * @param skip - keys of the outermost record that are left out
 * @returns what `JSON.stringify` writes without loss
 * @throws CodecError when the value is too deep (or holds itself) or too large
 */
export function encode(value: unknown, block: NumberBlock, skip: readonly string[] = []): Json {
  const budget = new EncodeBudget(block.begin());
  if (isRecord(value) && !isMat(value) && !isSequence(value)) {
    const kept = fieldsOf(value).filter(([key]) => !skip.includes(key));
    return encodeAt(Object.fromEntries(kept), 0, budget);
  }
  return encodeAt(value, 0, budget);
}

/**
 * The value that became this JSON.
 *
 * @param json - what `JSON.parse` gave, whoever wrote it
 * @param numbers - the block from where the value begins
 * @param standInOf - makes what stands where a stand-in was of its name; the stand-in itself unless said
 * @returns a new value, which shares nothing with JSON and block
 * @throws CodecError for anything that {@link encode} does not write
 */
export function decode(
  json: unknown,
  numbers: Float64Array,
  standInOf: (name: string) => unknown = standIn,
): unknown {
  return decodeAt(json, 0, new DecodeBudget(numbers, standInOf));
}

/**
 * A copy of a value, as it comes out of a box that it was sent into.
 *
 * @param value - an argument or an answer
 * @param skip - keys of the outermost record that are left out
 * @param standInOf - as for {@link decode}
 * @returns a new value, which shares nothing with the first
 * @throws CodecError when the value is too deep (or holds itself) or too large
 */
export function copyOf(
  value: unknown,
  skip: readonly string[] = [],
  standInOf?: (name: string) => unknown,
): unknown {
  const block = new NumberBlock(0);
  const json = encode(value, block, skip);
  return decode(json, block.written(), standInOf);
}

/** Counts values, so that neither a wide nor a deep one can exhaust the other side. */
class Budget {
  private readonly caller: string;
  private left = MAX_VALUES;

  constructor(caller: string) {
    this.caller = caller;
  }

  /** Says at once that a wide value is too large. */
  foresee(count: number): void {
    if (count > this.left) this.tooMany();
  }

  spend(count: number, depth: number): void {
    this.left -= count;
    if (this.left < 0) this.tooMany();
    if (depth > MAX_DEPTH) {
      throw new CodecError(
        `${this.caller}: nested more than ${MAX_DEPTH} deep, or it holds itself; return a flatter value`,
      );
    }
  }

  private tooMany(): never {
    throw new CodecError(`${this.caller}: more than ${MAX_VALUES} values; return less`);
  }

  keys(count: number): void {
    if (count > MAX_KEYS) {
      throw new CodecError(
        `${this.caller}: an object with more than ${MAX_KEYS} keys; return fewer, or a list`,
      );
    }
  }

  text(text: string): string {
    if (text.length > MAX_TEXT) {
      throw new CodecError(`${this.caller}: a text of more than ${MAX_TEXT} characters`);
    }
    return text;
  }

  fail(what: string): never {
    throw new CodecError(`${this.caller}: ${what}`);
  }
}

/** What encoding writes to. */
class EncodeBudget extends Budget {
  readonly block: NumberBlock;

  constructor(block: NumberBlock) {
    super("encode");
    this.block = block;
  }
}

/** What decoding reads from. */
class DecodeBudget extends Budget {
  readonly numbers: Float64Array;
  readonly standInOf: (name: string) => unknown;

  constructor(numbers: Float64Array, standInOf: (name: string) => unknown) {
    super("decode");
    this.numbers = numbers;
    this.standInOf = standInOf;
  }
}

function encodeAt(value: unknown, depth: number, budget: EncodeBudget): Json {
  budget.spend(1, depth);
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return budget.text(value);
  if (typeof value === "number") return encodeNumber(value);
  if (value === undefined) return { $: "undefined" };
  if (isMat(value)) {
    budget.spend(value.data.length, depth);
    const { rows, cols, data } = value;
    return { $: "mat", rows, cols, count: data.length, at: budget.block.put(data) };
  }
  if (isSequence(value)) return encodeSequence(value, depth, budget);
  if (isStandIn(value)) return { $: "standIn", name: value.standIn };
  if (Array.isArray(value)) {
    budget.foresee(value.length);
    const entries: Json[] = []; // a loop: it costs half of what Array.from does, where it runs but a few times
    for (let n = 0; n < value.length; n++) entries.push(encodeAt(value[n], depth + 1, budget));
    return entries;
  }
  if (isRecord(value)) return encodeRecord(value, depth, budget);
  const what = describeValue(value).slice(0, MAX_TEXT);
  return { $: "foreign", what };
}

/** A sequence, or words for what only looks like one: without steps, or with steps that are no matrices of one shape. */
function encodeSequence(value: Sequence, depth: number, budget: EncodeBudget): Json {
  const list = value instanceof Sequence || Symbol.iterator in value ? value : [];
  const steps = Array.from(list, (step) => encodeAt(step, depth + 1, budget));
  const [first] = steps.map(shapeOfStep);
  const fits = first !== undefined && steps.every((step) => shapeOfStep(step) === first);
  return fits ? { $: "sequence", steps } : { $: "foreign", what: "an object with T_x and at" };
}

function shapeOfStep(step: Json): string | undefined {
  const isMatrix = typeof step === "object" && step !== null && "$" in step && step["$"] === "mat";
  return isMatrix ? `${String(step["rows"])}, ${String(step["cols"])}` : undefined;
}

function encodeRecord(value: Record<string, unknown>, depth: number, budget: EncodeBudget): Json {
  budget.keys(Object.getOwnPropertyNames(value).length);
  const record: Record<string, Json> = {};
  for (const [key, entry] of fieldsOf(value)) {
    setField(record, budget.text(key), encodeAt(entry, depth + 1, budget));
  }
  return Object.hasOwn(record, "$") ? { $: "record", record } : record;
}

/** A field of any name, that of the prototype's too. */
function setField<T>(record: Record<string, T>, key: string, value: T): void {
  if (key !== "__proto__") record[key] = value;
  else
    Object.defineProperty(record, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

/** A number that JSON can't hold becomes a text. */
function encodeNumber(value: number): Json {
  if (Object.is(value, -0)) return { $: "number", value: "-0" };
  return Number.isFinite(value) ? value : { $: "number", value: String(value) };
}

const SPECIAL_NUMBERS: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["-0", -0],
]);

function decodeAt(json: unknown, depth: number, budget: DecodeBudget): unknown {
  budget.spend(1, depth);
  if (json === null || typeof json === "boolean") return json;
  if (typeof json === "number") return decodeEntry(json, budget);
  if (typeof json === "string") return budget.text(json);
  if (Array.isArray(json)) return json.map((entry) => decodeAt(entry, depth + 1, budget));
  if (typeof json !== "object") return budget.fail(`expected JSON, got a ${typeof json}`);
  const record = json as Record<string, unknown>;
  if (!Object.hasOwn(record, "$")) return decodeRecord(record, depth, budget);
  switch (record["$"]) {
    case "undefined":
      return undefined;
    case "number":
      if (typeof record["value"] !== "string") return budget.fail("a number without its text");
      return decodeEntry(record["value"], budget);
    case "mat":
      return decodeMat(record, depth, budget);
    case "sequence":
      return decodeSequence(record["steps"], depth, budget);
    case "standIn":
      if (typeof record["name"] !== "string") return budget.fail("a stand-in without a name");
      return budget.standInOf(budget.text(record["name"]));
    case "record":
      return decodeRecord(record["record"], depth, budget);
    case "foreign":
      if (typeof record["what"] !== "string") return budget.fail("a foreign value without words");
      return new Foreign(budget.text(record["what"]));
    default:
      return budget.fail("an unknown kind of value");
  }
}

function decodeRecord(json: unknown, depth: number, budget: DecodeBudget): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    return budget.fail("a record that is no object");
  }
  const record: Record<string, unknown> = {};
  const keys = Object.keys(json);
  budget.keys(keys.length);
  for (const key of keys) {
    const entry = (json as Record<string, unknown>)[key];
    setField(record, budget.text(key), decodeAt(entry, depth + 1, budget));
  }
  return record;
}

/** A number as it is (JSON.parse reads 1e999 as Infinity, which nobody wrote) or by its text. */
function decodeEntry(entry: unknown, budget: Budget): number {
  // JSON may say -0 itself, which JSON would not say again: encode never does.
  if (typeof entry === "number" && Number.isFinite(entry) && !Object.is(entry, -0)) return entry;
  return SPECIAL_NUMBERS.get(entry) ?? budget.fail("an unknown number");
}

function decodeMat(record: Record<string, unknown>, depth: number, budget: DecodeBudget): Mat {
  const { rows, cols, count, at } = record;
  const { numbers } = budget;
  if (!isSize(rows) || !isSize(cols) || count !== rows * cols) {
    return budget.fail("a matrix whose numbers do not fill its shape");
  }
  if (!isSize(at) || at + count > numbers.length) {
    return budget.fail("a matrix whose numbers are not there");
  }
  budget.spend(count, depth);
  return new Mat(rows, cols, numbers.subarray(at, at + count));
}

function decodeSequence(steps: unknown, depth: number, budget: DecodeBudget): Sequence {
  if (!Array.isArray(steps) || steps.length === 0) return budget.fail("a sequence without steps");
  const matrices = steps.map((step) => decodeAt(step, depth + 1, budget));
  const [first] = matrices;
  const fits = (step: unknown): step is Mat =>
    step instanceof Mat &&
    first instanceof Mat &&
    step.rows === first.rows &&
    step.cols === first.cols;
  if (!matrices.every(fits)) return budget.fail("a sequence whose steps differ in shape");
  return Sequence.of(matrices);
}

function isSize(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
