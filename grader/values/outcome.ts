/** What came of a call. */

/** What a function did with its arguments. */
export type Outcome =
  | { readonly kind: "answer"; readonly value: unknown }
  | { readonly kind: "threw"; readonly name: string; readonly message: string };
