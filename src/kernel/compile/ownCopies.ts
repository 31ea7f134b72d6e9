/**
 * Which shared names a cell's top-level code may keep a copy of. A name that a loop reads and writes in its object again
 * and again costs the loop several times what a variable costs it; with a copy, the loop reads the copy and writes both.
 *
 * The copy is right as long as nothing else assigns the name while the cell runs: no function does, be it the cell's own
 * or an earlier cell's, and the cell waits for nothing, so that no other cell can run meanwhile.
 */
import type TypeScript from "typescript";
import { isAssignment, isStep } from "./assignments.js";
import type { Ts } from "./files.js";
import { namesFor } from "./shadows.js";

/** What a cell assigns; a name that is another one's in a function or a block is not meant. */
export interface Assignments {
  /** Names that can be assigned after its top-level code has gone on: by its functions, and by all of it if it waits. */
  readonly later: ReadonlySet<string>;
  /** The names in its loops that its top-level code may keep copies of, as far as it is concerned. */
  readonly copied: ReadonlySet<string>;
}

/**
 * Finds what a cell assigns.
 *
 * @param ts - TypeScript
 * @param file - the parsed cell, with parents
 * @returns its assignments
 */
export function assignmentsOf(ts: Ts, file: TypeScript.SourceFile): Assignments {
  const declared = new Set<string>();
  const inLoops = new Set<string>();
  const atTop = new Set<string>();
  const later = new Set<string>();
  // Assigned at the top level in a form that gives another value than it assigns, or by a pattern.
  const otherwise = new Set<string>();
  let waits = false;
  // How many of the nodes around declare a name for themselves.
  const shadowed = new Map<string, number>();
  const shadow = (names: readonly string[], by: 1 | -1): void => {
    for (const name of names) shadowed.set(name, (shadowed.get(name) ?? 0) + by);
  };
  const isShared = (name: string): boolean => (shadowed.get(name) ?? 0) === 0;

  const assign = (target: TypeScript.Node, isInside: boolean, isPlain: boolean): void => {
    if (ts.isIdentifier(target)) {
      if (!isShared(target.text)) return;
      (isInside ? later : atTop).add(target.text);
      if (!isPlain) otherwise.add(target.text);
      return;
    }
    if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) return;
    ts.forEachChild(target, (part) => assign(part, isInside, false));
  };
  const visit = (node: TypeScript.Node, isInside: boolean, isRepeated: boolean): void => {
    const names = namesFor(ts, node);
    shadow(names, 1);
    if (isRepeated && ts.isIdentifier(node)) inLoops.add(node.text);
    if (ts.isBinaryExpression(node) && isAssignment(ts, node.operatorToken.kind)) {
      assign(node.left, isInside, ts.isIdentifier(node.left));
    } else if (isStep(ts, node)) {
      assign(node.operand, isInside, ts.isPrefixUnaryExpression(node) || isUnused(ts, node));
    } else if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
      if (!ts.isVariableDeclarationList(node.initializer))
        assign(node.initializer, isInside, false);
      if (ts.isForOfStatement(node) && node.awaitModifier !== undefined && !isInside) waits = true;
    } else if (ts.isAwaitExpression(node) && !isInside) {
      waits = true;
    } else if (
      ts.isVariableDeclarationList(node) &&
      (node.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing
    ) {
      waits = true;
    }
    const isRoom = ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node);
    const isLoop = ts.isIterationStatement(node, false);
    ts.forEachChild(node, (part) => visit(part, isInside || isRoom, isRepeated || isLoop));
    shadow(names, -1);
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement) && isLetOrConst(ts, statement.declarationList))
      for (const { name } of statement.declarationList.declarations)
        if (ts.isIdentifier(name)) declared.add(name.text);
    visit(statement, false, false);
  }
  if (waits) return { later: new Set([...later, ...atTop]), copied: new Set() };
  const copied = [...declared].filter(
    (name) => inLoops.has(name) && !later.has(name) && !otherwise.has(name),
  );
  return { later, copied: new Set(copied) };
}

function isLetOrConst(ts: Ts, { flags }: TypeScript.VariableDeclarationList): boolean {
  const scoped = flags & ts.NodeFlags.BlockScoped;
  return scoped === ts.NodeFlags.Let || scoped === ts.NodeFlags.Const;
}

/** Whether nobody looks at the value of an expression; that of a cell's last statement is shown. */
function isUnused(ts: Ts, node: TypeScript.Node): boolean {
  const { parent } = node;
  if (ts.isForStatement(parent)) return parent.incrementor === node;
  return ts.isExpressionStatement(parent) && !ts.isSourceFile(parent.parent);
}
