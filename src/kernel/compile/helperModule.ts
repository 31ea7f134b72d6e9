/**
 * From a file of the user's to a function body: `exports` and `require` as in CommonJS, whose getters keep bindings live
 * and which knows circles; top-level `await` and `import.meta` as in ES modules.
 */
import type TypeScript from "typescript";
import { isTarget } from "./assignments.js";
import { constant } from "./constants.js";
import type { Ts } from "./files.js";
import { boundNames } from "./topLevel.js";

/** A file that is ready to run. */
export interface HelperModule {
  readonly code: string;
  readonly map: string | undefined;
  /** What is loaded before it, in this order. */
  readonly imports: readonly string[];
  readonly isAsync: boolean;
  /** Whether it is written as an ES module, with imports and exports. */
  readonly isEsModule: boolean;
  /** Whether it first gives out its functions, and then waits for what it imports: in a circle others may call them. */
  readonly isInTwo: boolean;
  /** The exports that are not there before their declarations: constants, classes, and what `let` begins with a value. */
  readonly later: readonly string[];
}

/**
 * What `import.meta`, `import(…)` and an assignment to a constant become: properties of a parameter of that name. One more
 * is a promise of what the file imports.
 */
export const helperKernel = "kernel$";

/**
 * Compiles a file; its types are checked elsewhere.
 *
 * @param ts - TypeScript
 * @param options - the options that cells have
 * @param path - the file
 * @param text - its text
 * @returns what runs
 */
export function helperModule(
  ts: Ts,
  options: TypeScript.CompilerOptions,
  path: string,
  text: string,
): HelperModule {
  text = text.replace(/^#!/, "//"); // what runs is no file's first line
  // One file alone: nothing is resolved.
  const { outDir: _, rootDir: __, customConditions: ___, paths: ____, ...rest } = options;
  const { outputText, sourceMapText } = ts.transpileModule(text, {
    // With an ending of these, TypeScript would not make CommonJS.
    fileName: path.replace(/\.[cm]([jt]s)$/, ".$1"),
    compilerOptions: {
      ...rest,
      module: ts.ModuleKind.CommonJS,
      allowImportingTsExtensions: false,
    },
    transformers: { before: [kernelsPart(ts)] },
  });
  const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const whole = outputText.replace(/\/\/# sourceMappingURL=\S*\s*$/, "");
  const code = whole.replace(givingFunctions, `$& await ${helperKernel}.imported;`);
  const isInTwo = code !== whole;
  return {
    code,
    isEsModule: whole.includes('Object.defineProperty(exports, "__esModule"'),
    isInTwo,
    map: sourceMapText,
    imports: importsOf(ts, parsed).filter((name) =>
      outputText.includes(`require(${JSON.stringify(name)})`),
    ),
    isAsync: isInTwo || awaits(ts, parsed),
    later: laterExports(ts, parsed),
  };
}

/** The lines with which TypeScript begins a CommonJS module, where functions are among what they give out. */
const givingFunctions =
  /^Object\.defineProperty\(exports, "__esModule".*\n(?:exports\.[^\n]* = void 0;\n)*(?:exports\.[\w$]+ = [\w$]+;\n)*exports\.[\w$]+ = (?!void)[\w$]+;$/m;

function laterExports(ts: Ts, file: TypeScript.SourceFile): readonly string[] {
  const inner = new Set<string>();
  const names: string[] = [];
  const isMarked = (node: TypeScript.HasModifiers, kind: TypeScript.SyntaxKind): boolean =>
    node.modifiers?.some((modifier) => modifier.kind === kind) === true;
  const declare = (
    statement: TypeScript.Statement & TypeScript.HasModifiers,
    name: string,
  ): void => {
    if (isMarked(statement, ts.SyntaxKind.DeclareKeyword)) return;
    inner.add(name);
    if (!isMarked(statement, ts.SyntaxKind.ExportKeyword)) return;
    names.push(isMarked(statement, ts.SyntaxKind.DefaultKeyword) ? "default" : name);
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      const { declarations, flags } = statement.declarationList;
      if ((flags & ts.NodeFlags.BlockScoped) === 0) continue;
      for (const { name, initializer } of declarations)
        if (initializer !== undefined)
          for (const one of boundNames(ts, name)) declare(statement, one);
    } else if (ts.isClassDeclaration(statement)) declare(statement, statement.name?.text ?? "");
    else if (ts.isExportAssignment(statement) && statement.isExportEquals !== true)
      names.push("default");
  }
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier !== undefined) continue;
    const { exportClause } = statement;
    if (statement.isTypeOnly || exportClause === undefined) continue;
    if (!ts.isNamedExports(exportClause)) continue;
    for (const { name, propertyName = name, isTypeOnly } of exportClause.elements)
      if (!isTypeOnly && inner.has(propertyName.text)) names.push(name.text);
  }
  return names;
}

