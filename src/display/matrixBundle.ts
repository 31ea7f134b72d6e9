/** How matrices and sequences show themselves in a notebook. */
import type { MimeBundle } from "./bundle.js";

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

/** The bundle of one matrix. */
export function matBundle(matrix: MatrixView): MimeBundle {
  return { "text/plain": String(matrix) };
}

/** The bundle of one sequence. */
export function sequenceBundle(sequence: SequenceView): MimeBundle {
  return { "text/plain": String(sequence) };
}
