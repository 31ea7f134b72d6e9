import { NotImplementedError } from "unrolled";

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
  throw new NotImplementedError("classifyTask");
}
