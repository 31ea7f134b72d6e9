/**
 * What stands for something that is not there where an exercise is graded: other packages, what reaches
 * the machine, functions of the library that are exercises. A function that uses one throws its words.
 *
 * Of a learner's module nothing counts but its function. So with a package everything can be done while the
 * module is loaded, and nothing comes of it: a coloured print costs nothing, nor does what stands behind it. The others
 * throw then too: a module of Node's often promises to call back, and a silent one would be waited for.
 */

let isLoading = false;

/**
 * Loads a learner's module.
 *
 * @param load - imports it
 * @returns what `load` gives
 * @throws what `load` throws
 */
export async function loading<T>(load: () => Promise<T>): Promise<T> {
  isLoading = true;
  try {
    return await load();
  } finally {
    isLoading = false;
  }
}

/**
 * A stand-in that can't be used.
 *
 * @param words - what it throws when it is called or read
 * @returns a value that can be looked at
 */
export function absent(words: string): object {
  return standInFor(words, () => false);
}

/**
 * Said of a function that is not there.
 *
 * @param name - a function of the library's, or one that does not exist
 * @returns what "unrolled" holds, and how to do without the function
 */
export function notImportable(name: string): string {
  return `${name} can't be imported from "unrolled" where an exercise is graded: it holds Mat, Sequence, tanh, sigmoid, softmax and their like; write ${name} yourself`;
}

/**
 * A stand-in that can be called, read, listed and extended while a module is loaded.
 *
 * @param words - what it throws when it is used by a function that is called
 * @returns a value that gives itself until then
 */
export function absentPackage(words: string): object {
  const standIn = standInFor(words, () => isLoading);
  packages.add(standIn);
  return standIn;
}

const packages = new WeakSet<object>();

/**
 * Whether a value stands for a package, or for what was taken from it.
 *
 * @param value - anything; it is not looked at
 * @returns true for what {@link absentPackage} gave
 */
export function isAbsentPackage(value: unknown): boolean {
  return typeof value === "function" && packages.has(value);
}

function standInFor(words: string, isQuiet: () => boolean): object {
  const use = (): object => {
    if (isQuiet()) return standIn;
    throw new Error(words);
  };
  const get = (_: unknown, key: string | symbol): unknown => {
    if (typeof key === "string") return key === "then" ? undefined : use();
    return isQuiet() ? EMPTY[key] : undefined;
  };
  const standIn = new Proxy(function () {}, { apply: use, construct: use, get });
  return standIn;
}

/** What a value without content gives for a symbol. */
const EMPTY: Readonly<Record<symbol, unknown>> = {
  [Symbol.iterator]: () => [][Symbol.iterator](),
  [Symbol.toPrimitive]: () => "",
};
