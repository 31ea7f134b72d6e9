/** Jupyter counts a cursor's place in code points, JavaScript in UTF-16 units: `𝑎` is one and two. */

/** @returns the place in UTF-16 units of a place in code points */
export function unitsFromPoints(text: string, points: number): number {
  let units = 0;
  for (let seen = 0; seen < points && units < text.length; seen++) {
    units += text.codePointAt(units)! > 0xffff ? 2 : 1;
  }
  return units;
}

/** @returns the place in code points of a place in UTF-16 units */
export function pointsFromUnits(text: string, units: number): number {
  return Array.from(text.slice(0, units)).length;
}
