/** Runs a learner's function in this very process: practice trusts its learner. */
import type { AnyFunction, Argument } from "../../exercises/exercise.js";
import { callHere } from "../judge/observe.js";
import type { Caller, CallResult } from "../judge/judge.js";

/**
 * A caller of `fn`, here and without limits; a notebook's kernel can be interrupted.
 *
 * @param fn - the learner's function
 * @returns what {@link judge} calls
 */
export function inProcess(fn: AnyFunction): Caller {
  return {
    call(args): Promise<CallResult> {
      const { outcome, argsAfter } = callHere(fn, args as readonly Argument[]);
      return Promise.resolve({ ...outcome, argsAfter });
    },
  };
}
