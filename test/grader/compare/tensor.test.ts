import assert from "node:assert/strict";
import {
  codeText,
  isClose,
  placeText,
  symbolAt,
  type Tensor,
} from "../../../grader/compare/tensor.js";

const tensor = (kind: Tensor["kind"], part: Partial<Tensor["part"]>, rows = 2): Tensor => ({
  kind,
  T: kind === "sequence" ? 2 : 1,
  rows,
  cols: 2,
  expected: [],
  got: [],
  part: { symbol: "a", rows: "unit", columns: "example", ...part },
  code: "answer",
});
const place = { t: 2, i: 1, j: 0 };

describe("the place of a number", () => {
  it("has a step's symbol where the symbol, or the kind, has steps", () => {
    assert.equal(symbolAt(tensor("matrix", { symbol: "a⟨{t}⟩, a⟨{t}⟩" }), 3), "a⟨3⟩, a⟨3⟩");
    assert.equal(symbolAt(tensor("sequence", {}), 3), "a⟨3⟩");
    assert.equal(symbolAt(tensor("matrix", {}), 3), "a");
  });

  it("is named by what its rows and columns are", () => {
    assert.equal(placeText(tensor("matrix", {}), place), "a, unit 2, example 1");
    assert.equal(placeText(tensor("sequence", {}), place), "a⟨2⟩, unit 2, example 1");
    assert.equal(placeText(tensor("matrix", { rows: "" }), place), "a, example 1");
    assert.equal(placeText(tensor("matrix", { columns: "" }), place), "a, unit 2");
    assert.equal(placeText(tensor("matrix", { columns: "1" }), place), "a, unit 2");
    assert.equal(placeText(tensor("list", { rows: "" }), place), "a, entry 2");
    assert.equal(placeText(tensor("list", {}), place), "a, unit 2");
    assert.equal(placeText(tensor("number", {}), place), "a");
  });

  it("leaves out an only row, unless there is nothing else to name", () => {
    const first = { t: 1, i: 0, j: 1 };
    assert.equal(placeText(tensor("matrix", {}, 1), first), "a, example 2");
    assert.equal(placeText(tensor("matrix", { columns: "" }, 1), first), "a, unit 1");
  });

  it("stands in code as one would write it", () => {
    assert.equal(codeText(tensor("number", {}), place), "answer");
    assert.equal(codeText(tensor("list", {}), place), "answer[1]");
    assert.equal(codeText(tensor("matrix", {}), place), "answer.get(1, 0)");
    assert.equal(codeText(tensor("sequence", {}), place), "answer.at(2).get(1, 0)");
  });
});

describe("isClose", () => {
  it("takes an infinity only for the same one, and never a NaN", () => {
    const tolerance = { atol: 1, rtol: 1, why: "" };
    assert.equal(isClose(Infinity, Infinity, tolerance), true);
    assert.equal(isClose(-Infinity, Infinity, tolerance), false);
    assert.equal(isClose(1, Infinity, tolerance), false);
    assert.equal(isClose(NaN, NaN, tolerance), false);
    assert.equal(isClose(NaN, 1, tolerance), false);
  });
});
