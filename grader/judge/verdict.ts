/** The grader's words: what can be said about one function, case by case. */
import type { Difference } from "../compare/difference.js";

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
  readonly difference?: Difference;
  /** What a crash, or the process that ran the case, said. */
  readonly message?: string;
}

/** The mistake whose answers these are, over all cases. */
export interface Diagnosis {
  /** The mutants' names; more than one when their answers can't be told apart. */
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
