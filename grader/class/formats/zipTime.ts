/** The time that files in a zip have: a zip can't be older, and the same content is always the same file. */
export const ALWAYS_THE_SAME: Date = new Date(1980, 0, 1);
