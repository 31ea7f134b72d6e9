/** Constants that a program assigns to although the type checker is told to look away, as by `(c as any) = 2`. */
import type TypeScript from "typescript";

/**
 * `constantOf(() => x).value`, to be assigned to in place of `x`.
 *
 * @param factory - makes nodes
 * @param constantOf - what stands for constants when the program runs
 * @param value - reads the constant
 * @returns the target of the assignment
 */
export function constant(
  factory: TypeScript.NodeFactory,
  constantOf: TypeScript.Expression,
  value: TypeScript.Expression,
): TypeScript.Expression {
  const read = factory.createArrowFunction(undefined, undefined, [], undefined, undefined, value);
  const call = factory.createCallExpression(constantOf, undefined, [read]);
  return factory.createPropertyAccessExpression(call, "value");
}
