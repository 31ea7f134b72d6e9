/** What a notebook can show: one value under several MIME types; the front end takes the richest. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/**
 * The method under this symbol gives a value's bundle when the value ends a cell (the name is
 * shared with Deno's kernel).
 */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");
