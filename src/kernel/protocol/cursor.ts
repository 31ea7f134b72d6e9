/** Jupyter counts a cursor's place in code points, JavaScript in UTF-16 units: `𝑎` is one and two. */

/**
 * @param text - the cell's
 * @param points - a place in code points
 * @returns the same place in UTF-16 units
 */
export function unitsFromPoints(text: string, points: number): number {
  let units = 0;
  for (let seen = 0; seen < points && units < text.length; seen++) {
    units += text.codePointAt(units)! > 0xffff ? 2 : 1;
  }
  return units;
}

/**
 * @param text - the cell's
 * @param units - a place in UTF-16 units
 * @returns the same place in code points
 */
export function pointsFromUnits(text: string, units: number): number {
  return Array.from(text.slice(0, units)).length;
}
