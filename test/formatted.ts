/** Files of the pack's that a script writes, in the form that `npm run format` gives them. */
import { writeWhole } from "#common/write-whole";
import { format, resolveConfig } from "prettier";

/**
 * Writes a file whole, formatted as its neighbours are.
 *
 * @param file - its path
 * @param text - what it holds
 */
export async function writeFormatted(file: string, text: string): Promise<void> {
  writeWhole(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
