/** A learner's file as it is loaded, in a class and in `learn` alike. */
import { withoutPackages } from "./packages.js";
import { hasNamelessDefault, plainModule } from "./plainModule.js";
import { cellsOfRepeats, cellWith, keptOfRepeats } from "./repeats.js";
import { statementsOf } from "./statements.js";

/**
 * The module of one exercise's file.
 *
 * @param source - the file's text
 * @param name - the exercise's id, which a default export without a name gets where nothing else has it
 * @returns the same lines, as they are loaded
 */
export function asLoaded(source: string, name: string): string {
  const before = statementsOf(source);
  const isNamed = before.some(({ kind, declares }) => kind !== "import" && declares.includes(name));
  const text = plainModule(source, !isNamed && hasNamelessDefault(before) ? name : undefined);
  const cells = cellsOfRepeats(text, text === source ? before : statementsOf(text));
  const own = cells && cellWith(name, cells, (one) => isStarter(one, name));
  if (cells === undefined || own === undefined) return withoutPackages(text);
  return withoutPackages(keptOfRepeats(name, own, cells, []).text);
}

/**
 * Whether a source still throws what the starter throws.
 *
 * @param source - the code of a notebook's cell or of a file
 * @param exercise - the exercise's id
 * @returns true also where more was written around it
 */
export function isStarter(source: string, exercise: string): boolean {
  return source.includes(`NotImplementedError("${exercise}")`);
}
