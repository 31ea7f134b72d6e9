/** Which of the five types of RNN a task asks for, by the lengths of its examples. */
import { inWords, requireRecord } from "../core/arguments.js";
import { OutOfRangeError } from "../core/errors.js";

/** The lengths of one example. */
export interface ExampleLengths {
  /** Steps of the input; 0 where there is none, such as music made from nothing. */
  readonly T_x: number;
  /** Steps of the output. */
  readonly T_y: number;
}

/** The five types of RNN. */
export type TaskType =
  "one-to-one" | "one-to-many" | "many-to-one" | "many-to-many-equal" | "many-to-many-unequal";

/**
 * The type of a task, from the lengths of all its examples: "one" is a length that is never
 * more than 1; two "many" are equal when T_x⁽ⁱ⁾ = T_y⁽ⁱ⁾ in every example.
 *
 * @param examples - the lengths of each example, in steps
 * @returns such as "many-to-one"
 * @throws OutOfRangeError when there is no example or a length is no whole number (T_x ≥ 0, T_y ≥ 1)
 * @example
 * classifyTask([{ T_x: 9, T_y: 1 }, { T_x: 1, T_y: 1 }]) // → "many-to-one"
 */
export function classifyTask(examples: readonly ExampleLengths[]): TaskType {
  if (!Array.isArray(examples)) {
    throw new OutOfRangeError(
      `classifyTask: expected a list of examples, got ${inWords(examples)}`,
    );
  }
  if (examples.length === 0) {
    throw new OutOfRangeError("classifyTask: expected at least one example, got none");
  }
  examples.forEach((example, i) => {
    requireRecord("classifyTask", `example ${i + 1}`, example);
    const { T_x, T_y } = example;
    if (!Number.isInteger(T_x) || !Number.isInteger(T_y) || T_x < 0 || T_y < 1) {
      throw new OutOfRangeError(
        `classifyTask: example ${i + 1}: expected whole numbers of steps, T_x ≥ 0 and T_y ≥ 1, got T_x = ${T_x} and T_y = ${T_y}`,
      );
    }
  });
  const oneInput = examples.every(({ T_x }) => T_x <= 1);
  const oneOutput = examples.every(({ T_y }) => T_y === 1);
  if (oneInput && oneOutput) return "one-to-one";
  if (oneInput) return "one-to-many";
  if (oneOutput) return "many-to-one";
  const equal = examples.every(({ T_x, T_y }) => T_x === T_y);
  return equal ? "many-to-many-equal" : "many-to-many-unequal";
}
