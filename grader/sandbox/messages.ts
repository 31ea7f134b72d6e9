/** What the grader asks a boxed process, and what it may answer. */
import type { Json } from "../values/codec.js";

/** A request; the box answers each one before it reads the next. */
export type Request =
  /** Is anybody there? Asked before any student code is loaded. */
  | { readonly ask: "hello" }
  /** Load the submission's module and find its function. */
  | { readonly ask: "load"; readonly module: string; readonly name: string }
  /** Call the function; `skip` names the keys of its answer that stay in the box. */
  | { readonly ask: "call"; readonly args: Json; readonly skip: readonly string[] }
  /** Load several exercises' modules by one that imports them all. */
  | {
      readonly ask: "load-all";
      readonly index: string;
      /** What says on standard error which exercise's turn it is. */
      readonly mark: string;
    }
  /** Run all cases of the loaded exercises. */
  | { readonly ask: "run"; readonly exercises: readonly RunRequest[] };

/** One exercise of a "run". */
export interface RunRequest {
  readonly name: string;
  readonly skip: readonly string[];
  /** Where the exercise's numbers begin. */
  readonly from: number;
  readonly cases: readonly {
    readonly args: Json;
    /** Where the arguments' numbers begin among the exercise's. */
    readonly from: number;
  }[];
}

/** How one call ended. */
export type CallReply =
  | ({ readonly is: "answer"; readonly value: Json; readonly from: number } & After)
  | ({
      readonly is: "threw";
      readonly name: string;
      readonly message: string;
      /** Where in the submission, by the box's address of the file. */
      readonly at?: { readonly file: string; readonly line: number };
    } & After)
  | { readonly is: "failed"; readonly name: string; readonly message: string }
  | { readonly is: "too-large"; readonly message: string };

/** The arguments as the call left them; nothing where they are what they were. */
export interface After {
  readonly after?: Json;
  readonly afterFrom?: number;
}

/** How two calls with the same arguments ended; nothing for a second that ended as the first. */
export interface CaseReply {
  readonly first: CallReply;
  readonly second?: CallReply;
}

/** How an exercise's cases ended. */
export interface RunReply {
  /** How many numbers they have: these follow on those of the exercises before, and places are counted from there. */
  readonly count: number;
  readonly cases: readonly CaseReply[];
}

/** The answers: "load" gives "loaded" or a failure, "call" how it ended. */
export type Reply =
  | { readonly is: "hello" }
  /** `failure`: what a statement beside the function threw. */
  | { readonly is: "loaded"; readonly failure?: string }
  | { readonly is: "missing"; readonly found: string }
  | CallReply
  | {
      readonly is: "ran";
      /** By exercise; null for one that has to be run alone. */
      readonly exercises: readonly (RunReply | null)[];
      /** What all code of the process shares and is no longer what it was. */
      readonly changed?: string;
    };
