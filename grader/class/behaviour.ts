/** By what students who make the same unnamed mistake are known: the same answers to the same inputs. */
import { createHash } from "node:crypto";
import type { Exercise } from "../../exercises/exercise.js";
import { tellBehaviour } from "../judge/behaviour.js";
import type { ObservedCase } from "../judge/diagnosis/explanation.js";
import type { Prepared } from "./inputs.js";

/** How many characters of the inputs' hash are enough to know a class's by. */
const INPUTS = 16;

/**
 * A digest of wrong answers. It says nothing about them, and is for instructors alone.
 *
 * @param exercise - with its tolerance
 * @param cases - all of them, each run to its end
 * @param prepared - what was asked
 * @returns the inputs' hash, "-", and the answers'
 */
export function behaviourOf(
  exercise: Exercise,
  cases: readonly ObservedCase[],
  { key }: Pick<Prepared, "key">,
): string {
  const hash = createHash("sha256");
  tellBehaviour(exercise, cases, (piece) => hash.update(piece));
  return `${inputsOf({ key })}-${hash.digest("hex")}`;
}

/** Of a function that has no behaviour on these inputs: it is right there, or its mistake is known. */
export function noBehaviour(prepared: Pick<Prepared, "key">): string {
  return `${inputsOf(prepared)}-none`;
}

/** Whether a behaviour is one on these inputs. */
export function isOn(behaviour: string, prepared: Pick<Prepared, "key">): boolean {
  return behaviour.startsWith(`${inputsOf(prepared)}-`);
}

function inputsOf({ key }: Pick<Prepared, "key">): string {
  return key.slice(0, INPUTS);
}
