/**
 * What the values are called that a cell can be given: x⟨t⟩, a⟨t⟩, ŷ⟨t⟩, what a step carried back. They
 * come from the case's arguments and from the calls that a right function makes.
 */
import type { Argument, Exercise } from "../../../exercises/exercise.js";
import { stepArguments } from "../../../exercises/standIns.js";
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
  return placeOf(step, "cache") >= 0;
}

/**
 * Which argument of a cell this is.
 *
 * @param step - the stand-in's name
 * @param name - the cell's name for it
 * @returns from 0; −1 where the cell has none of that name
 */
export function placeOf(step: string, name: string): number {
  return stepArguments[step]!.indexOf(name);
}

/**
 * What a step back handed on to the step before it.
 *
 * @param right - the calls; a cell with a memory has two gradients to hand on
 * @param t - the step back's
 * @param key - da_prev or dc_prev
 * @returns its name
 */
export function carriedName({ step }: Recording, t: number, key: string): string {
  const where = key === "dc_prev" ? " to the memory" : " to the state";
  return `what t = ${t} carried back${placeOf(step, "dc_next") < 0 ? "" : where}`;
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
  const isTakenApart = name === "";
  if (!isTakenApart && Object.values(value).some(isMat)) return [{ name, value }];
  return Object.entries(value).flatMap(([key, entry]) =>
    namesOf(isTakenApart ? key : `${name}.${key}`, entry as Argument),
  );
}

/** da_prev of each step, and dc_prev where it has one, by the step that carried it back. */
function carriedBack(right: Recording): readonly Named[] {
  const { calls } = right;
  return ["da_prev", "dc_prev"].flatMap((key) =>
    calls.flatMap(({ result }, n) =>
      key in result
        ? [{ name: carriedName(right, calls.length - n, key), value: result[key] }]
        : [],
    ),
  );
}

/**
 * The states after each step, its memory and what it predicted. A second network's states are s⟨t⟩;
 * where a mask or the like changes what the cell gave, both have a name.
 */
function states(
  { step, calls }: Recording,
  given: readonly Named[],
  alike: Alike,
): readonly Named[] {
  const [ofParameters, a, c] = ["parameters", "a_prev", "c_prev"].map((name) =>
    placeOf(step, name),
  );
  if (a! < 0) return [];
  const networks = given.filter(({ value }) => isPlainRecord(value));
  const networkOf = (n: number): number =>
    networks.findIndex(({ value }) => alike(value, calls[n]?.args[ofParameters!]));
  const last = networkOf(calls.length - 1);
  const found: Named[] = [];
  const raw: Named[] = [];
  let t = 0;
  for (const [n, { result }] of calls.entries()) {
    const network = networkOf(n);
    t = networkOf(n - 1) === network ? t + 1 : 1;
    const symbol = network > 0 ? "s" : "a";
    const handedOn = (place: number, key: string): unknown =>
      n + 1 < calls.length ? calls[n + 1]!.args[place] : result[key];
    const next = handedOn(a!, "a_next");
    found.push({ name: `${symbol}⟨${t}⟩`, value: next });
    if (c! >= 0) found.push({ name: `c⟨${t}⟩`, value: handedOn(c!, "c_next") });
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
  return combinationOf(value, likes, alike) ?? turned(value, known, alike) ?? other(value);
}

/**
 * A matrix as a multiple of one that has a name, or as the sum of two.
 *
 * @param value - what a cell or a layer was given
 * @param known - matrices of its shape
 * @param alike - whether two values count as the same
 * @returns such as "−0.5 · a⟨1⟩" or "a⟨0⟩ + a⟨1⟩"; undefined where it is neither
 */
export function combinationOf(
  value: Mat,
  known: readonly (Named & { readonly value: Mat })[],
  alike: Alike,
): string | undefined {
  return scaled(value, known, alike) ?? sum(value, known, alike);
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
    return shown === "-1" ? `−${one.name}` : `${shown.replaceAll("-", "−")} · ${one.name}`;
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
