/** What an exercise is made of. */
import type { Mat, Random, Sequence } from "../src/index.js";
import type { StandIn } from "./standIns.js";

export type Size = Readonly<Record<string, number>>;
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
export type AnyFunction = (...args: never[]) => unknown;
export interface Case {
  readonly name: string;
  readonly shown: boolean;
  readonly size: Size;
}
export interface Mutant {
  readonly name: string;
  readonly mistake: string;
  readonly hint: string;
  readonly caughtBy: string;
  readonly run: AnyFunction;
}
export interface Tolerance {
  readonly atol: number;
  readonly rtol: number;
  readonly why: string;
}
export interface AnswerPart {
  readonly symbol: string;
  readonly rows: string;
  readonly columns: string;
}
export interface Exercise {
  readonly id: string;
  readonly lesson: string;
  readonly title: string;
  readonly points: number;
  readonly signature: string;
  readonly cases: readonly Case[];
  readonly draw: (size: Size, random: Random) => readonly Argument[];
  readonly reference: AnyFunction;
  readonly mutants: readonly Mutant[];
  readonly hints: readonly [string, string, string];
  readonly tolerance: Tolerance;
  readonly answer: Readonly<Record<string, AnswerPart>>;
  readonly ignore?: readonly string[];
}
