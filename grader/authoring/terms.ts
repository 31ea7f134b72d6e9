/**
 * The glossary and the table of notation beside the lessons.
 *
 * Both are made from notebooks/terms.json and from nothing else. A term names the lessons that
 * treat it: the first one introduces it, in bold.
 */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { inPack } from "#common/pack-root";
import { lessonFiles, readLesson } from "../notebook/lessonCells.js";

/** A term of the glossary. */
export interface Term {
  readonly term: string;
  /** Its other spellings, such as the plural. */
  readonly forms?: readonly string[];
  /** The numbers of the lessons in which it is bold; the first introduces it. */
  readonly lessons: readonly string[];
  /** One plain sentence. */
  readonly meaning: string;
}

/** A symbol of the formulas. */
export interface MathSymbol {
  /** As LaTeX, without the dollars. */
  readonly symbol: string;
  readonly meaning: string;
  readonly shape: string;
  /** Its name in the lessons' code. */
  readonly code: string;
  /** The number of the lesson that introduces it. */
  readonly lesson: string;
}

/** What notebooks/terms.json holds. */
export interface TermsFile {
  readonly terms: readonly Term[];
  readonly symbols: readonly MathSymbol[];
}

/**
 * The terms and symbols of the lessons.
 *
 * @returns what notebooks/terms.json holds
 */
export function readTerms(): TermsFile {
  return JSON.parse(readFileSync(inPack("notebooks", "terms.json"), "utf8")) as TermsFile;
}

/** A page beside the lessons: its file and what belongs in it. */
export interface TermsPage {
  readonly file: string;
  readonly text: string;
}

/**
 * The pages that notebooks/terms.json asks for.
 *
 * @returns the glossary and the table of notation
 */
export function termsPages(): readonly TermsPage[] {
  const { terms, symbols } = readTerms();
  const linkOf = lessonLinks();
  const links = (lessons: readonly string[]): string => lessons.map(linkOf).join(", ");
  const inOrder = terms.toSorted((one, other) =>
    plainText(one.term).localeCompare(plainText(other.term), "en"),
  );
  return [
    page("glossary", "Glossary", "Each term is bold in the lesson that introduces it.", [
      ["term", "meaning", "lesson"],
      ...inOrder.map(({ term, meaning, lessons }) => [shown(term), meaning, links(lessons)]),
    ]),
    page(
      "notation",
      "Notation",
      "Steps count from 1; columns are examples; ⟨t⟩ is a step, (i) an example, [l] a layer.",
      [
        ["symbol", "meaning", "shape", "in code", "lesson"],
        ...symbols.map(({ symbol, meaning, shape, code, lesson }) => [
          `$${symbol}$`,
          meaning,
          shape,
          `\`${code}\``,
          linkOf(lesson),
        ]),
      ],
    ),
  ];
}

function page(
  name: string,
  title: string,
  lead: string,
  rows: readonly (readonly string[])[],
): TermsPage {
  const [head, ...body] = rows.map((cells) => `| ${cells.join(" | ")} |`);
  const rule = `|${" --- |".repeat(rows[0]!.length)}`;
  const made = "<!-- made from terms.json by npm run sync -->";
  const text = [`# ${title}`, "", made, "", lead, "", head, rule, ...body, ""].join("\n");
  return { file: inPack("notebooks", `${name}.md`), text };
}

/** From a lesson's number to a link with its number and title. */
function lessonLinks(): (lesson: string) => string {
  const links = new Map(
    lessonFiles().map((file) => {
      const [title] = readLesson(file).cells[0]!.source;
      const name = basename(file);
      return [name.slice(0, 2), `[${title!.replace("# ", "").trim()}](${name})`];
    }),
  );
  return (lesson) => links.get(lesson) ?? lesson;
}

/** A token such as `<UNK>` is code, or Markdown takes it for a tag. */
function shown(term: string): string {
  return term.startsWith("<") ? `\`${term}\`` : term.replace("_", String.raw`\_`);
}

function plainText(term: string): string {
  return term.replaceAll(/[<>]/g, "");
}
