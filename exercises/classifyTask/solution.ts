/** The five types of task, by the lengths of input and output. */
type TaskType =
  | "one-to-one"
  | "one-to-many"
  | "many-to-one"
  | "many-to-many-equal"
  | "many-to-many-unequal";

/**
 * The type of a task, from the lengths of its examples.
 *
 * @param examples - the lengths T_x and T_y of each example, in steps
 */
export function classifyTask(
  examples: readonly { T_x: number; T_y: number }[],
): TaskType {
  if (examples.length === 0)
    throw new RangeError("classifyTask: there are no examples");
  let oneIn = true;
  let oneOut = true;
  let equal = true;
  for (const { T_x, T_y } of examples) {
    if (!Number.isInteger(T_x) || !Number.isInteger(T_y) || T_x < 0 || T_y < 1) {
      throw new RangeError(
        `classifyTask: these are no lengths: T_x = ${T_x}, T_y = ${T_y}`,
      );
    }
    if (T_x > 1) oneIn = false;
    if (T_y > 1) oneOut = false;
    if (T_x !== T_y) equal = false;
  }
  if (oneIn) return oneOut ? "one-to-one" : "one-to-many";
  if (oneOut) return "many-to-one";
  return equal ? "many-to-many-equal" : "many-to-many-unequal";
}
