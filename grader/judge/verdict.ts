/** The grader's words: what can be said about one function, case by case. */
import type { Difference } from "../compare/difference.js";
import type { ErrorPlace } from "../values/outcome.js";
import type { Trace } from "./trace/trace.js";

/** How a case, or a whole exercise, ended. Only `passed` earns points. */
export type Status =
  | "passed"
  | "wrong"
  | "crashed"
  | "timeout"
  | "memory"
  | "output-limit"
  | "not-run"
  | "tampered"
  | "internal-error";

/** How one case ended. */
export interface CaseResult {
  readonly name: string;
  /** Whether learners see this case; the others are held back for grading. */
  readonly shown: boolean;
  readonly status: Status;
  /** The first difference of the first wrong part. */
  readonly difference?: Difference;
  /** The first difference of each further wrong part of the answer. */
  readonly others?: readonly Difference[];
  /** The parts of the answer that are right, where some are: "dWax", "dba". */
  readonly right?: readonly string[];
  /** How the cell that the function was given was called; only practice watches that. */
  readonly trace?: Trace;
  /** What a crash, or the process that ran the case, said. */
  readonly message?: string;
  /** The learner's line that threw. */
  readonly at?: ErrorPlace;
}

/**
 * What explains a wrong function: a known mistake, one for each wrong part, two at once, a constant, a
 * pattern, that it is nearly right, or what its instructor says of such answers.
 */
export type DiagnosisKind =
  "mistake" | "parts" | "pair" | "constant" | "pattern" | "nearly" | "named";

/** What explains the answers over all cases; each line of its texts is about other parts of them. */
export interface Diagnosis {
  readonly kind: DiagnosisKind;
  /** The mistakes' names; more than one when several are made, or can't be told apart. */
  readonly mutants: readonly string[];
  readonly mistake: string;
  readonly hint: string;
}

/** What the grader says about one function. */
export interface Verdict {
  /** The exercise's id. */
  readonly exercise: string;
  readonly status: Status;
  readonly cases: readonly CaseResult[];
  /** How many cases passed. */
  readonly passed: number;
  /** How many cases were asked for. */
  readonly total: number;
  readonly diagnosis?: Diagnosis;
  /** The same seed draws the same inputs again. */
  readonly seed: number;
}
