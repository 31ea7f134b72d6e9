// Mocha's own report on the screen, and its counts as a line more in a file (UNROLLED_TEST_RESULT) for .ci/run.
"use strict";
const fs = require("node:fs");
const { reporters } = require("mocha");

module.exports = class CountingSpec extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.UNROLLED_TEST_RESULT;
    if (file === undefined) return;
    runner.once("end", () => {
      fs.appendFileSync(file, `${JSON.stringify(this.stats ?? runner.stats)}\n`);
    });
  }
};
