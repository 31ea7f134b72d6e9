/** What a cell knows of padding: nothing but that a step's cache may hold the mask it was taken with. */
import { OutOfRangeError } from "../core/errors.js";
import type { Mat } from "../core/matrix.js";

/** The part of a cache that says where its step was padded (sequence/masks.ts puts it there). */
export interface PaddedStep {
  /** 1 where an example had this step, 0 where it was padded, (1, m); absent: no example was. */
  readonly mask_t?: Mat<"1", "m">;
}

/**
 * Refuses the cache of a step with a mask: the cell alone would go back through padding.
 *
 * @param caller - the cell's step back
 * @param cache - what the step forward returned
 * @param way - the function over all steps that knows masks
 * @throws OutOfRangeError when the cache holds a mask
 */
export function requireWholeStep(caller: string, cache: PaddedStep, way: string): void {
  if (cache.mask_t === undefined) return;
  throw new OutOfRangeError(
    `${caller}: expected a whole step, got the cache of a step with a mask, at which padded examples were skipped; go back with ${way} or with maskedStepBackward`,
  );
}
