/**
 * From a cell, a module to the compiler, to a function body that runs on the scope that all cells share.
 *
 * A shared name `x` is the property `x` of an object that the scope keeps it in, here called `in$x`: `in$x.x`. So what a
 * later cell assigns, an earlier closure sees. A declaration defines the property once it is reached (`init$.x = …`);
 * imports are awaited and bound as getters, so that they stay live; the last expression is what the cell gives. Where
 * top-level code may keep a copy of a name (ownCopies.ts), it reads `own$x` and writes `in$x.x = own$x = …`.
 *
 * Works on the checked tree, before TypeScript takes the types away: which name means what, the checker knows.
 */
import type TypeScript from "typescript";
import type { Ts } from "./files.js";
import { isAssignment, isStep, isTarget } from "./assignments.js";
import { constant } from "./constants.js";
import { importedNames, type NameKind, type TopLevelName } from "./topLevel.js";

/** What stands for the kernel in a compiled cell; chosen so that the cell's own names differ. */
export interface Marks {
  /** Before a shared name: the object that keeps it. */
  readonly holder: string;
  /** Takes the values of declarations. */
  readonly init: string;
  /** Imports modules, and gives `import.meta`. */
  readonly kernel: string;
  /** Before a shared name: the copy that top-level code keeps of it. */
  readonly copy: string;
}

/** What the transformation is told of the cell. */
export interface CellShape {
  readonly marks: Marks;
  /** Where the cell's own text begins. */
  readonly start: number;
  readonly declared: ReadonlyMap<string, TopLevelName>;
  /** The names that its top-level code keeps copies of. */
  readonly copied: ReadonlySet<string>;
  /** Names of earlier cells that it uses, and that have their values from the scope; how each is declared. */
  readonly earlier: ReadonlyMap<string, NameKind>;
  readonly showsValue: boolean;
  /** The names that JSX becomes calls of. */
  readonly factories: readonly string[];
  /** Gets every name whose object the compiled text needs. */
  readonly used: Set<string>;
  /** Gets every name that an import brings and that is a type alone, without the word. */
  readonly types: Set<string>;
}

/** TypeScript keeps the names of a file there, and does not say so. */
interface BoundFile extends TypeScript.SourceFile {
  readonly locals?: TypeScript.SymbolTable;
}

/** It finds names for itself, and does not say so. */
interface OpenChecker extends TypeScript.TypeChecker {
  resolveName(
    name: string,
    place: TypeScript.Node,
    meaning: TypeScript.SymbolFlags,
    excludesGlobals: boolean,
  ): TypeScript.Symbol | undefined;
}

/**
 * The transformations of a cell.
 *
 * @param ts - TypeScript
 * @param checker - has checked the cell
 * @param cell - the cell
 * @returns what comes before and what comes after TypeScript's own steps
 */
export function sharedScope(
  ts: Ts,
  checker: TypeScript.TypeChecker,
  cell: CellShape,
): TypeScript.CustomTransformers {
  return {
    before: [
      (context) => {
        let made: Transformation | undefined;
        if (cell.factories.length > 0) {
          const before = context.onSubstituteNode;
          context.enableSubstitution(ts.SyntaxKind.Identifier);
          context.onSubstituteNode = (hint, node) => {
            const given = before(hint, node);
            const factory = hint === ts.EmitHint.Expression ? made?.ofFactory(given) : undefined;
            return factory ?? given;
          };
        }
        return (file) => (made = new Transformation(ts, checker, cell, context, file)).run();
      },
    ],
    after: [(context) => (file) => withoutModuleSyntax(ts, cell, context, file)],
  };
}

class Transformation {
  readonly #ts: Ts;
  readonly #checker: TypeScript.TypeChecker;
  readonly #cell: CellShape;
  readonly #context: TypeScript.TransformationContext;
  readonly #factory: TypeScript.NodeFactory;
  readonly #file: BoundFile;
  /** How many functions, classes and namespaces the node that is looked at is in. */
  #depth = 0;
  readonly #copies = new Set<string>();

