/**
 * Doc comments say what a function throws. That they name parameters and results is the linter's to
 * hold (eslint.config.js); what is thrown it cannot see across files, so it is held here.
 *
 * A function throws when its body does, when it calls one of its own file that does, or when it calls
 * an exported one whose comment says so. What is caught is not thrown, unless it always is thrown on;
 * nor is what only a function would throw that it hands out; nor what a function refuses that is
 * called with constant numbers.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { inPack } from "#common/pack-root";

/** What gives something to other rooms, as in the linter's rules; beside the library, src/. */
const rooms = [
  "exercises",
  ...["values", "compare", "judge", "words", "practice", "sandbox"].map((room) => `grader/${room}`),
  ...["intake", "policy", "formats"].map((room) => `grader/class/${room}`),
];

interface OwnFunction {
  readonly file: string;
  readonly name: string;
  readonly isExported: boolean;
  readonly saysSo: boolean;
  readonly hasThrow: boolean;
  /** The names of what it calls, as its file knows them. */
  readonly calls: readonly string[];
}

/** A file's functions, and where its imported and passed on names come from: "file name". */
interface OwnFile {
  readonly functions: readonly OwnFunction[];
  readonly sources: ReadonlyMap<string, string>;
}

function readSource(file: string, text: string): OwnFile {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const sources = new Map<string, string>();
  const functions: OwnFunction[] = [];
  let functionName: string | undefined;
  let comment = "";
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) {
      const { moduleSpecifier: from } = statement;
      const names = ts.isImportDeclaration(statement)
        ? statement.importClause?.namedBindings
        : statement.exportClause;
      if (from === undefined || !ts.isStringLiteral(from) || !from.text.startsWith(".")) continue;
      if (names === undefined || !("elements" in names)) continue;
      const path = join(dirname(file), from.text.replace(/js$/, "ts"));
      for (const { name, propertyName } of names.elements) {
        sources.set(name.text, `${path} ${(propertyName ?? name).text}`);
      }
    } else if (ts.isFunctionDeclaration(statement)) {
      // The comment of a function with overloads stands over the first.
      comment = functionName === statement.name!.text ? comment : "";
      comment += text.slice(statement.getFullStart(), statement.getStart());
      functionName = statement.name!.text;
      if (statement.body === undefined) continue;
      functions.push({
        file,
        name: statement.name!.text,
        isExported: (ts.getCombinedModifierFlags(statement) & ts.ModifierFlags.Export) !== 0,
        saysSo: comment.slice(comment.lastIndexOf("/**")).includes("@throws"),
        ...done(statement.body, numbersOf(source)),
      });
    }
  }
  return { functions, sources };
}

/** The names of a file's constant numbers. */
function numbersOf(source: ts.SourceFile): ReadonlySet<string> {
  const declared = source.statements.filter(ts.isVariableStatement);
  const constants = declared.flatMap(({ declarationList }) => declarationList.declarations);
  const numbers = constants.filter(({ initializer: one }) => one && ts.isNumericLiteral(one));
  return new Set(numbers.map(({ name }) => name.getText()));
}

/** What a body throws and calls when it runs. */
function done(
  body: ts.Node,
  numbers: ReadonlySet<string>,
): Pick<OwnFunction, "hasThrow" | "calls"> {
  const calls: string[] = [];
  const caught = new Set<string>();
  let hasThrow = false;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && !isCalledHere(node)) return;
    if (ts.isTryStatement(node) && node.catchClause !== undefined) {
      const { block, variableDeclaration } = node.catchClause;
      if (variableDeclaration !== undefined) caught.add(variableDeclaration.name.getText());
      if (block.statements.some(ts.isThrowStatement)) visit(node.tryBlock);
      visit(block);
      if (node.finallyBlock !== undefined) visit(node.finallyBlock);
      return;
    }
    if (ts.isThrowStatement(node) && !caught.has(node.expression.getText())) hasThrow = true;
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const isConstant = (one: ts.Node): boolean =>
        ts.isNumericLiteral(one) || numbers.has(one.getText());
      const { length } = node.arguments;
      if (length === 0 || !node.arguments.every(isConstant)) calls.push(node.expression.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
  return { hasThrow, calls };
}

/** Whether a function within another is one for its own use: a variable, or handed to what calls it now. */
function isCalledHere({ parent }: ts.Node): boolean {
  if (!ts.isCallExpression(parent)) return ts.isVariableDeclaration(parent);
  return !/\.(on|once|action)$/.test(parent.expression.getText());
}

/** The exported functions that throw and do not say so, each as "file name". */
function silent(files: ReadonlyMap<string, OwnFile>): readonly string[] {
  const all = new Map(
    Array.from(files.values(), ({ functions }) => functions)
      .flat()
      .map((own) => [`${own.file} ${own.name}`, own]),
  );
  const find = (file: string, name: string): OwnFunction | undefined => {
    const own = all.get(`${file} ${name}`);
    const elsewhere = files.get(file)?.sources.get(name)?.split(" ");
    return own ?? (elsewhere === undefined ? undefined : find(elsewhere[0]!, elsewhere[1]!));
  };
  const throws = (own: OwnFunction, callers: readonly OwnFunction[] = []): boolean =>
    own.hasThrow ||
    own.calls.some((name) => {
      const called = find(own.file, name);
      if (called === undefined || callers.includes(called)) return false;
      return called.isExported ? called.saysSo : throws(called, [...callers, own]);
    });
  return Array.from(all)
    .filter(([, own]) => own.isExported && !own.saysSo && throws(own))
    .map(([name]) => name);
}

describe("doc comments", function () {
  this.timeout(60_000); // every source file is parsed

  it("say what every exported function throws", () => {
    const sourcesIn = (room: string, recursive: boolean): readonly string[] =>
      readdirSync(inPack(room), { recursive, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts") && !file.includes("assembly"))
        .map((file) => join(room, file));
    const paths = [...sourcesIn("src", true), ...rooms.flatMap((room) => sourcesIn(room, false))];
    const files = new Map(
      paths.map((path) => [path, readSource(path, readFileSync(inPack(path), "utf8"))]),
    );
    assert.ok(files.size > 100);
    assert.deepEqual(silent(files), []);
  });

  it("are asked for what is thrown here, in a function of the file, and in one that says so", () => {
    const below = readSource(
      "below.ts",
      `/** @throws Error always */ export function fails() { throw new Error(); }
       export function late() { return { run: () => { throw new Error(); } }; }
       export function event(door) { door.on("knock", () => { throw new Error(); }); }`,
    );
    const above = readSource(
      "above.ts",
      `import { fails as stops, late } from "./below.js";
       function inner(n) { return [n].map(() => { throw new Error(); }); }
       export function direct() { throw new Error(); }
       export function through(n) { return inner(n); }
       export function other(n) { stops(n); }
       /** @throws Error always */ export function said() { stops(); }
       export function caught() { try { stops(); } catch (e) { if (n) throw e; return late(); } }
       export function passedOn() { try { stops(); } catch (e) { throw e; } }
       const one = 1;
       export function constant() { stops(1, one); }`,
    );
    const files = new Map([
      ["below.ts", below],
      ["above.ts", above],
    ]);
    const found = ["direct", "through", "other", "passedOn"].map((name) => `above.ts ${name}`);
    assert.deepEqual(silent(files), found);
  });
});
