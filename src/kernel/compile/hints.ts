/**
 * A word about a common slip.
 *
 * @param code - TypeScript's number of the error
 * @param message - TypeScript's message
 * @param text - the file
 * @param at - where the error is
 * @returns the hint, or undefined when there is none
 */
export function hintFor(
  code: number,
  message: string,
  text: string,
  at: number,
): string | undefined {
  if ((code === 2365 || code === 2362 || code === 2363) && /\bMat\b/.test(message))
    return "a Mat has methods in place of operators: .add, .sub, .times, .dot";
  if (/\bPromise</.test(message) && code !== 2794)
    return "put `await` before the call that gives the promise";
  const word = /[\w$]*/.exec(text.slice(at))![0];
  if (code === 2304 || code === 2552) return pythonNames[word];
  return undefined;
}

/** What Python has, and what TypeScript has in its place. */
const pythonNames: Readonly<Record<string, string>> = {
  print: "TypeScript's print is console.log(…)",
  len: "TypeScript's len(x) is x.length",
  range: "TypeScript counts with for (let i = 0; i < n; i++)",
  None: "TypeScript's None is undefined or null",
  True: "TypeScript's True is true",
  False: "TypeScript's False is false",
  def: "a function begins with the word function",
  elif: "TypeScript's elif is else if",
  str: "TypeScript's str(x) is String(x)",
  int: "TypeScript's int(x) is Math.trunc(Number(x))",
  np: 'NumPy is Python\'s: matrices here are Mat, from "unrolled"',
};
