/** Lesson 06's language models that count, on names whose first letter is given, as lessons 10 and 11 give it. */

/**
 * The mean loss of a letter behind the first one, the end among them: P(letter | the letters before it), where each
 * context mixes in five letters' worth of the next shorter one.
 *
 * @param seen - the names that are counted
 * @param unseen - the names whose letters are to be foretold
 * @param order - how many letters before it the model looks at, 2 for a trigram
 * @returns the mean over all letters, in nats
 */
export function countedNats(
  seen: readonly string[],
  unseen: readonly string[],
  order: number,
): number {
  const counts = new Map<string, number>();
  const add = (key: string): unknown => counts.set(key, (counts.get(key) ?? 0) + 1);
  const starts = "^".repeat(order);
  for (const name of seen) {
    const text = `${starts}${name}$`;
    for (let t = order; t < text.length; t++) {
      for (let n = 0; n <= order; n++) {
        add(text.slice(t - n, t));
        add(`${text.slice(t - n, t)}|${text[t]!}`);
      }
    }
  }
  const probability = (before: string, letter: string, n: number): number => {
    if (n < 0) return 1 / 27;
    const context = before.slice(before.length - n);
    const times = counts.get(`${context}|${letter}`) ?? 0;
    return (times + 5 * probability(before, letter, n - 1)) / ((counts.get(context) ?? 0) + 5);
  };
  const losses = unseen.flatMap((name) =>
    Array.from(`${name}$`)
      .map((letter, k) => -Math.log(probability(starts + name.slice(0, k), letter, order)))
      .slice(1),
  );
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
