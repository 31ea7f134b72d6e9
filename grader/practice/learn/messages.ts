/** What the child process that runs a learner's function tells its parent, one JSON line each. */
import type { CaseResult, Verdict } from "../../judge/verdict.js";

export type ChildMessage =
  | { readonly kind: "start"; readonly name: string }
  | { readonly kind: "case"; readonly result: CaseResult }
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  | { readonly kind: "unusable"; readonly message: string };

/** The child's file descriptor for these messages; its standard output belongs to the learner. */
export const MESSAGES_FD = 3;
