/**
 * What the values are called that a cell can be given: x⟨t⟩, a⟨t⟩, ŷ⟨t⟩, what a step carried back. They
 * come from the case's arguments and from the calls that a right function makes.
 */
import type { Argument, Exercise } from "../../../exercises/exercise.js";
import { isMat, isSequence, type Mat, shapeText } from "../../../src/index.js";
import { describeValue, formatNumber, isPlainRecord } from "../../values/describe.js";
import type { Recording } from "./recording.js";

/** Whether two values count as the same. */
export type Alike = (expected: unknown, got: unknown) => boolean;

/** A value and its name. */
export interface Named {
  readonly name: string;
  readonly value: unknown;
}

/** Sums of two values are tried for so many values at the most. */
const MOST_SUMMANDS = 200;

/**
 * All values that have a name in one case, in the order in which they are tried.
 *
 * @param exercise - with its arguments' names
 * @param args - the case's arguments
 * @param right - the calls that a right function makes
 * @param alike - whether two values count as the same
 * @returns arguments first, then what the cell's calls gave
 */
export function namedValues(
  exercise: Exercise,
  args: readonly Argument[],
  right: Recording,
  alike: Alike,
): readonly Named[] {
  const given = args.flatMap((arg, n) => namesOf(exercise.argumentNames[n] ?? "", arg));
  return [...given, ...(isBackward(right) ? carriedBack(right) : states(right, given, alike))];
}

/** Whether the cell is a step back in time. */
export function isBackward({ step }: Recording): boolean {
  return step === "waveCellBackward";
}

function namesOf(name: string, value: Argument): readonly Named[] {
  if (name === "mask") return [];
  if (isSequence(value)) {
    return Array.from(value, (step, n) => ({ name: `${name}⟨${n + 1}⟩`, value: step }));
  }
  if (isMat(value)) return [{ name: name.replace(/_(\d+)$/, "⟨$1⟩"), value }];
  if (Array.isArray(value)) {
    return value.map((entry: Argument, n) => ({ name: `the cache of t = ${n + 1}`, value: entry }));
  }
  if (!isPlainRecord(value)) return [];
  const isOne = Object.values(value).some(isMat);
  if (isOne) return [{ name, value }];
  return Object.entries(value).flatMap(([key, entry]) =>
    namesOf(`${name}.${key}`, entry as Argument),
  );
}

/** da_prev of each step, by the step that carried it back. */
function carriedBack({ calls }: Recording): readonly Named[] {
  return calls.map(({ result }, n) => ({
    name: `what t = ${calls.length - n} carried back`,
    value: result["da_prev"],
  }));
}

/**
 * The states after each step and what it predicted. A second network's states are s⟨t⟩; where a mask or
 * the like changes what the cell gave, both have a name.
 */
function states({ calls }: Recording, given: readonly Named[], alike: Alike): readonly Named[] {
  const networks = given.filter(({ value }) => isPlainRecord(value));
  const networkOf = (n: number): number =>
    networks.findIndex(({ value }) => alike(value, calls[n]?.args[2]));
  const last = networkOf(calls.length - 1);
  const found: Named[] = [];
  const raw: Named[] = [];
  let t = 0;
  for (const [n, { result }] of calls.entries()) {
    const network = networkOf(n);
    t = n > 0 && networkOf(n - 1) === network ? t + 1 : 1;
    const symbol = network > 0 ? "s" : "a";
    const next = n + 1 < calls.length ? calls[n + 1]!.args[1] : result["a_next"];
    found.push({ name: `${symbol}⟨${t}⟩`, value: next });
    const yhat = `ŷ⟨${t}⟩`;
    const said = network === last ? yhat : `${networks[network]?.name.split(".").at(-1)}'s ${yhat}`;
    found.push({ name: said, value: result["yhat_t"] });
    if (!alike(next, result["a_next"])) {
      raw.push({ name: `a_next of call ${n + 1} as the cell gave it`, value: result["a_next"] });
    }
  }
  return [...found, ...raw];
}

/**
 * What a value is called.
 *
 * @param value - what a cell was given
 * @param known - all values that have a name
 * @param alike - whether two values count as the same
 * @returns such as "a⟨1⟩", "a⟨1⟩ + a⟨2⟩", "zeros", or what kind of value it is
 */
export function nameOf(value: unknown, known: readonly Named[], alike: Alike): string {
  const same = known.find((one) => alike(one.value, value));
  if (same !== undefined) return same.name;
  if (!isMat(value)) return describeValue(value);
  if (value.data.every((entry) => entry === 0)) return "zeros";
  if (value.data.some((entry) => Number.isNaN(entry))) return "NaN";
  const likes = known.filter((one): one is Named & { value: Mat } => isLike(one.value, value));
  return (
    scaled(value, likes, alike) ??
    sum(value, likes, alike) ??
    turned(value, known, alike) ??
    other(value)
  );
}

function isLike(one: unknown, { rows, cols }: Mat): one is Mat {
  return isMat(one) && one.rows === rows && one.cols === cols;
}

function scaled(
  value: Mat,
  known: readonly (Named & { value: Mat })[],
  alike: Alike,
): string | undefined {
  for (const one of known) {
    const at = one.value.data.findIndex((entry) => entry !== 0);
    const factor = value.data[at]! / one.value.data[at]!;
    if (!Number.isFinite(factor) || !alike(one.value.times(factor), value)) continue;
    const shown = formatNumber(Number(factor.toPrecision(4)));
    return shown === "-1" ? `−${one.name}` : `${shown.replace("-", "−")} · ${one.name}`;
  }
  return undefined;
}

function sum(
  value: Mat,
  known: readonly (Named & { value: Mat })[],
  alike: Alike,
): string | undefined {
  if (known.length > MOST_SUMMANDS) return undefined;
  for (const [n, one] of known.entries()) {
    const rest = value.sub(one.value);
    const other = known.slice(n).find((two) => alike(two.value, rest));
    if (other === one) return `twice ${one.name}`;
    if (other !== undefined) return `${one.name} + ${other.name}`;
  }
  return undefined;
}

function turned(value: Mat, known: readonly Named[], alike: Alike): string | undefined {
  const same = known.find((one) => isMat(one.value) && alike(one.value.T, value));
  return same === undefined ? undefined : `${same.name} transposed`;
}

function other(value: Mat): string {
  return `another matrix ${shapeText(value)}`;
}
