/**
 * The contrast of a picture's words with the page (WCAG 2), 1 to 21. It runs in the page: it uses nothing from outside.
 *
 * @param element - what holds the words
 * @param options - the page's colour, or a style variable that has it; which words
 * @returns a number a word, in their order
 */
export function contrastsIn(
  element: Element,
  { paper, words }: { readonly paper: string; readonly words: string },
): readonly number[] {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
  const page = paper.startsWith("--")
    ? getComputedStyle(document.documentElement).getPropertyValue(paper)
    : paper;
  const luminance = (...colours: readonly string[]): number => {
    for (const colour of colours) {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...element.querySelectorAll(words)].map((text) => {
    const both = [luminance(page), luminance(page, getComputedStyle(text).fill)];
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  });
}
