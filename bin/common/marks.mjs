/** The signs for how something ended, in a terminal as on a page; a word always stands beside them. */
export const marks = {
  passed: "✓",
  failed: "✗",
  /** Not run, or not needed. */
  open: "–",
};
