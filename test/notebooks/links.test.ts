/** The lessons' links lead somewhere. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { inPack } from "#common/pack-root";
import { proseCells } from "./prose.js";

const links = proseCells.flatMap(({ lesson, id, text }) =>
  Array.from(text.matchAll(/\]\(((?:[^()\s]|\([^()\s]*\))+)\)/g), ([, target]) => ({
    lesson,
    id,
    target: target!,
  })),
);

describe("a lesson's links", () => {
  it("lead to files beside it that a learner has, or are complete addresses", () => {
    assert.ok(links.length > 40, `${links.length} links`);
    for (const { lesson, id, target } of links) {
      if (target.includes("://"))
        assert.ok(
          URL.canParse(target) && target.startsWith("https://"),
          `${lesson}, ${id}: ${target}`,
        );
      else
        assert.ok(
          /^[\w-]+\.(?:ipynb|md)$/.test(target) && existsSync(inPack("notebooks", target)),
          `${lesson}, ${id}: ${target}`,
        );
    }
  });

  for (const page of ["glossary.md", "notation.md"]) {
    it(`lead to ${page} from the first cell of each`, () => {
      const first = proseCells.filter(({ lesson }, k) => lesson !== proseCells[k - 1]?.lesson);
      for (const { lesson, text } of first) assert.ok(text.includes(`](${page})`), lesson);
    });
  }
});
