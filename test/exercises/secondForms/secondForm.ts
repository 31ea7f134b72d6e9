/** How learners' functions that were written without a look at the pack's mistakes are kept. */
import type { AnyFunction } from "../../../exercises/exercise.js";
import type { Mat } from "../../../src/index.js";

/** A function by its name in kebab-case, with what is wrong (or unusual) about it. */
export type Forms = Readonly<Record<string, readonly [what: string, write: AnyFunction]>>;

/** One exercise's second forms. */
export interface SecondForms {
  /** One conceptual mistake each. */
  readonly singles: Forms;
  /** Two mistakes at once. */
  readonly pairs: Forms;
  /** Unusual, but right. */
  readonly right: Forms;
}

/** A cell's parameters by name, without their shapes: a wrong product must compile. */
export type Parameters = Record<"Wax" | "Waa" | "Wya" | "ba" | "by", Mat>;
