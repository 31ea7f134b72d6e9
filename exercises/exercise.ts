/**
 * What an exercise is made of. Everything here is data and pure functions: the grader runs it,
 * in the learner's own process (practice) or against a sandbox (a class).
 */
import type { Mat, Random, Sequence } from "../src/index.js";

/** The sizes of a case by name: n_a, n_x, n_y, m, T_x. */
export type Size = Readonly<Record<string, number>>;

/** What else a case fixes, by name: a scale, `lastOnly`. No answer is in proportion to its count. */
export type Settings = Readonly<Record<string, number | boolean>>;

/** A value that stands for a function argument until the function is needed. */
export interface StandIn {
  readonly standIn: string;
}

/** What a learner's function can be given. */
export type Argument =
  | number
  | string
  | boolean
  | null
  | Mat
  | Sequence
  | StandIn
  | readonly Argument[]
  | { readonly [key: string]: Argument };

/** A function of some arguments: a reference, a mutant or a learner's own. */
export type AnyFunction = (...args: never[]) => unknown;

/** One situation that the learner's function must master. */
export interface Case {
  /** What it tests, in words. */
  readonly name: string;
  /**
   * false: it runs when a class is graded, not in practice. That is for a teacher's own cases: the
   * pack's are all shown, for nobody grades a learner who learns alone, and green must mean right.
   */
  readonly shown?: boolean;
  readonly size: Size;
  readonly settings?: Settings;
}

/**
 * A mistake that learners really make: it names what they did, and tests the cases.
 *
 * It is a change to a function, so that two can be made at once: of the arguments that the function
 * is given, or of the answer that it gives. Where only the whole formula can be written wrong,
 * `right` is not used, and the mistake combines with those of the other two kinds.
 */
export interface Mutant<F extends AnyFunction = AnyFunction> {
  /** A short name in kebab-case. */
  readonly name: string;
  /** What was done, in one sentence. */
  readonly mistake: string;
  /** A nudge that does not give the solution away. */
  readonly hint: string;
  /** The name of the case that is there to catch it. */
  readonly caughtBy: string;
  /** The mistake, made in a function that is right but for it. */
  wrong(right: F): (...args: Parameters<F>) => unknown;
}

/** Mistakes that are one but for a constant: stopped after k steps, another h. */
export interface Family<F extends AnyFunction = AnyFunction> {
  /** A short name in kebab-case. */
  readonly name: string;
  /** What was done, with the constant in it. */
  readonly mistake: (k: number) => string;
  /** A nudge that does not give the solution away. */
  readonly hint: string;
  /** The constants that cases of these sizes can show. */
  readonly constants: (sizes: readonly Size[]) => readonly number[];
  /** Whether it is told alone only: with every other mistake at once it would be too many to try. */
  readonly isAlone?: boolean;
  /** The mistake with this constant, made in a function that is right but for it. */
  wrong(right: F, k: number): (...args: Parameters<F>) => unknown;
}

/** A right solution that is not the library's: no case and no tolerance may be too tight for it. */
export interface Honest<F extends AnyFunction = AnyFunction> {
  /** What is unusual about it, in a few words. */
  readonly style: string;
  readonly write: F;
}

/** |got − expected| ≤ atol + rtol·|expected| counts as equal. */
export interface Tolerance {
  readonly atol: number;
  readonly rtol: number;
  /** Where the numbers come from. */
  readonly why: string;
}

/** How a part of the answer is called when a difference is told. */
export interface AnswerPart {
  /** The course's symbol; "{t}" stands for the time step: "a⟨{t}⟩". */
  readonly symbol: string;
  /** What a row is: "unit". */
  readonly rows: string;
  /** What a column is: "example". */
  readonly columns: string;
}

/** An exercise as its folder defines it. */
export interface ExerciseDefinition {
  /** The name of the function to write. */
  readonly id: string;
  /** The lesson's number, such as "02". */
  readonly lesson: string;
  readonly title: string;
  readonly points: number;
  readonly cases: readonly Case[];
  /** Fresh arguments for a case. */
  readonly draw: (size: Size, random: Random, settings: Settings) => readonly Argument[];
  /** The library's function: the truth. */
  readonly reference: AnyFunction;
  readonly mutants: readonly Mutant[];
  /** Mistakes with a constant, which is told. */
  readonly families?: readonly Family[];
  /** A nudge, the formula, the code's shape. */
  readonly hints: readonly [string, string, string];
  readonly tolerance: Tolerance;
  /** By key of the answer; "" for an answer that is one matrix, sequence or number. */
  readonly answer: Readonly<Record<string, AnswerPart>>;
  /** Keys of the answer that are not compared: the learner's own business. */
  readonly ignore?: readonly string[];
}

/** A teacher's own exercise, as its folder beside course.yaml defines it: no lesson of the pack asks for it. */
export type OwnExercise = Omit<ExerciseDefinition, "lesson">;

/** An exercise, with what its starter says. */
export interface Exercise extends ExerciseDefinition {
  /** What its function calls its arguments, in order; "" for one that is taken apart. */
  readonly argumentNames: readonly string[];
  /** Of a teacher's own exercise, which no part of the pack has: its files. */
  readonly own?: OwnFiles;
}

/** What the files of a teacher's own exercise say. */
export interface OwnFiles {
  /** Over all that decides about a grade: another one, and every hand-in of the exercise is graded anew. */
  readonly hash: string;
  /** What learners get. */
  readonly statement: string;
  readonly starter: string;
  /** The starter, and the forms of the function that the teacher wrote, right and wrong. */
  readonly texts: readonly string[];
}
