/**
 * What can be seen of a source by looking at its lines. The grader never parses student code
 * outside the box: a parser can be kept busy for minutes by a few kilobytes. Each of these looks
 * at a source once, from left to right.
 */

/**
 * The exercise that a cell's first lines name: `// exercise: rnnForward`.
 *
 * @param source - the code of a notebook's cell or of a file, read up to 2000 characters
 * @returns the exercise's id, which need not exist
 */
export function namedExercise(source: string): string | undefined {
  return /^[ \t]*\/\/[ \t]*exercise:[ \t]*([A-Za-z_$][\w$]*)/m.exec(source.slice(0, 2000))?.[1];
}

/**
 * The names that a source defines at the start of a line, each once.
 *
 * @param source - the code of a notebook's cell or of a file
 * @returns in the order in which they stand
 */
export function definedNames(source: string): readonly string[] {
  const pattern =
    /^(?:export[ \t]+)?(?:(?:async[ \t]+)?function[ \t]*\*?[ \t]*|(?:const|let|var|class)[ \t]+)([A-Za-z_$][\w$]*)/gm;
  return Array.from(new Set(Array.from(source.matchAll(pattern), ([, name]) => name!)));
}

/**
 * Whether a source exports this name by itself, at a definition or in an export list.
 *
 * @param source - the code of a notebook's cell or of a file
 * @param name - a name; what is no identifier is never exported
 * @returns false where it is exported in a way that no line shows, such as `export *`
 */
export function isExported(source: string, name: string): boolean {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return false;
  const word = name.replaceAll("$", "\\$");
  const definition = new RegExp(
    `^export[ \\t]+(?:(?:async[ \\t]+)?function[ \\t]*\\*?[ \\t]*|(?:const|let|var|class)[ \\t]+)${word}(?![\\w$])`,
    "m",
  );
  if (definition.test(source)) return true;
  return Array.from(source.matchAll(/^export[ \t]*\{([^}]{0,2000})\}/gm)).some(([, list]) =>
    list!.split(",").some((entry) => entry.trim().split(/\s+/).at(-1) === name),
  );
}

/**
 * Whether a source still throws what the starter throws.
 *
 * @param source - the code of a notebook's cell or of a file
 * @param exercise - the exercise's id
 * @returns true also where more was written around it
 */
export function isStarter(source: string, exercise: string): boolean {
  return source.includes(`NotImplementedError("${exercise}")`);
}

/**
 * Opening braces minus closing ones, strings and comments not told apart: a hint, no proof.
 *
 * @param source - the code of a notebook's cell or of a file
 * @returns 0 where they balance; less where more are closed than opened
 */
export function openBraces(source: string): number {
  let open = 0;
  for (const character of source) {
    if (character === "{") open++;
    else if (character === "}") open--;
  }
  return open;
}

/**
 * Whether a source has this name as a whole word.
 *
 * @param source - the code of a notebook's cell or of a file
 * @param name - an identifier
 * @returns true also for one in a string or a comment
 */
export function mentions(source: string, name: string): boolean {
  for (let at = source.indexOf(name); at >= 0; at = source.indexOf(name, at + 1)) {
    const before = source[at - 1] ?? " ";
    const after = source[at + name.length] ?? " ";
    if (!/[\w$]/.test(before) && !/[\w$]/.test(after)) return true;
  }
  return false;
}
