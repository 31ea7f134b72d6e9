/**
 * Room for the numbers of matrices. A typed array with memory of its own costs a microsecond, several times what the
 * sums in a small matrix cost; so small ones get the next piece of a block that they share. No piece is handed out
 * twice, so all are zeros at first; a block is freed when none of its pieces is in use any more.
 */
const blockBytes = 65_536;
/** Larger arrays get memory of their own: few fit into a block, and one that stays would keep all of it. */
const largestPiece = 4096;

let block = new ArrayBuffer(blockBytes);
let taken = 0;

/**
 * `count` zeros.
 *
 * @param count - how many float64 numbers
 * @returns an array of its own, perhaps over a part of a shared block
 */
export function zeroNumbers(count: number): Float64Array {
  const bytes = count * Float64Array.BYTES_PER_ELEMENT;
  if (bytes > largestPiece) return new Float64Array(count);
  if (taken + bytes > blockBytes) {
    block = new ArrayBuffer(blockBytes);
    taken = 0;
  }
  const piece = new Float64Array(block, taken, count);
  taken += bytes;
  return piece;
}

/**
 * Begins a new block: what is made from here on shares none with what was made before. So code that
 * writes beyond its own array, through `data.buffer`, reaches none of the later ones.
 */
export function startBlock(): void {
  block = new ArrayBuffer(blockBytes);
  taken = 0;
}
