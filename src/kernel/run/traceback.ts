/**
 * Tracebacks in the user's terms: the cell (or file) and line of the TypeScript that was written, with the
 * line itself; frames of the kernel and of Node's inside are left out.
 */
import { scriptNamed, type MappedScript, type SourcePosition } from "./sourcePositions.js";
import type { ShownError } from "../protocol/threadMessages.js";

const red = "\u001b[31m";
const green = "\u001b[32m";
const grey = "\u001b[90m";
const plain = "\u001b[39m";

interface Place {
  readonly script: MappedScript;
  readonly position: SourcePosition;
}

/** What tracebacks need of the surroundings. */
export interface TraceSystem {
  readonly inspect: (value: unknown) => string;
  /** Whether a script is the kernel's own. */
  readonly isKernels: (name: string) => boolean;
}

let system: TraceSystem = { inspect: String, isKernels: () => false };

/**
 * Makes every `error.stack` of this thread speak of the source; called once, before any cell runs.
 *
 * @param surroundings - what tracebacks need of them
 */
export function installStackTraces(surroundings: TraceSystem): void {
  system = surroundings;
  Error.stackTraceLimit = 30;
  Error.prepareStackTrace = (error: Error, sites: NodeJS.CallSite[]) => {
    places.set(error, firstPlace(sites));
    return [headline(error), ...sites.map(frame).filter((text) => text !== "")].join("\n    at ");
  };
}

/** The first place in the user's own text on the stack of an error. */
const places = new WeakMap<object, Place | undefined>();

/**
 * What Jupyter shows of something thrown.
 *
 * @param thrown - an Error or anything else
 * @returns its name, its message and the traceback
 */
export function shownError(thrown: unknown): ShownError {
  if (!looksLikeError(thrown)) {
    const evalue = textOf(thrown);
    return { ename: "Thrown", evalue, traceback: [`${red}Thrown${plain}: ${evalue}`] };
  }
  const { ename, evalue } = nameAndMessage(thrown);
  return { ename, evalue, traceback: tracebackOf(thrown, ename, evalue, 0) };
}

/**
 * What Jupyter shows where the kernel itself, or its compiler, has failed.
 *
 * @param error - what it threw
 * @param replaced - what cells had replaced of the language's own; empty where nothing was
 * @returns a word about why, or what was thrown
 */
export function failureShown(error: unknown, replaced: string): ShownError {
  if (replaced !== "")
    return failure(
      "Replaced",
      `a cell has replaced ${replaced}, and the kernel cannot work without the language's own; ` +
        "that is back in its place: give yours another name, or replace it in a program of its own (node:child_process)",
    );
  if (error instanceof RangeError && error.message.includes("call stack"))
    return failure(
      "TooDeep",
      "the cell is nested too deeply for the compiler; make of it several statements, or a list and a loop",
    );
  return shownError(error);
}

function failure(ename: string, evalue: string): ShownError {
  return { ename, evalue, traceback: [`${red}${ename}${plain}: ${evalue}`] };
}

function textOf(thrown: unknown): string {
  return safely(
    () => (typeof thrown === "string" ? thrown : system.inspect(thrown)),
    "a value that cannot be shown",
  );
}

function tracebackOf(error: Error, ename: string, evalue: string, depth: number): string[] {
  // Reading the stack fills `places`.
  const stack = safely(() => String(error.stack ?? ""), "");
  const frames = stack.split("\n").filter((line) => /^ {4}at /.test(line));
  const place = places.get(error);
  const lines = [`${red}${ename}${plain}: ${evalue}`];
  if (place !== undefined) lines.push(codeFrame(place.script.source, place.position));
  lines.push(...frames.map((line) => `${grey}${line}${plain}`));
  lines.push(...ownProperties(error));
  if (depth < 3) lines.push(...related(error, depth));
  return lines;
}

/** What an error holds beside what every error has, such as a code. */
function ownProperties(error: Error): string[] {
  const shown = ["name", "message", "stack", "cause", "errors"];
  const own = safely(() => Object.entries(error).filter(([name]) => !shown.includes(name)), []);
  return own.length === 0 ? [] : [textOf(Object.fromEntries(own))];
}

/** The cause of an error and the members of an AggregateError, each with a traceback of its own. */
function related(error: Error, depth: number): string[] {
  const cause: unknown = safely(() => error.cause, undefined);
  const members: unknown = safely(() => (error as { errors?: unknown }).errors, undefined);
  const all: readonly (readonly [string, unknown])[] = [
    ["Caused by", cause] as const,
    ...(Array.isArray(members) ? members.slice(0, 10) : []).map(
      (member) => ["One of them:", member] as const,
    ),
  ];
  return all.flatMap(([title, other]) => {
    if (other === undefined) return [];
    if (!looksLikeError(other)) return [`${title} ${textOf(other)}`];
    const { ename, evalue } = nameAndMessage(other);
    const [first, ...rest] = tracebackOf(other, ename, evalue, depth + 1);
    return [`${title} ${first}`, ...rest];
  });
}

