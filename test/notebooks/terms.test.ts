/** Each term is introduced before it is used, and the glossary says where. */
import assert from "node:assert/strict";
import { readTerms, type Term } from "../../grader/authoring/terms.js";
import { type ProseCell, proseCells } from "./prose.js";

const { terms, symbols } = readTerms();

/** What counts as using a term: no headings, formulas, code or sources, and not the first cell, which announces. */
const read = proseCells
  .filter((cell, k) => !cell.statement && cell.lesson === proseCells[k - 1]?.lesson)
  .map((cell) => ({
    ...cell,
    text: cell.text
      .replace(/^## Sources[^]*/m, "")
      .replace(/^#+ .*$|\$\$[^]*?\$\$|\$[^$\n]+\$/gm, " ")
      // code, but for tokens such as `<UNK>`
      .replace(/`([^`\n]*)`/g, (_, code: string) => (code.startsWith("<") ? code : " ")),
  }));

/** The term in any of its spellings, as words of their own and not within a longer term. */
function occurrences({ term, forms = [] }: Term, text: string): number {
  const spellings = [term, ...forms];
  const longer = terms
    .flatMap((other) => [other.term, ...(other.forms ?? [])])
    .filter((other) => spellings.some((one) => other !== one && other.includes(one)));
  const alone = longer
    .filter((other) => !spellings.includes(other))
    .reduce((rest, other) => rest.replace(new RegExp(escaped(other), "gi"), " "), text);
  const words = spellings.map(escaped).join("|");
  return Array.from(alone.matchAll(new RegExp(`(?<![\\w"-])(?:${words})(?!\\w)`, "gi"))).length;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const numberOf = ({ lesson }: ProseCell): string => lesson.slice(0, 2);

/** The terms that a cell sets in bold, with nothing else between the asterisks. */
function bold(cell: ProseCell): readonly string[] {
  return Array.from(cell.text.matchAll(/\*\*(.+?)\*\*/g), ([, text]) => text!.toLowerCase());
}

function isBold({ term, forms = [] }: Term, cell: ProseCell): boolean {
  const spellings = [term, ...forms].map((one) => one.toLowerCase());
  return bold(cell).some((text) => spellings.includes(text));
}

describe("a term", () => {
  it("stands in the glossary once, as does a symbol in the notation", () => {
    const names = terms.flatMap(({ term, forms = [] }) => [term, ...forms]);
    assert.equal(new Set(names).size, names.length);
    assert.equal(new Set(symbols.map(({ symbol }) => symbol)).size, symbols.length);
    assert.ok(terms.length > 60 && symbols.length > 20);
  });

  for (const term of terms) {
    it(`(${term.term}) is bold where the glossary says that it is introduced, once a lesson`, () => {
      const cells = read.filter((cell) => isBold(term, cell));
      assert.deepEqual(cells.map(numberOf), term.lessons);
    });

    it(`(${term.term}) is not used before, but where the line names the lesson`, () => {
      const introduced = read.findIndex((cell) => isBold(term, cell));
      for (const cell of read.slice(0, introduced)) {
        for (const line of cell.text.split("\n"))
          assert.ok(
            occurrences(term, line) === 0 || line.includes(term.lessons[0]!),
            `${cell.lesson}, ${cell.id}, has "${term.term}" before lesson ${term.lessons[0]!}: ${line}`,
          );
      }
    });
  }

  it("is sought as a whole word, in each spelling, and not within a longer term", () => {
    const found = (name: string, text: string): number =>
      occurrences(
        terms.find(({ term }) => term === name)!,
        text,
      );
    assert.equal(found("mask", "Masks, a mask; unmask"), 2);
    assert.equal(found("cross-entropy", "the binary cross-entropy"), 0);
    assert.equal(found("cross-entropy", "the cross-entropy"), 1);
    assert.equal(found("unrolled", 'from "unrolled/engine"'), 0);
  });
});

describe("a symbol", () => {
  it("has a lesson that there is, and a shape", () => {
    const lessons = new Set(read.map(numberOf));
    for (const { symbol, lesson, shape } of symbols)
      assert.ok(lessons.has(lesson) && shape !== "", symbol);
  });
});
