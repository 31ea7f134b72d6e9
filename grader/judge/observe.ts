/** What a function does when it is called twice with the same arguments, fresh ones each time. */
import type { AnyFunction, Argument } from "../../exercises/exercise.js";
import { standIns } from "../../exercises/standIns.js";
import { copyOf } from "../values/codec.js";
import { describeValue } from "../values/describe.js";
import { Foreign } from "../values/foreign.js";
import { type Change, findChange } from "../values/same.js";
import { LONGEST_WORDS, type Outcome } from "../values/outcome.js";
import type { Locate } from "./trace/errorPlace.js";

/** One call's outcome, and what the call left of its arguments. */
export interface Call {
  readonly outcome: Outcome;
  readonly argsAfter: readonly unknown[];
}

/** What two calls with the same arguments showed of a function. */
export interface Observation {
  /** The first call's outcome. */
  readonly outcome: Outcome;
  /** Where an argument was no longer what it was before the call. */
  readonly changedInput?: Change;
  /** Where the second answer was not the first one. */
  readonly changedAnswer?: Change;
}

/**
 * What two calls with `args` showed; `ignore` names the answer's keys that do not count.
 *
 * @param args - as they were drawn, before any call
 * @param first - what the first call gave
 * @param second - what the second call gave, with arguments of its own
 * @param ignore - keys of the answer that may differ from call to call
 * @returns the first call's outcome, and what changed that should not have
 */
export function observationOf(
  args: readonly Argument[],
  first: Call,
  second: Call,
  ignore: readonly string[] = [],
): Observation {
  const changedInput = findChange(args, first.argsAfter) ?? findChange(args, second.argsAfter);
  const changedAnswer = changeOfOutcome(first.outcome, second.outcome, ignore);
  return {
    outcome: first.outcome,
    ...(changedInput === undefined ? {} : { changedInput }),
    ...(changedAnswer === undefined ? {} : { changedAnswer }),
  };
}

function changeOfOutcome(
  first: Outcome,
  second: Outcome,
  ignore: readonly string[],
): Change | undefined {
  if (first.kind === "answer" && second.kind === "answer") {
    return findChange(first.value, second.value, ignore);
  }
  return first.kind === second.kind
    ? undefined
    : { code: "", before: outcomeText(first), after: outcomeText(second) };
}

function outcomeText(outcome: Outcome): string {
  return outcome.kind === "answer" ? describeValue(outcome.value) : `an error (${outcome.message})`;
}

/** What is handed over in place of a stand-in's function. */
export type Watch = (name: string, fn: AnyFunction) => AnyFunction;

/** What is seen of a call beside its outcome. */
export interface CallOptions {
  /** What is handed over for each stand-in; its function unless said. */
  readonly watch?: Watch | undefined;
  /** Finds the learner's line that threw. */
  readonly locate?: Locate | undefined;
}

/**
 * Calls `fn` here and now with copies of the arguments.
 *
 * @param fn - the reference, a mutant, or a learner's function in this process
 * @param args - one case's
 * @param options - what is to be seen beside the outcome
 * @returns what came, and the copies as the call left them
 * @throws CodecError, Error when an argument cannot be copied: an exercise's own mistake
 */
export function callHere(
  fn: AnyFunction,
  args: readonly Argument[],
  options: CallOptions = {},
): Call {
  const fresh = freshArguments(args, options.watch);
  return { outcome: outcomeOf(fn, fresh, options.locate), argsAfter: fresh };
}

/**
 * What a function is called with where a case has a stand-in.
 *
 * @param name - the stand-in's
 * @returns its function
 * @throws Error when no stand-in has its name
 */
export function standInFunction(name: string): AnyFunction {
  const fn = standIns[name];
  if (fn === undefined) throw new Error(`no stand-in is called ${name}`);
  return fn;
}

/**
 * Copies that share nothing with `args`, each stand-in replaced by its function.
 *
 * @param args - one case's
 * @param watch - what is handed over for each stand-in; its function unless said
 * @returns one copy an argument
 * @throws CodecError when an argument cannot be copied; Error when no stand-in has its name
 */
export function freshArguments(
  args: readonly Argument[],
  watch: Watch = (_name, fn) => fn,
): unknown[] {
  const standInOf = (name: string): AnyFunction => watch(name, standInFunction(name));
  return args.map((argument) => copyOf(argument, [], standInOf));
}

/**
 * Calls `fn` with these very arguments.
 *
 * @param fn - a function
 * @param args - what it gets and may change
 * @param locate - finds the learner's line that threw
 * @returns what came
 */
export function outcomeOf(
  fn: AnyFunction,
  args: readonly unknown[],
  locate: Locate = () => undefined,
): Outcome {
  try {
    const value = (fn as (...rest: unknown[]) => unknown)(...args);
    return { kind: "answer", value: withoutPromise(value) };
  } catch (error) {
    const at = locate(error);
    return at === undefined ? thrown(error) : { ...thrown(error), at };
  }
}

/**
 * A thrown value as an outcome; anything can be thrown.
 *
 * @param error - what was caught
 * @returns its name and message, cut; without a name and in words where it is no error
 */
export function thrown(error: unknown): Extract<Outcome, { kind: "threw" }> {
  try {
    return error instanceof Error || isErrorLike(error)
      ? { kind: "threw", name: cut(error.name), message: cut(error.message) }
      : { kind: "threw", name: "", message: describeValue(error) };
  } catch {
    return { kind: "threw", name: "", message: "something whose words can't be read" };
  }
}

function cut(words: unknown): string {
  return String(words).slice(0, LONGEST_WORDS);
}

/** An error of another realm, such as a notebook cell's. */
function isErrorLike(error: unknown): error is { name: string; message: string } {
  return (
    typeof error === "object" &&
    error !== null &&
    typeof (error as { name?: unknown }).name === "string" &&
    typeof (error as { message?: unknown }).message === "string"
  );
}

/** An async function's promise is no answer; its rejection must not end the process. */
function withoutPromise(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { then } = value as { then?: unknown };
  if (typeof then !== "function") return value;
  Promise.resolve(value).catch(() => undefined);
  return new Foreign("a promise");
}
