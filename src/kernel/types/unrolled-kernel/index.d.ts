/** What the kernel adds to the global names of cells. */

/**
 * Asks the notebook's user; the cell goes on with the answer.
 *
 * @param text - what is asked
 * @param options - `password: true` hides what is typed
 */
declare function prompt(text?: string, options?: { readonly password?: boolean }): Promise<string>;
