/** The lessons' prose, their glossary and their README hold no word that neither a dictionary nor notebooks/words.txt has. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { inPack, packRoot } from "#common/pack-root";
import { proseCells } from "./prose.js";

/** The words that cspell does not know, each once. */
function unknownWords(text: string): readonly string[] {
  const program = inPack("node_modules", "cspell", "bin.mjs");
  const quiet = ["--no-progress", "--no-summary", "--words-only", "--unique"];
  const { stdout, stderr, error } = spawnSync(
    process.execPath,
    [program, "lint", ...quiet, "--config", inPack("cspell.json"), "stdin://lessons.md"],
    { cwd: packRoot, input: text, encoding: "utf8" },
  );
  assert.equal(error, undefined);
  assert.equal(stderr, "");
  return stdout.split("\n").filter((word) => word !== "");
}

describe("the lessons' spelling", function () {
  this.timeout(120_000);

  it("is right, by cspell (a word that is meant belongs in notebooks/words.txt)", () => {
    const pages = readdirSync(inPack("notebooks"))
      .filter((name) => name.endsWith(".md"))
      .map((name) => readFileSync(inPack("notebooks", name), "utf8"));
    const prose = proseCells.map(({ text }) => text);
    assert.deepEqual(unknownWords([...prose, ...pages].join("\n\n")), []);
  });

  it("would be told where it is wrong", () => {
    assert.deepEqual(unknownWords("The hidden staet of a softmax"), ["staet"]);
  });
});
