import { strict as assert } from "node:assert";
import { noteOn, problemWith, visible } from "../../../../grader/class/intake/remark.js";

describe("a remark on a hand-in", () => {
  it("shows what would act on a terminal or turn text round, in names and texts", () => {
    const hostile = "a\u001b[2J\u0007\u009b\u202eb.ts";
    for (const of of [problemWith, noteOn]) {
      const { file, text } = of(hostile, `${hostile}\n\tnext`);
      assert.equal(file, "a�[2J���b.ts");
      assert.equal(text, "a�[2J���b.ts\n\tnext");
    }
    assert.equal(visible("Łódź 北京 👩‍🎓 e\u0301"), "Łódź 北京 👩‍🎓 e\u0301");
  });
});
