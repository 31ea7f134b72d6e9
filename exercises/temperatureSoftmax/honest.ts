import { Mat, softmax } from "../../src/index.js";
import type { Honest } from "../exercise.js";
import { columnOf, ofColumns, softmaxByLogs, sumDown } from "../plainLoops.js";
import type * as starter from "./starter.js";

function requireTemperature(temperature: number): void {
  if (!(temperature > 0)) throw new Error(`no temperature: ${temperature}`);
}

/** Right ways to a softmax with a temperature that are not the library's. */
export const honest: readonly Honest<typeof starter.temperatureSoftmax>[] = [
  {
    style: "the library's softmax of the divided scores",
    write: (z, temperature) => {
      requireTemperature(temperature);
      return softmax(z.times(1 / temperature));
    },
  },
  {
    style: "as the exponential of log softmax",
    write: (z, temperature) => {
      requireTemperature(temperature);
      return softmaxByLogs(z.map((score) => score / temperature)) as typeof z;
    },
  },
  {
    style: "each probability as one over a sum of powers of differences",
    write: (z, temperature) => {
      requireTemperature(temperature);
      return z.map((score, _k, i) => {
        const column = columnOf(z, i);
        return 1 / sumDown(column.length, (j) => Math.exp((column[j]! - score) / temperature));
      });
    },
  },
  {
    style: "columns as lists, powers of e to the 1/τ relative to the largest",
    write: (z, temperature) => {
      requireTemperature(temperature);
      const columns = Array.from({ length: z.cols }, (_, i) => {
        const scores = columnOf(z, i);
        const top = scores.reduce((most, score) => (score > most ? score : most));
        const powers = scores.map((score) => Math.exp(score / temperature - top / temperature));
        const total = sumDown(powers.length, (k) => powers[k]!);
        return powers.map((power) => power / total);
      });
      return ofColumns(z.rows, columns) as Mat<"n_y", "m">;
    },
  },
];
