/** The documents speak of this pack as it is: their links, file names and exit codes are held here. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { exitCodes } from "#common/exit-codes";
import { inPack, packRoot } from "#common/pack-root";
import { lessonFiles, readLesson } from "../grader/notebook/lessonCells.js";
import { keptCharts } from "./notebooks/keptOutputs.js";
import { proseCells } from "./notebooks/prose.js";

/** Not the pack's own writing. */
const foreign = new Set([".git", ".venv", "coverage", "dist", "my-work", "node_modules"]);

/** Every Markdown file of the pack, relative to it. */
function documents(folder = packRoot): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (foreign.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return documents(path);
    return entry.name.endsWith(".md") ? [relative(packRoot, path)] : [];
  });
}

/** The text outside of fenced blocks, whose contents are examples. */
function proseOf(document: string): string {
  return readFileSync(inPack(document), "utf8").replace(/^ *```[^]*?^ *```/gm, "");
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return Array.from(text.matchAll(pattern), ([, found]) => found!);
}

describe("the documents", () => {
  it("link to files that exist", () => {
    const links = documents().flatMap((document) =>
      matches(proseOf(document), /\]\(([^)\s]+)\)/g)
        .filter((link) => !/^(?:[a-z]+:|#)/.test(link))
        .map((link) => ({ document, file: join(dirname(document), link.replace(/#.*/, "")) })),
    );
    assert.ok(links.length > 5);
    assert.deepEqual(
      links.filter(({ file }) => !existsSync(inPack(file))),
      [],
    );
  });

  for (const document of ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"]) {
    it(`${document} names files and folders that exist`, () => {
      const tracked = readdirSync(packRoot, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && !foreign.has(entry.name))
        .map(({ name }) => name);
      const named = matches(proseOf(document), /`([\w.-]+\/[^`\s]*)`/g).filter(
        (name) => tracked.includes(name.split("/")[0]!) && !/<|NN-/.test(name),
      );
      assert.ok(named.length > 3);
      assert.deepEqual(
        named.filter((name) => !existsSync(inPack(name))),
        [],
      );
    });
  }

  /** The first two cells of each row of a table of notebooks/README.md, as "lesson words". */
  function rowsUnder(heading: string): readonly string[] {
    const [, section = ""] = readFileSync(inPack("notebooks", "README.md"), "utf8").split(heading);
    return Array.from(
      section.split("\n## ")[0]!.matchAll(/^\| (\d\d) +\| (.+?) +\| .* \|$/gm),
      ([, lesson, words]) => `${lesson!} ${words!}`,
    );
  }

  it("notebooks/README.md's table has a row for each box of a lesson, and no other", () => {
    const told = rowsUnder("## What the notes say, and what is in fact so");
    const boxes = proseCells.flatMap(({ lesson, text }) =>
      matches(text, /> \*\*The notes say\*\* (?!…)(.*\*\*In fact.*)/g).map(
        (box) => `${lesson.slice(0, 2)} ${box}`,
      ),
    );
    assert.ok(told.length >= 15);
    assert.equal(told.length, boxes.length);
    told.forEach((row, k) => assert.ok(boxes[k]!.startsWith(row), `${row}\n${boxes[k]!}`));
  });

  it("notebooks/README.md has an experiment of each lesson, in the words of a chart in it", () => {
    const titles = lessonFiles().flatMap((file) =>
      keptCharts(readLesson(file)).map(({ title }) => `${basename(file).slice(0, 2)} ${title}`),
    );
    const told = rowsUnder("## One experiment a lesson");
    assert.deepEqual(
      told.filter((row) => !titles.includes(row)),
      [],
    );
    assert.equal(told.length, 15, "an experiment more or less is a decision");
    const lessons = new Set(titles.map((title) => title.slice(0, 2)));
    assert.deepEqual(new Set(told.map((row) => row.slice(0, 2))), lessons);
  });

  it("README's exit codes are the ones there are", () => {
    const [, table = ""] = readFileSync(inPack("README.md"), "utf8").split("| exit code |");
    const told = matches(table.split("\n\n")[0]!, /^\| (\d+) /gm).map(Number);
    assert.deepEqual(told, Object.values(exitCodes));
  });
});
