/** What can be said of an exercise's folder from its texts alone, before anything is built. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import ts from "typescript";
import * as student from "../../src/student.js";
import { argumentNamesOf, EXERCISE_FILES, listExercises } from "./exerciseList.js";
import { lessonFiles } from "../notebook/lessonCells.js";

/** A place that `exercise new` left for the author to write. */
const PLACE = /«([^»\n]*)»/g;

/**
 * What is wrong with the texts of an exercise's folder.
 *
 * @param id - the folder's name
 * @param folder - the folder that holds one folder per exercise
 * @param lessons - the notebooks, in their order
 * @returns one line for each fault, with the file and the mend; none if nothing is wrong
 */
export function folderFaults(
  id: string,
  folder: string = inPack("exercises"),
  lessons: readonly string[] = lessonFiles(),
): readonly string[] {
  const own = new RegExp(`^exercises/${id}[/:]`);
  return [
    ...listExercises(folder, lessons).faults.filter((fault) => own.test(fault)),
    ...EXERCISE_FILES.filter((name) => existsSync(join(folder, id, name))).flatMap((name) => {
      const text = readFileSync(join(folder, id, name), "utf8");
      return textFaults(id, name, text).map((fault) => `exercises/${id}/${name}${fault}`);
    }),
    ...signatureFaults(id, folder),
  ];
}

/** The places that are still to be written, and what the file imports that it may not. */
function textFaults(id: string, name: string, text: string): string[] {
  const places = text
    .split("\n")
    .flatMap((line, n) => Array.from(line.matchAll(PLACE), ([, place]) => `${n + 1}: ${place}`));
  const [first, ...more] = places;
  if (first !== undefined) {
    const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
    return [`: still to be written: line ${first}${others}`];
  }
  switch (name) {
    case "statement.md":
      return text.includes(`\`${id}\``)
        ? []
        : [`: it does not name the function; write \`${id}\` into its title`];
    case "starter.ts":
      return [
        ...(text.includes(`throw new NotImplementedError("${id}");`)
          ? []
          : [
              `: it does not say that it is unwritten; add: throw new NotImplementedError("${id}");`,
            ]),
        ...exportFaults(text, id),
        ...importFaults(text),
      ];
    case "solution.ts":
      return [...exportFaults(text, id), ...importFaults(text)];
    default: {
      const part = name.replace(".ts", "");
      return exportsConstant(text, part)
        ? []
        : [`: it exports no ${part}; begin it with: export const ${part}:`];
    }
  }
}

/** A learner's file exports the function alone: whatever else is there is its helper. */
function exportFaults(text: string, id: string): string[] {
  const file = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest, true);
  return exportedNames(file)
    .filter((name) => name !== id)
    .map((name) => `: it exports ${name} beside ${id}; take the word export away`);
}

/** The names that a file exports; the text of a statement where these are not said by name. */
function exportedNames(file: ts.SourceFile): string[] {
  return file.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) {
      const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
      return clause !== undefined && ts.isNamedExports(clause)
        ? clause.elements.map(({ name }) => name.text)
        : [`"${statement.getText()}"`];
    }
    if (!isExported(statement)) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map(({ name }) => name.getText());
    return [(statement as ts.DeclarationStatement).name?.getText() ?? "a default"];
  });
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true
  );
}

function exportsConstant(text: string, constant: string): boolean {
  const file = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest);
  return file.statements.some(
    (statement) =>
      ts.isVariableStatement(statement) &&
      isExported(statement) &&
      statement.declarationList.declarations.some(
        ({ name }) => ts.isIdentifier(name) && name.text === constant,
      ),
  );
}

/** Whether a learner's file could import all this when a class is graded. */
function importFaults(text: string): string[] {
  const file = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest);
  return file.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
    const from = (statement.moduleSpecifier as ts.StringLiteral).text;
    if (from !== "unrolled") return [`: it imports ${from}; only "unrolled" is there when graded`];
    const names = statement.importClause?.namedBindings;
    if (names === undefined || !ts.isNamedImports(names)) return [];
    return names.elements
      .filter(({ isTypeOnly, name }) => !isTypeOnly && !(name.text in student))
      .map(({ name }) => `: ${name.text} is not in the library of a graded file (src/student.ts)`);
  });
}

/** Whether the starter's function is explained, and whether the solution is that function. */
function signatureFaults(id: string, folder: string): string[] {
  const read = (name: string): string | undefined => {
    const file = join(folder, id, name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  const [starter, solution, statement] = ["starter.ts", "solution.ts", "statement.md"].map(read);
  if (starter === undefined) return [];
  const names = argumentNamesOf(starter, id);
  if (typeof names === "string") return []; // The list has said it.
  const unexplained = names.filter((name) => statement?.includes(name) === false);
  const faults = unexplained.map(
    (name) => `exercises/${id}/statement.md: ${name} is not explained; give it a row of the table`,
  );
  if (solution !== undefined && signatureOf(solution, id) !== signatureOf(starter, id)) {
    faults.push(
      `exercises/${id}/solution.ts: its arguments or its answer are not those of starter.ts; copy the starter's first lines`,
    );
  }
  return faults;
}

/** A function's arguments and answer as they are written, but for spaces and line ends. */
function signatureOf(source: string, id: string): string | undefined {
  const file = ts.createSourceFile("file.ts", source, ts.ScriptTarget.Latest, true);
  const found = functionIn(file, id);
  const parts = found === undefined ? [] : [...found.parameters, found.type];
  return found && parts.map((part) => part?.getText().replace(/\s+/g, " ")).join("; ");
}

/**
 * The calculations of a solution, as they are written, for a hint must hold none of them.
 *
 * @param source - the text of solution.ts
 * @param id - the function's name
 * @returns the right-hand sides of its statements, without spaces; short ones are left out
 */
export function calculationsOf(source: string, id: string): readonly string[] {
  const file = ts.createSourceFile("solution.ts", source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const value = ts.isVariableDeclaration(node)
      ? node.initializer
      : ts.isReturnStatement(node)
        ? node.expression
        : undefined;
    if (value !== undefined && !isNames(value)) found.push(withoutSpaces(value.getText()));
    node.forEachChild(visit);
  };
  functionIn(file, id)?.body?.forEachChild(visit);
  return found.filter((text) => text.length >= 16);
}

/** A text without its spaces and line ends. */
export function withoutSpaces(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Whether an answer only names what was computed before: `{ a_next, cache: { x_t } }`. */
function isNames(value: ts.Expression): boolean {
  if (ts.isIdentifier(value)) return true;
  return (
    ts.isObjectLiteralExpression(value) &&
    value.properties.every(
      (property) =>
        ts.isShorthandPropertyAssignment(property) ||
        (ts.isPropertyAssignment(property) && isNames(property.initializer)),
    )
  );
}

function functionIn(file: ts.SourceFile, id: string): ts.FunctionDeclaration | undefined {
  return file.statements.find(
    (statement): statement is ts.FunctionDeclaration =>
      ts.isFunctionDeclaration(statement) && statement.name?.text === id,
  );
}
