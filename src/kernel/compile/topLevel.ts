/** What a cell says before anything is checked: which names it declares for the cells after it, and which it uses. */
import type TypeScript from "typescript";
import type { Ts } from "./files.js";

/**
 * How a top-level name is declared. The value of a `variable` may change; that of a `var` is there, undefined, before
 * its declaration is reached; a `type` has no value; an `ambient` one (`declare …`) has its value from elsewhere.
 */
export type NameKind =
  | "variable"
  | "var"
  | "constant"
  | "function"
  | "class"
  | "enum"
  | "namespace"
  | "import"
  | "type"
  | "ambient";

/** The parameters of a type, as they are declared and as they are passed on: `<T extends object = {}>` and `<T>`. */
export interface TypeParameters {
  readonly declared: string;
  readonly used: string;
}

/** A name that a cell declares at its top level. */
export interface TopLevelName {
  readonly name: string;
  readonly kind: NameKind;
  /** Whether there is a type of that name too. */
  readonly isType: boolean;
  /** The module that it is imported from. */
  readonly module?: string;
  /** Of an interface or a type. */
  readonly parameters?: TypeParameters | undefined;
}

/** Kinds that are no more than a type, and so give way to every other declaration of the name. */
const weight: Readonly<Record<NameKind, number>> = {
  type: 0,
  ambient: 1,
  namespace: 2,
  import: 3,
  enum: 4,
  class: 4,
  function: 4,
  constant: 4,
  variable: 4,
  var: 4,
};

/**
 * The names that a cell declares at its top level.
 *
 * @param ts - TypeScript
 * @param file - the parsed cell
 * @returns the names, once each
 */
export function topLevelNames(ts: Ts, file: TypeScript.SourceFile): Map<string, TopLevelName> {
  const names = new Map<string, TopLevelName>();
  const add = (
    name: string,
    kind: NameKind,
    isType = false,
    more: Pick<TopLevelName, "module" | "parameters"> = {},
  ): void => {
    const known = names.get(name);
    names.set(name, {
      name,
      kind: known !== undefined && weight[known.kind] >= weight[kind] ? known.kind : kind,
      isType: isType || (known?.isType ?? false),
      ...more,
    });
  };
  for (const statement of file.statements) {
    const isAmbient =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ===
        true;
    const kindOr = (kind: NameKind): NameKind => (isAmbient ? "ambient" : kind);
    if (ts.isVariableStatement(statement)) {
      const { declarations, flags } = statement.declarationList;
      const scoped = flags & ts.NodeFlags.BlockScoped;
      const kind = scoped === 0 ? "var" : scoped === ts.NodeFlags.Let ? "variable" : "constant";
      for (const declaration of declarations)
        for (const name of boundNames(ts, declaration.name)) add(name, kindOr(kind));
    } else if (ts.isFunctionDeclaration(statement)) {
      if (statement.name !== undefined) add(statement.name.text, kindOr("function"));
    } else if (ts.isClassDeclaration(statement)) {
      if (statement.name !== undefined) add(statement.name.text, kindOr("class"), true);
    } else if (ts.isEnumDeclaration(statement)) {
      add(statement.name.text, kindOr("enum"), true);
    } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      add(statement.name.text, "type", true, { parameters: parametersOf(file, statement) });
    } else if (ts.isModuleDeclaration(statement)) {
      if (ts.isIdentifier(statement.name) && statement.name.text !== "global")
        add(statement.name.text, hasValue(ts, statement) ? kindOr("namespace") : "type", true);
    } else if (ts.isImportEqualsDeclaration(statement)) {
      add(statement.name.text, statement.isTypeOnly ? "type" : "import", true);
    } else if (ts.isImportDeclaration(statement)) {
      const module = moduleOf(ts, statement);
      for (const { name, isTypeOnly } of importedNames(ts, statement))
        add(name, isTypeOnly ? "type" : "import", true, module === undefined ? {} : { module });
    } else {
      for (const name of varNames(ts, statement)) add(name, "var");
    }
  }
  return names;
}

function parametersOf(
  file: TypeScript.SourceFile,
  {
    typeParameters = [] as never,
  }: TypeScript.InterfaceDeclaration | TypeScript.TypeAliasDeclaration,
): TypeParameters {
  const inBrackets = (parts: readonly string[]): string =>
    parts.length === 0 ? "" : `<${parts.join(", ")}>`;
  const declared = typeParameters.map(({ name, constraint, default: standard }) => {
    const bound = constraint === undefined ? "" : ` extends ${constraint.getText(file)}`;
    return `${name.text}${bound}${standard === undefined ? "" : ` = ${standard.getText(file)}`}`;
  });
  return {
    declared: inBrackets(declared),
    used: inBrackets(typeParameters.map(({ name }) => name.text)),
  };
}

