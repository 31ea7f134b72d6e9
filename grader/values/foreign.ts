/**
 * What an answer holds in place of a value that no answer can hold: a function, a promise, a
 * typed array, an object of a class. It keeps the words for it, so that the comparison can say
 * what came.
 */
export class Foreign {
  /** Such as "a function" or "a Float64Array of 5 numbers". */
  readonly what: string;

  constructor(what: string) {
    this.what = what;
  }
}
