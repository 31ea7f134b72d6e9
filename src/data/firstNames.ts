/** First names for the character-level language model (real data, public domain). */
import { seededRandom } from "../core/random.js";
import { splitGroups } from "./dataSet.js";
import type { DataSet, DataSetInfo } from "./dataSet.js";

const splitSeed = 8;

/** What is known about the first names. */
export const firstNamesInfo: DataSetInfo = {
  id: "firstNames",
  title: "First names in English-speaking countries",
  application: "language modelling",
  source: "Moby Word Lists by Grady Ward (Project Gutenberg 3201), as stdlib-js publishes them",
  licence: "ODC PDDL 1.0 (database) and CC0 1.0 (contents)",
  synthetic: false,
  x: "a letter of the name; at t = 1 nothing",
  y: "the next letter, at last <EOS>",
  T_x: [3, 14],
  T_y: [3, 14],
};

/**
 * 8,403 different names of the letters a to z, in lower case; an example is one name.
 *
 * @returns the examples, the letters and the split; a name has no class
 */
export async function firstNames(): Promise<DataSet<string>> {
  const { firstNameList } = await import("./firstNameList.js");
  const examples = firstNameList.trim().split("\n");
  return {
    info: firstNamesInfo,
    examples,
    labels: [],
    tokens: [..."abcdefghijklmnopqrstuvwxyz"],
    split: splitGroups(examples, (name) => name, 800, seededRandom(splitSeed)),
  };
}
