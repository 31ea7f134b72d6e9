/** How a lesson reads: how long it says that it takes, the lessons beside it, and what is folded. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { inPack } from "#common/pack-root";
import { readLesson } from "./lesson.js";

/** Words of prose in a minute, with the charts looked at and the cells run. */
const wordsPerMinute = 100;
/** Minutes for a point of an exercise. */
const minutesPerPoint = 5;

const lessons = readdirSync(inPack("notebooks"))
  .filter((name) => name.endsWith(".ipynb"))
  .map((name) => name.replace(".ipynb", ""))
  .sort();

/** What a lesson has to say of its length, both times to the next five minutes. */
function minutesOf(name: string): string {
  let words = 0;
  let points = 0;
  for (const { cell_type, metadata, source } of readLesson(name).cells) {
    const text = [source].flat().join("");
    const { unrolled, nbgrader } = metadata as {
      readonly unrolled?: unknown;
      readonly nbgrader?: { readonly points: number };
    };
    points += nbgrader?.points ?? 0;
    if (cell_type !== "markdown" || unrolled !== undefined) continue;
    const prose = text.replace(/\$\$[^]*?\$\$|^## Sources[^]*|^\|[-| ]+\|$/gm, "");
    words += prose.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
  }
  const five = (minutes: number): number => 5 * Math.ceil(minutes / 5);
  return `About ${five(words / wordsPerMinute)} minutes to read, and ${five(points * minutesPerPoint)} for the exercises.`;
}

/** The lessons of the numbers before and after, as far as they are written. */
function neighboursOf(name: string): readonly string[] {
  const number = Number(name.slice(0, 2));
  return lessons.filter((other) => Math.abs(Number(other.slice(0, 2)) - number) === 1);
}

describe("a lesson's first cell", () => {
  for (const name of lessons) {
    const first = [readLesson(name).cells[0]!.source].flat().join("");

    it(`of ${name} says how long it takes`, () => {
      assert.ok(first.includes(minutesOf(name)), `expected "${minutesOf(name)}" in:\n${first}`);
    });

    it(`of ${name} leads to the lessons before and after it`, () => {
      for (const neighbour of neighboursOf(name)) {
        assert.ok(first.includes(`(${neighbour}.ipynb)`), first);
      }
    });
  }
});

/** A code cell of more lines than this that a learner does not write is folded. */
const linesToRead = 25;

/** At 1024 pixels with the side bar open a longer line runs out of its cell. */
const lineLength = 88;

describe("a lesson's code cells", () => {
  for (const name of lessons) {
    it(`of ${name} are folded where they are long, and their first line says what they do`, () => {
      for (const { cell_type, id, metadata, source } of readLesson(name).cells) {
        const text = [source].flat().join("");
        const { unrolled, jupyter } = metadata as {
          readonly unrolled?: unknown;
          readonly jupyter?: { readonly source_hidden?: boolean };
        };
        if (cell_type !== "code" || unrolled !== undefined) continue;
        const folded = jupyter?.source_hidden === true;
        if (text.split("\n").length > linesToRead) assert.ok(folded, `${String(id)} is not folded`);
        if (folded) assert.match(text, /^\/\/ .+ \(folded: click to read\)\n/);
      }
    });

    it(`of ${name} have lines that fit beside the side bar`, () => {
      for (const { cell_type, id, source } of readLesson(name).cells) {
        if (cell_type !== "code") continue;
        for (const line of [source].flat().join("").split("\n"))
          assert.ok(line.length <= lineLength, `${String(id)} has a line too long: ${line}`);
      }
    });
  }
});