/** V8 names what could not be called as the compiled text does: `(0 , in$f.f) is not a function`, or `own$f`. */
function asWritten(message: string): string {
  const compiled = /\(0 ?, (?:in\$+)([^\s.()]+)\.\1\)|in\$+([^\s.()]+)\.\2|\bown\$+([^\s.()]+)/g;
  return message.replace(compiled, "$1$2$3");
}

function nameAndMessage(error: Error): { readonly ename: string; readonly evalue: string } {
  return {
    ename: safely(() => String(error.name || "Error"), "Error"),
    evalue: safely(() => asWritten(String(error.message)), ""),
  };
}

/** A line of what the user wrote. */
export interface WrittenPlace {
  /** The cell or the file, such as `In [3]`. */
  readonly title: string;
  readonly line: number;
  readonly text: string;
}

/**
 * The first place in the user's own text on the stack of something thrown.
 *
 * @param thrown - an Error or anything else
 * @returns undefined where its stack does not tell, or there is none
 */
export function writtenPlace(thrown: unknown): WrittenPlace | undefined {
  if (!looksLikeError(thrown)) return undefined;
  safely(() => String(thrown.stack ?? ""), ""); // Reading the stack fills `places`.
  const place = places.get(thrown);
  if (place === undefined) return undefined;
  const { script, position } = place;
  const text = cut((script.source.split("\n")[position.line - 1] ?? "").trim());
  return { title: script.title, line: position.line, text };
}

/**
 * The lines around a position, the position's own marked.
 *
 * @param source - the text
 * @param position - line and column from 1
 * @param length - how many characters to underline
 * @returns up to five lines and the mark
 */
export function codeFrame(source: string, position: SourcePosition, length: number = 1): string {
  const lines = source.split("\n");
  const first = Math.max(1, position.line - 2);
  const last = Math.min(lines.length, position.line + 2);
  const width = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number++) {
    const here = number === position.line;
    const text = cut(lines[number - 1]!);
    shown.push(
      `${here ? `${green}>${plain}` : " "} ${grey}${String(number).padStart(width)} |${plain} ${text}`,
    );
    if (here && position.column <= text.length + 1) {
      const room = Math.max(1, Math.min(length, text.length - position.column + 1));
      const indent = text.slice(0, position.column - 1).replace(/[^\t]/g, " ");
      shown.push(
        `  ${" ".repeat(width)} ${grey}|${plain} ${indent}${red}${"^".repeat(room)}${plain}`,
      );
    }
  }
  return shown.join("\n");
}

/** A line of a megabyte is not shown whole. */
function cut(line: string): string {
  return line.length > 300 ? `${line.slice(0, 300)} …` : line;
}

function firstPlace(sites: readonly NodeJS.CallSite[]): Place | undefined {
  for (const site of sites) {
    const place = placeOf(site);
    if (place !== undefined) return place;
  }
  return undefined;
}

function placeOf(site: NodeJS.CallSite): Place | undefined {
  const script = scriptNamed(scriptName(site));
  if (script === undefined) return undefined;
  const position = script.locate(site.getLineNumber() ?? 1, site.getColumnNumber() ?? 1);
  return position === undefined ? undefined : { script, position };
}

function frame(site: NodeJS.CallSite): string {
  const name = scriptName(site);
  if (system.isKernels(name)) return "";
  const script = scriptNamed(name);
  if (script === undefined) return safely(() => site.toString(), "");
  const place = placeOf(site);
  if (place === undefined) return "";
  const where = `${script.title}, line ${place.position.line}, column ${place.position.column}`;
  const caller = safely(() => callerOf(site), null);
  return caller === null ? where : `${caller} (${where})`;
}

function callerOf(site: NodeJS.CallSite): string | null {
  const functionName = site.getFunctionName();
  if (functionName === null) return null;
  if (site.isConstructor()) return `new ${functionName}`;
  const type = site.isToplevel() ? null : ownTypeName(site);
  const called =
    type === null || functionName.startsWith(type) ? functionName : `${type}.${functionName}`;
  return site.isAsync() ? `async ${called}` : called;
}

/** Functions of a cell are called on what keeps their names: that is no type of the user's. */
function ownTypeName(site: NodeJS.CallSite): string | null {
  const name = site.getTypeName();
  return name === "Object" ? null : name;
}

function scriptName(site: NodeJS.CallSite): string {
  return site.getScriptNameOrSourceURL() ?? site.getFileName() ?? "";
}

function headline(error: Error): string {
  return safely(() => Error.prototype.toString.call(error), "Error");
}

function looksLikeError(value: unknown): value is Error {
  return safely(
    () =>
      value instanceof Error ||
      (typeof value === "object" && value !== null && "stack" in value && "message" in value),
    false,
  );
}

/** A thrown value may be a proxy or have getters that throw: showing it must not throw again. */
function safely<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
