/**
 * Finds what a lesson's texts say that could be false: its checkable words.
 *
 * It is a heuristic. A number is checkable (in digits, or as a word from "two" on), and so is a word that compares
 * ("more", "at least", "than", "twice"), counts ("several", "most", "half", "none") or speaks for all ("always",
 * "never", "every"). Looked at are the markdown cells, and in code cells the texts of at least three words: titles,
 * names of series and what is printed, without the values that are put into them. Left out are code spans, formulas,
 * links' addresses, the numbers of lists and of lessons, indices ⟨1⟩, questions, the sources at the end, comments, and the cells
 * of an exercise, whose texts the exercise's own tests hold.
 */
import type { Notebook } from "../../grader/notebook/lessonCells.js";

/** A text of a lesson: a line of a markdown cell without its emphasis, or a text in a code cell. */
export interface LessonText {
  /** The cell's id. */
  readonly cell: string;
  /** What it says, each gap between words one space. */
  readonly text: string;
  /** Its checkable words. */
  readonly checkable: readonly CheckableWord[];
}

/** A word that could make its sentence false. */
export interface CheckableWord {
  readonly word: string;
  /** Where it begins in the text. */
  readonly at: number;
}

const words = [
  "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty hundred thousand million",
  "half halves third thirds quarter quarters twice double doubles tenth hundredth thousandth dozen",
  "several many most mostly few fewer fewest",
  "more less least better worse best worst largest smallest larger smaller longer shorter higher lower than exceeds",
  "always never every usually often rarely seldom hardly nearly almost everywhere nowhere",
  "none nobody nothing only exactly equally",
]
  .join(" ")
  .replaceAll(" ", "|");

/** A number in digits, or one of the words. */
const checkable = new RegExp(
  String.raw`(?<![\p{L}\d_⟨.])(?:[−-]?\d+(?:[.,]\d+)*|(?:${words})(?![\p{L}\d_]))`,
  "giu",
);

/** What a reader does not take for a statement. */
const notSaid = [
  /```[^]*?```|`[^`\n]*`/g, // code
  /\$\$[^]*?\$\$|\$[^$\n]*\$/g, // formulas
  /\]\([^)\n]*\)/g, // addresses
  /<summary>\d+\.|^ *(?:\*\*)?\d+\. /gm, // the numbers of questions and lists
  /(?<![\d.,])0\d(?![\d.,]*\d)|\blessons? \d\d|\bweek 1\b|\b\d\d · /gi, // lessons
  /\bhow (?:many|often)\b|\bmany-to-(?:many|one)\b|\bone-to-many\b/gi, // kinds of tasks
];

/**
 * What a lesson says.
 *
 * @param notebook - the lesson
 * @returns its texts in order, those without a checkable word among them
 */
export function lessonTexts(notebook: Notebook): LessonText[] {
  return notebook.cells.flatMap((cell) => {
    if ("unrolled" in cell.metadata) return [];
    const source = [cell.source].flat().join("");
    const texts = cell.cell_type === "code" ? stringsIn(source) : linesOf(source);
    return texts.map(({ text, said }) => {
      const found = [...said.matchAll(checkable)].map(({ 0: word, index }) => ({
        word,
        at: index,
      }));
      const isQuestion = (at: number): boolean =>
        /\?["”)]?(<\/summary>)?$/.test(sentenceAt(text, at));
      return { cell: cell.id, text, checkable: found.filter(({ at }) => !isQuestion(at)) };
    });
  });
}

/**
 * The sentence that a place of a text belongs to.
 *
 * @param text - a lesson's text
 * @param at - a place in it
 * @returns the sentence, or the whole line of a table
 */
export function sentenceAt(text: string, at: number): string {
  let start = 0;
  if (text.startsWith("|")) return text;
  for (const { index } of text.matchAll(/(?<=[.!?:]["”)]?) (?=["“(]?[\p{Lu}\d`$])/gu)) {
    if (index > at) return text.slice(start, index).trim();
    start = index;
  }
  return text.slice(start).trim();
}

/** A text, and the same text with "\0" for each character that is no part of a statement. */
interface Said {
  readonly text: string;
  readonly said: string;
}

/** Puts "\0" for what is no part of a statement; lines and emphasis stay. */
function statements(text: string): string {
  return notSaid.reduce(
    (left, pattern) => left.replace(pattern, (found) => found.replace(/[^\n*]/g, "\0")),
    text,
  );
}

/** A markdown cell's lines, without emphasis. */
function linesOf(source: string): Said[] {
  const text = source.replace(/^## Sources[^]*/m, "");
  const said = statements(text).split("\n");
  return text.split("\n").map((line, k) => ({
    text: line.replaceAll("*", ""),
    said: said[k]!.replaceAll("*", ""),
  }));
}

/** A literal text of TypeScript; a value put into it may itself hold one text or pair of braces. */
const value = /\$\{(?:[^`{}]|`[^`]*`|\{[^}]*\})*\}/.source;
const literal = `"(?:[^"\\\\\n]|\\\\.)*"|\`(?:[^\`\\\\$]|\\\\.|\\$(?!\\{)|${value})*\``;
const sum = new RegExp(`(?:${literal})(?:\\s*\\+\\s*(?:${literal}))*`, "g");

/** The texts of at least three words in a code cell, "…" in place of the values put into them. */
function stringsIn(source: string): Said[] {
  const code = source
    .replace(/^\s*\/\/.*$|\/\*\*[^]*?\*\/|\s\/\/ .*$/gm, "")
    .replace(/^import [^]*?;$/gm, "");
  return [...code.matchAll(sum)]
    .map(([parts]) =>
      [...parts.matchAll(new RegExp(literal, "g"))]
        .map(([part]) => part.slice(1, -1).replace(new RegExp(value, "g"), "…"))
        .join(""),
    )
    .filter((text) => (text.match(/\p{L}{2,}/gu) ?? []).length >= 3)
    .map((text) => ({ text, said: statements(text) }));
}
