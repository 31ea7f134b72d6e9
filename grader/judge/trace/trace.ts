/** What the calls of a cell showed, beside those that a right function makes. */

/** One argument of a call that was not what it should be. */
export interface WrongArgument {
  /** The cell's name for it: "a_prev"; a layer's is told only where `got` has no name of its own. */
  readonly name?: string;
  /** Such as "a⟨1⟩", or what kind of value it is. */
  readonly got: string;
  /** Such as "a⟨2⟩"; nothing where `got` says what is missing of it. */
  readonly expected?: string;
}

/** The first departure from the calls that were expected. */
export type Trace = {
  /** What the learner's function calls the cell. */
  readonly cell: string;
  /** How many calls were expected. */
  readonly expected: number;
} & (
  | { readonly kind: "never-called" }
  /** Every call came as expected: what is wrong comes after. */
  | { readonly kind: "as-expected" }
  /** The first calls were right and then no more came: `next` is what the next one was to get. */
  | { readonly kind: "too-few"; readonly came: number; readonly next: readonly string[] }
  /** All came that were expected, and others: the first of these has this number. */
  | {
      readonly kind: "too-many";
      readonly came: number;
      readonly call: number;
      readonly got: readonly string[];
    }
  | {
      readonly kind: "wrong-argument";
      /** The call's number, from 1. */
      readonly call: number;
      /** For a step back: the time step that the call was for. */
      readonly t?: number;
      readonly wrong: readonly WrongArgument[];
    }
);

/** What of a {@link Trace} is found by looking at the calls alone. */
export type Departure = {
  [K in Trace["kind"]]: Omit<Extract<Trace, { kind: K }>, "cell" | "expected">;
}[Trace["kind"]];
