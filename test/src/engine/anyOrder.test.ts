/** The engine's interface, called in any order; `npm run any-order` does it more often. */
import { callInAnyOrder } from "./anyOrder.js";

describe("the engine's calls in any order", function () {
  this.timeout(120_000);

  it("each answers rightly or refuses in words, changes no other network by a bit, and gives its memory back", () => {
    callInAnyOrder(120, 7);
  });
});
