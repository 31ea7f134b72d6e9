import assert from "node:assert/strict";
import { Recent } from "../../../grader/class/recent.js";

describe("recent values", () => {
  it("stay while they are asked for, and are never more than there is room for", () => {
    const recent = new Recent<number>(2);
    recent.set("a", 1);
    recent.set("b", 2);
    assert.equal(recent.get("a"), 1);
    recent.set("c", 3);
    assert.deepEqual([recent.get("a"), recent.get("b"), recent.get("c")], [1, undefined, 3]);
    recent.set("a", 4);
    recent.set("d", 5);
    assert.deepEqual([recent.get("a"), recent.get("c"), recent.get("d")], [4, undefined, 5]);
  });
});
