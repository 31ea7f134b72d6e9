/** The assignment's cases for graders in Python: the same inputs, right answers and tolerances as our own. */
import type { Argument } from "../../../../exercises/exercise.js";
import { isStandIn } from "../../../../exercises/standIns.js";
import { exercise } from "../../../../exercises/manifest.js";
import { AssignmentInputs } from "../../../../grader/class/inputs.js";
import { Mat, Sequence } from "../../../../src/index.js";
import { IDS } from "../madeClass.js";

/**
 * All exercises' cases as JSON; race_checks.py reads it.
 *
 * @param seed - the assignment's
 * @returns the text
 */
export function casesText(seed: number): string {
  const inputs = new AssignmentInputs(seed);
  const all = IDS.map((id) => {
    const one = exercise(id);
    const { prepare } = inputs.of(one)!;
    const cases = one.cases.map((each) => {
      const { args, expected } = prepare(each);
      const refused = expected.kind === "threw";
      const answer = refused ? null : without(written(expected.value), one.ignore ?? []);
      return { name: each.name, args: args.map(written), refused, expected: answer };
    });
    const { atol, rtol } = one.tolerance;
    return [id, { atol, rtol, cases }] as const;
  });
  return JSON.stringify(Object.fromEntries(all));
}

/** A value as race_checks.py reads it. */
function written(value: Argument | unknown): unknown {
  if (value instanceof Mat) {
    return {
      mat: Array.from({ length: value.rows }, (_, i) => Array.from(value.T.column(i).data)),
    };
  }
  if (value instanceof Sequence) return Array.from(value, written);
  if (Array.isArray(value)) return value.map(written);
  if (typeof value !== "object" || value === null || isStandIn(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, written(one)]));
}

function without(value: unknown, keys: readonly string[]): unknown {
  if (keys.length === 0) return value;
  return Object.fromEntries(Object.entries(value as object).filter(([key]) => !keys.includes(key)));
}
