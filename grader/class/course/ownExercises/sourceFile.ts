/** A file of a teacher's own exercise: what it imports, where its parts stand, and its JavaScript. */
import ts from "typescript";
import { CourseError } from "../checkedYaml.js";

/** An import of values. */
export interface ValueImport {
  /** As it is written: "unrolled", "./mutants.ts". */
  readonly from: string;
  readonly line: number;
  /** What is imported by name, and at which line. */
  readonly names: readonly { readonly name: string; readonly line: number }[];
}

/**
 * An error at a place in a file of an exercise.
 *
 * @param file - its path
 * @param line - counted from 1
 * @param text - what is wrong, and the mend
 * @returns to be thrown
 */
export function faultAt(file: string, line: number, text: string): CourseError {
  return new CourseError(`course: ${file}, line ${line}: ${text}`);
}

/** A file, read and parsed. No type is checked: types are taken out. */
export class SourceFile {
  readonly path: string;
  readonly text: string;
  /** What it imports, but for types. */
  readonly imports: readonly ValueImport[];
  private readonly parsed: ts.SourceFile;

  /**
   * @param path - as messages name it
   * @param text - TypeScript
   */
  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
    this.parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    this.imports = this.parsed.statements.flatMap((one) => this.importOf(one) ?? []);
  }

  /**
   * The file as a CommonJS module, which other files are handed to: so an exercise is compiled in
   * milliseconds, gets the grader's own library, and is forgotten when it has changed.
   *
   * @returns the code, and the map to its source
   * @throws CourseError where it is no TypeScript, with every place
   */
  compiled(): { readonly code: string; readonly map: string } {
    const { outputText, sourceMapText, diagnostics } = ts.transpileModule(this.text, {
      fileName: this.path,
      reportDiagnostics: true,
      compilerOptions: {
        ...{ module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
        sourceMap: true,
      },
    });
    if (diagnostics !== undefined && diagnostics.length > 0) {
      const faults = diagnostics.map(({ start, messageText }) => {
        const why = ts.flattenDiagnosticMessageText(messageText, " ");
        return faultAt(
          this.path,
          this.lineAt(start ?? 0),
          `this is not TypeScript: ${why}; mend the line`,
        ).message;
      });
      throw new CourseError(faults.join("\n"));
    }
    return {
      code: outputText.replace(/\n\/\/# sourceMappingURL=.*$/, ""),
      map: sourceMapText ?? "",
    };
  }

  /**
   * The line of a part of what the file exports.
   *
   * @param name - the exported constant or function
   * @param path - keys and indices that lead to the part
   * @returns the line of the nearest part around it that is written out here, counted from 1; 1 where there is none
   */
  lineOf(name: string, path: readonly PropertyKey[] = []): number {
    let node = this.exported(name);
    if (node === undefined) return 1;
    for (const key of path) {
      const part = partOf(node, key);
      if (part === undefined) break;
      node = part;
    }
    return this.lineAt(node.getStart(this.parsed));
  }

  /**
   * The line where something is given a name.
   *
   * @param name - the text behind `name:`
   * @returns undefined where nothing is
   */
  lineOfName(name: string): number | undefined {
    const find = (node: ts.Node): ts.Node | undefined =>
      ts.isPropertyAssignment(node) &&
      node.name.getText(this.parsed) === "name" &&
      ts.isStringLiteralLike(node.initializer) &&
      node.initializer.text === name
        ? node
        : ts.forEachChild(node, find);
    const found = find(this.parsed);
    return found && this.lineAt(found.getStart(this.parsed));
  }

  private lineAt(position: number): number {
    return this.parsed.getLineAndCharacterOfPosition(position).line + 1;
  }

  private exported(name: string): ts.Node | undefined {
    for (const one of this.parsed.statements) {
      if (ts.isFunctionDeclaration(one) && one.name?.text === name) return one;
      if (!ts.isVariableStatement(one)) continue;
      const found = one.declarationList.declarations.find(
        (declared) => declared.name.getText(this.parsed) === name,
      );
      if (found !== undefined) return found.initializer ?? found;
    }
    return undefined;
  }

  private importOf(statement: ts.Statement): ValueImport | undefined {
    const isImport = ts.isImportDeclaration(statement);
    if (!isImport && !ts.isExportDeclaration(statement)) return undefined;
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) return undefined;
    const clause = isImport ? statement.importClause : statement;
    const isOfTypes = isImport
      ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : statement.isTypeOnly;
    if (isOfTypes) return undefined;
    const bindings =
      clause === undefined
        ? undefined
        : ts.isImportClause(clause)
          ? clause.namedBindings
          : clause.exportClause;
    const named: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[] =
      bindings !== undefined && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings))
        ? Array.from<ts.ImportSpecifier | ts.ExportSpecifier>(bindings.elements)
        : [];
    return {
      from: moduleSpecifier.text,
      line: this.lineAt(moduleSpecifier.getStart(this.parsed)),
      names: named
        .filter(({ isTypeOnly }) => !isTypeOnly)
        .map((one) => ({
          name: (one.propertyName ?? one.name).text,
          line: this.lineAt(one.getStart(this.parsed)),
        })),
    };
  }
}

/** A part of what is written out. */
function partOf(whole: ts.Node, key: PropertyKey): ts.Node | undefined {
  let node = whole;
  while (
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isParenthesizedExpression(node)
  )
    node = node.expression;
  if (ts.isArrayLiteralExpression(node)) return node.elements[Number(key)];
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const found = node.properties.find(
    ({ name }) =>
      name !== undefined &&
      (ts.isIdentifier(name) || ts.isStringLiteral(name)) &&
      name.text === String(key),
  );
  return found !== undefined && ts.isPropertyAssignment(found) ? found.initializer : found;
}
