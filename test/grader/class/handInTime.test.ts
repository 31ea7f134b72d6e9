import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { inPack } from "#common/pack-root";
import { exercise as exerciseOf } from "../../../exercises/manifest.js";
import { gradeHandIn } from "../../../grader/class/gradeHandIn.js";
import { foundIn } from "../../../grader/class/intake/foundHandIn.js";
import { SHORT } from "../../../grader/sandbox/boxLimits.js";
import type { Sandbox } from "../../../grader/sandbox/sandbox.js";
import { openWorkingSandbox } from "../../../grader/sandbox/status.js";
import { sandboxOrSkip, TEST_LIMITS } from "../sandbox/box.js";

describe("the time of a hand-in", function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  before(async function () {
    await (await sandboxOrSkip(this)).close();
    const limits = { ...TEST_LIMITS, cpuSeconds: 1, restarts: 0, handInSeconds: 1 };
    sandbox = await openWorkingSandbox({ kind: "bubblewrap", limits });
  });
  after(async () => {
    await sandbox?.close();
  });

  it("has an end in all: a loop after it is stopped soon, and what is right passes none the less", async () => {
    const loop = (name: string): string => `export function ${name}() { for (;;); }`;
    const right = readFileSync(inPack("exercises/perplexity/solution.ts"), "utf8");
    const texts = { shapeOf: loop("shapeOf"), oneHot: loop("oneHot"), perplexity: right };
    const files = Object.entries(texts).map(([id, text]) => ({ path: `${id}.ts`, text }));
    const ids = Object.keys(texts);
    const asked: unknown[] = [];
    const within: Sandbox["within"] = (limits) => {
      asked.push(limits);
      return sandbox.within(limits);
    };
    const { results } = await gradeHandIn(
      foundIn({ student: "ada", assignment: "", files, remarks: [] }, ids),
      { sandbox: { ...sandbox, within }, exercises: ids.map((id) => exerciseOf(id)), seed: 5 },
    );
    assert.deepEqual(
      results.map(({ verdict }) => verdict.status),
      ["timeout", "timeout", "passed"],
    );
    assert.deepEqual(asked, [SHORT, SHORT]);
  });
});
