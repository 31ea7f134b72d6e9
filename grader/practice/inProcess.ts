/** Runs a learner's function in this very process: practice trusts its learner. */
import type { AnyFunction, Argument } from "../../exercises/exercise.js";
import { callHere, thrown } from "../judge/observe.js";
import type { Caller, CallResult } from "../judge/judge.js";
import { Recorder } from "../judge/trace/recording.js";
import type { Locate } from "../judge/trace/errorPlace.js";
import type { Around } from "../source/asGraded.js";
import { thrownWords } from "../values/outcome.js";
import { CodecError, copyOf } from "../values/codec.js";

/**
 * A caller of `fn`, here and without limits; a notebook's kernel can be interrupted.
 *
 * What the function answers is written down and read again, as it is on its way out of a class's box:
 * so the same answer is the same value here and there.
 *
 * @param fn - the learner's function
 * @param ignore - keys of the answer that don't count
 * @param locate - finds the learner's line that threw
 * @param around - makes each call, in surroundings like those of a class
 * @returns what {@link judge} calls
 */
export function inProcess(
  fn: AnyFunction,
  ignore: readonly string[] = [],
  locate?: Locate,
  around?: Around,
): Caller {
  const called: AnyFunction =
    around === undefined ? fn : (...args) => around(() => fn(...args), fn);
  return {
    call: (args, isWatched = false) =>
      Promise.resolve(resultOf(called, args as readonly Argument[], ignore, { isWatched, locate })),
  };
}

function resultOf(
  fn: AnyFunction,
  args: readonly Argument[],
  ignore: readonly string[],
  { isWatched, locate }: { readonly isWatched: boolean; readonly locate: Locate | undefined },
): CallResult {
  const recorder = isWatched ? new Recorder() : undefined;
  const { outcome, argsAfter } = callHere(fn, args, { watch: recorder?.watch, locate });
  const calls = recorder?.recording();
  try {
    const after = copyOf(argsAfter) as readonly unknown[];
    if (outcome.kind === "threw") return { ...outcome, argsAfter: after, calls };
    const value = copyOf(outcome.value, ignore);
    return { kind: "answer", value, argsAfter: after, calls };
  } catch (error) {
    return error instanceof CodecError
      ? { kind: "output-limit", message: error.message }
      : { kind: "crashed", message: thrownWords(thrown(error)) };
  }
}
