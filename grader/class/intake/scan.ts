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
