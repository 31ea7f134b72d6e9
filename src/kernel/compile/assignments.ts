/** What is assigned to. */
import type TypeScript from "typescript";
import type { Ts } from "./files.js";

/**
 * Whether an operator assigns.
 *
 * @param ts - TypeScript
 * @param kind - the operator
 * @returns whether it is `=`, `+=` or another of them
 */
export function isAssignment(ts: Ts, kind: TypeScript.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/**
 * Whether an expression is `++x`, `x++`, `--x` or `x--`.
 *
 * @param ts - TypeScript
 * @param node - the expression
 * @returns whether it is
 */
export function isStep(
  ts: Ts,
  node: TypeScript.Node,
): node is TypeScript.PrefixUnaryExpression | TypeScript.PostfixUnaryExpression {
  return (
    (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken ||
      node.operator === ts.SyntaxKind.MinusMinusToken)
  );
}

/**
 * Whether an expression is assigned to: by an operator, as a part of a pattern, or in the head of a loop.
 *
 * @param ts - TypeScript
 * @param node - the expression, or a shorthand property
 * @returns whether it is
 */
export function isTarget(ts: Ts, node: TypeScript.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent))
    return parent.left === node && isAssignment(ts, parent.operatorToken.kind);
  if (isStep(ts, parent)) return true;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent))
    return parent.initializer === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node && isTarget(ts, parent);
  const isPart =
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isTypeAssertionExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isObjectLiteralExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isSpreadAssignment(parent);
  return isPart && isTarget(ts, parent);
}
