import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { inPack } from "#common/pack-root";
import { applications } from "unrolled/data";
import { everySet } from "./everySet.js";

const folder = inPack("src", "data");

for (const [id, load] of Object.entries(everySet)) {
  describe(`data: ${id}`, () => {
    it("keeps its checksum", async () => {
      const { set, checksum } = await load();
      const content = JSON.stringify([set.examples, set.split.test]);
      assert.equal(createHash("sha256").update(content).digest("hex"), checksum);
    });

    it("is the same each time it is loaded", async () => {
      assert.deepEqual((await load()).set, (await load()).set);
    });

    it("puts every example in one part of the split, and equal ones in the same part", async () => {
      const { set } = await load();
      const { train, test } = set.split;
      assert.equal(new Set<unknown>([...train, ...test]).size, set.examples.length);
      const seen = new Set(train.map(content));
      const leaked = test.filter((example) => seen.has(content(example)));
      assert.deepEqual(leaked, []);
    });

    it("has the lengths that its description states", async () => {
      const { set, lengths } = await load();
      const range = (numbers: readonly number[]): readonly number[] => [
        Math.min(...numbers),
        Math.max(...numbers),
      ];
      assert.deepEqual(range(lengths.map(({ T_x }) => T_x)), set.info.T_x);
      assert.deepEqual(range(lengths.map(({ T_y }) => T_y)), set.info.T_y);
    });

    it("is in the README with its licence, its lengths and the sizes of its split", async () => {
      const { set } = await load();
      const readme = await readFile(join(folder, "README.md"), "utf8");
      const line = readme.split("\n").find((text) => text.startsWith(`| \`${id}()\``)) ?? "";
      const cells = line.split("|").map((cell) => cell.trim());
      assert.equal(cells.at(-2), set.info.licence);
      assert.match(cells[3]!, set.info.synthetic ? /^synthetic/ : /^\*\*real\*\*/);
      const { train, test } = set.split;
      const count = (n: number): string => n.toLocaleString("en-GB");
      assert.equal(cells[4]!.split(" ")[0], count(set.examples.length));
      assert.equal(
        cells[5]!.replace(/, by.*/, ""),
        `${count(train.length)} / ${count(test.length)}`,
      );
      const span = ([low, high]: readonly [number, number]): string =>
        low === high ? `${low}` : `${low}-${high}`;
      assert.deepEqual([cells[6], cells[7]], [span(set.info.T_x), span(set.info.T_y)]);
    });
  });
}

describe("data: the seven applications", () => {
  it("are listed in the course's order, each once", () => {
    assert.deepEqual(
      applications.map(({ application }) => application),
      [
        "speech recognition",
        "music generation",
        "sentiment classification",
        "DNA sequence analysis",
        "machine translation",
        "video activity recognition",
        "named entity recognition",
      ],
    );
  });

  for (const { id, timeline, T_x, T_y } of applications) {
    it(`${id} draws an example as a timeline from t = 1 without a gap`, async () => {
      const { input, output } = await timeline();
      for (const [track, [low, high]] of [
        [input, T_x],
        [output, T_y],
      ] as const) {
        const times = [...new Set(track.rows.map(({ t }) => t))];
        assert.deepEqual(
          times,
          times.map((_, index) => index + 1),
        );
        assert.ok(times.length >= low && times.length <= high);
        assert.ok(track.rows.every(({ label, value }) => label !== "" && Number.isFinite(value)));
        if (track.kind === "tokens") {
          assert.equal(track.rows.length, times.length);
          assert.ok(track.rows.every(({ value }) => Number.isInteger(value) && value >= 0));
        }
      }
    });
  }

  it("fit in 1.5 MB of source", async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".ts"));
    const sizes = await Promise.all(
      names.map(async (name) => (await stat(join(folder, name))).size),
    );
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 1.5e6);
  });
});

/** What an example says, without what only marks it. */
function content(example: unknown): string {
  if (typeof example === "string") return example;
  const { x } = example as { readonly x: unknown; readonly tokens?: unknown };
  return JSON.stringify((example as { readonly tokens?: unknown }).tokens ?? x);
}
