/** How far the engine's tanh and σ are from the right values, and whether they ever fall, over float32 numbers in order. */
import type { Engine } from "unrolled/engine";
import { partsOf } from "../../../src/engine/engine.js";

/** float32's largest number, as bits. */
const largestBits = 0x7f7fffff;
const count = 1 << 14;

/** What was found of one function on one side of 0. */
export interface ActivationErrors {
  /** The largest error, in units of the right value's last place in float32, and where. */
  readonly worst: number;
  readonly at: number;
  /** Pairs of neighbours in order whose values are not. */
  readonly falls: number;
  /** Values outside [−1, 1] or [0, 1], or no numbers. */
  readonly outside: number;
}

/** σ(x) in float64, as exact where it is small. */
function sigmoid(x: number): number {
  const power = Math.exp(-Math.abs(x));
  return x < 0 ? power / (1 + power) : 1 / (1 + power);
}

/** The distance of neighbours in float32 at a value. */
function unit(value: number): number {
  return 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(value)))) - 23);
}

/**
 * Compares an engine's tanh (of the RNN) or σ (of the GRU's gate) with Math.tanh and Math.exp in float64.
 *
 * @param engine - whose operations compute
 * @param name - which function
 * @param sign - the side of 0
 * @param stride - 1 for all float32 numbers of that side, k for each k-th
 * @returns the largest error and what is out of order
 */
export function activationErrors(
  engine: Engine,
  name: "tanh" | "sigmoid",
  sign: 1 | -1,
  stride: number,
): ActivationErrors {
  const { memory, operations } = partsOf(engine);
  const block = memory.allocate(9 * count * 4);
  const place = (k: number): number => block.start + k * count * 4;
  block.floats(place(0), 9 * count).fill(0);
  const bits = block.integers(place(0), count);
  const inputs = block.floats(place(0), count);
  const results = block.floats(place(name === "tanh" ? 1 : 0), count);
  const xs = new Float32Array(count);
  const right = name === "tanh" ? Math.tanh : sigmoid;
  const least = name === "tanh" ? -1 : 0;
  const found = { worst: 0, at: 0, falls: 0, outside: 0 };
  let previous = right(0);
  for (let first = 0; first <= largestBits; first += count * stride) {
    for (let i = 0; i < count; i++) bits[i] = Math.min(first + i * stride, largestBits);
    if (sign < 0) for (let i = 0; i < count; i++) inputs[i] = -inputs[i]!;
    xs.set(inputs);
    if (name === "tanh") operations.rnnForward(place(0), place(3), place(1), count, count, 1);
    else operations.gruGates(place(0), place(3), place(5), count, place(6), count, count, 1);
    for (let i = 0; i < count; i++) {
      const [x, value] = [xs[i]!, results[i]!];
      const wanted = right(x);
      const error = Math.abs(value - wanted) / unit(wanted);
      if (error > found.worst) Object.assign(found, { worst: error, at: x });
      if ((value - previous) * sign < 0) found.falls += 1;
      if (!(value >= least && value <= 1)) found.outside += 1;
      previous = value;
    }
    if (name === "sigmoid") block.floats(place(1), count).fill(0); // Γr's scores
  }
  block.free();
  return found;
}
