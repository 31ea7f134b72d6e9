import { Mat } from "unrolled";
import { numericalGradient } from "./04-10-numericalGradient.ts";

export function gradientCheck(f: (theta: Mat) => number, theta: Mat, gradient: Mat, h = 1e-5) {
  const numerical = numericalGradient(f, theta, h);
  const difference = numerical.sub(gradient);
  const size = numerical.norm() + gradient.norm();
  let row = 1;
  let column = 1;
  let largest = -1;
  for (let i = 0; i < theta.rows; i++) {
    for (let j = 0; j < theta.cols; j++) {
      const off = Math.abs(difference.get(i, j));
      if (off > largest) [largest, row, column] = [off, i + 1, j + 1];
    }
  }
  return { relativeError: size === 0 ? 0 : difference.norm() / size, row, column };
}
