/** Words about the commonest slips: other languages' habits, and what is easily forgotten. */

/** Lines of Python, and what TypeScript has in their place. */
const pythonLines: readonly (readonly [line: RegExp, word: string])[] = [
  [
    /^import\s+[\w.]+(\s+as\s+\w+)?\s*$/,
    "this is Python's import; TypeScript's is: import { Mat } from \"unrolled\"; (Mat is the matrix here)",
  ],
  [/^from\s+[\w.]+\s+import\b/, 'TypeScript imports with: import { name } from "module";'],
  [/^\s*(async\s+)?def\s+\w+\s*\(.*:\s*$/, "a function begins with: function name(x: number) {"],
  [
    /^\s*(elif\b.*|(if|while|for)\b[^{]*):\s*$/,
    "a block stands in braces: if (x > 0) { … } else if … { … }",
  ],
  [/\belif\b/, "`elif` is else if"],
  [/^\s*raise\b/, '`raise` is throw: throw new Error("…")'],
  [/\blambda\b/, "a lambda is an arrow: (x) => x + 1"],
  [/\w\[[^\][?{}"'`]*:[^\][?{}"'`]*\]/, "Python's xs[a:b] is xs.slice(a, b)"],
  [/\b(f|r)(["']).*\2/, "a string with values in it is: `${value}` between backquotes"],
  [/\w\s+(and|or)\s+\w/, "`and` is &&, `or` is ||"],
  [/\bnot\s+\w/, "`not` is !"],
  [/^\s*#(?![!\w])/, "a comment begins with //"],
];

/**
 * The first line of a text that is Python.
 *
 * @param source - a cell that cannot be read as TypeScript
 * @returns where it is and what TypeScript has in its place; undefined when no line looks like Python
 */
export function pythonIn(source: string):
  | {
      readonly message: string;
      readonly line: number;
      readonly column: number;
      readonly length: number;
    }
  | undefined {
  for (const [i, text] of source.split("\n").entries()) {
    const known = pythonLines.find(([line]) => line.test(text));
    if (known !== undefined)
      return { message: known[1], line: i + 1, column: 1, length: Math.max(1, text.length) };
  }
  return undefined;
}

/** Names that Python has. */
const pythonNames: Readonly<Record<string, string>> = {
  print: "Python's print(x) is console.log(x)",
  len: "Python's len(x) is x.length",
  range: "Python's range(n) is a loop here: for (let i = 0; i < n; i++)",
  None: "Python's None is undefined or null",
  True: "Python's True is true",
  False: "Python's False is false",
  str: "Python's str(x) is String(x)",
  int: "Python's int(x) is Math.trunc(Number(x))",
  np: 'NumPy is Python\'s; matrices here are Mat, from "unrolled"',
};

/** Whether a promise stands where its value is wanted, and not where another promise is. */
function isAboutPromise(message: string): boolean {
  const [first = ""] = message.split("\n");
  return /\bPromise(Like)?</.test(message) && !/to (parameter of )?type 'Promise/.test(first);
}

/** TypeScript's numbers for operators between what they are not for. */
const operators: ReadonlySet<number> = new Set([2362, 2363, 2365]);

/**
 * A word about a common slip.
 *
 * @param code - TypeScript's number of the error
 * @param message - TypeScript's message
 * @param text - the file
 * @param at - where the error is
 * @param forgetsAwait - whether TypeScript asks for an `await`
 * @returns the hint, or undefined when there is none
 */
export function hintFor(
  code: number,
  message: string,
  text: string,
  at: number,
  forgetsAwait: boolean,
): string | undefined {
  if (operators.has(code) && /\bMat\b/.test(message))
    return "a Mat has methods in place of operators: A.add(B), A.sub(B), A.times(B)";
  if (forgetsAwait || isAboutPromise(message) || code === 2801)
    return "a promise is not its value yet: put `await` before the call that gives it";
  if (/^Property 'append' does not exist on type '.*\[\]'/.test(message))
    return "Python's xs.append(x) is xs.push(x)";
  if (code !== 2304 && code !== 2552) return undefined;
  return pythonNames[/[\w$]*/.exec(text.slice(at))![0]];
}
