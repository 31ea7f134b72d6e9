/** What the grader asks a boxed process, and what it may answer. */
import type { Json } from "../values/codec.js";

/** A request; the box answers each one before it reads the next. */
export type Request =
  /** Is anybody there? Asked before any student code is loaded. */
  | { readonly ask: "hello" }
  /** Load the submission's module and find its function. */
  | { readonly ask: "load"; readonly module: string; readonly name: string }
  /** Call the function; `skip` names the keys of its answer that stay in the box. */
  | { readonly ask: "call"; readonly args: Json; readonly skip: readonly string[] };

/** The answers: `load` gives "loaded" or a failure, `call` an outcome or a failure. */
export type Reply =
  | { readonly is: "hello" }
  /** `failure`: what a statement beside the function threw. */
  | { readonly is: "loaded"; readonly failure?: string }
  | { readonly is: "missing"; readonly found: string }
  | { readonly is: "answer"; readonly value: Json; readonly argsAfter: Json }
  | {
      readonly is: "threw";
      readonly name: string;
      readonly message: string;
      readonly argsAfter: Json;
      /** Where in the submission, by the box's address of the file. */
      readonly at?: { readonly file: string; readonly line: number };
    }
  | { readonly is: "failed"; readonly name: string; readonly message: string }
  | { readonly is: "too-large"; readonly message: string };
