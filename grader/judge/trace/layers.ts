/**
 * The first departure of a function's calls of a whole layer from those that a right function makes.
 *
 * A layer reads, for each example, the steps at which the mask is 1. Two calls are the same when they
 * read the same steps in the same order with the same parameters, wherever the padding stands. Calls
 * that do not hang on one another may come in any order, so each is looked for among all that are
 * expected. Where a layer is asked for one example at a time, or for longer and longer beginnings, nothing
 * is said: that is a way of its own.
 */
import type { Argument, Exercise } from "../../../exercises/exercise.js";
import { stepArguments } from "../../../exercises/standIns.js";
import { isSequence, Mat, Sequence } from "../../../src/index.js";
import { layerValues, sequenceName } from "./layerNames.js";
import type { Alike, Named } from "./names.js";
import type { Recording, StepCall } from "./recording.js";
import type { Departure, WrongArgument } from "./trace.js";

/**
 * Whether what was recorded is a whole layer, which takes sequences.
 *
 * @param recording - with the stand-in's name
 * @returns false for a step
 */
export function isLayer({ step }: Recording): boolean {
  return stepArguments[step]!.includes("mask");
}

/**
 * What the calls of a layer showed in one case.
 *
 * @param exercise - with its arguments' names
 * @param args - the case's arguments
 * @param right - the calls that a right function makes
 * @param recorded - the calls that the learner's function made, one at least
 * @param alike - whether two values count as the same
 * @returns undefined where nothing can be said
 */
export function layerDeparture(
  exercise: Exercise,
  args: readonly Argument[],
  right: Recording,
  recorded: Recording,
  alike: Alike,
): Departure | undefined {
  const { calls, count } = recorded;
  const left = new Set(right.calls);
  const strange: number[] = [];
  for (const [n, call] of calls.entries()) {
    const same = (other: StepCall): boolean => isSameCall(other, call, alike);
    const found = Array.from(left).find(same);
    if (found !== undefined) left.delete(found);
    else if (!right.calls.some(same)) strange.push(n);
  }
  const isOther = strange.some((n) => isAnotherWay(calls[n]!, right, count > right.count));
  if (isOther) return undefined;
  const known = layerValues(exercise, args, right);
  const names = (call: StepCall): readonly string[] =>
    [call.args[0], call.args[1]].map((arg) => sequenceName(arg, known, alike).text);
  const [first] = strange;
  if (left.size === 0) {
    if (first === undefined) return count === calls.length ? { kind: "as-expected" } : undefined;
    return { kind: "too-many", came: count, call: first + 1, got: names(calls[first]!) };
  }
  const missed = Array.from(left);
  if (first === undefined) return { kind: "too-few", came: count, next: names(missed[0]!) };
  const wrongs = missed.map((expected) =>
    wrongIn(stepArguments[right.step]!, expected, calls[first]!, known, alike),
  );
  const fewest = Math.min(...wrongs.map(({ length }) => length));
  const wrong = wrongs.find(({ length }) => length === fewest)!;
  return { kind: "wrong-argument", call: first + 1, wrong };
}

/** The arguments of a call that are not the expected ones: at least one, as the call is another. */
function wrongIn(
  names: readonly string[],
  expected: StepCall,
  got: StepCall,
  known: readonly Named[],
  alike: Alike,
): readonly WrongArgument[] {
  const mask = expected.args[2];
  return names.flatMap((name, place) => {
    const [one, other] = [expected.args[place], got.args[place]];
    const isSame =
      place === 0
        ? alike(hidden(one, mask), hidden(other, mask))
        : alike(one, other) || (place === 2 && other === undefined && isAllOnes(mask));
    if (isSame) return [];
    const wanted = sequenceName(one, known, alike).text;
    const { text, isName } = sequenceName(other, known, alike);
    return [{ ...(isName ? {} : { name }), got: text, expected: wanted }];
  });
}

/** Whether both calls read the same steps with the same parameters. */
function isSameCall(one: StepCall, other: StepCall, alike: Alike): boolean {
  return alike(one.args[1], other.args[1]) && alike(stepsRead(one), stepsRead(other));
}

/** One example of many, or the first steps of more: asked for one after the other, both can be right. */
function isAnotherWay({ args: [x] }: StepCall, right: Recording, areMore: boolean): boolean {
  if (!isSequence(x)) return false;
  return right.calls.some(({ args: [expected] }) => {
    if (!isSequence(expected) || x.rows !== expected.rows) return false;
    return x.cols < expected.cols || (areMore && x.T_x < expected.T_x);
  });
}

/** x with each example's steps at which the mask is 1 before all others, which are zeros. */
function stepsRead({ args: [x, , mask] }: StepCall): unknown {
  if (!isSequence(x) || !isMaskOf(mask, x)) return x;
  const running = Array.from({ length: x.cols }, (_, i) =>
    Array.from(mask, (_mask_t, n) => n + 1).filter((t) => mask.at(t).get(0, i) !== 0),
  );
  return Sequence.build(x.T_x, (t) =>
    Mat.build(x.rows, x.cols, (k, i) => {
      const from = running[i]![t - 1];
      return from === undefined ? 0 : x.at(from).get(k, i);
    }),
  );
}

/** x with zeros where the mask is 0. */
function hidden(x: unknown, mask: unknown): unknown {
  return isSequence(x) && isMaskOf(mask, x) ? x.map((x_t, t) => x_t.times(mask.at(t))) : x;
}

/** Without a mask a layer reads every step. */
function isAllOnes(mask: unknown): boolean {
  return isSequence(mask) && Array.from(mask).every(({ data }) => data.every((one) => one === 1));
}

function isMaskOf(mask: unknown, x: Sequence): mask is Sequence {
  return isSequence(mask) && mask.T_x === x.T_x && mask.rows === 1 && mask.cols === x.cols;
}
