/** How the engine's Adam moves the parameters: its settings, checked. */
import { requireRecord } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";

/** How `Network.adamStep` moves the parameters; the library's `train` has the same values. */
export interface AdamStepOptions {
  /** The step's size; 0.01 unless said. */
  readonly learningRate?: number;
  /** Gradients of a larger norm are clipped to it; no clipping unless said. */
  readonly maxNorm?: number;
  /** Each gradient's entry is clipped to it first; no clipping unless said. */
  readonly maxValue?: number;
  /** How slowly the mean forgets; 0.9 unless said. */
  readonly beta1?: number;
  /** How slowly the mean square forgets; 0.999 unless said. */
  readonly beta2?: number;
  /** Keeps the division from 0; 1e-8 unless said. */
  readonly epsilon?: number;
}

/** All settings of a step. */
export type AdamSettings = Required<AdamStepOptions>;

/** A gradient's square must fit float32, whose largest number is 3.4e38. */
export const largestGradient = 1e19;

/** A gradient's square is 0 in float32 where the gradient is below 1e-22: divided by less, it would make a step of any size. */
export const leastEpsilon = 1e-18;

/**
 * A step's settings, those that were not said too.
 *
 * @param options - what was said
 * @returns every setting
 * @throws OutOfRangeError that names the setting with which a step would mean nothing
 */
export function adamSettings(options: AdamStepOptions): AdamSettings {
  requireRecord("Network.adamStep", "options", options);
  const { learningRate = 0.01, maxNorm = Infinity, maxValue = Infinity } = options;
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  const settings = { learningRate, maxNorm, maxValue, beta1, beta2, epsilon };
  const isSize = (value: number): boolean =>
    Math.fround(value) > 0 && Math.fround(value) < Infinity;
  const size = "a number greater than 0 that float32 can hold";
  const isRate = (value: number): boolean => isSize(value) && isSize(value / (1 - beta1));
  const isBound = (value: number): boolean => Math.fround(value) > 0;
  const isEpsilon = (value: number): boolean => isSize(value) && value >= leastEpsilon;
  const isShare = (value: number): boolean => value >= 0 && value < 1;
  const rules = {
    beta1: [isShare, "a number from 0 to below 1"],
    learningRate: [isRate, `${size}, divided by 1 − beta1 too`],
    maxNorm: [isBound, `${size}, or Infinity for no clipping`],
    maxValue: [isBound, `${size}, or Infinity for no clipping`],
    beta2: [isShare, "a number from 0 to below 1"],
    epsilon: [isEpsilon, `a number of ${leastEpsilon} or more, that float32 can hold`],
  } as const;
  for (const [name, [holds, expected]] of Object.entries(rules)) {
    const value = settings[name as keyof AdamSettings];
    if (typeof value === "number" && holds(value)) continue;
    throw new OutOfRangeError(
      `Network.adamStep: ${name} is ${String(value)}: expected ${expected}; nothing has changed`,
    );
  }
  return settings;
}
