/** What a verdict is worth. */
import type { Verdict } from "../../judge/verdict.js";

/**
 * The points for a verdict: the share of its cases that passed, to a hundredth of a point.
 *
 * @param verdict - of all the exercise's cases
 * @param points - the exercise's
 * @returns 0 to `points`
 */
export function scoreOf(
  verdict: Pick<Verdict, "passed" | "total"> & { readonly status: string },
  points: number,
): number {
  if (verdict.status === "tampered" || verdict.total === 0) return 0;
  return Math.round((100 * points * verdict.passed) / verdict.total) / 100;
}

/**
 * A sum of points, to a hundredth of a point.
 *
 * @param numbers - points, each to a hundredth
 * @returns without the rounding errors of a plain sum
 */
export function sumOfPoints(numbers: readonly number[]): number {
  return Math.round(100 * numbers.reduce((sum, number) => sum + number, 0)) / 100;
}
