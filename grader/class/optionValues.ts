/** Values of the commands' options, read. */
import { InvalidArgumentError } from "commander";

/**
 * Reads a whole number within bounds.
 *
 * @param least - the smallest
 * @param most - the largest
 * @returns what reads the option's text; it throws what the command line shows
 */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}`);
  };
}