function importsOf(ts: Ts, file: TypeScript.SourceFile): readonly string[] {
  const names = file.statements.flatMap((statement) => {
    const specifier =
      ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)
        ? statement.moduleSpecifier
        : ts.isImportEqualsDeclaration(statement) &&
            ts.isExternalModuleReference(statement.moduleReference)
          ? statement.moduleReference.expression
          : undefined;
    return specifier !== undefined && ts.isStringLiteral(specifier) ? [specifier.text] : [];
  });
  return [...new Set(names)];
}

/**
 * Whether a program waits outside of its functions.
 *
 * @param ts - TypeScript
 * @param file - the parsed program
 * @returns whether it must run in an async function
 */
export function awaits(ts: Ts, file: TypeScript.SourceFile): boolean {
  if (!/\bawait\b/.test(file.text)) return false;
  const visit = (node: TypeScript.Node): boolean =>
    ts.isAwaitExpression(node) ||
    (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ||
    (ts.isVariableDeclarationList(node) &&
      (node.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing) ||
    (!ts.isFunctionLike(node) && ts.forEachChild(node, visit) === true);
  return ts.forEachChild(file, visit) === true;
}

function kernelsPart(ts: Ts): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => (file) => {
    const f = context.factory;
    const member = (name: string): TypeScript.Expression =>
      f.createPropertyAccessExpression(f.createIdentifier(helperKernel), name);
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
        return member("meta");
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        const args = node.arguments.map((arg) => ts.visitNode(arg, visit) as TypeScript.Expression);
        return f.createCallExpression(member("dynamic"), undefined, args);
      }
      if (ts.isShorthandPropertyAssignment(node) && isTarget(ts, node) && isLive(ts, node.name)) {
        const { name, objectAssignmentInitializer: fallback } = node;
        const target = constant(f, member("constant"), name);
        const value = fallback && (ts.visitNode(fallback, visit) as TypeScript.Expression);
        return f.createPropertyAssignment(
          name.text,
          value === undefined ? target : f.createAssignment(target, value),
        );
      }
      if (ts.isIdentifier(node) && isTarget(ts, node) && isLive(ts, node))
        return constant(f, member("constant"), node);
      return ts.visitEachChild(node, visit, context);
    };
    return ts.visitEachChild(file, visit, context);
  };
}

/** TypeScript keeps the names of a block, function or file there, and does not say so. */
interface Room extends TypeScript.Node {
  readonly locals?: TypeScript.SymbolTable;
}

/**
 * Whether a name is an import or an exported constant of its file: CommonJS makes properties of these, which would let
 * themselves be assigned to.
 */
function isLive(ts: Ts, name: TypeScript.Identifier): boolean {
  for (let room: Room = name; ; room = room.parent) {
    const found = room.locals?.get(name.escapedText);
    if (found !== undefined) return ts.isSourceFile(room) && isFixed(ts, found.declarations?.[0]);
    if (ts.isSourceFile(room)) return false;
  }
}

function isFixed(ts: Ts, declaration: TypeScript.Declaration | undefined): boolean {
  if (declaration === undefined) return false;
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list))
    return (
      ts.isImportSpecifier(declaration) ||
      ts.isImportClause(declaration) ||
      ts.isNamespaceImport(declaration) ||
      ts.isImportEqualsDeclaration(declaration)
    );
  return (list.flags & ts.NodeFlags.Const) !== 0;
}
