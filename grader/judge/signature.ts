/** What an exercise's signature tells about its arguments. */

/** The parameters' names in order, of a signature such as "f(x_t: Mat, { a, b }: P, k = 1): Mat". */
export function parameterNames(signature: string): readonly string[] {
  const start = signature.indexOf("(");
  if (start < 0) return [];
  const names: string[] = [];
  let depth = 0;
  let current = "";
  for (const character of signature.slice(start).replaceAll("=>", "  ")) {
    if ("([{<".includes(character)) depth++;
    if (")]}>".includes(character)) depth--;
    const ends = (character === "," && depth === 1) || (character === ")" && depth === 0);
    if (ends) {
      names.push(/^\(?\s*(?:\.\.\.)?([\p{L}_$][\p{L}\p{N}_$]*)/u.exec(current)?.[1] ?? "");
      current = "";
    } else {
      current += character;
    }
    if (depth === 0) break;
  }
  return names;
}

/** How messages call argument n (from 0): by its name, or by its number where it has none. */
export function argumentName(signature: string, n: number): string {
  const name = parameterNames(signature)[n];
  return name === undefined || name === "" ? `argument ${n + 1}` : name;
}
