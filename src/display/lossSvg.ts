/** A loss so far as a small inline SVG that is quick to draw again and again. */
import { escapeHtml } from "./escapeHtml.js";
import { palette, textColour } from "./palette.js";

const [width, height, top] = [480, 120, 22];
/** More points than this cannot be told apart. */
const mostPoints = 240;

/**
 * The losses as a line over all steps that there will be, from 0 to the largest.
 *
 * @param losses - the losses of step 1, 2, …; those that are not finite are left out
 * @param steps - how many steps there will be
 * @param caption - what stands above the line, and what is told to who does not see it
 * @returns SVG text
 */
export function lossSvg(losses: readonly number[], steps: number, caption: string): string {
  const size = Math.ceil(steps / mostPoints); // steps to a point, which is their mean
  const points = Array.from({ length: Math.ceil(losses.length / size) }, (_, k) => {
    const together = losses.slice(k * size, (k + 1) * size);
    const loss = together.reduce((sum, value) => sum + value, 0) / together.length;
    return { step: k * size + (together.length + 1) / 2, loss };
  }).filter(({ loss }) => Number.isFinite(loss));
  const largest = points.reduce((most, { loss }) => Math.max(most, loss), 0);
  const bottom = height - 4;
  const line = points
    .map(({ step, loss }) => {
      const x = (step / steps) * width;
      const y = bottom - (largest > 0 ? loss / largest : 0) * (bottom - top);
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
  const label = escapeHtml(caption);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}" font-family="sans-serif"><text x="0" y="13" font-size="12" fill="${textColour}">${label}</text><path d="M0 ${bottom}H${width}" stroke="${palette.neutral}"/><polyline points="${line}" fill="none" stroke="${palette.input}" stroke-width="1.5"/></svg>`;
}
