/** What the values are called that a layer can be given: whole sequences, and a layer's parameters. */
import type { Argument, Exercise } from "../../../exercises/exercise.js";
import { isSequence, Mat, type Sequence } from "../../../src/index.js";
import { describeValue, isPlainRecord } from "../../values/describe.js";
import { type Alike, combinationOf, type Named } from "./names.js";
import type { Recording } from "./recording.js";

/**
 * All values that have a name in one case, in the order in which they are tried.
 *
 * @param exercise - with its arguments' names
 * @param args - the case's arguments
 * @param right - the calls that a right function makes
 * @returns arguments first, then what each call gave; each sequence also from its end, and with a step less
 */
export function layerValues(
  exercise: Exercise,
  args: readonly Argument[],
  right: Recording,
): readonly Named[] {
  const given = args.flatMap((arg, n) => namesOf(exercise.argumentNames[n] ?? "", arg));
  const made = right.calls.flatMap(({ result }, n) =>
    namesOf(`the a of call ${n + 1}`, result["a"]),
  );
  return [...given, ...made];
}

function namesOf(name: string, value: unknown): readonly Named[] {
  if (isSequence(value)) {
    const turned = { name: `${name} from the last step to the first`, value: value.reverse() };
    const { T_x } = value;
    if (T_x === 1) return [{ name, value }, turned];
    const early = { name: `${name} without its last step`, value: value.slice(1, T_x - 1) };
    const late = { name: `${name} without its first step`, value: value.slice(2, T_x) };
    return [{ name, value }, turned, early, late];
  }
  if (Array.isArray(value)) {
    return value.flatMap((entry, n) => namesOf(`${name}[${n}]`, entry));
  }
  if (!isPlainRecord(value)) return [];
  const parts = Object.entries(value).flatMap(([key, entry]) => namesOf(`${name}.${key}`, entry));
  return [...parts, { name, value }];
}

/** What a value is called, and whether that is a name or says what kind of value it is. */
export interface Called {
  readonly text: string;
  readonly isName: boolean;
}

/**
 * What a value is called.
 *
 * @param value - what a layer was given
 * @param known - all values that have a name
 * @param alike - whether two values count as the same
 * @returns such as "x from the last step to the first", "the a of call 1", "ones", "another Sequence of …"
 */
export function sequenceName(value: unknown, known: readonly Named[], alike: Alike): Called {
  const same = known.find((one) => alike(one.value, value))?.name;
  if (same !== undefined) return { text: same, isName: true };
  if (!isSequence(value)) return { text: describeValue(value), isName: false };
  const flat = stacked(value);
  for (const [text, number] of [
    ["zeros", 0],
    ["ones", 1],
  ] as const)
    if (flat.data.every((entry) => entry === number)) return { text, isName: false };
  const likes = known.flatMap(({ name, value: one }) =>
    isSequence(one) && one.T_x === value.T_x && one.rows === value.rows && one.cols === value.cols
      ? [{ name, value: stacked(one) }]
      : [],
  );
  const text = combinationOf(flat, likes, alike);
  if (text !== undefined) return { text, isName: true };
  return { text: describeValue(value).replace(/^a /, "another "), isName: false };
}

/** All steps one below the other, (T_x · rows, m). */
function stacked(sequence: Sequence): Mat {
  const { T_x, rows, cols } = sequence;
  return Mat.build(T_x * rows, cols, (k, i) =>
    sequence.at(Math.floor(k / rows) + 1).get(k % rows, i),
  );
}
