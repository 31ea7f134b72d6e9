/** When the three ways to a gradient count as agreeing. */
import type { Measured } from "./gradients.js";

/**
 * Whether a gradient agrees: its differences' error falls by about four, and ends small; where it is all
 * rounding from the beginning, as for a function without curvature, it has nothing to fall to.
 */
export function isRight({ withH, withHalf, tensorflow }: Measured): boolean {
  const falls = withH / withHalf;
  const isSecondOrder = withHalf < 1e-5 && falls > 3.9 && falls < 4.1;
  return (withH < 1e-11 || isSecondOrder) && tensorflow < 1e-5;
}
