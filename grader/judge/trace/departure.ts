/**
 * The first departure of a function's calls of its cell from those that a right function makes.
 *
 * Calls that repeat an earlier one's arguments do no harm (a cell has no memory) and are passed over; so
 * are columns that a mask says have ended. Where the cell is called in a way of its own, one example at
 * a time, nothing is said.
 */
import type { Argument, Exercise } from "../../../exercises/exercise.js";
import { isStandIn, stepArguments } from "../../../exercises/standIns.js";
import { isMat, isSequence, type Mat, type Sequence } from "../../../src/index.js";
import { compareAnswers } from "../../compare/compare.js";
import { isPlainRecord } from "../../values/describe.js";
import { callHere } from "../observe.js";
import { isLayer, layerDeparture } from "./layers.js";
import {
  type Alike,
  carriedName,
  isBackward,
  type Named,
  namedValues,
  nameOf,
  placeOf,
} from "./names.js";
import { MOST_CALLS, Recorder, type Recording, type StepCall } from "./recording.js";
import type { Departure, Trace, WrongArgument } from "./trace.js";

/**
 * What the calls of the cell showed in one case.
 *
 * @param exercise - with its reference, which makes the right calls
 * @param args - the case's arguments
 * @param recorded - the calls that the learner's function made
 * @returns undefined where nothing can be said
 */
export function departureOf(
  exercise: Exercise,
  args: readonly Argument[],
  recorded: Recording,
): Trace | undefined {
  const recorder = new Recorder();
  callHere(exercise.reference, args, { watch: recorder.watch });
  const right = recorder.recording();
  if (right === undefined || right.count > MOST_CALLS) return undefined;
  const all = { cell: cellName(exercise, args) ?? "the cell", expected: right.count };
  if (recorded.count === 0) return { ...all, kind: "never-called" };
  const found = isLayer(right)
    ? layerDeparture(exercise, args, right, recorded, alikeWithin(exercise))
    : new Walk(exercise, args, right, recorded).departure();
  return found === undefined ? undefined : ({ ...all, ...found } as Trace);
}

/** What the learner's function calls its cell, which may be one of several options. */
function cellName(exercise: Exercise, args: readonly Argument[]): string | undefined {
  const place = args.findIndex(isStandIn);
  if (place >= 0) return exercise.argumentNames[place];
  const options = args.flatMap((arg) => (isPlainRecord(arg) ? Object.entries(arg) : []));
  return options.find(([, value]) => isStandIn(value))?.[0];
}

/** Whether values are as near as the exercise asks of an answer. */
function alikeWithin({ tolerance }: Exercise): Alike {
  const comparison = { tolerance, answer: {}, root: "", isWordless: true };
  return (expected, got) => compareAnswers(expected, got, comparison) === undefined;
}

/** The learner's calls beside the right ones. */
class Walk {
  private readonly exercise: Exercise;
  private readonly args: readonly Argument[];
  private readonly right: Recording;
  private readonly recorded: Recording;
  private readonly mask: Sequence | undefined;
  private readonly alike: Alike;
  private names: readonly Named[] | undefined;

  constructor(
    exercise: Exercise,
    args: readonly Argument[],
    right: Recording,
    recorded: Recording,
  ) {
    this.exercise = exercise;
    this.args = args;
    this.right = right;
    this.recorded = recorded;
    this.alike = alikeWithin(exercise);
    const mask = args[exercise.argumentNames.indexOf("mask")];
    this.mask = isSequence(mask) ? mask : undefined;
  }

  /** The expected calls are looked for in the learner's, in their order; what is left over tells. */
  departure(): Departure | undefined {
    const { calls, count } = this.recorded;
    const expected = this.right.calls;
    // the learner's calls that are no expected ones, by index
    const strange: number[] = [];
    const repeats: number[] = [];
    let done = 0;
    let lastMatch = -1;
    let firstStrangeAt = -1;
    for (const [n, call] of calls.entries()) {
      if (done < expected.length && this.isRight(call, done)) {
        done++;
        lastMatch = n;
      } else if (this.isRepeat(n)) {
        repeats.push(n);
      } else {
        if (strange.length === 0) firstStrangeAt = done;
        strange.push(n);
      }
    }
    const [first] = strange;
    if (done === expected.length) {
      if (first === undefined && count === calls.length) return { kind: "as-expected" };
      if (first === undefined) return undefined;
      const got = this.gotOf(calls[first]!);
      return { kind: "too-many", came: count, call: first + 1, got };
    }
    if (first !== undefined) return this.wrongAt(first, firstStrangeAt);
    const stuck = repeats.find((n) => n > lastMatch);
    if (stuck !== undefined) return this.wrongAt(stuck, done);
    return { kind: "too-few", came: count, next: this.gotOf(expected[done]!) };
  }

