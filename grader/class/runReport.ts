/** What `grade --json` says of a run. */
import type { Remark } from "./intake/remark.js";
import type { Graded } from "./result/graded.js";
import type { RunFacts } from "./summary.js";

/** A file that was written, or was to be. */
export interface Output {
  /** The format's name, or "report" for the pages. */
  readonly format: string;
  readonly file: string;
}

/** What became of the files. */
export interface Outputs {
  readonly written: readonly Output[];
  readonly failed: readonly (Output & { readonly message: string; readonly code: number })[];
}

/** A run, for another program. */
export interface RunReport {
  readonly gradebook: string;
  readonly seeds: Readonly<Record<string, number>>;
  readonly counts: {
    readonly handIns: number;
    /** Now, not before. */
    readonly graded: number;
    readonly unchanged: number;
    /** Remarks of the kind "problem". */
    readonly problems: number;
    /** Hand-ins on which the grader itself failed. */
    readonly failed: number;
  };
  readonly students: readonly {
    readonly student: string;
    readonly assignment: string;
    /** What the grader gave; what counts, with decisions and late days, `gradebook list --json` says. */
    readonly score: number;
    readonly maxScore: number;
    readonly exercises: readonly {
      readonly exercise: string;
      readonly status: string;
      readonly passed: number;
      readonly total: number;
      readonly score: number;
      readonly points: number;
    }[];
    readonly remarks: readonly Remark[];
  }[];
  /** What an instructor has to look at, such as hand-ins whose time nobody says. */
  readonly notices: readonly string[];
  readonly files: readonly Output[];
  readonly failedFiles: readonly (Output & { readonly message: string })[];
  readonly exitCode: number;
}

/** What the run ended with. */
export interface RunEnd {
  readonly notices: readonly string[];
  readonly outputs: Outputs;
  readonly exitCode: number;
}

/**
 * A run as data.
 *
 * @param graded - the hand-ins
 * @param facts - about the run
 * @param end - what it ended with
 * @returns the document that `grade --json` prints
 */
export function runReport(
  graded: readonly Graded[],
  { newlyGraded, gradebook, seeds }: RunFacts,
  { notices, outputs, exitCode }: RunEnd,
): RunReport {
  const problems = graded.flatMap(({ remarks }) =>
    remarks.filter(({ kind }) => kind === "problem"),
  );
  return {
    ...{ gradebook, seeds: Object.fromEntries(seeds) },
    counts: {
      ...{ handIns: graded.length, graded: newlyGraded, unchanged: graded.length - newlyGraded },
      ...{ problems: problems.length, failed: failedOn(graded).length },
    },
    students: graded.map(({ student, assignment, score, maxScore, results, remarks }) => ({
      ...{ student, assignment, score, maxScore },
      exercises: results.map(({ verdict, score: got, points }) => {
        const { exercise, status, passed, total } = verdict;
        return { exercise, status, passed, total, score: got, points };
      }),
      remarks,
    })),
    ...{ notices, files: outputs.written },
    failedFiles: outputs.failed.map(({ format, file, message }) => ({ format, file, message })),
    exitCode,
  };
}

/**
 * The hand-ins on which the grader itself failed.
 *
 * @param graded - all of them
 * @returns those; their attempts do not count
 */
export function failedOn(graded: readonly Graded[]): readonly Graded[] {
  return graded.filter(({ results }) =>
    results.some(({ verdict }) => verdict.status === "internal-error"),
  );
}
