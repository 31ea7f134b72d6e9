/** In what an answer is not the expected one, in the course's terms. */

/** In what an answer differs from the expected one. */
export type DifferenceKind =
  "value" | "shape" | "missing" | "type" | "should-throw" | "mutated-input" | "not-repeatable";

/** A small matrix around the first difference: what came, what was expected, which entries differ. */
export interface Excerpt {
  /** What the matrix is called, such as "a⟨3⟩". */
  readonly symbol: string;
  readonly got: readonly (readonly string[])[];
  readonly expected: readonly (readonly string[])[];
  readonly wrong: readonly (readonly boolean[])[];
}

/** The first difference between an answer and the expected one. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** What differs, in the course's symbols: "a⟨3⟩". */
  readonly symbol: string;
  /** Where, counted from 1: "a⟨3⟩, unit 2, example 1". */
  readonly place: string;
  /** The same place in code, counted from 0: "a.at(3).get(1, 0)". */
  readonly code: string;
  readonly got: string;
  readonly expected: string;
  readonly absoluteError?: number;
  /** |got − expected| / |expected|. */
  readonly relativeError?: number;
  /** The largest absolute error that would have passed at this place. */
  readonly tolerance?: number;
  /** How many entries of this part of the answer differ. */
  readonly wrong: number;
  /** How many entries this part of the answer has. */
  readonly total: number;
  /** What the differences have in common, where they do: "signs are flipped". */
  readonly pattern?: string;
  /** How to mend it, where the kind of the difference tells. */
  readonly advice?: string;
  readonly excerpt?: Excerpt;
}
