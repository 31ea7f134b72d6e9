/** Asks at a function's door that its arguments are sequences. */
import { inWords } from "../core/arguments.js";
import { ShapeError } from "../core/errors.js";
import { isSequence } from "./sequence.js";

/**
 * Asks that each argument is a sequence; the error says how to make one.
 *
 * @param caller - the function whose arguments they are, named in the error
 * @param sequences - each under its symbol, such as x
 * @throws ShapeError that names the first that is none
 */
export function requireSequences(
  caller: string,
  sequences: Readonly<Record<string, unknown>>,
): void {
  for (const [symbol, value] of Object.entries(sequences)) {
    if (isSequence(value)) continue;
    throw new ShapeError(
      `${caller}: expected a Sequence for ${symbol}, got ${inWords(value)}; of matrices: Sequence.of([…])`,
    );
  }
}
