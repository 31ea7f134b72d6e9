/** The two loops over time that every recurrent network has: forward, and back (BPTT). */
import { inWords, requireRecord } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";
import { Mat, requireMat } from "../core/matrix.js";
import { Sequence } from "../notation/sequence.js";
import { addTo } from "../core/sums.js";

/**
 * Forward: step(1), …, step(T), each of which gets what the one before gave (undefined at t = 1).
 *
 * @param T - the number of steps
 * @param step - called for t = 1, …, T in this order
 * @returns what the steps gave, step 1 first
 * @throws OutOfRangeError when a step gave nothing
 */
export function unroll<Step>(
  T: number,
  step: (t: number, before: Step | undefined) => Step,
): readonly Step[] {
  const steps: Step[] = [];
  for (let t = 1; t <= T; t++) {
    const given = step(t, steps.at(-1));
    requireRecord("cell", `what it returns at step ⟨${t}⟩`, given);
    steps.push(given);
  }
  return steps;
}

/** What every cell gives at each step. */
interface CellStep<Cache> {
  readonly a_next: Mat<"n_a", "m">;
  readonly yhat_t: Mat<"n_y", "m">;
  readonly cache: Cache;
}

/**
 * The steps' states, predictions and caches, each as a sequence of its own.
 *
 * @param steps - what a cell gave at t = 1, …, T
 * @returns a⟨t⟩, (n_a, m), and ŷ⟨t⟩, (n_y, m), at each step, and the T caches
 */
export function collect<Cache>(steps: readonly CellStep<Cache>[]): {
  readonly a: Sequence<"n_a", "m">;
  readonly yhat: Sequence<"n_y", "m">;
  readonly caches: readonly Cache[];
} {
  return {
    a: Sequence.of(steps.map(({ a_next }) => a_next)),
    yhat: Sequence.of(steps.map(({ yhat_t }) => yhat_t)),
    caches: steps.map(({ cache }) => cache),
  };
}

/** What {@link unrollBackward} gives. */
export interface UnrolledBackward<Step, Gradients> {
  /** ∂L/∂x⟨t⟩, (n_x, m) each. */
  readonly dx: Sequence<"n_x", "m">;
  /** What the first step's backward pass gave: it holds ∂L/∂a⟨0⟩. */
  readonly first: Step;
  /** Each parameter's gradient, summed over the steps. */
  readonly sums: Gradients;
}

/**
 * Back: step(T), …, step(1), each of which gets what the step after it gave (undefined at t = T).
 * All steps share their parameters, whose gradients therefore are sums over the steps.
 *
 * @param caller - whose errors are thrown
 * @param T - the number of steps
 * @param zeros - a matrix of zeros for each gradient to sum up; the sums grow in them
 * @param step - the backward pass of step t
 * @returns ∂L/∂x⟨t⟩ at each step, what step 1 gave, and the sums
 * @throws ShapeError when a step's gradient differs in shape from its sum; OutOfRangeError when a step gave
 *   nothing
 */
export function unrollBackward<
  Gradients extends Readonly<Record<keyof Gradients, Mat>>,
  Step extends Gradients & { readonly dx_t: Mat<"n_x", "m"> },
>(
  caller: string,
  T: number,
  zeros: Gradients,
  step: (t: number, after: Step | undefined) => Step,
): UnrolledBackward<Step, Gradients> {
  const names = Object.keys(zeros) as (keyof Gradients & string)[];
  const dx: Mat<"n_x", "m">[] = [];
  let latest: Step | undefined;
  for (let t = T; t >= 1; t--) {
    const given = step(t, latest);
    requireRecord(caller, `what the cell returns on the way back through step ⟨${t}⟩`, given);
    for (const name of names) addTo(caller, `${name}⟨${t}⟩`, zeros[name], given[name]); // dW = Σ_t dW⟨t⟩
    dx.push(given.dx_t);
    latest = given;
  }
  return { dx: Sequence.of(dx).reverse(), first: latest!, sums: zeros };
}

/**
 * Matrices of zeros to sum gradients up in: "dWax" for "Wax", of its shape.
 *
 * @param caller - whose errors are thrown
 * @param parameters - matrices by name, which the first step's cache holds
 * @param names - those of them whose gradients are summed up
 * @returns a new matrix of zeros for each name, of its parameter's shape
 * @throws OutOfRangeError when there are no parameters; ShapeError when one of them is no matrix
 */
export function zeroGradients<P extends Readonly<Record<Name, Mat>>, Name extends string>(
  caller: string,
  parameters: P,
  names: readonly Name[],
): { readonly [N in Name as `d${N}`]: P[N] } {
  requireRecord(caller, "the parameters in the first cache", parameters);
  const entries = names.map((name) => {
    requireMat(caller, `${name} in the first cache`, parameters[name]);
    const { rows, cols } = parameters[name];
    return [`d${name}`, Mat.zeros(rows, cols)];
  });
  return Object.fromEntries(entries) as { readonly [N in Name as `d${N}`]: P[N] };
}

/**
 * Asks that there is one cache for each step of a sequence of gradients.
 *
 * @param caller - the function whose arguments they are, named in the error
 * @param gradients - the sequence under its symbol, such as da: ∂L/∂a⟨t⟩, (n_a, m) at each step
 * @param caches - what the forward pass kept, step 1 first
 * @throws OutOfRangeError that names both numbers of steps when they differ, or the step whose cache is none
 */
export function requireCaches(
  caller: string,
  gradients: Readonly<Record<string, Sequence>>,
  caches: readonly unknown[],
): void {
  if (!Array.isArray(caches)) {
    throw new OutOfRangeError(`${caller}: expected a list for caches, got ${inWords(caches)}`);
  }
  for (const [symbol, { T_x }] of Object.entries(gradients)) {
    if (caches.length === T_x) continue;
    throw new OutOfRangeError(
      `${caller}: ${symbol} has ${T_x} steps but there are ${caches.length} caches; both need one per step, step 1 first`,
    );
  }
  caches.forEach((cache, index) =>
    requireRecord(caller, `the cache of step ⟨${index + 1}⟩`, cache),
  );
}
