/** Names that stand for something else in a part of a cell than at its top level. */
import type TypeScript from "typescript";
import type { Ts } from "./files.js";
import { boundNames, varNames } from "./topLevel.js";

/**
 * The names that a node declares for what is inside it, as a function its parameters and a block its `let`s.
 *
 * @param ts - TypeScript
 * @param node - any node below a cell's statements, or one of these
 * @returns the names; none for most nodes
 */
export function namesFor(ts: Ts, node: TypeScript.Node): readonly string[] {
  if (ts.isFunctionLike(node)) {
    const own = ts.isFunctionExpression(node) && node.name !== undefined ? [node.name.text] : [];
    return [...own, ...node.parameters.flatMap(({ name }) => boundNames(ts, name))];
  }
  if (ts.isClassExpression(node)) return node.name === undefined ? [] : [node.name.text];
  if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    const { initializer } = node;
    return initializer !== undefined && ts.isVariableDeclarationList(initializer)
      ? listed(ts, initializer)
      : [];
  }
  if (ts.isCatchClause(node))
    return node.variableDeclaration === undefined
      ? []
      : boundNames(ts, node.variableDeclaration.name);
  if (ts.isBlock(node) || ts.isModuleBlock(node)) {
    // A parameter's default does not see the `var`s of the body.
    const isBody = ts.isFunctionLike(node.parent) || ts.isModuleBlock(node);
    return [...lexical(ts, node.statements), ...(isBody ? varNames(ts, node) : [])];
  }
  if (ts.isCaseBlock(node))
    return node.clauses.flatMap(({ statements }) => lexical(ts, statements));
  return [];
}

/** The names that statements declare for their block: all but `var`s. */
function lexical(ts: Ts, statements: readonly TypeScript.Statement[]): string[] {
  return statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) return listed(ts, statement.declarationList);
    const isNamed =
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement) ||
      ts.isModuleDeclaration(statement);
    return isNamed && statement.name !== undefined ? [statement.name.text] : [];
  });
}

function listed(ts: Ts, list: TypeScript.VariableDeclarationList): string[] {
  const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
  return isVar ? [] : list.declarations.flatMap(({ name }) => boundNames(ts, name));
}
