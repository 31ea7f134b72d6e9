/** Characters that look like code's and are others, with what helps. */

/** What other programs put in the place of code's marks. */
const MEANT: readonly (readonly [characters: string, meant: string])[] = [
  ["“”„‟″«»\u0093\u0094", '"'],
  ["‘’‚‛′‹›\u0091\u0092", "'"],
  ["–—−‐‑‒\u0096\u0097", "-"],
  ["…\u0085", "..."],
  ["×∗", "*"],
  ["÷", "/"],
  ["≤", "<="],
  ["≥", ">="],
  ["≠", "!=="],
  ["，、", ","],
  ["。", "."],
];

/** Letters of other scripts, each with the Latin one that looks the same. */
const LOOK_ALIKE = new Map<string, string>(
  [
    ["аɑα", "a"],
    ["сϲ", "c"],
    ["ԁ", "d"],
    ["еҽ", "e"],
    ["һ", "h"],
    ["іι", "i"],
    ["јϳ", "j"],
    ["оοօ", "o"],
    ["рρ", "p"],
    ["ѕ", "s"],
    ["υ", "u"],
    ["ν", "v"],
    ["ѡ", "w"],
    ["хχ", "x"],
    ["уγ", "y"],
    ["АΑ", "A"],
    ["ВΒ", "B"],
    ["СϹ", "C"],
    ["ЕΕ", "E"],
    ["НΗ", "H"],
    ["ІΙ", "I"],
    ["КΚ", "K"],
    ["МΜ", "M"],
    ["Ν", "N"],
    ["ОΟ", "O"],
    ["РΡ", "P"],
    ["ЅЅ", "S"],
    ["ТΤ", "T"],
    ["Χ", "X"],
    ["ΥҮ", "Y"],
    ["Ζ", "Z"],
  ].flatMap(([others, latin]) => Array.from(others!, (one) => [one, latin!] as const)),
);

const INVISIBLE = /^[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]$/u;

/**
 * What is wrong with a character that no code can have.
 *
 * @param character - one
 * @returns its name, and what to write in its place
 */
export function strangeCharacter(character: string): {
  readonly name: string;
  readonly remedy: string;
} {
  const number = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  if (character === "\ufffd")
    return { name: "a damaged character", remedy: "delete it, and save the file as UTF-8" };
  const meant =
    MEANT.find(([characters]) => characters.includes(character))?.[1] ?? narrow(character);
  const isSeen = !INVISIBLE.test(character);
  const name = isSeen ? `${character} (${number})` : `an invisible character (${number})`;
  if (meant !== undefined) return { name, remedy: `write ${meant} in its place` };
  return { name, remedy: isSeen ? "delete it, or type it anew" : "delete it" };
}

/** Of a wide form the plain character: of "（" the "(". */
function narrow(character: string): string | undefined {
  const code = character.codePointAt(0)!;
  return code > 0xff00 && code < 0xff5f ? String.fromCodePoint(code - 0xfee0) : undefined;
}

/**
 * Which letter of a name is of another script, where it is spelt as another name to the eye.
 *
 * @param name - as it stands there
 * @param meant - the name that it looks like
 * @returns the letter and its place, from 1; undefined where the names look different or are the same
 */
export function lookAlikeIn(
  name: string,
  meant: string,
): { readonly letter: string; readonly place: number; readonly latin: string } | undefined {
  const letters = Array.from(name.slice(0, 200));
  const plain = letters.map((one) => LOOK_ALIKE.get(one) ?? one);
  const at = letters.findIndex((one) => LOOK_ALIKE.has(one));
  if (at < 0 || plain.join("") !== meant) return undefined;
  return { letter: letters[at]!, place: at + 1, latin: plain[at]! };
}
