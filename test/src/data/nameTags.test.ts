import assert from "node:assert/strict";
import { firstNames, nameTags } from "unrolled/data";

describe("data: tagged sentences", () => {
  it("tag every word, and y says which belong to a person's name", async () => {
    const { examples, tokens, labels } = await nameTags();
    for (const { x, tags, y } of examples) {
      assert.equal(tags.length, x.length);
      assert.deepEqual(
        y,
        tags.map((tag) => Number(tag === "person")),
      );
      assert.ok(x.every((word) => tokens.includes(word)));
      assert.ok(tags.every((tag) => labels.includes(tag)));
    }
  });

  it("take their first names from the list of first names", async () => {
    const { examples } = await nameTags();
    const names = new Set((await firstNames()).examples);
    const opening = examples.filter(({ x }) => x[0] === "yesterday");
    assert.ok(opening.length > 20);
    for (const { x } of opening) assert.ok(names.has(x[1]!) && names.has(x[3]!), x.join(" "));
  });

  it("hold at least 15 words that are sometimes a person's name and sometimes not", async () => {
    const { examples, tokens } = await nameTags();
    const tagsOf = (word: string): Set<string> =>
      new Set(examples.flatMap(({ x, tags }) => tags.filter((_, i) => x[i] === word)));
    const ambiguous = tokens.filter((word) => tagsOf(word).has("person") && tagsOf(word).size > 1);
    assert.ok(ambiguous.length >= 15, ambiguous.join(" "));
  });

  it("sometimes need the words to come: one beginning, two tags for its last word", async () => {
    const { examples } = await nameTags();
    const tagsOf = (beginning: string): Set<string> => {
      const length = beginning.split(" ").length;
      const same = examples.filter(({ x }) => x.slice(0, length).join(" ") === beginning);
      return new Set(same.map(({ tags }) => tags[length - 1]!));
    };
    assert.deepEqual(tagsOf("he said rose"), new Set(["person", "other"]));
    assert.deepEqual(tagsOf("georgia"), new Set(["person", "place"]));
  });
});
