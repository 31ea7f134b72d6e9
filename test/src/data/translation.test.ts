import assert from "node:assert/strict";
import { numberWords, translation } from "unrolled/data";
import type { NumberLanguage } from "unrolled/data";

/** As grammars and dictionaries of the languages write them. */
const known: Readonly<Record<NumberLanguage, Readonly<Record<number, string>>>> = {
  english: {
    0: "zero",
    13: "thirteen",
    40: "forty",
    100: "one hundred",
    101: "one hundred and one",
    1066: "one thousand and sixty six",
    2345: "two thousand three hundred and forty five",
    9999: "nine thousand nine hundred and ninety nine",
  },
  german: {
    0: "null",
    1: "eins",
    21: "ein und zwanzig",
    30: "dreißig",
    101: "ein hundert eins",
    1234: "ein tausend zwei hundert vier und dreißig",
    7016: "sieben tausend sechzehn",
  },
  french: {
    0: "zéro",
    21: "vingt et un",
    71: "soixante et onze",
    77: "soixante dix-sept",
    80: "quatre vingts",
    81: "quatre vingt un",
    99: "quatre vingt dix-neuf",
    200: "deux cents",
    201: "deux cent un",
    1000: "mille",
    3000: "trois mille",
    1984: "mille neuf cent quatre vingt quatre",
  },
  spanish: {
    0: "cero",
    16: "dieciséis",
    22: "veintidós",
    31: "treinta y uno",
    100: "cien",
    101: "ciento uno",
    500: "quinientos",
    1000: "mil",
    2024: "dos mil veinticuatro",
  },
};

describe("data: numbers in words", () => {
  for (const [language, cases] of Object.entries(known)) {
    it(`follows the rules of ${language}`, () => {
      for (const [n, text] of Object.entries(cases)) {
        assert.equal(numberWords(Number(n), language as NumberLanguage).join(" "), text);
      }
    });
  }

  for (const language of Object.keys(known) as NumberLanguage[]) {
    it(`gives 10,000 different translations into ${language}, all of known words`, async () => {
      const { examples, tokens, outputTokens } = await translation(language);
      assert.equal(new Set(examples.map(({ y }) => y.join(" "))).size, 10_000);
      assert.ok(examples.every(({ x, y }, n) => Number(x.join("")) === n && y.length >= 1));
      assert.ok(examples.every(({ x }) => x.every((digit) => tokens.includes(digit))));
      assert.ok(examples.every(({ y }) => y.every((word) => outputTokens.includes(word))));
      assert.ok(!outputTokens.includes("-"));
    });
  }
});
