/** The lessons' idiom: `my_oneHot` is the learner's own oneHot once it passes, the library's until then. */

/**
 * Said where a function uses another one of the learner's that does not pass.
 *
 * @param exercise - the function's id
 * @param used - the id of the one that it uses
 * @returns one sentence
 */
export function usesUnfinished(exercise: string, used: string): string {
  return `${exercise} uses my_${used}: in a hand-in that is your own ${used}, which does not pass`;
}