/** A name that an import declares. */
export interface ImportedName {
  readonly name: string;
  /** Its name in the module; `*` for the module as a whole. */
  readonly imported: string;
  readonly isTypeOnly: boolean;
  readonly node: TypeScript.Identifier;
}

/**
 * The names that an import declares.
 *
 * @param ts - TypeScript
 * @param statement - the import
 * @returns its names in their order
 */
export function importedNames(
  ts: Ts,
  { importClause }: TypeScript.ImportDeclaration,
): readonly ImportedName[] {
  if (importClause === undefined) return [];
  const { name, namedBindings, isTypeOnly } = importClause;
  const names: ImportedName[] = [];
  if (name !== undefined)
    names.push({ name: name.text, imported: "default", isTypeOnly, node: name });
  if (namedBindings === undefined) return names;
  const bindings = ts.isNamespaceImport(namedBindings) ? [namedBindings] : namedBindings.elements;
  for (const binding of bindings) {
    const imported = ts.isNamespaceImport(binding)
      ? "*"
      : (binding.propertyName ?? binding.name).text;
    const isType = isTypeOnly || (ts.isImportSpecifier(binding) && binding.isTypeOnly);
    names.push({ name: binding.name.text, imported, isTypeOnly: isType, node: binding.name });
  }
  return names;
}

function moduleOf(ts: Ts, { moduleSpecifier }: TypeScript.ImportDeclaration): string {
  return ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
}

/**
 * The names that a declaration binds: one, or those of a pattern.
 *
 * @param ts - TypeScript
 * @param name - the identifier or the pattern
 * @returns the names in their order
 */
export function boundNames(ts: Ts, name: TypeScript.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : boundNames(ts, element.name),
  );
}

/**
 * The names of `var`s below a statement, which belong to the whole cell or function.
 *
 * @param ts - TypeScript
 * @param statement - the statement, or a function's block
 * @returns the names
 */
export function varNames(ts: Ts, statement: TypeScript.Node): string[] {
  const names: string[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node)) return;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0)
      for (const { name } of node.declarations) names.push(...boundNames(ts, name));
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}

/** Whether a namespace holds more than types. */
function hasValue(ts: Ts, { body }: TypeScript.ModuleDeclaration): boolean {
  if (body === undefined) return true;
  if (ts.isModuleDeclaration(body)) return hasValue(ts, body);
  if (!ts.isModuleBlock(body)) return false;
  return body.statements.some((statement) => {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return false;
    if (ts.isModuleDeclaration(statement)) return hasValue(ts, statement);
    return true;
  });
}

/**
 * All that could be a name in a text, be it a name, a word in a string or in a comment.
 *
 * @param text - the text
 * @returns the words
 */
export function wordsIn(text: string): Set<string> {
  return new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu));
}

/**
 * The cell without the `export` before its declarations: a cell's names reach the next one anyway, and a name
 * must not be exported twice. Spaces stand in, so that positions stay.
 *
 * @param ts - TypeScript
 * @param file - the parsed cell
 * @returns its text
 */
export function withoutExports(ts: Ts, file: TypeScript.SourceFile): string {
  let { text } = file;
  if (!text.includes("export")) return text;
  const blank = (start: number, end: number): void => {
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, " ") + text.slice(end);
  };
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier === undefined)
      blank(statement.getStart(file), statement.end);
    if (!ts.canHaveModifiers(statement)) continue;
    const isNameless =
      (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) &&
      statement.name === undefined;
    if (isNameless) continue;
    for (const modifier of ts.getModifiers(statement) ?? [])
      if (
        modifier.kind === ts.SyntaxKind.ExportKeyword ||
        modifier.kind === ts.SyntaxKind.DefaultKeyword
      )
        blank(modifier.getStart(file), modifier.end);
  }
  return text;
}

/**
 * The cell without the `type` before imports of names that are values already: else later cells would find the type
 * alone. Spaces stand in here too.
 *
 * @param ts - TypeScript
 * @param file - the parsed cell
 * @param isValue - whether a name is imported as a value from that module
 * @returns its text
 */
export function withValues(
  ts: Ts,
  file: TypeScript.SourceFile,
  isValue: (name: string, module: string) => boolean,
): string {
  let { text } = file;
  const blank = (start: number): void => {
    text = text.slice(0, start) + text.slice(start).replace(/^(\s*)type\b/, "$1    ");
  };
  for (const statement of file.statements.filter(ts.isImportDeclaration)) {
    const module = moduleOf(ts, statement);
    for (const { name, isTypeOnly, node } of importedNames(ts, statement)) {
      if (!isTypeOnly || !isValue(name, module)) continue;
      blank(statement.importClause!.isTypeOnly ? statement.importClause!.pos : node.parent.pos);
    }
  }
  return text;
}
