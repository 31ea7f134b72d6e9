/** Logarithmic axes whose every label is a power of ten and is written. */

/**
 * The scale and the axis of a logarithmic channel over positive values: whole powers of ten at
 * both ends, and a label at every one of them, or at every n-th where the room is too small.
 *
 * @param values - at least one, all positive
 * @param room - the axis's length in pixels
 * @param letterRoom - pixels that a label needs along the axis
 * @returns `scale` and `axis`, for an encoding
 */
export function logAxis(
  values: readonly number[],
  room: number,
  letterRoom: number,
): { readonly scale: object; readonly axis: object } {
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  const every = Math.ceil(((high - low) * letterRoom) / room);
  const labels = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, k) =>
    Number(`1e${high - every * k}`),
  );
  return {
    scale: { type: "log", domain: [Number(`1e${low}`), Number(`1e${high}`)], nice: false },
    axis: { format: "~e", values: labels, labelOverlap: false, labelFlush: false },
  };
}