  constructor(
    ts: Ts,
    checker: TypeScript.TypeChecker,
    cell: CellShape,
    context: TypeScript.TransformationContext,
    file: TypeScript.SourceFile,
  ) {
    this.#ts = ts;
    this.#checker = checker;
    this.#cell = cell;
    this.#context = context;
    this.#factory = context.factory;
    this.#file = file;
  }

  run(): TypeScript.SourceFile {
    const ts = this.#ts;
    const own = this.#file.statements.filter(
      (statement) =>
        statement.end > this.#cell.start &&
        !(ts.isExportDeclaration(statement) && statement.moduleSpecifier === undefined),
    );
    const first: TypeScript.Statement[] = [];
    const body: TypeScript.Statement[] = [];
    own.forEach((statement, i) => {
      this.#statement(statement, i === own.length - 1, first, body);
    });
    const statements = [...this.#declaredCopies(), ...first, ...body];
    return this.#factory.updateSourceFile(this.#file, statements);
  }

  #declaredCopies(): TypeScript.Statement[] {
    const f = this.#factory;
    const names = [...this.#copies].map((name) =>
      f.createVariableDeclaration(this.#cell.marks.copy + name),
    );
    if (names.length === 0) return [];
    const list = f.createVariableDeclarationList(names, this.#ts.NodeFlags.Let);
    return [f.createVariableStatement(undefined, list)];
  }

  /**
   * TypeScript writes the names of JSX's factories itself: what they mean there is found as for a name that stands there.
   *
   * @param node - what is about to be written
   * @returns what is written in its place; undefined where it stays
   */
  ofFactory(node: TypeScript.Node): TypeScript.Expression | undefined {
    return this.#isFactory(node) ? this.#shared(node.text) : undefined;
  }

  #isFactory(node: TypeScript.Node): node is TypeScript.Identifier {
    const ts = this.#ts;
    if (!ts.isIdentifier(node) || node.pos >= 0 || !this.#cell.factories.includes(node.text))
      return false;
    // The JSX: TypeScript sets it, and its types say that each node has one.
    const place = node.parent as TypeScript.Node | undefined;
    if (place === undefined) return false;
    const checker = this.#checker as OpenChecker;
    const symbol = checker.resolveName(node.text, place, ts.SymbolFlags.Value, false);
    return (
      symbol !== undefined &&
      this.#file.locals?.get(node.escapedText) === symbol &&
      !this.#isInside(place, symbol)
    );
  }

  #statement(
    statement: TypeScript.Statement,
    isLast: boolean,
    first: TypeScript.Statement[],
    body: TypeScript.Statement[],
  ): void {
    const ts = this.#ts;
    const f = this.#factory;
    if (isAmbient(ts, statement)) return;
    if (ts.isImportDeclaration(statement)) {
      const bound = this.#import(statement);
      if (bound !== undefined) first.push(this.#at(f.createExpressionStatement(bound), statement));
    } else if (ts.isExportDeclaration(statement)) {
      const module = statement.moduleSpecifier;
      if (module !== undefined && !statement.isTypeOnly)
        first.push(f.createExpressionStatement(this.#load(module)));
    } else if (ts.isImportEqualsDeclaration(statement)) {
      if (!statement.isTypeOnly) body.push(...this.#importEquals(statement));
    } else if (ts.isVariableStatement(statement)) {
      body.push(...this.#variables(statement));
    } else if (ts.isFunctionDeclaration(statement)) {
      if (statement.body === undefined) return;
      body.push(this.#each(statement));
      if (statement.name !== undefined) first.push(this.#publish(statement.name.text));
    } else if (
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement) ||
      ts.isModuleDeclaration(statement)
    ) {
      body.push(this.#each(statement));
      const name = statement.name?.text;
      if (name === undefined || !this.#isValue(name) || !ts.isIdentifier(statement.name!)) return;
      body.push(this.#publish(name));
    } else if (ts.isExportAssignment(statement)) {
      body.push(this.#last(statement.expression));
    } else if (ts.isExpressionStatement(statement) && isLast && this.#cell.showsValue) {
      body.push(this.#at(this.#last(statement.expression), statement));
    } else {
      body.push(this.#visit(statement) as TypeScript.Statement);
    }
  }

  /** `return [value]`: a promise is shown, not awaited. */
  #last(expression: TypeScript.Expression): TypeScript.Statement {
    const f = this.#factory;
    return f.createReturnStatement(f.createArrayLiteralExpression([this.#expression(expression)]));
  }

  /** `init$.name = name`: the name is a local one that TypeScript declares its own way. */
  #publish(name: string): TypeScript.Statement {
    const f = this.#factory;
    return f.createExpressionStatement(
      f.createAssignment(this.#init(name), f.createIdentifier(name)),
    );
  }

  /** One statement for each declaration, so that each sees those before it. */
  #variables(statement: TypeScript.VariableStatement): TypeScript.Statement[] {
    const ts = this.#ts;
    const f = this.#factory;
    const { flags, declarations } = statement.declarationList;
    const scoped = flags & ts.NodeFlags.BlockScoped;
    if (scoped !== ts.NodeFlags.Let && scoped !== ts.NodeFlags.Const && scoped !== 0) {
      // `using`: TypeScript disposes of it at the end of the cell.
      const names = declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
      return [this.#each(statement), ...names.map((name) => this.#publish(name))];
    }
    return declarations.flatMap((declaration) => {
      const expression = this.#declaration(declaration, scoped !== 0);
      if (expression === undefined) return [];
      return [this.#at(f.createExpressionStatement(expression), declaration)];
    });
  }

  #declaration(
    { name, initializer }: TypeScript.VariableDeclaration,
    isScoped: boolean,
  ): TypeScript.Expression | undefined {
    const f = this.#factory;
    if (initializer === undefined) {
      if (!isScoped || !this.#ts.isIdentifier(name)) return undefined;
      return f.createAssignment(this.#init(name.text), this.#copying(name, f.createVoidZero()));
    }
    const target = this.#target(name, isScoped);
    const value = this.#copying(name, this.#named(name, initializer));
    const assignment = f.createAssignment(target, value);
    return this.#ts.isObjectBindingPattern(name)
      ? f.createParenthesizedExpression(assignment)
      : assignment;
  }

  /** `own$x = value`, where there is a copy of the name. */
  #copying(name: TypeScript.BindingName, value: TypeScript.Expression): TypeScript.Expression {
    if (!this.#ts.isIdentifier(name) || !this.#hasCopy(name.text)) return value;
    return this.#factory.createAssignment(this.#copy(name.text), value);
  }

  #hasCopy(name: string): boolean {
    return this.#depth === 0 && this.#cell.copied.has(name);
  }

  #copy(name: string): TypeScript.Identifier {
    this.#copies.add(name);
    return this.#factory.createIdentifier(this.#cell.marks.copy + name);
  }

  /** `in$x.x = own$x = …` for an assignment to a name that there is a copy of. */
  #assignment(node: TypeScript.Node): TypeScript.Node | undefined {
    const ts = this.#ts;
    const f = this.#factory;
    const operation =
      ts.isBinaryExpression(node) && isAssignment(ts, node.operatorToken.kind) ? node : undefined;
    const step = isStep(ts, node) ? node : undefined;
    const target = operation?.left ?? step?.operand;
    if (target === undefined || !ts.isIdentifier(target)) return undefined;
    if (this.#isConstant(target.text)) return undefined;
    if (!this.#hasCopy(target.text) || !this.#isOf(target)) return undefined;
    const copy = this.#copy(target.text);
    const assigned =
      operation === undefined
        ? // Nobody looks at what `x++` gives, else there were no copy.
          f.createPrefixUnaryExpression(step!.operator, copy)
        : f.createBinaryExpression(
            copy,
            operation.operatorToken,
            this.#named(target, operation.right),
          );
    const both = f.createAssignment(this.#shared(target.text), assigned);
    return this.#at(f.createParenthesizedExpression(both), node);
  }

  /** A pattern of names as a pattern of properties. */
  #target(name: TypeScript.BindingName, isScoped: boolean): TypeScript.Expression {
    const ts = this.#ts;
    const f = this.#factory;
    if (ts.isIdentifier(name))
      return this.#at(isScoped ? this.#init(name.text) : this.#shared(name.text), name);
    const value = (element: TypeScript.BindingElement): TypeScript.Expression => {
      const target = this.#target(element.name, isScoped);
      return element.initializer === undefined
        ? target
        : f.createAssignment(target, this.#named(element.name, element.initializer));
    };
    if (ts.isObjectBindingPattern(name)) {
      return f.createObjectLiteralExpression(
        name.elements.map((element) => {
          if (element.dotDotDotToken !== undefined)
            return f.createSpreadAssignment(this.#target(element.name, isScoped));
          const property = element.propertyName ?? (element.name as TypeScript.Identifier);
          const key = ts.isIdentifier(property)
            ? f.createIdentifier(property.text)
            : (this.#visit(property) as TypeScript.PropertyName);
          return f.createPropertyAssignment(key, value(element));
        }),
      );
    }
    return f.createArrayLiteralExpression(
      name.elements.map((element) => {
        if (ts.isOmittedExpression(element)) return f.createOmittedExpression();
        if (element.dotDotDotToken !== undefined)
          return f.createSpreadElement(this.#target(element.name, isScoped));
        return value(element);
      }),
    );
  }

  /** A function or class without a name takes that of the variable, as it would were there a variable. */
  #named(name: TypeScript.BindingName, value: TypeScript.Expression): TypeScript.Expression {
    const ts = this.#ts;
    const f = this.#factory;
    const visited = this.#expression(value);
    if (!ts.isIdentifier(name) || !isNameless(ts, value)) return visited;
    const object = f.createObjectLiteralExpression([
      f.createPropertyAssignment(this.#key(name.text), visited),
    ]);
    return f.createPropertyAccessExpression(f.createParenthesizedExpression(object), name.text);
  }

  /** `init$.bind(n => ({ get a() { return n.b } }), (await kernel$.import("…", ["b"]))[0])` */
  #import(statement: TypeScript.ImportDeclaration): TypeScript.Expression | undefined {
    const f = this.#factory;
    const all = importedNames(this.#ts, statement);
    const names = all.filter(({ node, isTypeOnly }) => !isTypeOnly && this.#isImportedValue(node));
    for (const one of all) if (!names.includes(one)) this.#cell.types.add(one.name);
    if (all.length > 0 && names.length === 0) return undefined;
    if (statement.importClause?.isTypeOnly === true) return undefined;
    const module = this.#load(
      statement.moduleSpecifier,
      names.map(({ imported }) => imported),
    );
    if (names.length === 0) return module;
    const namespace = f.createIdentifier("n");
    const getters = names.map(({ name, imported }) =>
      f.createGetAccessorDeclaration(
        undefined,
        f.createIdentifier(name),
        [],
        undefined,
        f.createBlock([
          f.createReturnStatement(
            imported === "*"
              ? namespace
              : f.createElementAccessExpression(namespace, f.createStringLiteral(imported)),
          ),
        ]),
      ),
    );
    const binding = f.createArrowFunction(
      undefined,
      undefined,
      [f.createParameterDeclaration(undefined, undefined, "n")],
      undefined,
      undefined,
      f.createParenthesizedExpression(f.createObjectLiteralExpression(getters)),
    );
    return f.createCallExpression(this.#init("bind"), undefined, [binding, module]);
  }

  #importEquals({
    name,
    moduleReference,
  }: TypeScript.ImportEqualsDeclaration): TypeScript.Statement[] {
    const ts = this.#ts;
    const f = this.#factory;
    if (!this.#isImportedValue(name)) {
      this.#cell.types.add(name.text);
      return [];
    }
    const value = ts.isExternalModuleReference(moduleReference)
      ? f.createCallExpression(f.createIdentifier("require"), undefined, [
          moduleReference.expression,
        ])
      : this.#entity(moduleReference);
    return [f.createExpressionStatement(f.createAssignment(this.#init(name.text), value))];
  }

  #entity(name: TypeScript.EntityName): TypeScript.Expression {
    if (!this.#ts.isIdentifier(name))
      return this.#factory.createPropertyAccessExpression(this.#entity(name.left), name.right.text);
    return this.#isShared(name, this.#checker.getSymbolAtLocation(name))
      ? this.#shared(name.text)
      : name;
  }

  #load(module: TypeScript.Expression, names: readonly string[] = []): TypeScript.Expression {
    const kernel = this.#factory.createIdentifier(this.#cell.marks.kernel);
    return imported(this.#factory, kernel, module, names);
  }

  readonly #visit = (node: TypeScript.Node): TypeScript.Node => {
    const ts = this.#ts;
    const f = this.#factory;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
    if (ts.isIdentifier(node)) return this.#identifier(node);
    if (ts.isShorthandPropertyAssignment(node)) {
      const symbol = this.#checker.getShorthandAssignmentValueSymbol(node);
      const { name, objectAssignmentInitializer: fallback } = node;
      if (!this.#isShared(name, symbol)) return this.#each(node);
      const isRefused = this.#isConstant(name.text) && isTarget(ts, node);
      const value = isRefused
        ? this.#constant(name.text)
        : this.#hasCopy(name.text)
          ? this.#copy(name.text)
          : this.#shared(name.text);
      return f.createPropertyAssignment(
        this.#key(name.text),
        fallback === undefined ? value : f.createAssignment(value, this.#named(name, fallback)),
      );
    }
    if (ts.isVariableDeclarationList(node) && this.#isSharedList(node)) {
      // A `var` below the top level; in the head of `for (… of …)` it is the target of the loop.
      const [only] = node.declarations;
      if (ts.isForOfStatement(node.parent) || ts.isForInStatement(node.parent))
        return this.#target(only!.name, false);
      return this.#assignments(node) ?? f.createVoidZero();
    }
    if (ts.isVariableStatement(node) && this.#isSharedList(node.declarationList)) {
      const assignments = this.#assignments(node.declarationList);
      return assignments === undefined
        ? f.createEmptyStatement()
        : this.#at(f.createExpressionStatement(assignments), node);
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
      return this.#member("meta");
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const args = node.arguments.map((argument) => this.#expression(argument));
      return this.#at(f.createCallExpression(this.#member("dynamic"), undefined, args), node);
    }
    const copying = this.#assignment(node);
    if (copying !== undefined) return copying;
    if (ts.isBinaryExpression(node) && isAssignment(ts, node.operatorToken.kind)) {
      // `f = () => 1` names its function, and `in$f.f = () => 1` would not.
      const { left, right } = node;
      if (ts.isIdentifier(left) && isNameless(ts, right) && this.#isOf(left))
        return f.updateBinaryExpression(
          node,
          this.#expression(left),
          node.operatorToken,
          this.#named(left, right),
        );
    }
    return this.#each(node);
  };

  #identifier(node: TypeScript.Identifier): TypeScript.Node {
    const ts = this.#ts;
    const f = this.#factory;
    const { parent } = node;
    if (parent === undefined || !this.#isOf(node)) return node;
    if (this.#isConstant(node.text) && isTarget(ts, node))
      return this.#at(this.#constant(node.text), node);
    if (this.#hasCopy(node.text)) return this.#at(this.#copy(node.text), node);
    const whole = withBrackets(ts, node);
    const isCalled =
      (ts.isCallExpression(whole.parent) && whole.parent.expression === whole) ||
      (ts.isTaggedTemplateExpression(whole.parent) && whole.parent.tag === whole);
    // A function that is called by its name has no `this`.
    if (!isCalled) return this.#at(this.#shared(node.text), node);
    const value = f.createComma(f.createNumericLiteral(0), this.#shared(node.text));
    const called = f.createParenthesizedExpression(
      ts.setEmitFlags(value, ts.EmitFlags.NoNestedSourceMaps),
    );
    return ts.setEmitFlags(this.#at(called, node), ts.EmitFlags.NoTrailingSourceMap);
  }

  /** Whether a shared name may not be assigned to; the type checker says so unless it is told to look away. */
  #isConstant(name: string): boolean {
    const kind = this.#cell.declared.get(name)?.kind ?? this.#cell.earlier.get(name);
    return kind === "constant" || kind === "import";
  }

  #constant(name: string): TypeScript.Expression {
    return constant(this.#factory, this.#member("constant"), this.#shared(name));
  }

  #isOf(node: TypeScript.Identifier): boolean {
    const { text } = node;
    if (!this.#cell.earlier.has(text) && !this.#isValue(text)) return false;
    return (
      isReference(this.#ts, node) && this.#isShared(node, this.#checker.getSymbolAtLocation(node))
    );
  }

  #isShared(node: TypeScript.Identifier, symbol: TypeScript.Symbol | undefined): boolean {
    if (symbol === undefined || this.#file.locals?.get(node.escapedText) !== symbol) return false;
    const { text } = node;
    if (!this.#cell.earlier.has(text) && !this.#isValue(text)) return false;
    return !this.#isInside(node, symbol);
  }

  /** A class knows itself by its own name, whatever that name means outside. */
  #isInside(node: TypeScript.Node, symbol: TypeScript.Symbol): boolean {
    const ts = this.#ts;
    return (symbol.declarations ?? []).some(
      (declaration) =>
        (ts.isClassDeclaration(declaration) || ts.isEnumDeclaration(declaration)) &&
        declaration.members.pos <= node.pos &&
        node.end <= declaration.end,
    );
  }

  /** Whether the cell declares a value of this name. */
  #isValue(name: string): boolean {
    const kind = this.#cell.declared.get(name)?.kind;
    return kind !== undefined && kind !== "type" && kind !== "ambient";
  }

  #isImportedValue(node: TypeScript.Identifier): boolean {
    const { Alias, Value } = this.#ts.SymbolFlags;
    let symbol = this.#checker.getSymbolAtLocation(node);
    if (symbol !== undefined && (symbol.flags & Alias) !== 0)
      symbol = this.#checker.getAliasedSymbol(symbol);
    return symbol === undefined || symbol.escapedName === "unknown" || (symbol.flags & Value) !== 0;
  }

  #isSharedList(list: TypeScript.VariableDeclarationList): boolean {
    const ts = this.#ts;
    if ((list.flags & ts.NodeFlags.BlockScoped) !== 0) return false;
    let isShared = true;
    const visit = (name: TypeScript.BindingName): void => {
      if (ts.isIdentifier(name)) {
        const symbol = this.#checker.getSymbolAtLocation(name);
        if (this.#file.locals?.get(name.escapedText) !== symbol) isShared = false;
      } else {
        for (const element of name.elements)
          if (!ts.isOmittedExpression(element)) visit(element.name);
      }
    };
    for (const { name } of list.declarations) visit(name);
    return isShared;
  }

  #assignments(list: TypeScript.VariableDeclarationList): TypeScript.Expression | undefined {
    const parts = list.declarations.flatMap((declaration) => {
      const expression = this.#declaration(declaration, false);
      return expression === undefined ? [] : [expression];
    });
    const [first, ...rest] = parts;
    return rest.reduce<TypeScript.Expression | undefined>(
      (all, part) => this.#factory.createComma(all!, part),
      first,
    );
  }

  #shared(name: string): TypeScript.PropertyAccessExpression {
    this.#cell.used.add(name);
    return this.#factory.createPropertyAccessExpression(
      this.#factory.createIdentifier(this.#cell.marks.holder + name),
      name,
    );
  }

  /** A property's name in an object literal, where `__proto__:` would set the prototype. */
  #key(name: string): TypeScript.PropertyName {
    const f = this.#factory;
    return name === "__proto__"
      ? f.createComputedPropertyName(f.createStringLiteral(name))
      : f.createIdentifier(name);
  }

  #init(name: string): TypeScript.Expression {
    return this.#factory.createPropertyAccessExpression(
      this.#factory.createIdentifier(this.#cell.marks.init),
      name,
    );
  }

  #member(name: string): TypeScript.Expression {
    return this.#factory.createPropertyAccessExpression(
      this.#factory.createIdentifier(this.#cell.marks.kernel),
      name,
    );
  }

  #each<T extends TypeScript.Node>(node: T): T {
    const ts = this.#ts;
    const isRoom = ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node);
    if (isRoom) this.#depth++;
    const visited = ts.visitEachChild(node, this.#visit, this.#context);
    if (isRoom) this.#depth--;
    return visited;
  }

  #expression(node: TypeScript.Expression): TypeScript.Expression {
    return this.#visit(node) as TypeScript.Expression;
  }

  /** The same place in the source: a traceback leads there. */
  #at<T extends TypeScript.Node>(made: T, original: TypeScript.Node): T {
    return this.#ts.setSourceMapRange(this.#ts.setTextRange(made, original), original);
  }
}

/** `(await kernel$.import("…", ["a", "b"]))[0]`: the namespace of a module. */
function imported(
  f: TypeScript.NodeFactory,
  kernel: TypeScript.Expression,
  module: TypeScript.Expression,
  names: readonly string[],
): TypeScript.Expression {
  const call = f.createCallExpression(
    f.createPropertyAccessExpression(kernel, "import"),
    undefined,
    [module, f.createArrayLiteralExpression(names.map((name) => f.createStringLiteral(name)))],
  );
  const awaited = f.createParenthesizedExpression(f.createAwaitExpression(call));
  return f.createElementAccessExpression(awaited, 0);
}

function isAmbient(ts: Ts, statement: TypeScript.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true
  );
}

function isNameless(ts: Ts, value: TypeScript.Expression): boolean {
  if (
    ts.isParenthesizedExpression(value) ||
    ts.isAsExpression(value) ||
    ts.isSatisfiesExpression(value) ||
    ts.isTypeAssertionExpression(value) ||
    ts.isNonNullExpression(value)
  )
    return isNameless(ts, value.expression);
  return (
    ts.isArrowFunction(value) ||
    ((ts.isFunctionExpression(value) || ts.isClassExpression(value)) && value.name === undefined)
  );
}

/** Whether an identifier stands for a value, and not for the name of something. */
function isReference(ts: Ts, node: TypeScript.Identifier): boolean {
  const { parent } = node;
  const isNameOfParent = (parent as { readonly name?: TypeScript.Node }).name === node;
  if (isNameOfParent) return false;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  return !(
    ts.isQualifiedName(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isLabeledStatement(parent) ||
    ts.isBreakOrContinueStatement(parent) ||
    ts.isMetaProperty(parent)
  );
}

/** Imports that TypeScript itself has added (those of JSX) are awaited, and nothing is exported. */
function withoutModuleSyntax(
  ts: Ts,
  { marks }: CellShape,
  { factory: f }: TypeScript.TransformationContext,
  file: TypeScript.SourceFile,
): TypeScript.SourceFile {
  const statements = file.statements.flatMap((statement): readonly TypeScript.Statement[] => {
    if (ts.isExportDeclaration(statement)) return [];
    if (!ts.isImportDeclaration(statement)) return [statement];
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) return [];
    const pattern = f.createObjectBindingPattern(
      bindings.elements.map(({ propertyName, name }) =>
        f.createBindingElement(undefined, propertyName as TypeScript.Identifier, name),
      ),
    );
    const kernel = f.createIdentifier(marks.kernel);
    const module = imported(f, kernel, statement.moduleSpecifier, []);
    return [
      f.createVariableStatement(
        undefined,
        f.createVariableDeclarationList(
          [f.createVariableDeclaration(pattern, undefined, undefined, module)],
          ts.NodeFlags.Const,
        ),
      ),
    ];
  });
  return f.updateSourceFile(file, statements);
}

/** A name with the brackets, casts and marks around it that change nothing of its value. */
function withBrackets(ts: Ts, node: TypeScript.Expression): TypeScript.Expression {
  const { parent } = node;
  const isAround =
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isSatisfiesExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isTypeAssertionExpression(parent);
  return isAround ? withBrackets(ts, parent) : node;
}
