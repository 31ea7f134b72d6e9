import assert from "node:assert/strict";
import { type Measured, measureGradients } from "./gradients.js";
import { comparePublished } from "./published.js";
import { isRight } from "./verdict.js";

describe("the references prove themselves", function () {
  this.timeout(60_000);

  it("by central differences, whose error falls by four when h is halved, and by TensorFlow.js", async () => {
    const measured = await measureGradients();
    assert.ok(measured.length >= 60, String(measured.length));
    assert.deepEqual(
      measured.filter((one) => !isRight(one)),
      [],
    );
  });

  it("by every published number of a forward pass", () => {
    for (const { reference, numbers, agree } of comparePublished()) {
      assert.ok(numbers > 0, reference);
      assert.equal(agree, numbers, reference);
    }
  });

  it("and a gradient that is wrong by a thousandth does not", () => {
    const right: Measured = {
      reference: "f",
      part: "dW",
      withH: 4e-6,
      withHalf: 1e-6,
      tensorflow: 1e-7,
    };
    assert.ok(isRight(right));
    assert.ok(!isRight({ ...right, withH: 1.004e-3, withHalf: 1.001e-3 }));
    assert.ok(!isRight({ ...right, withHalf: 2e-6 }));
    assert.ok(!isRight({ ...right, tensorflow: 1e-3 }));
  });
});
