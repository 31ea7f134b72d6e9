/** What the display needs of the values that it shows: it imports none of their classes. */

/** What a bundle needs of a matrix. */
export interface MatrixView {
  readonly rows: number;
  readonly cols: number;
  get(i: number, j: number): number;
}

/** What a bundle needs of a sequence. */
export interface SequenceView extends Iterable<MatrixView> {
  readonly rows: number;
  readonly cols: number;
  readonly T_x: number;
}
