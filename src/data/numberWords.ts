/** The whole numbers from 0 to 9,999 in words, token by token, in four languages. */

/** A language that numbers are put into. */
export type NumberLanguage = "english" | "german" | "french" | "spanish";

type Speller = (n: number) => readonly string[];

/**
 * A number in words.
 *
 * German writes such a number as one word; here its parts are tokens of their own
 * ("vier und dreißig" for 34), because a model reads and writes tokens.
 *
 * @param n - a whole number from 0 to 9,999
 * @param language - "english", "german", "french" or "spanish"
 * @returns one token a word
 * @throws OutOfRangeError for any other number or language
 */
export function numberWords(n: number, language: NumberLanguage): readonly string[] {
  requireName("numberWords", "language", language, Object.keys(spellers));
  requireWhole("numberWords", "n", n);
  requireNumber("numberWords", "n", n, { to: 9999 });
  return spellers[language](n);
}

const words = (text: string): readonly string[] => text.split(" ");

const english: Speller = (n) => {
  const small = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen " +
      "fifteen sixteen seventeen eighteen nineteen",
  );
  const tens = words("- - twenty thirty forty fifty sixty seventy eighty ninety");
  if (n < 20) return [small[n]!];
  if (n < 100) return [tens[Math.floor(n / 10)]!, ...rest(n % 10, english)];
  if (n < 1000) {
    const hundreds = [small[Math.floor(n / 100)]!, "hundred"];
    return n % 100 ? [...hundreds, "and", ...english(n % 100)] : hundreds;
  }
  const thousands = [...english(Math.floor(n / 1000)), "thousand"];
  const below = n % 1000;
  return below > 0 && below < 100
    ? [...thousands, "and", ...english(below)]
    : [...thousands, ...rest(below, english)];
};

const german: Speller = (n) => {
  const small = words(
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn " +
      "fünfzehn sechzehn siebzehn achtzehn neunzehn",
  );
  const tens = words("- - zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig");
  const counter = (digit: number): string => (digit === 1 ? "ein" : small[digit]!);
  if (n < 20) return [small[n]!];
  if (n < 100) {
    const ten = tens[Math.floor(n / 10)]!;
    return n % 10 ? [counter(n % 10), "und", ten] : [ten]; // the ones come before the tens
  }
  const [unit, name] = n < 1000 ? [100, "hundert"] : [1000, "tausend"];
  return [counter(Math.floor(n / unit)), name, ...rest(n % unit, german)];
};

const french: Speller = (n) => {
  const small = words(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze " +
      "seize dix-sept dix-huit dix-neuf",
  );
  const tens = words("- - vingt trente quarante cinquante soixante soixante");
  if (n < 20) return [small[n]!];
  if (n < 80) {
    const over = n < 60 ? n % 10 : n - 60; // soixante counts on to nineteen
    const ten = tens[Math.floor(n / 10)]!;
    if (over === 1 || over === 11) return [ten, "et", ...french(over)];
    return [ten, ...rest(over, french)];
  }
  if (n < 100) return n === 80 ? ["quatre", "vingts"] : ["quatre", "vingt", ...french(n - 80)];
  const [unit, one, many] = n < 1000 ? [100, "cent", "cents"] : [1000, "mille", "mille"];
  const count = Math.floor(n / unit);
  const below = rest(n % unit, french);
  const name = count > 1 && below.length === 0 ? many : one; // "deux cents", but "deux cent un"
  return count === 1 ? [one, ...below] : [small[count]!, name, ...below];
};

const spanish: Speller = (n) => {
  const small = words(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince " +
      "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés " +
      "veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve",
  );
  const tens = words("- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa");
  const hundreds = words(
    "- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos " +
      "ochocientos novecientos",
  );
  if (n < 30) return [small[n]!];
  if (n < 100) {
    const ten = tens[Math.floor(n / 10)]!;
    return n % 10 ? [ten, "y", ...spanish(n % 10)] : [ten];
  }
  if (n === 100) return ["cien"];
  if (n < 1000) return [hundreds[Math.floor(n / 100)]!, ...rest(n % 100, spanish)];
  const below = rest(n % 1000, spanish);
  const count = Math.floor(n / 1000);
  return count === 1 ? ["mil", ...below] : [small[count]!, "mil", ...below];
};

const spellers: Readonly<Record<NumberLanguage, Speller>> = { english, german, french, spanish };

/** Nothing for 0 ("twenty", not "twenty zero"); otherwise the number. */
function rest(n: number, speller: Speller): readonly string[] {
  return n === 0 ? [] : speller(n);
}
import { requireName, requireNumber, requireWhole } from "../core/arguments.js";
