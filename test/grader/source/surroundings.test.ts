import assert from "node:assert/strict";
import { NOTHING_ELSE, readableFailure } from "../../../grader/source/surroundings.js";

describe("why a module did not load", () => {
  it("is said in the grader's own words where something can't be imported", () => {
    const words = `left-pad can't be imported; ${NOTHING_ELSE}`;
    for (const message of [
      "Error: Cannot find module '/outside/left-pad' imported from f.ts",
      'NotCapable: Requires read access to "/outside/left-pad", run again with the flag',
      'TypeError: Module not found "file:///outside/left-pad".',
      'TypeError: Relative import path "left-pad" not prefixed with / or ./ or ../',
    ]) {
      assert.equal(readableFailure(message), words);
    }
  });

  it("keeps what was said of an own file that is not there, and of other errors", () => {
    const missing = 'TypeError: Module not found "helper.ts".';
    assert.equal(readableFailure(missing), `${missing}; ${NOTHING_ELSE}`);
    assert.equal(readableFailure("SyntaxError: Unexpected end"), "SyntaxError: Unexpected end");
  });

  it("names a function that is not in the students' part of the library", () => {
    assert.match(
      readableFailure(
        "The requested module 'unrolled' does not provide an export named 'lstmForward'",
      ),
      /^lstmForward can't be imported from "unrolled"/,
    );
  });
});
