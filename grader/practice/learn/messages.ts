/** What the child process that runs a learner's function is told, and what it tells its parent. */
import type { CaseResult, Status, Verdict } from "../../judge/verdict.js";

/** What to run: JSON on the child's standard input, which ends behind it. */
export interface Job {
  /** The compiled module's. */
  readonly address: string;
  /** The exercise's. */
  readonly id: string;
  readonly seed: number;
}

/** One JSON line each. */
export type ChildMessage =
  | { readonly kind: "start"; readonly name: string }
  | { readonly kind: "case"; readonly result: CaseResult }
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  /** What a statement beside the function threw. */
  | { readonly kind: "failure"; readonly message: string }
  | { readonly kind: "unusable"; readonly status: Status; readonly message: string };

/** The child's exit code when an outermost await of the learner's module is never settled; it is Node's. */
export const UNSETTLED = 13;

/** The child's file descriptor for these messages; its standard output belongs to the learner. */
export const MESSAGES_FD = 3;
