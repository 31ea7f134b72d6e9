/** What is measured: the networks of the benchmark. */
import type { NetworkOptions } from "../src/engine/index.js";

/** A network of one recurrent layer under a softmax head, and the batch that goes through it. */
export interface Configuration extends Pick<
  NetworkOptions,
  "cell" | "n_x" | "n_a" | "n_y" | "m" | "T_x"
> {
  /** Whether the inputs are indices (one-hot vectors) rather than dense vectors. */
  readonly indices: boolean;
}

/** A line of the table. */
export interface Row {
  /** The name that `--row` takes. */
  readonly name: string;
  readonly configuration: Configuration;
  /** The numbers of threads at which it is measured. */
  readonly threads: readonly Threads[];
}

/** Threads that a contestant may use. */
export type Threads = 1 | 2;

function batched(cell: Configuration["cell"], n_a: number, m: number): Row {
  const configuration = { cell, n_x: 64, n_a, n_y: 64, m, T_x: 50, indices: false };
  return { name: `${cell}-${n_a}`, configuration, threads: [1, 2] };
}

/** All rows, in the table's order. */
export const rows: readonly Row[] = [
  batched("rnn", 128, 32),
  batched("rnn", 256, 64),
  batched("lstm", 128, 32),
  batched("lstm", 256, 32),
  batched("gru", 128, 32),
  {
    name: "characters",
    configuration: { cell: "rnn", n_x: 27, n_a: 100, n_y: 27, m: 1, T_x: 25, indices: true },
    threads: [1], // nothing in one column's products is worth a second thread
  },
];

/** A configuration in the course's symbols. */
export function titleOf({ cell, n_x, n_a, m, T_x, indices }: Configuration): string {
  const inputs = indices ? `${n_x} one-hot` : `${n_x}`;
  return `${cell.toUpperCase()} n_x ${inputs}, n_a ${n_a}, m ${m}, T ${T_x}`;
}
