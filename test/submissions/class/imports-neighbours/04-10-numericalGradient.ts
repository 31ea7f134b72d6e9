import { Mat } from "unrolled";

export function numericalGradient(f: (theta: Mat) => number, theta: Mat, h = 1e-5): Mat {
  if (!(h > 0)) throw new RangeError("h must be above 0");
  const nudged = (n: number, by: number): number => {
    const entries = Array.from(theta.data);
    entries[n]! += by;
    return f(new Mat(theta.rows, theta.cols, entries));
  };
  const gradient = Array.from(theta.data, (_, n) => (nudged(n, h) - nudged(n, -h)) / (2 * h));
  return new Mat(theta.rows, theta.cols, gradient);
}
