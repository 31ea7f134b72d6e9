/** A layer that was handed in as a function: what it gives is asked for before it is used. */
import { requireRecord } from "../core/arguments.js";
import { requireSequences } from "../notation/requireSequence.js";
import type { Sequence } from "../notation/sequence.js";

/**
 * What a layer gave, when that holds states.
 *
 * @param caller - the function that was given the layer, named in the error
 * @param run - what the layer returned
 * @returns the same
 * @throws OutOfRangeError when it is no record; ShapeError when its `a` is no sequence
 */
export function requireStates<Run extends { readonly a: Sequence<"n_a", "m"> }>(
  caller: string,
  run: Run,
): Run {
  requireRecord(caller, "what layer returns", run);
  requireSequences(caller, { "the a that layer returns": run.a });
  return run;
}