  private wrongAt(n: number, step: number): Departure | undefined {
    const call = this.recorded.calls[n]!;
    if (this.isOneExample(call, step)) return undefined;
    const expected = this.right.calls[step]!;
    const names = stepArguments[this.right.step]!;
    const places = names.map((_, k) => k).filter((k) => !this.isRightAt(call, step, k));
    const wrong = places.map((k): WrongArgument => ({
      name: names[k]!,
      ...this.namesAt(call.args[k], expected.args[k], step, k),
    }));
    const isStep = isBackward(this.right) && !places.includes(placeOf(this.right.step, "cache"));
    const t = this.right.calls.length - step;
    return { kind: "wrong-argument", call: n + 1, ...(isStep ? { t } : {}), wrong };
  }

  /** What came and what was expected, in names that belong together. */
  private namesAt(
    got: unknown,
    expected: unknown,
    step: number,
    place: number,
  ): Pick<WrongArgument, "got" | "expected"> {
    const alike = this.alikeAt(step);
    const known = this.known();
    if (isBackward(this.right) && place === 0) return this.gradientNames(got, step);
    if (place === placeOf(this.right.step, "dc_next") && step > 0) {
      const carried = carriedName(this.right, this.right.calls.length - step + 1, "dc_prev");
      return { got: nameOf(got, known, alike), expected: carried };
    }
    return { got: nameOf(got, known, alike), expected: nameOf(expected, known, alike) };
  }

  /** da_next of a step back: its own gradient, and what the step after it carried back. */
  private gradientNames(got: unknown, step: number): Pick<WrongArgument, "got" | "expected"> {
    const t = this.right.calls.length - step;
    const own = `da⟨${t}⟩`;
    if (step === 0) {
      return { got: nameOf(got, this.known(), this.alikeAt(step)), expected: own };
    }
    const carried = carriedName(this.right, t + 1, "da_prev");
    const both = { name: `${own} + ${carried}`, value: this.right.calls[step]!.args[0] };
    const near = (name: string): readonly Named[] =>
      this.known().filter((one) => one.name === name);
    const alike = this.alikeAt(step);
    const isOwn = near(own).some(({ value }) => alike(value, got));
    if (isOwn) return { got: `${own} without ${carried}` };
    const isCarried = near(carried).some(({ value }) => alike(value, got));
    if (isCarried) return { got: `${carried}, without ${own}` };
    const known = [...near(own), ...near(carried), both, ...this.known()];
    return { got: nameOf(got, known, alike), expected: both.name };
  }

  /** What a call was given, in names; parameters only where there are two kinds of them. */
  private gotOf({ args }: StepCall): readonly string[] {
    const place = placeOf(this.right.step, "parameters");
    const isTold = (n: number): boolean => n === 0 || n !== place || !this.hasOneNetwork(place);
    const taken = args.slice(0, stepArguments[this.right.step]!.length);
    return taken.filter((_, n) => isTold(n)).map((arg) => nameOf(arg, this.known(), this.alike));
  }

  private hasOneNetwork(place: number): boolean {
    const [first, ...rest] = this.right.calls;
    return rest.every(({ args }) => this.alike(first!.args[place], args[place]));
  }

  private known(): readonly Named[] {
    return (this.names ??= namedValues(this.exercise, this.args, this.right, this.alike));
  }

  private isRight(call: StepCall, step: number): boolean {
    return stepArguments[this.right.step]!.every((_, place) => this.isRightAt(call, step, place));
  }

  private isRightAt(call: StepCall, step: number, place: number): boolean {
    return this.alikeAt(step)(this.right.calls[step]!.args[place], call.args[place]);
  }

  private isRepeat(n: number): boolean {
    const { calls } = this.recorded;
    const { args } = calls[n]!;
    return calls
      .slice(Math.max(0, n - this.right.calls.length), n)
      .some((earlier) => args.every((arg, place) => this.alike(arg, earlier.args[place])));
  }

  /** Whether the call is about one example alone: a way of its own, which may be right. */
  private isOneExample({ args }: StepCall, step: number): boolean {
    const [got] = args;
    const [expected] = this.right.calls[step]!.args;
    return (
      isMat(got) &&
      isMat(expected) &&
      got.cols === 1 &&
      expected.cols > 1 &&
      got.rows === expected.rows
    );
  }

  /** As `alike`, but that the examples that have ended before this step don't count. */
  private alikeAt(step: number): Alike {
    const { mask } = this;
    if (mask === undefined || isBackward(this.right) || step >= mask.T_x) return this.alike;
    const mask_t = mask.at(step + 1);
    const isRunning = (value: Mat): boolean => value.cols === mask_t.cols;
    return (expected, got) =>
      isMat(expected) && isMat(got) && isRunning(expected) && isRunning(got)
        ? this.alike(expected.times(mask_t), got.times(mask_t))
        : this.alike(expected, got);
  }
}
