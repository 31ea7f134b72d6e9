/**
 * Text that shows itself in HTML and in XML, also inside quoted attributes, whatever it holds.
 *
 * @param text - any text
 * @returns the text with entities in place of what would be markup
 */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
